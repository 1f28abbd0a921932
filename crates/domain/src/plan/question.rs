//! One questionnaire for all items, in which shared questions are one.
//!
//! A question may be shared by guides whose choices differ in part: the choices with the same
//! identifier mean the same. Each set of choices is a joint question of its own, and an answer to one
//! answers the others wherever they offer the choice made; where they do not, they ask themselves.
//! Its key depends on its own choices only, so that adding a service never moves an answer.

use super::asking::JointAnswer;
use super::given::givens;
use super::item::Item;
use crate::guide::answers::Fingerprint;
use std::collections::{BTreeMap, BTreeSet};
use yichuang_contract::bundle::{Bundle, GivenAnswer};
use yichuang_contract::guide::Question;
use yichuang_contract::plan::{PlanAnswer, PlanChoice, PlanQuestion, UNKNOWN_ANSWER};

/// A question of the joint questionnaire.
pub(super) struct JointQuestion<'input> {
    /// `CODE.question`, or for a shared question its identifier and a mark of its choices.
    pub(super) key: String,
    /// The shared identifier.
    pub(super) group: Option<&'input str>,
    /// The question as its first guide words it.
    pub(super) question: &'input Question,
    /// Whether every guide that asks it allows "I don't know".
    pub(super) allows_unknown: bool,
    /// Positions of the items that ask it.
    pub(super) items: Vec<usize>,
    /// What the bundle's situation implies: the choice and why.
    pub(super) given: Option<(usize, &'input GivenAnswer)>,
}

impl JointQuestion<'_> {
    /// The choice with this identifier; `Some(None)` = "I don't know".
    fn choice(&self, id: &str) -> Option<Option<usize>> {
        if id == UNKNOWN_ANSWER {
            return self.allows_unknown.then_some(None);
        }
        self.question
            .choices
            .iter()
            .position(|choice| choice.id == id)
            .map(Some)
    }

    /// The identifier of an answer.
    pub(super) fn id(&self, answer: JointAnswer) -> &str {
        answer.map_or(UNKNOWN_ANSWER, |choice| &self.question.choices[choice].id)
    }

    /// The answer that was given to it, or to a question of the same sense if it offers that choice.
    /// Which answers count depends on nothing else, so adding a service moves none.
    pub(super) fn answer(&self, given: &BTreeMap<String, String>) -> Option<JointAnswer> {
        let own = given.get(&self.key).and_then(|id| self.choice(id));
        own.or_else(|| {
            let shared = format!("{}~", self.group?);
            let of_group = given.range(shared.clone()..);
            let mut of_group = of_group.take_while(|(key, _)| key.starts_with(&shared));
            of_group.find_map(|(_, id)| self.choice(id))
        })
    }
}

/// A question of one guide: which joint question it is, and its choices in its own order.
pub(super) struct Member {
    pub(super) joint: usize,
    /// For each choice of the joint question, the choice of this guide.
    pub(super) choices: Vec<usize>,
}

/// All questions of a plan.
pub(super) struct Questionnaire<'input> {
    pub(super) questions: Vec<JointQuestion<'input>>,
    /// By item, by question of its guide.
    pub(super) members: Vec<Vec<Member>>,
}

