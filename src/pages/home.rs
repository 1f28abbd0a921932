//! Home: search first, then what most people need.

use crate::api::use_packs;
use crate::components::{SearchBox, SearchResults, department_links};
use crate::hooks::is_wide;
use crate::locale::use_language;
use crate::page::Page;
use crate::saved::use_saved;
use crate::search::use_search;
use crate::ui::IntoAny;
use crate::ui::{Icon, IconName, Loadable, LoadableView, PageHeading, dynamic};
use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::Language;
use yichuang_contract::pack::CataloguePack;
use yichuang_contract::service::{Audience, Theme};

/// How many results are shown as one types.
const RESULTS: usize = 8;

/// The page.
pub fn page() -> AnyView {
    let pack = use_packs().catalogue();
    let typed = use_search().typed;
    let asked = RwSignal::new(typed.get_untracked());
    let results = dynamic(move || match pack.state.get() {
        Loadable::Ready(catalogue) => {
            view! { <SearchResults catalogue=catalogue question=asked limit=RESULTS /> }.into_any()
        }
        _ => ().into_any(),
    });
    let is_asking = Signal::derive(move || !asked.read().trim().is_empty());
    let title = tr!(home.title);
    view! {
        <div class="yc-home__search">
            <PageHeading title=title document_title=Signal::derive(String::new) />
            <SearchBox label=title typed=typed asked=asked>
                {results}
            </SearchBox>
        </div>
        <div hidden=is_asking>
            <LoadableView state=pack.state retry=pack.retry view=offers />
        </div>
    }
    .into_any()
}

/// Everything under the search box.
fn offers(catalogue: Arc<CataloguePack>) -> AnyView {
    let language = use_language();
    dynamic(move || {
        let language = language.get();
        view! {
            {kept(language, &catalogue)}
            <section class="yc-section" aria-labelledby="popular">
                <h2 class="yc-section__title" id="popular">
                    {tr_in!(language, home.popular)}
                </h2>
                {popular(language, &catalogue)}
            </section>
            {bundles(language, &catalogue)}
            <section class="yc-section" aria-labelledby="departments">
                <div class="yc-section__head">
                    <h2 class="yc-section__title" id="departments">
                        {tr_in!(language, home.departments)}
                    </h2>
                    <a class="yc-more" href=Page::Services.path()>
                        {tr_in!(language, home.all_services, count = catalogue.services.len())
                            .to_string()}
                        <Icon name=IconName::Forward />
                    </a>
                </div>
                {department_links(language, &catalogue)}
            </section>
            {themes(language, &catalogue, Audience::Individual)}
            {themes(language, &catalogue, Audience::Enterprise)}
        }
        .into_any()
    })
}

/// The checklists kept last, for who comes back to go on.
fn kept(language: Language, catalogue: &CataloguePack) -> Option<AnyView> {
    let links: Vec<AnyView> = use_saved()
        .lists()
        .read()
        .iter()
        .filter_map(|list| {
            let path = list.address.split('?').next()?;
            let Page::Checklist(code) = Page::from_path(path) else {
                return None;
            };
            let service = catalogue
                .services
                .iter()
                .find(|service| service.code == code)?;
            let name = service.name.get(language).to_owned();
            let href = list.address.clone();
            Some(
                view! {
                    <li>
                        <a class="yc-tile" href=href>
                            {name}
                        </a>
                    </li>
                }
                .into_any(),
            )
        })
        .take(3)
        .collect();
    (!links.is_empty()).then(|| {
        view! {
            <section class="yc-section" aria-labelledby="kept">
                <div class="yc-section__head">
                    <h2 class="yc-section__title" id="kept">
                        {tr_in!(language, home.saved.title)}
                    </h2>
                    <a class="yc-more" href=Page::Saved.path()>
                        {tr_in!(language, home.saved.all)}
                        <Icon name=IconName::Forward />
                    </a>
                </div>
                <ul class="yc-tiles">{links}</ul>
            </section>
        }
        .into_any()
    })
}

fn popular(language: Language, catalogue: &CataloguePack) -> AnyView {
    let links = catalogue
        .popular
        .iter()
        .filter_map(|code| {
            catalogue
                .services
                .iter()
                .find(|service| service.code == *code)
        })
        .map(|service| {
            view! {
                <li>
                    <a class="yc-tile" href=Page::Service(service.code.clone()).path()>
                        {service.name.get(language).to_owned()}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="yc-tiles">{links}</ul> }.into_any()
}

fn bundles(language: Language, catalogue: &CataloguePack) -> Option<AnyView> {
    if catalogue.featured_bundles.is_empty() {
        return None;
    }
    let links = catalogue
        .featured_bundles
        .iter()
        .map(|bundle| {
            view! {
                <li>
                    <a class="yc-event" href=Page::Bundle(bundle.code.clone()).path()>
                        <span class="yc-event__name">{bundle.name.get(language).to_owned()}</span>
                        <span class="yc-event__line">
                            {bundle.situation.get(language).to_owned()}
                        </span>
                    </a>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="yc-section" aria-labelledby="bundles">
                <div class="yc-section__head">
                    <h2 class="yc-section__title" id="bundles">
                        {tr_in!(language, home.bundles)}
                    </h2>
                    <a class="yc-more" href=Page::Bundles.path()>
                        {tr_in!(language, home.all_bundles)}
                        <Icon name=IconName::Forward />
                    </a>
                </div>
                <ul class="yc-events">{links}</ul>
            </section>
        }
        .into_any(),
    )
}

/// Life events of persons, business events of enterprises.
fn themes(language: Language, catalogue: &CataloguePack, audience: Audience) -> AnyView {
    // An event of both stands with the persons only, so that nobody reads it twice.
    let belongs = |theme: &&Theme| match audience {
        Audience::Individual => theme.audience.contains(&Audience::Individual),
        Audience::Enterprise => !theme.audience.contains(&Audience::Individual),
    };
    let links = catalogue
        .themes
        .iter()
        .filter(belongs)
        .map(|theme| {
            let href = Page::Services.with_query(&[("theme", &theme.id)]);
            view! {
                <li>
                    <a class="yc-theme" href=href>
                        {theme.name.get(language).to_owned()}
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let title = match audience {
        Audience::Individual => tr_in!(language, home.life_events),
        Audience::Enterprise => tr_in!(language, home.business_events),
    };
    let count = links.len();
    view! {
        <details class="yc-disclosure yc-home__themes yc-optional" open=is_wide()>
            <summary class="yc-disclosure__summary">
                <h2 class="yc-section__title">{title}</h2>
                <span class="yc-count">{count}</span>
            </summary>
            <div class="yc-disclosure__body">
                <ul class="yc-themes">{links}</ul>
            </div>
        </details>
    }
    .into_any()
}
