//! ECDSA over P-256 with SHA-256; sealing with ECDH, HKDF and AES-128-GCM.

use super::Suite;
use crate::reason::Reason;
use aes_gcm::aead::Aead;
use aes_gcm::{Aes128Gcm, KeyInit};
use alloc::vec::Vec;
use hkdf::Hkdf;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::Generate;
use p256::elliptic_curve::rand_core::CryptoRng;
use p256::elliptic_curve::sec1::ToSec1Point;
use sha2::{Digest, Sha256};

pub(super) struct Es256;

/// Whether ring verifies. It is built for machines with an operating system only.
#[cfg(all(feature = "native", not(target_family = "wasm")))]
mod verifying {
    use p256::elliptic_curve::sec1::ToSec1Point;
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    /// A point on the curve, uncompressed.
    #[derive(Clone)]
    pub struct Key([u8; 65]);

    impl Key {
        pub fn new(point: &[u8]) -> Option<Self> {
            let key = p256::PublicKey::from_sec1_bytes(point).ok()?;
            let point = key.to_sec1_point(false).as_bytes().try_into().ok()?;
            Some(Self(point))
        }

        pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &self.0)
                .verify(message, signature)
                .is_ok()
        }
    }
}

#[cfg(not(all(feature = "native", not(target_family = "wasm"))))]
use portable as verifying;

/// What verifies in the browser.
#[cfg(any(test, not(feature = "native"), target_family = "wasm"))]
mod portable {
    use p256::ecdsa::signature::Verifier;
    use p256::ecdsa::{Signature, VerifyingKey};

    /// A point on the curve, ready for arithmetic.
    #[derive(Clone)]
    pub struct Key(VerifyingKey);

    impl Key {
        pub fn new(point: &[u8]) -> Option<Self> {
            VerifyingKey::from_sec1_bytes(point).ok().map(Self)
        }

        pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
            Signature::from_slice(signature)
                .is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
        }
    }
}

impl Suite for Es256 {
    type Public = verifying::Key;
    type Secret = SigningKey;

    fn public(point: &[u8]) -> Option<Self::Public> {
        verifying::Key::new(point)
    }

    fn secret(bytes: &[u8; 32]) -> Option<SigningKey> {
        SigningKey::from_slice(bytes).ok()
    }

    fn point(secret: &SigningKey) -> Option<[u8; 33]> {
        compressed(&p256::PublicKey::from(secret.verifying_key()))
    }

    fn hash(bytes: &[u8]) -> [u8; 32] {
        Sha256::digest(bytes).into()
    }

    fn sign(secret: &SigningKey, message: &[u8]) -> [u8; 64] {
        let signature: Signature = secret.sign(message);
        signature.normalize_s().to_bytes().into()
    }

    fn verify(public: &Self::Public, message: &[u8], signature: &[u8]) -> Result<(), Reason> {
        if public.verify(message, signature) {
            Ok(())
        } else {
            Err(Reason::BadSignature)
        }
    }

    fn seal(point: &[u8; 33], plain: &[u8], rng: &mut impl CryptoRng) -> Option<Vec<u8>> {
        let recipient = p256::PublicKey::from_sec1_bytes(point).ok()?;
        let ephemeral = p256::SecretKey::generate_from_rng(rng);
        let mut sealed = compressed(&ephemeral.public_key())?.to_vec();
        let shared = ephemeral.diffie_hellman(&recipient);
        let (cipher, nonce) = cipher(shared.raw_secret_bytes(), &sealed, point)?;
        sealed.extend(cipher.encrypt(&nonce.into(), plain).ok()?);
        Some(sealed)
    }

