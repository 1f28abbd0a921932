//! Who is signed in, and ending sessions.

use super::passkey::identifier;
use crate::account::view;
use crate::middleware::session::Actor;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use std::collections::HashMap;
use yichuang_contract::Text;
use yichuang_contract::problem::Problem;
use yichuang_contract::session::{SessionList, SessionSummary, SessionView};
use yichuang_storage::{passkey, session};

/// Who am I.
#[utoipa::path(
    get,
    path = "/api/v1/session",
    tag = "sessions",
    responses(
        (status = 200, description = "The caller, signed in or not", body = SessionView),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_session(State(app): State<Shared>, actor: Actor) -> Result<Response, Failure> {
    private(view::session(&app, &actor).await?)
}

/// An answer that no cache may keep.
///
/// # Errors
/// Never; the type suits handlers.
pub fn private<T: serde::Serialize>(value: T) -> Result<Response, Failure> {
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(value)).into_response())
}

/// Sign out here. Nothing happens if nobody is signed in.
#[utoipa::path(
    delete,
    path = "/api/v1/session",
    tag = "sessions",
    responses(
        (status = 204, description = "Signed out"),
        (status = 403, description = "The request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn sign_out(State(app): State<Shared>, actor: Actor) -> Result<Response, Failure> {
    if let Ok(identity) = actor.identity() {
        session::end(&app.database, identity.person.id, identity.session.id).await?;
    }
    Ok(without_cookie(&app))
}

fn without_cookie(app: &Shared) -> Response {
    (
        StatusCode::NO_CONTENT,
        [
            (header::SET_COOKIE, app.accounts.cookie().clear()),
            // What pages kept in caches of the browser ends, too.
            (
                header::HeaderName::from_static("clear-site-data"),
                header::HeaderValue::from_static("\"cookies\""),
            ),
        ],
    )
        .into_response()
}

/// The caller's open sessions.
#[utoipa::path(
    get,
    path = "/api/v1/sessions",
    tag = "sessions",
    responses(
        (status = 200, description = "The sessions", body = SessionList),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_sessions(State(app): State<Shared>, actor: Actor) -> Result<Response, Failure> {
    private(SessionList {
        sessions: summaries(&app, &actor).await?,
    })
}

/// The caller's open sessions, the last used first.
///
/// # Errors
/// If the database does not answer.
pub async fn summaries(app: &Shared, actor: &Actor) -> Result<Vec<SessionSummary>, Failure> {
    let (person, current) = (actor.person_id()?, actor.session_id()?);
    let names: HashMap<_, _> = passkey::of_person(&app.database, person)
        .await?
        .into_iter()
        .map(|passkey| (passkey.id, passkey.name))
        .collect();
    let sessions = session::of_person(&app.database, person, app.clock.now_ms()).await?;
    Ok(sessions
        .into_iter()
        .map(|session| SessionSummary {
            id: session.id.to_string(),
            is_current: session.id == current,
            browser: if session.browser.is_empty() {
                Text::new("未知浏览器", "Unknown browser")
            } else {
                Text::new(session.browser.clone(), session.browser.clone())
            },
            passkey: names.get(&session.passkey).cloned(),
            began_ms: session.created_ms,
            used_ms: session.used_ms,
            ends_ms: session.ends_ms,
        })
        .collect())
}

/// Sign out everywhere, here too.
#[utoipa::path(
    delete,
    path = "/api/v1/sessions",
    tag = "sessions",
    responses(
        (status = 204, description = "All sessions have ended"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn sign_out_everywhere(
    State(app): State<Shared>,
    actor: Actor,
) -> Result<Response, Failure> {
    session::end_everywhere(&app.database, actor.person_id()?).await?;
    Ok(without_cookie(&app))
}

/// End one session of the caller.
#[utoipa::path(
    delete,
    path = "/api/v1/sessions/{session}",
    tag = "sessions",
    params(("session" = String, Path, description = "Identifier from the list")),
    responses(
        (status = 204, description = "It has ended"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The caller has no such session", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn revoke_session(
    State(app): State<Shared>,
    Path(id): Path<String>,
    actor: Actor,
) -> Result<Response, Failure> {
    let id = identifier(&id)?;
    if !session::end(&app.database, actor.person_id()?, id).await? {
        return Err(Failure::new(Kind::NotFound));
    }
    if id == actor.session_id()? {
        return Ok(without_cookie(&app));
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}
