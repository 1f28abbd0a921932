//! The verdict on what an attacker shows, and on what a careless issuer signs.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use yichuang_credential::cose::{self, Kind};
use yichuang_credential::fixture::{NOW, World};
use yichuang_credential::text::{self, Prefix};
use yichuang_credential::{Algorithm, Credential, Light, Live, verify};

static WORLD: LazyLock<World> = LazyLock::new(|| World::new(Algorithm::Es256));

fuzz_target!(|bytes: &[u8]| {
    // As a text, as bytes behind the prefix: nobody but the issuer can make a light that is not red,
    // and the seeds hold what the issuer has made.
    judge(&String::from_utf8_lossy(bytes));
    judge(&text::encode(Prefix::Credential, bytes));
    // As a payload that the issuer has signed: the rules behind the signature see it.
    let credential = cose::sign(Kind::Credential, bytes, &WORLD.issuer);
    judge(&text::encode(Prefix::Credential, &paper(&credential)));
    if Credential::read(&credential).is_ok() {
        let unlock = WORLD.unlock(&credential);
        let binding = Some(WORLD.binding());
        judge(&Live::present(&credential, &unlock, NOW - 2, binding, &WORLD.session).text());
    }
});

fn judge(shown: &str) {
    let verdict = verify::verify(shown, &WORLD.desk(), NOW);
    assert_eq!(verdict.details.is_none(), verdict.light == Light::Red);
    assert_eq!(verdict.light, verdict.reason.light());
    assert!(verdict.credential.is_some() || verdict.light == Light::Red);
}

/// `[2, credential]`, also around what no credential is.
fn paper(credential: &[u8]) -> Vec<u8> {
    let length = u16::try_from(credential.len()).unwrap_or(u16::MAX);
    let mut form = vec![0x82, 0x02];
    match length {
        0..24 => form.push(0x40 | length as u8),
        24..256 => form.extend([0x58, length as u8]),
        _ => {
            form.push(0x59);
            form.extend(length.to_be_bytes());
        }
    }
    form.extend_from_slice(credential);
    form
}
