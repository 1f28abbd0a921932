//! What stands around every page.

mod banner;
mod footer;
mod header;

pub use footer::Footer;
pub use header::{Header, SkipLink};
