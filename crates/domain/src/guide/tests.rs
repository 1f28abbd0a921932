//! The engine against a slow and simple reading of the same guide.

use super::digest::Random;
use super::fault::{Place, Problem};
use super::{Answer, Answers, Engine, Fault, Verdict, Walk, parse, sample};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use yichuang_contract::guide::{Condition, Guide, OutcomeKind, Target};
use yichuang_contract::service::PaperForm;

fn answers(pairs: &[(&str, &str)]) -> Answers {
    let answer = |choice: &str| match choice {
        "?" => Answer::Unknown,
        _ => Answer::choice(choice),
    };
    pairs
        .iter()
        .map(|&(question, choice)| (question, answer(choice)))
        .collect()
}

fn spouse() -> Engine {
    Engine::new(&sample::spouse()).unwrap()
}

fn asked_ids(engine: &Engine, walk: &Walk) -> Vec<String> {
    walk.asked
        .iter()
        .map(|it| engine.guide().questions[it.question].id.clone())
        .collect()
}

fn faults(change: impl FnOnce(&mut Guide)) -> Vec<Fault> {
    let mut guide = sample::spouse();
    change(&mut guide);
    Engine::new(&guide).err().unwrap_or_default()
}

#[test]
fn a_walk_asks_explains_and_ends() {
    let engine = spouse();
    let walk = engine.walk(&answers(&[("sponsor", "family"), ("married", "ge2")]));
    let next = walk.next.unwrap();
    assert_eq!(engine.guide().questions[next.question].id, "history");
    assert_eq!(next.left_at_most, 3);
    assert_eq!(next.decides.materials, [1, 2]);
    assert_eq!(next.decides.steps, [0]);
    assert_eq!(next.decides.days, [0, 1]);
    assert!(next.decides.outcomes.is_empty() && next.decides.notes.is_empty());

    let walk = engine.walk(&answers(&[
        ("sponsor", "family"),
        ("married", "ge2"),
        ("history", "divorced"),
        ("custody", "other"),
        ("home", "rented"),
    ]));
    let result = walk.result.unwrap();
    assert_eq!(result.verdict, Verdict::Eligible);
    let materials: Vec<usize> = result.materials.iter().map(|it| it.index).collect();
    assert_eq!(materials, [0, 1, 2]);
    assert!(result.materials[0].is_always && result.materials[0].because.is_empty());
    assert_eq!(result.materials[2].because.len(), 2);
    assert_eq!((result.fee_from_fen, result.fee_to_fen), (1000, 1000));
    assert_eq!(result.days.unwrap().from, 10);
}

#[test]
fn a_question_that_decides_nothing_is_not_asked() {
    let mut guide = sample::spouse();
    guide.materials.remove(2);
    let engine = Engine::new(&guide).unwrap();
    let given = [
        ("sponsor", "family"),
        ("married", "ge2"),
        ("history", "divorced"),
    ];
    let next = engine.walk(&answers(&given)).next.unwrap();
    assert_eq!(
        engine.guide().questions[next.question].id,
        "home",
        "custody is idle"
    );
}

#[test]
fn changing_an_early_answer_keeps_the_later_ones() {
    let engine = spouse();
    let mut given = answers(&[
        ("sponsor", "family"),
        ("married", "ge2"),
        ("history", "divorced"),
        ("custody", "mine"),
        ("home", "own"),
    ]);
    given.set("history", Answer::choice("first"));
    let walk = engine.walk(&given);
    assert!(walk.result.is_some());
    assert_eq!(walk.not_asked, ["custody"]);
    given.set("history", Answer::choice("divorced"));
    assert_eq!(asked_ids(&engine, &engine.walk(&given)).len(), 5);
}

