//! Guides.

use super::content::json;
use super::service::service_code;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::{Path, State};
use axum::response::Response;
use http::HeaderMap;
use yichuang_contract::guide::Guide;
use yichuang_contract::problem::Problem;

/// The guide of a service: its questions, rules and outcomes.
#[utoipa::path(
    get,
    path = "/api/v1/services/{code}/guide",
    tag = "services",
    params(("code" = String, Path, description = "Service code", example = "HJ-017")),
    responses(
        (status = 200, description = "The guide", body = Guide),
        (status = 304, description = "Not changed"),
        (status = 404, description = "No service has this code", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_guide(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let code = service_code(&code)?;
    let content = app.content.load();
    let answer = content.answer(&format!("guide/{code}"), |catalogue| {
        let guide = catalogue
            .guide(&code)
            .ok_or(Failure::new(Kind::ServiceNotFound))?;
        json(guide)
    })?;
    Ok(answer.respond(&headers))
}
