//! The application on one screen: providers, shell, route table.

use crate::api::provide_packs;
use crate::basket::provide_basket;
use crate::chunks;
use crate::navigation::provide_navigation;
use crate::page::Page;
use crate::pages;
use crate::preferences::provide_preferences;
use crate::saved::provide_saved;
use crate::search::provide_search;
use crate::shell::{Footer, Header, SkipLink};
use crate::ui::IntoAny;
use crate::ui::{dynamic, end_first_words};
use leptos::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// The application; `typed` is what stands in the search box already.
pub fn app(typed: String) -> AnyView {
    provide_preferences();
    let navigation = provide_navigation();
    provide_packs();
    provide_search(typed);
    provide_saved();
    provide_basket();
    let page = navigation.page();
    let is_moved = AtomicBool::new(false);
    view! {
        <SkipLink />
        <Header />
        <main id="main" class="yc-main">
            {dynamic(move || {
                let page = page.get();
                if is_moved.swap(true, Ordering::Relaxed) {
                    // Someone went back before the first page came.
                    end_first_words();
                }
                page_view(&page)
            })}
        </main>
        <Footer />
    }
    .into_any()
}

/// The route table: pages of the first module here, the others in [`chunks`].
fn page_view(page: &Page) -> AnyView {
    match page {
        Page::Home => pages::home::page(),
        Page::Search => pages::search::page(),
        other => chunks::page(other).unwrap_or_else(pages::not_found::page),
    }
}
