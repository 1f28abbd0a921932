//! What guide, checklist and picture share: the engine of the guide and the answers in the address.

use crate::locale::localized;
use crate::navigation::use_navigation;
use crate::page::Page;
use crate::ui::{LinkButton, PageHeading};
use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::ServiceCode;
use yichuang_contract::guide::{Guide, Question};
use yichuang_domain::guide::{Answer, Answers, Asked, CodeError, Engine};

/// Name of the answers' code in the query.
pub const ANSWERS: &str = "a";
/// Name of the question to be changed in the query.
pub const AT: &str = "at";

/// The engine of a guide. The content check proves every guide sound before it is served, so a
/// fault here means a program and a pack that do not fit together.
pub fn engine_of(guide: &Guide) -> Option<Arc<Engine>> {
    Engine::new(guide).ok().map(Arc::new)
}

/// The answers in the address.
pub fn use_answers(engine: Arc<Engine>) -> Memo<Result<Answers, CodeError>> {
    let code = use_navigation().query(ANSWERS);
    Memo::new(move |_| code.with(|code| Answers::from_code(engine.guide(), code)))
}

/// Where the guide goes on with these answers; `at` names a question to be changed.
pub fn guide_address(service: &ServiceCode, answers: &str, at: &str) -> String {
    Page::Guide(service.clone()).with_query(&[(ANSWERS, answers), (AT, at)])
}

/// Where answers lead: on in the guide, or to the checklist.
pub fn address_after(engine: &Engine, answers: &Answers) -> String {
    let guide = engine.guide();
    let code = answers.to_code(guide);
    if engine.walk(answers).next.is_some() {
        guide_address(&guide.service, &code, "")
    } else {
        Page::Checklist(guide.service.clone()).with_query(&[(ANSWERS, &code)])
    }
}

/// Only the first answers of a walk.
pub fn first_answers(guide: &Guide, asked: &[Asked]) -> Answers {
    asked
        .iter()
        .map(|asked| {
            let question = &guide.questions[asked.question];
            (question.id.clone(), answer_of(question, asked.choice))
        })
        .collect()
}

/// A choice by its position; `None` is "I don't know".
pub fn answer_of(question: &Question, choice: Option<usize>) -> Answer {
    choice.map_or(Answer::Unknown, |choice| {
        Answer::choice(&question.choices[choice].id)
    })
}

/// The answer in words.
pub fn answer_words(question: &Question, choice: Option<usize>) -> Signal<String> {
    match choice {
        Some(choice) => localized(question.choices[choice].label.clone()),
        None => tr!(guide.answers.unknown),
    }
}

/// The answers so far, each with a way to change it.
pub fn answers_list(engine: &Engine, answers: &Answers) -> AnyView {
    let guide = engine.guide();
    let code = answers.to_code(guide);
    let walk = engine.walk(answers);
    if walk.asked.is_empty() {
        return ().into_any();
    }
    let rows = walk
        .asked
        .iter()
        .map(|asked| {
            let question = &guide.questions[asked.question];
            let words = localized(question.text.clone());
            let href = guide_address(&guide.service, &code, &question.id);
            view! {
                <div class="yc-answers__row">
                    <dt class="yc-answers__question">{words}</dt>
                    <dd class="yc-answers__answer">{answer_words(question, asked.choice)}</dd>
                    <dd class="yc-answers__change">
                        <a class="yc-answers__link" href=href>
                            {tr!(guide.answers.change)}
                            <span class="yc-visually-hidden">": " {words}</span>
                        </a>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="yc-answers" aria-labelledby="answers">
            <h2 id="answers" class="yc-answers__title">
                {tr!(guide.answers.title)}
            </h2>
            <dl class="yc-answers__list">{rows}</dl>
            <p class="yc-no-print">
                <a
                    class="yc-second-links__link"
                    href=Page::Guide(guide.service.clone()).path()
                >
                    {tr!(guide.answers.restart)}
                </a>
            </p>
        </section>
    }
    .into_any()
}

/// The answers in the address belong to another guide or are damaged.
pub fn unreadable(service: &ServiceCode) -> AnyView {
    let title = tr!(guide.invalid.title);
    view! {
        <div class="yc-flow">
            <PageHeading title=title />
            <p>{tr!(guide.invalid.text)}</p>
            <p>
                <LinkButton href=Page::Guide(service.clone()).path()>
                    {tr!(guide.invalid.restart)}
                </LinkButton>
            </p>
            <p>
                <a class="yc-second-links__link" href=Page::Service(service.clone()).path()>
                    {tr!(guide.question.back_to_service)}
                </a>
            </p>
        </div>
    }
    .into_any()
}
