use crate::page::Page;
use leptos::prelude::*;

/// The whole address of a page, as it stands in QR codes and on paper.
#[must_use]
pub fn full_address(page: &Page, pairs: &[(&str, &str)]) -> String {
    let origin = window().location().origin().unwrap_or_default();
    [origin, page.with_query(pairs)].concat()
}
