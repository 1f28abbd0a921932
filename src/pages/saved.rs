//! Checklists and plans kept on this device (我的清单).

use crate::api::{Packs, use_packs};
use crate::components::words;
use crate::locale::use_language;
use crate::page::Page;
use crate::saved::{SavedList, use_saved};
use crate::ui::{Button, ButtonKind, Empty, LinkButton, Loadable, PageHeading};
use leptos::prelude::*;
use yichuang_contract::pack::BundlesPack;
use yichuang_contract::{BundleCode, Language, ServiceCode, Text};

/// The page.
pub fn page() -> AnyView {
    let saved = use_saved();
    let language = use_language();
    let packs = use_packs();
    // Names of bundles are in a pack of their own, asked for only if a bundle was kept.
    let has_bundle = saved
        .lists()
        .with_untracked(|lists| lists.iter().any(|list| bundle_of(&page_of(list)).is_some()));
    let bundles = has_bundle.then(|| packs.bundles().state);
    view! {
        <PageHeading title=tr!(home.saved.title) />
        <p class="yc-lead">{tr!(home.saved.text)}</p>
        {move || {
            let lists = saved.lists().get();
            if lists.is_empty() {
                return view! {
                    <Empty title=tr!(home.saved.empty)>
                        <p>{tr!(home.saved.empty_advice)}</p>
                        <LinkButton href=Page::Home.path()>{tr!(common.not_found.home)}</LinkButton>
                    </Empty>
                }
                    .into_any();
            }
            let rows = lists
                .into_iter()
                .map(|list| row(language.get(), packs, bundles, list))
                .collect_view();
            view! { <ul class="yc-saved">{rows}</ul> }.into_any()
        }}
    }
    .into_any()
}

fn row(
    language: Language,
    packs: Packs,
    bundles: Option<Signal<Loadable<std::sync::Arc<BundlesPack>>>>,
    list: SavedList,
) -> AnyView {
    let saved = use_saved();
    let page = page_of(&list);
    let name = name(&page, packs, bundles)
        .map_or_else(|| page.path(), |name| name.get(language).to_owned());
    let day = words::date(language, &list.saved_on);
    let kind = match page {
        Page::Checklist(_) => tr_in!(language, home.saved.checklist),
        _ => tr_in!(language, home.saved.plan),
    };
    let label = tr_in!(language, home.saved.forget_label, name = name.as_str()).to_string();
    let address = list.address.clone();
    view! {
        <li class="yc-saved__item">
            <div>
                <a class="yc-saved__name" href=list.address>
                    {name}
                </a>
                <p class="yc-saved__line">
                    {kind} " · " {tr_in!(language, home.saved.on, day = day).to_string()}
                </p>
            </div>
            <Button kind=ButtonKind::Quiet on_press=move |_| saved.forget(&address)>
                <span aria-hidden="true">{tr_in!(language, home.saved.forget)}</span>
                <span class="yc-visually-hidden">{label}</span>
            </Button>
        </li>
    }
    .into_any()
}

fn page_of(list: &SavedList) -> Page {
    let path = list.address.split('?').next().unwrap_or_default();
    Page::from_path(path)
}

fn service_of(page: &Page) -> Option<&ServiceCode> {
    match page {
        Page::Service(code) | Page::Guide(code) | Page::Checklist(code) | Page::Map(code) => {
            Some(code)
        }
        _ => None,
    }
}

fn bundle_of(page: &Page) -> Option<&BundleCode> {
    match page {
        Page::Bundle(code) | Page::BundleQuestions(code) | Page::BundlePlan(code) => Some(code),
        _ => None,
    }
}

/// The name of what a page is about, as far as it is loaded.
fn name(
    page: &Page,
    packs: Packs,
    bundles: Option<Signal<Loadable<std::sync::Arc<BundlesPack>>>>,
) -> Option<Text> {
    if let Some(code) = service_of(page) {
        let Loadable::Ready(catalogue) = packs.catalogue().state.get() else {
            return None;
        };
        let service = catalogue
            .services
            .iter()
            .find(|service| service.code == *code)?;
        return Some(service.name.clone());
    }
    let code = bundle_of(page)?;
    let Loadable::Ready(bundles) = bundles?.get() else {
        return None;
    };
    let bundle = bundles.bundles.iter().find(|bundle| bundle.code == *code)?;
    Some(bundle.name.clone())
}
