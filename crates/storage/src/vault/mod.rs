//! The vault (密库): seals what identifies a person, and finds it again by a blind index.
//!
//! A sealed value is `1 ‖ key number ‖ nonce ‖ AES-256-GCM ciphertext`. Table, row and column are
//! bound to it as associated data, so that a value copied into another place does not open. The
//! blind index is HMAC-SHA-256 under a key of its own: it finds an ID number exactly and says
//! nothing else. Keys live outside the database (see [`keyring`]).

pub mod keyring;

use crate::Error;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use hmac::{Hmac, Mac};
use keyring::Keyring;
use p256::ecdsa::SigningKey;
use sha2::Sha256;
use uuid::Uuid;

/// First byte of a sealed value: the layout.
const LAYOUT: u8 = 1;
const NONCE_BYTES: usize = 12;
const HEAD_BYTES: usize = 1 + 4 + NONCE_BYTES;

/// Where a sealed value belongs.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Table.
    pub table: &'a str,
    /// Column.
    pub column: &'a str,
    /// Row.
    pub row: Uuid,
}

/// Seals, opens and indexes.
pub struct Vault {
    ciphers: Vec<(u32, Aes256Gcm)>,
    index: Hmac<Sha256>,
    log: SigningKey,
}

impl Vault {
    /// A vault with the keys of a ring.
    ///
    /// # Errors
    /// If the ring holds no key to seal with, or one of another length.
    pub fn new(keyring: &Keyring) -> Result<Self, Error> {
        let unusable = |_| Error::Keys("a key has the wrong length".to_owned());
        let ciphers = keyring
            .sealing()
            .map(|(number, key)| {
                let cipher = Aes256Gcm::new_from_slice(key)
                    .map_err(|_| Error::Keys("a key has the wrong length".to_owned()))?;
                Ok((number, cipher))
            })
            .collect::<Result<Vec<_>, Error>>()?;
        if ciphers.is_empty() {
            return Err(Error::Keys("there is no key to seal with".to_owned()));
        }
        let index =
            <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(keyring.index()).map_err(unusable)?;
        let log = SigningKey::from_slice(keyring.log())
            .map_err(|_| Error::Keys("the log's key is no P-256 key".to_owned()))?;
        Ok(Self {
            ciphers,
            index,
            log,
        })
    }

    /// Number of the key that seals now.
    #[must_use]
    pub fn active_key(&self) -> u32 {
        self.ciphers.last().map_or(0, |(number, _)| *number)
    }

    /// The key that signs the access log's checkpoints.
    #[must_use]
    pub fn log_key(&self) -> &SigningKey {
        &self.log
    }

    /// Seals a text for a place.
    ///
    /// # Errors
    /// If the machine gives no randomness.
    pub fn seal(&self, place: Place<'_>, text: &str) -> Result<Vec<u8>, Error> {
        let (number, cipher) = self
            .ciphers
            .last()
            .ok_or_else(|| Error::Keys("there is no key to seal with".to_owned()))?;
        let nonce: [u8; NONCE_BYTES] = random()?;
        let sealed = cipher
            .encrypt(
                &Nonce::from(nonce),
                Payload {
                    msg: text.as_bytes(),
                    aad: &associated(place),
                },
            )
            .map_err(|_| Error::Vault(describe(place)))?;
        let mut value = Vec::with_capacity(HEAD_BYTES + sealed.len());
        value.push(LAYOUT);
        value.extend_from_slice(&number.to_be_bytes());
        value.extend_from_slice(&nonce);
        value.extend_from_slice(&sealed);
        Ok(value)
    }

    /// Opens a sealed value of a place.
    ///
    /// # Errors
    /// If it was sealed under a key that is gone, for another place, or was changed.
    pub fn open(&self, place: Place<'_>, value: &[u8]) -> Result<String, Error> {
        let failed = || Error::Vault(describe(place));
        let number = key_number(value).ok_or_else(failed)?;
        let (_, cipher) = self
            .ciphers
            .iter()
            .find(|(known, _)| *known == number)
            .ok_or_else(|| Error::MissingKey(number))?;
        let nonce: [u8; NONCE_BYTES] = value[5..HEAD_BYTES].try_into().map_err(|_| failed())?;
        let plain = cipher
            .decrypt(
                &Nonce::from(nonce),
                Payload {
                    msg: &value[HEAD_BYTES..],
                    aad: &associated(place),
                },
            )
            .map_err(|_| failed())?;
        String::from_utf8(plain).map_err(|_| failed())
    }

