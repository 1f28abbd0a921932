//! Plans (一件事方案、随心办): a set of services settled in one go.
//!
//! One questionnaire for all of them, one list of materials, one timetable. A plan is computed by
//! `yichuang-domain` in the browser and in the server alike; nothing of it is stored.

use crate::service::{Department, PaperForm};
use crate::{BundleCode, ServiceCode, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most services a basket (随心办) holds.
pub const BASKET_SIZE: usize = 12;

/// How "I don't know" is written among the answers of a plan.
pub const UNKNOWN_ANSWER: &str = "?";

/// What is to be planned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanRequest {
    /// A ready bundle; `None` for a basket.
    #[serde(default)]
    pub bundle: Option<BundleCode>,
    /// Of a bundle, the identifiers of the optional items that are wanted; for a basket, the codes
    /// of its services, at most [`BASKET_SIZE`]. Their order does not matter.
    #[serde(default)]
    pub items: Vec<String>,
    /// Answers by [`PlanQuestion::key`]: a choice's identifier, or [`UNKNOWN_ANSWER`].
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
    /// The day on which everything is handed in, ISO 8601; `None` = no dates in the plan.
    #[serde(default)]
    pub start_on: Option<String>,
}

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Plan {
    /// The bundle; `None` for a basket.
    pub bundle: Option<BundleCode>,
    /// The question to answer next; `None` when the plan is complete.
    pub next: Option<PlanQuestion>,
    /// What has been answered, in the order asked.
    pub asked: Vec<PlanAnswer>,
    /// What the situation of the bundle implies and nobody is asked. It can be changed.
    pub given: Vec<PlanAnswer>,
    /// The items, those that drop out included, in the bundle's or the catalogue's order.
    pub items: Vec<PlanItem>,
    /// Identifiers of the items by stage: the items of one stage run in parallel, each stage waits
    /// for something in the one before.
    pub stages: Vec<Vec<String>>,
    /// Every paper once.
    pub materials: Vec<PlanMaterial>,
    /// Least sum of the fees in fen.
    pub fee_from_fen: u32,
    /// Greatest sum of the fees in fen.
    pub fee_to_fen: u32,
    /// Working days along the critical path; what other agencies take is not counted.
    pub working_days: u16,
    /// Whether the critical path leads through an item of another agency, so that the end can be
    /// later than counted.
    pub waits_for_others: bool,
    /// The earliest day on which everything is finished, ISO 8601; `None` without a first day, or
    /// beyond the years whose holidays are known.
    pub finish_on: Option<String>,
    /// Whether a date was counted through a year whose holidays are not yet announced.
    pub is_provisional: bool,
    /// The counters that the items belong to.
    pub counters: Vec<PlanCounter>,
    /// Visits that remain at the one window.
    pub visits: u8,
    /// What does not go together.
    pub contradictions: Vec<Contradiction>,
    /// Ready bundles that cover a basket, the closest first.
    pub covered_by: Vec<BundleCode>,
    /// What the plan saves against doing the items one by one.
    pub savings: Savings,
    /// The answers as a short code for a URL or a QR code.
    pub code: String,
}

/// A question of the joint questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanQuestion {
    /// Key of its answer: `CODE.question`, or for a shared question its identifier and a mark of its choices.
    pub key: String,
    /// The question.
    pub text: Text,
    /// A hint under the question.
    pub hint: Option<Text>,
    /// How to find out; `Some` allows "I don't know".
    pub unknown: Option<Text>,
    /// The choices.
    pub choices: Vec<PlanChoice>,
    /// Identifiers of the items that need the answer.
    pub items: Vec<String>,
    /// The most questions that are left, this one included.
    pub left_at_most: u16,
}

/// A choice of a joint question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanChoice {
    /// Identifier.
    pub id: String,
    /// What the person sees.
    pub label: Text,
}

/// An answered or given question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanAnswer {
    /// Key of the question.
    pub key: String,
    /// The question.
    pub text: Text,
    /// Identifier of the choice; [`UNKNOWN_ANSWER`] for "I don't know".
    pub choice: String,
    /// The choice; `None` for "I don't know".
    pub label: Option<Text>,
    /// Identifiers of the items it is for.
    pub items: Vec<String>,
    /// Why it is known, for an answer that the bundle implies.
    pub reason: Option<Text>,
    /// All choices, so that the answer can be changed in place.
    pub choices: Vec<PlanChoice>,
}

