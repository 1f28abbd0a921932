//! What the pages around identity share: signing in, the credential, the hotel's desk.
//!
//! [`browser`] is the bridge to `crates/credential-browser/js/page.js`, which is loaded with the
//! first of these pages; [`call`] speaks with the API; [`session`] shows a page to whom it is for.

pub mod browser;
pub mod call;
pub mod moment;
pub mod session;
