//! Hooks: one a file.

mod use_online;
mod use_page_title;

pub use use_online::use_online;
pub use use_page_title::use_page_title;
