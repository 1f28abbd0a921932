//! Registering a passkey and signing in with one.

use super::passkey::passkey_name;
use super::session::private;
use crate::account::attempts::Secret;
use crate::account::{passkeys, view};
use crate::client::Client;
use crate::extract::Json;
use crate::middleware::session::Actor;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, header};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey, PasskeyRegistration};
use yichuang_contract::passkey::{
    PASSKEYS_AT_MOST, RegistrationAnswer, RegistrationChallenge, RegistrationDraft, SignInAnswer,
    SignInChallenge,
};
use yichuang_contract::problem::Problem;
use yichuang_contract::session::SessionView;
use yichuang_storage::ceremony::{self, Ceremony};
use yichuang_storage::enrolment;
use yichuang_storage::passkey::{self, Registered, Registrant};
use yichuang_storage::session::{NewSession, Token};

const REGISTRATION: &str = "registration";
const SIGN_IN: &str = "sign-in";

/// What is kept between begin and finish of a registration.
#[derive(Serialize, Deserialize)]
struct Kept {
    library: PasskeyRegistration,
    name: String,
    /// The code as typed, if one was; it is looked up again, in case it was used meanwhile.
    enrolment: Option<(Uuid, bool)>,
    /// The account that is signed in, if one is.
    adds_to: Option<Uuid>,
    /// What the device will know the person by.
    user_handle: Uuid,
}

