//! The database: one query path for the embedded SQLite and for PostgreSQL.
//!
//! Rules of this crate, each with its reason:
//!
//! * every write goes through [`Database::write`]: `BEGIN IMMEDIATE` on SQLite, `SERIALIZABLE` on
//!   PostgreSQL, and one retry loop for both, because a plain `BEGIN` loses writes to `SQLITE_BUSY`;
//! * every key starts with `region`, so that a database of many cities can be split later;
//! * keys are UUIDv7, times `i64` epoch milliseconds, money `i64` fen;
//! * migrations go forward only ([`migration`]) and are checked at every start;
//! * a backup is a SQLite file with a manifest, whichever engine it was taken from ([`portable`]).

pub mod access_log;
pub mod ceremony;
pub mod client_report;
pub mod content_release;
pub mod credential;
mod database;
pub mod enrolment;
pub mod enterprise;
mod entity;
mod error;
pub mod group;
pub mod meta;
pub mod migration;
pub mod officer;
pub mod passkey;
pub mod person;
pub mod portable;
pub mod session;
pub mod vault;

pub use database::{Database, Engine, Location};
pub use error::Error;
pub use vault::Vault;
pub use vault::keyring::Keyring;
