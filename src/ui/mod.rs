//! Base components. They know no police word; the look of each is in the style file of the same
//! name, and the page `/examples` shows all of them.

mod button;
mod checkbox;
mod dialog;
mod dynamic;
mod error_summary;
mod field;
mod icon;
mod lazy_page;
mod loadable;
pub mod mind_map;
mod notification;
mod once;
mod page_heading;
pub mod qr;
mod radio_group;
mod tag;

pub use button::{Button, ButtonKind, LinkButton};
pub use checkbox::Checkbox;
pub use dialog::Dialog;
pub use dynamic::dynamic;
pub use error_summary::{ErrorSummary, FieldError};
pub use field::Field;
pub use icon::{Icon, IconName};
pub use lazy_page::{ChunkMissing, PageOf, end_first_words, lazy_page};
pub(crate) use loadable::failed;
pub use loadable::{Empty, Failure, Loadable, LoadableView, Skeleton};
pub use notification::{Notification, NotificationKind};
pub use once::IntoAny;
pub use page_heading::PageHeading;
pub use radio_group::{RadioGroup, RadioOption};
pub use tag::{Tag, TagKind};

use std::sync::atomic::{AtomicU32, Ordering};

/// An element id that no other element has.
#[must_use]
pub fn unique_id(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    [prefix, "-", &number.to_string()].concat()
}
