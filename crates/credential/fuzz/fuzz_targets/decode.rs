//! Everything that reads bytes or text before a signature is looked at.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use yichuang_credential::cbor::{Form, scan};
use yichuang_credential::counter::CounterCode;
use yichuang_credential::fixture::{NOW, World};
use yichuang_credential::receipt::Receipt;
use yichuang_credential::text::{self, MAX_BYTES, Prefix};
use yichuang_credential::typed_code::TypedCode;
use yichuang_credential::{Algorithm, Credential, Shown, Sign, StatusList, TrustList};

static WORLD: LazyLock<World> = LazyLock::new(|| World::new(Algorithm::Es256));

fuzz_target!(|bytes: &[u8]| {
    let suites = [Algorithm::Es256];
    let text = String::from_utf8_lossy(bytes);
    for prefix in [Prefix::Credential, Prefix::Counter, Prefix::Receipt] {
        if let Ok(decoded) = text::decode(prefix, &text) {
            assert!(decoded.len() <= MAX_BYTES);
            read(&decoded);
        }
    }
    if let Ok(Shown::Live(live)) = Shown::read(&text) {
        assert_eq!(
            live.encode(),
            text::decode(Prefix::Credential, &text).unwrap()
        );
    }
    let _ = CounterCode::read(&text, &WORLD.trust, &suites, NOW);
    let _ = Receipt::read(&text, &WORLD.trust, &suites);
    if let Ok(code) = TypedCode::read(&text) {
        assert_eq!(TypedCode::read(&code.text()), Ok(code));
    }
    read(bytes);
});

fn read(bytes: &[u8]) {
    let _ = scan(bytes, Form::Any);
    if let Ok(credential) = Credential::read(bytes) {
        assert_eq!(credential.bytes, bytes);
    }
    let _ = TrustList::open(bytes, &[WORLD.root.public().clone()]);
    let _ = StatusList::open(bytes, &WORLD.trust, &[Algorithm::Es256]);
}
