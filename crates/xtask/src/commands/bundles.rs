//! `cargo xtask bundles`: what the bundles save, recomputed from the content, and whether every
//! plan of them is sound.
//!
//! Steps and trips count the items that are always needed, by the definitions in
//! `content/bundles/themes.toml`. Questions and materials are counted over all items a bundle can
//! have at once (of two that take each other's place, the first): a question counts if somebody
//! can be asked it, a material if somebody can need it.

use anyhow::{Context, bail};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use yichuang_contract::ServiceCode;
use yichuang_contract::bundle::Bundle;
use yichuang_contract::pack::ServicePack;
use yichuang_contract::plan::{Plan, PlanItemState, Relation, UNKNOWN_ANSWER};
use yichuang_domain::calendar::{Calendar, Date};
use yichuang_domain::guide::{Answer, Answers, Engine};
use yichuang_domain::plan::{PlanError, PlanInput, Planner, needed_services, shared_key};

/// Arguments of the command.
#[derive(clap::Args)]
pub struct Arguments {
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// Folder of the content.
    #[arg(long, default_value = "content")]
    content: PathBuf,
    /// Random questionnaires to go through for each bundle.
    #[arg(long, default_value_t = 12)]
    runs: u64,
}

/// The promised counts.
#[derive(Debug, Default, Serialize)]
struct Report {
    bundles: usize,
    themes: usize,
    baseline_steps: usize,
    steps_saved: usize,
    baseline_trips: usize,
    trips_saved: usize,
    questions_alone: usize,
    questions_joined: usize,
    materials_alone: usize,
    materials_joined: usize,
    duplicate_questions: usize,
    duplicate_materials: usize,
    cycles: usize,
}

/// The figures of one bundle.
#[derive(Clone, Copy, Debug, Default)]
struct Figures {
    questions_alone: usize,
    questions_joined: usize,
    materials_alone: usize,
    materials_joined: usize,
    /// Questions asked in the random runs, joined and by the guides alone with the same answers.
    asked_joined: usize,
    asked_alone: usize,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let world = World::load(&arguments.content)?;
    let mut report = Report {
        bundles: world.bundles.len(),
        themes: world.themes,
        ..Report::default()
    };
    let mut faults: Vec<String> = Vec::new();
    for bundle in &world.bundles {
        let mut own: Vec<String> = Vec::new();
        match world.examine(bundle, arguments.runs, &mut report, &mut own) {
            Ok(figures) if !arguments.json => print(bundle, &figures),
            Ok(_) => {}
            Err(PlanError::Cycle(ids)) => {
                report.cycles += 1;
                own.push(format!(
                    "these items wait for each other: {}",
                    ids.join(", ")
                ));
            }
            Err(error) => own.push(error.to_string()),
        }
        faults.extend(
            own.into_iter()
                .map(|fault| format!("{}: {fault}", bundle.code)),
        );
    }
    faults.sort();
    faults.dedup();
    for fault in &faults {
        eprintln!("{fault}");
    }
    if arguments.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        println!("{report:#?}");
    }
    if !faults.is_empty() {
        bail!(
            "{} faults in the plans of the bundles, named above",
            faults.len()
        );
    }
    Ok(())
}

fn print(bundle: &Bundle, figures: &Figures) {
    let percent = |part: usize, whole: usize| part * 100 / whole.max(1);
    println!(
        "{}  questions {:>3} of {:>3} ({:>3} %), asked {:>3} %, materials {:>3} of {:>3}  {}",
        bundle.code,
        figures.questions_joined,
        figures.questions_alone,
        percent(figures.questions_joined, figures.questions_alone),
        percent(figures.asked_joined, figures.asked_alone),
        figures.materials_joined,
        figures.materials_alone,
        bundle.name.zh
    );
}

/// The content as the planner wants it.
struct World {
    bundles: Vec<Bundle>,
    themes: usize,
    services: BTreeMap<ServiceCode, ServicePack>,
    relations: Vec<Relation>,
    calendar: Calendar,
}

