//! The engine of one guide: from answers to the next question or the result.

use super::answers::{Answer, Answers};
use super::compile::{Compiled, compile};
use super::diagram::{Diagram, Node, build};
use super::fault::{Fault, Place, Problem};
use super::result::{Detail, GuideResult, routes};
use super::set::Set;
use super::validate::validate;
use super::why::Decides;
use std::collections::BTreeSet;
use yichuang_contract::guide::Guide;

/// The engine of one guide. It is made once and walked as often as an answer changes.
#[derive(Clone, Debug)]
pub struct Engine {
    pub(super) guide: Guide,
    pub(super) core: Core,
}

/// What computes: the guide without its words. The planner uses it as it is.
#[derive(Clone, Debug)]
pub(crate) struct Core {
    pub(super) compiled: Compiled,
    pub(super) diagram: Diagram,
}

/// How far a person has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The questions asked and answered, in order.
    pub asked: Vec<Asked>,
    /// The next question; `None` when the result is there.
    pub next: Option<Next>,
    /// The result; `None` while a question is open.
    pub result: Option<GuideResult>,
    /// Identifiers of answered questions that are not asked on this path. Their answers are kept.
    pub not_asked: Vec<String>,
}

/// A question that was asked and answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Position of the question in [`Guide::questions`].
    pub question: usize,
    /// Position of the choice in its choices; `None` = "I don't know".
    pub choice: Option<usize>,
}

/// The question to ask next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// Position of the question in [`Guide::questions`].
    pub question: usize,
    /// Why it is asked: what still depends on it.
    pub decides: Decides,
    /// The most questions that are left, this one included.
    pub left_at_most: usize,
}

/// The nodes a walk stands on: one, or several after an "I don't know".
pub(crate) type Position = BTreeSet<usize>;

impl Engine {
    /// Compiles a guide.
    ///
    /// # Errors
    /// Every fault of the guide. A guide with a fault has no engine: a person must never meet a
    /// question without an end or a paper that is asked for and not asked for.
    pub fn new(guide: &Guide) -> Result<Self, Vec<Fault>> {
        match Self::examine(guide)? {
            (engine, faults) if faults.is_empty() => Ok(engine),
            (_, faults) => Err(faults),
        }
    }

    /// Compiles a guide for a report on it: an engine as soon as its references are sound, with
    /// the faults that remain.
    ///
    /// # Errors
    /// Every broken reference, cycle and dead end, or that the guide is too large.
    pub fn examine(guide: &Guide) -> Result<(Self, Vec<Fault>), Vec<Fault>> {
        let (core, faults) = Core::examine(guide)?;
        let engine = Self {
            guide: guide.clone(),
            core,
        };
        Ok((engine, faults))
    }

    /// The guide it was made from.
    #[must_use]
    pub const fn guide(&self) -> &Guide {
        &self.guide
    }

    /// The most questions anybody is asked.
    #[must_use]
    pub fn questions_at_most(&self) -> usize {
        self.core.questions_at_most()
    }

    /// The questions that somebody is asked; the others decide nothing any more.
    #[must_use]
    pub fn questions_asked(&self) -> Vec<usize> {
        self.core.questions_below(&self.core.begin()).collect()
    }

    /// Where the answers lead.
    #[must_use]
    pub fn walk(&self, answers: &Answers) -> Walk {
        let (asked, position) = self
            .core
            .follow(&|question| self.choice_of(answers, question));
        let next = self.core.foremost(&position).map(|question| Next {
            question,
            decides: self.core.decides(&position, question),
            left_at_most: self.core.left_at_most(&position),
        });
        let result = next.is_none().then(|| {
            let mut result = self.core.result(&asked, &position, Detail::Full);
            result.routes = routes(&self.guide, &result.outcomes);
            result
        });
        let is_asked = |id: &str| {
            let asked_here = |it: &Asked| self.guide.questions[it.question].id == id;
            asked.iter().any(asked_here)
        };
        let not_asked = answers
            .iter()
            .filter(|(id, _)| !is_asked(id))
            .map(|(id, _)| id.to_owned())
            .collect();
        Walk {
            asked,
            next,
            result,
            not_asked,
        }
    }

