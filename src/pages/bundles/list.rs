//! All bundles by theme, with search.

use crate::api::use_packs;
use crate::components::{SearchBox, marked};
use crate::locale::use_language;
use crate::page::Page;
use crate::ui::{LoadableView, PageHeading};
use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::Language;
use yichuang_contract::bundle::Bundle;
use yichuang_contract::pack::BundlesPack;
use yichuang_search::{Index, Shown};

/// The most results of a search.
const RESULTS: usize = 12;

/// The page.
#[must_use]
pub fn page() -> AnyView {
    let pack = use_packs().bundles();
    let typed = RwSignal::new(String::new());
    let asked = RwSignal::new(String::new());
    view! {
        <PageHeading title=tr!(bundle.list.title) />
        <p class="yc-lead">{tr!(bundle.list.text)}</p>
        <div class="yc-section">
            <SearchBox label=tr!(bundle.list.search) typed=typed asked=asked stays=true />
        </div>
        <LoadableView state=pack.state retry=pack.retry view=move |pack| bundles(pack, asked) />
    }
    .into_any()
}

fn bundles(pack: Arc<BundlesPack>, asked: RwSignal<String>) -> AnyView {
    let language = use_language();
    // Opened with the first question; nothing if it belongs to another program.
    let index = StoredValue::new(None::<Option<Arc<Index>>>);
    (move || {
        let language = language.get();
        let question = asked.get();
        if question.trim().is_empty() {
            return by_theme(language, &pack);
        }
        if index.with_value(Option::is_none) {
            index.set_value(Some(open(&pack).map(Arc::new)));
        }
        match index.get_value().flatten() {
            Some(index) => found(language, &pack, &index, question.trim()),
            None => by_theme(language, &pack),
        }
    })
    .into_any()
}

fn open(pack: &BundlesPack) -> Option<Index> {
    let shown: Vec<Shown<'_>> = pack
        .bundles
        .iter()
        .map(|bundle| Shown {
            code: bundle.code.as_str(),
            name_zh: &bundle.name.zh,
            name_en: &bundle.name.en,
            summary_zh: &bundle.situation.zh,
            summary_en: &bundle.situation.en,
        })
        .collect();
    Index::open(&pack.search, &shown).ok()
}

fn by_theme(language: Language, pack: &BundlesPack) -> AnyView {
    pack.themes
        .iter()
        .map(|theme| {
            let rows = pack
                .bundles
                .iter()
                .filter(|bundle| bundle.theme == theme.id)
                .map(|bundle| {
                    row(
                        language,
                        bundle,
                        bundle.name.get(language).to_owned().into_any(),
                    )
                })
                .collect_view();
            view! {
                <section class="yc-section" aria-labelledby=theme.id.clone()>
                    <h2 class="yc-section__title" id=theme.id.clone()>
                        {theme.name.get(language).to_owned()}
                    </h2>
                    <ul class="yc-events">{rows}</ul>
                </section>
            }
        })
        .collect_view()
        .into_any()
}

fn found(language: Language, pack: &BundlesPack, index: &Index, question: &str) -> AnyView {
    let answer = index.search(question, RESULTS);
    let (title, hits) = if answer.hits.is_empty() {
        (
            tr_in!(language, bundle.list.none).to_owned(),
            answer.nearest,
        )
    } else {
        let count = answer.hits.len();
        (
            tr_in!(language, bundle.list.found, count = count),
            answer.hits,
        )
    };
    let rows = hits
        .iter()
        .filter_map(|hit| {
            let bundle = pack.bundles.get(hit.document)?;
            let ranges = match language {
                Language::Chinese => &hit.name_zh,
                Language::English => &hit.name_en,
            };
            Some(row(
                language,
                bundle,
                marked(bundle.name.get(language), ranges),
            ))
        })
        .collect_view();
    view! {
        <p class="yc-section" role="status">
            {title}
        </p>
        <ul class="yc-events">{rows}</ul>
    }
    .into_any()
}

fn row(language: Language, bundle: &Bundle, name: AnyView) -> AnyView {
    let href = Page::Bundle(bundle.code.clone()).path();
    let count = tr_in!(language, bundle.list.items, count = bundle.items.len());
    let situation = bundle.situation.get(language).to_owned();
    view! {
        <li>
            <a class="yc-event" href=href>
                <span class="yc-event__name">{name}</span>
                <span class="yc-event__line">{situation}</span>
                <span class="yc-event__line">{count}</span>
            </a>
        </li>
    }
    .into_any()
}
