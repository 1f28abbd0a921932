//! Proving a real name, and recovering an account by proving it again.

use super::session::private;
use super::sign_in::signed_in;
use crate::account::attempts::Secret;
use crate::account::view;
use crate::adapters::identity::Evidence;
use crate::client::Client;
use crate::extract::{Json, Query};
use crate::middleware::session::Actor;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use yichuang_contract::problem::Problem;
use yichuang_contract::proofing::{
    DemonstrationProofDraft, DemonstrationResidents, ProofingMethod, ProofingView, ResidentFilter,
};
use yichuang_contract::session::SessionView;
use yichuang_domain::identity::parse_id_number;
use yichuang_storage::person::{self, PersonData, Proof, Proved};
use yichuang_storage::session::{self, Token};

/// What can be done to prove a name, and whether it is done.
#[utoipa::path(
    get,
    path = "/api/v1/proofing",
    tag = "proofing",
    responses(
        (status = 200, description = "The ways, and the proof", body = ProofingView),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_proofing(State(app): State<Shared>, actor: Actor) -> Result<Response, Failure> {
    private(ProofingView {
        offers: app.accounts.proofing().offers(),
        proof: actor.identity()?.person.proof.as_ref().map(view::proof),
    })
}

/// Prove a name by the demonstration register. The session gets a new cookie.
#[utoipa::path(
    post,
    path = "/api/v1/proofing/demonstration",
    tag = "proofing",
    request_body = DemonstrationProofDraft,
    responses(
        (status = 200, description = "Proved; the cookie is renewed", body = SessionView),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "An account of staff, or the request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The register is switched off", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The person has another account, or the account another person", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Name and number do not belong together", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests or attempts", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn prove_by_demonstration(
    State(app): State<Shared>,
    Extension(client): Extension<Client>,
    actor: Actor,
    Json(draft): Json<DemonstrationProofDraft>,
) -> Result<Response, Failure> {
    let now_ms = app.clock.now_ms();
    let method = ProofingMethod::DemonstrationRegister;
    let register = app.accounts.proofing().by(method)?;
    refuse_staff(&actor)?;
    let id_number = parse_id_number(&draft.id_number).ok_or_else(|| {
        Failure::new(Kind::InvalidRequest).with_field(
            "/id_number",
            "not-an-id-number",
            "公民身份号码应为18位，且校验码正确，请核对。",
            "An ID number has 18 characters with a fitting last one; check it.",
        )
    })?;
    let account = actor.person_id()?;
    let attempts = app.accounts.attempts();
    attempts.check(Secret::ProofByAccount, account, now_ms)?;
    attempts.check(Secret::ProofByNumber, &id_number, now_ms)?;
    attempts.check(Secret::ProofByClient, client.address, now_ms)?;
    let evidence = Evidence::NameAndNumber {
        name: draft.name,
        id_number: id_number.clone(),
    };
    let proved = register.prove(evidence).await.inspect_err(|failure| {
        if failure.kind() == Kind::ProofRefused {
            attempts.failed(Secret::ProofByAccount, account, now_ms);
            attempts.failed(Secret::ProofByNumber, &id_number, now_ms);
            attempts.failed(Secret::ProofByClient, client.address, now_ms);
        }
    })?;
    let token = record(&app, &actor, method, &proved, draft.recover).await?;
    signed_in(&app, &token).await
}

/// Staff work under accounts of their own: otherwise whoever could pass for them in a register
/// would inherit their office.
///
/// # Errors
/// For officers and supervisors.
pub fn refuse_staff(actor: &Actor) -> Result<(), Failure> {
    if actor.is_staff() {
        Err(Failure::new(Kind::StaffAccount))
    } else {
        Ok(())
    }
}

/// Records a proof for the caller, and gives the session a new secret: it can do more now.
///
/// # Errors
/// If the person has another account and it shall not be recovered, or the account another person.
pub async fn record(
    app: &Shared,
    actor: &Actor,
    method: ProofingMethod,
    proved: &PersonData,
    recover: bool,
) -> Result<Token, Failure> {
    let proof = Proof {
        method: view::method_id(method).to_owned(),
        proved_ms: app.clock.now_ms(),
        is_demonstration: method == ProofingMethod::DemonstrationRegister,
    };
    let outcome = person::prove(
        &app.database,
        app.accounts.vault(),
        actor.person_id()?,
        proved,
        &proof,
        recover,
    )
    .await?;
    match outcome {
        Proved::Here => {}
        // What the lost passkeys unlocked ends with them.
        Proved::Recovered(_) => app.issuer.mark_stale(),
        Proved::Elsewhere => return Err(Failure::new(Kind::ProvedElsewhere)),
        Proved::SomebodyElse => return Err(Failure::new(Kind::ProvedAsSomebodyElse)),
    }
    let token = Token::generate()?;
    if session::rotate(&app.database, actor.session_id()?, &token).await? {
        Ok(token)
    } else {
        Err(Failure::new(Kind::SignInNeeded))
    }
}

/// Fictional residents to try with.
#[utoipa::path(
    get,
    path = "/api/v1/proofing/demonstration/residents",
    tag = "proofing",
    params(ResidentFilter),
    responses(
        (status = 200, description = "A part of the register", body = DemonstrationResidents),
        (status = 400, description = "A parameter does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The register is switched off", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_demonstration_residents(
    State(app): State<Shared>,
    Query(filter): Query<ResidentFilter>,
) -> Result<Response, Failure> {
    let register = app.accounts.proofing().register()?;
    let limit = filter.limit.unwrap_or(10);
    if !(1..=100).contains(&limit) {
        return Err(Failure::new(Kind::InvalidRequest).with_field(
            "limit",
            "out-of-range",
            "应在 1 到 100 之间。",
            "Must be from 1 to 100.",
        ));
    }
    let offset = usize::try_from(filter.offset.unwrap_or(0)).unwrap_or(usize::MAX);
    private(DemonstrationResidents {
        is_demonstration: true,
        total: u32::try_from(register.len()).unwrap_or(u32::MAX),
        residents: register.part(offset, usize::from(limit)),
    })
}
