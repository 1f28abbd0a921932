//! Service points.

use super::content::json;
use crate::extract::Query;
use crate::problem::Failure;
use crate::state::Shared;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use yichuang_contract::api::{PointFilter, PointList};
use yichuang_contract::point::ServicePoint;
use yichuang_contract::problem::Problem;

/// Service points, all or of one district or department.
#[utoipa::path(
    get,
    path = "/api/v1/points",
    tag = "points",
    params(PointFilter),
    responses(
        (status = 200, description = "The points", body = PointList),
        (status = 304, description = "Not changed"),
        (status = 400, description = "A parameter does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_points(
    State(app): State<Shared>,
    headers: HeaderMap,
    Query(filter): Query<PointFilter>,
) -> Result<Response, Failure> {
    let content = app.content.load();
    let query = serde_urlencoded::to_string(&filter).unwrap_or_default();
    let answer = content.answer(&format!("points?{query}"), |catalogue| {
        json(&PointList {
            points: catalogue
                .points
                .iter()
                .filter(|point| admits(&filter, point))
                .cloned()
                .collect(),
        })
    })?;
    Ok(answer.respond(&headers))
}

fn admits(filter: &PointFilter, point: &ServicePoint) -> bool {
    filter.district.as_ref().is_none_or(|district| {
        point.district.zh == *district || point.district.en.eq_ignore_ascii_case(district)
    }) && filter
        .department
        .is_none_or(|department| point.departments.contains(&department))
}