/// Begin to register a passkey: for a new account, for the caller's own, or with an enrolment code.
#[utoipa::path(
    post,
    path = "/api/v1/passkeys/registration/begin",
    tag = "passkeys",
    request_body = RegistrationDraft,
    responses(
        (status = 200, description = "Options for the browser", body = RegistrationChallenge),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "A fresh sign-in is needed, or the request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Too many passkeys", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The enrolment code is wrong, used or too old", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests or attempts", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn begin_registration(
    State(app): State<Shared>,
    Extension(client): Extension<Client>,
    actor: Actor,
    Json(draft): Json<RegistrationDraft>,
) -> Result<Response, Failure> {
    let now_ms = app.clock.now_ms();
    let name = passkey_name(&draft.name)?;
    let enrolled = match draft.enrolment_code.as_deref() {
        None => None,
        Some(code) => Some(check_code(&app, client, code, now_ms).await?),
    };
    let adds_to = if enrolled.is_none() && actor.is_signed_in() {
        actor.require_fresh(now_ms)?;
        Some(actor.person_id()?)
    } else {
        None
    };
    let mut known = Vec::new();
    if let Some(person) = adds_to {
        let passkeys = passkey::of_person(&app.database, person).await?;
        if passkeys.len() >= PASSKEYS_AT_MOST {
            return Err(Failure::new(Kind::TooManyPasskeys));
        }
        known = passkeys
            .into_iter()
            .map(|passkey| passkey.credential_id)
            .collect();
    }
    let user_handle = adds_to.unwrap_or_else(Uuid::new_v4);
    let (challenge, library) = app
        .accounts
        .webauthn()
        .start_passkey_registration(user_handle, "一窗 Yichuang", &name, Some(known))
        .map_err(|error| Failure::internal(&error))?;
    let kept = Kept {
        library,
        name,
        enrolment: enrolled.map(|found| (found.id, found.replaces)),
        adds_to: adds_to.or(enrolled.map(|found| found.person)),
        user_handle,
    };
    let ceremony = Ceremony {
        kind: REGISTRATION.to_owned(),
        person: kept.adds_to,
        state: to_json(&kept)?,
    };
    let id = ceremony::begin(&app.database, ceremony, now_ms).await?;
    private(RegistrationChallenge {
        ceremony: id.to_string(),
        options: passkeys::creation_options(&challenge),
    })
}

async fn check_code(
    app: &Shared,
    client: Client,
    code: &str,
    now_ms: i64,
) -> Result<enrolment::Enrolment, Failure> {
    let attempts = app.accounts.attempts();
    attempts.check(Secret::CodeByClient, client.address, now_ms)?;
    let found = enrolment::find(&app.database, code, now_ms).await?;
    if found.is_none() {
        attempts.failed(Secret::CodeByClient, client.address, now_ms);
    }
    found.ok_or_else(|| {
        Failure::new(Kind::EnrolmentCodeRefused).with_field(
            "/enrolment_code",
            "refused",
            "登记码不正确、已使用或已过期。",
            "This code is wrong, used or too old.",
        )
    })
}

/// Register the passkey the browser made. Opens a session.
#[utoipa::path(
    post,
    path = "/api/v1/passkeys/registration/finish",
    tag = "passkeys",
    request_body = RegistrationAnswer,
    responses(
        (status = 200, description = "Registered; the cookie is set", body = SessionView),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The passkey is registered already", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The ceremony took too long or is finished", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The passkey does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn finish_registration(
    State(app): State<Shared>,
    headers: HeaderMap,
    actor: Actor,
    Json(answer): Json<RegistrationAnswer>,
) -> Result<Response, Failure> {
    let now_ms = app.clock.now_ms();
    let begun = take(&app, &answer.ceremony, REGISTRATION, now_ms).await?;
    let kept: Kept = from_json(&begun.state)?;
    let credential = passkeys::created(&answer.credential)?;
    let made = app
        .accounts
        .webauthn()
        .finish_passkey_registration(&credential, &kept.library)
        .map_err(|error| refused(&error))?;
    let (person, registrant) = match (kept.adds_to, kept.enrolment) {
        (Some(person), Some((id, replaces))) => {
            let enrolment = enrolment::Enrolment {
                id,
                person,
                replaces,
            };
            (person, Registrant::Enrolled(enrolment))
        }
        (Some(person), None) => {
            // Whoever began must still be signed in: a session may have been revoked meanwhile.
            if actor.person_id()? != person {
                return Err(Failure::new(Kind::CeremonyOver));
            }
            (person, Registrant::Known)
        }
        (None, _) => (kept.user_handle, Registrant::New),
    };
    let id = Uuid::now_v7();
    let row = passkey::Passkey {
        id,
        person,
        credential_id: made.cred_id().to_vec(),
        user_handle: kept.user_handle,
        name: kept.name,
        public_key: passkeys::public_key(&made),
        state: to_json(&made)?,
        created_ms: now_ms,
        used_ms: None,
    };
    let session = new_session(&app, person, id, &headers).await?;
    let token = session.token.clone();
    let is_enrolled = matches!(registrant, Registrant::Enrolled(_));
    match passkey::register(&app.database, row, registrant, session, now_ms).await? {
        // A code may have replaced passkeys: what they unlocked ends with them.
        Registered::Done if is_enrolled => app.issuer.mark_stale(),
        Registered::Done => {}
        Registered::KnownAlready => return Err(Failure::new(Kind::PasskeyKnown)),
        Registered::CodeGone => return Err(Failure::new(Kind::EnrolmentCodeRefused)),
    }
    // The session that asked, if there was one, is replaced: the new one is its successor.
    if let Ok(old) = actor.identity() {
        yichuang_storage::session::end(&app.database, old.person.id, old.session.id).await?;
    }
    signed_in(&app, &token).await
}

/// Begin to sign in. The device offers the passkeys it has for this site.
#[utoipa::path(
    post,
    path = "/api/v1/passkeys/sign-in/begin",
    tag = "passkeys",
    responses(
        (status = 200, description = "Options for the browser", body = SignInChallenge),
        (status = 403, description = "The request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn begin_sign_in(State(app): State<Shared>) -> Result<Response, Failure> {
    let (challenge, library) = app
        .accounts
        .webauthn()
        .start_discoverable_authentication()
        .map_err(|error| Failure::internal(&error))?;
    let ceremony = Ceremony {
        kind: SIGN_IN.to_owned(),
        person: None,
        state: to_json(&library)?,
    };
    let id = ceremony::begin(&app.database, ceremony, app.clock.now_ms()).await?;
    private(SignInChallenge {
        ceremony: id.to_string(),
        options: passkeys::request_options(&challenge),
    })
}

/// Sign in with a passkey. Opens a session; the one that asked, if there was one, ends.
#[utoipa::path(
    post,
    path = "/api/v1/passkeys/sign-in/finish",
    tag = "passkeys",
    request_body = SignInAnswer,
    responses(
        (status = 200, description = "Signed in; the cookie is set", body = SessionView),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The ceremony took too long or is finished", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The passkey is unknown or does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn finish_sign_in(
    State(app): State<Shared>,
    headers: HeaderMap,
    actor: Actor,
    Json(answer): Json<SignInAnswer>,
) -> Result<Response, Failure> {
    let now_ms = app.clock.now_ms();
    let begun = take(&app, &answer.ceremony, SIGN_IN, now_ms).await?;
    let library: DiscoverableAuthentication = from_json(&begun.state)?;
    let credential = passkeys::used(&answer.credential)?;
    let (user_handle, credential_id) = app
        .accounts
        .webauthn()
        .identify_discoverable_authentication(&credential)
        .map_err(|error| refused(&error))?;
    let known = passkey::find(&app.database, credential_id)
        .await?
        .filter(|known| known.user_handle == user_handle)
        .ok_or(Failure::new(Kind::PasskeyUnknown))?;
    let mut state: Passkey = from_json(&known.state)?;
    let result = app
        .accounts
        .webauthn()
        .finish_discoverable_authentication_v2(&credential, library, &state)
        .map_err(|error| refused(&error))?;
    if !result.user_verified() {
        return Err(Failure::new(Kind::PasskeyRefused));
    }
    state.update_credential(&result);
    let session = new_session(&app, known.person, known.id, &headers).await?;
    let token = session.token.clone();
    let is_there =
        passkey::sign_in(&app.database, known.id, &to_json(&state)?, session, now_ms).await?;
    if !is_there {
        return Err(Failure::new(Kind::PasskeyUnknown));
    }
    if let Ok(old) = actor.identity() {
        yichuang_storage::session::end(&app.database, old.person.id, old.session.id).await?;
    }
    signed_in(&app, &token).await
}

async fn new_session(
    app: &Shared,
    person: Uuid,
    passkey: Uuid,
    headers: &HeaderMap,
) -> Result<NewSession, Failure> {
    let is_at_desk = yichuang_storage::enterprise::is_member(&app.database, person).await?;
    Ok(NewSession {
        token: Token::generate()?,
        person,
        passkey,
        browser: passkeys::browser(headers),
        idle_ms: app.accounts.idle_ms(is_at_desk),
        life_ms: app.accounts.life_ms(),
    })
}

/// The caller as seen with a new token, and the cookie with it.
///
/// # Errors
/// If the database does not answer.
pub async fn signed_in(app: &Shared, token: &Token) -> Result<Response, Failure> {
    let cookie = app.accounts.cookie().set(token, app.accounts.life_ms());
    let mut headers = HeaderMap::new();
    // What the browser will send from now on says who it is.
    let sent = cookie.to_str().unwrap_or_default();
    let pair = sent.split(';').next().unwrap_or_default();
    if let Ok(value) = header::HeaderValue::from_str(pair) {
        headers.insert(header::COOKIE, value);
    }
    let actor = Actor::of(app, &headers).await?;
    let mut response = private(view::session(app, &actor).await?)?;
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}

async fn take(
    app: &Shared,
    id: &str,
    kind: &'static str,
    now_ms: i64,
) -> Result<Ceremony, Failure> {
    let id = Uuid::parse_str(id).map_err(|_| Failure::new(Kind::CeremonyOver))?;
    ceremony::take(&app.database, id, kind, now_ms)
        .await?
        .ok_or(Failure::new(Kind::CeremonyOver))
}

/// A passkey that does not fit. The reason goes to the log: it names no person.
fn refused(error: &webauthn_rs::prelude::WebauthnError) -> Failure {
    tracing::warn!(%error, "passkey refused");
    Failure::new(Kind::PasskeyRefused)
}

fn to_json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::internal(&error))
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::internal(&error))
}
