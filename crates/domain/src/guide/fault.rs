//! What can be wrong with a guide.

use std::fmt;

/// A fault of a guide: where and what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Where in the guide.
    pub place: Place,
    /// What is wrong.
    pub problem: Problem,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.problem)
    }
}

impl std::error::Error for Fault {}

/// A place in a guide, by identifier or by position in its list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The guide itself.
    Guide,
    /// A question.
    Question(String),
    /// The choice of a question.
    Choice {
        /// The question.
        question: String,
        /// The choice.
        choice: String,
    },
    /// A material.
    Material(String),
    /// The note at this position, from 0.
    Note(usize),
    /// The step at this position, from 0.
    Step(usize),
    /// The fee at this position, from 0.
    Fee(usize),
    /// The number of days at this position, from 0.
    Days(usize),
    /// An outcome.
    Outcome(String),
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guide => write!(formatter, "guide"),
            Self::Question(id) => write!(formatter, "question `{id}`"),
            Self::Choice { question, choice } => {
                write!(formatter, "choice `{choice}` of question `{question}`")
            }
            Self::Material(id) => write!(formatter, "material `{id}`"),
            Self::Note(index) => write!(formatter, "note {}", index + 1),
            Self::Step(index) => write!(formatter, "step {}", index + 1),
            Self::Fee(index) => write!(formatter, "fee {}", index + 1),
            Self::Days(index) => write!(formatter, "days {}", index + 1),
            Self::Outcome(id) => write!(formatter, "outcome `{id}`"),
        }
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// Two things of one kind have the same identifier.
    SameId,
    /// `start`, a choice or a skip rule leads to a question that does not exist.
    NoSuchQuestion(String),
    /// A choice or a skip rule leads to an outcome that does not exist.
    NoSuchOutcome(String),
    /// A rule names a question that does not exist.
    RuleNamesNoQuestion(String),
    /// A rule names a choice that the question does not have.
    RuleNamesNoChoice {
        /// The question.
        question: String,
        /// The choice that does not exist.
        choice: String,
    },
    /// Questions lead back to themselves, in this order.
    Cycle(Vec<String>),
    /// A question without choices: the path ends without an outcome.
    DeadEnd,
    /// A question with more choices than one character of a code can name.
    TooManyChoices,
    /// No answers lead here, or the rule is never true where one can apply.
    Unreachable,
    /// A skip rule that is always true or never true.
    SkipRuleDecidesNothing {
        /// What it always is.
        always: bool,
    },
    /// An outcome that gives no reason in one of the languages.
    NoReason,
    /// No path ends in an outcome in which one can apply.
    NothingEligible,
    /// In one situation this asks for the opposite of another rule.
    Contradicts {
        /// The other rule.
        other: Place,
        /// How they disagree.
        why: &'static str,
    },
    /// More different ways through the guide than a phone can compute.
    TooLarge,
}

impl Problem {
    /// Whether a path ends here without an outcome.
    #[must_use]
    pub const fn is_dead_end(&self) -> bool {
        matches!(
            self,
            Self::DeadEnd | Self::NoSuchQuestion(_) | Self::NoSuchOutcome(_) | Self::Cycle(_)
        )
    }

    /// Whether something can never come into play.
    #[must_use]
    pub const fn is_unreachable(&self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::SkipRuleDecidesNothing { .. } | Self::NothingEligible
        )
    }

    /// Whether two rules contradict each other.
    #[must_use]
    pub const fn is_contradiction(&self) -> bool {
        matches!(self, Self::Contradicts { .. })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SameId => write!(formatter, "another one has the same id; give each its own"),
            Self::NoSuchQuestion(id) => {
                write!(
                    formatter,
                    "leads to the question `{id}`, which does not exist"
                )
            }
            Self::NoSuchOutcome(id) => {
                write!(
                    formatter,
                    "leads to the outcome `{id}`, which does not exist"
                )
            }
            Self::RuleNamesNoQuestion(id) => {
                write!(
                    formatter,
                    "its rule names the question `{id}`, which does not exist"
                )
            }
            Self::RuleNamesNoChoice { question, choice } => write!(
                formatter,
                "its rule names the choice `{choice}`, which the question `{question}` does not have"
            ),
            Self::Cycle(ids) => write!(
                formatter,
                "the questions lead back to themselves: {}",
                ids.join(" -> ")
            ),
            Self::DeadEnd => write!(
                formatter,
                "has no choices, so the path ends without an outcome"
            ),
            Self::TooManyChoices => write!(
                formatter,
                "has more than {} choices; split the question",
                super::answers::MOST_CHOICES
            ),
            Self::Unreachable => write!(formatter, "no answers lead to it"),
            Self::SkipRuleDecidesNothing { always } => write!(
                formatter,
                "its ask_if is {} whenever it is reached; remove the rule or the question",
                if *always { "true" } else { "false" }
            ),
            Self::NoReason => write!(
                formatter,
                "gives no reason; write `text` and `text_en` for the person"
            ),
            Self::NothingEligible => {
                write!(
                    formatter,
                    "no path ends in an outcome of the kind `eligible`"
                )
            }
            Self::Contradicts { other, why } => {
                write!(
                    formatter,
                    "contradicts {other} in the same situation: {why}"
                )
            }
            Self::TooLarge => write!(
                formatter,
                "has too many different paths; ask fewer questions that do not depend on each other"
            ),
        }
    }
}
