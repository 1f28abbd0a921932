//! One questionnaire for all items: shared questions once, the most telling first.
//!
//! A question may be shared by guides whose choices differ in part: the choices with the same
//! identifier mean the same. Each set of choices is a joint question of its own, and an answer to one
//! answers the others wherever they offer the choice made; where they do not, they ask themselves.
//! Its key depends on its own choices only, so that adding a service never moves an answer.

use super::item::Item;
use crate::guide::answers::Fingerprint;
use crate::guide::engine::Position;
use crate::guide::{Asked, Engine};
use std::collections::{BTreeMap, BTreeSet};
use yichuang_contract::bundle::{Bundle, GivenAnswer};
use yichuang_contract::guide::Question;
use yichuang_contract::plan::{PlanAnswer, PlanChoice, PlanQuestion, UNKNOWN_ANSWER};

/// A question of the joint questionnaire.
pub(super) struct JointQuestion<'input> {
    /// `CODE.question`, or for a shared question its identifier and a mark of its choices.
    pub(super) key: String,
    /// The shared identifier.
    group: Option<&'input str>,
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
    fn id(&self, answer: JointAnswer) -> &str {
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
struct Member {
    joint: usize,
    /// For each choice of the joint question, the choice of this guide.
    choices: Vec<usize>,
}

/// All questions of a plan.
pub(super) struct Questionnaire<'input> {
    pub(super) questions: Vec<JointQuestion<'input>>,
    /// By item, by question of its guide.
    members: Vec<Vec<Member>>,
}

/// An answer to a joint question; `None` = "I don't know".
pub(super) type JointAnswer = Option<usize>;

/// How far the questionnaire has come.
pub(super) struct Progress {
    /// Positions of the questions asked, in order.
    pub(super) asked: Vec<usize>,
    /// The next one.
    pub(super) next: Option<usize>,
    pub(super) left_at_most: usize,
    /// Answers by joint question, those that are given included.
    pub(super) answers: Vec<Option<JointAnswer>>,
    /// By item, the walk through its guide.
    pub(super) walks: Vec<Option<ItemWalk>>,
}

/// The walk through the guide of one item.
pub(super) struct ItemWalk {
    pub(super) asked: Vec<Asked>,
    pub(super) position: Position,
    /// The joint questions that it may still ask.
    below: BTreeSet<usize>,
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

    /// Asks one question after the other as far as the answers reach.
    pub(super) fn walk(&self, items: &[Item<'_>], given: &BTreeMap<String, String>) -> Progress {
        let presumed = |question: &JointQuestion<'input>| {
            let (choice, _) = question.given?;
            Some(question.answer(given).unwrap_or(Some(choice)))
        };
        let mut progress = Progress {
            asked: Vec::new(),
            next: None,
            left_at_most: 0,
            answers: self.questions.iter().map(presumed).collect(),
            walks: Vec::new(),
        };
        for (index, item) in items.iter().enumerate() {
            let engine = engine(item);
            progress.walks.push(engine.map(|engine| {
                let mut walk = ItemWalk {
                    asked: Vec::new(),
                    position: engine.begin(),
                    below: BTreeSet::new(),
                };
                self.advance(index, engine, &mut walk, &progress.answers);
                walk
            }));
        }
        while let Some(next) = self.most_telling(items, &progress.walks) {
            let Some(answer) = self.questions[next].answer(given) else {
                progress.next = Some(next);
                progress.left_at_most = left_at_most(items, &progress.walks);
                break;
            };
            progress.asked.push(next);
            progress.answers[next] = Some(answer);
            let mut answered = self.carry(next, &mut progress.answers, given);
            answered.push(next);
            let touched = answered
                .iter()
                .flat_map(|&joint| &self.questions[joint].items);
            for index in touched.copied().collect::<BTreeSet<usize>>() {
                if let (Some(engine), Some(walk)) =
                    (engine(&items[index]), &mut progress.walks[index])
                {
                    self.advance(index, engine, walk, &progress.answers);
                }
            }
        }
        progress
    }

    /// Answers the other questions of the same sense that have the answer just given, so that it is
    /// shown once. Returns which.
    fn carry(
        &self,
        from: usize,
        answers: &mut [Option<JointAnswer>],
        given: &BTreeMap<String, String>,
    ) -> Vec<usize> {
        let answered = &self.questions[from];
        let id = answers[from].map(|answer| answered.id(answer));
        let mut carried = Vec::new();
        for (index, other) in self.questions.iter().enumerate() {
            if answers[index].is_none()
                && self.is_same(from, index)
                && let Some(answer) = other.answer(given)
                && Some(other.id(answer)) == id
            {
                answers[index] = Some(answer);
                carried.push(index);
            }
        }
        carried
    }

    /// Walks a guide on as far as the answers reach.
    fn advance(
        &self,
        item: usize,
        engine: &Engine,
        walk: &mut ItemWalk,
        answers: &[Option<JointAnswer>],
    ) {
        let members = &self.members[item];
        while let Some(question) = engine.foremost(&walk.position) {
            let member = &members[question];
            let Some(answer) = answers[member.joint] else {
                break;
            };
            let choice = answer.map(|choice| member.choices[choice]);
            walk.asked.push(Asked { question, choice });
            walk.position = engine.step(&walk.position, question, choice);
        }
        let below = engine.questions_below(&walk.position);
        let joint = below.into_iter().map(|question| members[question].joint);
        walk.below = joint.filter(|&it| answers[it].is_none()).collect();
    }

