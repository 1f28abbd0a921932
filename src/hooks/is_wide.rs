use leptos::prelude::*;

/// Whether things fit beside each other now: then what is folded on a phone starts open.
#[must_use]
pub fn is_wide() -> bool {
    window()
        .match_media("(min-width: 900px)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}
