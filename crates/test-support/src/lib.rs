//! What tests of the server and the storage share: a real server on a free port, a private
//! PostgreSQL cluster, a clock that tests hold, and a small HTTP client.
//!
//! Everything here panics when it cannot do its work: a test that skips silently proves nothing.

pub mod app;
pub mod binary;
pub mod client;
pub mod passkey;
pub mod postgres;
pub mod staff;

pub use app::{TestApp, TestClock};
pub use client::{Answer, Request};
pub use passkey::{Browser, Device};
pub use yichuang_storage::Engine;

use std::path::PathBuf;

/// The repository's content folder.
#[must_use]
pub fn content_folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content"))
}

/// Runs an async test on both engines: two tests named `sqlite` and `postgres` in a module of the
/// given name. The body sees the engine under the given identifier.
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$doc:meta])* async fn $name:ident($engine:ident) $body:block)*) => {$(
        $(#[$doc])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn story($engine: $crate::Engine) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                story($crate::Engine::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                story($crate::Engine::Postgres).await;
            }
        }
    )*};
}
