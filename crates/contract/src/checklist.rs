//! The personal checklist (收件清单): answers to a guide in, what to bring and do out.
//!
//! The browser computes it itself with the same engine; these types are for other clients, such as
//! a hall's screen or a city's own application. Nothing is stored.

use crate::guide::OutcomeKind;
use crate::service::PaperForm;
use crate::{ServiceCode, Text};
use serde::{Deserialize, Serialize};

/// Answers to a guide: either one by one, or as the short code of a shared link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ChecklistDraft {
    /// Answers one by one, in any order.
    pub answers: Vec<AnswerDraft>,
    /// The short code of a link (`?a=…`); its answers come first, `answers` may change them.
    pub code: Option<String>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerDraft {
    /// Identifier of the question.
    pub question: String,
    /// Identifier of the choice; `null` = "I don't know", where the question allows it.
    pub choice: Option<String>,
}

/// Where the answers lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Checklist {
    /// The service.
    pub service: ServiceCode,
    /// The answers as a short code for links.
    pub code: String,
    /// The questions that were asked and answered, in order.
    pub asked: Vec<ChecklistAnswer>,
    /// The question to ask next; `null` when the result is there.
    pub next: Option<ChecklistQuestion>,
    /// The result; `null` while a question is open.
    pub result: Option<ChecklistResult>,
}

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChecklistAnswer {
    /// Identifier of the question.
    pub question: String,
    /// Identifier of the choice; `null` = "I don't know".
    pub choice: Option<String>,
    /// The question.
    pub question_text: Text,
    /// The answer; `null` = "I don't know".
    pub choice_text: Option<Text>,
}

/// A question to be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChecklistQuestion {
    /// Identifier.
    pub question: String,
    /// The question.
    pub text: Text,
    /// A hint.
    pub hint: Option<Text>,
    /// How to find out; present exactly where "I don't know" is allowed.
    pub unknown: Option<Text>,
    /// The choices.
    pub choices: Vec<ChecklistChoice>,
    /// The most questions that are left, this one included.
    pub left_at_most: u32,
}

/// A choice of a question to be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChecklistChoice {
    /// Identifier.
    pub choice: String,
    /// What the person sees.
    pub label: Text,
}

/// Whether one can apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ChecklistVerdict {
    /// In every case.
    Eligible,
    /// In no case.
    NotEligible,
    /// It depends on what is not known yet.
    Depends,
}

/// The result. With an "I don't know" it is the union over the choices: what is not certain names
/// the questions it depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChecklistResult {
    /// Whether one can apply.
    pub verdict: ChecklistVerdict,
    /// All outcomes that are possible.
    pub outcomes: Vec<ChecklistOutcome>,
    /// What to bring.
    pub materials: Vec<ChecklistMaterial>,
    /// Notes.
    pub notes: Vec<ChecklistLine>,
    /// Extra steps.
    pub steps: Vec<ChecklistLine>,
    /// Fees; empty = the service's own fees apply.
    pub fees: Vec<ChecklistFee>,
    /// Least sum of the fees in fen.
    pub fee_from_fen: u32,
    /// Greatest sum of the fees in fen.
    pub fee_to_fen: u32,
    /// Working days, where the answers change the service's promise.
    pub days: Option<ChecklistDays>,
    /// Services to offer instead or first.
    pub routes: Vec<ServiceCode>,
    /// Questions answered "I don't know", with how to find out.
    pub unknown: Vec<ChecklistUnknown>,
    /// The facts that would change the outcome, the most telling first.
    pub turning_points: Vec<ChecklistTurningPoint>,
}

/// Why something is on the list, and whether it is certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChecklistReason {
    /// Whether it applies in every case in which one can apply.
    pub is_certain: bool,
    /// Whether it applies to everybody who can apply.
    pub is_always: bool,
    /// The answers because of which it applies.
    pub because: Vec<AnswerDraft>,
    /// Identifiers of the unknown questions that decide it.
    pub depends_on: Vec<String>,
}

/// An outcome that is possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChecklistOutcome {
    /// Identifier.
    pub outcome: String,
    /// Kind.
    pub kind: OutcomeKind,
    /// The reason, for a person.
    pub text: Text,
    /// Whether it is the only one.
    pub is_certain: bool,
    /// Identifiers of the unknown questions that decide it.
    pub depends_on: Vec<String>,
}

/// A material to bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChecklistMaterial {
    /// Identifier.
    pub material: String,
    /// Name.
    pub name: Text,
    /// Form.
    pub form: PaperForm,
    /// Legal basis, as cited; empty where the service's own basis stands.
    pub basis: String,
    /// Why.
    pub reason: ChecklistReason,
}

/// A note or a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChecklistLine {
    /// The sentence.
    pub text: Text,
    /// Why.
    pub reason: ChecklistReason,
}

/// A fee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChecklistFee {
    /// What is paid for.
    pub name: Text,
    /// Amount in fen (分).
    pub amount_fen: u32,
    /// Why.
    pub reason: ChecklistReason,
}

/// Working days that depend on the answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChecklistDays {
    /// Fewest.
    pub from: u16,
    /// Most.
    pub to: u16,
    /// Whether in some possible case the service's own promise stands instead.
    pub or_promise: bool,
    /// Why they differ from the promise.
    pub reasons: Vec<Text>,
}

/// A question answered "I don't know".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChecklistUnknown {
    /// Identifier of the question.
    pub question: String,
    /// How to find out.
    pub how: Text,
}

/// A single answer whose change would change whether one can apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChecklistTurningPoint {
    /// Identifier of the question.
    pub question: String,
    /// The choice given; `null` = "I don't know".
    pub choice: Option<String>,
    /// The choices that would change the outcome.
    pub instead: Vec<String>,
    /// Whether one could apply then.
    pub makes_eligible: bool,
    /// Whether that is sure with the other answers as they are.
    pub is_sure: bool,
}