#[test]
fn not_knowing_gives_the_union_and_names_what_it_depends_on() {
    let engine = spouse();
    let given = [
        ("sponsor", "family"),
        ("married", "ge2"),
        ("history", "?"),
        ("home", "own"),
    ];
    let walk = engine.walk(&answers(&given));
    assert_eq!(
        engine.guide().questions[walk.next.unwrap().question].id,
        "custody"
    );

    let mut given = answers(&given);
    given.set("custody", Answer::choice("other"));
    let walk = engine.walk(&given);
    let result = walk.result.unwrap();
    assert_eq!(
        asked_ids(&engine, &engine.walk(&given)).len(),
        5,
        "each is asked once"
    );
    let certain: Vec<bool> = result.materials.iter().map(|it| it.is_certain).collect();
    assert_eq!(certain, [true, false, false, true]);
    assert_eq!(result.materials[1].depends_on, [2]);
    assert_eq!(result.unknown, [2]);
    let days = result.days.unwrap();
    assert_eq!((days.from, days.to, days.or_promise), (5, 10, false));

    given.set("home", Answer::Unknown);
    let result = engine.walk(&given).result.unwrap();
    assert_eq!(result.verdict, Verdict::Depends);
    assert_eq!(result.outcomes.len(), 2);
    assert_eq!(result.outcomes[1].depends_on, [4]);
    assert_eq!(result.turning_points[0].question, 4);
    assert_eq!(result.turning_points[0].instead, [2]);
}

#[test]
fn not_knowing_counts_only_where_the_question_allows_it() {
    let engine = spouse();
    let walk = engine.walk(&answers(&[("sponsor", "?")]));
    assert_eq!(walk.next.unwrap().question, 0);
}

#[test]
fn the_one_fact_that_would_change_the_answer_is_named() {
    let engine = spouse();
    let walk = engine.walk(&answers(&[("sponsor", "unit"), ("married", "lt2")]));
    let result = walk.result.unwrap();
    assert_eq!(result.verdict, Verdict::NotEligible);
    let point = &result.turning_points[0];
    assert_eq!((point.question, point.choice), (1, Some(0)));
    assert_eq!(point.instead, [1]);
    assert!(
        point.makes_eligible && !point.is_sure,
        "history and home are still open"
    );
}

