//! The parts of the application that are loaded when a person asks for them.
//!
//! Everything that only these pages use is cut out of the first module when the application is
//! built (docs/decisions/code-splitting.md). To add a page: write a function like the others here
//! whose attribute names the chunk, and call it in the route table. Pages with the same chunk's
//! name come together; code that several chunks share becomes a chunk by itself.
//!
//! Always `fallible`: without it, a failed download ends the whole application.

use crate::pages;
use crate::ui::{ChunkMissing, PageOf, lazy_page};
use leptos::prelude::AnyView;
use wasm_split_helpers::wasm_split;
use yichuang_contract::ServiceCode;

#[wasm_split(service, fallible)]
fn service_chunk() -> Result<PageOf<ServiceCode>, ChunkMissing> {
    Ok(pages::service::service_page)
}

#[wasm_split(guide, fallible)]
fn guide_chunk() -> Result<PageOf<ServiceCode>, ChunkMissing> {
    Ok(pages::service::guide_page)
}

#[wasm_split(checklist, fallible)]
fn checklist_chunk() -> Result<PageOf<ServiceCode>, ChunkMissing> {
    Ok(pages::service::checklist_page)
}

#[wasm_split(map, fallible)]
fn map_chunk() -> Result<PageOf<ServiceCode>, ChunkMissing> {
    Ok(pages::service::map_page)
}

#[wasm_split(extra, fallible)]
fn about_chunk() -> Result<PageOf<()>, ChunkMissing> {
    Ok(|()| pages::about::page())
}

#[wasm_split(extra, fallible)]
fn examples_chunk() -> Result<PageOf<()>, ChunkMissing> {
    Ok(|()| pages::examples::page())
}

/// A service's page.
#[must_use]
pub fn service_page(code: ServiceCode) -> AnyView {
    lazy_page(service_chunk, code)
}

/// A service's guide (问答式指引).
#[must_use]
pub fn guide_page(code: ServiceCode) -> AnyView {
    lazy_page(guide_chunk, code)
}

/// The checklist (收件清单) of a guide.
#[must_use]
pub fn checklist_page(code: ServiceCode) -> AnyView {
    lazy_page(checklist_chunk, code)
}

/// The picture (一图看懂) of a guide.
#[must_use]
pub fn map_page(code: ServiceCode) -> AnyView {
    lazy_page(map_chunk, code)
}

/// About the product.
#[must_use]
pub fn about_page() -> AnyView {
    lazy_page(about_chunk, ())
}

/// The base components.
#[must_use]
pub fn examples_page() -> AnyView {
    lazy_page(examples_chunk, ())
}
