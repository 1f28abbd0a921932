//! The pages of one service: everything about it, its guide, the personal checklist, one picture.

mod answers;
mod checklist;
mod detail;
mod guide;
mod loader;
mod map;

pub use checklist::checklist_page;
pub use detail::service_page;
pub use guide::guide_page;
pub use map::map_page;
