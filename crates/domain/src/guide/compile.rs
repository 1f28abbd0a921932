//! A guide with its identifiers turned into indices: structure checked, meaning not yet.

use super::answers::MOST_CHOICES;
use super::fault::{Fault, Place, Problem};
use super::rule::Rule;
use std::collections::BTreeMap;
use yichuang_contract::guide::{Choice, Condition, Guide, OutcomeKind, Target};

/// Where a choice or a skip rule leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Goal {
    Question(usize),
    Outcome(usize),
}

/// A question with indices.
#[derive(Clone, Debug)]
pub(super) struct CompiledQuestion {
    pub(super) ask_if: Option<(Rule, Goal)>,
    pub(super) choices: Vec<Goal>,
}

/// Which list of the guide a rule belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum List {
    Materials,
    Notes,
    Steps,
    Fees,
    Days,
}

/// The rules of all lists one after the other; where each list begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    starts: [usize; 6],
}

impl Layout {
    fn of(guide: &Guide) -> Self {
        let lengths = [
            guide.materials.len(),
            guide.notes.len(),
            guide.steps.len(),
            guide.fees.len(),
            guide.days.len(),
        ];
        let mut starts = [0; 6];
        for (position, length) in lengths.into_iter().enumerate() {
            starts[position + 1] = starts[position] + length;
        }
        Self { starts }
    }

    /// The positions of a list among all rules.
    pub(super) fn range(&self, list: List) -> std::ops::Range<usize> {
        self.starts[list as usize]..self.starts[list as usize + 1]
    }

    /// The number of all rules.
    pub(super) const fn len(&self) -> usize {
        self.starts[5]
    }
}

/// A guide with indices.
#[derive(Clone, Debug)]
pub(super) struct Compiled {
    pub(super) start: usize,
    pub(super) questions: Vec<CompiledQuestion>,
    /// The rank of each question: along every arrow of the graph it grows.
    pub(super) rank: Vec<usize>,
    /// Materials, notes, steps, fees, days, one after the other ([`Layout`]).
    pub(super) rules: Vec<Rule>,
    pub(super) layout: Layout,
    /// Whether one can apply, by outcome.
    pub(super) eligible: Vec<bool>,
    /// Whether it is a plain refusal and no other route, by outcome.
    pub(super) refuses: Vec<bool>,
    /// Amounts of the fees in fen.
    pub(super) fees: Vec<u32>,
    /// Numbers of days.
    pub(super) days: Vec<u16>,
}

/// The place of the rule at this position of all rules.
pub(super) fn place_of_rule(guide: &Guide, layout: Layout, rule: usize) -> Place {
    let local = |list| rule - layout.range(list).start;
    if layout.range(List::Materials).contains(&rule) {
        Place::Material(guide.materials[rule].id.clone())
    } else if layout.range(List::Notes).contains(&rule) {
        Place::Note(local(List::Notes))
    } else if layout.range(List::Steps).contains(&rule) {
        Place::Step(local(List::Steps))
    } else if layout.range(List::Fees).contains(&rule) {
        Place::Fee(local(List::Fees))
    } else {
        Place::Days(local(List::Days))
    }
}

/// Turns identifiers into indices, or names every broken reference.
pub(super) fn compile(guide: &Guide) -> Result<Compiled, Vec<Fault>> {
    let mut compiler = Compiler {
        questions: BTreeMap::new(),
        outcomes: BTreeMap::new(),
        guide,
        faults: Vec::new(),
    };
    compiler.collect_ids();
    let questions = compiler.compile_questions();
    let rules = compiler.compile_rules();
    let start = compiler.questions.get(guide.start.as_str()).copied();
    if start.is_none() {
        let problem = Problem::NoSuchQuestion(guide.start.clone());
        compiler.fault(Place::Guide, problem);
    }
    let rank = compiler.rank(&questions);
    if !compiler.faults.is_empty() {
        return Err(compiler.faults);
    }
    let kinds = |kinds: &[OutcomeKind]| {
        let outcomes = guide.outcomes.iter();
        outcomes
            .map(|outcome| kinds.contains(&outcome.kind))
            .collect()
    };
    Ok(Compiled {
        start: start.unwrap_or_default(),
        questions,
        rank,
        rules,
        layout: Layout::of(guide),
        eligible: kinds(&[OutcomeKind::Eligible]),
        refuses: kinds(&[OutcomeKind::NotYet, OutcomeKind::NotEligible]),
        fees: guide.fees.iter().map(|fee| fee.amount_fen).collect(),
        days: guide.days.iter().map(|days| days.days).collect(),
    })
}

