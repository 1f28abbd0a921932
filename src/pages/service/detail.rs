//! The service page (办事指南): what to bring first, then everything else.

mod facts;
mod sections;

pub(super) use sections::place;

use crate::components::{
    AddToBasket, PrintedFrom, TakeAway, arrow_sign, full_address, notice, paper_list, service_facts,
};
use crate::locale::{localized, use_language};
use crate::page::Page;
use crate::ui::{Icon, IconName, PageHeading};
use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::pack::ServicePack;
use yichuang_contract::service::ServiceDetail;
use yichuang_contract::{Language, ServiceCode};

/// The service page.
pub fn service_page(code: ServiceCode) -> AnyView {
    super::loader::with_service(code, page)
}

fn page(pack: Arc<ServicePack>) -> AnyView {
    let language = use_language();
    let summary = pack.service.summary.clone();
    let address = full_address(&Page::Service(summary.code.clone()), &[]);
    let name = localized(summary.name.clone());
    view! {
        <article class="yc-service">
            <PageHeading title=name />
            <p class="yc-service__summary">{localized(summary.summary)}</p>
            {move || content(language.get(), &pack.service)}
            <section class="yc-service__section yc-flow yc-no-print" aria-labelledby="take-away">
                <h2 id="take-away">{tr!(service.actions.title)}</h2>
                <TakeAway
                    title=name
                    address=address.clone()
                    print_label=tr!(service.actions.print)
                    qr_label=tr!(service.actions.qr)
                    qr_hint=tr!(service.actions.qr_hint)
                />
            </section>
            <PrintedFrom address=address />
        </article>
    }
    .into_any()
}

fn content(language: Language, service: &ServiceDetail) -> AnyView {
    let sections = sections::all(language, service);
    let contents = sections
        .iter()
        .map(|section| {
            let href = ["#", section.id].concat();
            view! {
                <li>
                    <a class="yc-contents__link" href=href>
                        {section.title}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        {service_facts(language, &service.summary)}
        {service
            .summary
            .is_unsure
            .then(|| {
                notice(
                    tr_in!(language, service.unsure.title),
                    tr_in!(language, service.unsure.text).to_owned(),
                )
            })}
        <section class="yc-service__bring yc-flow" aria-labelledby="bring">
            <h2 id="bring">{tr_in!(language, service.bring.title)}</h2>
            {bring(language, service)}
            {start(language, service)}
        </section>
        <div class="yc-service__layout">
            <nav class="yc-contents" aria-labelledby="contents">
                <h2 id="contents" class="yc-contents__title">
                    {tr_in!(language, service.contents)}
                </h2>
                <ul class="yc-contents__list">{contents}</ul>
            </nav>
            <div class="yc-service__sections">
                {sections
                    .into_iter()
                    .map(|section| {
                        view! {
                            <section class="yc-service__section yc-flow" aria-labelledby=section.id>
                                <h2 id=section.id>{section.title}</h2>
                                {section.body}
                            </section>
                        }
                    })
                    .collect_view()}
            </div>
        </div>
    }
    .into_any()
}

fn bring(language: Language, service: &ServiceDetail) -> AnyView {
    if service.materials.is_empty() {
        return view! { <p>{tr_in!(language, service.bring.nothing)}</p> }.into_any();
    }
    let is_narrowed = service.summary.questions_at_most > 0 && service.materials.len() > 1;
    view! {
        {is_narrowed
            .then(|| {
                let count = service.materials.len();
                view! {
                    <p class="yc-no-print">
                        {tr_in!(language, service.bring.full_list, count = count)}
                    </p>
                }
            })}
        {paper_list(language, &service.materials, service.summary.trips)}
    }
    .into_any()
}

/// The person's next step: the largest thing on the screen.
fn start(language: Language, service: &ServiceDetail) -> AnyView {
    let code = &service.summary.code;
    let label = match service.summary.questions_at_most {
        0 => tr_in!(language, service.start.none).to_owned(),
        1 => tr_in!(language, service.start.one).to_owned(),
        count => tr_in!(language, service.start.many, count = count),
    };
    let href = match service.summary.questions_at_most {
        0 => Page::Checklist(code.clone()).path(),
        _ => Page::Guide(code.clone()).path(),
    };
    view! {
        <div class="yc-start">
            <a class="yc-start__link" href=href>
                {label}
                {arrow_sign("yc-start__arrow")}
            </a>
            <p class="yc-start__note">{tr_in!(language, service.start.note)}</p>
            <ul class="yc-second-links">
                <li>
                    <a class="yc-second-links__link" href=Page::Map(code.clone()).path()>
                        <Icon name=IconName::Branches />
                        {tr_in!(language, service.actions.map)}
                    </a>
                </li>
                <li>
                    <AddToBasket code=code.clone() name=service.summary.name.get(language) />
                </li>
            </ul>
        </div>
    }
    .into_any()
}
