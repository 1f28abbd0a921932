//! Packs, kept by browsers for ever.

use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::{Path, State};
use axum::response::Response;
use http::HeaderMap;

/// A pack of the content in service or of the version before.
pub async fn get_pack(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path((version, name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let content = app.content.load();
    content
        .pack(&version, &name)
        .map(|pack| pack.respond(&headers))
        .ok_or(Failure::new(Kind::PackNotFound))
}
