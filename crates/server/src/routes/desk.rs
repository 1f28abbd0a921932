//! The front desk of a hotel: setting up, counters' cards, typed codes, check-ins.

use super::credential::{Names, credential_id};
use super::session::private;
use crate::account::attempts::Secret;
use crate::extract::{Json, Query};
use crate::issuer::issue::{premises_name, purpose_id};
use crate::issuer::{milliseconds, seconds};
use crate::middleware::session::Actor;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::{Path, State};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use yichuang_contract::credential::{CredentialPurpose, Disclosure};
use yichuang_contract::desk::{
    CHECK_INS_AT_MOST, CheckInBatch, CheckInFilter, CheckInList, CheckInOutcome, CheckInReceipt,
    CheckInResult, CheckInView, CounterCard, CounterDraft, DeskPolicy, DeskSetup, DuplicateUse,
    DuplicateUseList, DuplicateUsePlace, TypedCodeDraft, TypedCodeVerdict,
};
use yichuang_contract::problem::Problem;
use yichuang_contract::session::Premises;
use yichuang_credential::typed_code::TypedCode;
use yichuang_credential::{
    Algorithm, Credential, Number, Policy, PublicKey, Purpose, Reason, Site, Uses, counter,
};
use yichuang_storage::access_log::Reading;
use yichuang_storage::credential::check_in::{self, Finding, Report};
use yichuang_storage::credential::{self, counter_card};
use yichuang_storage::person;

/// What desks are for.
const PURPOSE: CredentialPurpose = CredentialPurpose::HotelCheckIn;
/// How long a counter's card counts.
const CARD_DAYS: u64 = 30;
const DAY: u64 = 86_400;
const TERMINAL_CHARACTERS_AT_MOST: usize = 16;
/// Check-ins on a page.
const PAGE: usize = 100;
/// Duplicate uses that a supervisor sees.
const DUPLICATES_AT_MOST: usize = 100;
/// How far ahead of the server's clock a corrected time may be.
const AHEAD_MS: i64 = 120_000;
/// How late a desk may report: it was without a network.
const LATE_MS: i64 = 7 * 86_400_000;

/// The rules of this deployment.
#[must_use]
pub fn policy(app: &Shared) -> Policy {
    let settings = &app.settings.credential;
    let mut policy = Policy::new(Site {
        relying_party: app.accounts.relying_party().to_owned(),
        origin: app.accounts.origin().to_owned(),
    });
    policy.suites = vec![app.issuer.ring().algorithm];
    policy.disclosure = match settings.disclosure.disclosure() {
        Disclosure::Full => yichuang_credential::Disclosure::Full,
        Disclosure::Masked => yichuang_credential::Disclosure::Masked,
        Disclosure::Sealed => yichuang_credential::Disclosure::Sealed,
    };
    policy.life = u64::from(settings.hours_at_most) * 3600;
    policy.paper_life = u64::from(settings.paper_hours) * 3600;
    policy
}

fn on_the_wire(app: &Shared, policy: &Policy) -> DeskPolicy {
    let number = |seconds: u64| u32::try_from(seconds).unwrap_or(u32::MAX);
    DeskPolicy {
        purpose: PURPOSE,
        algorithms: policy.suites.iter().map(|suite| suite.cose()).collect(),
        relying_party: policy.site.relying_party.clone(),
        origin: policy.site.origin.clone(),
        disclosure: app.settings.credential.disclosure.disclosure(),
        presentation_age: number(policy.presentation_age),
        presentation_ahead: number(policy.presentation_ahead),
        bound_difference: number(policy.bound_difference),
        unlock_age: number(policy.unlock_age),
        life: number(policy.life),
        paper_life: number(policy.paper_life),
        issuer_ahead: number(policy.issuer_ahead),
        list_amber: number(policy.list_amber),
        list_red: number(policy.list_red),
        is_counter_required: policy.is_counter_required,
        is_paper_taken: policy.is_paper_taken,
    }
}

