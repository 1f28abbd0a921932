//! Guided questions (问答式指引): a decision graph over typed answers, and rules over the answers.
//!
//! The graph has no cycle; every choice leads to a question or an outcome. Rules ([`Condition`])
//! say which material, step, note, fee or number of days applies. `yichuang-domain` walks it.

use crate::service::PaperForm;
use crate::{ServiceCode, Text};
use serde::{Deserialize, Serialize};

/// The guide of one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Guide {
    /// The service it belongs to.
    pub service: ServiceCode,
    /// Title.
    pub title: Text,
    /// Identifier of the first question.
    pub start: String,
    /// Questions in the order of the content file.
    pub questions: Vec<Question>,
    /// Materials in the order they are listed.
    pub materials: Vec<GuideMaterial>,
    /// Notes shown with an eligible outcome.
    pub notes: Vec<GuideNote>,
    /// Extra steps for some circumstances.
    pub steps: Vec<GuideNote>,
    /// Fees that depend on the answers; empty = the service's own fees apply.
    pub fees: Vec<GuideFee>,
    /// Working days that depend on the answers; the last that applies wins.
    pub days: Vec<GuideDays>,
    /// Where paths end.
    pub outcomes: Vec<Outcome>,
}

/// A question (提问).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Question {
    /// Identifier, unique in its guide.
    pub id: String,
    /// Identifier shared between guides that ask this in the same sense: choices with the same id mean
    /// the same. A bundle asks it once; a guide that does not offer the choice made asks for itself.
    /// Declared in content, proved consistent by the content check.
    pub shared: Option<String>,
    /// The question.
    pub text: Text,
    /// A hint under the question, where one is needed.
    pub hint: Option<Text>,
    /// How to find out, where a person may honestly not know; `Some` allows "I don't know".
    pub unknown: Option<Text>,
    /// Skip rule: the question is asked only if the condition holds, else the walk goes on elsewhere.
    pub ask_if: Option<AskIf>,
    /// The choices.
    pub choices: Vec<Choice>,
}

/// When a question is asked, and where the walk goes when it is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskIf {
    /// Ask only if this holds.
    pub condition: Condition,
    /// Where to go otherwise.
    pub otherwise: Target,
}

/// A choice of a question (选项).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Choice {
    /// Identifier, unique in its question.
    pub id: String,
    /// What the person sees.
    pub label: Text,
    /// Where it leads.
    pub next: Target,
}

/// Where a choice leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// The question with this identifier.
    Question(String),
    /// The outcome with this identifier.
    Outcome(String),
}

/// A rule over the answers. A question that was not asked equals no choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(no_recursion))]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// Always true.
    Always,
    /// The question was answered with one of the choices.
    Is {
        /// Question identifier.
        question: String,
        /// Choice identifiers.
        choices: Vec<String>,
    },
    /// The opposite.
    Not(Box<Condition>),
    /// Every part holds.
    All(Vec<Condition>),
    /// At least one part holds.
    Any(Vec<Condition>),
}

/// A material and the circumstances that require it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuideMaterial {
    /// Identifier, unique in its guide.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Form.
    pub form: PaperForm,
    /// When it is needed.
    pub when: Condition,
    /// Legal basis of asking for it, as cited; empty where the service's own basis stands.
    pub basis: String,
}

/// A note or an extra step with its condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuideNote {
    /// When it is shown.
    pub when: Condition,
    /// The sentence.
    pub text: Text,
}

/// A fee with its condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuideFee {
    /// When it is charged.
    pub when: Condition,
    /// What is paid for.
    pub name: Text,
    /// Amount in fen (分).
    pub amount_fen: u32,
}

/// A number of working days with its condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuideDays {
    /// When it applies.
    pub when: Condition,
    /// Working days.
    pub days: u16,
    /// Why it differs from the service's promise.
    pub reason: Text,
}

/// Where a path ends (结果).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Outcome {
    /// Identifier, unique in its guide.
    pub id: String,
    /// Kind.
    pub kind: OutcomeKind,
    /// The reason, for a person.
    pub text: Text,
    /// Services to offer instead or first; naming the guide's own service means: answer again with another choice.
    pub routes: Vec<ServiceCode>,
}

/// Kind of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeKind {
    /// Can be applied for (可以办).
    Eligible,
    /// A condition is still missing (还差条件).
    NotYet,
    /// Cannot be applied for (不能办).
    NotEligible,
    /// Another service fits (走别的事项).
    OtherRoute,
    /// Another office comes first (先到别的部门).
    OtherOffice,
}
