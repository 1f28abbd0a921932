//! Which content is served.

use crate::problem::Failure;
use crate::state::Shared;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use serde::Serialize;
use yichuang_contract::api::ContentView;
use yichuang_contract::problem::Problem;

/// Which content is served, with its counts.
#[utoipa::path(
    get,
    path = "/api/v1/content",
    tag = "content",
    responses(
        (status = 200, description = "The content in service", body = ContentView),
        (status = 304, description = "Not changed"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_content(
    State(app): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let content = app.content.load();
    let answer = content.answer("content", |catalogue| json(&catalogue.view))?;
    Ok(answer.respond(&headers))
}

/// Serialises an answer.
///
/// # Errors
/// Never for the contract's types; a failure would be a defect of ours.
pub fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(value).map_err(|error| Failure::internal(&error))
}
