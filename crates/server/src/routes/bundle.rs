//! Bundles.

use super::content::json;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::{Path, State};
use axum::response::Response;
use http::HeaderMap;
use yichuang_contract::BundleCode;
use yichuang_contract::api::BundleList;
use yichuang_contract::bundle::Bundle;
use yichuang_contract::problem::Problem;

/// All bundles with their themes.
#[utoipa::path(
    get,
    path = "/api/v1/bundles",
    tag = "bundles",
    responses(
        (status = 200, description = "The bundles", body = BundleList),
        (status = 304, description = "Not changed"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_bundles(
    State(app): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let content = app.content.load();
    let answer = content.answer("bundles", |catalogue| json(&catalogue.bundle_list()))?;
    Ok(answer.respond(&headers))
}

/// Everything about one bundle.
#[utoipa::path(
    get,
    path = "/api/v1/bundles/{code}",
    tag = "bundles",
    params(("code" = String, Path, description = "Bundle code", example = "YJ-001")),
    responses(
        (status = 200, description = "The bundle", body = Bundle),
        (status = 304, description = "Not changed"),
        (status = 404, description = "No bundle has this code", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_bundle(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let code: BundleCode = code
        .parse()
        .map_err(|_| Failure::new(Kind::BundleNotFound))?;
    let content = app.content.load();
    let answer = content.answer(&format!("bundle/{code}"), |catalogue| {
        let bundle = catalogue
            .bundle(&code)
            .ok_or(Failure::new(Kind::BundleNotFound))?;
        json(bundle)
    })?;
    Ok(answer.respond(&headers))
}
