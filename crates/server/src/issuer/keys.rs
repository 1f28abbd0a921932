//! The issuer's keys (签发密钥) as files: the ceremony, new keys, withdrawal.
//!
//! Two folders. The *vault folder* holds the secrets of the root and of the authority that opens
//! sealed numbers; it belongs on a medium that is locked away. The *service folder* holds the
//! short-lived keys the server signs with and the trust list that the root has signed. A
//! demonstration keeps both beside its data and says so everywhere.

use crate::issuer::ring::Ring;
use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use yichuang_credential::rand_core::{Rng, UnwrapErr};
use yichuang_credential::{Algorithm, PublicKey, SecretKey, Sign, TrustList, TrustedKey, Uses};

const DAY: u64 = 86_400;
/// For how long a new key signs.
pub const LIFE_DAYS: u64 = 30;
/// When so much of its life is left, it is time for the next one.
pub const RENEW_DAYS: u64 = 10;
/// A next key signs only after desks have had a day to hear of it.
const OVERLAP: u64 = DAY;
/// What a key has signed lives on: for so long the trust list still names it.
const LISTED_AFTER: u64 = 40 * DAY;

/// Where a demonstration keeps its vault folder, within the service folder.
pub const DEMONSTRATION: &str = "demonstration-root";
const PUBLISHED: &str = "published.json";
const SIGNING: &str = "signing.json";
/// The signed trust list.
pub const TRUST_LIST: &str = "trust-list.cose";
const ROOT: &str = "root.json";
const AUTHORITY: &str = "authority.json";

/// Randomness of the operating system.
#[must_use]
pub fn chance() -> impl yichuang_credential::rand_core::CryptoRng {
    UnwrapErr(getrandom::SysRng)
}

/// Random bits.
#[must_use]
pub fn random_u64() -> u64 {
    UnwrapErr(getrandom::SysRng).next_u64()
}

/// A secret key in a file.
#[derive(Serialize, Deserialize)]
struct Secret {
    algorithm: i64,
    secret: String,
}

/// What everybody may know, in the service folder.
#[derive(Clone, Serialize, Deserialize)]
pub struct Published {
    /// Suite of the authority's keys.
    pub algorithm: i64,
    /// The root's point.
    pub root: String,
    /// The point that numbers are sealed to.
    pub authority: String,
    /// Whether all this is a demonstration's.
    pub is_demonstration: bool,
}

/// A key the server signs with.
#[derive(Clone, Serialize, Deserialize)]
pub struct Signing {
    /// What for: the bits of the trust list.
    pub uses: u8,
    /// Its secret number.
    pub secret: String,
    /// From when.
    pub not_before: u64,
    /// Until when.
    pub not_after: u64,
    /// Whether it was withdrawn.
    pub is_withdrawn: bool,
}

/// All of them.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct SigningKeys {
    /// The keys.
    pub keys: Vec<Signing>,
}

/// Makes root and authority, writes their secrets into the vault folder and what is public into the
/// service folder. Nothing is overwritten.
///
/// # Errors
/// If one of the folders holds keys already or cannot be written.
pub fn ceremony(
    vault: &Path,
    service: &Path,
    algorithm: Algorithm,
    is_demonstration: bool,
) -> anyhow::Result<Published> {
    for file in [
        vault.join(ROOT),
        vault.join(AUTHORITY),
        service.join(PUBLISHED),
    ] {
        if file.exists() {
            bail!(
                "{} exists already; a ceremony overwrites nothing",
                file.display()
            );
        }
    }
    let make = |file: &str| -> anyhow::Result<PublicKey> {
        let key = SecretKey::generate(algorithm, &mut chance())
            .map_err(|reason| anyhow::anyhow!("no key could be made: {reason}"))?;
        let secret = Secret {
            algorithm: algorithm.cose(),
            secret: hex::encode(key.to_bytes()),
        };
        write(&vault.join(file), &to_json(&secret)?)?;
        Ok(key.public().clone())
    };
    let root = make(ROOT)?;
    let authority = make(AUTHORITY)?;
    let published = Published {
        algorithm: algorithm.cose(),
        root: hex::encode(root.point()),
        authority: hex::encode(authority.point()),
        is_demonstration,
    };
    write(&service.join(PUBLISHED), &to_json(&published)?)?;
    Ok(published)
}

