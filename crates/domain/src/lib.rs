//! The rules of Yichuang: guides, plans, calendars, fees.
//!
//! Everything here is a pure function of its arguments: no clock, no randomness, no input or
//! output, no threads. The browser (WebAssembly) and the server (native) run the same code and
//! must come to the same results; [`guide::digest()`] lets a test compare them.

pub mod calendar;
pub mod fee;
pub mod guide;
pub mod identity;
pub mod plan;