struct Compiler<'guide> {
    guide: &'guide Guide,
    questions: BTreeMap<&'guide str, usize>,
    outcomes: BTreeMap<&'guide str, usize>,
    faults: Vec<Fault>,
}

impl<'guide> Compiler<'guide> {
    fn fault(&mut self, place: Place, problem: Problem) {
        self.faults.push(Fault { place, problem });
    }

    fn collect_ids(&mut self) {
        let guide = self.guide;
        for (index, question) in guide.questions.iter().enumerate() {
            let place = || Place::Question(question.id.clone());
            if self.questions.insert(&question.id, index).is_some() {
                self.fault(place(), Problem::SameId);
            }
            if question.choices.is_empty() {
                self.fault(place(), Problem::DeadEnd);
            }
            if question.choices.len() > MOST_CHOICES {
                self.fault(place(), Problem::TooManyChoices);
            }
            for (position, choice) in question.choices.iter().enumerate() {
                if question.choices[..position]
                    .iter()
                    .any(|it| it.id == choice.id)
                {
                    let place = place_of_choice(&question.id, &choice.id);
                    self.fault(place, Problem::SameId);
                }
            }
        }
        for (index, outcome) in guide.outcomes.iter().enumerate() {
            if self.outcomes.insert(&outcome.id, index).is_some() {
                self.fault(Place::Outcome(outcome.id.clone()), Problem::SameId);
            }
        }
        for (position, material) in guide.materials.iter().enumerate() {
            if guide.materials[..position]
                .iter()
                .any(|it| it.id == material.id)
            {
                self.fault(Place::Material(material.id.clone()), Problem::SameId);
            }
        }
    }

    fn compile_questions(&mut self) -> Vec<CompiledQuestion> {
        let guide = self.guide;
        let mut compiled = Vec::with_capacity(guide.questions.len());
        for question in &guide.questions {
            let ask_if = question.ask_if.as_ref().map(|ask_if| {
                let place = || Place::Question(question.id.clone());
                let rule = self.rule(&place, &ask_if.condition);
                (rule, self.goal(&place, &ask_if.otherwise))
            });
            let goal = |choice: &Choice| {
                let place = || place_of_choice(&question.id, &choice.id);
                self.goal(&place, &choice.next)
            };
            let choices = question.choices.iter().map(goal).collect();
            compiled.push(CompiledQuestion { ask_if, choices });
        }
        compiled
    }

    fn compile_rules(&mut self) -> Vec<Rule> {
        let guide = self.guide;
        let layout = Layout::of(guide);
        let conditions = (guide.materials.iter().map(|it| &it.when))
            .chain(guide.notes.iter().map(|it| &it.when))
            .chain(guide.steps.iter().map(|it| &it.when))
            .chain(guide.fees.iter().map(|it| &it.when))
            .chain(guide.days.iter().map(|it| &it.when));
        conditions
            .enumerate()
            .map(|(index, condition)| self.rule(&|| place_of_rule(guide, layout, index), condition))
            .collect()
    }

    /// The index of a target. `place` is made only for a fault: guides are compiled while a person
    /// waits, and most have none.
    fn goal(&mut self, place: &dyn Fn() -> Place, target: &Target) -> Goal {
        let found = match target {
            Target::Question(id) => self.questions.get(id.as_str()).copied().map(Goal::Question),
            Target::Outcome(id) => self.outcomes.get(id.as_str()).copied().map(Goal::Outcome),
        };
        found.unwrap_or_else(|| {
            let problem = match target {
                Target::Question(id) => Problem::NoSuchQuestion(id.clone()),
                Target::Outcome(id) => Problem::NoSuchOutcome(id.clone()),
            };
            self.fault(place(), problem);
            Goal::Outcome(0)
        })
    }