/// Makes the next keys for all three uses and has the root sign a new trust list. Keys that still
/// sign go on for an overlap of a day.
///
/// # Errors
/// If the root's secret is not there or a file cannot be written.
pub fn issue(vault: &Path, service: &Path, now: u64) -> anyhow::Result<TrustList> {
    let published = published(service)?;
    let mut keys = signing_keys(service)?;
    for uses in [Uses::CREDENTIAL, Uses::STATUS, Uses::COUNTER] {
        let is_signing = keys.keys.iter().any(|key| {
            key.uses == uses.0 && !key.is_withdrawn && key.not_before <= now && now < key.not_after
        });
        let not_before = if is_signing { now + OVERLAP } else { now };
        let secret = SecretKey::generate(algorithm(published.algorithm)?, &mut chance())
            .map_err(|reason| anyhow::anyhow!("no key could be made: {reason}"))?;
        keys.keys.push(Signing {
            uses: uses.0,
            secret: hex::encode(secret.to_bytes()),
            not_before,
            not_after: not_before + LIFE_DAYS * DAY,
            is_withdrawn: false,
        });
    }
    keys.keys.retain(|key| now < key.not_after + LISTED_AFTER);
    sign(vault, service, &published, &keys, now)
}

/// Withdraws a key: nothing it ever signed counts any more.
///
/// # Errors
/// If there is no such key, or as for [`issue`].
pub fn withdraw(vault: &Path, service: &Path, id: &str, now: u64) -> anyhow::Result<TrustList> {
    let published = published(service)?;
    let mut keys = signing_keys(service)?;
    let suite = algorithm(published.algorithm)?;
    let mut is_found = false;
    for key in &mut keys.keys {
        if hex::encode(secret(suite, &key.secret)?.public().id().0) == id {
            key.is_withdrawn = true;
            is_found = true;
        }
    }
    if !is_found {
        bail!("there is no key {id}; `yichuang issuer show` lists them");
    }
    sign(vault, service, &published, &keys, now)
}

/// Signs the trust list anew and writes keys and list, the list first: a server that reads between
/// the two signs with a key that is listed.
fn sign(
    vault: &Path,
    service: &Path,
    published: &Published,
    keys: &SigningKeys,
    now: u64,
) -> anyhow::Result<TrustList> {
    let suite = algorithm(published.algorithm)?;
    let root = read_secret(&vault.join(ROOT))?;
    if hex::encode(root.public().point()) != published.root {
        bail!(
            "{} is not the root of {}",
            vault.join(ROOT).display(),
            service.display()
        );
    }
    let serial = match std::fs::read(service.join(TRUST_LIST)) {
        Ok(bytes) => Ring::open_list(&bytes, root.public())?.serial + 1,
        Err(_) => 1,
    };
    let mut listed = Vec::new();
    for key in &keys.keys {
        let uses = if key.is_withdrawn {
            Uses::WITHDRAWN
        } else {
            Uses(key.uses)
        };
        let public = secret(suite, &key.secret)?.public().clone();
        listed.push(TrustedKey::new(
            &public,
            uses,
            key.not_before,
            key.not_after,
        ));
    }
    let list = TrustList {
        serial,
        issued: now,
        expires: now + (LIFE_DAYS + RENEW_DAYS) * DAY,
        keys: listed,
    };
    write(&service.join(TRUST_LIST), &list.sign(&root))?;
    write(&service.join(SIGNING), &to_json(keys)?)?;
    Ok(list)
}

/// Whether the service folder holds the public part of a ceremony.
#[must_use]
pub fn has_ceremony(service: &Path) -> bool {
    service.join(PUBLISHED).exists()
}

/// What is public.
///
/// # Errors
/// If there was no ceremony.
pub fn published(service: &Path) -> anyhow::Result<Published> {
    let file = service.join(PUBLISHED);
    let bytes = std::fs::read(&file).with_context(|| {
        format!(
            "{} cannot be read; `yichuang issuer ceremony` makes the keys",
            file.display()
        )
    })?;
    serde_json::from_slice(&bytes).with_context(|| format!("{} is broken", file.display()))
}

/// The keys the server signs with; none before the first [`issue`].
///
/// # Errors
/// If others may read the file, or it is broken.
pub fn signing_keys(service: &Path) -> anyhow::Result<SigningKeys> {
    let file = service.join(SIGNING);
    if !file.exists() {
        return Ok(SigningKeys::default());
    }
    // What serde says could quote a key.
    serde_json::from_slice(&read_private(&file)?)
        .map_err(|_| anyhow::anyhow!("{} is broken", file.display()))
}

/// The suite of a number.
///
/// # Errors
/// If there is none.
pub fn algorithm(number: i64) -> anyhow::Result<Algorithm> {
    Algorithm::from_cose(number).with_context(|| format!("there is no suite {number}"))
}

/// A secret key of hexadecimal digits.
///
/// # Errors
/// If it is none.
pub fn secret(suite: Algorithm, digits: &str) -> anyhow::Result<SecretKey> {
    let bytes: [u8; 32] = hex::decode(digits)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .context("a key is not 32 bytes")?;
    SecretKey::new(suite, &bytes).map_err(|_| anyhow::anyhow!("a key is out of range"))
}

