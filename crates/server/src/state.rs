//! What every request can reach.

use crate::account::Accounts;
use crate::client::Operators;
use crate::clock::Clock;
use crate::content::Served;
use crate::issuer::Issuer;
use crate::metrics::Metrics;
use crate::middleware::limit::Limits;
use crate::settings::ServeSettings;
use crate::spa::Spa;
use arc_swap::ArcSwap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use yichuang_storage::Database;

/// The running application.
pub struct App {
    /// Settings it was started with.
    pub settings: ServeSettings,
    /// The database.
    pub database: Database,
    /// The content in service; swapped whole when it is reloaded.
    pub content: ArcSwap<Served>,
    /// Files of the single-page application; `None` if the API is served alone.
    pub spa: Option<Spa>,
    /// Figures.
    pub metrics: Metrics,
    /// Limits per client.
    pub limits: Limits,
    /// Who is asking.
    pub operators: Operators,
    /// What signing in and proofing need.
    pub accounts: Accounts,
    /// The issuer of temporary electronic IDs.
    pub issuer: Issuer,
    /// The clock.
    pub clock: Clock,
    /// The OpenAPI document and its page.
    pub documents: crate::openapi::Documents,
    is_stopping: AtomicBool,
}

/// The application as handlers share it.
pub type Shared = Arc<App>;

impl App {
    /// Puts the parts together.
    pub fn new(
        settings: ServeSettings,
        database: Database,
        served: Arc<Served>,
        spa: Option<Spa>,
        accounts: Accounts,
        issuer: Issuer,
        clock: Clock,
    ) -> Self {
        Self {
            limits: Limits::new(&settings),
            operators: Operators::new(&settings),
            settings,
            database,
            content: ArcSwap::new(served),
            spa,
            accounts,
            issuer,
            metrics: Metrics::new(),
            clock,
            documents: crate::openapi::Documents::new(),
            is_stopping: AtomicBool::new(false),
        }
    }

    /// Whether the server is about to stop.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }

    /// Says that the server is about to stop.
    pub fn begin_to_stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }
}
