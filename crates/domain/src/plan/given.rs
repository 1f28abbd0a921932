//! What the situation of a bundle already answers.

use super::item::Item;
use yichuang_contract::ServiceCode;
use yichuang_contract::bundle::{Bundle, GivenAnswer};
use yichuang_contract::guide::Question;

/// A given answer with the shared identifier of its question.
#[derive(Clone, Copy)]
pub(super) struct Given<'input> {
    pub(super) answer: &'input GivenAnswer,
    shared: Option<&'input str>,
}

impl Given<'_> {
    fn is_of(&self, service: &ServiceCode, question: &Question) -> bool {
        let is_itself = self.answer.service == *service && self.answer.question == question.id;
        is_itself || self.shared.is_some() && self.shared == question.shared.as_deref()
    }

    /// Whether the answer holds for this question of this service.
    pub(super) fn holds_for(&self, service: &ServiceCode, question: &Question) -> bool {
        let only = &self.answer.only;
        self.is_of(service, question) && (only.is_empty() || only.contains(service))
    }

    /// Whether the question means another person here than in the rest of the bundle.
    pub(super) fn is_apart(&self, service: &ServiceCode, question: &Question) -> bool {
        !self.answer.only.is_empty() && self.holds_for(service, question)
    }
}

/// The answers that a bundle implies for the items of the plan.
pub(super) fn givens<'plan, 'input: 'plan>(
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
