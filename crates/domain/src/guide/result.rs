//! What a person is told at the end: outcome, materials and everything else, each with its reason.

use super::compile::List;
use super::diagram::{Leaf, Node};
use super::engine::{Asked, Core, Position};
use super::turning::TurningPoint;
use yichuang_contract::ServiceCode;
use yichuang_contract::guide::Guide;

/// The result of a guide. Positions (`index`, `question`, …) count in the guide's own lists.
///
/// Without "I don't know" there is one outcome and everything is certain. With it, the result is
/// the union over the choices: what holds for every one of them is certain, the rest is possible
/// and names the questions it depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideResult {
    /// Whether one can apply.
    pub verdict: Verdict,
    /// All outcomes that are possible, in the guide's order.
    pub outcomes: Vec<PossibleOutcome>,
    /// Materials to bring, in the guide's order; none unless one can apply.
    pub materials: Vec<Applied>,
    /// Notes to show.
    pub notes: Vec<Applied>,
    /// Extra steps.
    pub steps: Vec<Applied>,
    /// Fees charged by the guide; empty = the service's own fees apply.
    pub fees: Vec<Applied>,
    /// Least sum of the fees in fen.
    pub fee_from_fen: u32,
    /// Greatest sum of the fees in fen.
    pub fee_to_fen: u32,
    /// Working days, where the answers change the service's promise.
    pub days: Option<Days>,
    /// Services to offer instead or first.
    pub routes: Vec<ServiceCode>,
    /// Questions answered "I don't know"; the guide says how to find out.
    pub unknown: Vec<usize>,
    /// The facts that would change the outcome, at most three, the most telling first.
    pub turning_points: Vec<TurningPoint>,
}

/// How much of a result is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Everything.
    Full,
    /// What applies, without reasons, dependences and turning points.
    Bare,
}

/// Whether one can apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// In every case.
    Eligible,
    /// In no case.
    NotEligible,
    /// It depends on what is not known yet.
    Depends,
}

/// An outcome that is possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossibleOutcome {
    /// Position in the guide's outcomes.
    pub index: usize,
    /// Whether it is the only one.
    pub is_certain: bool,
    /// The unknown questions that decide it.
    pub depends_on: Vec<usize>,
}

/// A material, note, step, fee or number of days that applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Position in the guide's list.
    pub index: usize,
    /// Whether it applies in every case in which one can apply.
    pub is_certain: bool,
    /// Whether it applies to everybody who can apply, whatever the answers.
    pub is_always: bool,
    /// The answers because of which it applies.
    pub because: Vec<Because>,
    /// The unknown questions that decide it; empty if certain.
    pub depends_on: Vec<usize>,
}

/// An answer that is the reason for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Because {
    /// Position of the question.
    pub question: usize,
    /// Position of its choice.
    pub choice: usize,
}

/// Working days that depend on the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    /// Fewest.
    pub from: u16,
    /// Most.
    pub to: u16,
    /// Whether in some possible case the service's own promise stands instead.
    pub or_promise: bool,
    /// The rules they come from.
    pub rules: Vec<Applied>,
}

/// What can still come out if one unknown question is answered in one way.
struct Branch {
    position: Position,
}

/// An unknown question with its branches.
struct Open {
    question: usize,
    branches: Vec<Branch>,
}

impl Core {
    /// The result at a position where every path has ended, without routes, which the guide names.
    pub(crate) fn result(
        &self,
        asked: &[Asked],
        position: &Position,
        detail: Detail,
    ) -> GuideResult {
        let open = match detail {
            Detail::Full => self.open_questions(asked),
            Detail::Bare => Vec::new(),
        };
        let applied = |list| self.applied(list, asked, position, &open, detail);
        let days = applied(List::Days);
        let fees = || self.eligible(position).map(|leaf| self.sum_of_fees(leaf));
        GuideResult {
            verdict: self.verdict(position),
            outcomes: self.outcomes(position, &open),
            materials: applied(List::Materials),
            notes: applied(List::Notes),
            steps: applied(List::Steps),
            fees: applied(List::Fees),
            fee_from_fen: fees().min().unwrap_or(0),
            fee_to_fen: fees().max().unwrap_or(0),
            days: self.days(days, position),
            routes: Vec::new(),
            unknown: open.iter().map(|it| it.question).collect(),
            turning_points: match detail {
                Detail::Full => self.turning_points(asked, position),
                Detail::Bare => Vec::new(),
            },
        }
    }

    pub(super) fn verdict(&self, position: &Position) -> Verdict {
        let summaries = || position.iter().map(|&node| &self.diagram.summaries[node]);
        match (
            summaries().any(|it| it.can_be_eligible),
            summaries().any(|it| it.can_be_ineligible),
        ) {
            (true, false) => Verdict::Eligible,
            (true, true) => Verdict::Depends,
            (false, _) => Verdict::NotEligible,
        }
    }

    fn leaves(&self, position: &Position) -> impl Iterator<Item = &Leaf> {
        position
            .iter()
            .filter_map(|&node| match &self.diagram.nodes[node] {
                Node::Leaf(leaf) => Some(leaf),
                Node::Ask(..) => None,
            })
    }

