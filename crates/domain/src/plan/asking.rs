//! Asking: one question after the other, the one that removes most others first.

use super::item::Item;
use super::question::{JointQuestion, Questionnaire};
use crate::guide::engine::{Asked, Core, Position};
use std::collections::{BTreeMap, BTreeSet};

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
            let core = core(item);
            progress.walks.push(core.map(|core| {
                let mut walk = ItemWalk {
                    asked: Vec::new(),
                    position: core.begin(),
                    below: BTreeSet::new(),
                };
                self.advance(index, core, &mut walk, &progress.answers);
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
                if let (Some(core), Some(walk)) = (core(&items[index]), &mut progress.walks[index])
                {
                    self.advance(index, core, walk, &progress.answers);
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
        core: &Core,
        walk: &mut ItemWalk,
        answers: &[Option<JointAnswer>],
    ) {
        let members = &self.members[item];
        while let Some(question) = core.foremost(&walk.position) {
            let member = &members[question];
            let Some(answer) = answers[member.joint] else {
                break;
            };
            let choice = answer.map(|choice| member.choices[choice]);
            walk.asked.push(Asked { question, choice });
            walk.position = core.step(&walk.position, question, choice);
        }
        let below = core.questions_below(&walk.position);
        let joint = below.into_iter().map(|question| members[question].joint);
        walk.below = joint.filter(|&it| answers[it].is_none()).collect();
    }

    /// Of the questions that stand next in some guide, the one that removes most others: those
    /// that its answers make superfluous, on average over the choices, and those of other guides
    /// that it answers as well. Of equal ones the first in the order of items and guides.
    fn most_telling(&self, items: &[Item<'_>], walks: &[Option<ItemWalk>]) -> Option<usize> {
        let mut removed: BTreeMap<usize, usize> = BTreeMap::new();
        for (index, item) in items.iter().enumerate() {
            let (Some(core), Some(walk)) = (core(item), &walks[index]) else {
                continue;
            };
            let Some(question) = core.foremost(&walk.position) else {
                continue;
            };
            let member = &self.members[index][question];
            let now = core.left_at_most(&walk.position);
            let choices = member.choices.len();
            let after: usize = (0..choices)
                .map(|choice| core.step(&walk.position, question, Some(choice)))
                .map(|position| core.left_at_most(&position))
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

fn core<'item>(item: &'item Item<'_>) -> Option<&'item Core> {
    let service = item.service.as_ref()?;
    item.replaced_by.is_none().then_some(&service.core)
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
        .filter_map(|(item, walk)| Some(core(item)?.left_at_most(&walk.as_ref()?.position)));
    joint.len().min(alone.sum())
}
