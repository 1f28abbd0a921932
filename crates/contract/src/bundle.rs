//! "One thing" bundles (一件事): several services for one life event.

use crate::service::{Audience, Department, PaperForm};
use crate::{BundleCode, ServiceCode, Text};
use serde::{Deserialize, Serialize};

/// What a list shows of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BundleSummary {
    /// Key.
    pub code: BundleCode,
    /// Name.
    pub name: Text,
    /// Who needs it and when.
    pub situation: Text,
    /// Identifier of its theme.
    pub theme: String,
    /// For whom.
    pub audience: Vec<Audience>,
    /// Number of items, optional ones included.
    pub item_count: u8,
}

/// A bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bundle {
    /// Key.
    pub code: BundleCode,
    /// Name.
    pub name: Text,
    /// Identifier of its theme.
    pub theme: String,
    /// For whom.
    pub audience: Vec<Audience>,
    /// Who needs it and when.
    pub situation: Text,
    /// Items in the order a counter would name them.
    pub items: Vec<BundleItem>,
    /// Papers handed in once for the whole bundle.
    pub materials: Vec<BundleMaterial>,
    /// Answers that the situation implies, so that nobody is asked what is known.
    pub given: Vec<GivenAnswer>,
    /// The catalogue item under which it can also be found.
    pub catalogue: Option<ServiceCode>,
    /// Whether the rule differs between cities.
    pub is_unsure: bool,
    /// Words people type for it, both languages.
    pub keywords: Vec<String>,
}

/// One item of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BundleItem {
    /// Identifier in the bundle: the service code, or a short name for what has none.
    pub id: String,
    /// What it is.
    pub kind: BundleItemKind,
    /// Items of this bundle that must be approved first. One that was not chosen does not bind.
    pub after: Vec<String>,
    /// The circumstance in which the item joins; `None` = always needed.
    pub optional_when: Option<Text>,
    /// The item that this one takes the place of when it is chosen.
    pub instead_of: Option<String>,
    /// Who does an item outside the catalogue, and how; `None` for a service, whose page says it.
    pub how: Option<Text>,
}

/// An answer that the situation of a bundle implies (情形已知的回答). It can be changed in the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GivenAnswer {
    /// The service in whose guide the question stands.
    pub service: ServiceCode,
    /// Identifier of the question in that guide. If it is shared, the answer holds for every guide
    /// that shares it.
    pub question: String,
    /// Identifier of the choice.
    pub choice: String,
    /// If not empty, the answer holds for the guides of these services alone.
    pub only: Vec<ServiceCode>,
    /// Why it is known.
    pub reason: Text,
}

/// What a bundle item is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BundleItemKind {
    /// A service of the catalogue.
    Service(ServiceCode),
    /// Outside the police; the window hands the case over.
    External {
        /// Name of the item.
        name: Text,
        /// The agency.
        agency: Text,
    },
    /// An approval inside the police that has no catalogue number.
    Internal {
        /// Name of the item.
        name: Text,
        /// The department.
        department: Department,
    },
}

/// A paper handed in once for the whole bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BundleMaterial {
    /// Name.
    pub name: Text,
    /// Form.
    pub form: PaperForm,
    /// The circumstance that requires it; `None` = always.
    pub when: Option<Text>,
    /// Identifiers of the items it serves.
    pub used_by: Vec<String>,
}