    /// Of the questions that stand next in some guide, the one that removes most others: those
    /// that its answers make superfluous, on average over the choices, and those of other guides
    /// that it answers as well. Of equal ones the first in the order of items and guides.
    fn most_telling(&self, items: &[Item<'_>], walks: &[Option<ItemWalk>]) -> Option<usize> {
        let mut removed: BTreeMap<usize, usize> = BTreeMap::new();
        for (index, item) in items.iter().enumerate() {
            let (Some(engine), Some(walk)) = (engine(item), &walks[index]) else {
                continue;
            };
            let Some(question) = engine.foremost(&walk.position) else {
                continue;
            };
            let member = &self.members[index][question];
            let now = engine.left_at_most(&walk.position);
            let choices = member.choices.len();
            let after: usize = (0..choices)
                .map(|choice| engine.step(&walk.position, question, Some(choice)))
                .map(|position| engine.left_at_most(&position))
                .sum();
            let spared =
                now.saturating_sub(1) * choices - after.min(now.saturating_sub(1) * choices);
            *removed.entry(member.joint).or_default() += spared * SCALE / choices;
        }
        for (joint, removed) in &mut removed {
            let also = walks
                .iter()
                .flatten()
                .filter(|walk| walk.below.iter().any(|&it| self.is_same(it, *joint)))
                .count();
            *removed += also * SCALE;
        }
        let order = |&(joint, removed): &(usize, usize)| (removed, std::cmp::Reverse(joint));
        removed
            .into_iter()
            .max_by_key(order)
            .map(|(joint, _)| joint)
    }

    /// Whether two joint questions are one, or of one sense.
    fn is_same(&self, one: usize, other: usize) -> bool {
        let group = self.questions[one].group;
        one == other || group.is_some() && group == self.questions[other].group
    }

    /// The questions that somebody can be asked, before anything is answered.
    pub(super) fn open(&self, items: &[Item<'_>]) -> BTreeSet<usize> {
        let progress = self.walk(items, &BTreeMap::new());
        progress
            .walks
            .into_iter()
            .flatten()
            .flat_map(|walk| walk.below)
            .collect()
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

    /// The questions that matter in the plan although they are not asked, because they are given.
    pub(super) fn presumed<'plan>(
        &'plan self,
        progress: &'plan Progress,
    ) -> impl Iterator<Item = (usize, JointAnswer)> + 'plan {
        let is_used = |index: usize| {
            self.questions[index].items.iter().any(|&item| {
                progress.walks[item].as_ref().is_some_and(|walk| {
                    walk.asked
                        .iter()
                        .any(|it| self.members[item][it.question].joint == index)
                })
            })
        };
        (0..self.questions.len())
            .filter(move |&index| self.questions[index].given.is_some() && is_used(index))
            .filter_map(|index| Some((index, progress.answers[index]?)))
    }
}

/// Removals are compared as whole numbers, and no question has so many choices.
const SCALE: usize = 1000;

fn engine<'item>(item: &'item Item<'_>) -> Option<&'item Engine> {
    let service = item.service.as_ref()?;
    item.replaced_by.is_none().then_some(&service.engine)
}

/// The most questions left: each joint question once, and never more than the guides need alone.
fn left_at_most(items: &[Item<'_>], walks: &[Option<ItemWalk>]) -> usize {
    let joint: BTreeSet<usize> = walks
        .iter()
        .flatten()
        .flat_map(|walk| &walk.below)
        .copied()
        .collect();
    let alone = items
        .iter()
        .zip(walks)
        .filter_map(|(item, walk)| Some(engine(item)?.left_at_most(&walk.as_ref()?.position)));
    joint.len().min(alone.sum())
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

/// A given answer with the shared identifier of its question.
#[derive(Clone, Copy)]
struct Given<'input> {
    answer: &'input GivenAnswer,
    shared: Option<&'input str>,
}

impl Given<'_> {
    fn is_of(&self, service: &yichuang_contract::ServiceCode, question: &Question) -> bool {
        let is_itself = self.answer.service == *service && self.answer.question == question.id;
        is_itself || self.shared.is_some() && self.shared == question.shared.as_deref()
    }

    /// Whether the answer holds for this question of this service.
    fn holds_for(&self, service: &yichuang_contract::ServiceCode, question: &Question) -> bool {
        let only = &self.answer.only;
        self.is_of(service, question) && (only.is_empty() || only.contains(service))
    }

    /// Whether the question means another person here than in the rest of the bundle.
    fn is_apart(&self, service: &yichuang_contract::ServiceCode, question: &Question) -> bool {
        !self.answer.only.is_empty() && self.holds_for(service, question)
    }
}

/// The answers that a bundle implies for the items of the plan.
fn givens<'plan, 'input: 'plan>(
    items: &'plan [Item<'input>],
    bundle: Option<&'input Bundle>,
) -> impl Iterator<Item = Given<'input>> + 'plan {
    bundle
        .map_or(&[][..], |bundle| &bundle.given)
        .iter()
        .map(|answer| {
            let of_service = |item: &&Item<'_>| item.code() == Some(&answer.service);
            let guide = items
                .iter()
                .find(of_service)
                .and_then(|item| item.service.as_ref());
            let shared = guide.and_then(|service| {
                let mut questions = service.pack.guide.questions.iter();
                questions
                    .find(|it| it.id == answer.question)?
                    .shared
                    .as_deref()
            });
            Given { answer, shared }
        })
}
