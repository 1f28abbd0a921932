//! The plan (办理计划): papers once, items in order with their dates, fees, visits, what if.

mod items;
mod materials;
mod money;
mod timetable;

use super::questions::{separator, unplannable};
use super::subject::{ANSWERS, Source, Subject, with_source};
use crate::components::{KeepButton, PrintedFrom, TakeAway, words};
use crate::locale::{localized, use_language};
use crate::navigation::use_navigation;
use crate::page::Page;
use crate::ui::{Icon, IconName, LinkButton, PageHeading};
use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::Language;
use yichuang_contract::plan::{Contradiction, Plan, PlanAnswer, PlanItem, PlanItemState};

/// The page.
#[must_use]
pub fn page(subject: Subject) -> AnyView {
    with_source(subject, plan_of_address)
}

fn plan_of_address(source: Arc<Source>) -> AnyView {
    let code = use_navigation().query(ANSWERS);
    (move || match source.plan(&code.get(), &words::today()) {
        Err(reason) => unplannable(&source, &reason),
        Ok(plan) if plan.next.is_some() => unfinished(&source, &plan),
        Ok(plan) => sheet(source.clone(), Arc::new(plan)),
    })
    .into_any()
}

fn unfinished(source: &Source, plan: &Plan) -> AnyView {
    let address = source.questions_address(&plan.code, "");
    view! {
        <PageHeading title=tr!(guide.unfinished.title) />
        <p class="yc-lead">{tr!(guide.unfinished.text)}</p>
        <div class="yc-actions">
            <LinkButton href=address>{tr!(guide.unfinished.go_on)}</LinkButton>
        </div>
    }
    .into_any()
}

fn sheet(source: Arc<Source>, plan: Arc<Plan>) -> AnyView {
    let language = use_language();
    let name = localized(source.name());
    let title = tr!(bundle.plan.title);
    let document_title = Signal::derive(move || [title.get(), name.get()].join(" · "));
    let own_address = source.plan_address(&plan.code);
    let address = [
        window().location().origin().unwrap_or_default(),
        own_address.clone(),
    ]
    .concat();
    let body = {
        let (source, plan) = (source.clone(), plan.clone());
        move || body(language.get(), &source, &plan)
    };
    view! {
        <article class="yc-plan">
            <a class="yc-back" href=source.subject.start().path()>
                <Icon name=IconName::Back />
                {tr!(bundle.questions.back)}
            </a>
            <PageHeading title=title document_title=document_title />
            <p class="yc-checklist__service">{name}</p>
            {body}
            <section class="yc-section yc-no-print" aria-labelledby="take-away">
                <h2 id="take-away">{tr!(bundle.plan.take_away)}</h2>
                <TakeAway
                    title=document_title
                    address=address.clone()
                    print_label=tr!(bundle.plan.print)
                    qr_label=tr!(guide.actions.send)
                    qr_hint=tr!(guide.actions.send_hint)
                >
                    <KeepButton address=own_address />
                </TakeAway>
            </section>
            <PrintedFrom address=address />
        </article>
    }
    .into_any()
}

fn body(language: Language, source: &Source, plan: &Plan) -> AnyView {
    view! {
        {key_facts(language, plan)}
        {contradictions(language, source, plan)}
        {covered_by(language, source, plan)}
        {materials::section(language, plan)}
        {items::section(language, plan)}
        {in_order(language, source, plan)}
        {timetable::section(language, plan)}
        {items::dropped(language, plan)}
        {money::fees(language, plan)}
        {money::counters(language, plan)}
        {items::if_refused(language, plan)}
        {money::savings(language, plan)}
        {answers(language, source, plan)}
    }
    .into_any()
}

/// Whether an item is part of the plan, if only perhaps.
fn takes_part(item: &PlanItem) -> bool {
    matches!(
        item.state,
        PlanItemState::Included | PlanItemState::Uncertain | PlanItemState::Open
    )
}

/// Names of items, joined.
fn names(language: Language, plan: &Plan, ids: &[String]) -> String {
    let names: Vec<&str> = ids
        .iter()
        .filter_map(|id| plan.items.iter().find(|item| item.id == *id))
        .map(|item| item.name.get(language))
        .collect();
    names.join(separator(language))
}

fn key_facts(language: Language, plan: &Plan) -> AnyView {
    let included = plan.items.iter().filter(|item| takes_part(item)).count();
    let finish = match &plan.finish_on {
        Some(day) => words::date(language, day),
        None => words::working_days(language, plan.working_days),
    };
    let finish_note = match (plan.waits_for_others, plan.is_provisional) {
        (true, _) => tr_in!(language, bundle.plan.waits_for_others),
        (false, true) => tr_in!(language, bundle.plan.provisional),
        (false, false) => tr_in!(language, bundle.plan.from_today),
    };
    let facts = [
        (
            tr_in!(language, bundle.plan.items),
            tr_in!(language, bundle.plan.items_count, count = included),
            None,
        ),
        (
            tr_in!(language, bundle.plan.finish),
            finish,
            Some(finish_note),
        ),
        (
            tr_in!(language, bundle.plan.fee),
            words::fee(language, plan.fee_from_fen, plan.fee_to_fen),
            None,
        ),
        (
            tr_in!(language, bundle.plan.visits),
            words::trips(language, plan.visits),
            None,
        ),
    ];
    let rows = facts
        .into_iter()
        .map(|(name, value, note)| {
            view! {
                <div>
                    <dt class="yc-key-facts__name">{name}</dt>
                    <dd class="yc-key-facts__value">{value}</dd>
                    {note.map(|note| view! { <dd class="yc-key-facts__note">{note}</dd> })}
                </div>
            }
        })
        .collect_view();
    view! { <dl class="yc-key-facts">{rows}</dl> }.into_any()
}

