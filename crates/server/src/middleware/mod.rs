//! What every request passes, in this order: identifier, client, limits, origin, time limit, panic guard,
//! handler; then problem body, headers, figures and one log line.

pub mod access;
pub mod headers;
pub mod limit;
pub mod origin;
pub mod session;

use crate::problem::{self, Failure, Kind};
use crate::state::Shared;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use http::{HeaderMap, HeaderValue, Method, header};
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::time::Instant;

/// The outermost middleware.
pub async fn frame(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let request_id = request_id(request.headers());
    let method = request.method().clone();
    let class = limit::Class::of(request.uri().path());
    let route = route(&request, class);
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip());

    let response = match peer {
        // Without a peer nothing can be decided about the caller; the listener always gives one.
        None => Failure::internal(&"request without a peer address").into_response(),
        Some(peer) => {
            let client = app.operators.client(peer, request.headers());
            request.extensions_mut().insert(client);
            // Guards of endpoints know no state of their own.
            request.extensions_mut().insert(Shared::clone(&app));
            match app.limits.check(class, client.address) {
                Err(wait) => Failure::new(Kind::TooManyRequests)
                    .retry_after(wait)
                    .into_response(),
                Ok(()) => match origin::check(&app.accounts, class, &method, request.headers()) {
                    Err(failure) => failure.into_response(),
                    Ok(()) => {
                        let _in_flight = app.metrics.begin();
                        guarded(&app, request, next).await
                    }
                },
            }
        }
    };

    let mut response = problem::finish(response, &request_id);
    let status = response.status();
    let out = response.headers_mut();
    headers::secure(out, app.content.load().content_security_policy());
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        out.insert("x-request-id", value);
    }
    if app.is_stopping() {
        out.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    let took = started.elapsed();
    app.metrics.finish(&method, &route, status, took);
    log(&request_id, &method, &route, status.as_u16(), took);
    response
}

/// Runs the handler with a time limit; a panic becomes an answer and the process lives on.
async fn guarded(app: &Shared, request: Request, next: Next) -> Response {
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(app.settings.request_time, answer).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => {
            let reason = panic
                .downcast_ref::<&str>()
                .map(|text| (*text).to_owned())
                .or_else(|| panic.downcast_ref::<String>().cloned())
                .unwrap_or_default();
            Failure::internal(&format_args!("panic: {reason}")).into_response()
        }
        Err(_) => Failure::new(Kind::Timeout).into_response(),
    }
}

/// The identifier a proxy gave the request, if it is harmless, else a new one.
fn request_id(headers: &HeaderMap) -> String {
    headers
        .get("x-request-id")
        .and_then(|value| value.to_str().ok())
        .filter(|value| {
            (8..=64).contains(&value.len())
                && value
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        })
        .map_or_else(|| uuid::Uuid::now_v7().simple().to_string(), str::to_owned)
}

/// The route's pattern: never the path itself, whose parts could say what a person looked for.
fn route(request: &Request, class: limit::Class) -> String {
    request.extensions().get::<MatchedPath>().map_or_else(
        || class.name().to_owned(),
        |matched| matched.as_str().to_owned(),
    )
}

/// One line a request: no address, no query, no body, no client.
fn log(request_id: &str, method: &Method, route: &str, status: u16, took: std::time::Duration) {
    let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    if status >= 500 {
        tracing::error!(request_id, %method, route, status, took_us, "request");
    } else {
        tracing::info!(request_id, %method, route, status, took_us, "request");
    }
}
