//! Who has looked at a person's data (谁看过我的数据).

use crate::Text;
use crate::endpoint::endpoint;
use serde::{Deserialize, Serialize};

/// What for somebody's data are read (使用目的).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To deal with a case.
    Case,
    /// To prove who somebody is.
    Proofing,
    /// To issue or withdraw a temporary electronic ID.
    Credential,
    /// To check a guest in.
    CheckIn,
    /// To answer a question of the person.
    Enquiry,
    /// To examine how officers work.
    Supervision,
    /// The person's own request.
    OwnRequest,
}

/// One look at a person's data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessEntry {
    /// Number in the log.
    pub number: i64,
    /// When.
    pub at_ms: i64,
    /// Who, as an office or a hotel: never an officer's name.
    pub who: Text,
    /// What was done, such as "looked up a person".
    pub act: Text,
    /// What for.
    pub purpose: Purpose,
    /// Reference of the case; empty if there is none.
    pub reference: String,
    /// Why, in the reader's words.
    pub reason: String,
}

/// A part of the caller's access log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessPage {
    /// The entries, the newest first.
    pub entries: Vec<AccessEntry>,
    /// Ask with this to go on; `None` at the end.
    pub next_before: Option<i64>,
}

/// Which part of the caller's access log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct AccessFilter {
    /// Only entries with a smaller number.
    pub before: Option<i64>,
}

endpoint!(
    /// Who has looked at the caller's data.
    ListAccesses, Get "/api/v1/me/accesses", Account, AccessFilter => AccessPage
);
