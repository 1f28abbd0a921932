//! Life events settled in one go (一件事), and the same for services put together by hand (随心办).

mod basket;
mod detail;
mod list;
mod plan;
mod questions;
mod subject;

use leptos::prelude::*;
use subject::Subject;
use yichuang_contract::BundleCode;

pub use basket::page as basket_page;
pub use detail::page as bundle_page;
pub use list::page as list_page;

/// The joined questionnaire of a bundle.
#[must_use]
pub fn bundle_questions_page(code: BundleCode) -> AnyView {
    questions::page(Subject::Bundle(code))
}

/// The plan of a bundle.
#[must_use]
pub fn bundle_plan_page(code: BundleCode) -> AnyView {
    plan::page(Subject::Bundle(code))
}

/// The joined questionnaire of the basket.
#[must_use]
pub fn basket_questions_page() -> AnyView {
    questions::page(Subject::Basket)
}

/// The plan of the basket.
#[must_use]
pub fn basket_plan_page() -> AnyView {
    plan::page(Subject::Basket)
}
