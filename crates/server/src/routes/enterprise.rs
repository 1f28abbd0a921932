//! Legal persons: their premises, and who may work for them.

use super::passkey::identifier;
use super::session::private;
use crate::account::{STAFF_CODE_LIFE_MS, view};
use crate::extract::Json;
use crate::middleware::session::Actor;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use yichuang_contract::enterprise::{
    EnterpriseList, EnterpriseView, MemberDraft, MemberView, NewMember,
};
use yichuang_contract::officer::EnrolmentCode;
use yichuang_contract::problem::Problem;
use yichuang_contract::session::MemberRole;
use yichuang_storage::enrolment;
use yichuang_storage::enterprise::{self, Enterprise, Member, MemberKind};

/// Enterprises the caller belongs to. Only owners see the members.
#[utoipa::path(
    get,
    path = "/api/v1/enterprises",
    tag = "enterprises",
    responses(
        (status = 200, description = "The enterprises", body = EnterpriseList),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_enterprises(
    State(app): State<Shared>,
    actor: Actor,
) -> Result<Response, Failure> {
    let mut enterprises = Vec::new();
    for membership in actor.memberships() {
        let enterprise = &membership.enterprise;
        let members = if membership.kind == MemberKind::Owner {
            let members = enterprise::members(&app.database, enterprise).await?;
            members.into_iter().map(member_view).collect()
        } else {
            Vec::new()
        };
        let premises = actor.premises().iter();
        enterprises.push(EnterpriseView {
            id: enterprise.id.to_string(),
            name: enterprise.name.clone(),
            credit_code: enterprise.credit_code.clone(),
            role: view::member_role(membership.kind),
            premises: premises
                .filter(|place| place.enterprise == enterprise.id)
                .map(view::premises)
                .collect(),
            members,
        });
    }
    private(EnterpriseList { enterprises })
}

fn member_view(member: Member) -> MemberView {
    MemberView {
        id: member.membership.id.to_string(),
        label: member.label,
        role: view::member_role(member.membership.kind),
        premises: member.membership.premises.map(|id| id.to_string()),
        since_ms: member.membership.created_ms,
        is_enrolled: member.is_enrolled,
    }
}

/// The caller's enterprise, if they own it. Whoever does not belong to it learns nothing of it.
fn owned<'a>(actor: &'a Actor, id: &str) -> Result<&'a Enterprise, Failure> {
    let membership = actor
        .memberships()
        .iter()
        .find(|membership| membership.enterprise.id.to_string() == id)
        .ok_or(Failure::new(Kind::NotFound))?;
    if membership.kind == MemberKind::Owner {
        Ok(&membership.enterprise)
    } else {
        Err(Failure::new(Kind::Forbidden))
    }
}

/// Add a member. Owners only; needs a fresh sign-in.
#[utoipa::path(
    post,
    path = "/api/v1/enterprises/{enterprise}/members",
    tag = "enterprises",
    params(("enterprise" = String, Path, description = "Identifier of the enterprise")),
    request_body = MemberDraft,
    responses(
        (status = 200, description = "Added; the code is shown this once", body = NewMember),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The caller is no owner, a fresh sign-in is needed, or the request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The caller does not belong to such an enterprise", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn add_member(
    State(app): State<Shared>,
    Path(id): Path<String>,
    actor: Actor,
    Json(draft): Json<MemberDraft>,
) -> Result<Response, Failure> {
    let now_ms = app.clock.now_ms();
    let enterprise = owned(&actor, &id)?;
    actor.require_fresh(now_ms)?;
    let label = super::account::short_text(&draft.label, "/label", 1, 40)?;
    let premises = match &draft.premises {
        None => None,
        Some(wanted) => {
            let known = actor
                .premises()
                .iter()
                .find(|place| place.enterprise == enterprise.id && place.id.to_string() == *wanted);
            Some(known.map(|place| place.id).ok_or_else(|| {
                Failure::new(Kind::InvalidRequest).with_field(
                    "/premises",
                    "unknown-premises",
                    "本企业没有这个经营场所。",
                    "The enterprise has no such premises.",
                )
            })?)
        }
    };
    let kind = match draft.role {
        MemberRole::Owner => MemberKind::Owner,
        MemberRole::Clerk => MemberKind::Clerk,
        MemberRole::FrontDesk => MemberKind::FrontDesk,
    };
    let member = enterprise::NewMember {
        enterprise: enterprise.id,
        label: label.clone(),
        kind,
        premises,
    };
    let code = enrolment::new_code()?;
    let (membership, _) =
        enterprise::add_member(&app.database, member, &code, now_ms, STAFF_CODE_LIFE_MS).await?;
    private(NewMember {
        member: MemberView {
            id: membership.to_string(),
            label,
            role: draft.role,
            premises: draft.premises,
            since_ms: now_ms,
            is_enrolled: false,
        },
        code: shown(code, now_ms + STAFF_CODE_LIFE_MS),
    })
}

/// A code as it is shown, once.
#[must_use]
pub fn shown(code: String, ends_ms: i64) -> EnrolmentCode {
    EnrolmentCode {
        path: format!("{ENROLMENT_PATH}#{code}"),
        code,
        ends_ms,
    }
}

/// The page where a code is used; the code stands behind a `#`, which browsers send nowhere.
pub const ENROLMENT_PATH: &str = "/enrol";

/// Remove a member and end their sessions. Owners only; needs a fresh sign-in.
#[utoipa::path(
    delete,
    path = "/api/v1/enterprises/{enterprise}/members/{member}",
    tag = "enterprises",
    params(
        ("enterprise" = String, Path, description = "Identifier of the enterprise"),
        ("member" = String, Path, description = "Identifier of the membership"),
    ),
    responses(
        (status = 204, description = "Removed"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The caller is no owner, a fresh sign-in is needed, or the request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such enterprise or member", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is the caller's own membership", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn remove_member(
    State(app): State<Shared>,
    Path((id, member)): Path<(String, String)>,
    actor: Actor,
) -> Result<StatusCode, Failure> {
    let enterprise = owned(&actor, &id)?;
    actor.require_fresh(app.clock.now_ms())?;
    let member = identifier(&member)?;
    if actor.memberships().iter().any(|own| own.id == member) {
        // Else an enterprise could be left without anybody who may add members.
        return Err(Failure::new(Kind::OwnMembership));
    }
    if enterprise::remove_member(&app.database, enterprise.id, member).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Failure::new(Kind::NotFound))
    }
}
