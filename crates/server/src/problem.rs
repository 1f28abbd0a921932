//! What goes wrong in a request, as RFC 9457 problem details.
//!
//! Which to use where: [`Failure::new`] with a [`Kind`] for everything a caller can cause or must
//! wait for; [`Failure::internal`] for what only the operator can mend (logged, never shown). A
//! handler returns `Result<_, Failure>`; the outermost middleware adds the request's identifier and
//! turns every other error answer (a wrong method, an unknown path) into a problem, too.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use std::time::Duration;
use yichuang_contract::Text;
use yichuang_contract::problem::{FieldProblem, Problem};

/// Kinds of problems; each has one code for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Parameters or fields that do not fit.
    InvalidRequest,
    /// A body that is no JSON.
    MalformedBody,
    /// A body of another type than JSON.
    UnsupportedBody,
    /// A body that is too large.
    BodyTooLarge,
    /// Nobody is signed in.
    SignInNeeded,
    /// The caller may not do this.
    Forbidden,
    /// No such address.
    NotFound,
    /// No such service.
    ServiceNotFound,
    /// No such bundle.
    BundleNotFound,
    /// A pack of a version that is no longer held.
    PackNotFound,
    /// The address exists, but not for this method.
    WrongMethod,
    /// Answers that do not fit the guide.
    AnswersDoNotFit,
    /// Items that make no plan.
    ItemsDoNotFit,
    /// The answer took too long.
    Timeout,
    /// Too many requests from one client.
    TooManyRequests,
    /// The server is stopping or its database does not answer.
    Unavailable,
    /// A defect of the server.
    Internal,
}

impl Kind {
    /// All kinds, for the documentation.
    pub const ALL: [Self; 17] = [
        Self::InvalidRequest,
        Self::MalformedBody,
        Self::UnsupportedBody,
        Self::BodyTooLarge,
        Self::SignInNeeded,
        Self::Forbidden,
        Self::NotFound,
        Self::ServiceNotFound,
        Self::BundleNotFound,
        Self::PackNotFound,
        Self::WrongMethod,
        Self::AnswersDoNotFit,
        Self::ItemsDoNotFit,
        Self::Timeout,
        Self::TooManyRequests,
        Self::Unavailable,
        Self::Internal,
    ];

    /// Status, code, title, and the sentence in each language.
    #[must_use]
    pub const fn wording(
        self,
    ) -> (
        StatusCode,
        &'static str,
        &'static str,
        &'static str,
        &'static str,
    ) {
        match self {
            Self::InvalidRequest => (
                StatusCode::BAD_REQUEST,
                "invalid-request",
                "Invalid request",
                "请求中有不符合要求的内容，请按各项提示修改后重试。",
                "Something in the request does not fit; correct what is named and try again.",
            ),
            Self::MalformedBody => (
                StatusCode::BAD_REQUEST,
                "malformed-body",
                "Malformed body",
                "请求内容不是有效的 JSON，请检查后重试。",
                "The body is not valid JSON; correct it and try again.",
            ),
            Self::UnsupportedBody => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported-body",
                "Unsupported body",
                "请以 application/json 类型提交内容。",
                "Send the body as application/json.",
            ),
            Self::BodyTooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "body-too-large",
                "Body too large",
                "提交的内容过大，请精简后重试。",
                "The body is too large; send less.",
            ),
            Self::SignInNeeded => (
                StatusCode::UNAUTHORIZED,
                "sign-in-needed",
                "Sign-in needed",
                "请先登录。",
                "Sign in first.",
            ),
            Self::Forbidden => (
                StatusCode::FORBIDDEN,
                "forbidden",
                "Forbidden",
                "您无权访问此内容。",
                "You may not do this.",
            ),
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "not-found",
                "Not found",
                "没有这个地址，请检查后重试。",
                "There is nothing at this address; check it.",
            ),
            Self::ServiceNotFound => (
                StatusCode::NOT_FOUND,
                "service-not-found",
                "Service not found",
                "没有这个编码的事项，请从事项目录或搜索中查找。",
                "No service has this code; find it in the catalogue or by search.",
            ),
            Self::BundleNotFound => (
                StatusCode::NOT_FOUND,
                "bundle-not-found",
                "Bundle not found",
                "没有这个编码的“一件事”，请从列表中查找。",
                "No bundle has this code; find it in the list.",
            ),
            Self::PackNotFound => (
                StatusCode::NOT_FOUND,
                "pack-not-found",
                "Content version not found",
                "此内容版本已更新，请刷新页面。",
                "This version of the content is no longer held; ask for the current version.",
            ),
            Self::WrongMethod => (
                StatusCode::METHOD_NOT_ALLOWED,
                "wrong-method",
                "Wrong method",
                "此地址不支持这种请求方法。",
                "This address does not support the method; the Allow header names those it does.",
            ),
            Self::AnswersDoNotFit => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "answers-do-not-fit",
                "Answers do not fit the guide",
                "答案与本事项的问题不符，请按各项提示修改，或重新回答。",
                "The answers do not fit the questions of this guide; correct what is named or answer again.",
            ),
            Self::ItemsDoNotFit => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "items-do-not-fit",
                "Items make no plan",
                "所选事项无法组成方案，请按提示调整。",
                "The chosen items make no plan; change them as named.",
            ),
            Self::Timeout => (
                StatusCode::GATEWAY_TIMEOUT,
                "timeout",
                "Timeout",
                "处理超时，请稍后重试。",
                "This took too long; try again later.",
            ),
            Self::TooManyRequests => (
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-requests",
                "Too many requests",
                "请求过于频繁，请稍候再试。",
                "Too many requests; wait as long as Retry-After says.",
            ),
            Self::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "Unavailable",
                "服务暂时不可用，请稍后重试。",
                "The service is not available at the moment; try again later.",
            ),
            Self::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "Internal error",
                "系统出现故障，请稍后重试；如需帮助，请提供请求编号。",
                "Something broke on our side; try again later, and quote the request's identifier if you need help.",
            ),
        }
    }

    /// The kind that fits an answer which somebody else made, by its status.
    const fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::SignInNeeded,
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::WrongMethod,
            StatusCode::PAYLOAD_TOO_LARGE => Self::BodyTooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedBody,
            StatusCode::TOO_MANY_REQUESTS => Self::TooManyRequests,
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => Self::Timeout,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            status if status.as_u16() < 500 => Self::InvalidRequest,
            _ => Self::Internal,
        }
    }
}

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