    fn open(secret: &SigningKey, sealed: &[u8]) -> Option<Vec<u8>> {
        let (ephemeral, encrypted) = sealed.split_at_checked(33)?;
        let secret = p256::SecretKey::from_slice(&secret.to_bytes()).ok()?;
        let shared = secret.diffie_hellman(&p256::PublicKey::from_sec1_bytes(ephemeral).ok()?);
        let own = compressed(&secret.public_key())?;
        let (cipher, nonce) = cipher(shared.raw_secret_bytes(), ephemeral, &own)?;
        cipher.decrypt(&nonce.into(), encrypted).ok()
    }
}

fn compressed(key: &p256::PublicKey) -> Option<[u8; 33]> {
    key.to_sec1_point(true).as_bytes().try_into().ok()
}

/// The cipher and nonce of one sealing. Each has its own ephemeral key, so that no nonce repeats.
fn cipher(shared: &[u8], ephemeral: &[u8], recipient: &[u8]) -> Option<(Aes128Gcm, [u8; 12])> {
    let mut okm = [0; 28];
    Hkdf::<Sha256>::new(None, shared)
        .expand_multi_info(&[b"PT1-seal", ephemeral, recipient], &mut okm)
        .ok()?;
    let (key, nonce) = okm.split_at(16);
    Some((Aes128Gcm::new_from_slice(key).ok()?, nonce.try_into().ok()?))
}

/// Of the two signatures that verify alike, only the one with the lower s counts.
pub(super) fn lower_half(signature: &[u8]) -> Result<(), Reason> {
    let parsed = Signature::from_slice(signature).map_err(|_| Reason::BadSignature)?;
    if parsed.normalize_s() == parsed {
        Ok(())
    } else {
        Err(Reason::SignatureNotCanonical)
    }
}

pub(super) fn from_der(der: &[u8]) -> Option<[u8; 64]> {
    Some(
        Signature::from_der(der)
            .ok()?
            .normalize_s()
            .to_bytes()
            .into(),
    )
}

pub(super) fn lower(signature: &[u8]) -> Option<[u8; 64]> {
    let parsed = Signature::from_slice(signature).ok()?;
    Some(parsed.normalize_s().to_bytes().into())
}

#[cfg(all(test, feature = "native", not(target_family = "wasm")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn both_verifiers_say_the_same(
            secret in prop::array::uniform32(any::<u8>()),
            message in prop::collection::vec(any::<u8>(), 0..100),
            place in 0_usize..64,
            change in prop_oneof![Just(0_u8), any::<u8>()],
            is_turned in any::<bool>(),
        ) {
            let secret = Es256::secret(&secret);
            prop_assume!(secret.is_some());
            let secret = secret.expect("a key");
            let point = Es256::point(&secret).expect("a point");
            let mut signature = Es256::sign(&secret, &message);
            if is_turned {
                let parsed = Signature::from_slice(&signature).expect("a signature");
                let (r, s) = parsed.split_scalars();
                let turned = Signature::from_scalars(r.to_bytes(), (-*s).to_bytes());
                signature = turned.expect("a signature").to_bytes().into();
            }
            signature[place] ^= change;
            let one = verifying::Key::new(&point).expect("a key").verify(&message, &signature);
            let other = portable::Key::new(&point).expect("a key").verify(&message, &signature);
            prop_assert_eq!(one, other);
            prop_assert_eq!(one, change == 0);
            prop_assert_eq!(lower_half(&signature).is_ok() && one, one && !is_turned);
        }

        #[test]
        fn both_verifiers_refuse_what_is_no_signature(
            signature in prop::collection::vec(prop_oneof![Just(0_u8), Just(0xFF), any::<u8>()], 0..70),
            x in prop::array::uniform32(any::<u8>()),
        ) {
            let mut point = [2; 33];
            point[1..].copy_from_slice(&x);
            let keys = (verifying::Key::new(&point), portable::Key::new(&point));
            prop_assert_eq!(keys.0.is_some(), keys.1.is_some());
            if let (Some(one), Some(other)) = keys {
                prop_assert!(!one.verify(b"", &signature));
                prop_assert!(!other.verify(b"", &signature));
            }
        }
    }
}
