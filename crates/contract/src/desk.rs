//! The front desk of a hotel (旅馆前台): its counter's code, the typed code, the check-ins.
//!
//! The desk verifies by itself; the server hears of a check-in afterwards, and of nothing else.

use crate::credential::{CredentialPurpose, Disclosure};
use crate::endpoint::endpoint;
use crate::session::Premises;
use serde::{Deserialize, Serialize};

/// How many check-ins one request may carry.
pub const CHECK_INS_AT_MOST: usize = 200;

/// What a desk needs to verify without a network, beside the lists of
/// [`crate::credential::GetTrust`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskSetup {
    /// Where the desk is.
    pub premises: Premises,
    /// The rules.
    pub policy: DeskPolicy,
    /// For how many days the desk sees its own check-ins.
    pub history_days: u16,
    /// The server's time.
    pub now_ms: i64,
}

/// The rules of the deployment; times are seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskPolicy {
    /// What is asked for.
    pub purpose: CredentialPurpose,
    /// Which suites are on: -7 for ES256, -65537 for SM2.
    pub algorithms: Vec<i64>,
    /// The site that passkeys belong to.
    pub relying_party: String,
    /// Its origin.
    pub origin: String,
    /// How the number must travel.
    pub disclosure: Disclosure,
    /// How old a presentation may be.
    pub presentation_age: u32,
    /// How far ahead the phone's clock may be.
    pub presentation_ahead: u32,
    /// How far the clocks may differ when the counter's fresh number proves the moment.
    pub bound_difference: u32,
    /// For how long an unlock counts.
    pub unlock_age: u32,
    /// The longest life of a credential.
    pub life: u32,
    /// The longest life of a paper.
    pub paper_life: u32,
    /// How far ahead the issuer's clock may be.
    pub issuer_ahead: u32,
    /// The age of the status list at which a person decides.
    pub list_amber: u32,
    /// The age of the status list at which it no longer counts.
    pub list_red: u32,
    /// Whether a presentation must answer this counter's code.
    pub is_counter_required: bool,
    /// Whether papers are taken.
    pub is_paper_taken: bool,
}

/// A counter whose key the browser has made and keeps to itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CounterDraft {
    /// Which counter of the premises, such as `A1`; 1 to 16 letters, digits and hyphens.
    pub terminal: String,
    /// Its ES256 key: the compressed point of 33 bytes, base64url.
    pub key: String,
}

/// A counter's card, signed by the authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CounterCard {
    /// The signed card, base64url. The counter's code is made from it.
    pub card: String,
    /// Until when it counts.
    pub not_after_ms: i64,
}

/// A code that the guest said or the clerk typed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TypedCodeDraft {
    /// Twelve characters; hyphens, spaces and small letters do not matter.
    pub code: String,
}

impl std::fmt::Debug for TypedCodeDraft {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("TypedCodeDraft(…)")
    }
}

/// What a typed code stands for. It is bound to no phone: never green.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TypedCodeVerdict {
    /// Code of the one reason, as in `docs/credential-format.md`: `paper` if it may count.
    pub reason: String,
    /// The credential's name in records, if it may count or is over.
    pub credential: Option<String>,
    /// The name, if it may count.
    pub name: Option<String>,
    /// The number as it may be shown, if it may count.
    pub number: Option<String>,
    /// The sealed number, base64url, to be forwarded.
    pub sealed: Option<String>,
    /// Until when.
    pub expires_ms: Option<i64>,
}

impl std::fmt::Debug for TypedCodeVerdict {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "TypedCodeVerdict({})", self.reason)
    }
}

/// One guest checked in: where (the path says it), when, which credential; no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckInDraft {
    /// Made by the desk, at most 40 characters: however often it is sent, it counts once.
    pub key: String,
    /// The credential: 32 hexadecimal digits.
    pub credential: String,
    /// When, by the desk's clock.
    pub at_ms: i64,
}

/// Check-ins that wait at a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckInBatch {
    /// At most 200, the oldest first.
    pub check_ins: Vec<CheckInDraft>,
    /// The desk's clock when it sends them: the server takes the difference to its own off the
    /// times.
    pub sent_ms: i64,
}

/// What the server did with a check-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CheckInResult {
    /// It is recorded; or was, when it was sent before.
    Recorded,
    /// Recorded, and the same credential was used at other premises: tell the guest, and the
    /// supervisor knows.
    UsedElsewhere,
    /// Recorded, but the credential had been revoked before it was used.
    RevokedBefore,
    /// Recorded, but the credential was over when it was used.
    ExpiredBefore,
    /// Not recorded: nobody was issued such a credential.
    Unknown,
    /// Not recorded: the time lies in the future or too far back.
    WrongTime,
}

/// What happened to one check-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckInOutcome {
    /// Its key.
    pub key: String,
    /// What was done. Whatever it is, the desk need not send it again.
    pub result: CheckInResult,
}

/// What happened to each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckInReceipt {
    /// In the order of the request.
    pub outcomes: Vec<CheckInOutcome>,
    /// The server's time: the desk learns its skew from it.
    pub now_ms: i64,
}

/// Which part of a desk's check-ins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct CheckInFilter {
    /// Only check-ins before this time.
    pub before_ms: Option<i64>,
}

/// A check-in as its desk sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckInView {
    /// The credential.
    pub credential: String,
    /// When.
    pub at_ms: i64,
    /// When the server heard of it.
    pub recorded_ms: i64,
    /// What was found.
    pub result: CheckInResult,
    /// When it will be erased.
    pub erased_ms: i64,
}

/// A desk's check-ins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckInList {
    /// The newest first, at most a hundred.
    pub check_ins: Vec<CheckInView>,
    /// Ask with this to go on; `None` at the end.
    pub next_before_ms: Option<i64>,
}

/// A credential that was used at more premises than one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DuplicateUse {
    /// The credential.
    pub credential: String,
    /// The uses, the oldest first.
    pub uses: Vec<DuplicateUsePlace>,
}

/// One of several uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DuplicateUsePlace {
    /// Name of the premises.
    pub premises_name: String,
    /// When.
    pub at_ms: i64,
    /// When the server heard of it.
    pub recorded_ms: i64,
}

/// Credentials that were used at more premises than one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DuplicateUseList {
    /// The newest first, at most a hundred.
    pub duplicates: Vec<DuplicateUse>,
}

endpoint!(
    /// What a desk needs to verify by itself.
    GetDeskSetup, Get "/api/v1/desk/{premises}", Desk, () => DeskSetup
);
endpoint!(
    /// Have a counter's key certified. The same terminal again replaces its card.
    RegisterCounter, Post "/api/v1/desk/{premises}/counters", Desk, CounterDraft => CounterCard
);
endpoint!(
    /// Look a typed code up.
    CheckTypedCode, Post "/api/v1/desk/{premises}/typed-codes", Desk, TypedCodeDraft => TypedCodeVerdict
);
endpoint!(
    /// Record check-ins.
    RecordCheckIns, Post "/api/v1/desk/{premises}/check-ins", Desk, CheckInBatch => CheckInReceipt
);
endpoint!(
    /// The desk's own check-ins.
    ListCheckIns, Get "/api/v1/desk/{premises}/check-ins", Desk, CheckInFilter => CheckInList
);
endpoint!(
    /// Credentials that were used at more premises than one.
    ListDuplicateUses, Get "/api/v1/supervisor/duplicate-uses", Supervisor, () => DuplicateUseList
);
