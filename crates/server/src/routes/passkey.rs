//! The caller's passkeys: a list, new names, removal.

use super::session::private;
use crate::account::passkeys;
use crate::extract::Json;
use crate::middleware::session::Actor;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use uuid::Uuid;
use yichuang_contract::passkey::{
    NAME_CHARACTERS_AT_MOST, PasskeyList, PasskeyName, PasskeySummary,
};
use yichuang_contract::problem::Problem;
use yichuang_storage::passkey::{self, Removed};

/// The caller's passkeys.
#[utoipa::path(
    get,
    path = "/api/v1/passkeys",
    tag = "passkeys",
    responses(
        (status = 200, description = "The passkeys", body = PasskeyList),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_passkeys(State(app): State<Shared>, actor: Actor) -> Result<Response, Failure> {
    private(PasskeyList {
        passkeys: summaries(&app, &actor).await?,
        may_remove_last: may_remove_last(&actor)?,
    })
}

/// Whoever is proved can come back by proofing; staff and plain accounts cannot.
fn may_remove_last(actor: &Actor) -> Result<bool, Failure> {
    Ok(actor.identity()?.person.proof.is_some() && !actor.is_staff())
}

/// The caller's passkeys, the oldest first.
///
/// # Errors
/// If the database does not answer.
pub async fn summaries(app: &Shared, actor: &Actor) -> Result<Vec<PasskeySummary>, Failure> {
    let identity = actor.identity()?;
    let passkeys = passkey::of_person(&app.database, identity.person.id).await?;
    Ok(passkeys
        .into_iter()
        .map(|passkey| summary(passkey, identity.session.passkey))
        .collect())
}

fn summary(passkey: passkey::Passkey, current: Uuid) -> PasskeySummary {
    PasskeySummary {
        id: passkey.id.to_string(),
        credential_id: passkeys::encode(&passkey.credential_id),
        is_current: passkey.id == current,
        name: passkey.name,
        created_ms: passkey.created_ms,
        used_ms: passkey.used_ms,
    }
}

/// Rename one of the caller's passkeys.
#[utoipa::path(
    put,
    path = "/api/v1/passkeys/{passkey}",
    tag = "passkeys",
    params(("passkey" = String, Path, description = "Identifier from the list")),
    request_body = PasskeyName,
    responses(
        (status = 200, description = "Renamed", body = PasskeySummary),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The caller has no such passkey", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn rename_passkey(
    State(app): State<Shared>,
    Path(id): Path<String>,
    actor: Actor,
    Json(draft): Json<PasskeyName>,
) -> Result<Response, Failure> {
    let name = passkey_name(&draft.name)?;
    let identity = actor.identity()?;
    let renamed =
        passkey::rename(&app.database, identity.person.id, identifier(&id)?, &name).await?;
    let passkey = renamed.ok_or(Failure::new(Kind::NotFound))?;
    private(summary(passkey, identity.session.passkey))
}

/// Remove one of the caller's passkeys. Sessions opened with it end, this one, too, if it was.
#[utoipa::path(
    delete,
    path = "/api/v1/passkeys/{passkey}",
    tag = "passkeys",
    params(("passkey" = String, Path, description = "Identifier from the list")),
    responses(
        (status = 204, description = "Removed"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "A fresh sign-in is needed, or the request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The caller has no such passkey", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is the last one", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn remove_passkey(
    State(app): State<Shared>,
    Path(id): Path<String>,
    actor: Actor,
) -> Result<StatusCode, Failure> {
    actor.require_fresh(app.clock.now_ms())?;
    let may_be_last = may_remove_last(&actor)?;
    let person = actor.person_id()?;
    match passkey::remove(&app.database, person, identifier(&id)?, may_be_last).await? {
        Removed::Done => {
            // What this passkey unlocked ends with it.
            app.issuer.mark_stale();
            Ok(StatusCode::NO_CONTENT)
        }
        Removed::Unknown => Err(Failure::new(Kind::NotFound)),
        Removed::IsLast => Err(Failure::new(Kind::PasskeyIsLast)),
    }
}

/// An identifier in an address; what is none belongs to nothing.
///
/// # Errors
/// If it is none.
pub fn identifier(text: &str) -> Result<Uuid, Failure> {
    Uuid::parse_str(text).map_err(|_| Failure::new(Kind::NotFound))
}

/// A name of a passkey: short, and no long number that could be somebody's.
pub(super) fn passkey_name(text: &str) -> Result<String, Failure> {
    super::account::short_text(text, "/name", 1, NAME_CHARACTERS_AT_MOST)
}
