//! The public read API of the catalogue: queries, answers and the endpoints themselves.

use crate::bundle::{Bundle, BundleSummary};
use crate::checklist::{Checklist, ChecklistDraft};
use crate::endpoint::endpoint;
use crate::guide::Guide;
use crate::plan::{Plan, PlanRequest};
use crate::point::ServicePoint;
use crate::report::ClientReport;
use crate::service::{Audience, Department, Scope, ServiceDetail, ServiceSummary};
use serde::{Deserialize, Serialize};

/// How many services a list holds if the caller does not say.
pub const SERVICES_BY_DEFAULT: u16 = 50;
/// How many services a list holds at most.
pub const SERVICES_AT_MOST: u16 = 300;
/// How many hits a search answers if the caller does not say.
pub const HITS_BY_DEFAULT: u16 = 10;
/// How many hits a search answers at most.
pub const HITS_AT_MOST: u16 = 50;
/// The longest query a search looks at, in characters.
pub const QUERY_CHARACTERS_AT_MOST: usize = 100;

/// Which content the server serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContentView {
    /// Content hash; part of the addresses of packs.
    pub version: String,
    /// Layout of the packs ([`crate::pack::PACK_FORMAT`]).
    pub pack_format: u16,
    /// Number of services.
    pub services: u32,
    /// Number of guides.
    pub guides: u32,
    /// Number of bundles.
    pub bundles: u32,
    /// Number of service points.
    pub points: u32,
    /// Whether the content is made up for demonstration.
    pub is_demonstration: bool,
}

/// Which services a list shows. What is left out does not filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ServiceFilter {
    /// The department that decides.
    pub department: Option<Department>,
    /// Identifier of a life or business event.
    pub theme: Option<String>,
    /// Who applies.
    pub audience: Option<Audience>,
    /// Visits to a counter that remain.
    #[cfg_attr(feature = "openapi", param(maximum = 9))]
    pub trips: Option<u8>,
    /// Whether it runs on a self-service terminal.
    pub terminal: Option<bool>,
    /// Whether the result can come by post.
    pub post: Option<bool>,
    /// Whether it is done on the spot.
    pub instant: Option<bool>,
    /// Where it can be applied for.
    pub scope: Option<Scope>,
    /// How many to skip; 0 if left out.
    pub offset: Option<u32>,
    /// How many to show, 1 to 300; 50 if left out.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 300))]
    pub limit: Option<u16>,
}

impl ServiceFilter {
    /// Whether a service passes.
    #[must_use]
    pub fn admits(&self, service: &ServiceSummary) -> bool {
        use crate::service::{Delivery, Handling};
        let equals = |wanted: Option<bool>, found: bool| wanted.is_none_or(|is| is == found);
        self.department.is_none_or(|it| it == service.department)
            && self.theme.as_ref().is_none_or(|it| *it == service.theme)
            && self
                .audience
                .is_none_or(|it| service.audience.contains(&it))
            && self.trips.is_none_or(|it| it == service.trips)
            && equals(self.terminal, service.has_terminal)
            && equals(self.post, service.delivery.contains(&Delivery::Post))
            && equals(self.instant, service.handling == Handling::Instant)
            && self.scope.is_none_or(|it| it == service.scope)
    }
}

/// A part of the list of services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServicePage {
    /// How many services pass the filter.
    pub total: u32,
    /// How many were skipped.
    pub offset: u32,
    /// Offset of the next part; `None` at the end.
    pub next_offset: Option<u32>,
    /// The services in the catalogue's order.
    pub services: Vec<ServiceSummary>,
}

/// What to search for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct SearchQuery {
    /// What a person typed: Chinese, pinyin or English; at most 100 characters are looked at.
    pub q: String,
    /// How many hits, 1 to 50; 10 if left out.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 50))]
    pub limit: Option<u16>,
}

/// Services that answer a query.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchAnswer {
    /// Services that answer, the best first; empty if none does.
    pub hits: Vec<SearchHit>,
    /// If nothing answers: the services nearest to the query.
    pub nearest: Vec<SearchHit>,
    /// The query as it was understood, where that differs from what was typed.
    pub understood: Option<String>,
    /// Another office that deals with what was asked.
    pub elsewhere: Option<Elsewhere>,
}

/// A service found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchHit {
    /// The service.
    pub service: ServiceSummary,
    /// Score, comparable within one answer only.
    pub score: f32,
    /// Why it was found.
    pub reason: SearchReason,
}

/// Why a service was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SearchReason {
    /// Its code was typed.
    Code,
    /// Words of its name.
    Name,
    /// People type this for it.
    Keyword(String),
    /// A word that means the same.
    Synonym {
        /// The word in the query.
        typed: String,
        /// The word in the catalogue.
        means: String,
    },
    /// Its summary.
    Summary,
}

/// Another office that deals with a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Elsewhere {
    /// What was recognised in the query.
    pub typed: String,
    /// The office.
    pub office: crate::Text,
}

/// Which service points a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct PointFilter {
    /// Name of the district, in either language.
    pub district: Option<String>,
    /// A department served there.
    pub department: Option<Department>,
}

/// Service points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PointList {
    /// The points in the content's order.
    pub points: Vec<ServicePoint>,
}

/// All bundles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BundleList {
    /// The themes in order.
    pub themes: Vec<crate::pack::BundleTheme>,
    /// The bundles in the content's order.
    pub bundles: Vec<BundleSummary>,
}

endpoint!(
    /// Which content is served.
    GetContent, Get "/api/v1/content", Anonymous, () => ContentView
);
endpoint!(
    /// A list of services.
    ListServices, Get "/api/v1/services", Anonymous, ServiceFilter => ServicePage
);
endpoint!(
    /// One service.
    GetService, Get "/api/v1/services/{code}", Anonymous, () => ServiceDetail
);
endpoint!(
    /// The guide of a service.
    GetGuide, Get "/api/v1/services/{code}/guide", Anonymous, () => Guide
);
endpoint!(
    /// The checklist that follows from answers to a guide.
    ComputeChecklist, Post "/api/v1/services/{code}/checklist", Anonymous, ChecklistDraft => Checklist
);
endpoint!(
    /// Services that answer a query.
    SearchServices, Get "/api/v1/search", Anonymous, SearchQuery => SearchAnswer
);
endpoint!(
    /// Service points.
    ListPoints, Get "/api/v1/points", Anonymous, PointFilter => PointList
);
endpoint!(
    /// All bundles.
    ListBundles, Get "/api/v1/bundles", Anonymous, () => BundleList
);
endpoint!(
    /// One bundle.
    GetBundle, Get "/api/v1/bundles/{code}", Anonymous, () => Bundle
);
endpoint!(
    /// One plan for a bundle or a basket of services.
    ComputePlan, Post "/api/v1/plans", Anonymous, PlanRequest => Plan
);
endpoint!(
    /// A failure in a browser, to be counted.
    ReportFailure, Post "/api/v1/client-reports", Anonymous, ClientReport => ()
);
endpoint!(
    /// The OpenAPI document.
    GetOpenApi, Get "/api/v1/openapi.json", Anonymous, () => ()
);
endpoint!(
    /// The OpenAPI document as a page.
    GetDocs, Get "/api/v1/docs", Anonymous, () => ()
);
endpoint!(
    /// Whether the process runs.
    GetHealth, Get "/healthz", Anonymous, () => ()
);
endpoint!(
    /// Whether requests can be served.
    GetReadiness, Get "/readyz", Anonymous, () => ()
);
endpoint!(
    /// Figures for Prometheus.
    GetMetrics, Get "/metrics", Operator, () => ()
);
