use super::banner::{DemonstrationBanner, OfflineBanner};
use crate::basket::use_basket;
use crate::navigation::use_navigation;
use crate::page::Page;
use crate::personal::Personal;
use crate::preferences::{PrintSize, Scheme, use_preferences};
use crate::ui::IntoAny;
use crate::ui::dynamic;
use leptos::prelude::*;
use yichuang_contract::Language;

/// The first stop of a keyboard: past the header to the page.
#[component]
pub fn SkipLink() -> impl IntoView {
    view! {
        <a class="yc-skip-link" href="#main">
            {tr!(common.skip)}
        </a>
    }
    .into_any()
}

/// Name, ways to the main pages, and the switches for language, print and colours.
#[component]
pub fn Header() -> impl IntoView {
    let page = use_navigation().page();
    let link = move |target: Page, words: Signal<String>| {
        let href = target.path();
        view! {
            <a
                class="yc-nav__link"
                href=href
                aria-current=move || (page.get() == target).then_some("page")
            >
                {words}
            </a>
        }
        .into_any()
    };
    let basket = use_basket().codes();
    let in_basket = tr!(bundle.basket.link, count = move || basket.read().len());
    // Shown once there is something in it.
    let basket_link = dynamic(move || {
        if basket.read().is_empty() {
            ().into_any()
        } else {
            link(Page::Basket, in_basket)
        }
    });
    view! {
        <header class="yc-header">
            <div class="yc-header__bar">
                <a class="yc-brand" href=Page::Home.path()>
                    <span class="yc-brand__name" lang="zh-Hans">
                        "一窗"
                    </span>
                    <span class="yc-brand__latin">"Yichuang"</span>
                </a>
                <Switches />
            </div>
            <nav class="yc-nav" aria-label=tr!(common.navigation)>
                {link(Page::Search, tr!(common.nav.search))}
                {link(Page::Services, tr!(common.nav.services))}
                {link(Page::Bundles, tr!(common.nav.bundles))}
                {link(Page::Saved, tr!(common.nav.saved))}
                {link(Page::Personal(Personal::Me), tr!(common.nav.me))}
                {basket_link}
            </nav>
            <DemonstrationBanner />
            <OfflineBanner />
        </header>
    }
    .into_any()
}

/// Language, large print and colours.
#[component]
fn Switches() -> impl IntoView {
    let preferences = use_preferences();
    let other_language = move || match preferences.language.get() {
        Language::Chinese => Language::English,
        Language::English => Language::Chinese,
    };
    let is_large = move || preferences.print_size.get() == PrintSize::Large;
    view! {
        <div class="yc-switches" role="group" aria-label=tr!(common.display.title)>
            <button
                type="button"
                class="yc-switch"
                lang=Signal::derive(move || other_language().tag().to_owned())
                on:click=move |_| preferences.choose_language(other_language())
            >
                {tr!(common.display.other_language)}
            </button>
            <button
                type="button"
                class="yc-switch"
                aria-pressed=Signal::derive(move || is_large().to_string())
                on:click=move |_| {
                    preferences
                        .choose_print_size(
                            if is_large() { PrintSize::Standard } else { PrintSize::Large },
                        );
                }
            >
                {tr!(common.display.large_print)}
            </button>
            <label class="yc-switch yc-switch--select">
                <span class="yc-visually-hidden">{tr!(common.display.scheme)}</span>
                <select
                    prop:value=Signal::derive(move || preferences.scheme.get().id().to_owned())
                    on:change=move |event| {
                        if let Some(scheme) = Scheme::from_id(&event_target_value(&event)) {
                            preferences.choose_scheme(scheme);
                        }
                    }
                >
                    <option value="auto">{tr!(common.display.automatic)}</option>
                    <option value="light">{tr!(common.display.light)}</option>
                    <option value="dark">{tr!(common.display.dark)}</option>
                </select>
            </label>
        </div>
    }
    .into_any()
}
