//! Random plans, to prove that the browser and the server plan alike, and to measure planning.

use super::{PlanError, PlanInput, Planner, needed_services};
use crate::calendar::{Calendar, Date};
use crate::guide::answers::Fingerprint;
use crate::guide::digest::Random;
use std::collections::{BTreeMap, BTreeSet};
use yichuang_contract::bundle::Bundle;
use yichuang_contract::pack::ServicePack;
use yichuang_contract::plan::{BASKET_SIZE, Plan, Relation, UNKNOWN_ANSWER};

/// All content that plans are made from.
#[derive(Clone, Copy)]
pub struct PlanContent<'content> {
    /// All services.
    pub services: &'content [ServicePack],
    /// All bundles.
    pub bundles: &'content [Bundle],
    /// All relations.
    pub relations: &'content [Relation],
    /// Working days.
    pub calendar: &'content Calendar,
}

/// A random thing to plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanSample {
    /// Position of the bundle; `None` for a basket.
    pub bundle: Option<usize>,
    /// The optional items of the bundle, or the services of the basket.
    pub chosen: Vec<String>,
    /// An answer to every question that can come.
    pub answers: BTreeMap<String, String>,
}

impl PlanContent<'_> {
    /// A random basket with so many services, and answers.
    #[must_use]
    pub fn basket(&self, size: usize, seed: u64) -> PlanSample {
        let mut random = Random(seed);
        let mut chosen = BTreeSet::new();
        while chosen.len() < size.min(self.services.len()) {
            if let Some(index) = random.below(self.services.len()) {
                chosen.insert(self.services[index].guide.service.to_string());
            }
        }
        self.answered(None, chosen.into_iter().collect(), &mut random)
    }

    /// A bundle with random optional items, and answers.
    #[must_use]
    pub fn bundle(&self, index: usize, seed: u64) -> PlanSample {
        let mut random = Random(seed);
        let optional = self.bundles[index]
            .items
            .iter()
            .filter(|item| item.optional_when.is_some());
        let chosen = optional
            .filter(|_| random.below(2) == Some(0))
            .map(|item| item.id.clone())
            .collect();
        self.answered(Some(index), chosen, &mut random)
    }

    fn answered(
        &self,
        bundle: Option<usize>,
        chosen: Vec<String>,
        random: &mut Random,
    ) -> PlanSample {
        let mut sample = PlanSample {
            bundle,
            chosen,
            answers: BTreeMap::new(),
        };
        let mut answers = BTreeMap::new();
        let _ = self.with_planner(&sample, |planner| {
            for joint in &planner.questionnaire.questions {
                let choices = &joint.question.choices;
                let is_unknown = random.below(8) == Some(0) && joint.allows_unknown;
                let id = match random.below(choices.len()) {
                    Some(choice) if !is_unknown => choices[choice].id.clone(),
                    _ => UNKNOWN_ANSWER.to_owned(),
                };
                answers.insert(joint.key.clone(), id);
            }
        });
        sample.answers = answers;
        sample
    }

    /// Makes the planner and the plan of a sample, as the browser does for a link.
    ///
    /// # Errors
    /// See [`PlanError`].
    pub fn plan(&self, sample: &PlanSample, start_on: Option<Date>) -> Result<Plan, PlanError> {
        self.with_planner(sample, |planner| planner.plan(&sample.answers, start_on))
    }

    fn with_planner<Outcome>(
        &self,
        sample: &PlanSample,
        act: impl FnOnce(&Planner<'_>) -> Outcome,
    ) -> Result<Outcome, PlanError> {
        let bundle = sample.bundle.map(|index| &self.bundles[index]);
        let needed = needed_services(bundle, &sample.chosen);
        let is_needed = |pack: &&ServicePack| needed.contains(&pack.guide.service);
        let services: Vec<&ServicePack> = self.services.iter().filter(is_needed).collect();
        let planner = Planner::new(PlanInput {
            bundle,
            chosen: &sample.chosen,
            services: &services,
            relations: self.relations,
            bundles: self.bundles,
            calendar: self.calendar,
        })?;
        Ok(act(&planner))
    }

    /// A digest over `count` random plans, of bundles and baskets in turn. The same content and seed
    /// give the same digest on every machine, or the planner is broken there.
    #[must_use]
    pub fn digest(&self, seed: u64, count: usize) -> u64 {
        let mut random = Random(seed);
        let mut hash = Fingerprint::default();
        let start_on = "2026-11-24".parse().ok();
        for number in 0..count {
            let sample = match random.below(self.bundles.len()) {
                Some(index) if number % 2 == 0 => self.bundle(index, random.next()),
                _ => {
                    let size = 1 + random.below(BASKET_SIZE).unwrap_or(0);
                    self.basket(size, random.next())
                }
            };
            match self.plan(&sample, start_on) {
                // Everything a plan holds, whatever is added to it later.
                Ok(plan) => hash.text(&format!("{plan:?}")),
                Err(error) => hash.text(&error.to_string()),
            }
        }
        hash.finish()
    }
}