#[test]
fn every_kind_of_fault_is_found_at_its_place() {
    let has = |faults: Vec<Fault>, place: Place, problem: Problem| {
        let fault = Fault { place, problem };
        assert!(faults.contains(&fault), "{fault} not in {faults:?}");
    };
    let question = |id: &str| Place::Question(id.into());
    let material = |id: &str| Place::Material(id.into());
    has(
        faults(|it| it.start = "nowhere".into()),
        Place::Guide,
        Problem::NoSuchQuestion("nowhere".into()),
    );
    has(
        faults(|it| it.questions[1].choices[1].next = Target::Question("sponsor".into())),
        question("sponsor"),
        Problem::Cycle(vec!["sponsor".into(), "married".into(), "sponsor".into()]),
    );
    has(
        faults(|it| it.questions[0].choices[2].next = Target::Outcome("gone".into())),
        Place::Choice {
            question: "sponsor".into(),
            choice: "none".into(),
        },
        Problem::NoSuchOutcome("gone".into()),
    );
    has(
        faults(|it| it.questions[1].choices.clear()),
        question("married"),
        Problem::DeadEnd,
    );
    has(
        faults(|it| it.outcomes[2].text.en.clear()),
        Place::Outcome("too_soon".into()),
        Problem::NoReason,
    );
    has(
        faults(|it| it.questions[0].choices[2].next = Target::Outcome("sold".into())),
        Place::Outcome("no_sponsor".into()),
        Problem::Unreachable,
    );
    has(
        faults(|it| it.materials[1].when = parse(r#"sponsor == "none""#).unwrap()),
        material("decree"),
        Problem::Unreachable,
    );
    has(
        faults(|it| it.materials[1].when = parse(r#"gender == "x""#).unwrap()),
        material("decree"),
        Problem::RuleNamesNoQuestion("gender".into()),
    );
    has(
        faults(|it| it.notes[0].when = parse(r#"sponsor == "x""#).unwrap()),
        Place::Note(0),
        Problem::RuleNamesNoChoice {
            question: "sponsor".into(),
            choice: "x".into(),
        },
    );
    has(
        faults(|it| it.questions[3].ask_if.as_mut().unwrap().condition = Condition::Always),
        question("custody"),
        Problem::SkipRuleDecidesNothing { always: true },
    );
    has(
        faults(|it| it.days[1].when = parse(r#"home == "sold""#).unwrap()),
        Place::Days(1),
        Problem::Unreachable,
    );
    has(
        faults(|it| it.days.swap(0, 1)),
        Place::Days(0),
        Problem::Unreachable,
    );
    has(
        faults(|it| it.outcomes[0].kind = OutcomeKind::OtherRoute),
        Place::Guide,
        Problem::NothingEligible,
    );
    has(
        faults(|it| {
            it.materials[1].name = it.materials[0].name.clone();
            it.materials[1].form = PaperForm::ECert;
        }),
        material("decree"),
        Problem::Contradicts {
            other: material("book"),
            why: "one wants the paper, the other says the office has it",
        },
    );
    has(
        faults(|it| it.materials[1].id = "book".into()),
        material("book"),
        Problem::SameId,
    );
}

#[test]
fn situations_count_results_and_not_paths() {
    let statistics = spouse().statistics();
    // Three refusals; for each sponsor: three histories times two homes that differ only for the
    // family, whose deed is asked for.
    assert_eq!(statistics.situations, 3 + 3 * 2 + 3);
    // One without a sponsor; for each sponsor one too soon, else three histories times three homes.
    assert_eq!(statistics.paths, 1 + 2 * (1 + 3 * 3));
    assert_eq!(statistics.longest_path, 5);
}

/// An engine without the check that everything is reached: random guides rarely pass it.
fn unchecked(guide: &Guide) -> Engine {
    Engine::examine(guide).unwrap().0
}

/// Result of the simple reading: outcome and, if one can apply, the rules that hold.
type Plain = (usize, BTreeSet<(char, usize)>);

fn holds(condition: &Condition, answers: &BTreeMap<&str, &str>) -> bool {
    match condition {
        Condition::Always => true,
        Condition::Is { question, choices } => answers
            .get(question.as_str())
            .is_some_and(|answer| choices.iter().any(|choice| choice == answer)),
        Condition::Not(inner) => !holds(inner, answers),
        Condition::All(parts) => parts.iter().all(|part| holds(part, answers)),
        Condition::Any(parts) => parts.iter().any(|part| holds(part, answers)),
    }
}

/// Walks the graph as the content file describes it, with a choice ready for every question.
fn plain(guide: &Guide, choices: &[usize]) -> Plain {
    let mut answers = BTreeMap::new();
    let mut target = Target::Question(guide.start.clone());
    loop {
        match target {
            Target::Question(id) => {
                let index = guide.questions.iter().position(|it| it.id == id).unwrap();
                let question = &guide.questions[index];
                target = match &question.ask_if {
                    Some(skip) if !holds(&skip.condition, &answers) => skip.otherwise.clone(),
                    _ => {
                        let choice = &question.choices[choices[index]];
                        answers.insert(question.id.as_str(), choice.id.as_str());
                        choice.next.clone()
                    }
                };
            }
            Target::Outcome(id) => {
                let outcome = guide.outcomes.iter().position(|it| it.id == id).unwrap();
                let mut rules = BTreeSet::new();
                if guide.outcomes[outcome].kind == OutcomeKind::Eligible {
                    let mut add = |kind, conditions: Vec<&Condition>| {
                        let all = conditions.into_iter().enumerate();
                        rules.extend(
                            all.filter(|it| holds(it.1, &answers))
                                .map(|it| (kind, it.0)),
                        );
                    };
                    add('m', guide.materials.iter().map(|it| &it.when).collect());
                    add('n', guide.notes.iter().map(|it| &it.when).collect());
                    add('s', guide.steps.iter().map(|it| &it.when).collect());
                    add('f', guide.fees.iter().map(|it| &it.when).collect());
                    let last = guide.days.iter().rposition(|it| holds(&it.when, &answers));
                    rules.extend(last.map(|index| ('d', index)));
                }
                return (outcome, rules);
            }
        }
    }
}

/// Every combination of choices, whether asked or not.
fn combinations(guide: &Guide) -> Vec<Vec<usize>> {
    guide.questions.iter().fold(vec![vec![]], |all, question| {
        let with = |list: &Vec<usize>, choice| list.iter().copied().chain([choice]).collect();
        all.iter()
            .flat_map(|list| (0..question.choices.len()).map(move |choice| with(list, choice)))
            .collect()
    })
}

/// The combinations that fit what is known: `None` = anything.
fn fitting(all: &[Vec<usize>], known: &[Option<usize>]) -> Vec<Vec<usize>> {
    let fits = |list: &&Vec<usize>| {
        list.iter()
            .zip(known)
            .all(|(choice, known)| known.is_none_or(|it| it == *choice))
    };
    all.iter().filter(fits).cloned().collect()
}

fn from_choices(guide: &Guide, choices: &[Option<usize>]) -> Answers {
    let pairs = guide
        .questions
        .iter()
        .zip(choices)
        .filter_map(|(question, choice)| {
            Some((
                question.id.as_str(),
                Answer::choice(&question.choices[(*choice)?].id),
            ))
        });
    pairs.collect()
}

fn lists(result: &super::GuideResult, is_certain: bool) -> BTreeSet<(char, usize)> {
    let days: &[super::Applied] = result.days.as_ref().map_or(&[], |days| &days.rules);
    let lists = [
        ('m', &result.materials[..]),
        ('n', &result.notes),
        ('s', &result.steps),
        ('f', &result.fees),
        ('d', days),
    ];
    let all = lists
        .into_iter()
        .flat_map(|(kind, list)| list.iter().map(move |it| (kind, it)));
    all.filter(|(_, it)| it.is_certain || !is_certain)
        .map(|(kind, it)| (kind, it.index))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_result_is_the_one_of_the_plain_reading(seed: u64) {
        let guide = sample::random(seed);
        let engine = unchecked(&guide);
        let mut situations = BTreeSet::new();
        for choices in combinations(&guide) {
            let known: Vec<Option<usize>> = choices.iter().copied().map(Some).collect();
            let result = engine.walk(&from_choices(&guide, &known)).result.unwrap();
            let (outcome, rules) = plain(&guide, &choices);
            prop_assert_eq!(result.outcomes[0].index, outcome);
            prop_assert_eq!(lists(&result, true), rules.clone());
            prop_assert!(result.materials.iter().all(|it| it.depends_on.is_empty()));
            let counted: BTreeSet<_> = rules.into_iter().filter(|it| "mn".contains(it.0)).collect();
            situations.insert((outcome, counted));
        }
        prop_assert_eq!(engine.situations().len(), situations.len());
    }

    #[test]
    fn a_question_is_asked_exactly_while_it_can_change_something(seed: u64) {
        let guide = sample::random(seed);
        let engine = unchecked(&guide);
        let all = combinations(&guide);
        let mut random = Random(seed);
        let mut known = vec![None; guide.questions.len()];
        while let Some(next) = engine.walk(&from_choices(&guide, &known)).next {
            prop_assert_eq!(known[next.question], None, "nothing is asked twice");
            let mut changed = BTreeSet::new();
            let mut outcomes = false;
            for choices in fitting(&all, &known) {
                let mut other = choices.clone();
                for choice in 0..guide.questions[next.question].choices.len() {
                    other[next.question] = choice;
                    let (a, b) = (plain(&guide, &choices), plain(&guide, &other));
                    outcomes |= a.0 != b.0;
                    let eligible = |it: &Plain| guide.outcomes[it.0].kind == OutcomeKind::Eligible;
                    if eligible(&a) && eligible(&b) {
                        changed.extend(a.1.symmetric_difference(&b.1).copied());
                    }
                }
            }
            prop_assert!(outcomes || !changed.is_empty(), "it changes something");
            let decides = &next.decides;
            let mut named = BTreeSet::new();
            for (kind, list) in [('m', &decides.materials), ('n', &decides.notes), ('s', &decides.steps),
                ('f', &decides.fees), ('d', &decides.days)] {
                named.extend(list.iter().map(|&index| (kind, index)));
            }
            prop_assert_eq!(named, changed, "the reason is what changes");
            known[next.question] = random.below(guide.questions[next.question].choices.len());
        }
    }

    #[test]
    fn not_knowing_is_the_union_of_knowing(seed: u64) {
        let guide = sample::random(seed);
        let engine = unchecked(&guide);
        let mut random = Random(seed);
        let mut known = vec![None; guide.questions.len()];
        let mut given = Answers::default();
        while let Some(next) = engine.walk(&given).next {
            let question = &guide.questions[next.question];
            prop_assert!(given.get(&question.id).is_none(), "nothing is asked twice");
            if question.unknown.is_some() && random.below(2) == Some(0) {
                given.set(&question.id, Answer::Unknown);
            } else {
                let choice = random.below(question.choices.len()).unwrap();
                known[next.question] = Some(choice);
                given.set(&question.id, Answer::choice(&question.choices[choice].id));
            }
        }
        let result = engine.walk(&given).result.unwrap();
        let fitting = fitting(&combinations(&guide), &known);
        let plains: Vec<Plain> = fitting.iter().map(|choices| plain(&guide, choices)).collect();
        let outcomes: BTreeSet<usize> = plains.iter().map(|it| it.0).collect();
        prop_assert_eq!(result.outcomes.iter().map(|it| it.index).collect::<BTreeSet<_>>(), outcomes);
        let eligible = |it: &&Plain| guide.outcomes[it.0].kind == OutcomeKind::Eligible;
        let mut certain: Option<BTreeSet<_>> = None;
        let mut possible = BTreeSet::new();
        for (_, rules) in plains.iter().filter(eligible) {
            certain = Some(certain.map_or_else(|| rules.clone(), |it| &it & rules));
            possible.extend(rules.iter().copied());
        }
        prop_assert_eq!(lists(&result, false), possible);
        prop_assert_eq!(lists(&result, true), certain.unwrap_or_default());
        for material in &result.materials {
            prop_assert_eq!(material.depends_on.is_empty(), material.is_certain);
        }
    }

    #[test]
    fn a_turning_point_turns_the_outcome(seed: u64) {
        let guide = sample::random(seed);
        let engine = unchecked(&guide);
        let mut random = Random(seed);
        let choices: Vec<Option<usize>> =
            guide.questions.iter().map(|it| random.below(it.choices.len())).collect();
        let given = from_choices(&guide, &choices);
        let walk = engine.walk(&given);
        for point in walk.result.unwrap().turning_points {
            for choice in point.instead {
                let mut turned = Answers::default();
                for asked in &walk.asked {
                    let question = &guide.questions[asked.question];
                    let same = asked.choice.unwrap();
                    let choice = if asked.question == point.question { choice } else { same };
                    turned.set(&question.id, Answer::choice(&question.choices[choice].id));
                }
                let walk = engine.walk(&turned);
                match walk.result {
                    Some(result) => prop_assert_eq!(result.verdict == Verdict::Eligible, point.makes_eligible),
                    None => prop_assert!(!point.is_sure || walk.next.is_some()),
                }
            }
        }
    }
}