fn read_secret(file: &Path) -> anyhow::Result<SecretKey> {
    let written: Secret = serde_json::from_slice(&read_private(file)?)
        .map_err(|_| anyhow::anyhow!("{} is broken", file.display()))?;
    secret(algorithm(written.algorithm)?, &written.secret)
}

/// The authority's key in a vault folder: opens sealed numbers.
///
/// # Errors
/// If it is not there.
pub fn authority(vault: &Path) -> anyhow::Result<SecretKey> {
    read_secret(&vault.join(AUTHORITY))
}

fn read_private(file: &Path) -> anyhow::Result<Vec<u8>> {
    let mode = std::fs::metadata(file)
        .with_context(|| format!("{} cannot be read", file.display()))?
        .permissions()
        .mode();
    if mode & 0o077 != 0 {
        bail!(
            "others may read {} (mode {:03o}); chmod 600 it, and make new keys if somebody could have seen them",
            file.display(),
            mode & 0o777
        );
    }
    Ok(std::fs::read(file)?)
}

fn to_json(value: &impl Serialize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Writes a file for its owner alone; it takes the old one's place in one step.
fn write(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let failed = || format!("{} cannot be written", file.display());
    let folder = file.parent().with_context(failed)?;
    std::fs::create_dir_all(folder).with_context(failed)?;
    let new: PathBuf = file.with_extension("new");
    let _ = std::fs::remove_file(&new);
    let mut target = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&new)
        .with_context(failed)?;
    target.write_all(bytes).with_context(failed)?;
    target.sync_all().with_context(failed)?;
    std::fs::rename(&new, file).with_context(failed)?;
    std::fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .with_context(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000;

    #[test]
    fn a_ceremony_overwrites_nothing_and_secrets_are_for_their_owner() {
        let folder = tempfile::tempdir().unwrap();
        let (vault, service) = (folder.path().join("vault"), folder.path().join("service"));
        ceremony(&vault, &service, Algorithm::Es256, false).unwrap();
        assert!(ceremony(&vault, &service, Algorithm::Es256, false).is_err());
        let mode = std::fs::metadata(vault.join(ROOT))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::set_permissions(vault.join(ROOT), PermissionsExt::from_mode(0o640)).unwrap();
        let error = issue(&vault, &service, NOW).unwrap_err().to_string();
        assert!(error.contains("chmod 600"), "{error}");
    }

    #[test]
    fn keys_overlap_by_a_day_and_leave_the_list_when_nothing_of_theirs_lives() {
        for suite in [Algorithm::Es256, Algorithm::Sm2] {
            let folder = tempfile::tempdir().unwrap();
            let (vault, service) = (folder.path().join("vault"), folder.path().join("service"));
            ceremony(&vault, &service, suite, false).unwrap();
            let first = issue(&vault, &service, NOW).unwrap();
            assert_eq!((first.serial, first.keys.len()), (1, 3));
            let old = Ring::open(&service, NOW).unwrap();
            let later = NOW + 20 * DAY;
            let second = issue(&vault, &service, later).unwrap();
            assert_eq!((second.serial, second.keys.len()), (2, 6));
            let ring = Ring::open(&service, later).unwrap();
            let signer =
                |ring: &Ring, now| ring.signer(Uses::CREDENTIAL, now).unwrap().public().id();
            assert_eq!(signer(&ring, later + DAY - 1), signer(&old, NOW));
            assert_ne!(signer(&ring, later + DAY), signer(&old, NOW));
            let much_later = NOW + 80 * DAY;
            assert_eq!(issue(&vault, &service, much_later).unwrap().keys.len(), 6);
        }
    }

    #[test]
    fn a_withdrawn_key_signs_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let (vault, service) = (folder.path().join("vault"), folder.path().join("service"));
        ceremony(&vault, &service, Algorithm::Es256, false).unwrap();
        let list = issue(&vault, &service, NOW).unwrap();
        let id = hex::encode(list.keys[0].id.0);
        let list = withdraw(&vault, &service, &id, NOW + 1).unwrap();
        assert_eq!(list.keys[0].uses, Uses::WITHDRAWN);
        let ring = Ring::open(&service, NOW + 1).unwrap();
        assert!(ring.signer(Uses::CREDENTIAL, NOW + 1).is_err());
        assert!(withdraw(&vault, &service, "00", NOW).is_err());
        issue(&vault, &service, NOW + 2).unwrap();
        let ring = Ring::open(&service, NOW + 2).unwrap();
        assert!(ring.signer(Uses::CREDENTIAL, NOW + 2).is_ok());
    }
}
