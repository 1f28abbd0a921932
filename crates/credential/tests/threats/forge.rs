//! What an attacker would do to bytes.

use p256::ecdsa::Signature;
use yichuang_credential::cose::{self, Kind, Sign1};
use yichuang_credential::text::{self, Prefix};
use yichuang_credential::{Algorithm, Claims, KeyId, SecretKey};

/// Signs claims under a header of the forger's choice.
pub fn credential(claims: &Claims, key: &SecretKey, algorithm: Algorithm, id: KeyId) -> Vec<u8> {
    cose::sign_as(Kind::Credential, &claims.encode(), key, algorithm, id)
}

/// Changes the payload behind the signature's back.
pub fn altered(signed: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let at = signed
        .windows(from.len())
        .position(|window| window == from.as_bytes())
        .expect("the text is there");
    let mut altered = signed.to_vec();
    altered[at..at + to.len()].copy_from_slice(to.as_bytes());
    altered
}

/// Turns a signature into the other one that verifies alike.
pub fn other_half(signature: &[u8]) -> [u8; 64] {
    let signature = Signature::from_slice(signature).expect("a signature");
    let (r, s) = signature.split_scalars();
    let turned = Signature::from_scalars(r.to_bytes(), (-*s).to_bytes());
    turned.expect("a signature").to_bytes().into()
}

/// The same for a COSE_Sign1.
pub fn other_half_of_sign1(signed: &[u8]) -> Vec<u8> {
    let signature = Sign1::parse(signed).expect("ours").signature;
    let mut turned = signed.to_vec();
    let start = turned.len() - 64;
    turned[start..].copy_from_slice(&other_half(signature));
    turned
}

/// A text from bytes that nobody of us would make.
pub fn text_of(bytes: &[u8]) -> String {
    text::encode(Prefix::Credential, bytes)
}

/// A few bytes that stand for sixteen million.
pub fn bomb() -> String {
    let zeros = vec![0; 16 << 20];
    let mut bomb = miniz_oxide::deflate::compress_to_vec_zlib(&zeros, 10);
    // The start is enough to blow, and short enough to be shown.
    bomb[0] = 0x78;
    bomb.truncate(2600);
    text_of(&bomb)
}
