//! The layers base45, zlib, CBOR and COSE, with bytes that nobody here made.
//!
//! The 157 public test vectors of the EU Digital COVID Certificate (repository
//! `eu-digital-green-certificates/dgc-testdata`, commit 4a62c8d) are read from beside the project and
//! not kept in it: from the folder that `DGC_VECTORS` names, else `../shared/vectors/dgc`. Without
//! them the test says so and proves nothing.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use yichuang_credential::cbor::{Form, scan};
use yichuang_credential::cose::Sign1;
use yichuang_credential::{PublicKey, Reason, text};

#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
struct Vector {
    prefix: String,
    cose: Option<String>,
    testctx: Context,
    expectedresults: BTreeMap<String, bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
struct Context {
    certificate: Option<String>,
}

/// How far a vector gets.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Outcome {
    /// The signature of the certificate's key is good.
    Verified,
    /// Refused while it is read.
    Unreadable(Reason),
    /// Refused by the check of the signature.
    Refused(Reason),
    /// The certificate has a key that none of our suites uses.
    OtherKey,
}

/// What this crate does otherwise than the vector's flags say, and why.
const DIFFERENT: &[(&str, Outcome, &str)] = &[
    ("CH_2DCode_raw_1", Outcome::OtherKey, RSA),
    ("CH_2DCode_raw_2", Outcome::OtherKey, RSA),
    ("CH_2DCode_raw_3", Outcome::OtherKey, RSA),
    ("ES_2DCode_raw_1001", Outcome::OtherKey, RSA),
    ("ES_2DCode_raw_1002", Outcome::OtherKey, RSA),
    ("ES_2DCode_raw_1003", Outcome::OtherKey, RSA),
    ("common_2DCode_raw_CO1", Outcome::OtherKey, RSA),
    ("common_2DCode_raw_CO2", Outcome::OtherKey, RSA),
    ("ES_2DCode_raw_401", Outcome::OtherKey, P384),
    ("ES_2DCode_raw_402", Outcome::OtherKey, P384),
    ("ES_2DCode_raw_403", Outcome::OtherKey, P384),
    ("common_2DCode_raw_CO20", UNPROTECTED, HEADER),
    ("common_2DCode_raw_CO22", UNPROTECTED, HEADER),
    ("common_2DCode_raw_CO23", UNPROTECTED, HEADER),
    (
        "common_2DCode_raw_CBO1",
        Outcome::Verified,
        "what is wrong is the health data inside, above these layers",
    ),
    (
        "common_2DCode_raw_CBO2",
        Outcome::Unreadable(Reason::Damaged),
        "the payload is no CBOR; refused before its signature is looked at",
    ),
    (
        "common_2DCode_raw_Z2",
        Outcome::Verified,
        "not compressed, which our own texts never are",
    ),
];
const RSA: &str = "PS256: RSA signatures do not fit our codes and are no suite of ours";
const P384: &str = "a P-384 key under the name of ES256: P-384 is no suite of ours";
const UNPROTECTED: Outcome = Outcome::Refused(Reason::WrongAlgorithm);
const HEADER: &str = "the algorithm stands in the unprotected header, where it does not count";

#[test]
fn every_vector_gets_as_far_as_it_should() {
    let folder = std::env::var_os("DGC_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/dgc"),
        PathBuf::from,
    );
    if !folder.is_dir() {
        eprintln!("no outside vectors at {}: not tested", folder.display());
        return;
    }
    let mut found = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the vectors") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|end| end != "json") {
            continue;
        }
        count += 1;
        let name = path.file_stem().expect("a name").to_string_lossy();
        let text = std::fs::read_to_string(&path).expect("a vector");
        let vector: Vector = serde_json::from_str(&text).expect("a vector");
        let outcome = outcome(&vector);
        let expected = DIFFERENT
            .iter()
            .find(|(file, ..)| *file == name)
            .map_or_else(|| by_the_flags(&vector), |(_, outcome, _)| *outcome);
        if outcome != expected {
            found.push(format!("{name}: {outcome:?}, expected {expected:?}"));
        }
    }
    found.sort();
    assert_eq!(count, 157);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn by_the_flags(vector: &Vector) -> Outcome {
    let is = |flag: &str, value| vector.expectedresults.get(flag) == Some(&value);
    let unreadable = ["EXPECTEDB45DECODE", "EXPECTEDCOMPRESSION", "EXPECTEDDECODE"];
    if is("EXPECTEDUNPREFIX", false) {
        Outcome::Unreadable(Reason::NotACredential)
    } else if unreadable.iter().any(|flag| is(flag, false)) {
        Outcome::Unreadable(Reason::Damaged)
    } else if is("EXPECTEDVERIFY", false) {
        Outcome::Refused(Reason::BadSignature)
    } else {
        Outcome::Verified
    }
}

fn outcome(vector: &Vector) -> Outcome {
    let bytes = match vector
        .prefix
        .strip_prefix("HC1:")
        .ok_or(Reason::NotACredential)
        .and_then(text::unpack)
    {
        Ok(bytes) => bytes,
        Err(reason) => return Outcome::Unreadable(reason),
    };
    let parts = match Sign1::parse(&bytes) {
        Ok(parts) => parts,
        Err(reason) => return Outcome::Unreadable(reason),
    };
    // The payload of a certificate that is no vector of broken bytes is one whole item.
    if let Err(reason) = scan(parts.payload, Form::Any) {
        return Outcome::Unreadable(reason);
    }
    if let Some(cose) = &vector.cose
        && vector.expectedresults.get("EXPECTEDCOMPRESSION") == Some(&true)
    {
        assert_eq!(hex::encode(&bytes), cose.to_lowercase());
    }
    let certificate = vector.testctx.certificate.as_deref().unwrap_or_default();
    let certificate = STANDARD.decode(certificate).expect("a certificate");
    let Some(key) = key_of(&certificate) else {
        return Outcome::OtherKey;
    };
    if parts.algorithm != Some(key.algorithm().cose()) {
        return Outcome::Refused(Reason::WrongAlgorithm);
    }
    match key.verify_any(&to_be_signed(&parts), parts.signature) {
        Ok(()) => Outcome::Verified,
        Err(reason) => Outcome::Refused(reason),
    }
}

/// The Sig_structure, made here once more and not by the crate.
fn to_be_signed(parts: &Sign1<'_>) -> Vec<u8> {
    let mut encoder = minicbor::Encoder::new(Vec::new());
    encoder
        .array(4)
        .and_then(|encoder| encoder.str("Signature1"))
        .and_then(|encoder| encoder.bytes(parts.protected))
        .and_then(|encoder| encoder.bytes(b""))
        .and_then(|encoder| encoder.bytes(parts.payload))
        .expect("memory");
    encoder.into_writer()
}

/// The P-256 key of a certificate: what follows the one encoding of that kind of key.
fn key_of(certificate: &[u8]) -> Option<PublicKey> {
    const SUBJECT_PUBLIC_KEY: &str = "3059301306072a8648ce3d020106082a8648ce3d030107034200";
    let start = hex::decode(SUBJECT_PUBLIC_KEY).expect("hexadecimal digits");
    let at = certificate
        .windows(start.len())
        .position(|window| window == start)?;
    let point = certificate.get(at + start.len()..)?.first_chunk::<65>()?;
    PublicKey::from_uncompressed(point).ok()
}
