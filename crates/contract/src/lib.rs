//! What the browser and the server say to each other, defined once.
//!
//! This crate sits at the bottom of the house: it depends on `serde` only, so that the single-page
//! application, the server, the rules and the search can all use the same types.
//!
//! Two encodings exist for the same types:
//!
//! * JSON on `/api/v1/…`, for everyone;
//! * [postcard](https://postcard.jamesmunns.com/wire-format) in the packs under `/packs/…`
//!   ([`pack`]), because a JSON parser in the first download would cost a slow phone 20 KB.
//!
//! postcard is not self-describing. Therefore no type here skips fields, flattens, or uses an
//! untagged or internally tagged enum.

pub mod access_log;
pub mod account;
pub mod api;
pub mod bundle;
pub mod calendar;
pub mod checklist;
pub mod code;
pub mod credential;
pub mod desk;
pub mod endpoint;
pub mod enterprise;
pub mod guide;
pub mod officer;
pub mod pack;
pub mod passkey;
pub mod plan;
pub mod point;
pub mod problem;
pub mod proofing;
pub mod report;
pub mod service;
pub mod session;
pub mod text;

pub use code::{BundleCode, InvalidCode, PointId, ServiceCode};
pub use text::{Language, Text};
