//! Between the wire's passkeys and the library's: the same JSON, other types.

use crate::problem::{Failure, Kind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use webauthn_rs::prelude::{
    COSEKeyType, CreationChallengeResponse, ECDSACurve, Passkey, PublicKeyCredential,
    RegisterPublicKeyCredential, RequestChallengeResponse,
};
use yichuang_contract::passkey::{
    AuthenticatorSelection, CreatedCredential, CreationExtensions, CreationOptions,
    PasskeyAlgorithm, PasskeyDescriptor, PasskeyUser, RelyingParty, RequestOptions, UsedCredential,
};

/// COSE number of ES256: preferred, because only such a passkey can unlock an ID offline.
const ES256: i64 = -7;

/// Options to make a passkey. Beyond what the library asks for, the passkey must be discoverable:
/// signing in needs no user name.
#[must_use]
pub fn creation_options(challenge: &CreationChallengeResponse) -> CreationOptions {
    let wanted = &challenge.public_key;
    let text = |bytes: &[u8]| encode(bytes);
    let mut algorithms: Vec<PasskeyAlgorithm> = wanted
        .pub_key_cred_params
        .iter()
        .map(|parameter| PasskeyAlgorithm {
            kind: "public-key".to_owned(),
            alg: parameter.alg,
        })
        .collect();
    algorithms.sort_by_key(|algorithm| algorithm.alg != ES256);
    CreationOptions {
        rp: RelyingParty {
            id: wanted.rp.id.clone(),
            name: wanted.rp.name.clone(),
        },
        user: PasskeyUser {
            id: text(&wanted.user.id),
            name: wanted.user.name.clone(),
            display_name: wanted.user.display_name.clone(),
        },
        challenge: text(&wanted.challenge),
        pub_key_cred_params: algorithms,
        timeout: wanted.timeout.unwrap_or(300_000),
        exclude_credentials: wanted
            .exclude_credentials
            .iter()
            .flatten()
            .map(|known| PasskeyDescriptor {
                kind: "public-key".to_owned(),
                id: text(&known.id),
            })
            .collect(),
        authenticator_selection: AuthenticatorSelection {
            resident_key: "required".to_owned(),
            require_resident_key: true,
            user_verification: "required".to_owned(),
        },
        attestation: "none".to_owned(),
        extensions: CreationExtensions { cred_props: true },
    }
}

/// Options to use a passkey.
#[must_use]
pub fn request_options(challenge: &RequestChallengeResponse) -> RequestOptions {
    let wanted = &challenge.public_key;
    RequestOptions {
        challenge: encode(&wanted.challenge),
        timeout: wanted.timeout.unwrap_or(300_000),
        rp_id: wanted.rp_id.clone(),
        allow_credentials: Vec::new(),
        user_verification: "required".to_owned(),
    }
}

/// A new passkey for the library.
///
/// # Errors
/// If something in it is no base64url.
pub fn created(credential: &CreatedCredential) -> Result<RegisterPublicKeyCredential, Failure> {
    convert(credential)
}

/// A used passkey for the library.
///
/// # Errors
/// If something in it is no base64url.
pub fn used(credential: &UsedCredential) -> Result<PublicKeyCredential, Failure> {
    convert(credential)
}

fn convert<T: DeserializeOwned>(credential: &impl Serialize) -> Result<T, Failure> {
    serde_json::to_value(credential)
        .and_then(serde_json::from_value)
        .map_err(|_| Failure::new(Kind::PasskeyRefused))
}

/// The compressed point of an ES256 key; empty for other algorithms.
#[must_use]
pub fn public_key(passkey: &Passkey) -> Vec<u8> {
    match &passkey.get_public_key().key {
        COSEKeyType::EC_EC2(key)
            if key.curve == ECDSACurve::SECP256R1 && key.x.len() == 32 && key.y.len() == 32 =>
        {
            let mut point = vec![2 + (key.y[31] & 1)];
            point.extend_from_slice(&key.x);
            point
        }
        _ => Vec::new(),
    }
}

/// Base64url without padding.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

/// Browser and system in a few words, from what a browser says of itself. Nothing more is kept.
#[must_use]
pub fn browser(headers: &http::HeaderMap) -> String {
    let said = headers
        .get(http::header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let first = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(mark, _)| said.contains(mark))
            .map(|(_, name)| *name)
    };
    let program = first(&[
        ("MicroMessenger", "WeChat"),
        ("HuaweiBrowser", "Huawei Browser"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (program, system) {
        (Some(program), Some(system)) => format!("{program}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}
