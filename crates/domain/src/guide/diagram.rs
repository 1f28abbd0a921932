//! The reduced decision diagram of a guide: all paths, equal parts merged, idle questions left out.
//!
//! Children come before their parents, so one pass from the front sees every child first.

use super::answers::MOST_CHOICES;
use super::compile::{Compiled, Goal, List};
use super::rule::Assignment;
use super::set::Set;
use std::collections::BTreeMap;

/// A node of the diagram.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// A question whose choices do not all lead to the same node; one child a choice.
    Ask(usize, Vec<usize>),
    /// The end of a path.
    Leaf(Leaf),
}

/// The end of a path: what a person is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Leaf {
    pub(super) outcome: usize,
    /// The rules that apply; none where one cannot apply. Of the days only the one that wins.
    pub(super) applies: Set,
}

/// What is known about everything below a node.
#[derive(Clone, Debug)]
pub(super) struct Summary {
    /// Outcomes that can be reached.
    pub(super) outcomes: Set,
    /// Rules that hold in at least one eligible ending.
    pub(super) possible: Set,
    /// Rules that hold in every eligible ending.
    pub(super) certain: Set,
    pub(super) can_be_eligible: bool,
    pub(super) can_be_ineligible: bool,
    /// The questions that can still be asked, this one included.
    pub(super) questions: Set,
    /// The most questions that remain.
    pub(super) longest: usize,
}

/// What the walk over the unreduced graph met.
#[derive(Clone, Debug)]
pub(super) struct Census {
    /// Different sequences of answers.
    pub(super) paths: u64,
    /// The most questions on one of them.
    pub(super) longest: usize,
    pub(super) questions: Set,
    pub(super) outcomes: Set,
    /// Questions whose skip rule was true, and those whose skip rule was false.
    pub(super) asked: Set,
    pub(super) skipped: Set,
}

/// The diagram.
#[derive(Clone, Debug)]
pub(super) struct Diagram {
    pub(super) nodes: Vec<Node>,
    pub(super) summaries: Vec<Summary>,
    pub(super) root: usize,
    pub(super) census: Census,
}

/// States a guide may have before it is refused; the largest guide of the content needs a few
/// thousand, and this many still take well under a second in a browser.
const MOST_STATES: usize = 200_000;

/// Builds the diagram; `None` if the guide is too large.
pub(super) fn build(guide: &Compiled) -> Option<Diagram> {
    let questions = guide.questions.len();
    if questions.max(guide.eligible.len()).max(guide.layout.len()) > Set::CAPACITY {
        return None;
    }
    let mut builder = Builder {
        guide,
        matters: matters(guide),
        classes: classes(guide),
        known: BTreeMap::new(),
        states: 0,
        ids: BTreeMap::new(),
        diagram: Diagram {
            nodes: Vec::new(),
            summaries: Vec::new(),
            root: 0,
            census: Census {
                paths: 0,
                longest: 0,
                questions: Set::default(),
                outcomes: Set::default(),
                asked: Set::default(),
                skipped: Set::default(),
            },
        },
    };
    let start = Goal::Question(guide.start);
    let root = builder.visit(start, &mut vec![None; questions])?;
    let mut diagram = builder.diagram;
    diagram.root = root.node;
    diagram.census.paths = root.paths;
    diagram.census.longest = root.longest;
    Some(diagram)
}

/// For each question, the questions whose answers can still matter from there on: those named by
/// a rule, or by a skip rule that can still come.
fn matters(guide: &Compiled) -> Vec<Vec<usize>> {
    let count = guide.questions.len();
    let mut named = Set::default();
    for rule in &guide.rules {
        rule.comparisons(&mut |question, _| named.insert(question));
    }
    let mut sets = vec![named; count];
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&question| std::cmp::Reverse(guide.rank[question]));
    for question in order {
        let mut set = sets[question];
        if let Some((rule, _)) = &guide.questions[question].ask_if {
            rule.comparisons(&mut |named, _| set.insert(named));
        }
        for follower in guide.questions[question].followers() {
            set.unite(sets[follower]);
        }
        sets[question] = set;
    }
    sets.iter().map(|set| set.iter().collect()).collect()
}

/// For each choice of each question, the first choice that no rule tells from it.
fn classes(guide: &Compiled) -> Vec<Vec<usize>> {
    let mut asked_for: Vec<Vec<u64>> = vec![Vec::new(); guide.questions.len()];
    let skip_rules = guide
        .questions
        .iter()
        .filter_map(|it| Some(&it.ask_if.as_ref()?.0));
    for rule in guide.rules.iter().chain(skip_rules) {
        rule.comparisons(&mut |question, choices| asked_for[question].push(choices));
    }
    let classes = guide
        .questions
        .iter()
        .zip(&asked_for)
        .map(|(question, asked_for)| {
            let is_same = |one: usize, other: usize| {
                asked_for
                    .iter()
                    .all(|bits| bits >> one & 1 == bits >> other & 1)
            };
            (0..question.choices.len())
                .map(|choice| {
                    (0..choice)
                        .find(|&it| is_same(it, choice))
                        .unwrap_or(choice)
                })
                .collect()
        });
    classes.collect()
}

/// A part of the unreduced tree.
#[derive(Clone, Copy)]
struct Part {
    node: usize,
    paths: u64,
    longest: usize,
}

