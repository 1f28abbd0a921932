//! The tables as types, written by hand: the same for both engines.

pub mod client_report;
pub mod content_release;
pub mod meta;

/// Calls a macro with every table that a backup holds.
macro_rules! for_each_table {
    ($visit:ident) => {
        $visit!(meta);
        $visit!(content_release);
        $visit!(client_report);
    };
}
pub(crate) use for_each_table;
