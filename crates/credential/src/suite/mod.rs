//! Signature suites: ES256, and SM2 with SM3 (国密) where it is built in.
//!
//! A key knows its suite. What a header claims about the algorithm is compared with the key and
//! never chooses anything.

mod es256;
#[cfg(feature = "sm2")]
mod sm2;

use crate::reason::Reason;
use alloc::vec::Vec;
use es256::Es256;
use p256::elliptic_curve::rand_core::CryptoRng;
#[cfg(feature = "sm2")]
use sm2::Sm2;

/// A suite.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Algorithm {
    /// ECDSA over P-256 with SHA-256.
    Es256,
    /// SM2 signatures with SM3 (GB/T 32918.2), identity "1234567812345678".
    Sm2,
}

impl Algorithm {
    /// The COSE algorithm number. SM2 has none in the registry: -65537 is from the range for
    /// private use.
    #[must_use]
    pub const fn cose(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::Sm2 => -65537,
        }
    }

    /// The suite with a COSE algorithm number.
    #[must_use]
    pub const fn from_cose(number: i64) -> Option<Self> {
        match number {
            -7 => Some(Self::Es256),
            -65537 => Some(Self::Sm2),
            _ => None,
        }
    }
}

/// The name of a key: the first eight bytes of the suite's hash of the compressed public key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct KeyId(pub [u8; 8]);

/// What a suite can do. Points are compressed (33 bytes), signatures are r and s (64 bytes).
trait Suite {
    type Public;
    type Secret;
    fn public(point: &[u8]) -> Option<Self::Public>;
    fn secret(bytes: &[u8; 32]) -> Option<Self::Secret>;
    fn point(secret: &Self::Secret) -> Option<[u8; 33]>;
    fn hash(bytes: &[u8]) -> [u8; 32];
    fn sign(secret: &Self::Secret, message: &[u8]) -> [u8; 64];
    fn verify(public: &Self::Public, message: &[u8], signature: &[u8]) -> Result<(), Reason>;
    fn seal(point: &[u8; 33], plain: &[u8], rng: &mut impl CryptoRng) -> Option<Vec<u8>>;
    fn open(secret: &Self::Secret, sealed: &[u8]) -> Option<Vec<u8>>;
}

#[derive(Clone)]
enum Public {
    Es256(<Es256 as Suite>::Public),
    #[cfg(feature = "sm2")]
    Sm2(alloc::boxed::Box<<Sm2 as Suite>::Public>),
}

/// A public key, ready to verify.
#[derive(Clone)]
pub struct PublicKey {
    point: [u8; 33],
    key: Public,
}

impl core::fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            formatter,
            "PublicKey({:?}, {:?})",
            self.algorithm(),
            self.id()
        )
    }
}

impl PublicKey {
    /// A key from its compressed point.
    ///
    /// # Errors
    /// [`Reason::Damaged`] if the point is not on the curve, [`Reason::SuiteOff`] if the suite is
    /// not built in.
    pub fn new(algorithm: Algorithm, point: [u8; 33]) -> Result<Self, Reason> {
        let key = match algorithm {
            Algorithm::Es256 => Es256::public(&point).map(Public::Es256),
            #[cfg(feature = "sm2")]
            Algorithm::Sm2 => Sm2::public(&point).map(|key| Public::Sm2(key.into())),
            #[cfg(not(feature = "sm2"))]
            Algorithm::Sm2 => return Err(Reason::SuiteOff),
        };
        let key = key.ok_or(Reason::Damaged)?;
        Ok(Self { point, key })
    }

    /// An ES256 key from its two coordinates, as certificates and browsers give it
    /// (`04`, x, y).
    ///
    /// # Errors
    /// [`Reason::Damaged`] if it is no point on the curve.
    pub fn from_uncompressed(point: &[u8; 65]) -> Result<Self, Reason> {
        let mut compressed = [0; 33];
        compressed[0] = 2 | (point[64] & 1);
        compressed[1..].copy_from_slice(&point[1..33]);
        // The second coordinate must be the one that the first implies.
        Es256::public(point).ok_or(Reason::Damaged)?;
        Self::new(Algorithm::Es256, compressed)
    }

