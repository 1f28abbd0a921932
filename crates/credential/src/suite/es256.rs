//! ECDSA over P-256 with SHA-256; sealing with ECDH, HKDF and AES-128-GCM.

use super::Suite;
use crate::reason::Reason;
use aes_gcm::aead::Aead;
use aes_gcm::{Aes128Gcm, KeyInit};
use alloc::vec::Vec;
use hkdf::Hkdf;
use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use p256::elliptic_curve::Generate;
use p256::elliptic_curve::rand_core::CryptoRng;
use p256::elliptic_curve::sec1::ToSec1Point;
use sha2::{Digest, Sha256};

pub(super) struct Es256;

impl Suite for Es256 {
    type Public = VerifyingKey;
    type Secret = SigningKey;

    fn public(point: &[u8]) -> Option<VerifyingKey> {
        VerifyingKey::from_sec1_bytes(point).ok()
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

    fn verify(public: &VerifyingKey, message: &[u8], signature: &[u8]) -> Result<(), Reason> {
        let signature = Signature::from_slice(signature).map_err(|_| Reason::BadSignature)?;
        public
            .verify(message, &signature)
            .map_err(|_| Reason::BadSignature)
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
