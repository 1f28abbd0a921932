//! Hooks: one a file.

mod is_wide;
mod use_online;
mod use_page_title;

pub use is_wide::is_wide;
pub use use_online::use_online;
pub use use_page_title::use_page_title;
