//! "The one fact that would change the answer", as the engine finds it.

use super::super::answers::{address_after, answer_of};
use super::Sheet;
use crate::components::words;
use leptos::prelude::*;
use yichuang_contract::Language;
use yichuang_domain::guide::{Answers, Engine, TurningPoint};

/// The section; nothing if no single answer would change the outcome.
pub fn turning(
    language: Language,
    sheet: &Sheet,
    engine: &Engine,
    answers: &Answers,
) -> Option<AnyView> {
    let points = &sheet.result.turning_points;
    let first = points.first()?;
    let title = if first.makes_eligible {
        tr_in!(language, guide.turning.title_open)
    } else {
        tr_in!(language, guide.turning.title)
    };
    let items = points
        .iter()
        .map(|point| item(language, engine, answers, point))
        .collect_view();
    Some(
        view! {
            <section class="yc-turning yc-no-print" aria-labelledby="turning">
                <h2 id="turning">{title}</h2>
                <ul class="yc-turning__list">{items}</ul>
            </section>
        }
        .into_any(),
    )
}

/// Answers shown for one question; more would be another questionnaire.
const SHOWN: usize = 3;

fn item(language: Language, engine: &Engine, answers: &Answers, point: &TurningPoint) -> AnyView {
    let question = &engine.guide().questions[point.question];
    let others = point
        .instead
        .iter()
        .take(SHOWN)
        .map(|&choice| {
            let mut changed = answers.clone();
            changed.set(&question.id, answer_of(question, Some(choice)));
            let href = address_after(engine, &changed);
            let answer = question.choices[choice].label.get(language);
            view! {
                <li class="yc-turning__then">
                    {tr_in!(language, guide.turning.when, answer = answer)}
                    <a href=href>{consequence(language, engine, &changed, point.makes_eligible)}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <li class="yc-turning__item">
            <p class="yc-turning__if">{question.text.get(language).to_owned()}</p>
            <ul class="yc-lines">{others}</ul>
        </li>
    }
    .into_any()
}

/// What the changed answer would lead to.
fn consequence(
    language: Language,
    engine: &Engine,
    changed: &Answers,
    makes_eligible: bool,
) -> &'static str {
    let result = engine.walk(changed).result;
    match result.as_ref().map(|result| &result.outcomes[..]) {
        Some([only]) => words::outcome(language, engine.guide().outcomes[only.index].kind),
        _ if makes_eligible => tr_in!(language, guide.turning.perhaps),
        _ => tr_in!(language, guide.turning.more_questions),
    }
}
