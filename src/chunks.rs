//! The parts of the application that are loaded when a person asks for them.
//!
//! Everything that only these pages use is cut out of the first module when the application is
//! built (docs/decisions/code-splitting.md). To add a page: write a function like the others here
//! whose attribute names the chunk, and call it in the route table. Pages with the same chunk's
//! name come together; code that several chunks share becomes a chunk by itself.
//!
//! Keep the names few. The splitter makes a chunk for every set of names that share code, and each
//! chunk is a request: seven names gave sixty chunks and thirty-two requests for a service's page.
//! Hence four: the service page; what one does next there (guide, checklist, points, codes); what
//! draws (maps and plans); the rest.
//!
//! Always `fallible`: without it, a failed download ends the whole application.

use crate::components;
use crate::pages;
use crate::ui::{ChunkMissing, PageOf, lazy_page};
use leptos::prelude::{AnyView, Signal};
use wasm_split_helpers::wasm_split;
use yichuang_contract::service::Department;
use yichuang_contract::{BundleCode, ServiceCode};

#[wasm_split(service, fallible)]
fn service_chunk() -> Result<PageOf<ServiceCode>, ChunkMissing> {
    Ok(pages::service::service_page)
}

#[wasm_split(guide, fallible)]
fn guide_chunk() -> Result<PageOf<ServiceCode>, ChunkMissing> {
    Ok(pages::service::guide_page)
}

#[wasm_split(guide, fallible)]
fn checklist_chunk() -> Result<PageOf<ServiceCode>, ChunkMissing> {
    Ok(pages::service::checklist_page)
}

#[wasm_split(drawings, fallible)]
fn map_chunk() -> Result<PageOf<ServiceCode>, ChunkMissing> {
    Ok(pages::service::map_page)
}

#[wasm_split(extra, fallible)]
fn about_chunk() -> Result<PageOf<()>, ChunkMissing> {
    Ok(|()| pages::about::page())
}

#[wasm_split(extra, fallible)]
fn saved_chunk() -> Result<PageOf<()>, ChunkMissing> {
    Ok(|()| pages::saved::page())
}

#[wasm_split(extra, fallible)]
fn examples_chunk() -> Result<PageOf<()>, ChunkMissing> {
    Ok(|()| pages::examples::page())
}

#[wasm_split(drawings, fallible)]
fn bundles_chunk() -> Result<PageOf<()>, ChunkMissing> {
    Ok(|()| pages::bundles::list_page())
}

#[wasm_split(drawings, fallible)]
fn bundle_chunk() -> Result<PageOf<BundleCode>, ChunkMissing> {
    Ok(pages::bundles::bundle_page)
}

#[wasm_split(drawings, fallible)]
fn basket_chunk() -> Result<PageOf<()>, ChunkMissing> {
    Ok(|()| pages::bundles::basket_page())
}

#[wasm_split(drawings, fallible)]
fn bundle_questions_chunk() -> Result<PageOf<BundleCode>, ChunkMissing> {
    Ok(pages::bundles::bundle_questions_page)
}

#[wasm_split(drawings, fallible)]
fn bundle_plan_chunk() -> Result<PageOf<BundleCode>, ChunkMissing> {
    Ok(pages::bundles::bundle_plan_page)
}

#[wasm_split(drawings, fallible)]
fn basket_questions_chunk() -> Result<PageOf<()>, ChunkMissing> {
    Ok(|()| pages::bundles::basket_questions_page())
}

#[wasm_split(drawings, fallible)]
fn basket_plan_chunk() -> Result<PageOf<()>, ChunkMissing> {
    Ok(|()| pages::bundles::basket_plan_page())
}

#[wasm_split(guide, fallible)]
fn points_chunk() -> Result<PageOf<(Department, bool)>, ChunkMissing> {
    Ok(components::point_list)
}

#[wasm_split(guide, fallible)]
fn code_chunk() -> Result<PageOf<Signal<String>>, ChunkMissing> {
    Ok(components::code_picture)
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

/// Checklists and plans kept on this device (我的清单).
#[must_use]
pub fn saved_page() -> AnyView {
    lazy_page(saved_chunk, ())
}

/// The base components.
#[must_use]
pub fn examples_page() -> AnyView {
    lazy_page(examples_chunk, ())
}

/// All bundles (一件事).
#[must_use]
pub fn bundles_page() -> AnyView {
    lazy_page(bundles_chunk, ())
}

/// One bundle.
#[must_use]
pub fn bundle_page(code: BundleCode) -> AnyView {
    lazy_page(bundle_chunk, code)
}

/// The joined questionnaire of a bundle.
#[must_use]
pub fn bundle_questions_page(code: BundleCode) -> AnyView {
    lazy_page(bundle_questions_chunk, code)
}

/// The plan of a bundle.
#[must_use]
pub fn bundle_plan_page(code: BundleCode) -> AnyView {
    lazy_page(bundle_plan_chunk, code)
}

/// The basket (随心办).
#[must_use]
pub fn basket_page() -> AnyView {
    lazy_page(basket_chunk, ())
}

/// The joined questionnaire of the basket.
#[must_use]
pub fn basket_questions_page() -> AnyView {
    lazy_page(basket_questions_chunk, ())
}

/// The plan of the basket.
#[must_use]
pub fn basket_plan_page() -> AnyView {
    lazy_page(basket_plan_chunk, ())
}

/// Where a service can be handed in: the points of its department, and whether terminals take it.
#[must_use]
pub fn point_list(department: Department, has_terminal: bool) -> AnyView {
    lazy_page(points_chunk, (department, has_terminal))
}

/// An address as a QR code. The encoder is loaded when a page needs it.
#[must_use]
pub fn code_picture(address: Signal<String>) -> AnyView {
    lazy_page(code_chunk, address)
}
