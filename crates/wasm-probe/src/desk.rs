//! A hotel's desk in the browser: verifies live forms.

use wasm_bindgen::prelude::*;
use yichuang_credential::seen::Forgetful;
use yichuang_credential::{
    Algorithm, Counter, Desk, Policy, PublicKey, Site, StatusList, TrustList, verify,
};

/// A desk with its lists.
#[wasm_bindgen]
pub struct CredentialDesk {
    policy: Policy,
    trust: TrustList,
    status: StatusList,
    counter: Counter,
}

#[wasm_bindgen]
impl CredentialDesk {
    /// Opens the signed lists with the root's key (ES256, compressed).
    #[wasm_bindgen(constructor)]
    #[allow(clippy::too_many_arguments, reason = "Node passes no structs")]
    pub fn new(
        root: &[u8],
        trust: &[u8],
        status: &[u8],
        relying_party: String,
        origin: String,
        premises: String,
        audience: &[u8],
        nonce: &[u8],
    ) -> CredentialDesk {
        let policy = Policy::new(Site {
            relying_party,
            origin,
        });
        let root = root.try_into().expect("a compressed point");
        let root = PublicKey::new(Algorithm::Es256, root).expect("a key");
        let trust = TrustList::open(trust, &[root]).expect("a trust list");
        let status = StatusList::open(status, &trust, &policy.suites).expect("a status list");
        CredentialDesk {
            policy,
            trust,
            status,
            counter: Counter {
                premises,
                audience: audience.try_into().expect("eight bytes"),
                nonces: vec![nonce.try_into().expect("four bytes")],
            },
        }
    }

    /// The code of the reason that [`verify::verify`] gives.
    pub fn verify(&self, shown: &str, now: f64) -> String {
        let desk = Desk {
            policy: &self.policy,
            trust: &self.trust,
            status: Some(&self.status),
            counter: &self.counter,
            seen: &Forgetful,
        };
        verify::verify(shown, &desk, now as u64)
            .reason
            .code()
            .into()
    }
}
