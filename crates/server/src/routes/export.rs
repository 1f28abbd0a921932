//! A copy of all data about the caller, for programs and for people.

use super::session::private;
use crate::account::view;
use crate::middleware::session::Actor;
use crate::problem::Failure;
use crate::state::Shared;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use yichuang_contract::access_log::AccessEntry;
use yichuang_contract::account::AccountExport;
use yichuang_contract::problem::Problem;
use yichuang_storage::access_log;
use yichuang_storage::person;

/// Entries of the access log in a copy.
const EXPORTED_ENTRIES: u64 = 10_000;

/// A copy of all own data. Needs a fresh sign-in.
#[utoipa::path(
    get,
    path = "/api/v1/me/export",
    tag = "account",
    responses(
        (status = 200, description = "Everything, unmasked", body = AccountExport),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "A fresh sign-in is needed", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn export_account(State(app): State<Shared>, actor: Actor) -> Result<Response, Failure> {
    private(export(&app, &actor).await?)
}

/// The same copy as a text to read or print. Needs a fresh sign-in.
#[utoipa::path(
    get,
    path = "/api/v1/me/export/readable",
    tag = "account",
    responses(
        (status = 200, description = "Everything, unmasked, in both languages", body = String, content_type = "text/plain"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "A fresh sign-in is needed", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_export(State(app): State<Shared>, actor: Actor) -> Result<Response, Failure> {
    let export = export(&app, &actor).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"yichuang-my-data.txt\"",
        ),
    ];
    Ok((headers, readable(&export)).into_response())
}

async fn export(app: &Shared, actor: &Actor) -> Result<AccountExport, Failure> {
    let now_ms = app.clock.now_ms();
    actor.require_fresh(now_ms)?;
    let identity = actor.identity()?;
    let person = &identity.person;
    let data = person::read_own(&app.database, app.accounts.vault(), person.id).await?;
    let entries = access_log::of_subject(&app.database, person.id, None, EXPORTED_ENTRIES).await?;
    let (name, id_number, phone, address) = match data {
        None => (None, None, None, None),
        Some(data) => (
            Some(data.name),
            Some(data.id_number),
            data.phone,
            data.address,
        ),
    };
    Ok(AccountExport {
        made_ms: now_ms,
        account: person.id.to_string(),
        created_ms: person.created_ms,
        name,
        id_number,
        phone,
        address,
        proof: person.proof.as_ref().map(view::proof),
        roles: view::roles(identity),
        passkeys: super::passkey::summaries(app, actor).await?,
        sessions: super::session::summaries(app, actor).await?,
        accesses: entries.into_iter().map(view::access).collect(),
    })
}

/// Epoch milliseconds as a person in China reads them.
fn at(ms: i64) -> String {
    let shifted = (ms + 8 * 3_600_000).max(0);
    let (day, rest) = (shifted / 86_400_000, shifted % 86_400_000 / 60_000);
    let date = yichuang_domain::calendar::Date::from_days(i32::try_from(day).unwrap_or(0));
    format!("{date} {:02}:{:02}", rest / 60, rest % 60)
}

fn readable(export: &AccountExport) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    let none = || "—".to_owned();
    let value = |value: &Option<String>| value.clone().unwrap_or_else(none);
    let lines = [
        ("生成时间 Made", at(export.made_ms)),
        ("账户编号 Account", export.account.clone()),
        ("开户时间 Opened", at(export.created_ms)),
        ("姓名 Name", value(&export.name)),
        ("公民身份号码 ID number", value(&export.id_number)),
        ("手机 Telephone", value(&export.phone)),
        ("地址 Address", value(&export.address)),
        (
            "实名核验 Name proved",
            export
                .proof
                .as_ref()
                .map_or_else(none, |proof| at(proof.proved_ms)),
        ),
    ];
    let _ = writeln!(text, "一窗 Yichuang：我的数据 / My data\n");
    if export
        .proof
        .as_ref()
        .is_some_and(|proof| proof.is_demonstration)
    {
        let _ = writeln!(
            text,
            "演示数据，人员为虚构。 / Demonstration: this person is made up.\n"
        );
    }
    for (name, value) in lines {
        let _ = writeln!(text, "{name}: {value}");
    }
    let _ = writeln!(text, "\n通行密钥 Passkeys ({})", export.passkeys.len());
    for passkey in &export.passkeys {
        let _ = writeln!(text, "- {} ({})", passkey.name, at(passkey.created_ms));
    }
    let _ = writeln!(text, "\n登录会话 Sessions ({})", export.sessions.len());
    for session in &export.sessions {
        let _ = writeln!(text, "- {} ({})", session.browser.zh, at(session.began_ms));
    }
    let _ = writeln!(text, "\n身份角色 Roles ({})", export.roles.len());
    let _ = writeln!(
        text,
        "\n谁看过我的数据 Who looked at my data ({})",
        export.accesses.len()
    );
    for AccessEntry {
        at_ms,
        who,
        act,
        reason,
        reference,
        ..
    } in &export.accesses
    {
        let _ = writeln!(
            text,
            "- {} {} / {}: {} / {}; {reason} {reference}",
            at(*at_ms),
            who.zh,
            who.en,
            act.zh,
            act.en
        );
    }
    text
}