impl World {
    fn load(folder: &std::path::Path) -> anyhow::Result<Self> {
        let content = yichuang_content::load(folder).context("the content is not sound")?;
        let packs = content.compile();
        let services = packs.services.into_iter().map(|(code, bytes)| {
            let pack = postcard::from_bytes(&bytes).context("a pack that was just made")?;
            Ok((code, pack))
        });
        Ok(Self {
            bundles: content.all_bundles().cloned().collect(),
            themes: content.bundle_themes.len(),
            services: services.collect::<anyhow::Result<_>>()?,
            relations: content.all_relations().cloned().collect(),
            calendar: Calendar::new(&content.calendar.to_contract())?,
        })
    }

    fn planner<'plan>(
        &'plan self,
        bundle: &'plan Bundle,
        chosen: &'plan [String],
        services: &'plan [&'plan ServicePack],
    ) -> Result<Planner<'plan>, PlanError> {
        Planner::new(PlanInput {
            bundle: Some(bundle),
            chosen,
            services,
            relations: &self.relations,
            bundles: &self.bundles,
            calendar: &self.calendar,
        })
    }

    fn packs(&self, bundle: &Bundle, chosen: &[String]) -> Vec<&ServicePack> {
        let codes = needed_services(Some(bundle), chosen);
        codes
            .iter()
            .filter_map(|code| self.services.get(code))
            .collect()
    }

    fn examine(
        &self,
        bundle: &Bundle,
        runs: u64,
        report: &mut Report,
        faults: &mut Vec<String>,
    ) -> Result<Figures, PlanError> {
        let needed = self.packs(bundle, &[]);
        let savings = self
            .planner(bundle, &[], &needed)?
            .plan(&BTreeMap::new(), None)
            .savings;
        report.baseline_steps += usize::from(savings.baseline_steps);
        report.steps_saved += usize::from(savings.baseline_steps.saturating_sub(savings.steps));
        report.baseline_trips += usize::from(savings.baseline_trips);
        report.trips_saved += usize::from(savings.baseline_trips.saturating_sub(savings.trips));
        let optional = bundle
            .items
            .iter()
            .filter(|item| item.optional_when.is_some());
        let together = optional.clone().filter(|item| item.instead_of.is_none());
        let together: Vec<String> = together.map(|item| item.id.clone()).collect();
        let services = self.packs(bundle, &together);
        let planner = self.planner(bundle, &together, &services)?;
        let mut figures = count(&services, &planner);
        report.questions_alone += figures.questions_alone;
        report.questions_joined += figures.questions_joined;
        report.materials_alone += figures.materials_alone;
        report.materials_joined += figures.materials_joined;
        for seed in 0..runs {
            let run = go_through(&planner, seed, report, faults);
            check_complete(&services, &run, &mut figures, faults);
        }
        // Every choice of optional items gives a plan, too.
        let optional: Vec<&String> = optional.map(|item| &item.id).collect();
        for chosen in 0..1_usize << optional.len() {
            let wanted = (0..optional.len()).filter(|bit| chosen >> bit & 1 == 1);
            let wanted: Vec<String> = wanted.map(|bit| optional[bit].clone()).collect();
            let services = self.packs(bundle, &wanted);
            let planner = self.planner(bundle, &wanted, &services)?;
            go_through(&planner, chosen as u64, report, faults);
        }
        Ok(figures)
    }
}

/// Questions and materials of the items, alone and joined.
fn count(services: &[&ServicePack], planner: &Planner<'_>) -> Figures {
    let mut figures = Figures {
        questions_joined: planner.question_keys().len(),
        ..Figures::default()
    };
    let mut joined = BTreeSet::new();
    for service in services {
        if let Ok(engine) = Engine::new(&service.guide) {
            figures.questions_alone += engine.questions_asked().len();
        }
        let names: BTreeSet<&str> = service
            .guide
            .materials
            .iter()
            .map(|it| it.name.zh.as_str())
            .collect();
        figures.materials_alone += names.len();
        joined.extend(names);
    }
    figures.materials_joined = joined.len();
    figures
}

/// A questionnaire gone through to its end.
struct Run {
    /// Answers to all questions asked and given.
    answers: BTreeMap<String, String>,
    plan: Plan,
}