    fn rule(&mut self, place: &dyn Fn() -> Place, condition: &Condition) -> Rule {
        match condition {
            Condition::Always => Rule::Always,
            Condition::Is { question, choices } => self.comparison(place, question, choices),
            Condition::Not(inner) => Rule::Not(Box::new(self.rule(place, inner))),
            Condition::All(parts) => {
                Rule::All(parts.iter().map(|part| self.rule(place, part)).collect())
            }
            Condition::Any(parts) => {
                Rule::Any(parts.iter().map(|part| self.rule(place, part)).collect())
            }
        }
    }

    fn comparison(
        &mut self,
        place: &dyn Fn() -> Place,
        question: &str,
        choices: &[String],
    ) -> Rule {
        let Some(&index) = self.questions.get(question) else {
            self.fault(place(), Problem::RuleNamesNoQuestion(question.into()));
            return Rule::Always;
        };
        let known = &self.guide.questions[index].choices;
        let mut bits = 0;
        for choice in choices {
            match known
                .iter()
                .take(MOST_CHOICES)
                .position(|it| it.id == *choice)
            {
                Some(position) => bits |= 1 << position,
                None => {
                    let (question, choice) = (question.into(), choice.clone());
                    let problem = Problem::RuleNamesNoChoice { question, choice };
                    self.fault(place(), problem);
                }
            }
        }
        Rule::Is(index, bits)
    }

    /// Ranks the questions so that every arrow points forward, keeping the content's order where
    /// the arrows leave it open; names a cycle if there is one.
    fn rank(&mut self, questions: &[CompiledQuestion]) -> Vec<usize> {
        let arrows: Vec<Vec<usize>> = questions.iter().map(CompiledQuestion::followers).collect();
        let mut waiting = vec![0_usize; questions.len()];
        arrows.iter().flatten().for_each(|&to| waiting[to] += 1);
        let mut rank = vec![usize::MAX; questions.len()];
        for next in 0..questions.len() {
            let free = (0..questions.len())
                .find(|&index| rank[index] == usize::MAX && waiting[index] == 0);
            let Some(index) = free else {
                let cycle = self.find_cycle(&arrows, &rank);
                let place = Place::Question(cycle[0].clone());
                self.fault(place, Problem::Cycle(cycle));
                break;
            };
            rank[index] = next;
            arrows[index].iter().for_each(|&to| waiting[to] -= 1);
        }
        rank
    }

    /// Some cycle among the questions that got no rank. Each of them waits for another such one,
    /// so walking backwards from any must come round.
    fn find_cycle(&self, arrows: &[Vec<usize>], rank: &[usize]) -> Vec<String> {
        let open = |index: &usize| rank[*index] == usize::MAX;
        let before = |to: usize| {
            (0..arrows.len())
                .filter(open)
                .find(|&from| arrows[from].contains(&to))
        };
        let mut path: Vec<usize> = (0..arrows.len()).filter(open).take(1).collect();
        while let Some(from) = path.last().and_then(|&to| before(to)) {
            if let Some(position) = path.iter().position(|&it| it == from) {
                path.drain(..position);
                path.push(from);
                break;
            }
            path.push(from);
        }
        path.reverse();
        path.into_iter()
            .map(|index| self.guide.questions[index].id.clone())
            .collect()
    }
}

impl CompiledQuestion {
    /// The questions that can come directly after this one, each once.
    pub(super) fn followers(&self) -> Vec<usize> {
        let goals = self
            .choices
            .iter()
            .chain(self.ask_if.as_ref().map(|(_, goal)| goal));
        let mut followers: Vec<usize> = goals
            .filter_map(|goal| match goal {
                Goal::Question(index) => Some(*index),
                Goal::Outcome(_) => None,
            })
            .collect();
        followers.sort_unstable();
        followers.dedup();
        followers
    }
}

fn place_of_choice(question: &str, choice: &str) -> Place {
    Place::Choice {
        question: question.into(),
        choice: choice.into(),
    }
}
