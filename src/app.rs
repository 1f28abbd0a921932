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
use crate::ui::dynamic;
use leptos::prelude::*;

/// The application; `typed` is what stands in the search box already.
pub fn app(typed: String) -> AnyView {
    provide_preferences();
    let navigation = provide_navigation();
    provide_packs();
    provide_search(typed);
    provide_saved();
    provide_basket();
    let page = navigation.page();
    view! {
        <SkipLink />
        <Header />
        <main id="main" class="yc-main">
            {dynamic(move || page_view(&page.get()))}
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