/// An item of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanItem {
    /// Identifier: the service code, or a short name for what has none.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Where it belongs.
    pub office: Office,
    /// The service; `None` for an item without a catalogue number.
    pub service: Option<ServiceCode>,
    /// Who does it and how, for an item without a catalogue number.
    pub how: Option<Text>,
    /// Whether it is part of the plan.
    pub state: PlanItemState,
    /// Why it drops out or is uncertain; for an item that is included, what the guide says.
    pub reasons: Vec<Text>,
    /// Services that fit instead or come first.
    pub routes: Vec<ServiceCode>,
    /// Items of the bundle that are offered instead.
    pub offers: Vec<String>,
    /// The item that takes its place.
    pub replaced_by: Option<String>,
    /// Items of the plan that must be approved before it.
    pub after: Vec<String>,
    /// Items it should wait for that drop out: without them it may be refused.
    pub lacks: Vec<String>,
    /// Working day of the plan on which it begins, from 0.
    pub begins: u16,
    /// Working days it takes.
    pub days: u16,
    /// Whether the time is another agency's and not counted.
    pub is_open_ended: bool,
    /// First day, ISO 8601.
    pub begins_on: Option<String>,
    /// Last day, ISO 8601.
    pub ends_on: Option<String>,
    /// Whether a delay of it delays everything.
    pub is_critical: bool,
    /// Items that stop if this one is refused; everything else goes on.
    pub if_refused: Vec<String>,
    /// Whether it needs no other item of the plan.
    pub stands_alone: bool,
    /// Visits to a counter that it needs when done alone.
    pub trips: u8,
    /// Fees.
    pub fees: Vec<PlanFee>,
    /// Least sum of its fees in fen.
    pub fee_from_fen: u32,
    /// Greatest sum of its fees in fen; less than the lines together where they exclude each other.
    pub fee_to_fen: u32,
    /// Notes of its guide.
    pub notes: Vec<Text>,
    /// Extra steps of its guide.
    pub steps: Vec<Text>,
    /// Whether facts differ from place to place ("以当地政策为准").
    pub is_unsure: bool,
}

/// Where an item belongs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Office {
    /// A police department.
    Police(Department),
    /// Another agency, by its Chinese and English name.
    Agency {
        /// Chinese name.
        zh: String,
        /// English name.
        en: String,
    },
}

/// Whether an item is part of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PlanItemState {
    /// Questions are open.
    Open,
    /// It is.
    Included,
    /// It depends on an answer that is not known.
    Uncertain,
    /// It is not: the answers make it impossible or unnecessary.
    Dropped,
    /// Another item takes its place.
    Replaced,
}

/// A paper of the plan, once for all items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanMaterial {
    /// Name.
    pub name: Text,
    /// The forms in which it is wanted; `e-cert` alone means there is nothing to bring.
    pub forms: Vec<PaperForm>,
    /// How many of a form have to be filled in: one an item, for every application is its own.
    pub count: u16,
    /// Whether some item needs it in every case.
    pub is_certain: bool,
    /// The items that need it.
    pub uses: Vec<MaterialUse>,
    /// The item of the plan that it comes from: it is not there yet.
    pub made_by: Option<String>,
}

/// The use of a paper by one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaterialUse {
    /// The item.
    pub item: String,
    /// The form it wants.
    pub form: PaperForm,
    /// Whether it needs it in every case.
    pub is_certain: bool,
    /// The circumstance that requires it, where no question settles it.
    pub when: Option<Text>,
}

/// A fee of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanFee {
    /// What is paid for.
    pub name: Text,
    /// Least amount in fen.
    pub from_fen: u32,
    /// Greatest amount in fen.
    pub to_fen: u32,
}

/// A counter that one would have to visit for the items alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanCounter {
    /// Whose counter.
    pub office: Office,
    /// Its items.
    pub items: Vec<String>,
    /// The most visits one of them needs when done alone; 0 where none does.
    pub trips: u8,
}

/// Two services that do not go together, or not in any order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contradiction {
    /// How they disagree.
    pub kind: RelationKind,
    /// The one to keep, that contains the other, or that comes first.
    pub first: ServiceCode,
    /// The other.
    pub second: ServiceCode,
    /// Why.
    pub reason: Text,
    /// What to do.
    pub way_out: Text,
    /// Whether the plan has settled it already.
    pub is_settled: bool,
}

/// A relation between two services, as content declares it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Relation {
    /// Which.
    pub kind: RelationKind,
    /// The service that comes first, or contains the other.
    pub first: ServiceCode,
    /// The other service.
    pub second: ServiceCode,
    /// Why.
    pub reason: Text,
    /// What to do.
    pub way_out: Text,
}

/// Kinds of relations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RelationKind {
    /// One excludes the other.
    Excludes,
    /// The first contains the second.
    Contains,
    /// The first must be finished before the second begins.
    Before,
}

/// What a plan saves, counted as the head of the bundles' content says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Savings {
    /// Hand-offs from one item to the next when done alone: items less one.
    pub baseline_steps: u16,
    /// Hand-offs that remain: the longest chain of items that wait for each other.
    pub steps: u16,
    /// Different counters when done alone, one visit each.
    pub baseline_trips: u16,
    /// Visits that remain at the one window.
    pub trips: u16,
}
