//! What a sound structure can still get wrong: things never reached, rules that contradict.

use super::compile::{Compiled, List, place_of_rule};
use super::diagram::{Diagram, Leaf, Node};
use super::fault::{Fault, Place, Problem};
use super::set::Set;
use std::collections::BTreeSet;
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
    let mut seen = BTreeSet::new();
    for node in &diagram.nodes {
        if let Node::Leaf(leaf) = node {
            contradictions(guide, compiled, leaf, &mut seen);
        }
    }
    faults.extend(seen);
    faults
}

/// Two rules contradict if, in one situation, one wants a paper brought and another says there is
/// nothing to bring of the same name, or if the same fee is charged with two amounts, or if the
/// same sentence is said twice.
fn contradictions(guide: &Guide, compiled: &Compiled, leaf: &Leaf, found: &mut BTreeSet<Fault>) {
    let layout = compiled.layout;
    let pairs = |list| {
        let range = layout.range(list);
        let start = range.start;
        let rules: Vec<usize> = range.filter(|&rule| has(&leaf.applies, rule)).collect();
        let mut pairs = Vec::new();
        for (position, &later) in rules.iter().enumerate() {
            pairs.extend(
                rules[..position]
                    .iter()
                    .map(|&earlier| (earlier - start, later - start)),
            );
        }
        pairs
    };
    let mut add = |list, (earlier, later): (usize, usize), why| {
        let start = layout.range(list).start;
        found.insert(Fault {
            place: place_of_rule(guide, layout, start + later),
            problem: Problem::Contradicts {
                other: place_of_rule(guide, layout, start + earlier),
                why,
            },
        });
    };
    for pair in pairs(List::Materials) {
        let (a, b) = (&guide.materials[pair.0], &guide.materials[pair.1]);
        if a.name.zh == b.name.zh || a.name.en == b.name.en {
            let is_nothing = |form| form == PaperForm::ECert;
            if a.form == b.form {
                add(List::Materials, pair, "the same paper is asked for twice");
            } else if is_nothing(a.form) != is_nothing(b.form) {
                add(
                    List::Materials,
                    pair,
                    "one wants the paper, the other says the office has it",
                );
            }
        }
    }
    for (list, items) in [(List::Notes, &guide.notes), (List::Steps, &guide.steps)] {
        for pair in pairs(list) {
            if items[pair.0].text == items[pair.1].text {
                add(list, pair, "the same sentence is said twice");
            }
        }
    }
    for pair in pairs(List::Fees) {
        let (a, b) = (&guide.fees[pair.0], &guide.fees[pair.1]);
        if a.name == b.name {
            add(List::Fees, pair, "the same fee is charged twice");
        }
    }
}

fn has(set: &Set, number: usize) -> bool {
    set.has(number)
}
