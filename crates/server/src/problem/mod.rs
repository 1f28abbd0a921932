//! What goes wrong in a request, as RFC 9457 problem details.
//!
//! Which to use where: [`Failure::new`] with a [`Kind`] for everything a caller can cause or must
//! wait for; [`Failure::internal`] for what only the operator can mend (logged, never shown). A
//! handler returns `Result<_, Failure>`; the outermost middleware adds the request's identifier and
//! turns every other error answer (a wrong method, an unknown path) into a problem, too.

mod kind;

pub use kind::Kind;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use std::time::Duration;
use yichuang_contract::Text;
use yichuang_contract::problem::{FieldProblem, Problem};

/// A failed request.
#[derive(Clone, Debug)]
pub struct Failure {
    kind: Kind,
    fields: Vec<FieldProblem>,
    retry_after: Option<Duration>,
}

impl Failure {
    /// A failure of a kind.
    #[must_use]
    pub const fn new(kind: Kind) -> Self {
        Self {
            kind,
            fields: Vec::new(),
            retry_after: None,
        }
    }

    /// A failure that names one field.
    #[must_use]
    pub fn with_field(mut self, field: &str, code: &str, zh: &str, en: &str) -> Self {
        self.fields.push(FieldProblem {
            field: field.to_owned(),
            code: code.to_owned(),
            message: Text::new(zh, en),
        });
        self
    }

    /// Says when to try again.
    #[must_use]
    pub const fn retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }

    /// Something only the operator can mend. The reason goes to the log, never to the caller.
    pub fn internal(reason: &dyn std::fmt::Display) -> Self {
        tracing::error!(%reason, "request failed");
        Self::new(Kind::Internal)
    }

    /// The kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    fn problem(&self, request_id: &str) -> Problem {
        let (status, code, title, zh, en) = self.kind.wording();
        Problem {
            kind: format!("https://yichuang.invalid/problems/{code}"),
            title: title.to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            message: Text::new(zh, en),
            fields: self.fields.clone(),
            request_id: Some(request_id.to_owned()),
        }
    }
}

impl From<yichuang_storage::Error> for Failure {
    fn from(error: yichuang_storage::Error) -> Self {
        tracing::error!(%error, "database failed");
        Self::new(Kind::Unavailable).retry_after(Duration::from_secs(5))
    }
}

impl IntoResponse for Failure {
    /// An empty answer that carries the failure; [`finish`] writes its body.
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.kind.wording().0;
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives every error answer its problem body.
#[must_use]
pub fn finish(mut response: Response, request_id: &str) -> Response {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let failure = response
        .extensions_mut()
        .remove::<Failure>()
        .unwrap_or_else(|| Failure::new(Kind::of_status(status)));
    let mut problem = failure.problem(request_id);
    problem.status = status.as_u16();
    // A problem is made of strings and numbers; serialising it cannot fail.
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.remove(header::CONTENT_LENGTH);
    headers.remove(header::CONTENT_ENCODING);
    headers.remove(header::ETAG);
    if let Some(wait) = failure.retry_after {
        let seconds = wait.as_secs_f64().ceil().max(1.0);
        if let Ok(value) = HeaderValue::from_str(&format!("{seconds:.0}")) {
            headers.insert(header::RETRY_AFTER, value);
        }
    }
    *response.body_mut() = Body::from(body);
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::StatusCode;

    #[test]
    fn codes_are_unique_and_sentences_are_in_both_languages() {
        let mut codes = std::collections::BTreeSet::new();
        for kind in Kind::ALL {
            let (status, code, title, zh, en) = kind.wording();
            assert!(status.as_u16() >= 400);
            assert!(codes.insert(code), "{code} twice");
            assert!(
                code.bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
            );
            assert!(!title.is_empty() && en.ends_with('.') && zh.ends_with('。'));
        }
    }

    #[test]
    fn an_answer_of_somebody_else_becomes_a_problem_of_its_status() {
        for status in 400..600 {
            let status = StatusCode::from_u16(status).unwrap();
            let mut response = Response::new(Body::from("internals"));
            *response.status_mut() = status;
            let response = finish(response, "r1");
            assert_eq!(response.status(), status);
            assert_eq!(
                response.headers()["content-type"],
                "application/problem+json"
            );
        }
    }
}
