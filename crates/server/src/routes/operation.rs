//! What operators and proxies ask.

use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::State;
use http::header;
use std::time::Duration;
use yichuang_contract::problem::Problem;

/// Whether the process runs.
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "operation",
    responses((status = 200, description = "It runs", body = String, content_type = "text/plain"))
)]
pub async fn get_health() -> &'static str {
    "ok\n"
}

/// Whether requests can be served: content is loaded, the database answers, the server is not
/// stopping.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "operation",
    responses(
        (status = 200, description = "Ready", body = String, content_type = "text/plain"),
        (status = 503, description = "Not ready", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_readiness(State(app): State<Shared>) -> Result<&'static str, Failure> {
    if app.is_stopping() {
        return Err(Failure::new(Kind::Unavailable).retry_after(Duration::from_secs(5)));
    }
    tokio::time::timeout(Duration::from_secs(2), app.database.ping())
        .await
        .map_err(|_| Failure::new(Kind::Unavailable).retry_after(Duration::from_secs(5)))??;
    Ok("ready\n")
}

/// Figures for Prometheus, for operators only.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "operation",
    responses(
        (status = 200, description = "The figures", body = String, content_type = "text/plain"),
        (status = 404, description = "Not for this caller", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_metrics(
    State(app): State<Shared>,
) -> ([(header::HeaderName, &'static str); 1], String) {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], app.metrics.text())
}