/// What a desk needs to verify by itself.
#[utoipa::path(
    get,
    path = "/api/v1/desk/{premises}",
    tag = "desk",
    params(("premises" = String, Path, description = "Identifier of the premises")),
    responses(
        (status = 200, description = "The rules", body = DeskSetup),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The caller is no front desk", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The caller may not work at these premises", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_desk_setup(
    State(app): State<Shared>,
    Path(premises): Path<String>,
    actor: Actor,
) -> Result<Response, Failure> {
    let premises = actor.premises_by_id(&premises)?;
    private(DeskSetup {
        premises: Premises {
            id: premises.id.to_string(),
            enterprise: premises.enterprise.to_string(),
            name: premises.name.clone(),
            address: premises.address.clone(),
        },
        policy: on_the_wire(&app, &policy(&app)),
        history_days: app.settings.credential.check_in_days,
        now_ms: app.clock.now_ms(),
    })
}

/// Have the key of a counter certified: the authority signs a card that names the premises.
#[utoipa::path(
    post,
    path = "/api/v1/desk/{premises}/counters",
    tag = "desk",
    params(("premises" = String, Path, description = "Identifier of the premises")),
    request_body = CounterDraft,
    responses(
        (status = 200, description = "The signed card", body = CounterCard),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The caller is no front desk, or the request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The caller may not work at these premises", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn register_counter(
    State(app): State<Shared>,
    Path(premises): Path<String>,
    actor: Actor,
    Json(draft): Json<CounterDraft>,
) -> Result<Response, Failure> {
    let premises = actor.premises_by_id(&premises)?;
    let terminal = draft.terminal.trim();
    let is_name = (1..=TERMINAL_CHARACTERS_AT_MOST).contains(&terminal.len())
        && terminal
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_name {
        return Err(Failure::new(Kind::InvalidRequest).with_field(
            "/terminal",
            "not-a-terminal",
            "柜台编号应为1至16个字母、数字或连字符。",
            "A counter's name has 1 to 16 letters, digits and hyphens.",
        ));
    }
    let point = URL_SAFE_NO_PAD
        .decode(&draft.key)
        .ok()
        .and_then(|bytes| <[u8; 33]>::try_from(bytes).ok())
        .filter(|point| PublicKey::new(Algorithm::Es256, *point).is_ok())
        .ok_or_else(|| {
            Failure::new(Kind::InvalidRequest).with_field(
                "/key",
                "not-a-key",
                "柜台密钥无效，请刷新页面重试。",
                "This is no key of a counter; reload the page and try again.",
            )
        })?;
    let now_ms = app.clock.now_ms();
    let now = seconds(now_ms);
    let card = counter::CounterCard {
        premises: premises_name(premises.id),
        name: premises.name.clone(),
        terminal: terminal.to_owned(),
        purpose: Purpose::HotelCheckIn,
        key: point,
        not_before: now,
        not_after: now + CARD_DAYS * DAY,
    };
    let ring = app.issuer.ring();
    let signer = ring
        .signer(Uses::COUNTER, now)
        .map_err(|reason| Failure::internal(&reason))?;
    let signed = card.sign(signer);
    let answer = CounterCard {
        card: URL_SAFE_NO_PAD.encode(&signed),
        not_after_ms: milliseconds(card.not_after),
    };
    let kept = counter_card::CounterCard {
        premises: premises.id,
        terminal: card.terminal,
        card: signed,
        issued_ms: now_ms,
        expires_ms: answer.not_after_ms,
    };
    counter_card::replace(&app.database, kept).await?;
    private(answer)
}

/// Look a typed code up. The look leaves an entry that the guest sees.
#[utoipa::path(
    post,
    path = "/api/v1/desk/{premises}/typed-codes",
    tag = "desk",
    params(("premises" = String, Path, description = "Identifier of the premises")),
    request_body = TypedCodeDraft,
    responses(
        (status = 200, description = "What it stands for", body = TypedCodeVerdict),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The caller is no front desk, or the request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The caller may not work at these premises", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests or wrong codes", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn check_typed_code(
    State(app): State<Shared>,
    Path(premises): Path<String>,
    actor: Actor,
    Json(draft): Json<TypedCodeDraft>,
) -> Result<Response, Failure> {
    let premises = actor.premises_by_id(&premises)?;
    let now_ms = app.clock.now_ms();
    let attempts = app.accounts.attempts();
    attempts.check(Secret::TypedCodeByDesk, premises.id, now_ms)?;
    let verdict = |reason: Reason| TypedCodeVerdict {
        reason: reason.code().to_owned(),
        credential: None,
        name: None,
        number: None,
        sealed: None,
        expires_ms: None,
    };
    let code = match TypedCode::read(&draft.code) {
        Ok(code) => code.text(),
        // A typing mistake, caught by the check character: nobody guesses that way.
        Err(reason) => return private(verdict(reason)),
    };
    // Also ends what a removed passkey unlocked.
    app.issuer.lists(&app.database, now_ms).await?;
    let vault = app.accounts.vault();
    let found = credential::find_by_typed_code(&app.database, vault, &code).await?;
    let Some(stored) = found else {
        attempts.failed(Secret::TypedCodeByDesk, premises.id, now_ms);
        return private(verdict(Reason::NotACredential));
    };
    let refused = if stored.ended_ms.is_some() {
        Some(Reason::Revoked)
    } else if stored.expires_ms <= now_ms {
        Some(Reason::Expired)
    } else if stored.purpose != purpose_id(PURPOSE) {
        Some(Reason::WrongPurpose)
    } else if stored.premises.is_some_and(|bound| bound != premises.id) {
        Some(Reason::WrongPremises)
    } else {
        None
    };
    if let Some(reason) = refused {
        return private(TypedCodeVerdict {
            credential: Some(stored.id.simple().to_string()),
            ..verdict(reason)
        });
    }
    let Some((bytes, _)) = stored.open(vault)? else {
        return private(verdict(Reason::Expired));
    };
    let reading = Reading {
        reader: actor.as_reader_at(premises)?,
        act: "typed-code",
        purpose: "check-in".to_owned(),
        reference: String::new(),
        reason: String::new(),
    };
    person::read(&app.database, vault, &reading, stored.person, now_ms)
        .await?
        .ok_or(Failure::new(Kind::NotFound))?;
    let bytes = URL_SAFE_NO_PAD
        .decode(bytes)
        .map_err(|reason| Failure::internal(&reason))?;
    let claims = Credential::read(&bytes)
        .map_err(|reason| Failure::internal(&reason))?
        .claims;
    private(TypedCodeVerdict {
        credential: Some(stored.id.simple().to_string()),
        number: Some(claims.number.shown().to_owned()),
        sealed: match &claims.number {
            Number::Sealed { sealed, .. } => Some(URL_SAFE_NO_PAD.encode(sealed)),
            _ => None,
        },
        name: Some(claims.name),
        expires_ms: Some(stored.expires_ms),
        ..verdict(Reason::Paper)
    })
}

/// Record check-ins. Each counts once, however often it is sent.
#[utoipa::path(
    post,
    path = "/api/v1/desk/{premises}/check-ins",
    tag = "desk",
    params(("premises" = String, Path, description = "Identifier of the premises")),
    request_body = CheckInBatch,
    responses(
        (status = 200, description = "What was done with each, in the order of the request", body = CheckInReceipt),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The caller is no front desk, or the request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The caller may not work at these premises", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn record_check_ins(
    State(app): State<Shared>,
    Path(premises): Path<String>,
    actor: Actor,
    Json(batch): Json<CheckInBatch>,
) -> Result<Response, Failure> {
    let premises = actor.premises_by_id(&premises)?.id;
    let now_ms = app.clock.now_ms();
    if batch.check_ins.len() > CHECK_INS_AT_MOST {
        return Err(Failure::new(Kind::InvalidRequest).with_field(
            "/check_ins",
            "too-many",
            "一次最多发送200条。",
            "At most 200 can be sent at once.",
        ));
    }
    // What the desk's clock is ahead or behind is taken off.
    let skew = batch.sent_ms.saturating_sub(now_ms);
    let mut results = vec![CheckInResult::WrongTime; batch.check_ins.len()];
    let (mut reports, mut places) = (Vec::new(), Vec::new());
    for (place, draft) in batch.check_ins.iter().enumerate() {
        let at_ms = draft.at_ms.saturating_sub(skew);
        super::credential::key(&draft.key, "/check_ins")?;
        if at_ms > now_ms + AHEAD_MS || at_ms < now_ms - LATE_MS {
            continue;
        }
        let Ok(credential) = credential_id(&draft.credential) else {
            results[place] = CheckInResult::Unknown;
            continue;
        };
        places.push(place);
        reports.push(Report {
            premises,
            request_key: draft.key.clone(),
            credential,
            at_ms: at_ms.min(now_ms),
        });
    }
    if !reports.is_empty() {
        let findings = app.issuer.group().check_in(reports, now_ms).await?;
        for (place, finding) in places.into_iter().zip(findings) {
            results[place] = result(finding);
        }
    }
    private(CheckInReceipt {
        outcomes: batch
            .check_ins
            .into_iter()
            .zip(results)
            .map(|(draft, result)| CheckInOutcome {
                key: draft.key,
                result,
            })
            .collect(),
        now_ms,
    })
}

const fn result(finding: Finding) -> CheckInResult {
    match finding {
        Finding::Recorded => CheckInResult::Recorded,
        Finding::UsedElsewhere => CheckInResult::UsedElsewhere,
        Finding::EndedBefore => CheckInResult::RevokedBefore,
        Finding::ExpiredBefore => CheckInResult::ExpiredBefore,
        Finding::Unknown => CheckInResult::Unknown,
    }
}

/// The desk's own check-ins.
#[utoipa::path(
    get,
    path = "/api/v1/desk/{premises}/check-ins",
    tag = "desk",
    params(("premises" = String, Path, description = "Identifier of the premises"), CheckInFilter),
    responses(
        (status = 200, description = "The check-ins", body = CheckInList),
        (status = 400, description = "The query does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The caller is no front desk", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The caller may not work at these premises", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_check_ins(
    State(app): State<Shared>,
    Path(premises): Path<String>,
    actor: Actor,
    Query(filter): Query<CheckInFilter>,
) -> Result<Response, Failure> {
    let premises = actor.premises_by_id(&premises)?.id;
    let settings = &app.settings.credential;
    let begins = settings.history_begins_ms(app.clock.now_ms());
    let before = filter.before_ms.unwrap_or(i64::MAX);
    let mut rows =
        check_in::of_premises(&app.database, premises, begins, before, PAGE as u64 + 1).await?;
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    private(CheckInList {
        next_before_ms: rows.last().filter(|_| has_more).map(|last| last.at_ms),
        check_ins: rows
            .into_iter()
            .map(|row| CheckInView {
                credential: row.credential.simple().to_string(),
                at_ms: row.at_ms,
                recorded_ms: row.recorded_ms,
                result: result(row.finding),
                erased_ms: row.at_ms + settings.history_ms(),
            })
            .collect(),
    })
}

/// Credentials that were used at more premises than one.
#[utoipa::path(
    get,
    path = "/api/v1/supervisor/duplicate-uses",
    tag = "desk",
    responses(
        (status = 200, description = "The credentials and their uses", body = DuplicateUseList),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The caller is no supervisor", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_duplicate_uses(
    State(app): State<Shared>,
    _actor: Actor,
) -> Result<Response, Failure> {
    let settings = &app.settings.credential;
    let begins = settings.history_begins_ms(app.clock.now_ms());
    let found = check_in::duplicates(&app.database, begins, DUPLICATES_AT_MOST).await?;
    let mut names = Names::default();
    let mut duplicates = Vec::with_capacity(found.len());
    for (credential, check_ins) in found {
        let mut uses = Vec::with_capacity(check_ins.len());
        for check_in in check_ins {
            uses.push(DuplicateUsePlace {
                premises_name: names.of(&app, check_in.premises).await?.name,
                at_ms: check_in.at_ms,
                recorded_ms: check_in.recorded_ms,
            });
        }
        duplicates.push(DuplicateUse {
            credential: credential.simple().to_string(),
            uses,
        });
    }
    private(DuplicateUseList { duplicates })
}
