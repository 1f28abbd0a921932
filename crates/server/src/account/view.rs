//! Accounts as the wire shows them.

use crate::middleware::session::Actor;
use crate::problem::Failure;
use crate::state::Shared;
use yichuang_contract::Text;
use yichuang_contract::access_log::{AccessEntry, Purpose};
use yichuang_contract::proofing::{ProofView, ProofingMethod};
use yichuang_contract::service::Department;
use yichuang_contract::session::{Level, MemberRole, Premises, Role, SessionView};
use yichuang_domain::identity::{mask_id_number, mask_name};
use yichuang_storage::access_log::Entry;
use yichuang_storage::enterprise::{self, MemberKind};
use yichuang_storage::officer::OfficerKind;
use yichuang_storage::person::{self, Proof};
use yichuang_storage::session::Identity;

/// The caller as the screen may show them.
///
/// # Errors
/// If the database does not answer.
pub async fn session(app: &Shared, actor: &Actor) -> Result<SessionView, Failure> {
    let now_ms = app.clock.now_ms();
    let Ok(identity) = actor.identity() else {
        return Ok(SessionView {
            level: Level::Anonymous,
            masked_name: None,
            masked_id_number: None,
            label: None,
            is_demonstration: false,
            roles: Vec::new(),
            premises: Vec::new(),
            session: None,
            ends_ms: None,
            idle_ms: None,
            verified_ms: None,
            now_ms,
        });
    };
    let data = person::read_own(&app.database, app.accounts.vault(), identity.person.id).await?;
    let person = &identity.person;
    Ok(SessionView {
        level: actor.level(),
        masked_name: data.as_ref().map(|data| mask_name(&data.name)),
        masked_id_number: data.as_ref().map(|data| mask_id_number(&data.id_number)),
        label: Some(person.label.clone()).filter(|label| !label.is_empty()),
        is_demonstration: person
            .proof
            .as_ref()
            .is_some_and(|proof| proof.is_demonstration),
        roles: roles(identity),
        premises: identity.premises.iter().map(premises).collect(),
        session: Some(identity.session.id.to_string()),
        ends_ms: Some(identity.session.ends_ms),
        idle_ms: Some(identity.session.idle_ms),
        verified_ms: Some(identity.session.verified_ms),
        now_ms,
    })
}

/// What somebody may do beside being a citizen.
#[must_use]
pub fn roles(identity: &Identity) -> Vec<Role> {
    let offices = identity.officer_roles.iter().filter_map(|role| {
        let department = Department::from_id(&role.department)?;
        let hall = role.hall.clone();
        Some(match role.kind {
            OfficerKind::Officer => Role::Officer { department, hall },
            OfficerKind::Supervisor => Role::Supervisor { department, hall },
        })
    });
    let memberships = identity.memberships.iter().map(|membership| Role::Member {
        enterprise: membership.enterprise.id.to_string(),
        enterprise_name: membership.enterprise.name.clone(),
        role: member_role(membership.kind),
    });
    offices.chain(memberships).collect()
}

/// A role in an enterprise.
#[must_use]
pub const fn member_role(kind: MemberKind) -> MemberRole {
    match kind {
        MemberKind::Owner => MemberRole::Owner,
        MemberKind::Clerk => MemberRole::Clerk,
        MemberKind::FrontDesk => MemberRole::FrontDesk,
    }
}

/// A place of an enterprise.
#[must_use]
pub fn premises(place: &enterprise::Premises) -> Premises {
    Premises {
        id: place.id.to_string(),
        enterprise: place.enterprise.to_string(),
        name: place.name.clone(),
        address: place.address.clone(),
    }
}

/// The name of a way of proofing in the database.
#[must_use]
pub const fn method_id(method: ProofingMethod) -> &'static str {
    match method {
        ProofingMethod::DemonstrationRegister => "demonstration-register",
        ProofingMethod::OpenIdConnect => "open-id-connect",
        ProofingMethod::Counter => "counter",
    }
}

/// A proof of a name.
#[must_use]
pub fn proof(proof: &Proof) -> ProofView {
    let method = [ProofingMethod::OpenIdConnect, ProofingMethod::Counter]
        .into_iter()
        .find(|method| method_id(*method) == proof.method)
        .unwrap_or(ProofingMethod::DemonstrationRegister);
    ProofView {
        method,
        proved_ms: proof.proved_ms,
        is_demonstration: proof.is_demonstration,
    }
}

/// The name of a purpose in the database.
#[must_use]
pub const fn purpose_id(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Case => "case",
        Purpose::Proofing => "proofing",
        Purpose::Credential => "credential",
        Purpose::CheckIn => "check-in",
        Purpose::Enquiry => "enquiry",
        Purpose::Supervision => "supervision",
        Purpose::OwnRequest => "own-request",
    }
}

/// Acts as the log names them, in words.
const ACTS: [(&str, &str, &str); 8] = [
    (
        "look-up",
        "查询了您的信息（掩码）",
        "looked you up (masked)",
    ),
    (
        "look-up-unmasked",
        "查询了您的完整信息",
        "looked you up (unmasked)",
    ),
    (
        "enrol",
        "为您开具了登记码",
        "made an enrolment code for you",
    ),
    (
        "issue-credential",
        "签发了电子临时身份凭证",
        "issued a temporary electronic ID",
    ),
    (
        "revoke-credential",
        "撤销了电子临时身份凭证",
        "withdrew a temporary electronic ID",
    ),
    ("check-in", "办理了入住登记", "checked you in"),
    (
        "verify",
        "核验了您的凭证",
        "verified your temporary electronic ID",
    ),
    (
        "open-sealed",
        "解封了凭证中的身份号码",
        "opened the sealed ID number of a credential",
    ),
];

/// An entry of the access log.
#[must_use]
pub fn access(entry: Entry) -> AccessEntry {
    let purpose = [
        Purpose::Case,
        Purpose::Proofing,
        Purpose::Credential,
        Purpose::CheckIn,
        Purpose::Enquiry,
        Purpose::Supervision,
    ]
    .into_iter()
    .find(|purpose| purpose_id(*purpose) == entry.purpose)
    .unwrap_or(Purpose::OwnRequest);
    let act = ACTS.iter().find(|(id, _, _)| *id == entry.act).map_or_else(
        || Text::new(entry.act.clone(), entry.act.clone()),
        |(_, zh, en)| Text::new(*zh, *en),
    );
    AccessEntry {
        number: entry.number,
        at_ms: entry.at_ms,
        who: Text::new(entry.reader.zh, entry.reader.en),
        act,
        purpose,
        reference: entry.reference,
        reason: entry.reason,
    }
}
