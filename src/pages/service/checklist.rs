//! The personal checklist (收件清单): what a few answers come to.

mod key_facts;
mod materials;
mod outcome;
mod ticks;
mod turning;

use super::answers::{ANSWERS, answers_list, engine_of, guide_address, unreadable, use_answers};
use super::detail::place;
use crate::components::{KeepButton, PrintedFrom, TakeAway, full_address, notice, sign};
use crate::locale::{localized, use_language};
use crate::page::Page;
use crate::ui::{Icon, IconName, LinkButton, PageHeading};
use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::pack::ServicePack;
use yichuang_contract::{Language, ServiceCode};
use yichuang_domain::guide::{Answers, Engine, GuideResult, Verdict, Walk};

/// The checklist of a service for the answers in the address.
pub fn checklist_page(code: ServiceCode) -> AnyView {
    super::loader::with_service(code, page)
}

fn page(pack: Arc<ServicePack>) -> AnyView {
    let service = pack.guide.service.clone();
    let Some(engine) = engine_of(&pack.guide) else {
        return unreadable(&service);
    };
    let answers = use_answers(engine.clone());
    (move || match answers.get() {
        Err(_) => unreadable(&service),
        Ok(answers) => {
            let walk = engine.walk(&answers);
            match walk.result.clone() {
                Some(result) => checklist(pack.clone(), engine.clone(), answers, &walk, result),
                None => unfinished(&engine, &answers),
            }
        }
    })
    .into_any()
}

/// Some answers are missing: no list yet, and a way on.
fn unfinished(engine: &Engine, answers: &Answers) -> AnyView {
    let guide = engine.guide();
    let title = tr!(guide.unfinished.title);
    let address = guide_address(&guide.service, &answers.to_code(guide), "");
    view! {
        <div class="yc-flow">
            <PageHeading title=title />
            <p>{tr!(guide.unfinished.text)}</p>
            <p>
                <LinkButton href=address>{tr!(guide.unfinished.go_on)}</LinkButton>
            </p>
            {answers_list(engine, answers)}
        </div>
    }
    .into_any()
}

/// Everything the parts of the list need.
pub(super) struct Sheet {
    /// The service and its guide.
    pub pack: Arc<ServicePack>,
    /// The result.
    pub result: GuideResult,
}

fn checklist(
    pack: Arc<ServicePack>,
    engine: Arc<Engine>,
    answers: Answers,
    walk: &Walk,
    result: GuideResult,
) -> AnyView {
    let language = use_language();
    let service = pack.guide.service.clone();
    let code = answers.to_code(&pack.guide);
    let name = localized(pack.service.summary.name.clone());
    let title = tr!(guide.list.title);
    let document_title = Signal::derive(move || [title.get(), name.get()].join(" · "));
    let own_address = Page::Checklist(service.clone()).with_query(&[(ANSWERS, &code)]);
    let address = full_address(&Page::Checklist(service.clone()), &[(ANSWERS, &code)]);
    let short_code = [service.as_str(), " ", &code]
        .concat()
        .trim_end()
        .to_owned();
    let map = Page::Map(service.clone()).with_query(&[(ANSWERS, &code)]);
    let count = walk.asked.len();
    let is_possible = result.verdict != Verdict::NotEligible;
    let ticked = ticks::use_ticks(&service, &code);
    let sheet = Arc::new(Sheet { pack, result });
    let body = {
        let (sheet, engine, answers) = (sheet.clone(), engine.clone(), answers.clone());
        move || {
            let language = language.get();
            view! {
                {outcome::banner(language, &sheet)}
                {if is_possible {
                    possible(language, &sheet, &engine, &answers, ticked)
                } else {
                    impossible(language, &sheet, &engine, &answers)
                }}
            }
        }
    };
    view! {
        <article class="yc-checklist">
            <a class="yc-back" href=Page::Service(service.clone()).path()>
                <Icon name=IconName::Back />
                {tr!(guide.question.back_to_service)}
            </a>
            <PageHeading title=title document_title=document_title />
            <p class="yc-checklist__service">{name}</p>
            <p class="yc-checklist__count">
                {if count == 0 {
                    tr!(guide.list.no_answers).into_any()
                } else {
                    tr!(guide.list.for_answers, count = move || count).into_any()
                }}
                {(count > 0)
                    .then(|| {
                        view! {
                            <a class="yc-second-links__link yc-no-print" href="#answers">
                                {tr!(guide.actions.change)}
                            </a>
                        }
                    })}
            </p>
            {body}
            <section class="yc-flow yc-no-print" aria-labelledby="take-away">
                <h2 id="take-away">{tr!(guide.actions.title)}</h2>
                <TakeAway
                    title=document_title
                    address=address.clone()
                    short_code=Signal::stored(short_code)
                    print_label=tr!(guide.actions.print)
                    qr_label=tr!(guide.actions.send)
                    qr_hint=tr!(guide.actions.send_hint)
                >
                    <KeepButton address=own_address />
                </TakeAway>
                <ul class="yc-second-links">
                    <li>
                        <a class="yc-second-links__link" href=map>
                            <Icon name=IconName::Branches />
                            {tr!(guide.actions.map)}
                        </a>
                    </li>
                    <li>
                        <a class="yc-second-links__link" href=Page::Service(service).path()>
                            <Icon name=IconName::List />
                            {tr!(guide.actions.service)}
                        </a>
                    </li>
                </ul>
            </section>
            {answers_list(&engine, &answers)}
            <PrintedFrom address=address />
        </article>
    }
    .into_any()
}

