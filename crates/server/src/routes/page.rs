//! The application's files, and its page for every path that the application itself knows.

use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, Method, Uri, header};

/// A file by its path, else index.html, else a problem.
pub async fn get_page(
    State(app): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let path = uri.path();
    let is_ours = path == "/api"
        || ["/api/", "/packs/", "/healthz/", "/readyz/", "/metrics/"]
            .iter()
            .any(|prefix| path.starts_with(prefix));
    let Some(spa) = app.spa.as_ref().filter(|_| !is_ours) else {
        return Err(Failure::new(Kind::NotFound));
    };
    let is_file = path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'));
    let content = app.content.load();
    let mut response = if let Some(file) = spa.file(path) {
        file.respond(&headers)
    } else if is_file && path != "/index.html" {
        // A missing chunk must fail as one, not arrive as a page.
        return Err(Failure::new(Kind::NotFound));
    } else if let Some(page) = content.page_about(path, uri.query()) {
        page.respond(&headers)
    } else if let Some(index) = &content.index {
        index.respond(&headers)
    } else {
        return Err(Failure::new(Kind::NotFound));
    };
    match method {
        Method::GET => {}
        Method::HEAD => {
            let length = http_body::Body::size_hint(response.body()).exact();
            *response.body_mut() = axum::body::Body::empty();
            if let Some(length) = length.filter(|_| response.status().is_success()) {
                response
                    .headers_mut()
                    .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
            }
        }
        _ => return Err(Failure::new(Kind::WrongMethod)),
    }
    Ok(response)
}
