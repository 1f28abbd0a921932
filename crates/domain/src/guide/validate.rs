//! What a sound structure can still get wrong: things never reached, rules that contradict.

use super::compile::{Compiled, Layout, List, place_of_rule};
use super::diagram::{Diagram, Node};
use super::fault::{Fault, Place, Problem};
use yichuang_contract::guide::Guide;
use yichuang_contract::service::PaperForm;

/// Faults of a guide whose references are sound.
pub(super) fn validate(guide: &Guide, compiled: &Compiled, diagram: &Diagram) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |place, problem| faults.push(Fault { place, problem });
    let census = &diagram.census;
    for (index, question) in guide.questions.iter().enumerate() {
        let place = Place::Question(question.id.clone());
        let (asked, skipped) = (census.asked.has(index), census.skipped.has(index));
        if question.ask_if.is_some() && asked != skipped {
            fault(place, Problem::SkipRuleDecidesNothing { always: asked });
        } else if !census.questions.has(index) {
            fault(place, Problem::Unreachable);
        }
    }
    for (index, outcome) in guide.outcomes.iter().enumerate() {
        let place = Place::Outcome(outcome.id.clone());
        if outcome.text.zh.trim().is_empty() || outcome.text.en.trim().is_empty() {
            fault(place.clone(), Problem::NoReason);
        }
        if !census.outcomes.has(index) {
            fault(place, Problem::Unreachable);
        }
    }
    let root = &diagram.summaries[diagram.root];
    if !root.can_be_eligible {
        fault(Place::Guide, Problem::NothingEligible);
    }
    for rule in 0..compiled.layout.len() {
        if root.can_be_eligible && !root.possible.has(rule) {
            fault(
                place_of_rule(guide, compiled.layout, rule),
                Problem::Unreachable,
            );
        }
    }
    let pairs = contradicting_pairs(guide, compiled.layout);
    let mut met = vec![false; pairs.len()];
    for node in &diagram.nodes {
        if let Node::Leaf(leaf) = node {
            for (met, pair) in met.iter_mut().zip(&pairs) {
                *met |= leaf.applies.has(pair.earlier) && leaf.applies.has(pair.later);
            }
        }
    }
    for (pair, _) in pairs.iter().zip(met).filter(|(_, met)| *met) {
        let other = place_of_rule(guide, compiled.layout, pair.earlier);
        let problem = Problem::Contradicts {
            other,
            why: pair.why,
        };
        fault(place_of_rule(guide, compiled.layout, pair.later), problem);
    }
    faults
}

/// Two rules that must not hold in the same situation, as positions among all rules.
struct Pair {
    earlier: usize,
    later: usize,
    why: &'static str,
}

/// Two rules contradict if, in one situation, one wants a paper brought and another says there is
/// nothing to bring of the same name, or if the same paper, sentence or fee comes twice.
fn contradicting_pairs(guide: &Guide, layout: Layout) -> Vec<Pair> {
    let mut found = Vec::new();
    let mut compare = |list, why: &dyn Fn(usize, usize) -> Option<&'static str>| {
        let range = layout.range(list);
        for later in range.clone() {
            for earlier in range.start..later {
                if let Some(why) = why(earlier - range.start, later - range.start) {
                    found.push(Pair {
                        earlier,
                        later,
                        why,
                    });
                }
            }
        }
    };
    compare(List::Materials, &|a, b| {
        let (a, b) = (&guide.materials[a], &guide.materials[b]);
        let is_nothing = |form| form == PaperForm::ECert;
        if a.name.zh != b.name.zh && a.name.en != b.name.en {
            None
        } else if a.form == b.form {
            Some("the same paper is asked for twice")
        } else if is_nothing(a.form) == is_nothing(b.form) {
            None
        } else {
            Some("one wants the paper, the other says the office has it")
        }
    });
    for (list, sentences) in [(List::Notes, &guide.notes), (List::Steps, &guide.steps)] {
        compare(list, &|a, b| {
            (sentences[a].text == sentences[b].text).then_some("the same sentence is said twice")
        });
    }
    compare(List::Fees, &|a, b| {
        (guide.fees[a].name == guide.fees[b].name).then_some("the same fee is charged twice")
    });
    found
}
