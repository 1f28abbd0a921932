//! The temporary electronic ID for its holder: what may be issued, issuing, ending, where it was used.

use super::session::private;
use crate::extract::{Json, Query};
use crate::issuer::issue::{self, Bound, Ready, Wish, purpose_from_id};
use crate::middleware::session::Actor;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::{Path, State};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::HashMap;
use uuid::Uuid;
use yichuang_contract::credential::{
    CredentialDraft, CredentialForm, CredentialList, CredentialOffer, CredentialPurpose,
    CredentialState, CredentialUse, CredentialUseList, CredentialView, Disclosure,
    IssuedCredential, KEY_CHARACTERS_AT_MOST, PaperDraft, PremisesFilter, PremisesList,
    PremisesName, RevocationDraft, RevocationReason,
};
use yichuang_contract::problem::Problem;
use yichuang_credential::claims::mask;
use yichuang_storage::credential::check_in::{self, used_at_several};
use yichuang_storage::credential::{self, End, LOST, REVOKED, SUPERSEDED, StoredCredential};
use yichuang_storage::{enterprise, passkey, person};

const HOUR: u64 = 3600;
/// Premises that a search by name returns.
const PREMISES_AT_MOST: u64 = 20;
const PREMISES_NAME_CHARACTERS_AT_MOST: usize = 40;

