//! The API suite: the real server over real connections, on SQLite and on PostgreSQL.

mod access;
mod backup;
mod catalogue;
mod checklist;
mod credentials;
mod documents;
mod identity;
mod pages;
mod passkeys;
mod plans;
mod problems;
mod reload;
mod reports;
mod start;
mod stop;

use yichuang_test_support::{Engine, TestApp, on_both_engines};

/// The built binary.
const BINARY: &str = env!("CARGO_BIN_EXE_yichuang");
