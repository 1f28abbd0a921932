//! Services of the catalogue (事项).

use crate::{ServiceCode, Text};
use serde::{Deserialize, Serialize};

/// The department that decides (主管警种). The order is the catalogue's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Department {
    /// Household registration (人口、户政).
    Household,
    /// Exit and entry (出入境).
    ExitEntry,
    /// Traffic police (交警).
    Traffic,
    /// Public order (治安).
    PublicOrder,
    /// Cyber security (网警).
    Cyber,
    /// Video surveillance systems (视频).
    Video,
    /// Drug control (禁毒).
    AntiDrug,
    /// Criminal police (刑警).
    Criminal,
}

impl Department {
    /// All departments in the catalogue's order.
    pub const ALL: [Self; 8] = [
        Self::Household,
        Self::ExitEntry,
        Self::Traffic,
        Self::PublicOrder,
        Self::Cyber,
        Self::Video,
        Self::AntiDrug,
        Self::Criminal,
    ];

    /// The identifier used in URLs and content files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Household => "household",
            Self::ExitEntry => "exit-entry",
            Self::Traffic => "traffic",
            Self::PublicOrder => "public-order",
            Self::Cyber => "cyber",
            Self::Video => "video",
            Self::AntiDrug => "anti-drug",
            Self::Criminal => "criminal",
        }
    }

    /// The department with this identifier.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|department| department.id() == id)
    }
}

/// Who may apply (服务对象).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// A natural person (自然人).
    Individual,
    /// A legal person or other organisation (法人和其他组织).
    Enterprise,
}

/// How the office commits itself (办件类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Handling {
    /// Done on the spot (即办件).
    Instant,
    /// Done within a promised number of working days (承诺件).
    Promised,
}

/// Where in the country it can be applied for (通办范围).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// At every point of the city (全城通办).
    City,
    /// Across the province (全省通办).
    Province,
    /// Across the country (跨省通办).
    Nation,
}

/// How the result reaches the applicant (送达方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// By courier (邮寄).
    Post,
    /// Handed out at the counter (窗口).
    Counter,
    /// Printed by a self-service terminal (自助机).
    Terminal,
    /// As an electronic certificate (电子证照).
    Electronic,
}

/// In which form a material is wanted (材料形式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PaperForm {
    /// The original, shown at the counter (原件).
    Original,
    /// A copy, kept by the office (复印件).
    Copy,
    /// Nothing to bring: an electronic certificate or shared data that the office has (电子证照、共享核验).
    ECert,
    /// A form or statement filled in on the spot or online (表单、承诺书).
    Form,
}

/// What a list shows of a service, and what filters look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceSummary {
    /// Key.
    pub code: ServiceCode,
    /// Name as a counter would print it.
    pub name: Text,
    /// One plain sentence: who it is for and what it does.
    pub summary: Text,
    /// The department that decides.
    pub department: Department,
    /// Identifier of the life or business event ([`Theme::id`]).
    pub theme: String,
    /// Who may apply.
    pub audience: Vec<Audience>,
    /// Visits to a counter that remain: 0, 1 or 2 (跑动次数).
    pub trips: u8,
    /// On the spot or promised.
    pub handling: Handling,
    /// Working days promised; 0 for an instant service.
    pub promised_days: u16,
    /// Lowest fee in fen (分); 0 where it can be free.
    pub fee_from_fen: u32,
    /// Highest fee in fen; equal to `fee_from_fen` where the fee is fixed.
    pub fee_to_fen: u32,
    /// Ways the result reaches the applicant.
    pub delivery: Vec<Delivery>,
    /// Whether it runs on a self-service terminal.
    pub has_terminal: bool,
    /// Where it can be applied for.
    pub scope: Scope,
    /// Whether facts differ from place to place and must be confirmed ("以当地政策为准").
    pub is_unsure: bool,
    /// The most questions its guide asks on any path.
    pub questions_at_most: u8,
}

/// A life event or business event that groups services (人生大事、经营大事).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Theme {
    /// Identifier in URLs, lower-case English with hyphens.
    pub id: String,
    /// Name.
    pub name: Text,
    /// For whom.
    pub audience: Vec<Audience>,
}