impl<'input> Questionnaire<'input> {
    /// Joins the guides of all items that take part.
    pub(super) fn new(items: &[Item<'input>], bundle: Option<&'input Bundle>) -> Self {
        let mut questionnaire = Self {
            questions: Vec::new(),
            members: Vec::new(),
        };
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for (index, item) in items.iter().enumerate() {
            let mut members = Vec::new();
            if let Some(service) = &item.service
                && item.replaced_by.is_none()
            {
                let code = &service.pack.guide.service;
                for question in &service.pack.guide.questions {
                    let own = format!("{code}.{}", question.id);
                    let is_apart = || givens(items, bundle).any(|it| it.is_apart(code, question));
                    let group = question.shared.as_deref().filter(|_| !is_apart());
                    let key = group.map_or(own, |group| shared_key(group, question));
                    members.push(questionnaire.add(&mut known, index, key, group, question));
                }
            }
            questionnaire.members.push(members);
        }
        questionnaire.presume(items, bundle);
        questionnaire
    }

    fn add(
        &mut self,
        known: &mut BTreeMap<String, usize>,
        item: usize,
        key: String,
        group: Option<&'input str>,
        question: &'input Question,
    ) -> Member {
        if let Some(&joint) = known.get(&key) {
            let first = &mut self.questions[joint];
            if let Some(choices) = same_choices(first.question, question) {
                first.allows_unknown &= question.unknown.is_some();
                if !first.items.contains(&item) {
                    first.items.push(item);
                }
                return Member { joint, choices };
            }
        }
        let joint = self.questions.len();
        known.insert(key.clone(), joint);
        self.questions.push(JointQuestion {
            key,
            group,
            question,
            allows_unknown: question.unknown.is_some(),
            items: vec![item],
            given: None,
        });
        let choices = (0..question.choices.len()).collect();
        Member { joint, choices }
    }

    /// Notes what the bundle's situation implies.
    fn presume(&mut self, items: &[Item<'input>], bundle: Option<&'input Bundle>) {
        for given in givens(items, bundle) {
            for (item, members) in items.iter().zip(&self.members) {
                let Some(service) = &item.service else {
                    continue;
                };
                let guide = &service.pack.guide;
                for (question, member) in guide.questions.iter().zip(members) {
                    let joint = &mut self.questions[member.joint];
                    if given.holds_for(&guide.service, question)
                        && let Some(Some(choice)) = joint.choice(&given.answer.choice)
                    {
                        joint.given = Some((choice, given.answer));
                    }
                }
            }
        }
    }

    /// A joint question for a person.
    pub(super) fn show(
        &self,
        items: &[Item<'_>],
        index: usize,
        left_at_most: usize,
    ) -> PlanQuestion {
        let joint = &self.questions[index];
        PlanQuestion {
            key: joint.key.clone(),
            text: joint.question.text.clone(),
            hint: joint.question.hint.clone(),
            unknown: joint
                .question
                .unknown
                .clone()
                .filter(|_| joint.allows_unknown),
            choices: choices(joint.question),
            items: joint
                .items
                .iter()
                .map(|&item| items[item].id.clone())
                .collect(),
            left_at_most: u16::try_from(left_at_most).unwrap_or(u16::MAX),
        }
    }

    /// An answered joint question for a person.
    pub(super) fn show_answer(
        &self,
        items: &[Item<'_>],
        index: usize,
        answer: JointAnswer,
    ) -> PlanAnswer {
        let joint = &self.questions[index];
        let choice = answer.map(|choice| &joint.question.choices[choice]);
        PlanAnswer {
            key: joint.key.clone(),
            text: joint.question.text.clone(),
            choice: choice.map_or_else(|| UNKNOWN_ANSWER.into(), |choice| choice.id.clone()),
            label: choice.map(|choice| choice.label.clone()),
            items: joint
                .items
                .iter()
                .map(|&item| items[item].id.clone())
                .collect(),
            reason: joint.given.map(|(_, given)| given.reason.clone()),
            choices: choices(joint.question),
        }
    }
}

fn choices(question: &Question) -> Vec<PlanChoice> {
    let choices = question.choices.iter().map(|choice| PlanChoice {
        id: choice.id.clone(),
        label: choice.label.clone(),
    });
    choices.collect()
}

/// The key of a shared question: its identifier with a mark of its choices, in any order.
#[must_use]
pub fn shared_key(shared: &str, question: &Question) -> String {
    let ids: BTreeSet<&str> = question
        .choices
        .iter()
        .map(|choice| choice.id.as_str())
        .collect();
    let mut mark = Fingerprint::default();
    ids.into_iter().for_each(|id| mark.text(id));
    // A guide that must know does not take away another's "I don't know".
    if question.unknown.is_some() {
        mark.text(UNKNOWN_ANSWER);
    }
    format!("{shared}~{:04x}", mark.finish() & 0xffff)
}

/// For each choice of the first question, the same choice of the second; `None` if they differ.
fn same_choices(first: &Question, second: &Question) -> Option<Vec<usize>> {
    if first.choices.len() != second.choices.len() {
        return None;
    }
    let position = |id: &String| second.choices.iter().position(|choice| choice.id == *id);
    first
        .choices
        .iter()
        .map(|choice| position(&choice.id))
        .collect()
}
