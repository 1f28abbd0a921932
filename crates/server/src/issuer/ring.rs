//! The keys in service, read from their folder.

use super::keys::{self, TRUST_LIST};
use anyhow::Context;
use std::path::Path;
use yichuang_credential::{Algorithm, PublicKey, SecretKey, TrustList, Uses};

struct Own {
    uses: u8,
    key: SecretKey,
    not_before: u64,
    not_after: u64,
}

/// The keys in service.
pub struct Ring {
    /// The suite.
    pub algorithm: Algorithm,
    /// The root, whose word counts.
    pub root: PublicKey,
    /// To whom numbers are sealed.
    pub authority: PublicKey,
    /// The trust list.
    pub trust: TrustList,
    /// The same as the root has signed it.
    pub signed_trust: Vec<u8>,
    /// Whether the keys are a demonstration's.
    pub is_demonstration: bool,
    own: Vec<Own>,
}

impl Ring {
    /// Reads the service folder.
    ///
    /// # Errors
    /// If there are no keys, or one does not fit.
    pub fn open(service: &Path, now: u64) -> anyhow::Result<Self> {
        let published = keys::published(service)?;
        let algorithm = keys::algorithm(published.algorithm)?;
        let point = |digits: &str| -> anyhow::Result<PublicKey> {
            let bytes: [u8; 33] = hex::decode(digits)
                .ok()
                .and_then(|bytes| bytes.try_into().ok())
                .context("a public key is not 33 bytes")?;
            PublicKey::new(algorithm, bytes).map_err(|_| anyhow::anyhow!("no point on the curve"))
        };
        let root = point(&published.root)?;
        let file = service.join(TRUST_LIST);
        let signed_trust = std::fs::read(&file).with_context(|| {
            format!(
                "{} cannot be read; `yichuang issuer issue` makes it",
                file.display()
            )
        })?;
        let trust = Self::open_list(&signed_trust, &root)?;
        let mut own = Vec::new();
        for key in keys::signing_keys(service)?.keys {
            if !key.is_withdrawn && now < key.not_after {
                own.push(Own {
                    uses: key.uses,
                    key: keys::secret(algorithm, &key.secret)?,
                    not_before: key.not_before,
                    not_after: key.not_after,
                });
            }
        }
        Ok(Self {
            algorithm,
            authority: point(&published.authority)?,
            root,
            trust,
            signed_trust,
            is_demonstration: published.is_demonstration,
            own,
        })
    }

    /// Reads a trust list.
    ///
    /// # Errors
    /// If the root has not signed it.
    pub fn open_list(bytes: &[u8], root: &PublicKey) -> anyhow::Result<TrustList> {
        TrustList::open(bytes, std::slice::from_ref(root))
            .map_err(|reason| anyhow::anyhow!("the trust list does not open: {reason}"))
    }

    /// The newest key that may sign now.
    ///
    /// # Errors
    /// If there is none.
    pub fn signer(&self, uses: Uses, now: u64) -> anyhow::Result<&SecretKey> {
        self.own
            .iter()
            .filter(|key| key.uses == uses.0 && key.not_before <= now && now < key.not_after)
            .max_by_key(|key| key.not_before)
            .map(|key| &key.key)
            .context("no key may sign now; `yichuang issuer issue` makes new ones")
    }

    /// Until when the newest keys sign.
    #[must_use]
    pub fn signs_until(&self) -> u64 {
        self.own.iter().map(|key| key.not_after).max().unwrap_or(0)
    }
}
