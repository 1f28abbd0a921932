//! The route table. Each endpoint's method, path and access level come from its type in the
//! contract; [`mount`] refuses to start a server whose handlers say otherwise.

mod bundle;
mod checklist;
mod client_report;
mod content;
mod document;
mod guide;
mod operation;
mod pack;
mod page;
mod plan;
mod point;
mod search;
mod service;

use crate::middleware::{access, frame};
use crate::state::Shared;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;
use yichuang_contract::api;
use yichuang_contract::endpoint::{Access, Endpoint, Method};

/// What an endpoint promises: read by the access matrix test and the documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Method.
    pub method: Method,
    /// Path pattern.
    pub path: &'static str,
    /// Who may call.
    pub access: Access,
}

/// The routes of the API with what they promise.
struct Table {
    router: OpenApiRouter<Shared>,
    promises: Vec<Promise>,
}

impl Table {
    /// Mounts an endpoint.
    ///
    /// # Panics
    /// If the handler documents another method or path than the endpoint's type: a defect that
    /// every start and every test would show.
    fn mount<E: Endpoint>(mut self, (schemas, paths, methods): UtoipaMethodRouter<Shared>) -> Self {
        let method = match E::METHOD {
            Method::Get => utoipa::openapi::HttpMethod::Get,
            Method::Post => utoipa::openapi::HttpMethod::Post,
            Method::Put => utoipa::openapi::HttpMethod::Put,
            Method::Delete => utoipa::openapi::HttpMethod::Delete,
        };
        assert!(
            paths.paths.len() == 1 && paths.get_path_operation(E::PATH, method).is_some(),
            "the handler of {} does not fit its endpoint",
            E::PATH
        );
        let access = E::ACCESS;
        let guarded =
            (schemas, paths, methods).layer(from_fn(move |request: Request, next: Next| {
                access::require(access, request, next)
            }));
        self.router = self.router.routes(guarded);
        self.promises.push(Promise {
            method: E::METHOD,
            path: E::PATH,
            access,
        });
        self
    }
}

/// Every endpoint, on one screen.
fn table() -> Table {
    Table {
        router: OpenApiRouter::with_openapi(crate::openapi::head()),
        promises: Vec::new(),
    }
    .mount::<api::GetContent>(routes!(content::get_content))
    .mount::<api::ListServices>(routes!(service::list_services))
    .mount::<api::GetService>(routes!(service::get_service))
    .mount::<api::GetGuide>(routes!(guide::get_guide))
    .mount::<api::ComputeChecklist>(routes!(checklist::compute_checklist))
    .mount::<api::SearchServices>(routes!(search::search_services))
    .mount::<api::ListPoints>(routes!(point::list_points))
    .mount::<api::ListBundles>(routes!(bundle::list_bundles))
    .mount::<api::GetBundle>(routes!(bundle::get_bundle))
    .mount::<api::ComputePlan>(routes!(plan::compute_plan))
    .mount::<api::ReportFailure>(routes!(client_report::report_failure))
    .mount::<api::GetOpenApi>(routes!(document::get_open_api))
    .mount::<api::GetDocs>(routes!(document::get_docs))
    .mount::<api::GetHealth>(routes!(operation::get_health))
    .mount::<api::GetReadiness>(routes!(operation::get_readiness))
    .mount::<api::GetMetrics>(routes!(operation::get_metrics))
}

/// The OpenAPI document.
#[must_use]
pub fn open_api() -> OpenApi {
    let table = table();
    let mut document = table.router.into_openapi();
    crate::openapi::complete(&mut document, &table.promises);
    document
}

/// What every endpoint promises.
#[must_use]
pub fn promises() -> Vec<Promise> {
    table().promises
}

/// Everything that can be asked, with the middleware around it.
pub fn router(app: &Shared) -> Router {
    let (api, _) = table().router.split_for_parts();
    api.route(
        "/packs/{version}/{*name}",
        axum::routing::get(pack::get_pack),
    )
    .fallback(page::get_page)
    .layer(DefaultBodyLimit::max(app.settings.body_bytes))
    .layer(from_fn_with_state(app.clone(), frame))
    .with_state(app.clone())
}
