//! Plans (一件事、随心办): any set of services settled in one go.
//!
//! [`Planner::new`] joins the guides of a bundle's items, or of a basket, into one questionnaire;
//! [`Planner::plan`] turns its answers into one plan: every paper once, items in the order the law
//! wants with what runs in parallel, working days and dates, fees, visits, what happens if one is
//! refused, and what does not go together. It is pure and deterministic: the order in which
//! services were added makes no difference, nor does the machine.

mod asking;
mod code;
mod digest;
mod entry;
mod given;
mod item;
mod material;
mod question;
mod relation;
mod schedule;
#[cfg(test)]
mod tests;

pub use digest::{PlanContent, PlanSample};
pub use item::needed_services;
pub use question::shared_key;

use crate::calendar::{Calendar, Date};
use crate::fee::Amount;
use crate::guide::result::Detail;
use crate::guide::{CodeError, GuideResult, Verdict};
use asking::Progress;
use item::Item;
use question::Questionnaire;
use schedule::Schedule;
use std::collections::BTreeMap;
use std::fmt;
use yichuang_contract::ServiceCode;
use yichuang_contract::bundle::Bundle;
use yichuang_contract::pack::ServicePack;
use yichuang_contract::plan::{Plan, PlanItem, PlanItemState, Relation};

/// What a plan is made from.
#[derive(Clone, Copy)]
pub struct PlanInput<'input> {
    /// The bundle; `None` for a basket.
    pub bundle: Option<&'input Bundle>,
    /// Of a bundle, the optional items that are wanted; of a basket, the codes of its services.
    pub chosen: &'input [String],
    /// The services of the plan, at least; [`needed_services`] names them.
    pub services: &'input [&'input ServicePack],
    /// What content says about pairs of services.
    pub relations: &'input [Relation],
    /// All ready bundles, to offer one that covers a basket.
    pub bundles: &'input [Bundle],
    /// Working days.
    pub calendar: &'input Calendar,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanError {
    /// Nothing is chosen.
    Empty,
    /// More services than a basket holds.
    TooMany,
    /// An item that the bundle does not have, or a text that is no service code.
    NoSuchItem(String),
    /// A service that is not among those given.
    NoSuchService(ServiceCode),
    /// A service whose guide has faults.
    UnsoundGuide(ServiceCode),
    /// Items that wait for each other.
    Cycle(Vec<String>),
}

impl fmt::Display for PlanError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(formatter, "nothing is chosen; add a service"),
            Self::TooMany => write!(formatter, "a basket holds at most 12 services; remove some"),
            Self::NoSuchItem(id) => write!(formatter, "`{id}` is no item of this plan"),
            Self::NoSuchService(code) => write!(formatter, "there is no service {code}"),
            Self::UnsoundGuide(code) => write!(formatter, "the guide of {code} has faults"),
            Self::Cycle(ids) => {
                write!(
                    formatter,
                    "these items wait for each other: {}",
                    ids.join(", ")
                )
            }
        }
    }
}

impl std::error::Error for PlanError {}

/// The planner of one set of items; it plans anew for every change of an answer.
pub struct Planner<'input> {
    input: PlanInput<'input>,
    items: Vec<Item<'input>>,
    questionnaire: Questionnaire<'input>,
}

impl<'input> Planner<'input> {
    /// Joins the items.
    ///
    /// # Errors
    /// See [`PlanError`]. Sound content and a request that names what exists give none.
    pub fn new(input: PlanInput<'input>) -> Result<Self, PlanError> {
        let items = item::join(&input)?;
        let after: Vec<Vec<usize>> = items.iter().map(|item| item.after.clone()).collect();
        schedule::order(&after).map_err(|circle| {
            PlanError::Cycle(
                circle
                    .into_iter()
                    .map(|index| items[index].id.clone())
                    .collect(),
            )
        })?;
        Ok(Self {
            questionnaire: Questionnaire::new(&items, input.bundle),
            input,
            items,
        })
    }

