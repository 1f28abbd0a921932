//! An address nobody knows: what it may have been, and three ways on.

use crate::page::Page;
use crate::ui::IntoAny;
use crate::ui::{ButtonKind, LinkButton, PageHeading};
use leptos::prelude::*;

/// The page.
pub fn page() -> AnyView {
    view! {
        <PageHeading title=tr!(common.not_found.title) />
        <p class="yc-lead">{tr!(common.not_found.text)}</p>
        <div class="yc-actions">
            <LinkButton href=Page::Home.path()>{tr!(common.not_found.home)}</LinkButton>
            <LinkButton kind=ButtonKind::Secondary href=Page::Services.path()>
                {tr!(common.not_found.services)}
            </LinkButton>
        </div>
    }
    .into_any()
}