/// One can apply, or could.
fn possible(
    language: Language,
    sheet: &Arc<Sheet>,
    engine: &Engine,
    answers: &Answers,
    ticked: ticks::Ticks,
) -> AnyView {
    let service = &sheet.pack.service;
    view! {
        {service
            .summary
            .is_unsure
            .then(|| {
                notice(
                    tr_in!(language, service.unsure.title),
                    tr_in!(language, service.unsure.text).to_owned(),
                )
            })}
        {key_facts::key_facts(language, sheet)}
        {materials::materials(language, sheet, ticked)}
        {notes(language, sheet)}
        {steps(language, sheet)}
        <section class="yc-flow" aria-labelledby="place">
            <h2 id="place">{tr_in!(language, service.place.title)}</h2>
            {place(language, service)}
        </section>
        {turning::turning(language, sheet, engine, answers)}
        {outcome::offered(language, sheet)}
    }
    .into_any()
}

/// One cannot apply: the way out comes first.
fn impossible(language: Language, sheet: &Sheet, engine: &Engine, answers: &Answers) -> AnyView {
    view! {
        {outcome::offered(language, sheet)}
        {turning::turning(language, sheet, engine, answers)}
    }
    .into_any()
}

fn notes(language: Language, sheet: &Sheet) -> Option<AnyView> {
    let guide = &sheet.pack.guide;
    (!sheet.result.notes.is_empty()).then(|| {
        view! {
            <section class="yc-flow" aria-labelledby="notes">
                <h2 id="notes">{tr_in!(language, guide.notes.title)}</h2>
                <ul class="yc-lines">
                    {sheet
                        .result
                        .notes
                        .iter()
                        .map(|note| {
                            let text = guide.notes[note.index].text.get(language).to_owned();
                            let maybe = (!note.is_certain)
                                .then(|| materials::depends(language, guide, &note.depends_on));
                            view! { <li class="yc-lines__item">{text} {maybe}</li> }
                        })
                        .collect_view()}
                </ul>
            </section>
        }
        .into_any()
    })
}

/// The service's steps, then what the answers add.
fn steps(language: Language, sheet: &Sheet) -> AnyView {
    let guide = &sheet.pack.guide;
    let steps = &sheet.pack.service.steps;
    let extra = &sheet.result.steps;
    view! {
        <section class="yc-flow" aria-labelledby="steps">
            <h2 id="steps">{tr_in!(language, guide.steps.title)}</h2>
            <ol class="yc-numbered">
                {steps
                    .iter()
                    .map(|step| {
                        view! { <li class="yc-numbered__item">{step.get(language).to_owned()}</li> }
                    })
                    .collect_view()}
            </ol>
            {(!extra.is_empty())
                .then(|| {
                    view! {
                        <h3>{tr_in!(language, guide.steps.extra)}</h3>
                        <ul class="yc-lines">
                            {extra
                                .iter()
                                .map(|step| {
                                    let text = &guide.steps[step.index].text;
                                    view! {
                                        <li class="yc-lines__item">
                                            {text.get(language).to_owned()}
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    }
                })}
        </section>
    }
    .into_any()
}

/// A tick for what is there already.
fn tick_sign() -> AnyView {
    sign("yc-tick__mark", "M4 12.5l5.5 5.5L20 7")
}
