//! One file a page; each has a function that returns the page's view.

pub mod about;
pub mod bundles;
pub mod catalogue;
pub mod examples;
pub mod home;
pub mod identity;
pub mod not_found;
pub mod saved;
pub mod search;
pub mod service;
