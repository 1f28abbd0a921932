//! The materials: what to bring with boxes to tick, what the office has, what is not certain.

use super::ticks::Ticks;
use super::{Sheet, tick_sign};
use crate::components::words;
use leptos::prelude::*;
use yichuang_contract::Language;
use yichuang_contract::guide::Guide;
use yichuang_contract::service::PaperForm;
use yichuang_domain::guide::{Applied, Because};

/// The section.
pub fn materials(language: Language, sheet: &Sheet, ticks: Ticks) -> AnyView {
    let guide = &sheet.pack.guide;
    let is_at_hand = |applied: &&Applied| guide.materials[applied.index].form == PaperForm::ECert;
    // What the office has needs no preparing, whether it turns out to be wanted or not.
    let (have, prepare): (Vec<&Applied>, Vec<&Applied>) =
        sheet.result.materials.iter().partition(is_at_hand);
    let (bring, maybe): (Vec<&Applied>, Vec<&Applied>) =
        prepare.into_iter().partition(|applied| applied.is_certain);
    let mut open: Vec<usize> = maybe
        .iter()
        .flat_map(|applied| applied.depends_on.iter().copied())
        .collect();
    open.sort_unstable();
    open.dedup();
    let ids: Vec<String> = bring
        .iter()
        .chain(&maybe)
        .map(|applied| guide.materials[applied.index].id.clone())
        .collect();
    let nothing = if sheet.result.materials.is_empty() {
        Some(tr_in!(language, guide.list.nothing))
    } else if bring.is_empty() && maybe.is_empty() {
        Some(tr_in!(language, guide.list.nothing_to_bring))
    } else {
        None
    };
    let boxes = |list: &[&Applied]| -> Vec<AnyView> {
        list.iter()
            .map(|applied| to_tick(language, sheet, applied, ticks))
            .collect()
    };
    view! {
        <section aria-labelledby="materials">
            <h2 id="materials">{tr_in!(language, guide.list.materials)}</h2>
            {nothing.map(|nothing| view! { <p class="yc-lead">{nothing}</p> })}
            {(!ids.is_empty()).then(|| count(language, ids, ticks))}
            {group(tr_in!(language, guide.list.bring), None, "yc-ticks", boxes(&bring))}
            {group(
                tr_in!(language, guide.list.maybe),
                Some(
                    view! {
                        {tr_in!(language, guide.list.maybe_hint)}
                        {depends(language, guide, &open)}
                    }
                        .into_any(),
                ),
                "yc-ticks",
                boxes(&maybe),
            )}
            {group(
                tr_in!(language, guide.list.have),
                Some(tr_in!(language, guide.list.have_hint).into_any()),
                "yc-ticks yc-ticks--at-hand",
                have.iter().map(|applied| at_hand(language, sheet, applied)).collect(),
            )}
        </section>
    }
    .into_any()
}

fn group(
    title: &'static str,
    hint: Option<AnyView>,
    class: &'static str,
    items: Vec<AnyView>,
) -> Option<AnyView> {
    (!items.is_empty()).then(|| {
        view! {
            <h3 class="yc-checklist__group">{title}</h3>
            {hint.map(|hint| view! { <div class="yc-hint">{hint}</div> })}
            <ul class=class>{items}</ul>
        }
        .into_any()
    })
}

fn count(language: Language, ids: Vec<String>, ticks: Ticks) -> AnyView {
    let all = ids.len();
    view! {
        <p class="yc-count yc-no-print" role="status">
            {move || {
                let done = ticks.count(&ids);
                if done == all {
                    tr_in!(language, guide.list.all_ticked).to_owned()
                } else {
                    tr_in!(language, guide.list.ticked, done = done, all = all)
                }
            }}
            " "
            {tr_in!(language, guide.list.kept)}
        </p>
    }
    .into_any()
}

