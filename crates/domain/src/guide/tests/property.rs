//! The engine against a slow and simple reading of the same guide.

use super::super::digest::Random;
use super::super::{Answer, Answers, Applied, Engine, GuideResult, Verdict, sample};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use yichuang_contract::guide::{Condition, Guide, OutcomeKind, Target};

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

fn lists(result: &GuideResult, is_certain: bool) -> BTreeSet<(char, usize)> {
    let days: &[Applied] = result.days.as_ref().map_or(&[], |days| &days.rules);
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
