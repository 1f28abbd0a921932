//! The planner: what its tests plan.

mod family;
mod property;

use super::question::shared_key;
use super::{PlanContent, PlanError, PlanInput, Planner};
use crate::calendar::Calendar;
use crate::guide::digest::Random;
use crate::guide::{Answer, Answers, Engine, sample};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use yichuang_contract::bundle::{Bundle, BundleItem, BundleItemKind, BundleMaterial, GivenAnswer};
use yichuang_contract::calendar::CalendarYear;
use yichuang_contract::guide::Guide;
use yichuang_contract::pack::ServicePack;
use yichuang_contract::plan::{Plan, PlanItemState, Relation, RelationKind, UNKNOWN_ANSWER};
use yichuang_contract::service::{
    Department, Handling, PaperForm, ReviewPoints, Scope, ServiceDetail, ServiceSummary,
};
use yichuang_contract::{ServiceCode, Text};

fn text(words: &str) -> Text {
    Text::new(words, words)
}

/// A service around a guide.
fn pack(code: &str, mut guide: Guide, promised_days: u16, trips: u8) -> ServicePack {
    guide.service = code.parse().unwrap();
    ServicePack {
        service: ServiceDetail {
            summary: ServiceSummary {
                code: guide.service.clone(),
                name: text(code),
                summary: Text::default(),
                department: if code.starts_with("HJ") {
                    Department::Household
                } else {
                    Department::ExitEntry
                },
                theme: String::new(),
                audience: Vec::new(),
                trips,
                handling: Handling::Promised,
                promised_days,
                fee_from_fen: 0,
                fee_to_fen: 0,
                delivery: Vec::new(),
                has_terminal: false,
                scope: Scope::City,
                is_unsure: false,
                questions_at_most: 0,
            },
            conditions: Vec::new(),
            materials: Vec::new(),
            steps: Vec::new(),
            basis: Vec::new(),
            statutory_limit: None,
            fees: Vec::new(),
            result: text(&format!("result of {code}")),
            fee_note: None,
            related: Vec::new(),
            keywords: Vec::new(),
            checked_on: String::new(),
            source: Text::default(),
            review: ReviewPoints::default(),
            fields: Vec::new(),
        },
        guide,
        calendar: Vec::new(),
    }
}

/// Services with random sound guides; questions are sometimes shared although their choices
/// differ in part.
fn services(seed: u64, count: usize) -> Vec<ServicePack> {
    let mut random = Random(seed);
    (0..count)
        .map(|index| {
            let mut guide = sample::sound(random.next());
            for question in &mut guide.questions {
                if random.below(2) == Some(0) {
                    question.shared = Some(format!("shared-{}", question.choices.len() % 2));
                }
            }
            // The same paper in several services, and one of its own.
            guide.materials[3].name = text(&format!("own paper {index}"));
            let days = u16::try_from(random.below(20).unwrap()).unwrap();
            pack(
                &format!("{}-{:03}", ["HJ", "CR"][index % 2], index + 1),
                guide,
                days,
                1,
            )
        })
        .collect()
}

fn relations(seed: u64, services: &[ServicePack]) -> Vec<Relation> {
    let mut random = Random(seed ^ 1);
    let code = |index: usize| services[index].guide.service.clone();
    (1..services.len())
        .filter_map(|second| {
            let first = random.below(second)?;
            let kind = [
                RelationKind::Before,
                RelationKind::Before,
                RelationKind::Excludes,
            ][random.below(3)?];
            let (first, second) = (code(first), code(second));
            Some(Relation {
                kind,
                first,
                second,
                reason: text("why"),
                way_out: text("how"),
            })
        })
        .collect()
}

fn calendar() -> Calendar {
    let year = |year| CalendarYear {
        year,
        is_provisional: false,
        holidays: Vec::new(),
        working_weekends: Vec::new(),
    };
    Calendar::new(&[year(2026), year(2027)]).unwrap()
}

struct World {
    services: Vec<ServicePack>,
    relations: Vec<Relation>,
    bundles: Vec<Bundle>,
    calendar: Calendar,
}

impl World {
    fn random(seed: u64, count: usize) -> Self {
        let services = services(seed, count);
        Self {
            relations: relations(seed, &services),
            services,
            bundles: Vec::new(),
            calendar: calendar(),
        }
    }

    fn codes(&self) -> Vec<String> {
        self.services
            .iter()
            .map(|it| it.guide.service.to_string())
            .collect()
    }

    fn with<Result>(
        &self,
        bundle: Option<&Bundle>,
        chosen: &[String],
        act: impl FnOnce(&Planner<'_>) -> Result,
    ) -> Result {
        let services: Vec<&ServicePack> = self.services.iter().collect();
        let planner = Planner::new(PlanInput {
            bundle,
            chosen,
            services: &services,
            relations: &self.relations,
            bundles: &self.bundles,
            calendar: &self.calendar,
        });
        act(&planner.unwrap())
    }
}

type Given = BTreeMap<String, String>;

/// Answers every question asked, at random; returns the answers and the complete plan.
fn answer(planner: &Planner<'_>, seed: u64, given: Given) -> (Given, Plan) {
    let mut random = Random(seed);
    let mut given = given;
    loop {
        let plan = planner.plan(&given, "2026-11-24".parse().ok());
        let Some(next) = &plan.next else {
            return (given, plan);
        };
        assert!(!given.contains_key(&next.key), "asked twice: {}", next.key);
        let choice = random.below(next.choices.len()).unwrap();
        let is_unknown = next.unknown.is_some() && random.below(5) == Some(0);
        let answer = if is_unknown {
            UNKNOWN_ANSWER
        } else {
            &next.choices[choice].id
        };
        given.insert(next.key.clone(), answer.to_owned());
    }
}

/// The same answers for one guide alone.
fn alone(guide: &Guide, given: &Given) -> Answers {
    let mut answers = Answers::default();
    for question in &guide.questions {
        let own = format!("{}.{}", guide.service, question.id);
        let shared = question.shared.as_ref().and_then(|shared| {
            let is_offered = |id: &String| {
                let is_unknown = id == UNKNOWN_ANSWER && question.unknown.is_some();
                is_unknown || question.choices.iter().any(|choice| choice.id == *id)
            };
            let prefix = format!("{shared}~");
            let mut others = given.iter().filter(|(key, _)| key.starts_with(&prefix));
            let exact = given.get(&shared_key(shared, question));
            exact.or_else(|| Some(others.find(|(_, id)| is_offered(id))?.1))
        });
        if let Some(answer) = shared.or_else(|| given.get(&own)) {
            let answer = match answer.as_str() {
                UNKNOWN_ANSWER => Answer::Unknown,
                id => Answer::choice(id),
            };
            answers.set(&question.id, answer);
        }
    }
    answers
}

fn materials_of(plan: &Plan, item: &str) -> BTreeSet<(String, u8)> {
    let mut found = BTreeSet::new();
    for material in &plan.materials {
        for used in material.uses.iter().filter(|used| used.item == item) {
            found.insert((material.name.zh.clone(), used.form as u8));
        }
    }
    found
}
