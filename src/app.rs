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
            {dynamic(move || page_view(page.get()))}
        </main>
        <Footer />
    }
    .into_any()
}

/// The route table.
fn page_view(page: Page) -> AnyView {
    match page {
        Page::Home => pages::home::page(),
        Page::Services => pages::catalogue::page(),
        Page::Service(code) => chunks::service_page(code),
        Page::Guide(code) => chunks::guide_page(code),
        Page::Checklist(code) => chunks::checklist_page(code),
        Page::Map(code) => chunks::map_page(code),
        Page::Search => pages::search::page(),
        Page::Saved => chunks::saved_page(),
        Page::About => chunks::about_page(),
        Page::Examples => chunks::examples_page(),
        Page::Bundles => chunks::bundles_page(),
        Page::Bundle(code) => chunks::bundle_page(code),
        Page::BundleQuestions(code) => chunks::bundle_questions_page(code),
        Page::BundlePlan(code) => chunks::bundle_plan_page(code),
        Page::Basket => chunks::basket_page(),
        Page::BasketQuestions => chunks::basket_questions_page(),
        Page::BasketPlan => chunks::basket_plan_page(),
        Page::NotFound => pages::not_found::page(),
    }
}
