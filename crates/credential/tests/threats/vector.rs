//! A vector as another program reads it: everything that the verdict depends on, in one file.

use super::cases::{Case, Object};
use serde::Serialize;
use std::collections::BTreeMap;
use yichuang_credential::seen::Sighting;
use yichuang_credential::{Disclosure, Sign};

/// One file.
#[derive(Serialize)]
pub struct Vector {
    pub row: u8,
    pub name: String,
    says: &'static str,
    object: &'static str,
    shown: String,
    now: u64,
    root: String,
    root_algorithm: i64,
    trust: String,
    status: Option<String>,
    policy: Policy,
    counter: Counter,
    seen: BTreeMap<String, &'static str>,
    code: &'static str,
    light: &'static str,
}

#[derive(Serialize)]
struct Policy {
    purpose: u8,
    algorithms: Vec<i64>,
    relying_party: String,
    origin: String,
    disclosure: &'static str,
    presentation_age: u64,
    presentation_ahead: u64,
    bound_difference: u64,
    unlock_age: u64,
    life: u64,
    paper_life: u64,
    issuer_ahead: u64,
    list_amber: u64,
    list_red: u64,
    is_counter_required: bool,
    is_paper_taken: bool,
}

#[derive(Serialize)]
struct Counter {
    premises: String,
    audience: String,
    nonces: Vec<String>,
}

impl Vector {
    pub fn of(case: &Case) -> Self {
        let world = &case.world;
        let policy = &world.policy;
        Self {
            row: case.row,
            name: case.name.into(),
            says: case.says,
            object: match case.object {
                Object::Credential => "credential",
                Object::Counter => "counter",
                Object::Receipt => "receipt",
                Object::Status => "status",
                Object::Trust => "trust",
            },
            shown: case.shown.clone(),
            now: case.now,
            root: hex::encode(world.root.public().point()),
            root_algorithm: world.root.public().algorithm().cose(),
            trust: hex::encode(world.trust.sign(&world.root)),
            status: case
                .has_status
                .then(|| hex::encode(world.status.sign(&world.lister))),
            policy: Policy {
                purpose: policy.purpose.number(),
                algorithms: policy.suites.iter().map(|suite| suite.cose()).collect(),
                relying_party: policy.site.relying_party.clone(),
                origin: policy.site.origin.clone(),
                disclosure: match policy.disclosure {
                    Disclosure::Full => "full",
                    Disclosure::Masked => "masked",
                    Disclosure::Sealed => "sealed",
                },
                presentation_age: policy.presentation_age,
                presentation_ahead: policy.presentation_ahead,
                bound_difference: policy.bound_difference,
                unlock_age: policy.unlock_age,
                life: policy.life,
                paper_life: policy.paper_life,
                issuer_ahead: policy.issuer_ahead,
                list_amber: policy.list_amber,
                list_red: policy.list_red,
                is_counter_required: policy.is_counter_required,
                is_paper_taken: policy.is_paper_taken,
            },
            counter: Counter {
                premises: world.counter.premises.clone(),
                audience: hex::encode(world.counter.audience),
                nonces: world.counter.nonces.iter().map(hex::encode).collect(),
            },
            seen: case
                .seen
                .iter()
                .map(|(name, sighting)| {
                    let word = match sighting {
                        Sighting::SamePresentation => "presentation",
                        Sighting::Here => "here",
                        Sighting::Elsewhere => "elsewhere",
                    };
                    (hex::encode(name), word)
                })
                .collect(),
            code: case.expected.code(),
            light: case.expected.light().code(),
        }
    }
}