    /// The blind index of a value: the same value has the same index, nobody without the key can
    /// compute it.
    #[must_use]
    pub fn index(&self, column: &str, text: &str) -> Vec<u8> {
        let mut mac = self.index.clone();
        mac.update(column.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }
}

/// The number of the key a value was sealed under.
#[must_use]
pub fn key_number(value: &[u8]) -> Option<u32> {
    if value.len() < HEAD_BYTES || value[0] != LAYOUT {
        return None;
    }
    Some(u32::from_be_bytes(value[1..5].try_into().ok()?))
}

/// Random bytes of the operating system.
///
/// # Errors
/// If it gives none.
pub fn random<const BYTES: usize>() -> Result<[u8; BYTES], Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::Keys(format!("the system gives no randomness: {error}")))?;
    Ok(bytes)
}

fn associated(place: Place<'_>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(64);
    for part in [place.table, place.column] {
        bytes.extend_from_slice(part.as_bytes());
        bytes.push(0);
    }
    bytes.extend_from_slice(place.row.as_bytes());
    bytes
}

fn describe(place: Place<'_>) -> String {
    format!("{}.{} of row {}", place.table, place.column, place.row)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(column: &str, row: u128) -> Place<'_> {
        Place {
            table: "person",
            column,
            row: Uuid::from_u128(row),
        }
    }

    #[test]
    fn what_was_sealed_opens_in_its_place_only() {
        let vault = Vault::new(&Keyring::generate().unwrap()).unwrap();
        let sealed = vault.seal(place("sealed_name", 1), "张三丰").unwrap();
        assert_eq!(
            vault.open(place("sealed_name", 1), &sealed).unwrap(),
            "张三丰"
        );
        assert!(vault.open(place("sealed_name", 2), &sealed).is_err());
        assert!(vault.open(place("sealed_phone", 1), &sealed).is_err());
        for position in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[position] ^= 1;
            assert!(vault.open(place("sealed_name", 1), &changed).is_err());
        }
        assert!(vault.open(place("sealed_name", 1), &sealed[..10]).is_err());
        let again = vault.seal(place("sealed_name", 1), "张三丰").unwrap();
        assert_ne!(sealed, again);
    }

    #[test]
    fn the_index_depends_on_value_column_and_key() {
        let ring = Keyring::generate().unwrap();
        let vault = Vault::new(&ring).unwrap();
        let other = Vault::new(&Keyring::generate().unwrap()).unwrap();
        assert_eq!(vault.index("id", "1"), vault.index("id", "1"));
        assert_ne!(vault.index("id", "1"), vault.index("id", "2"));
        assert_ne!(vault.index("id", "1"), vault.index("phone", "1"));
        assert_ne!(vault.index("id", "1"), other.index("id", "1"));
    }

    #[test]
    fn a_rotated_ring_opens_old_values_and_seals_under_the_new_key() {
        let mut ring = Keyring::generate().unwrap();
        let sealed = Vault::new(&ring).unwrap().seal(place("a", 1), "x").unwrap();
        ring.add_sealing_key().unwrap();
        let vault = Vault::new(&ring).unwrap();
        assert_eq!(vault.open(place("a", 1), &sealed).unwrap(), "x");
        let new = vault.seal(place("a", 1), "x").unwrap();
        assert_eq!(key_number(&sealed), Some(1));
        assert_eq!(key_number(&new), Some(2));
        ring.keep_newest_sealing_key();
        let vault = Vault::new(&ring).unwrap();
        assert!(matches!(
            vault.open(place("a", 1), &sealed),
            Err(Error::MissingKey(1))
        ));
        assert_eq!(vault.open(place("a", 1), &new).unwrap(), "x");
    }
}
