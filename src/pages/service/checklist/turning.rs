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
            <section class="yc-turning" aria-labelledby="turning">
                <h2 id="turning">{title}</h2>
                <ul class="yc-turning__list">{items}</ul>
            </section>
        }
        .into_any(),
    )
}

fn item(language: Language, engine: &Engine, answers: &Answers, point: &TurningPoint) -> AnyView {
    let guide = engine.guide();
    let question = &guide.questions[point.question];
    let or = tr_in!(language, guide.turning.or);
    let instead: Vec<&str> = point
        .instead
        .iter()
        .map(|&choice| question.choices[choice].label.get(language))
        .collect();
    let instead = instead.join(or);
    let mut kinds: Vec<&str> = point
        .outcomes
        .iter()
        .map(|&outcome| words::outcome(language, guide.outcomes[outcome].kind))
        .collect();
    kinds.dedup();
    let outcome = match (point.makes_eligible, point.is_sure) {
        (true, true) => tr_in!(language, guide.outcome.eligible).to_owned(),
        (true, false) => tr_in!(language, guide.turning.perhaps).to_owned(),
        (false, _) => kinds.join(or),
    };
    let mut changed = answers.clone();
    if let Some(&choice) = point.instead.first() {
        changed.set(&question.id, answer_of(question, Some(choice)));
    }
    let href = address_after(engine, &changed);
    let text = question.text.get(language);
    view! {
        <li class="yc-turning__item">
            <p class="yc-turning__if">
                {tr_in!(language, guide.turning.when, question = text, answer = instead)}
            </p>
            <p class="yc-turning__then">
                {tr_in!(language, guide.turning.outcome, outcome = outcome)} " "
                <a class="yc-no-print" href=href>
                    {tr_in!(language, guide.turning.see)}
                    <span class="yc-visually-hidden">": " {text.to_owned()}</span>
                </a>
            </p>
        </li>
    }
    .into_any()
}
