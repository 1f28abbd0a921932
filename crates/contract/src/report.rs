//! What a browser tells the server when the application broke.

use serde::{Deserialize, Serialize};

/// A failure in the browser. It holds no address, no query, no answer and no text a person typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClientReport {
    /// What failed.
    pub kind: ClientFailure,
    /// The page's route pattern, such as `/services/:code/guide`; never a full address.
    pub route: String,
    /// Source position or panic location, at most 300 characters.
    pub place: String,
    /// Version of the application.
    pub release: String,
}

/// Kinds of failure in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ClientFailure {
    /// The application panicked.
    Panic,
    /// A script error outside the application.
    Script,
    /// A chunk could not be loaded after retries.
    Chunk,
}
