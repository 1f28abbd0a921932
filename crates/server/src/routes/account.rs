//! The caller's own data: a view, a copy of all of it, who has looked at it, and its deletion.

use super::session::private;
use crate::account::view;
use crate::extract::{Json, Query};
use crate::middleware::session::Actor;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::State;
use axum::response::Response;
use http::header;
use yichuang_contract::Text;
use yichuang_contract::access_log::{AccessFilter, AccessPage};
use yichuang_contract::account::{AccountView, ContactDraft, DeletionView, KeptData};
use yichuang_contract::problem::Problem;
use yichuang_domain::identity::{
    is_mobile_number, mask_address, mask_id_number, mask_name, mask_phone,
};
use yichuang_storage::access_log::{self, Entry};
use yichuang_storage::person;

/// Entries of the access log in one answer.
const ENTRIES: usize = 50;
const ADDRESS_CHARACTERS_AT_MOST: usize = 200;

/// The caller's data, masked.
#[utoipa::path(
    get,
    path = "/api/v1/me",
    tag = "account",
    responses(
        (status = 200, description = "The data", body = AccountView),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_account(State(app): State<Shared>, actor: Actor) -> Result<Response, Failure> {
    masked(&app, &actor).await
}

async fn masked(app: &Shared, actor: &Actor) -> Result<Response, Failure> {
    let person = &actor.identity()?.person;
    let data = person::read_own(&app.database, app.accounts.vault(), person.id).await?;
    let data = data.as_ref();
    private(AccountView {
        level: actor.level(),
        masked_name: data.map(|data| mask_name(&data.name)),
        masked_id_number: data.map(|data| mask_id_number(&data.id_number)),
        masked_phone: data.and_then(|data| data.phone.as_deref().map(mask_phone)),
        masked_address: data.and_then(|data| data.address.as_deref().map(mask_address)),
        proof: person.proof.as_ref().map(view::proof),
        created_ms: person.created_ms,
    })
}

/// Change telephone and address.
#[utoipa::path(
    put,
    path = "/api/v1/me/contact",
    tag = "account",
    request_body = ContactDraft,
    responses(
        (status = 200, description = "Changed", body = AccountView),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "A proved name is needed, or the request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn change_contact(
    State(app): State<Shared>,
    actor: Actor,
    Json(draft): Json<ContactDraft>,
) -> Result<Response, Failure> {
    if draft
        .phone
        .as_deref()
        .is_some_and(|phone| !is_mobile_number(phone))
    {
        return Err(Failure::new(Kind::InvalidRequest).with_field(
            "/phone",
            "not-a-mobile-number",
            "手机号码应为11位数字。",
            "A mobile number has 11 digits.",
        ));
    }
    let is_long = |address: &str| address.chars().count() > ADDRESS_CHARACTERS_AT_MOST;
    if draft.address.as_deref().is_some_and(is_long) {
        return Err(Failure::new(Kind::InvalidRequest).with_field(
            "/address",
            "too-long",
            "地址最多200字。",
            "An address has at most 200 characters.",
        ));
    }
    person::change_contact(
        &app.database,
        app.accounts.vault(),
        actor.person_id()?,
        draft.phone.as_deref(),
        draft.address.as_deref(),
    )
    .await?;
    masked(&app, &actor).await
}

/// What deletion would mean.
#[utoipa::path(
    get,
    path = "/api/v1/me/deletion",
    tag = "account",
    responses(
        (status = 200, description = "What goes and what stays", body = DeletionView),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_deletion(_actor: Actor) -> Result<Response, Failure> {
    private(deletion())
}

fn deletion() -> DeletionView {
    DeletionView {
        deleted: vec![
            Text::new(
                "姓名、公民身份号码、手机、地址",
                "Name, ID number, telephone, address",
            ),
            Text::new("全部通行密钥和登录会话", "All passkeys and sessions"),
            Text::new("企业成员身份", "Memberships of enterprises"),
        ],
        kept: vec![KeptData {
            what: Text::new(
                "数据查阅记录（谁、何时、为何查阅），其中仅有账户编号，不含姓名和号码",
                "The log of who looked at your data, when and why: it holds the account's identifier, no name and no number",
            ),
            why: Text::new(
                "个人信息保护法、网络安全法要求留存处理记录和日志，以便追责；记录相互链接，单独删除会破坏其可信度",
                "The law demands records of processing, so that misuse can be traced; entries are chained, and taking one out would break the proof",
            ),
            until: Text::new(
                "至少六个月，按部署单位规定",
                "At least six months, as the operator rules",
            ),
        }],
    }
}

/// Delete the caller's account. Needs a fresh sign-in.
#[utoipa::path(
    delete,
    path = "/api/v1/me",
    tag = "account",
    responses(
        (status = 200, description = "Deleted; what stays is explained", body = DeletionView),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "A fresh sign-in is needed, an account of staff, or the request came from another site", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn delete_account(State(app): State<Shared>, actor: Actor) -> Result<Response, Failure> {
    actor.require_fresh(app.clock.now_ms())?;
    super::proofing::refuse_staff(&actor)?;
    person::delete(&app.database, actor.person_id()?).await?;
    // Credentials of nobody end, and their bytes are erased, when the next list is signed: now.
    app.issuer.mark_stale();
    app.issuer.lists(&app.database, app.clock.now_ms()).await?;
    let mut response = private(deletion())?;
    response
        .headers_mut()
        .insert(header::SET_COOKIE, app.accounts.cookie().clear());
    Ok(response)
}

/// Who has looked at the caller's data.
#[utoipa::path(
    get,
    path = "/api/v1/me/accesses",
    tag = "account",
    params(AccessFilter),
    responses(
        (status = 200, description = "A part of the log, the newest first", body = AccessPage),
        (status = 400, description = "A parameter does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_accesses(
    State(app): State<Shared>,
    actor: Actor,
    Query(filter): Query<AccessFilter>,
) -> Result<Response, Failure> {
    let person = actor.person_id()?;
    let entries = access_log::of_subject(&app.database, person, filter.before, PAGE_QUERY).await?;
    private(page(entries))
}

/// A part of the log: one entry more than fits was asked for, to know whether there is more.
#[must_use]
pub fn page(mut entries: Vec<Entry>) -> AccessPage {
    let has_more = entries.len() > ENTRIES;
    entries.truncate(ENTRIES);
    AccessPage {
        next_before: entries
            .last()
            .filter(|_| has_more)
            .map(|entry| entry.number),
        entries: entries.into_iter().map(view::access).collect(),
    }
}

/// How many entries to ask for to fill [`page`].
pub const PAGE_QUERY: u64 = ENTRIES as u64 + 1;

/// A short text that people other than its writer read: trimmed, of a length, without a run of
/// digits that could be somebody's number.
///
/// # Errors
/// If it does not fit.
pub fn short_text(
    text: &str,
    field: &str,
    at_least: usize,
    at_most: usize,
) -> Result<String, Failure> {
    let text = text.trim();
    let length = text.chars().count();
    let refuse = |code: &str, zh: &str, en: &str| {
        Err(Failure::new(Kind::InvalidRequest).with_field(field, code, zh, en))
    };
    if length < at_least || length > at_most || text.chars().any(char::is_control) {
        return refuse(
            "wrong-length",
            &format!("请填写{at_least}到{at_most}个字。"),
            &format!("Write {at_least} to {at_most} characters."),
        );
    }
    let has_long_number = text
        .split(|sign: char| !sign.is_ascii_digit())
        .any(|digits| digits.len() > 8);
    if has_long_number {
        return refuse(
            "long-number",
            "请勿填写证件号码或手机号码。",
            "Do not write an ID number or a telephone number here.",
        );
    }
    Ok(text.to_owned())
}
