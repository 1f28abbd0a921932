//! One bundle: what it settles, which optional items join, and the way to its plan.

use super::subject::{ITEMS, item_name};
use crate::api::use_packs;
use crate::components::{notice, words};
use crate::locale::{localized, use_language};
use crate::navigation::{History, use_navigation};
use crate::page::Page;
use crate::ui::{
    Checkbox, Failure, Icon, IconName, LinkButton, Loadable, LoadableView, PageHeading,
};
use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::bundle::{Bundle, BundleItem, BundleItemKind};
use yichuang_contract::pack::{BundlesPack, CataloguePack};
use yichuang_contract::{BundleCode, Language};

/// The page.
#[must_use]
pub fn page(code: BundleCode) -> AnyView {
    let packs = use_packs();
    let bundles = packs.bundles();
    let catalogue = packs.catalogue();
    let both = Signal::derive(move || match (bundles.state.get(), catalogue.state.get()) {
        (Loadable::Ready(bundles), Loadable::Ready(catalogue)) => {
            Loadable::Ready((bundles, catalogue))
        }
        (Loadable::Failed(failure), _) | (_, Loadable::Failed(failure)) => {
            Loadable::Failed(failure)
        }
        _ => Loadable::Loading,
    });
    let retry = Callback::new(move |()| {
        bundles.retry.run(());
        catalogue.retry.run(());
    });
    let view = move |(bundles, catalogue): (Arc<BundlesPack>, Arc<CataloguePack>)| match bundles
        .bundles
        .iter()
        .find(|bundle| bundle.code == code)
    {
        Some(bundle) => body(bundle.clone(), catalogue),
        None => view! {
            <PageHeading title=tr!(bundle.unknown.title) />
            {crate::ui::failed(Failure::NotFound, retry)}
        }
        .into_any(),
    };
    view! { <LoadableView state=both retry=retry view=view /> }.into_any()
}

fn body(bundle: Bundle, catalogue: Arc<CataloguePack>) -> AnyView {
    let language = use_language();
    let items = use_navigation().query(ITEMS);
    let code = bundle.code.clone();
    let start = Signal::derive(move || {
        Page::BundleQuestions(code.clone()).with_query(&[(ITEMS, &items.read())])
    });
    let boxes: Vec<AnyView> = bundle
        .items
        .iter()
        .filter(|item| item.optional_when.is_some())
        .map(|item| optional_box(item, &catalogue))
        .collect();
    let optional = (!boxes.is_empty()).then(|| {
        view! {
            <fieldset class="yc-group yc-section">
                <legend class="yc-bundle__legend">{tr!(bundle.detail.optional)}</legend>
                <p class="yc-hint">{tr!(bundle.detail.optional_hint)}</p>
                {boxes}
            </fieldset>
        }
    });
    let name = localized(bundle.name.clone());
    let situation = localized(bundle.situation.clone());
    let unsure = {
        let is_unsure = bundle.is_unsure;
        move || is_unsure.then(|| unsure(language.get()))
    };
    let bundle = Arc::new(bundle);
    let always = {
        let (bundle, catalogue) = (bundle.clone(), catalogue.clone());
        move || always_list(language.get(), &bundle, &catalogue)
    };
    let materials = move || materials_list(language.get(), &bundle);
    view! {
        <article class="yc-bundle">
            <a class="yc-back" href=Page::Bundles.path()>
                <Icon name=IconName::Back />
                {tr!(bundle.unknown.all)}
            </a>
            <PageHeading title=name />
            <p class="yc-lead">{situation}</p>
            {unsure}
            <section class="yc-section" aria-labelledby="items">
                <h2 id="items">{tr!(bundle.detail.always)}</h2>
                {always}
            </section>
            {optional}
            <div class="yc-actions">
                <LinkButton href=start>{tr!(bundle.detail.start)}</LinkButton>
            </div>
            <p class="yc-hint">{tr!(bundle.detail.start_hint)}</p>
            <section class="yc-section" aria-labelledby="materials">
                <h2 id="materials">{tr!(bundle.detail.materials)}</h2>
                <p class="yc-hint">{tr!(bundle.detail.materials_hint)}</p>
                {materials}
            </section>
        </article>
    }
    .into_any()
}

fn unsure(language: Language) -> AnyView {
    notice(
        tr_in!(language, service.unsure.title),
        tr_in!(language, service.unsure.text).to_owned(),
    )
}

/// An item that joins in some circumstances; the choice lives in the address.
fn optional_box(item: &BundleItem, catalogue: &Arc<CataloguePack>) -> AnyView {
    let language = use_language();
    let navigation = use_navigation();
    let items = navigation.query(ITEMS);
    let label = {
        let (kind, catalogue) = (item.kind.clone(), catalogue.clone());
        Signal::derive(move || item_name(&catalogue, &kind, language.get()))
    };
    let when = localized(item.optional_when.clone().unwrap_or_default());
    let is_checked = {
        let id = item.id.clone();
        Signal::derive(move || items.read().split('.').any(|chosen| chosen == id))
    };
    let id = item.id.clone();
    let on_change = move |checked: bool| {
        let value = items.get_untracked();
        let mut chosen: Vec<&str> = value
            .split('.')
            .filter(|chosen| !chosen.is_empty() && *chosen != id)
            .collect();
        if checked {
            chosen.push(&id);
        }
        navigation.set_query(&[(ITEMS, &chosen.join("."))], History::Replace);
    };
    view! { <Checkbox label=label hint=when is_checked=is_checked on_change=on_change /> }
        .into_any()
}

/// The items that every case needs, in order.
fn always_list(language: Language, bundle: &Bundle, catalogue: &CataloguePack) -> AnyView {
    let rows = bundle
        .items
        .iter()
        .filter(|item| item.optional_when.is_none())
        .map(|item| {
            let name = item_name(catalogue, &item.kind, language);
            let name = match &item.kind {
                BundleItemKind::Service(code) => {
                    let href = Page::Service(code.clone()).path();
                    view! { <a href=href>{name}</a> }.into_any()
                }
                _ => name.into_any(),
            };
            let office = match &item.kind {
                BundleItemKind::Service(code) => catalogue
                    .services
                    .iter()
                    .find(|service| service.code == *code)
                    .map(|service| words::department(language, service.department).to_owned()),
                BundleItemKind::External { agency, .. } => Some(agency.get(language).to_owned()),
                BundleItemKind::Internal { department, .. } => {
                    Some(words::department(language, *department).to_owned())
                }
            };
            let how = item.how.as_ref().map(|how| {
                let how = how.get(language).to_owned();
                view! { <p class="yc-bundle__line">{how}</p> }
            });
            view! {
                <li class="yc-bundle__item">
                    <p class="yc-bundle__name">{name}</p>
                    <p class="yc-bundle__line">{office}</p>
                    {how}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="yc-bundle__items">{rows}</ol> }.into_any()
}

/// The papers that are handed in once for everything.
fn materials_list(language: Language, bundle: &Bundle) -> AnyView {
    let rows = bundle
        .materials
        .iter()
        .map(|material| {
            let when = material.when.as_ref().map(|when| {
                let when = tr_in!(
                    language,
                    service.bring.when,
                    circumstance = when.get(language)
                );
                view! { <p class="yc-bundle__line">{when}</p> }
            });
            view! {
                <li class="yc-bundle__paper">
                    <div>
                        {material.name.get(language).to_owned()} {when}
                    </div>
                    <span class=words::form_class(
                        material.form,
                    )>{words::form(language, material.form)}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="yc-bundle__papers">{rows}</ul> }.into_any()
}
