//! Services.

use super::content::json;
use crate::extract::Query;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::{Path, State};
use axum::response::Response;
use http::HeaderMap;
use yichuang_contract::ServiceCode;
use yichuang_contract::api::{SERVICES_AT_MOST, SERVICES_BY_DEFAULT, ServiceFilter, ServicePage};
use yichuang_contract::problem::Problem;
use yichuang_contract::service::ServiceDetail;

/// A list of services that pass the filter, in the catalogue's order.
#[utoipa::path(
    get,
    path = "/api/v1/services",
    tag = "services",
    params(ServiceFilter),
    responses(
        (status = 200, description = "A part of the list", body = ServicePage),
        (status = 304, description = "Not changed"),
        (status = 400, description = "A parameter does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_services(
    State(app): State<Shared>,
    headers: HeaderMap,
    Query(filter): Query<ServiceFilter>,
) -> Result<Response, Failure> {
    let limit = filter.limit.unwrap_or(SERVICES_BY_DEFAULT);
    if !(1..=SERVICES_AT_MOST).contains(&limit) {
        return Err(Failure::new(Kind::InvalidRequest).with_field(
            "limit",
            "out-of-range",
            "limit 应在 1 到 300 之间。",
            "limit must be between 1 and 300.",
        ));
    }
    let content = app.content.load();
    let total = content.catalogue.view.services;
    // All offsets behind the end have the same empty answer; keep it once.
    let offset = filter.offset.unwrap_or(0).min(total);
    let key = key(&filter, offset, limit);
    let answer = content.answer(&key, |catalogue| {
        json(&catalogue.page(&filter, offset, limit))
    })?;
    Ok(answer.respond(&headers))
}

/// One spelling for every query that asks for the same.
fn key(filter: &ServiceFilter, offset: u32, limit: u16) -> String {
    let canonical = ServiceFilter {
        offset: Some(offset),
        limit: Some(limit),
        ..filter.clone()
    };
    let query = serde_urlencoded::to_string(&canonical).unwrap_or_default();
    format!("services?{query}")
}

/// Everything about one service.
#[utoipa::path(
    get,
    path = "/api/v1/services/{code}",
    tag = "services",
    params(("code" = String, Path, description = "Service code", example = "HJ-017")),
    responses(
        (status = 200, description = "The service", body = ServiceDetail),
        (status = 304, description = "Not changed"),
        (status = 404, description = "No service has this code", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_service(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let code = service_code(&code)?;
    let content = app.content.load();
    let answer = content.answer(&format!("service/{code}"), |catalogue| {
        let service = catalogue
            .service(&code)
            .ok_or(Failure::new(Kind::ServiceNotFound))?;
        json(service)
    })?;
    Ok(answer.respond(&headers))
}

/// A code from a path. What is no code names no service.
pub fn service_code(text: &str) -> Result<ServiceCode, Failure> {
    text.parse()
        .map_err(|_| Failure::new(Kind::ServiceNotFound))
}
