//! SM2 with SM3 (国密, GB/T 32918): signatures and public-key encryption.

use super::Suite;
use crate::reason::Reason;
use alloc::vec::Vec;
use p256::elliptic_curve::rand_core::CryptoRng;
use sm2::dsa::signature::{Signer, Verifier};
use sm2::dsa::{Signature, SigningKey, VerifyingKey};
use sm2::elliptic_curve::sec1::ToSec1Point;
use sm2::pke::{DecryptingKey, EncryptingKey, Mode};
use sm3::{Digest, Sm3};

/// The identity that GM/T 0009 gives to signers who have none of their own.
const IDENTITY: &str = "1234567812345678";

pub(super) struct Sm2;

impl Suite for Sm2 {
    type Public = VerifyingKey;
    type Secret = SigningKey;

    fn public(point: &[u8]) -> Option<VerifyingKey> {
        VerifyingKey::from_sec1_bytes(IDENTITY, point).ok()
    }

    fn secret(bytes: &[u8; 32]) -> Option<SigningKey> {
        SigningKey::from_slice(IDENTITY, bytes).ok()
    }

    fn point(secret: &SigningKey) -> Option<[u8; 33]> {
        let key = sm2::PublicKey::from_affine(*secret.verifying_key().as_affine()).ok()?;
        key.to_sec1_point(true).as_bytes().try_into().ok()
    }

    fn hash(bytes: &[u8]) -> [u8; 32] {
        Sm3::digest(bytes).into()
    }

    fn sign(secret: &SigningKey, message: &[u8]) -> [u8; 64] {
        let signature: Signature = secret.sign(message);
        signature.to_bytes().into()
    }

    fn verify(public: &VerifyingKey, message: &[u8], signature: &[u8]) -> Result<(), Reason> {
        let signature = Signature::from_slice(signature).map_err(|_| Reason::BadSignature)?;
        public
            .verify(message, &signature)
            .map_err(|_| Reason::BadSignature)
    }

    fn seal(point: &[u8; 33], plain: &[u8], rng: &mut impl CryptoRng) -> Option<Vec<u8>> {
        let key = EncryptingKey::from_sec1_bytes(point).ok()?;
        let cipher = key.encrypt_cipher::<_, Sm3>(rng, plain).ok()?;
        cipher.to_vec(Mode::C1C3C2, true).ok()
    }

    fn open(secret: &SigningKey, sealed: &[u8]) -> Option<Vec<u8>> {
        let key = DecryptingKey::from_slice(&secret.to_bytes()).ok()?;
        key.decrypt(sealed).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of GB/T 32918.5, appendix A.2: a key, a message and its signature.
    #[test]
    fn the_example_of_the_standard_verifies() {
        let bytes = |digits: &str| hex::decode(digits).expect("hexadecimal digits");
        let secret = bytes("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8");
        let secret = Sm2::secret(secret.as_slice().try_into().expect("a number")).expect("a key");
        let point = Sm2::point(&secret).expect("a point");
        assert_eq!(
            point[1..],
            bytes("09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020")
        );
        let signature = bytes(
            "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3\
             b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa",
        );
        let key = Sm2::public(&point).expect("a key");
        assert_eq!(Sm2::verify(&key, b"message digest", &signature), Ok(()));
        assert_eq!(
            Sm2::verify(&key, b"message digesT", &signature),
            Err(Reason::BadSignature)
        );
    }
}