/// Everything a service page shows (办事指南).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceDetail {
    /// What lists show.
    pub summary: ServiceSummary,
    /// Who may apply, in groups that say whether all or any of their lines must hold.
    pub conditions: Vec<ConditionGroup>,
    /// Everything that may be asked for; the guide narrows it down.
    pub materials: Vec<ServiceMaterial>,
    /// What happens, in order.
    pub steps: Vec<Text>,
    /// Laws and regulations, as cited.
    pub basis: Vec<String>,
    /// The law's own time limit, where it sets one (法定时限).
    pub statutory_limit: Option<StatutoryLimit>,
    /// Dated fees; empty where it is free.
    pub fees: Vec<Fee>,
    /// What the applicant holds at the end.
    pub result: Text,
    /// A remark on the fee where it varies.
    pub fee_note: Option<Text>,
    /// Services that people confuse with this one or need next.
    pub related: Vec<ServiceCode>,
    /// Words people type for it, both languages.
    pub keywords: Vec<String>,
    /// When the facts were last checked, ISO 8601 date.
    pub checked_on: String,
    /// Where the facts were taken from.
    pub source: Text,
    /// What the counter checks and the department decides on.
    pub review: ReviewPoints,
    /// What the applicant fills in, with the source each answer is known from.
    pub fields: Vec<FormField>,
}

/// Conditions that must hold together or of which one is enough. Every group of a service counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConditionGroup {
    /// Whether all lines must hold or any one is enough.
    pub need: Need,
    /// The lines.
    pub lines: Vec<Text>,
}

/// How many lines of a [`ConditionGroup`] must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// Every line (同时满足).
    All,
    /// Any one line (满足其一).
    Any,
    /// None: the lines are no conditions but facts to know beforehand (须知).
    Note,
}

/// A material on the service's full list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceMaterial {
    /// Name.
    pub name: Text,
    /// Form.
    pub form: PaperForm,
    /// The circumstance that requires it; `None` = always.
    pub when: Option<Text>,
}

/// A time limit set by law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatutoryLimit {
    /// How many.
    pub days: u16,
    /// Of which kind.
    pub unit: DayUnit,
}

/// Which days a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DayUnit {
    /// Working days (工作日).
    Working,
    /// Calendar days (自然日).
    Calendar,
}

/// A fee with the time it is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fee {
    /// What is paid for.
    pub name: Text,
    /// Lowest amount in fen (分).
    pub from_fen: u32,
    /// Highest amount in fen; equal to `from_fen` where fixed.
    pub to_fen: u32,
    /// First day in force, ISO 8601 date.
    pub valid_from: String,
    /// Last day in force, ISO 8601 date; `None` = open.
    pub valid_until: Option<String>,
    /// Who set it.
    pub source: String,
}

/// Officer-side standards (收件要点、审查要点), public so that an applicant can prepare.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewPoints {
    /// Checked at the counter before the case is taken in.
    pub intake: Vec<Text>,
    /// Statements the department confirms or not.
    pub review: Vec<ReviewLine>,
    /// Standard reasons for refusal.
    pub refuse: Vec<Text>,
    /// Whether a second officer signs.
    pub needs_four_eyes: bool,
    /// Whether fingerprints, a photo or an interview make a visit unavoidable.
    pub is_on_site: bool,
}

/// One statement of the review with its legal basis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewLine {
    /// The statement.
    pub text: Text,
    /// Law and article; empty where it is ordinary care.
    pub basis: String,
}

/// A form field (表单字段). An id means the same in every service, so that a bundle asks once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormField {
    /// Identifier.
    pub id: String,
    /// Label.
    pub label: Text,
    /// Kind of value, such as `name`, `id-number`, `address`, `select`.
    pub kind: String,
    /// Whether it must be filled in; `false` also where it is asked only in some circumstances.
    pub is_required: bool,
    /// Where the value is known from.
    pub source: FieldSource,
    /// Choices of a `select`.
    pub options: Vec<FieldOption>,
}

/// Where the value of a form field is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FieldSource {
    /// The real-name account.
    Account,
    /// The office's own register: shown, asked only for correction.
    Register,
    /// The applicant has to be asked.
    Applicant,
}

/// One choice of a `select` field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldOption {
    /// What is stored.
    pub id: String,
    /// What is shown.
    pub label: Text,
}
