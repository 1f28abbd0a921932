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
pub mod navigation;
pub mod page;
pub mod pages;
pub mod preferences;
pub mod saved;
pub mod search;
pub mod selection;
pub mod shell;
pub mod storage;
pub mod ui;

include!(concat!(env!("OUT_DIR"), "/i18n.rs"));

/// Replaces the static shell of index.html by the living application.
pub fn mount() {
    if let Some(boot) = leptos::prelude::document().get_element_by_id("boot") {
        boot.remove();
    }
    leptos::mount::mount_to_body(app::App);
}