/// Answers every question asked, and checks that none comes twice and the plan is in order.
fn go_through(
    planner: &Planner<'_>,
    seed: u64,
    report: &mut Report,
    faults: &mut Vec<String>,
) -> Run {
    let start: Option<Date> = "2026-11-24".parse().ok();
    let mut random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut below = |limit: usize| {
        // xorshift: the same runs every time.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % limit as u64).unwrap_or(0)
    };
    let mut answers = BTreeMap::new();
    let plan = loop {
        let plan = planner.plan(&answers, start);
        let Some(next) = &plan.next else {
            break plan;
        };
        let is_unknown = next.unknown.is_some() && below(6) == 0;
        let choice = &next.choices[below(next.choices.len())].id;
        let answer = if is_unknown { UNKNOWN_ANSWER } else { choice };
        if answers
            .insert(next.key.clone(), answer.to_owned())
            .is_some()
        {
            report.duplicate_questions += 1;
            faults.push(format!("asks `{}` twice", next.key));
            break plan;
        }
    };
    let mut names = BTreeSet::new();
    for material in &plan.materials {
        if !names.insert(&material.name.zh) {
            report.duplicate_materials += 1;
            faults.push(format!("lists `{}` twice", material.name.zh));
        }
    }
    check_order(&plan, faults);
    let given = plan
        .given
        .iter()
        .map(|given| (given.key.clone(), given.choice.clone()));
    let answers = given.chain(answers).collect();
    Run { answers, plan }
}

/// Nothing begins before what it waits for has ended, and the plan is as long as its longest item.
fn check_order(plan: &Plan, faults: &mut Vec<String>) {
    for item in &plan.items {
        if item.begins + item.days > plan.working_days {
            faults.push(format!("`{}` ends after the plan", item.id));
        }
        let earlier = plan
            .items
            .iter()
            .filter(|earlier| item.after.contains(&earlier.id));
        for earlier in earlier.filter(|earlier| earlier.begins + earlier.days > item.begins) {
            faults.push(format!(
                "`{}` begins before `{}` has ended",
                item.id, earlier.id
            ));
        }
    }
}

/// Every material that a guide asks for with the same answers stands in the plan for its item.
fn check_complete(
    services: &[&ServicePack],
    run: &Run,
    figures: &mut Figures,
    faults: &mut Vec<String>,
) {
    figures.asked_joined += run.plan.asked.len();
    for service in services {
        let code = service.guide.service.to_string();
        let item = run.plan.items.iter().find(|item| item.id == code);
        let Ok(engine) = Engine::new(&service.guide) else {
            faults.push(format!("the guide of {code} has faults"));
            continue;
        };
        let walk = engine.walk(&alone(service, run));
        figures.asked_alone += walk.asked.len();
        let Some(result) = walk.result else {
            faults.push(format!(
                "the plan's answers leave a question of {code} open"
            ));
            continue;
        };
        if item.is_none_or(|item| item.state == PlanItemState::Replaced) {
            continue;
        }
        for applied in &result.materials {
            let material = &service.guide.materials[applied.index];
            let is_there = run.plan.materials.iter().any(|it| {
                it.name.zh == material.name.zh
                    && it
                        .uses
                        .iter()
                        .any(|used| used.item == code && used.form == material.form)
            });
            if !is_there {
                faults.push(format!("loses `{}` of {code}", material.name.zh));
            }
        }
    }
}

/// The answers of a run for one guide alone. A question that is apart in this bundle has a key of
/// its own, which goes before the shared one; an answer to a shared question with other choices
/// counts where its choice is offered.
fn alone(service: &ServicePack, run: &Run) -> Answers {
    let mut answers = Answers::default();
    for question in &service.guide.questions {
        let own = run
            .answers
            .get(&format!("{}.{}", service.guide.service, question.id));
        let same = || {
            let shared = question.shared.as_ref()?;
            run.answers.get(&shared_key(shared, question))
        };
        let carried = || {
            let shared = format!("{}~", question.shared.as_ref()?);
            let is_offered = |id: &str| {
                let is_unknown = id == UNKNOWN_ANSWER && question.unknown.is_some();
                is_unknown || question.choices.iter().any(|choice| choice.id == id)
            };
            let mut given = run.answers.iter();
            let (_, id) = given.find(|(key, id)| key.starts_with(&shared) && is_offered(id))?;
            Some(id)
        };
        if let Some(answer) = own.or_else(same).or_else(carried) {
            let answer = match answer.as_str() {
                UNKNOWN_ANSWER => Answer::Unknown,
                id => Answer::choice(id),
            };
            answers.set(&question.id, answer);
        }
    }
    answers
}
