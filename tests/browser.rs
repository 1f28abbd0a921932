//! Tests of the application's parts in the browser's own WebAssembly. `cargo xtask test` runs
//! them in headless Chromium; natively there is nothing to test here.
#![cfg(target_family = "wasm")]

use leptos::prelude::*;
use std::future::{Ready, ready};
use std::sync::atomic::{AtomicU32, Ordering};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use yichuang::navigation::provide_navigation;
use yichuang::preferences::provide_preferences;
use yichuang::storage;
use yichuang::ui::{ChunkMissing, PageOf, lazy_page};

wasm_bindgen_test_configure!(run_in_browser);

/// Mounts a view into an element of its own and gives both.
fn mounted(view: impl Fn() -> AnyView + 'static) -> web_sys::HtmlElement {
    let place: web_sys::HtmlElement = document()
        .create_element("div")
        .expect("an element")
        .unchecked_into();
    document()
        .body()
        .expect("a body")
        .append_child(&place)
        .expect("a child");
    leptos::mount::mount_to(place.clone(), move || {
        provide_preferences();
        let _ = provide_navigation();
        view()
    })
    .forget();
    place
}

/// Lets effects and spawned work run.
async fn settled() {
    for _ in 0..5 {
        leptos::task::tick().await;
    }
}

static ASKED: AtomicU32 = AtomicU32::new(0);

/// A chunk that does not come at first.
fn unstable() -> Ready<Result<PageOf<&'static str>, ChunkMissing>> {
    if ASKED.fetch_add(1, Ordering::Relaxed) == 0 {
        ready(Err(ChunkMissing))
    } else {
        ready(Ok(|name| view! { <h1>{name}</h1> }.into_any()))
    }
}

#[wasm_bindgen_test]
async fn a_chunk_that_did_not_come_offers_a_retry_and_then_comes() {
    let place = mounted(|| lazy_page(unstable, "guide"));
    settled().await;
    assert!(place.query_selector("h1").expect("a selector").is_none());
    let button: web_sys::HtmlElement = place
        .query_selector("[role=alert] button")
        .expect("a selector")
        .expect("a button that tries again")
        .unchecked_into();
    button.click();
    settled().await;
    assert_eq!(place.text_content().as_deref(), Some("guide"));
}

#[wasm_bindgen_test]
fn what_is_kept_on_the_device_comes_back() {
    storage::remove("yc-test");
    assert_eq!(storage::read("yc-test"), None);
    assert!(storage::write("yc-test", "kept"));
    assert_eq!(storage::read("yc-test").as_deref(), Some("kept"));
    storage::remove("yc-test");
    assert_eq!(storage::read("yc-test"), None);
}

#[wasm_bindgen_test]
async fn a_chosen_language_and_print_size_become_attributes_of_the_page() {
    use yichuang::preferences::{PrintSize, use_preferences};
    use yichuang_contract::Language;

    let place = mounted(|| {
        let preferences = use_preferences();
        preferences.choose_language(Language::English);
        preferences.choose_print_size(PrintSize::Large);
        ().into_any()
    });
    settled().await;
    let root = document().document_element().expect("a root");
    assert_eq!(root.get_attribute("lang").as_deref(), Some("en"));
    assert_eq!(
        root.get_attribute("data-print-size").as_deref(),
        Some("large")
    );
    storage::remove("yc-language");
    storage::remove("yc-print-size");
    place.remove();
}
