//! The single-page application.
//!
//! [`app`] shows the whole on one screen: providers, shell, route table. [`page`] owns every
//! address, [`navigation`] moves between them, [`api`] is the only door to the network,
//! [`locale`] holds the languages and [`preferences`] what a person chose on this device.
//! [`ui`] knows no police word; `pages` has one file a page, and [`chunks`] says which of them
//! are loaded when asked for.

#[macro_use]
pub mod locale;

pub mod api;
pub mod app;
pub mod basket;
pub mod chunks;
pub mod components;
pub mod hooks;
pub mod identity;
pub mod navigation;
pub mod page;
pub mod pages;
pub mod personal;
pub mod preferences;
pub mod saved;
pub mod search;
pub mod selection;
pub mod shell;
pub mod storage;
pub mod ui;

use leptos::prelude::{document, request_animation_frame, set_timeout};
use std::time::Duration;

include!(concat!(env!("OUT_DIR"), "/i18n.rs"));

/// Starts the application once the static shell has been painted, so that nobody looks at an
/// empty page while it is set up.
pub fn start() {
    if document().hidden() {
        // Nothing is painted in the background.
        return mount();
    }
    request_animation_frame(|| set_timeout(mount, Duration::ZERO));
}

/// Replaces the static shell of index.html by the living application, and takes over what was
/// typed into its search box meanwhile. A shell that shows the first words of a page stays until
/// the page itself is here: [`ui::end_first_words`].
fn mount() {
    let document = document();
    let mut typed = String::new();
    let mut was_typing = false;
    if let Some(boot) = document.get_element_by_id("boot") {
        if let Some(input) = search_box() {
            typed = input.value();
            let active = document.active_element();
            was_typing = active.is_some_and(|active| active == *input.as_ref());
        }
        if !matches!(boot.query_selector("#boot-page > p"), Ok(Some(_))) {
            boot.remove();
        }
    }
    leptos::mount::mount_to_body(move || app::app(typed));
    if was_typing && let Some(input) = search_box() {
        let _ = input.focus();
    }
}

fn search_box() -> Option<web_sys::HtmlInputElement> {
    use wasm_bindgen::JsCast;
    let element = document().get_element_by_id("search")?;
    element.dyn_into().ok()
}
