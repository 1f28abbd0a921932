//! The engine, case by case.

mod property;

use super::fault::{Place, Problem};
use super::{Answer, Answers, Engine, Fault, Verdict, Walk, parse, sample};
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
