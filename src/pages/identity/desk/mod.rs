//! The hotel's desk (旅馆前台): who may be checked in, with or without a network.
//!
//! [`setup`] makes a device a counter, [`state`] holds what it knows and does, [`sync`] fetches lists
//! and sends check-ins, [`input`] has the ways in (camera, scanner, picture, text), [`verdict`] the
//! answer, [`standing`] says how old the lists are.

mod input;
mod setup;
mod standing;
mod state;
mod sync;
mod verdict;

use crate::identity::session::{asked, shown};
use crate::ui::{PageHeading, dynamic};
use leptos::prelude::*;
use state::DeskState;

/// The page.
pub fn page() -> AnyView {
    let desk = DeskState::new();
    let opened = asked(move || desk.open());
    view! {
        <PageHeading title=tr!(desk.title) />
        {shown(
            opened,
            move |is_set_up| {
                if is_set_up { counter(desk) } else { setup::view(desk, opened.again) }
            },
        )}
    }
    .into_any()
}

/// The working desk: one question (who is this?) and one answer, side by side where there is room.
fn counter(desk: DeskState) -> AnyView {
    input::listen(desk);
    let answer = dynamic(move || match desk.verdict.get() {
        Some(verdict) => verdict::view(desk, verdict),
        None => verdict::waiting(desk),
    });
    view! {
        {standing::view(desk)}
        <div class="yc-desk">
            <div class="yc-desk__answer" role="status" aria-live="assertive">
                {answer}
            </div>
            <div class="yc-desk__input">{input::view(desk)}</div>
        </div>
    }
    .into_any()
}
