//! What officers and supervisors do with persons. Every look leaves an entry that the person sees.

use super::account::{PAGE_QUERY, page, short_text};
use super::enterprise::shown;
use super::session::private;
use crate::account::attempts::Secret;
use crate::account::{COUNTER_CODE_LIFE_MS, view};
use crate::extract::{Json, Query};
use crate::middleware::session::Actor;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::State;
use axum::response::Response;
use yichuang_contract::access_log::{AccessFilter, AccessPage, Purpose};
use yichuang_contract::officer::{CounterEnrolmentDraft, EnrolmentCode, PersonLookup, PersonView};
use yichuang_contract::problem::Problem;
use yichuang_contract::proofing::ProofingMethod;
use yichuang_domain::identity::{
    mask_address, mask_id_number, mask_name, mask_phone, parse_id_number,
};
use yichuang_storage::access_log::{self, Reading};
use yichuang_storage::enrolment;
use yichuang_storage::officer::OfficerKind;
use yichuang_storage::person::{self, PersonData, Proof};

const NAME_CHARACTERS_AT_MOST: usize = 50;
const REASON_CHARACTERS: (usize, usize) = (4, 200);
const REFERENCE_CHARACTERS_AT_MOST: usize = 40;

fn id_number(text: &str) -> Result<String, Failure> {
    parse_id_number(text).ok_or_else(|| {
        Failure::new(Kind::InvalidRequest).with_field(
            "/id_number",
            "not-an-id-number",
            "公民身份号码应为18位，且校验码正确，请核对。",
            "An ID number has 18 characters with a fitting last one; check it.",
        )
    })
}

fn reason(text: &str) -> Result<String, Failure> {
    short_text(text, "/reason", REASON_CHARACTERS.0, REASON_CHARACTERS.1)
}

/// Look a person up by their ID number, masked unless the whole is needed.
#[utoipa::path(
    post,
    path = "/api/v1/officer/person-lookups",
    tag = "officers",
    request_body = PersonLookup,
    responses(
        (status = 200, description = "The person; an entry was made", body = PersonView),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The caller is no officer, or the request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such person is known", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests or attempts", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn look_up_person(
    State(app): State<Shared>,
    actor: Actor,
    Json(draft): Json<PersonLookup>,
) -> Result<Response, Failure> {
    let now_ms = app.clock.now_ms();
    let id_number = id_number(&draft.id_number)?;
    let reason = reason(&draft.reason)?;
    let least = usize::from(draft.purpose == Purpose::Case);
    let reference = short_text(
        &draft.reference,
        "/reference",
        least,
        REFERENCE_CHARACTERS_AT_MOST,
    )?;
    if !matches!(
        draft.purpose,
        Purpose::Case | Purpose::Enquiry | Purpose::Proofing
    ) {
        return Err(Failure::new(Kind::InvalidRequest).with_field(
            "/purpose",
            "not-allowed",
            "查询目的应为办件、咨询或核验。",
            "Officers look persons up for a case, an enquiry or proofing.",
        ));
    }
    let officer = actor.person_id()?;
    let attempts = app.accounts.attempts();
    attempts.check(Secret::LookupByOfficer, officer, now_ms)?;
    let vault = app.accounts.vault();
    let Some(subject) = person::find_by_id_number(&app.database, vault, &id_number).await? else {
        // Who tries numbers to see which exist, waits.
        attempts.failed(Secret::LookupByOfficer, officer, now_ms);
        return Err(Failure::new(Kind::PersonNotFound));
    };
    let reading = Reading {
        reader: actor.as_reader()?,
        act: if draft.unmasked {
            "look-up-unmasked"
        } else {
            "look-up"
        },
        purpose: view::purpose_id(draft.purpose).to_owned(),
        reference,
        reason,
    };
    let read = person::read(&app.database, vault, &reading, subject, now_ms).await?;
    let (person, data, access_number) = read.ok_or(Failure::new(Kind::PersonNotFound))?;
    let masked = |value: &str, mask: fn(&str) -> String| {
        if draft.unmasked {
            value.to_owned()
        } else {
            mask(value)
        }
    };
    private(PersonView {
        id: person.id.to_string(),
        name: masked(&data.name, mask_name),
        id_number: masked(&data.id_number, mask_id_number),
        phone: data.phone.map(|phone| masked(&phone, mask_phone)),
        address: data.address.map(|address| masked(&address, mask_address)),
        is_masked: !draft.unmasked,
        is_demonstration: person.proof.is_some_and(|proof| proof.is_demonstration),
        access_number,
    })
}

/// Make a one-time enrolment code for a person at the counter. Whoever uses it registers a passkey
/// for that person; passkeys and sessions the person had before end then.
#[utoipa::path(
    post,
    path = "/api/v1/officer/enrolment-codes",
    tag = "officers",
    request_body = CounterEnrolmentDraft,
    responses(
        (status = 200, description = "The code, shown this once", body = EnrolmentCode),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The caller is no officer, a fresh sign-in is needed, or the request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The demonstration register does not know the person", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn make_enrolment_code(
    State(app): State<Shared>,
    actor: Actor,
    Json(draft): Json<CounterEnrolmentDraft>,
) -> Result<Response, Failure> {
    let now_ms = app.clock.now_ms();
    actor.require_fresh(now_ms)?;
    let id_number = id_number(&draft.id_number)?;
    let name = short_text(&draft.name, "/name", 2, NAME_CHARACTERS_AT_MOST)?;
    let reason = reason(&draft.reason)?;
    // Where fictional residents stand for real ones, nobody real may be enrolled among them.
    let register = app.accounts.proofing().register().ok();
    if let Some(register) = register {
        let known = register.find(&id_number);
        if known.is_none_or(|known| known.name != name) {
            return Err(Failure::new(Kind::ProofRefused));
        }
    }
    let data = PersonData {
        name,
        id_number,
        phone: None,
        address: None,
    };
    let proof = Proof {
        method: view::method_id(ProofingMethod::Counter).to_owned(),
        proved_ms: now_ms,
        is_demonstration: register.is_some(),
    };
    let reading = Reading {
        reader: actor.as_reader()?,
        act: "enrol",
        purpose: view::purpose_id(Purpose::Proofing).to_owned(),
        reference: String::new(),
        reason,
    };
    let code = enrolment::new_code()?;
    person::enrol_at_counter(
        &app.database,
        app.accounts.vault(),
        &reading,
        &data,
        &proof,
        &code,
        now_ms,
        COUNTER_CODE_LIFE_MS,
    )
    .await?;
    private(shown(code, now_ms + COUNTER_CODE_LIFE_MS))
}

/// What officers of the supervisor's department and hall have looked at.
#[utoipa::path(
    get,
    path = "/api/v1/supervisor/accesses",
    tag = "officers",
    params(AccessFilter),
    responses(
        (status = 200, description = "A part of the log, the newest first", body = AccessPage),
        (status = 400, description = "A parameter does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The caller is no supervisor", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_officer_accesses(
    State(app): State<Shared>,
    actor: Actor,
    Query(filter): Query<AccessFilter>,
) -> Result<Response, Failure> {
    let role = actor
        .officer_roles()
        .iter()
        .find(|role| role.kind == OfficerKind::Supervisor)
        .ok_or(Failure::new(Kind::Forbidden))?;
    let entries = access_log::of_department(
        &app.database,
        &role.department,
        &role.hall,
        filter.before,
        PAGE_QUERY,
    )
    .await?;
    private(page(entries))
}
