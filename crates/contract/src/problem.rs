//! Errors on the wire: RFC 9457 problem details.

use crate::Text;
use serde::{Deserialize, Serialize};

/// A problem (`application/problem+json`, RFC 9457).
///
/// `code` is stable and meant for programs; `message` is meant for people and may change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `https://yichuang.invalid/problems/` followed by the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short English title of the kind of problem.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Stable code, lower-case with hyphens, such as `service-not-found`.
    pub code: String,
    /// What is wrong and what to do, in each language.
    pub message: Text,
    /// Problems with single fields, to be shown beside them.
    pub fields: Vec<FieldProblem>,
    /// Identifier of the request, for support.
    pub request_id: Option<String>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// JSON pointer (RFC 6901) or query parameter name.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// What is wrong and what to do.
    pub message: Text,
}
