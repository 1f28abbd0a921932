//! One plan for a whole life event: the planner, asked over HTTP. Nothing is stored.

use crate::content::Catalogue;
use crate::extract::Json;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::State;
use yichuang_contract::pack::ServicePack;
use yichuang_contract::plan::{Plan, PlanRequest};
use yichuang_contract::problem::Problem;
use yichuang_domain::calendar::Date;
use yichuang_domain::plan::{PlanError, PlanInput, Planner, needed_services};

/// One plan for a bundle or a basket of services: the next question, or papers, order, days and
/// fees. Answers to questions that this plan does not ask are ignored, as in the browser.
#[utoipa::path(
    post,
    path = "/api/v1/plans",
    tag = "bundles",
    request_body = PlanRequest,
    responses(
        (status = 200, description = "The plan", body = Plan),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No bundle has this code", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The items make no plan", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn compute_plan(
    State(app): State<Shared>,
    Json(request): Json<PlanRequest>,
) -> Result<axum::Json<Plan>, Failure> {
    let content = app.content.load_full();
    // Twelve guides joined take milliseconds; other requests do not wait for them.
    tokio::task::spawn_blocking(move || plan(&content.catalogue, &request))
        .await
        .map_err(|error| Failure::internal(&error))?
        .map(axum::Json)
}

fn plan(catalogue: &Catalogue, request: &PlanRequest) -> Result<Plan, Failure> {
    let start_on: Option<Date> = request
        .start_on
        .as_deref()
        .map(str::parse)
        .transpose()
        .map_err(|_| {
            Failure::new(Kind::InvalidRequest).with_field(
                "/start_on",
                "not-a-date",
                "请填写日期，例如 2026-03-02。",
                "A date such as 2026-03-02 is expected.",
            )
        })?;
    let bundle = request
        .bundle
        .as_ref()
        .map(|code| {
            catalogue
                .bundle(code)
                .ok_or(Failure::new(Kind::BundleNotFound))
        })
        .transpose()?;
    let services: Vec<&ServicePack> = needed_services(bundle, &request.items)
        .iter()
        .filter_map(|code| catalogue.service_pack(code))
        .collect();
    let bundles = catalogue.bundles_pack();
    let planner = Planner::new(PlanInput {
        bundle,
        chosen: &request.items,
        services: &services,
        relations: &bundles.relations,
        bundles: &bundles.bundles,
        calendar: catalogue.calendar(),
    })
    .map_err(|error| refusal(request, &error))?;
    Ok(planner.plan(&request.answers, start_on))
}

/// Why the items make no plan, at the item itself where one is to blame.
fn refusal(request: &PlanRequest, error: &PlanError) -> Failure {
    let at = |text: &str| {
        let index = request.items.iter().position(|item| item == text);
        index.map_or_else(|| "/items".to_owned(), |index| format!("/items/{index}"))
    };
    let (field, code, zh, en) = match error {
        PlanError::Empty => (
            "/items".to_owned(),
            "empty",
            "请至少选择一个事项。",
            "Choose at least one service.",
        ),
        PlanError::TooMany => (
            "/items".to_owned(),
            "too-many",
            "最多可选 12 个事项，请删减。",
            "A basket holds at most 12 services; remove some.",
        ),
        PlanError::NoSuchItem(id) => (
            at(id),
            "no-such-item",
            "没有这个事项。",
            "There is no such item.",
        ),
        PlanError::NoSuchService(code) => (
            at(code.as_str()),
            "no-such-service",
            "没有这个编码的事项。",
            "No service has this code.",
        ),
        // The content check has proved that neither happens with sound content.
        PlanError::UnsoundGuide(_) | PlanError::Cycle(_) => return Failure::internal(error),
    };
    Failure::new(Kind::ItemsDoNotFit).with_field(&field, code, zh, en)
}
