//! One's own path on the map.

use super::super::compile::Goal;
use super::super::engine::{Engine, Walk};
use super::super::rule::Assignment;
use super::Light;
use std::collections::{BTreeMap, BTreeSet};

/// One's own path through the graph as the content draws it; several after an "I don't know".
pub(super) struct Trail {
    /// Questions with the choice taken; `None` = around it by the skip rule.
    pub(super) steps: BTreeSet<(usize, Option<usize>)>,
    /// Whether a question on the path was answered.
    questions: BTreeMap<usize, Light>,
    pub(super) outcomes: BTreeSet<usize>,
}

impl Trail {
    pub(super) fn of(engine: &Engine, walk: &Walk) -> Self {
        let mut trail = Self {
            steps: BTreeSet::new(),
            questions: BTreeMap::new(),
            outcomes: BTreeSet::new(),
        };
        let mut answers = vec![None; engine.core.compiled.questions.len()];
        trail.go(
            engine,
            walk,
            Goal::Question(engine.core.compiled.start),
            &mut answers,
        );
        trail
    }

    pub(super) fn light_of_question(&self, question: usize) -> Light {
        self.questions
            .get(&question)
            .copied()
            .unwrap_or(Light::Dark)
    }

    fn go(&mut self, engine: &Engine, walk: &Walk, goal: Goal, answers: &mut Assignment) {
        let question = match goal {
            Goal::Outcome(outcome) => {
                self.outcomes.insert(outcome);
                return;
            }
            Goal::Question(question) => question,
        };
        let compiled = &engine.core.compiled.questions[question];
        if let Some((rule, otherwise)) = &compiled.ask_if
            && !rule.holds(answers)
        {
            self.questions.entry(question).or_insert(Light::Passed);
            self.steps.insert((question, None));
            self.go(engine, walk, *otherwise, answers);
            return;
        }
        let asked = walk.asked.iter().find(|it| it.question == question);
        let next = walk.next.as_ref().map(|it| it.question);
        let choices: Vec<usize> = match asked {
            Some(asked) => match asked.choice {
                Some(choice) => vec![choice],
                None => (0..compiled.choices.len()).collect(),
            },
            None if next == Some(question) => {
                self.questions.insert(question, Light::Next);
                return;
            }
            // Beyond the next question of another branch: not reached yet.
            None if next.is_some_and(|it| {
                engine.core.compiled.rank[it] < engine.core.compiled.rank[question]
            }) =>
            {
                return;
            }
            // Idle: every choice gives the same result, so one of them shows the way.
            None => vec![0],
        };
        let light = if asked.is_some() {
            Light::Lit
        } else {
            Light::Passed
        };
        self.questions.insert(question, light);
        for choice in choices {
            answers[question] = Some(choice);
            self.steps.insert((question, Some(choice)));
            self.go(engine, walk, compiled.choices[choice], answers);
            answers[question] = None;
        }
    }
}
