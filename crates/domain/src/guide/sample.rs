//! Guides for tests: a small one written by hand and random ones.

use super::digest::Random;
use super::expression::parse;
use yichuang_contract::Text;
use yichuang_contract::guide::{
    AskIf, Choice, Condition, Guide, GuideDays, GuideFee, GuideMaterial, GuideNote, Outcome,
    OutcomeKind, Question, Target,
};
use yichuang_contract::service::PaperForm;

fn text(text: &str) -> Text {
    Text::new(text, text)
}

fn target(text: &str) -> Target {
    text.strip_prefix('@').map_or_else(
        || Target::Question(text.into()),
        |outcome| Target::Outcome(outcome.into()),
    )
}

/// A question from `id` and `choice>next` pairs.
pub(crate) fn question(id: &str, choices: &[(&str, &str)]) -> Question {
    Question {
        id: id.into(),
        shared: None,
        text: text(id),
        hint: None,
        unknown: None,
        ask_if: None,
        choices: choices
            .iter()
            .map(|&(id, next)| Choice {
                id: id.into(),
                label: text(id),
                next: target(next),
            })
            .collect(),
    }
}

pub(crate) fn material(id: &str, when: &str) -> GuideMaterial {
    GuideMaterial {
        id: id.into(),
        name: text(id),
        form: PaperForm::Original,
        when: parse(when).unwrap(),
        basis: String::new(),
    }
}

pub(crate) fn note(words: &str, when: &str) -> GuideNote {
    GuideNote {
        when: parse(when).unwrap(),
        text: text(words),
    }
}

pub(crate) fn outcome(id: &str, kind: OutcomeKind) -> Outcome {
    Outcome {
        id: id.into(),
        kind,
        text: text(id),
        routes: Vec::new(),
    }
}

/// Joining a spouse, shortened: a skip rule, an idle question, an unknown, fees and days.
pub(crate) fn spouse() -> Guide {
    let mut questions = vec![
        question(
            "sponsor",
            &[
                ("family", "married"),
                ("unit", "married"),
                ("none", "@no_sponsor"),
            ],
        ),
        question("married", &[("lt2", "@too_soon"), ("ge2", "history")]),
        question("history", &[("first", "custody"), ("divorced", "custody")]),
        question("custody", &[("mine", "home"), ("other", "home")]),
        question(
            "home",
            &[("own", "@apply"), ("rented", "@apply"), ("sold", "@sold")],
        ),
    ];
    questions[3].ask_if = Some(AskIf {
        condition: parse(r#"history == "divorced""#).unwrap(),
        otherwise: target("home"),
    });
    questions[2].unknown = Some(text("Ask the archive."));
    questions[4].unknown = Some(text("Look at the deed."));
    Guide {
        service: "HJ-017".parse().unwrap(),
        title: text("Joining a spouse"),
        start: "sponsor".into(),
        questions,
        materials: vec![
            material("book", "always"),
            material("decree", r#"history == "divorced""#),
            material("consent", r#"history == "divorced" and custody == "other""#),
            material("deed", r#"sponsor == "family" and home == "own""#),
        ],
        notes: vec![note("The unit must agree.", r#"sponsor == "unit""#)],
        steps: vec![note("The archive is asked.", r#"history == "divorced""#)],
        fees: vec![GuideFee {
            when: parse(r#"home == "rented""#).unwrap(),
            name: text("Register book"),
            amount_fen: 1000,
        }],
        days: vec![
            GuideDays {
                when: Condition::Always,
                days: 5,
                reason: text("usual"),
            },
            GuideDays {
                when: parse(r#"history == "divorced""#).unwrap(),
                days: 10,
                reason: text("archive"),
            },
        ],
        outcomes: vec![
            outcome("apply", OutcomeKind::Eligible),
            outcome("no_sponsor", OutcomeKind::NotEligible),
            outcome("too_soon", OutcomeKind::NotYet),
            outcome("sold", OutcomeKind::NotYet),
        ],
    }
}

/// A guide whose graph has no cycle, with random choices, skip rules and rules. Parts of it may be
/// unreachable, so [`super::Engine::new`] may refuse it.
pub(crate) fn random(seed: u64) -> Guide {
    let mut random = Random(seed);
    let mut below = |limit: usize| random.below(limit).unwrap_or(0);
    let count = 2 + below(5);
    let mut guide = spouse();
    guide.outcomes = vec![
        outcome("yes", OutcomeKind::Eligible),
        outcome("also", OutcomeKind::Eligible),
        outcome("no", OutcomeKind::NotEligible),
    ];
    guide.questions.clear();
    let mut sizes = Vec::new();
    for index in 0..count {
        let size = 2 + below(2);
        let mut next = |index: usize| {
            let later = count - index - 1;
            if later == 0 || below(4) == 0 {
                ["@yes", "@also", "@no"][below(3)].to_owned()
            } else {
                format!("q{}", index + 1 + below(later.min(2)))
            }
        };
        let choices: Vec<(String, String)> = (0..size)
            .map(|choice| (format!("c{choice}"), next(index)))
            .collect();
        let choices: Vec<(&str, &str)> = choices
            .iter()
            .map(|(id, next)| (id.as_str(), next.as_str()))
            .collect();
        let mut asked = question(&format!("q{index}"), &choices);
        let otherwise = target(&next(index));
        if index > 0 && below(3) == 0 {
            let condition = condition(&mut below, &sizes, 2);
            asked.ask_if = Some(AskIf {
                condition,
                otherwise,
            });
        }
        if below(3) == 0 {
            asked.unknown = Some(text("Find out."));
        }
        sizes.push(size);
        guide.questions.push(asked);
    }
    guide.start = "q0".into();
    guide.materials = (0..4)
        .map(|index| {
            let mut it = material(&format!("m{index}"), "always");
            it.when = condition(&mut below, &sizes, 2);
            it
        })
        .collect();
    guide.notes[0].when = condition(&mut below, &sizes, 1);
    guide.steps[0].when = condition(&mut below, &sizes, 1);
    guide.fees[0].when = condition(&mut below, &sizes, 1);
    guide.days[1].when = condition(&mut below, &sizes, 1);
    guide
}

fn condition(below: &mut impl FnMut(usize) -> usize, sizes: &[usize], depth: usize) -> Condition {
    match if depth == 0 { 0 } else { below(6) } {
        1 => Condition::Not(Box::new(condition(below, sizes, depth - 1))),
        2 => Condition::All((0..2).map(|_| condition(below, sizes, depth - 1)).collect()),
        3 => Condition::Any((0..2).map(|_| condition(below, sizes, depth - 1)).collect()),
        _ => {
            let question = below(sizes.len());
            Condition::Is {
                question: format!("q{question}"),
                choices: vec![format!("c{}", below(sizes[question]))],
            }
        }
    }
}

/// A random guide without faults: the first such one from this seed on.
pub(crate) fn sound(seed: u64) -> Guide {
    (0..10_000)
        .map(|step| random(seed.wrapping_add(step)))
        .find(|guide| super::Engine::new(guide).is_ok())
        .expect("one random guide in ten thousand is sound")
}
