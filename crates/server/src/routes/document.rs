//! The OpenAPI document and its page.

use crate::state::Shared;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;

/// This API as an OpenAPI 3.1 document.
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    tag = "operation",
    responses(
        (status = 200, description = "The document", body = Object),
        (status = 304, description = "Not changed"),
    )
)]
pub async fn get_open_api(State(app): State<Shared>, headers: HeaderMap) -> Response {
    app.documents.json.respond(&headers)
}

/// This API as a page to read.
#[utoipa::path(
    get,
    path = "/api/v1/docs",
    tag = "operation",
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 304, description = "Not changed"),
    )
)]
pub async fn get_docs(State(app): State<Shared>, headers: HeaderMap) -> Response {
    app.documents.page.respond(&headers)
}