    /// The suite.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        match self.key {
            Public::Es256(_) => Algorithm::Es256,
            #[cfg(feature = "sm2")]
            Public::Sm2(_) => Algorithm::Sm2,
        }
    }

    /// The compressed point.
    #[must_use]
    pub const fn point(&self) -> &[u8; 33] {
        &self.point
    }

    /// The name.
    #[must_use]
    pub fn id(&self) -> KeyId {
        let hash = match self.key {
            Public::Es256(_) => Es256::hash(&self.point),
            #[cfg(feature = "sm2")]
            Public::Sm2(_) => Sm2::hash(&self.point),
        };
        let mut id = [0; 8];
        id.copy_from_slice(&hash[..8]);
        KeyId(id)
    }

    /// Checks a signature in its one allowed form (ECDSA: the lower s).
    ///
    /// # Errors
    /// [`Reason::SignatureNotCanonical`] or [`Reason::BadSignature`].
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), Reason> {
        match &self.key {
            Public::Es256(key) => {
                Es256::verify(key, message, signature)?;
                es256::lower_half(signature)
            }
            #[cfg(feature = "sm2")]
            Public::Sm2(key) => Sm2::verify(key, message, signature),
        }
    }

    /// Checks a signature in any form, as objects of other systems have them.
    ///
    /// # Errors
    /// [`Reason::BadSignature`].
    pub fn verify_any(&self, message: &[u8], signature: &[u8]) -> Result<(), Reason> {
        match &self.key {
            Public::Es256(key) => Es256::verify(key, message, signature),
            #[cfg(feature = "sm2")]
            Public::Sm2(key) => Sm2::verify(key, message, signature),
        }
    }

    /// Encrypts to the holder of the secret key.
    pub(crate) fn seal(&self, plain: &[u8], rng: &mut impl CryptoRng) -> Option<Vec<u8>> {
        match self.key {
            Public::Es256(_) => Es256::seal(&self.point, plain, rng),
            #[cfg(feature = "sm2")]
            Public::Sm2(_) => Sm2::seal(&self.point, plain, rng),
        }
    }
}

/// Who can sign: a key in memory ([`SecretKey`]) or a module that keeps it to itself.
pub trait Sign {
    /// The public key.
    fn public(&self) -> &PublicKey;
    /// Signs a message; ECDSA signatures have the lower s.
    fn sign(&self, message: &[u8]) -> [u8; 64];
}

#[derive(Clone)]
enum Secret {
    Es256(<Es256 as Suite>::Secret),
    #[cfg(feature = "sm2")]
    Sm2(alloc::boxed::Box<<Sm2 as Suite>::Secret>),
}

/// A secret key in memory.
#[derive(Clone)]
pub struct SecretKey {
    secret: Secret,
    public: PublicKey,
}

impl core::fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "SecretKey({:?})", self.public.id())
    }
}

impl SecretKey {
    /// A key from its number.
    ///
    /// # Errors
    /// [`Reason::Damaged`] if the number is out of range, [`Reason::SuiteOff`] if the suite is not
    /// built in.
    pub fn new(algorithm: Algorithm, bytes: &[u8; 32]) -> Result<Self, Reason> {
        let (secret, point) = match algorithm {
            Algorithm::Es256 => {
                let secret = Es256::secret(bytes).ok_or(Reason::Damaged)?;
                let point = Es256::point(&secret);
                (Secret::Es256(secret), point)
            }
            #[cfg(feature = "sm2")]
            Algorithm::Sm2 => {
                let secret = Sm2::secret(bytes).ok_or(Reason::Damaged)?;
                let point = Sm2::point(&secret);
                (Secret::Sm2(secret.into()), point)
            }
            #[cfg(not(feature = "sm2"))]
            Algorithm::Sm2 => return Err(Reason::SuiteOff),
        };
        let public = PublicKey::new(algorithm, point.ok_or(Reason::Damaged)?)?;
        Ok(Self { secret, public })
    }

    /// A new key.
    ///
    /// # Errors
    /// [`Reason::SuiteOff`] if the suite is not built in.
    pub fn generate(algorithm: Algorithm, rng: &mut impl CryptoRng) -> Result<Self, Reason> {
        loop {
            let mut bytes = [0; 32];
            rng.fill_bytes(&mut bytes);
            // One number in four thousand million is out of range.
            match Self::new(algorithm, &bytes) {
                Err(Reason::Damaged) => {}
                outcome => return outcome,
            }
        }
    }

    /// The number, for whoever keeps the key in a file.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 32] {
        match &self.secret {
            Secret::Es256(secret) => secret.to_bytes().into(),
            #[cfg(feature = "sm2")]
            Secret::Sm2(secret) => secret.to_bytes().into(),
        }
    }

    /// Decrypts what was sealed to the public key.
    pub(crate) fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        match &self.secret {
            Secret::Es256(secret) => Es256::open(secret, sealed),
            #[cfg(feature = "sm2")]
            Secret::Sm2(secret) => Sm2::open(secret, sealed),
        }
    }
}

impl Sign for SecretKey {
    fn public(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> [u8; 64] {
        match &self.secret {
            Secret::Es256(secret) => Es256::sign(secret, message),
            #[cfg(feature = "sm2")]
            Secret::Sm2(secret) => Sm2::sign(secret, message),
        }
    }
}

/// SHA-256, which names credentials, presentations and counters in both suites.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Es256::hash(bytes)
}

/// An ES256 signature from DER, as authenticators give it, with the lower s.
///
/// # Errors
/// [`Reason::Damaged`].
pub fn signature_from_der(der: &[u8]) -> Result<[u8; 64], Reason> {
    es256::from_der(der).ok_or(Reason::Damaged)
}

/// An ES256 signature of a browser's own key with the lower s: browsers give either.
///
/// # Errors
/// [`Reason::Damaged`].
pub fn lower(signature: [u8; 64]) -> Result<[u8; 64], Reason> {
    es256::lower(&signature).ok_or(Reason::Damaged)
}