/// The names of the two items that a contradiction is about.
fn pair(language: Language, plan: &Plan, contradiction: &Contradiction) -> String {
    let ids = [
        contradiction.first.to_string(),
        contradiction.second.to_string(),
    ];
    names(language, plan, &ids)
}

/// What does not go together and is for the person to settle, with a way out of each.
fn contradictions(language: Language, source: &Source, plan: &Plan) -> Option<AnyView> {
    let mut open = plan
        .contradictions
        .iter()
        .filter(|contradiction| !contradiction.is_settled)
        .peekable();
    open.peek()?;
    let rows = open
        .map(|contradiction| {
            let pair = pair(language, plan, contradiction);
            let reason = contradiction.reason.get(language).to_owned();
            let way_out = contradiction.way_out.get(language).to_owned();
            view! {
                <div class="yc-notification yc-notification--warning">
                    <p>
                        <strong>{pair}</strong>
                    </p>
                    <p>{reason}</p>
                    <p>{way_out}</p>
                </div>
            }
        })
        .collect_view();
    let change = matches!(source.subject, Subject::Basket).then(|| {
        view! {
            <p class="yc-no-print">
                <a class="yc-more" href=Page::Basket.path()>
                    {tr_in!(language, bundle.plan.change_basket)}
                </a>
            </p>
        }
    });
    Some(
        view! {
            <section class="yc-section" aria-labelledby="contradictions">
                <h2 id="contradictions">{tr_in!(language, bundle.plan.contradictions)}</h2>
                {rows}
                {change}
            </section>
        }
        .into_any(),
    )
}

/// What the plan has put in order by itself, with the reasons. A ready bundle has its own order,
/// which its stages show; only whoever put services together may have meant another.
fn in_order(language: Language, source: &Source, plan: &Plan) -> Option<AnyView> {
    let mut settled = plan
        .contradictions
        .iter()
        .filter(|contradiction| contradiction.is_settled)
        .peekable();
    if matches!(source.subject, Subject::Bundle(_)) {
        return None;
    }
    settled.peek()?;
    let rows = settled
        .map(|contradiction| {
            let pair = pair(language, plan, contradiction);
            let reason = contradiction.reason.get(language).to_owned();
            view! {
                <li>
                    <p>{pair}</p>
                    <p class="yc-bundle__line">{reason}</p>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <p>{tr_in!(language, bundle.plan.in_order)}</p>
            <ul class="yc-prose">{rows}</ul>
        }
        .into_any(),
    )
}

/// Ready bundles that cover the basket.
fn covered_by(language: Language, source: &Source, plan: &Plan) -> Option<AnyView> {
    if plan.covered_by.is_empty() {
        return None;
    }
    let links = plan
        .covered_by
        .iter()
        .filter_map(|code| {
            let name = source.bundle_name(code)?.get(language).to_owned();
            let href = Page::Bundle(code.clone()).path();
            Some(view! {
                <li>
                    <a class="yc-more" href=href>
                        {name}
                    </a>
                </li>
            })
        })
        .collect_view();
    Some(
        view! {
            <div class="yc-notification">
                <p>{tr_in!(language, bundle.plan.covered)}</p>
                <ul>{links}</ul>
            </div>
        }
        .into_any(),
    )
}

/// What was answered and what the situation implies, each with a way to change it.
fn answers(language: Language, source: &Source, plan: &Plan) -> Option<AnyView> {
    if plan.asked.is_empty() && plan.given.is_empty() {
        return None;
    }
    let row = |answer: &PlanAnswer| {
        let words = answer.text.get(language).to_owned();
        let choice = match &answer.label {
            Some(label) => label.get(language).to_owned(),
            None => tr_in!(language, guide.answers.unknown).to_owned(),
        };
        let reason = answer.reason.as_ref().map(|reason| {
            let reason = reason.get(language).to_owned();
            view! { <dd class="yc-bundle__line">{reason}</dd> }
        });
        let href = source.questions_address(&plan.code, &answer.key);
        let hidden = [": ", &words].concat();
        view! {
            <div class="yc-answers__row">
                <dt class="yc-answers__question">{words}</dt>
                <dd class="yc-answers__answer">{choice}</dd>
                {reason}
                <dd class="yc-answers__change">
                    <a class="yc-answers__link" href=href>
                        {tr_in!(language, guide.answers.change)}
                        <span class="yc-visually-hidden">{hidden}</span>
                    </a>
                </dd>
            </div>
        }
    };
    let rows = plan.asked.iter().chain(&plan.given).map(row).collect_view();
    Some(
        view! {
            <section class="yc-answers" aria-labelledby="answers">
                <h2 id="answers" class="yc-answers__title">
                    {tr_in!(language, guide.answers.title)}
                </h2>
                <dl class="yc-answers__list">{rows}</dl>
            </section>
        }
        .into_any(),
    )
}
