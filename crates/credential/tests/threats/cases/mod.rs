//! The cases. Row 0 is not in the threat model: it holds what is right and plain bad input.

mod bytes;
mod desks;
mod holders;
mod issuers;
mod plain;

use std::collections::BTreeMap;
use yichuang_credential::counter::CounterCode;
use yichuang_credential::fixture::{NOW, Numbers, World};
use yichuang_credential::receipt::Receipt;
use yichuang_credential::seen::{Seen, Sighting};
use yichuang_credential::{
    Algorithm, Claims, CounterBinding, Credential, CredentialId, Live, PresentationId, Reason,
    SecretKey, Sign, StatusList, TrustList, verify,
};

/// What is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Object {
    Credential,
    Counter,
    Receipt,
    Status,
    Trust,
}

/// One case.
pub struct Case {
    pub row: u8,
    pub name: &'static str,
    pub says: &'static str,
    pub object: Object,
    pub shown: String,
    pub now: u64,
    pub world: World,
    pub has_status: bool,
    pub seen: BTreeMap<[u8; 16], Sighting>,
    pub expected: Reason,
}

impl Seen for Case {
    fn look(&self, id: CredentialId, presentation: Option<PresentationId>) -> Option<Sighting> {
        presentation
            .and_then(|presentation| self.seen.get(&presentation.0))
            .or_else(|| self.seen.get(&id.0))
            .copied()
    }
}

impl Case {
    /// What this crate says.
    pub fn judge(&self) -> Reason {
        let world = &self.world;
        let signed = world.trust.sign(&world.root);
        let roots = [world.root.public().clone()];
        let suites = &world.policy.suites;
        let open = |bytes: &[u8]| TrustList::open(bytes, &roots);
        let trust = open(&signed).expect("the world's trust list");
        let reason = |outcome: Result<(), Reason>| outcome.err().unwrap_or(Reason::Valid);
        match self.object {
            Object::Credential => {
                let status = world.status.sign(&world.lister);
                let status = StatusList::open(&status, &trust, suites).expect("the status list");
                let mut desk = world.desk_with(self);
                desk.trust = &trust;
                desk.status = self.has_status.then_some(&status);
                verify::verify(&self.shown, &desk, self.now).reason
            }
            Object::Counter => {
                reason(CounterCode::read(&self.shown, &trust, suites, self.now).map(|_| ()))
            }
            Object::Receipt => reason(Receipt::read(&self.shown, &trust, suites).map(|_| ())),
            Object::Status => {
                let bytes = hex::decode(&self.shown).expect("hexadecimal digits");
                reason(StatusList::open(&bytes, &trust, suites).map(|_| ()))
            }
            Object::Trust => {
                let bytes = hex::decode(&self.shown).expect("hexadecimal digits");
                reason(open(&bytes).map(|_| ()))
            }
        }
    }
}

/// A case that starts from the world and a live form.
struct Story {
    world: World,
    claims: Claims,
    credential: Credential,
}

impl Story {
    fn new() -> Self {
        let mut world = World::new(Algorithm::Es256);
        let credential = world.credential();
        Self {
            world,
            claims: credential.claims.clone(),
            credential,
        }
    }

    /// Shows a credential live, as it should be.
    fn show(&self, credential: &[u8]) -> String {
        self.present(credential).text()
    }

    fn present(&self, credential: &[u8]) -> Live {
        let unlock = self.world.unlock(credential);
        let binding = Some(self.world.binding());
        Live::present(credential, &unlock, NOW - 2, binding, &self.world.session)
    }

    fn present_to(&self, counter: Option<CounterBinding>, at: u64) -> String {
        let bytes = &self.credential.bytes;
        let unlock = self.world.unlock(bytes);
        Live::present(bytes, &unlock, at, counter, &self.world.session).text()
    }

    fn issue(&self, change: impl FnOnce(&mut Claims)) -> Vec<u8> {
        let mut claims = self.claims.clone();
        change(&mut claims);
        Credential::issue(claims, &self.world.issuer).bytes
    }

    fn case(
        self,
        row: u8,
        name: &'static str,
        says: &'static str,
        shown: String,
        expected: Reason,
    ) -> Case {
        Case {
            row,
            name,
            says,
            object: Object::Credential,
            shown,
            now: NOW,
            world: self.world,
            has_status: true,
            seen: BTreeMap::new(),
            expected,
        }
    }
}

fn stranger() -> SecretKey {
    SecretKey::generate(Algorithm::Es256, &mut Numbers::new(99)).expect("a key")
}

/// Every case.
pub fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    plain::all(&mut cases);
    issuers::all(&mut cases);
    holders::all(&mut cases);
    desks::all(&mut cases);
    bytes::all(&mut cases);
    cases
}
