//! Guided questions (问答式指引): from a few answers to a personal checklist.
//!
//! A guide is content ([`yichuang_contract::guide::Guide`]): questions whose choices lead to further
//! questions or to an outcome, and rules that say which material, note, step, fee or number of days
//! applies to which answers. [`Engine::new`] proves that it is sound, or names every [`Fault`];
//! [`Engine::walk`] then turns [`Answers`] into the questions asked so far, the next one with the
//! reason for asking it, or the result.
//!
//! ```
//! use yichuang_domain::guide::{Answer, Answers, Engine, parse};
//! # use yichuang_contract::{guide::*, service::PaperForm, Text};
//! # let text = |it: &str| Text::new(it, it);
//! # let choice = |id: &str, outcome: &str| Choice {
//! #     id: id.into(), label: text(id), next: Target::Outcome(outcome.into()) };
//! # let outcome = |id: &str, kind| Outcome { id: id.into(), kind, text: text(id), routes: vec![] };
//! let guide = Guide {
//!     start: "married".into(),
//!     questions: vec![Question {
//!         id: "married".into(),
//!         text: text("Are you married?"),
//!         choices: vec![choice("yes", "apply"), choice("no", "not_married")],
//! #       shared: None, hint: None, unknown: None, ask_if: None,
//!     }],
//!     materials: vec![GuideMaterial {
//!         id: "certificate".into(),
//!         name: text("Marriage certificate"),
//!         form: PaperForm::Original,
//!         when: parse(r#"married == "yes""#)?,
//! #       basis: String::new(),
//!     }],
//!     outcomes: vec![outcome("apply", OutcomeKind::Eligible), outcome("not_married", OutcomeKind::NotYet)],
//! #   service: "HJ-017".parse().unwrap(), title: text("Joining a spouse"),
//! #   notes: vec![], steps: vec![], fees: vec![], days: vec![],
//! };
//! let engine = Engine::new(&guide).expect("a sound guide");
//!
//! let mut answers = Answers::default();
//! assert_eq!(engine.walk(&answers).next.unwrap().question, 0);
//! answers.set("married", Answer::choice("yes"));
//! let result = engine.walk(&answers).result.unwrap();
//! assert_eq!(result.materials[0].index, 0);
//! # Ok::<(), yichuang_domain::guide::ExpressionError>(())
//! ```
//!
//! # How it works
//!
//! The graph is compiled once into a reduced decision diagram (`diagram.rs`): the tree of all paths
//! in which equal parts are one node and a question whose choices all lead to the same node is left
//! out. That is why a question is asked only where it can still change the result, and why the
//! engine can say exactly what still depends on an answer.
//!
//! "I don't know" follows all choices at once: the walk stands on a set of nodes instead of one.
//! The questions keep one order in which every arrow of the graph points forward, so the foremost
//! question of the set is asked next and none is asked twice.

pub(crate) mod answers;
mod compile;
mod diagram;
pub(crate) mod digest;
pub(crate) mod engine;
mod expression;
mod fault;
pub mod map;
mod reason;
pub(crate) mod result;
mod rule;
#[cfg(test)]
pub(crate) mod sample;
mod set;
mod situation;
#[cfg(test)]
mod tests;
mod turning;
mod validate;
mod why;

pub use answers::{Answer, Answers, CodeError};
pub use digest::{digest, random_answers};
pub use engine::{Asked, Engine, Next, Walk};
pub use expression::{ExpressionError, parse, print};
pub use fault::{Fault, Place, Problem};
pub use result::{Applied, Because, Days, GuideResult, PossibleOutcome, Verdict};
pub use situation::{Situation, Statistics};
pub use turning::TurningPoint;
pub use why::Decides;
