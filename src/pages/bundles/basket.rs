//! The basket (随心办): what is in it, and the way to its plan.

use super::subject::ITEMS;
use crate::api::use_packs;
use crate::basket::{encode, use_basket};
use crate::locale::use_language;
use crate::page::Page;
use crate::ui::{Button, ButtonKind, Empty, LinkButton, LoadableView, PageHeading};
use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::pack::CataloguePack;
use yichuang_contract::plan::BASKET_SIZE;
use yichuang_contract::{Language, ServiceCode};

/// The page.
#[must_use]
pub fn page() -> AnyView {
    let catalogue = use_packs().catalogue();
    view! {
        <PageHeading title=tr!(bundle.basket.title) />
        <p class="yc-lead">{tr!(bundle.basket.text, most = move || BASKET_SIZE)}</p>
        <LoadableView state=catalogue.state retry=catalogue.retry view=contents />
    }
    .into_any()
}

fn contents(catalogue: Arc<CataloguePack>) -> AnyView {
    let basket = use_basket();
    let language = use_language();
    (move || {
        let codes = basket.codes().get();
        if codes.is_empty() {
            return view! {
                <Empty title=tr!(bundle.basket.empty)>
                    <p>{tr!(bundle.basket.empty_advice)}</p>
                    <LinkButton href=Page::Services.path()>{tr!(bundle.basket.choose)}</LinkButton>
                </Empty>
            }
            .into_any();
        }
        let start = Page::BasketQuestions.with_query(&[(ITEMS, &encode(&codes))]);
        let rows = codes
            .into_iter()
            .map(|code| row(language.get(), &catalogue, code))
            .collect_view();
        view! {
            <ul class="yc-saved">{rows}</ul>
            <div class="yc-actions">
                <LinkButton href=start>{tr!(bundle.detail.start)}</LinkButton>
                <LinkButton kind=ButtonKind::Secondary href=Page::Services.path()>
                    {tr!(bundle.basket.more)}
                </LinkButton>
                <Button kind=ButtonKind::Quiet on_press=move |_| basket.clear()>
                    {tr!(bundle.basket.clear)}
                </Button>
            </div>
        }
        .into_any()
    })
    .into_any()
}

fn row(language: Language, catalogue: &CataloguePack, code: ServiceCode) -> AnyView {
    let basket = use_basket();
    let service = catalogue
        .services
        .iter()
        .find(|service| service.code == code);
    let name = service.map_or_else(
        || code.to_string(),
        |service| service.name.get(language).to_owned(),
    );
    let href = Page::Service(code.clone()).path();
    let label = tr_in!(language, bundle.basket.remove_label, name = name.as_str());
    view! {
        <li class="yc-saved__item">
            <a class="yc-saved__name" href=href>
                {name}
            </a>
            <Button kind=ButtonKind::Quiet on_press=move |_| basket.remove(&code)>
                <span aria-hidden="true">{tr_in!(language, bundle.basket.remove)}</span>
                <span class="yc-visually-hidden">{label}</span>
            </Button>
        </li>
    }
    .into_any()
}
