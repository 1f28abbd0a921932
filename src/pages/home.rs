//! Placeholder.
use crate::ui::PageHeading;
use leptos::prelude::*;

/// The page.
pub fn page() -> AnyView {
    view! { <PageHeading title=tr!(common.product) /> }.into_any()
}
