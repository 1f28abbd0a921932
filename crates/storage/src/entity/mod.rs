//! The tables as types, written by hand: the same for both engines.

pub mod access_checkpoint;
pub mod access_log;
pub mod ceremony;
pub mod check_in;
pub mod client_report;
pub mod content_release;
pub mod counter_card;
pub mod credential;
pub mod enrolment_code;
pub mod enterprise;
pub mod membership;
pub mod meta;
pub mod officer_role;
pub mod passkey;
pub mod person;
pub mod premises;
pub mod session;

/// Calls a macro with every table that a backup holds.
macro_rules! for_each_table {
    ($visit:ident) => {
        $visit!(meta);
        $visit!(content_release);
        $visit!(client_report);
        $visit!(person);
        $visit!(passkey);
        $visit!(session);
        $visit!(ceremony);
        $visit!(enrolment_code);
        $visit!(enterprise);
        $visit!(premises);
        $visit!(membership);
        $visit!(officer_role);
        $visit!(access_log);
        $visit!(access_checkpoint);
        $visit!(credential);
        $visit!(check_in);
        $visit!(counter_card);
    };
}
pub(crate) use for_each_table;