    /// The answer to a question as an index, if it is one the question allows.
    /// `Some(None)` = "I don't know".
    fn choice_of(&self, answers: &Answers, question: usize) -> Option<Option<usize>> {
        let question = &self.guide.questions[question];
        match answers.get(&question.id)? {
            Answer::Unknown => question.unknown.as_ref().map(|_| None),
            Answer::Choice(id) => question
                .choices
                .iter()
                .position(|choice| choice.id == *id)
                .map(Some),
        }
    }
}

impl Core {
    /// Compiles a guide that content has checked; `None` if it cannot be compiled all the same.
    pub(crate) fn new(guide: &Guide) -> Option<Self> {
        let compiled = compile(guide).ok()?;
        let diagram = build(&compiled)?;
        Some(Self { compiled, diagram })
    }

    fn examine(guide: &Guide) -> Result<(Self, Vec<Fault>), Vec<Fault>> {
        let compiled = compile(guide)?;
        let Some(diagram) = build(&compiled) else {
            return Err(vec![Fault {
                place: Place::Guide,
                problem: Problem::TooLarge,
            }]);
        };
        let faults = validate(guide, &compiled, &diagram);
        Ok((Self { compiled, diagram }, faults))
    }

    fn questions_at_most(&self) -> usize {
        self.diagram.summaries[self.diagram.root].longest
    }

    /// Follows answers from the start until one is missing or all paths have ended.
    pub(super) fn follow(
        &self,
        answer_to: &dyn Fn(usize) -> Option<Option<usize>>,
    ) -> (Vec<Asked>, Position) {
        let mut asked = Vec::new();
        let mut position = self.begin();
        while let Some(question) = self.foremost(&position) {
            let Some(choice) = answer_to(question) else {
                break;
            };
            asked.push(Asked { question, choice });
            position = self.step(&position, question, choice);
        }
        (asked, position)
    }

    /// Where a walk begins.
    pub(crate) fn begin(&self) -> Position {
        Position::from([self.diagram.root])
    }

    /// The questions that can still be asked from a position on, in the guide's order.
    pub(crate) fn questions_below(&self, position: &Position) -> impl Iterator<Item = usize> {
        self.set_below(position).iter()
    }

    fn set_below(&self, position: &Position) -> Set {
        let mut below = Set::default();
        for &node in position {
            below.unite(self.diagram.summaries[node].questions);
        }
        below
    }

    /// The question to ask at a position: the foremost in the order along the arrows.
    pub(crate) fn foremost(&self, position: &Position) -> Option<usize> {
        position
            .iter()
            .filter_map(|&node| match self.diagram.nodes[node] {
                Node::Ask(question, _) => Some(question),
                Node::Leaf(_) => None,
            })
            .min_by_key(|&question| self.compiled.rank[question])
    }

    /// Answers one question at a position; `None` follows all its choices.
    pub(crate) fn step(
        &self,
        position: &Position,
        question: usize,
        choice: Option<usize>,
    ) -> Position {
        let mut after = Position::new();
        for &node in position {
            match &self.diagram.nodes[node] {
                Node::Ask(asked, children) if *asked == question => match choice {
                    Some(choice) => {
                        after.insert(children[choice]);
                    }
                    None => after.extend(children),
                },
                _ => {
                    after.insert(node);
                }
            }
        }
        after
    }

    /// The most questions left. On one node this is exact; on several, the questions that can come
    /// are counted once each, which may be more than any one person meets.
    pub(crate) fn left_at_most(&self, position: &Position) -> usize {
        if position.len() == 1 {
            let longest = |&node: &usize| self.diagram.summaries[node].longest;
            return position.iter().map(longest).max().unwrap_or(0);
        }
        self.set_below(position).iter().count()
    }
}