    /// Plans by the answers, with dates from the day on which everything is handed in.
    #[must_use]
    pub fn plan(&self, answers: &BTreeMap<String, String>, start_on: Option<Date>) -> Plan {
        let progress = self.questionnaire.walk(&self.items, answers);
        let results = self.results(&progress);
        let states = self.states(&results);
        let takes_part: Vec<bool> = states.iter().map(|state| takes_part(*state)).collect();
        let after = self.binding(&takes_part);
        let days: Vec<u16> = (0..self.items.len())
            .map(|index| {
                if takes_part[index] {
                    self.days(index, results[index].as_ref())
                } else {
                    0
                }
            })
            .collect();
        let schedule = schedule::schedule(&days, &after).unwrap_or_else(|_| {
            // `new` has refused circles, and leaving items out makes none.
            unreachable!("a part of an order without circles has none")
        });
        let due = |offset: u16| self.input.calendar.add_working_days(start_on?, offset);
        let items: Vec<PlanItem> = (0..self.items.len())
            .map(|index| {
                let mut item = self.item(index, states[index], results[index].as_ref());
                if takes_part[index] {
                    self.place(&mut item, index, &schedule, &after, days[index], &due);
                }
                item.lacks = self.lacks(index, &states);
                item
            })
            .collect();
        let amount: Amount = items.iter().map(amount_of).sum();
        let counters = relation::counters(&self.items, &takes_part);
        let visits = relation::visits(&self.items, &takes_part);
        let stages = self.stages(&schedule, &takes_part);
        let finish = due(schedule.length);
        Plan {
            bundle: self.input.bundle.map(|bundle| bundle.code.clone()),
            next: progress.next.map(|next| {
                self.questionnaire
                    .show(&self.items, next, progress.left_at_most)
            }),
            asked: self.asked(&progress),
            given: self
                .questionnaire
                .presumed(&progress)
                .map(|(index, answer)| self.questionnaire.show_answer(&self.items, index, answer))
                .collect(),
            materials: material::merge(&self.items, &results, &takes_part, self.input.bundle),
            fee_from_fen: amount.from_fen,
            fee_to_fen: amount.to_fen,
            working_days: schedule.length,
            waits_for_others: items
                .iter()
                .any(|item| takes_part_of(item) && item.is_open_ended),
            finish_on: finish.map(|due| due.date.to_string()),
            is_provisional: finish.is_some_and(|due| due.is_provisional),
            contradictions: relation::contradictions(
                &self.items,
                &takes_part,
                self.input.relations,
            ),
            covered_by: if self.input.bundle.is_some() {
                Vec::new()
            } else {
                relation::covering(&self.items, self.input.bundles)
            },
            savings: relation::savings(
                &counters,
                &takes_part,
                stages.len().saturating_sub(1),
                visits,
            ),
            code: self.code(answers),
            items,
            stages,
            counters,
            visits,
        }
    }

    /// The answers as a short code. A bundle's chosen items and a basket's services travel beside it.
    #[must_use]
    pub fn code(&self, answers: &BTreeMap<String, String>) -> String {
        code::to_code(&self.questionnaire, answers)
    }

    /// Reads the answers of a code.
    ///
    /// # Errors
    /// A code of other items, of an older version of their questions, or a damaged one.
    pub fn answers(&self, code: &str) -> Result<BTreeMap<String, String>, CodeError> {
        code::from_code(&self.questionnaire, code)
    }

    /// Keys of all questions that somebody can be asked in this plan.
    #[must_use]
    pub fn question_keys(&self) -> Vec<&str> {
        let open = self.questionnaire.open(&self.items);
        open.into_iter()
            .map(|index| self.questionnaire.questions[index].key.as_str())
            .collect()
    }

    fn asked(&self, progress: &Progress) -> Vec<yichuang_contract::plan::PlanAnswer> {
        let shown = progress.asked.iter().filter_map(|&index| {
            let answer = progress.answers[index]?;
            Some(self.questionnaire.show_answer(&self.items, index, answer))
        });
        shown.collect()
    }

    /// The results of the guides that have come to one.
    fn results(&self, progress: &Progress) -> Vec<Option<GuideResult>> {
        let results = self.items.iter().zip(&progress.walks).map(|(item, walk)| {
            let (service, walk) = (item.service.as_ref()?, walk.as_ref()?);
            let is_open = service.core.foremost(&walk.position).is_some();
            (!is_open).then(|| {
                service
                    .core
                    .result(&walk.asked, &walk.position, Detail::Bare)
            })
        });
        results.collect()
    }

    fn states(&self, results: &[Option<GuideResult>]) -> Vec<PlanItemState> {
        let states = self.items.iter().zip(results).map(|(item, result)| {
            if item.replaced_by.is_some() {
                return PlanItemState::Replaced;
            }
            if item.service.is_none() {
                return PlanItemState::Included;
            }
            match result.as_ref().map(|result| result.verdict) {
                None => PlanItemState::Open,
                Some(Verdict::Eligible) => PlanItemState::Included,
                Some(Verdict::Depends) => PlanItemState::Uncertain,
                Some(Verdict::NotEligible) => PlanItemState::Dropped,
            }
        });
        states.collect()
    }

    /// What each item waits for among those that take part.
    fn binding(&self, takes_part: &[bool]) -> Vec<Vec<usize>> {
        let binding = self.items.iter().zip(takes_part).map(|(item, here)| {
            let earlier = item
                .after
                .iter()
                .copied()
                .filter(|&it| *here && takes_part[it]);
            earlier.collect()
        });
        binding.collect()
    }

    fn stages(&self, schedule: &Schedule, takes_part: &[bool]) -> Vec<Vec<String>> {
        let mut stages: Vec<Vec<String>> = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            if takes_part[index] {
                let stage = schedule.stage[index];
                stages.resize(stages.len().max(stage + 1), Vec::new());
                stages[stage].push(item.id.clone());
            }
        }
        stages
    }
}

/// Whether an item is part of the plan as far as it is known.
const fn takes_part(state: PlanItemState) -> bool {
    matches!(
        state,
        PlanItemState::Open | PlanItemState::Included | PlanItemState::Uncertain
    )
}

const fn takes_part_of(item: &PlanItem) -> bool {
    takes_part(item.state)
}

const fn amount_of(item: &PlanItem) -> Amount {
    Amount {
        from_fen: item.fee_from_fen,
        to_fen: item.fee_to_fen,
    }
}
