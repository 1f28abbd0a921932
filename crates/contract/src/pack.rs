//! Packs: content compiled at load, encoded with postcard, cached for ever under a content hash.
//!
//! `GET /packs/{version}/catalogue.pack`, `…/summaries.pack`, `…/services/{code}.pack`,
//! `…/points.pack`, `…/bundles.pack`. The version is named by index.html (`<meta name="content-version">`) and by
//! `GET /api/v1/content`. A pack of a version the server no longer holds answers 404; the client
//! then asks for the version anew.

use crate::Text;
use crate::bundle::{Bundle, BundleSummary};
use crate::calendar::CalendarYear;
use crate::guide::Guide;
use crate::plan::Relation;
use crate::point::ServicePoint;
use crate::service::{ServiceDetail, ServiceSummary, Theme};
use columns::Columns;
use serde::{Deserialize, Serialize};

mod columns;

/// Version of the pack layouts. It is part of the content hash, so a program never reads a pack
/// of another layout.
pub const PACK_FORMAT: u16 = 3;

/// Everything that the home page, filters and search need: the one pack of a first visit.
///
/// It travels in columns (see `columns`): names beside names compress better than rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Columns", into = "Columns")]
pub struct CataloguePack {
    /// All services in the catalogue's order, each with an empty `summary`: the sentences are a
    /// quarter of the catalogue and come in the [`SummariesPack`] when a list is shown.
    pub services: Vec<ServiceSummary>,
    /// All life and business events.
    pub themes: Vec<Theme>,
    /// A few bundles that the home page offers.
    pub featured_bundles: Vec<BundleSummary>,
    /// Codes of services most asked for, for the home page.
    pub popular: Vec<crate::ServiceCode>,
    /// The search index, opaque here: `yichuang_search::Index::open`.
    pub search: Vec<u8>,
    /// Whether the content is made up for demonstration.
    pub is_demonstration: bool,
    /// Who runs this deployment.
    pub site: Site,
}

/// One sentence a service, for lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummariesPack {
    /// The sentence of each service, in the catalogue's order.
    pub summaries: Vec<(crate::ServiceCode, Text)>,
}

/// What a deployment says about itself (部署单位).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Site {
    /// The city.
    pub city: Text,
    /// Who runs it.
    pub authority: Text,
    /// Telephone.
    pub phone: String,
    /// E-mail address.
    pub email: String,
}

/// Everything a service's pages need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePack {
    /// The service page.
    pub service: ServiceDetail,
    /// Its guide.
    pub guide: Guide,
    /// Working days, from which a checklist counts the day it is ready.
    pub calendar: Vec<CalendarYear>,
}

/// All service points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointsPack {
    /// The points.
    pub points: Vec<ServicePoint>,
}

/// All bundles; the guides of their items come from service packs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundlesPack {
    /// The themes of bundles, in order.
    pub themes: Vec<BundleTheme>,
    /// The bundles.
    pub bundles: Vec<Bundle>,
    /// What content says about pairs of services, for baskets.
    pub relations: Vec<Relation>,
    /// Search index over the bundles, opaque here.
    pub search: Vec<u8>,
    /// Working days, from which a plan counts its dates.
    pub calendar: Vec<CalendarYear>,
}

/// A theme of bundles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BundleTheme {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
}