struct Builder<'guide> {
    guide: &'guide Compiled,
    matters: Vec<Vec<usize>>,
    classes: Vec<Vec<usize>>,
    /// Parts by question and the answers that can still matter.
    known: BTreeMap<(usize, u128), Part>,
    states: usize,
    ids: BTreeMap<Node, usize>,
    diagram: Diagram,
}

impl Builder<'_> {
    fn visit(&mut self, goal: Goal, answers: &mut Assignment) -> Option<Part> {
        let question = match goal {
            Goal::Outcome(outcome) => {
                self.diagram.census.outcomes.insert(outcome);
                let node = self.leaf(outcome, answers);
                return Some(Part {
                    node,
                    paths: 1,
                    longest: 0,
                });
            }
            Goal::Question(question) => question,
        };
        let guide = self.guide;
        if let Some((rule, otherwise)) = &guide.questions[question].ask_if {
            if rule.holds(answers) {
                self.diagram.census.asked.insert(question);
            } else {
                self.diagram.census.skipped.insert(question);
                return self.visit(*otherwise, answers);
            }
        }
        self.diagram.census.questions.insert(question);
        let key = self.pack(question, answers);
        if let Some(part) = key.and_then(|key| self.known.get(&key)) {
            return Some(*part);
        }
        self.states += 1;
        if self.states > MOST_STATES {
            return None;
        }
        let choices = &guide.questions[question].choices;
        let mut parts: Vec<Part> = Vec::with_capacity(choices.len());
        for (choice, &next) in choices.iter().enumerate() {
            let class = self.classes[question][choice];
            // Nothing tells two choices of one class apart but where they lead.
            let same = (class..choice)
                .find(|&it| self.classes[question][it] == class && choices[it] == next);
            if let Some(same) = same {
                parts.push(parts[same]);
                continue;
            }
            answers[question] = Some(choice);
            let part = self.visit(next, answers);
            answers[question] = None;
            parts.push(part?);
        }
        let children: Vec<usize> = parts.iter().map(|part| part.node).collect();
        let paths = parts
            .iter()
            .fold(0, |sum: u64, part| sum.saturating_add(part.paths));
        let longest = parts.iter().map(|part| part.longest + 1).max().unwrap_or(0);
        let node = if children.iter().all(|child| *child == children[0]) {
            children[0]
        } else {
            self.intern(Node::Ask(question, children))
        };
        let part = Part {
            node,
            paths,
            longest,
        };
        if let Some(key) = key {
            self.known.insert(key, part);
        }
        Some(part)
    }

    /// The question and the answers that matter from there on in one number: six bits hold the class
    /// of an answer or "not asked". Beyond 21 answers there is none, and the part is visited each time.
    fn pack(&self, question: usize, answers: &Assignment) -> Option<(usize, u128)> {
        const { assert!(MOST_CHOICES < 1 << 6) };
        let matters = &self.matters[question];
        if matters.len() > 21 {
            return None;
        }
        let sign = |question: &usize| {
            answers[*question].map_or(0, |choice| self.classes[*question][choice] as u128 + 1)
        };
        let answers = matters
            .iter()
            .fold(0, |packed, question| packed << 6 | sign(question));
        Some((question, answers))
    }

    fn leaf(&mut self, outcome: usize, answers: &Assignment) -> usize {
        let guide = self.guide;
        let mut applies = Set::default();
        if guide.eligible[outcome] {
            let days = guide.layout.range(List::Days);
            let holds = |rule: &usize| guide.rules[*rule].holds(answers);
            (0..days.start)
                .filter(holds)
                .for_each(|rule| applies.insert(rule));
            if let Some(last) = days.rev().find(holds) {
                applies.insert(last);
            }
        }
        self.intern(Node::Leaf(Leaf { outcome, applies }))
    }

    fn intern(&mut self, node: Node) -> usize {
        if let Some(&id) = self.ids.get(&node) {
            return id;
        }
        let id = self.diagram.nodes.len();
        let summary = self.summarise(&node);
        self.diagram.summaries.push(summary);
        self.diagram.nodes.push(node.clone());
        self.ids.insert(node, id);
        id
    }

    fn summarise(&self, node: &Node) -> Summary {
        let guide = self.guide;
        let rules = guide.layout.len();
        let mut summary = Summary {
            outcomes: Set::default(),
            possible: Set::default(),
            certain: Set::full(rules),
            can_be_eligible: false,
            can_be_ineligible: false,
            questions: Set::default(),
            longest: 0,
        };
        match node {
            Node::Leaf(leaf) => {
                summary.outcomes.insert(leaf.outcome);
                summary.can_be_eligible = guide.eligible[leaf.outcome];
                summary.can_be_ineligible = !summary.can_be_eligible;
                if summary.can_be_eligible {
                    summary.possible = leaf.applies;
                    summary.certain = leaf.applies;
                }
            }
            Node::Ask(question, children) => {
                summary.questions.insert(*question);
                for &child in children {
                    let below = &self.diagram.summaries[child];
                    summary.outcomes.unite(below.outcomes);
                    summary.possible.unite(below.possible);
                    summary.certain.keep(below.certain);
                    summary.can_be_eligible |= below.can_be_eligible;
                    summary.can_be_ineligible |= below.can_be_ineligible;
                    summary.questions.unite(below.questions);
                    summary.longest = summary.longest.max(below.longest + 1);
                }
            }
        }
        summary
    }
}
