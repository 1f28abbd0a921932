use super::{AddToBasket, words};
use crate::api::use_packs;
use crate::page::Page;
use crate::ui::IntoAny;
use crate::ui::{Tag, TagKind, dynamic};
use leptos::prelude::*;
use std::ops::Range;
use yichuang_contract::Language;
use yichuang_contract::service::ServiceSummary;

/// One service in a list: its name, a line about it, and what most people ask first.
pub fn service_row(
    language: Language,
    service: &ServiceSummary,
    name: AnyView,
    line: Option<AnyView>,
) -> AnyView {
    let kind = match service.trips {
        0 => TagKind::Good,
        _ => TagKind::Plain,
    };
    let code = service.code.clone();
    let plain_name = service.name.get(language).to_owned();
    let href = Page::Service(code.clone()).path();
    let trips = words::trips(language, service.trips);
    let promise = words::promise(language, service);
    let fee = words::fee(language, service.fee_from_fen, service.fee_to_fen);
    view! {
        <li class="yc-service">
            <a class="yc-service__name" href=href>
                {name}
            </a>
            {line.map(|line| view! { <p class="yc-service__line">{line}</p> })}
            <p class="yc-service__facts">
                <Tag kind=kind>{trips}</Tag>
                <span>{promise}</span>
                <span>{fee}</span>
                <AddToBasket code=code name=plain_name />
            </p>
        </li>
    }
    .into_any()
}

/// The sentence about a service; empty until it is here.
pub fn summary_line(language: Language, service: &ServiceSummary) -> AnyView {
    let summary = use_packs().summary(service.code.clone());
    dynamic(move || {
        let line = summary.with(|summary| Some(summary.as_ref()?.get(language).to_owned()));
        line.unwrap_or_default().into_any()
    })
}

/// A list of services with their one-sentence summaries.
pub fn service_list<'services>(
    language: Language,
    services: impl IntoIterator<Item = &'services ServiceSummary>,
) -> AnyView {
    let rows = services
        .into_iter()
        .map(|service| {
            let name = service.name.get(language).to_owned().into_any();
            service_row(
                language,
                service,
                name,
                Some(summary_line(language, service)),
            )
        })
        .collect_view();
    view! { <ul class="yc-services">{rows}</ul> }.into_any()
}

/// A text with some of its ranges marked. Ranges that do not fit the text are left out.
pub fn marked(text: &str, ranges: &[Range<usize>]) -> AnyView {
    let mut parts = Vec::new();
    let mut from = 0;
    for range in ranges {
        let (Some(before), Some(inside)) = (text.get(from..range.start), text.get(range.clone()))
        else {
            continue;
        };
        parts.push(before.to_owned().into_any());
        parts.push(view! { <mark>{inside.to_owned()}</mark> }.into_any());
        from = range.end;
    }
    parts.push(text.get(from..).unwrap_or_default().to_owned().into_any());
    parts.collect_view().into_any()
}
