//! All results of a question; the question is in the address.

use crate::api::use_packs;
use crate::components::{ALL_RESULTS, SearchBox, SearchResults};
use crate::navigation::use_navigation;
use crate::ui::IntoAny;
use crate::ui::{LoadableView, PageHeading};
use leptos::prelude::*;

/// The page.
pub fn page() -> AnyView {
    let pack = use_packs().catalogue();
    let question = use_navigation().query("q");
    let typed = RwSignal::new(question.get_untracked());
    let asked = RwSignal::new(question.get_untracked());
    // Back to another question on this page.
    Effect::new(move |_| {
        let question = question.get();
        typed.set(question.clone());
        asked.set(question);
    });
    let title = tr!(home.search.title);
    let document_title = Signal::derive(move || {
        let question = question.get();
        let title = title.get();
        if question.is_empty() {
            title
        } else {
            [&question, " · ", &title].concat()
        }
    });
    view! {
        <PageHeading title=title document_title=document_title />
        <SearchBox label=title typed=typed asked=asked>
            <LoadableView
                state=pack.state
                retry=pack.retry
                view=move |catalogue| {
                    view! { <SearchResults catalogue=catalogue question=asked limit=ALL_RESULTS /> }
                        .into_any()
                }
            />
        </SearchBox>
    }
    .into_any()
}