/// A material to prepare, with its box.
fn to_tick(language: Language, sheet: &Sheet, applied: &Applied, ticks: Ticks) -> AnyView {
    let material = &sheet.pack.guide.materials[applied.index];
    let trips = sheet.pack.service.summary.trips;
    let id = material.id.clone();
    let input = ["tick-", &id].concat();
    let (is_done, is_checked, changed) = (id.clone(), id.clone(), id);
    // With one open question, the group's own line has said it.
    let maybe = (sheet.result.unknown.len() > 1).then(|| open_questions(language, sheet, applied));
    view! {
        <li class="yc-tick" class:yc-tick--done=move || ticks.has(&is_done)>
            <input
                class="yc-tick__input"
                type="checkbox"
                id=input.clone()
                prop:checked=move || ticks.has(&is_checked)
                on:change=move |event| ticks.set(&changed, event_target_checked(&event))
            />
            <div class="yc-tick__head">
                <label class="yc-tick__name" for=input>
                    {material.name.get(language).to_owned()}
                </label>
                <span class=words::form_class(material.form)>
                    {words::paper(language, material.form, trips)}
                </span>
            </div>
            <div class="yc-tick__body">
                {maybe} <p class="yc-tick__hint">{words::paper_hint(language, material.form, trips)}</p>
                {why(language, sheet, applied)}
            </div>
        </li>
    }
    .into_any()
}

/// A material the office has: nothing to do.
fn at_hand(language: Language, sheet: &Sheet, applied: &Applied) -> AnyView {
    let material = &sheet.pack.guide.materials[applied.index];
    view! {
        <li class="yc-tick yc-tick--at-hand">
            {tick_sign()} <div class="yc-tick__head">
                <span class="yc-tick__name">{material.name.get(language).to_owned()}</span>
            </div> <div class="yc-tick__body">{why(language, sheet, applied)}</div>
        </li>
    }
    .into_any()
}

/// Why it is asked for and on which law, folded away until wanted.
fn why(language: Language, sheet: &Sheet, applied: &Applied) -> AnyView {
    let guide = &sheet.pack.guide;
    let basis = &guide.materials[applied.index].basis;
    let basis = if basis.is_empty() {
        sheet
            .pack
            .service
            .basis
            .join(words::separator(Language::Chinese))
    } else {
        basis.clone()
    };
    let reason = if applied.is_always {
        view! { <p>{tr_in!(language, guide.list.why_always)}</p> }.into_any()
    } else if applied.because.is_empty() {
        view! { <p>{tr_in!(language, guide.list.why_maybe)}</p> }.into_any()
    } else {
        view! {
            <p>{tr_in!(language, guide.list.why_answers)}</p>
            {because(language, guide, &applied.because)}
        }
        .into_any()
    };
    let basis = (!basis.is_empty()).then(|| {
        view! {
            <p>{tr_in!(language, guide.list.basis)} " " <span lang="zh-Hans">{basis}</span></p>
        }
    });
    view! {
        <details class="yc-details yc-tick__why">
            <summary class="yc-details__summary">{tr_in!(language, guide.list.why)}</summary>
            <div class="yc-details__body">{reason} {basis}</div>
        </details>
    }
    .into_any()
}

/// The answers that are the reason.
fn because(language: Language, guide: &Guide, because: &[Because]) -> AnyView {
    view! {
        <ul class="yc-lines">
            {because
                .iter()
                .map(|because| {
                    let question = &guide.questions[because.question];
                    let answer = &question.choices[because.choice];
                    view! {
                        <li>
                            {question.text.get(language).to_owned()} " "
                            <strong>{answer.label.get(language).to_owned()}</strong>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}

/// Which unknown questions decide it, in short.
fn open_questions(language: Language, sheet: &Sheet, applied: &Applied) -> AnyView {
    let guide = &sheet.pack.guide;
    applied
        .depends_on
        .iter()
        .map(|&question| {
            let text = guide.questions[question].text.get(language);
            view! {
                <p class="yc-tick__maybe">
                    {tr_in!(language, guide.list.depends, question = text)}
                </p>
            }
        })
        .collect_view()
        .into_any()
}

/// Which unknown questions decide it, and how to find out.
pub fn depends(language: Language, guide: &Guide, questions: &[usize]) -> AnyView {
    questions
        .iter()
        .map(|&question| {
            let question = &guide.questions[question];
            let text = question.text.get(language);
            let how = question.unknown.as_ref().map(|how| {
                let how = tr_in!(language, guide.list.find_out, how = how.get(language));
                [" ", &how].concat()
            });
            view! {
                <span class="yc-depends">
                    {tr_in!(language, guide.list.depends, question = text)} {how}
                </span>
            }
        })
        .collect_view()
        .into_any()
}
