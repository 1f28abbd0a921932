//! The trust list: whose signatures count, for what, and when. Signed by a root that every
//! program knows from the start.

use crate::cbor::{self, array, fixed};
use crate::cose::{self, Kind, Sign1};
use crate::reason::Reason;
use crate::suite::{Algorithm, KeyId, PublicKey, Sign};
use alloc::vec::Vec;
use minicbor::Decoder;

/// The most keys a list may hold.
const MAX_KEYS: u64 = 256;
/// The longest list, in bytes.
const MAX_LIST: usize = 32 * 1024;

/// What a key may sign.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Uses(pub u8);

impl Uses {
    /// Nothing any more: the key is withdrawn.
    pub const WITHDRAWN: Self = Self(0);
    /// Credentials.
    pub const CREDENTIAL: Self = Self(1);
    /// Status lists.
    pub const STATUS: Self = Self(2);
    /// Cards of counters.
    pub const COUNTER: Self = Self(4);

    const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Credential => Self::CREDENTIAL,
            Kind::Status => Self::STATUS,
            Kind::Counter => Self::COUNTER,
            // A desk's key and the root are not on the list.
            Kind::Receipt | Kind::Trust => Self(0x80),
        }
    }
}

/// A key on the list. Times are seconds since 1970.
#[derive(Clone, Debug)]
pub struct TrustedKey {
    /// Its name.
    pub id: KeyId,
    /// The COSE number of its algorithm.
    pub algorithm: i64,
    /// The compressed point.
    pub point: [u8; 33],
    /// What it may sign.
    pub uses: Uses,
    /// From when on it may sign.
    pub not_before: u64,
    /// Until when it may sign.
    pub not_after: u64,
    /// The key itself, unless its suite is not built in.
    key: Option<PublicKey>,
}

impl TrustedKey {
    /// An entry for a key.
    #[must_use]
    pub fn new(key: &PublicKey, uses: Uses, not_before: u64, not_after: u64) -> Self {
        Self {
            id: key.id(),
            algorithm: key.algorithm().cose(),
            point: *key.point(),
            uses,
            not_before,
            not_after,
            key: Some(key.clone()),
        }
    }
}

/// A trust list.
#[derive(Clone, Debug)]
pub struct TrustList {
    /// Grows with every list; a smaller one than the last known is refused by who keeps it.
    pub serial: u64,
    /// When it was signed.
    pub issued: u64,
    /// Until when it counts.
    pub expires: u64,
    /// The keys.
    pub keys: Vec<TrustedKey>,
}

impl TrustList {
    /// Signs the list.
    #[must_use]
    pub fn sign(&self, root: &impl Sign) -> Vec<u8> {
        cose::sign(Kind::Trust, &self.encode(), root)
    }

    /// Opens a signed list.
    ///
    /// # Errors
    /// [`Reason::UnknownKey`] if no root signed it, or a reason about the form.
    pub fn open(bytes: &[u8], roots: &[PublicKey]) -> Result<Self, Reason> {
        if bytes.len() > MAX_LIST {
            return Err(Reason::TooLong);
        }
        let parts = Sign1::parse_own(bytes)?;
        let root = roots
            .iter()
            .find(|root| parts.key == Some(root.id().0.as_slice()))
            .ok_or(Reason::UnknownKey)?;
        parts.verify(Kind::Trust, root)?;
        cbor::parse(parts.payload, Self::read, Self::encode)
    }

    fn encode(&self) -> Vec<u8> {
        cbor::encode(|encoder| {
            encoder.array(4)?.u64(self.serial)?.u64(self.issued)?;
            encoder.u64(self.expires)?.array(self.keys.len() as u64)?;
            for key in &self.keys {
                encoder.array(6)?.bytes(&key.id.0)?.i64(key.algorithm)?;
                encoder.bytes(&key.point)?.u8(key.uses.0)?;
                encoder.u64(key.not_before)?.u64(key.not_after)?;
            }
            Ok(())
        })
    }

    fn read(decoder: &mut Decoder<'_>) -> Result<Self, Reason> {
        array(decoder, 4)?;
        let (serial, issued, expires) = (decoder.u64()?, decoder.u64()?, decoder.u64()?);
        let count = decoder.array()?.ok_or(Reason::NotCanonical)?;
        if count > MAX_KEYS {
            return Err(Reason::TooLong);
        }
        let keys = (0..count)
            .map(|_| Self::read_key(decoder))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            serial,
            issued,
            expires,
            keys,
        })
    }

    fn read_key(decoder: &mut Decoder<'_>) -> Result<TrustedKey, Reason> {
        array(decoder, 6)?;
        let id = KeyId(fixed(decoder)?);
        let algorithm = decoder.i64()?;
        let point = fixed(decoder)?;
        let key = match Algorithm::from_cose(algorithm).map(|suite| PublicKey::new(suite, point)) {
            Some(Ok(key)) if key.id() == id => Some(key),
            Some(Err(Reason::SuiteOff)) | None => None,
            Some(_) => return Err(Reason::Damaged),
        };
        Ok(TrustedKey {
            id,
            algorithm,
            point,
            uses: Uses(decoder.u8()?),
            not_before: decoder.u64()?,
            not_after: decoder.u64()?,
            key,
        })
    }

    /// Checks a signature and that its key may sign such a thing with one of these suites.
    /// Returns the key's entry, whose times the caller compares with the time of signing.
    ///
    /// # Errors
    /// A reason about the key or the signature.
    pub fn check(
        &self,
        parts: &Sign1<'_>,
        kind: Kind,
        suites: &[Algorithm],
    ) -> Result<&TrustedKey, Reason> {
        let entry = self
            .keys
            .iter()
            .find(|entry| parts.key == Some(entry.id.0.as_slice()))
            .ok_or(Reason::UnknownKey)?;
        if entry.uses == Uses::WITHDRAWN {
            return Err(Reason::KeyWithdrawn);
        }
        if entry.uses.0 & Uses::of(kind).0 == 0 {
            return Err(Reason::KeyNotForThis);
        }
        let key = entry.key.as_ref().ok_or(Reason::SuiteOff)?;
        if !suites.contains(&key.algorithm()) {
            return Err(Reason::SuiteOff);
        }
        parts.verify(kind, key)?;
        Ok(entry)
    }
}

impl TrustedKey {
    /// Checks that the key was valid when it signed.
    ///
    /// # Errors
    /// [`Reason::KeyNotValidThen`].
    pub fn check_time(&self, signed: u64) -> Result<(), Reason> {
        if (self.not_before..self.not_after).contains(&signed) {
            Ok(())
        } else {
            Err(Reason::KeyNotValidThen)
        }
    }
}
