//! The API behind the pages around identity: one call, one endpoint type.

use super::browser::BrowserError;
use crate::locale::use_language;
use crate::ui::{Failure, Notification, NotificationKind};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use yichuang_contract::endpoint::{Endpoint, Method};
use yichuang_contract::problem::Problem;

/// Why a call has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// Nothing readable came.
    Failure(Failure),
    /// The server says what is wrong and what to do.
    Problem(Box<Problem>),
    /// The browser did not do its part.
    Browser(BrowserError),
}

impl CallError {
    /// The code of the problem.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Problem(problem) => &problem.code,
            Self::Browser(error) => &error.0,
            Self::Failure(_) => "",
        }
    }

    /// Whether nobody is signed in.
    #[must_use]
    pub fn is_signed_out(&self) -> bool {
        matches!(self, Self::Problem(problem) if problem.status == 401)
    }

    /// Whether the network is the reason.
    #[must_use]
    pub const fn is_network(&self) -> bool {
        matches!(
            self,
            Self::Failure(Failure::Offline | Failure::Unreachable | Failure::Server(_))
        )
    }

    /// What the server says of one field (JSON pointer without its slash).
    #[must_use]
    pub fn field(&self, name: &str) -> Option<yichuang_contract::Text> {
        let Self::Problem(problem) = self else {
            return None;
        };
        let fields = problem.fields.iter();
        let mut fields = fields.filter(|problem| problem.field.trim_start_matches('/') == name);
        fields.next().map(|problem| problem.message.clone())
    }
}

/// An endpoint's path with its parameters filled in, in their order.
#[must_use]
pub fn path_of<E: Endpoint>(values: &[&str]) -> String {
    let mut path = String::new();
    let mut values = values.iter();
    let mut rest = E::PATH;
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        if let Some(value) = values.next() {
            path.push_str(&String::from(js_sys::encode_uri_component(value)));
        }
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    path.push_str(rest);
    path
}

/// Calls an endpoint without parameters in its path.
///
/// # Errors
/// [`CallError`].
pub async fn call<E: Endpoint>(request: &E::Request) -> Result<E::Response, CallError>
where
    E::Request: Serialize,
    E::Response: DeserializeOwned,
{
    call_at::<E>(E::PATH, request).await
}

/// Calls an endpoint at a path of [`path_of`].
///
/// # Errors
/// [`CallError`].
pub async fn call_at<E: Endpoint>(
    path: &str,
    request: &E::Request,
) -> Result<E::Response, CallError>
where
    E::Request: Serialize,
    E::Response: DeserializeOwned,
{
    let body = match E::METHOD {
        Method::Get | Method::Delete => None,
        Method::Post | Method::Put => {
            let body = serde_json::to_string(request).map_err(|_| unreadable())?;
            // An endpoint without a request takes no body.
            Some(body).filter(|body| body != "null")
        }
    };
    let text = send(E::METHOD, path, body).await?;
    let text = if text.is_empty() { "null" } else { &text };
    serde_json::from_str(text).map_err(|_| unreadable())
}

const fn unreadable() -> CallError {
    CallError::Failure(Failure::Unreadable)
}

async fn send(method: Method, path: &str, body: Option<String>) -> Result<String, CallError> {
    let options = web_sys::RequestInit::new();
    options.set_method(match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
    });
    let headers = web_sys::Headers::new().map_err(|_| unreadable())?;
    let _ = headers.set("accept", "application/json");
    if let Some(body) = body {
        let _ = headers.set("content-type", "application/json");
        options.set_body(&JsValue::from_str(&body));
    }
    options.set_headers_headers(&headers);
    let response = JsFuture::from(window().fetch_with_str_and_init(path, &options))
        .await
        .map_err(|_| CallError::Failure(unreachable()))?;
    let response: web_sys::Response = response.dyn_into().map_err(|_| unreadable())?;
    let text = response.text().map_err(|_| unreadable())?;
    let text = JsFuture::from(text)
        .await
        .map_err(|_| CallError::Failure(Failure::Unreachable))?
        .as_string()
        .unwrap_or_default();
    if response.ok() {
        return Ok(text);
    }
    Err(match serde_json::from_str::<Problem>(&text) {
        Ok(problem) => CallError::Problem(Box::new(problem)),
        Err(_) if response.status() == 404 => CallError::Failure(Failure::NotFound),
        Err(_) => CallError::Failure(Failure::Server(response.status())),
    })
}

fn unreachable() -> Failure {
    if window().navigator().on_line() {
        Failure::Unreachable
    } else {
        Failure::Offline
    }
}

/// What went wrong, in a sentence with what to do.
#[must_use]
pub fn explain(error: &CallError) -> AnyView {
    let words: Signal<String> = match error {
        CallError::Problem(problem) => {
            let (message, language) = (problem.message.clone(), use_language());
            Signal::derive(move || message.get(language.get()).to_owned())
        }
        CallError::Browser(error) if error.is_refusal() => tr!(identity.error.refused),
        CallError::Browser(error) => match error.0.as_str() {
            "InvalidStateError" => tr!(identity.error.known_passkey),
            "SecurityError" | "NotSupportedError" => tr!(identity.error.no_passkeys),
            "bad-unlock" => tr!(identity.error.other_passkey),
            "unlock-without-verification" => tr!(identity.error.unverified),
            "old-counter-code" => tr!(identity.error.old_counter),
            "not-a-credential" | "damaged" | "truncated" => tr!(identity.error.no_counter),
            "unknown-key" | "bad-presentation" | "bad-signature" => {
                tr!(identity.error.untrusted_counter)
            }
            _ => tr!(identity.error.browser),
        },
        CallError::Failure(Failure::Offline) => tr!(identity.error.offline),
        CallError::Failure(_) => tr!(identity.error.server),
    };
    view! {
        <Notification kind=NotificationKind::Warning>
            <p role="alert">{words}</p>
        </Notification>
    }
    .into_any()
}