    fn eligible(&self, position: &Position) -> impl Iterator<Item = &Leaf> {
        self.leaves(position)
            .filter(|leaf| self.compiled.eligible[leaf.outcome])
    }

    fn sum_of_fees(&self, leaf: &Leaf) -> u32 {
        let range = self.compiled.layout.range(List::Fees);
        let charged = range.clone().filter(|&rule| leaf.applies.has(rule));
        charged
            .map(|rule| self.compiled.fees[rule - range.start])
            .fold(0, u32::saturating_add)
    }

    fn days(&self, rules: Vec<Applied>, position: &Position) -> Option<Days> {
        let of_rule = |it: &Applied| self.compiled.days[it.index];
        let range = self.compiled.layout.range(List::Days);
        let is_silent = |leaf: &Leaf| !range.clone().any(|rule| leaf.applies.has(rule));
        Some(Days {
            from: rules.iter().map(of_rule).min()?,
            to: rules.iter().map(of_rule).max()?,
            or_promise: self.eligible(position).any(is_silent),
            rules,
        })
    }

    /// The questions answered "I don't know", and what would follow from each of their choices.
    fn open_questions(&self, asked: &[Asked]) -> Vec<Open> {
        let unknown = asked.iter().filter(|it| it.choice.is_none());
        unknown
            .map(|open| {
                let branches = (0..self.compiled.questions[open.question].choices.len())
                    .map(|choice| Branch {
                        position: self.follow_with(asked, open.question, choice),
                    })
                    .collect();
                Open {
                    question: open.question,
                    branches,
                }
            })
            .collect()
    }

    /// Where the same answers lead with one of them changed; new questions stay open.
    pub(super) fn follow_with(&self, asked: &[Asked], changed: usize, choice: usize) -> Position {
        let answer_to = |question: usize| {
            if question == changed {
                return Some(Some(choice));
            }
            asked
                .iter()
                .find(|it| it.question == question)
                .map(|it| it.choice)
        };
        self.follow(&answer_to).1
    }

    fn outcomes(&self, position: &Position, open: &[Open]) -> Vec<PossibleOutcome> {
        let mut indices: Vec<usize> = self.leaves(position).map(|leaf| leaf.outcome).collect();
        indices.sort_unstable();
        indices.dedup();
        let is_certain = indices.len() == 1;
        indices
            .into_iter()
            .map(|index| PossibleOutcome {
                index,
                is_certain,
                depends_on: if is_certain {
                    Vec::new()
                } else {
                    deciding(open, |branch| {
                        let here = |leaf: &Leaf| leaf.outcome == index;
                        let all = self.leaves(&branch.position).all(here);
                        Some((all, self.leaves(&branch.position).any(here)))
                    })
                },
            })
            .collect()
    }

    fn applied(
        &self,
        list: List,
        asked: &[Asked],
        position: &Position,
        open: &[Open],
        detail: Detail,
    ) -> Vec<Applied> {
        let range = self.compiled.layout.range(list);
        let root = &self.diagram.summaries[self.diagram.root];
        let is_possible = |rule: &usize| self.eligible(position).any(|it| it.applies.has(*rule));
        range
            .clone()
            .filter(is_possible)
            .map(|rule| {
                let is_certain = self.eligible(position).all(|it| it.applies.has(rule));
                let is_always = root.certain.has(rule);
                Applied {
                    index: rule - range.start,
                    is_certain,
                    is_always,
                    because: if is_always || detail == Detail::Bare {
                        Vec::new()
                    } else {
                        self.because(rule, asked, position)
                    },
                    depends_on: if is_certain {
                        Vec::new()
                    } else {
                        deciding(open, |branch| {
                            let mut eligible = self.eligible(&branch.position).peekable();
                            eligible.peek()?;
                            let has = |leaf: &Leaf| leaf.applies.has(rule);
                            let all = self.eligible(&branch.position).all(has);
                            Some((all, eligible.any(has)))
                        })
                    },
                }
            })
            .collect()
    }
}

/// The services that the outcomes route to, each once.
pub(crate) fn routes(guide: &Guide, outcomes: &[PossibleOutcome]) -> Vec<ServiceCode> {
    let mut routes: Vec<ServiceCode> = Vec::new();
    let named = outcomes
        .iter()
        .flat_map(|outcome| &guide.outcomes[outcome.index].routes);
    for route in named {
        if !routes.contains(route) {
            routes.push(route.clone());
        }
    }
    routes
}

/// The open questions whose choices give different answers to `status`. If none does alone, they
/// decide it together and all are named. A branch without a status does not count.
fn deciding<Status: PartialEq>(
    open: &[Open],
    status: impl Fn(&Branch) -> Option<Status>,
) -> Vec<usize> {
    let decides = |open: &&Open| {
        let mut statuses = open.branches.iter().filter_map(&status);
        let first = statuses.next();
        statuses.any(|it| Some(&it) != first.as_ref())
    };
    let alone: Vec<usize> = open.iter().filter(decides).map(|it| it.question).collect();
    if alone.is_empty() {
        open.iter().map(|it| it.question).collect()
    } else {
        alone
    }
}
