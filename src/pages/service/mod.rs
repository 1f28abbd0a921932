//! The pages of one service.

use crate::api::use_packs;
use crate::locale::localized;
use crate::page::Page;
use crate::ui::{LinkButton, LoadableView, PageHeading};
use leptos::prelude::*;
use yichuang_contract::ServiceCode;

/// The service page (办事指南).
pub fn service_page(code: ServiceCode) -> AnyView {
    let pack = use_packs().service(&code);
    view! {
        <LoadableView
            state=pack.state
            retry=pack.retry
            view=move |pack| {
                let summary = pack.service.summary.clone();
                view! {
                    <PageHeading title=localized(summary.name) />
                    <p class="yc-lead">{localized(summary.summary)}</p>
                    <LinkButton href=Page::Guide(summary.code).path()>{tr!(service.start)}</LinkButton>
                }
                    .into_any()
            }
        />
    }
    .into_any()
}

/// The guide of a service (问答式指引).
pub fn guide_page(code: ServiceCode) -> AnyView {
    service_page(code)
}

/// The personal checklist (收件清单).
pub fn checklist_page(code: ServiceCode) -> AnyView {
    service_page(code)
}

/// One picture (一图看懂).
pub fn map_page(code: ServiceCode) -> AnyView {
    service_page(code)
}