/// What the caller may have issued, before they agree.
#[utoipa::path(
    get,
    path = "/api/v1/me/credential-offer",
    tag = "credentials",
    responses(
        (status = 200, description = "What may be issued", body = CredentialOffer),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "No real name is proved", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_credential_offer(
    State(app): State<Shared>,
    actor: Actor,
) -> Result<Response, Failure> {
    let person = actor.person_id()?;
    let now_ms = app.clock.now_ms();
    let data = person::read_own(&app.database, app.accounts.vault(), person)
        .await?
        .ok_or(Failure::new(Kind::RealNameNeeded))?;
    let settings = &app.settings.credential;
    let used = credential::count_since(&app.database, person, issue::month_begins_ms(now_ms));
    let used = u16::try_from(used.await?).unwrap_or(u16::MAX);
    let disclosure = settings.disclosure.disclosure();
    private(CredentialOffer {
        purposes: CredentialPurpose::ALL.to_vec(),
        disclosure,
        shown_number: match disclosure {
            Disclosure::Full => data.id_number,
            Disclosure::Masked | Disclosure::Sealed => mask(&data.id_number),
        },
        shown_name: data.name,
        hours: settings.hours.min(settings.hours_at_most),
        hours_at_most: settings.hours_at_most,
        paper_hours: settings.paper_hours,
        issues_a_month: settings.issues_a_month,
        issues_left: settings.issues_a_month.saturating_sub(used),
        may_alarm_silently: disclosure == Disclosure::Sealed,
        history_days: settings.check_in_days,
    })
}

/// Issue a credential that the caller's phone shows. It is bound to one of the caller's passkeys.
#[utoipa::path(
    post,
    path = "/api/v1/me/credentials",
    tag = "credentials",
    request_body = CredentialDraft,
    responses(
        (status = 200, description = "The credential; the same for the same key", body = IssuedCredential),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "No real name is proved, or the request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "There were as many this month as there may be", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The credential of this key is over", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn issue_credential(
    State(app): State<Shared>,
    actor: Actor,
    Json(draft): Json<CredentialDraft>,
) -> Result<Response, Failure> {
    let person = actor.person_id()?;
    let settings = &app.settings.credential;
    let hours = draft
        .hours
        .unwrap_or(settings.hours.min(settings.hours_at_most));
    if hours == 0 || hours > settings.hours_at_most {
        let most = settings.hours_at_most;
        return Err(Failure::new(Kind::InvalidRequest).with_field(
            "/hours",
            "out-of-range",
            &format!("有效期应为1至{most}小时。"),
            &format!("The life must be 1 to {most} hours."),
        ));
    }
    if draft.is_silent_alarm && settings.disclosure.disclosure() != Disclosure::Sealed {
        return Err(Failure::new(Kind::InvalidRequest).with_field(
            "/is_silent_alarm",
            "not-offered",
            "本站未提供此选项。",
            "This is not offered here.",
        ));
    }
    let passkeys = passkey::of_person(&app.database, person).await?;
    let chosen = passkeys
        .into_iter()
        .find(|passkey| passkey.id.to_string() == draft.passkey);
    let bound = chosen.and_then(|passkey| {
        Some(Bound::Passkey {
            id: passkey.id,
            credential_id: passkey.credential_id,
            point: passkey.public_key.try_into().ok()?,
        })
    });
    let wish = Wish {
        person,
        key: key(&draft.key, "/key")?,
        purpose: draft.purpose,
        life: u64::from(hours) * HOUR,
        bound: bound.ok_or_else(issue::passkey_unsuitable)?,
        is_silent_alarm: draft.is_silent_alarm,
    };
    let ready = issue::issue(&app, wish).await?;
    private(issued(&app, ready).await?)
}

/// Issue a credential on paper: for one house, bound to no phone, shorter.
#[utoipa::path(
    post,
    path = "/api/v1/me/paper-credentials",
    tag = "credentials",
    request_body = PaperDraft,
    responses(
        (status = 200, description = "The credential; the same for the same key", body = IssuedCredential),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "No real name is proved, or the request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "There were as many this month as there may be", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The credential of this key is over", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn issue_paper(
    State(app): State<Shared>,
    actor: Actor,
    Json(draft): Json<PaperDraft>,
) -> Result<Response, Failure> {
    let unknown = || {
        Failure::new(Kind::InvalidRequest).with_field(
            "/premises",
            "premises-unknown",
            "没有这个场所，请重新选择。",
            "There are no such premises; choose again.",
        )
    };
    let premises = Uuid::parse_str(&draft.premises).map_err(|_| unknown())?;
    enterprise::find_premises(&app.database, premises)
        .await?
        .ok_or_else(unknown)?;
    let wish = Wish {
        person: actor.person_id()?,
        key: key(&draft.key, "/key")?,
        purpose: draft.purpose,
        life: u64::from(app.settings.credential.paper_hours) * HOUR,
        bound: Bound::Premises(premises),
        is_silent_alarm: false,
    };
    let ready = issue::issue(&app, wish).await?;
    private(issued(&app, ready).await?)
}

/// A key of a request that may be repeated.
///
/// # Errors
/// If it is none.
pub fn key(text: &str, field: &str) -> Result<String, Failure> {
    let is_fine = (8..=KEY_CHARACTERS_AT_MOST).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_fine {
        Ok(text.to_owned())
    } else {
        Err(Failure::new(Kind::InvalidRequest).with_field(
            field,
            "not-a-key",
            "请求标识应为8至40个字母、数字或连字符。",
            "A key has 8 to 40 letters, digits and hyphens.",
        ))
    }
}

async fn issued(app: &Shared, ready: Ready) -> Result<IssuedCredential, Failure> {
    let now_ms = app.clock.now_ms();
    let mut views = views(app, vec![ready.stored], now_ms).await?;
    Ok(IssuedCredential {
        view: views.pop().ok_or(Failure::new(Kind::NotFound))?,
        bytes: ready.bytes,
        typed_code: ready.typed_code,
        relying_party: app.accounts.relying_party().to_owned(),
        origin: app.accounts.origin().to_owned(),
        now_ms,
    })
}

async fn views(
    app: &Shared,
    stored: Vec<StoredCredential>,
    now_ms: i64,
) -> Result<Vec<CredentialView>, Failure> {
    let mut names = Names::default();
    let mut views = Vec::with_capacity(stored.len());
    for credential in stored {
        let premises_name = match credential.premises {
            Some(premises) => Some(names.of(app, premises).await?.name),
            None => None,
        };
        views.push(CredentialView {
            id: credential.id.simple().to_string(),
            purpose: purpose_from_id(&credential.purpose),
            form: if credential.premises.is_some() {
                CredentialForm::Paper
            } else {
                CredentialForm::Phone
            },
            state: match credential.end_reason.as_deref() {
                Some(REVOKED) => CredentialState::Revoked,
                Some(SUPERSEDED) => CredentialState::Superseded,
                Some(LOST) => CredentialState::Lost,
                Some(_) => CredentialState::Revoked,
                None if credential.expires_ms <= now_ms => CredentialState::Expired,
                None => CredentialState::Valid,
            },
            issued_ms: credential.issued_ms,
            expires_ms: credential.expires_ms,
            ended_ms: credential.ended_ms,
            premises_name,
            passkey_credential_id: credential
                .passkey_credential_id
                .map(|id| URL_SAFE_NO_PAD.encode(id)),
        });
    }
    Ok(views)
}

/// Names of premises, each looked up once.
#[derive(Default)]
pub struct Names(HashMap<Uuid, PremisesName>);

impl Names {
    /// Name and address of premises; empty if they are gone.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn of(&mut self, app: &Shared, premises: Uuid) -> Result<PremisesName, Failure> {
        if let Some(name) = self.0.get(&premises) {
            return Ok(name.clone());
        }
        let found = enterprise::find_premises(&app.database, premises).await?;
        let name = PremisesName {
            id: premises.to_string(),
            name: found
                .as_ref()
                .map(|found| found.name.clone())
                .unwrap_or_default(),
            address: found.map(|found| found.address).unwrap_or_default(),
        };
        self.0.insert(premises, name.clone());
        Ok(name)
    }
}

/// A credential's name in records: 32 hexadecimal digits.
///
/// # Errors
/// If it is none.
pub fn credential_id(text: &str) -> Result<Uuid, Failure> {
    if text.len() == 32 {
        Uuid::try_parse(text).map_err(|_| Failure::new(Kind::NotFound))
    } else {
        Err(Failure::new(Kind::NotFound))
    }
}

async fn list(app: &Shared, person: Uuid) -> Result<CredentialList, Failure> {
    let stored = credential::of_person(&app.database, person).await?;
    Ok(CredentialList {
        credentials: views(app, stored, app.clock.now_ms()).await?,
    })
}

/// The caller's credentials.
#[utoipa::path(
    get,
    path = "/api/v1/me/credentials",
    tag = "credentials",
    responses(
        (status = 200, description = "The credentials", body = CredentialList),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "No real name is proved", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_credentials(
    State(app): State<Shared>,
    actor: Actor,
) -> Result<Response, Failure> {
    private(list(&app, actor.person_id()?).await?)
}

/// One of the caller's credentials, with its bytes.
#[utoipa::path(
    get,
    path = "/api/v1/me/credentials/{credential}",
    tag = "credentials",
    params(("credential" = String, Path, description = "Its name in records")),
    responses(
        (status = 200, description = "The credential", body = IssuedCredential),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "No real name is proved", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The caller has no such credential", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "It is over and its bytes are erased", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_credential(
    State(app): State<Shared>,
    Path(id): Path<String>,
    actor: Actor,
) -> Result<Response, Failure> {
    let person = actor.person_id()?;
    let stored = credential::find(&app.database, credential_id(&id)?)
        .await?
        .filter(|stored| stored.person == person)
        .ok_or(Failure::new(Kind::NotFound))?;
    let (bytes, typed_code) = stored
        .open(app.accounts.vault())?
        .ok_or(Failure::new(Kind::CredentialOver))?;
    let ready = Ready {
        stored,
        bytes,
        typed_code,
    };
    private(issued(&app, ready).await?)
}

/// End one of the caller's credentials, or all of a lost phone. Desks refuse it from their next
/// status list on.
#[utoipa::path(
    post,
    path = "/api/v1/me/credentials/{credential}/revocation",
    tag = "credentials",
    params(("credential" = String, Path, description = "Its name in records")),
    request_body = RevocationDraft,
    responses(
        (status = 200, description = "The credentials afterwards", body = CredentialList),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "No real name is proved, or the request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The caller has no such credential", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn revoke_credential(
    State(app): State<Shared>,
    Path(id): Path<String>,
    actor: Actor,
    Json(draft): Json<RevocationDraft>,
) -> Result<Response, Failure> {
    let person = actor.person_id()?;
    let order = End {
        person,
        credential: credential_id(&id)?,
        is_phone_lost: draft.reason == RevocationReason::LostPhone,
        now_ms: app.clock.now_ms(),
    };
    let ended = app.issuer.group().end(order).await?;
    if ended.ok_or(Failure::new(Kind::NotFound))? > 0 {
        app.issuer.mark_stale();
    }
    private(list(&app, person).await?)
}

/// Where the caller's credentials were used.
#[utoipa::path(
    get,
    path = "/api/v1/me/credential-uses",
    tag = "credentials",
    responses(
        (status = 200, description = "The uses", body = CredentialUseList),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "No real name is proved", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_credential_uses(
    State(app): State<Shared>,
    actor: Actor,
) -> Result<Response, Failure> {
    let settings = &app.settings.credential;
    let begins = settings.history_begins_ms(app.clock.now_ms());
    let check_ins = check_in::of_person(&app.database, actor.person_id()?, begins).await?;
    let several = used_at_several(&check_ins);
    let mut names = Names::default();
    let mut uses = Vec::with_capacity(check_ins.len());
    for check_in in check_ins {
        let premises = names.of(&app, check_in.premises).await?;
        uses.push(CredentialUse {
            credential: check_in.credential.simple().to_string(),
            at_ms: check_in.at_ms,
            recorded_ms: check_in.recorded_ms,
            premises_name: premises.name,
            premises_address: premises.address,
            is_used_elsewhere: several.contains(&check_in.credential),
            erased_ms: check_in.at_ms + settings.history_ms(),
        });
    }
    private(CredentialUseList { uses })
}

/// Premises that a paper can be issued for, by a part of their name.
#[utoipa::path(
    get,
    path = "/api/v1/credential-premises",
    tag = "credentials",
    params(PremisesFilter),
    responses(
        (status = 200, description = "At most twenty premises", body = PremisesList),
        (status = 400, description = "The name does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "No real name is proved", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn find_premises(
    State(app): State<Shared>,
    _actor: Actor,
    Query(filter): Query<PremisesFilter>,
) -> Result<Response, Failure> {
    let name = filter.name.trim();
    let length = name.chars().count();
    if length == 0 || length > PREMISES_NAME_CHARACTERS_AT_MOST {
        return Err(Failure::new(Kind::InvalidRequest).with_field(
            "name",
            "wrong-length",
            "请输入1至40个字的场所名称。",
            "Write 1 to 40 characters of the name.",
        ));
    }
    let found = credential::find_premises(&app.database, name, PREMISES_AT_MOST).await?;
    private(PremisesList {
        premises: found
            .into_iter()
            .map(|premises| PremisesName {
                id: premises.id.to_string(),
                name: premises.name,
                address: premises.address,
            })
            .collect(),
    })
}
