//! The signed lists, for everybody: as JSON, as bytes at a well-known address, as a page.

use crate::issuer::milliseconds;
use crate::issuer::ring::Ring;
use crate::problem::Failure;
use crate::state::Shared;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header;
use std::fmt::Write;
use yichuang_contract::credential::{TrustKey, TrustView};
use yichuang_contract::problem::Problem;
use yichuang_credential::{TrustedKey, Uses};

/// The signed trust list and status list.
#[utoipa::path(
    get,
    path = "/api/v1/trust",
    tag = "trust",
    responses(
        (status = 200, description = "The lists", body = TrustView),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_trust(State(app): State<Shared>) -> Result<Response, Failure> {
    let now_ms = app.clock.now_ms();
    let lists = app.issuer.lists(&app.database, now_ms).await?;
    let ring = app.issuer.ring();
    let view = TrustView {
        roots: vec![root(&ring)],
        trust_list: URL_SAFE_NO_PAD.encode(&lists.trust),
        status_list: URL_SAFE_NO_PAD.encode(&lists.status),
        status_issued_ms: lists.signed_ms,
        keys: ring.trust.keys.iter().map(key).collect(),
        expires_ms: milliseconds(ring.trust.expires),
        is_demonstration: ring.is_demonstration,
        now_ms,
    };
    Ok(([(header::CACHE_CONTROL, "no-cache")], axum::Json(view)).into_response())
}

fn root(ring: &Ring) -> TrustKey {
    TrustKey {
        id: hex::encode(ring.root.id().0),
        algorithm: ring.algorithm.cose(),
        point: URL_SAFE_NO_PAD.encode(ring.root.point()),
        uses: vec!["trust".to_owned()],
        not_before_ms: 0,
        not_after_ms: i64::MAX,
    }
}

fn key(key: &TrustedKey) -> TrustKey {
    TrustKey {
        id: hex::encode(key.id.0),
        algorithm: key.algorithm,
        point: URL_SAFE_NO_PAD.encode(key.point),
        uses: uses(key.uses),
        not_before_ms: milliseconds(key.not_before),
        not_after_ms: milliseconds(key.not_after),
    }
}

fn uses(uses: Uses) -> Vec<String> {
    [
        (Uses::CREDENTIAL, "credential"),
        (Uses::STATUS, "status"),
        (Uses::COUNTER, "counter"),
    ]
    .into_iter()
    .filter(|(bit, _)| uses.0 & bit.0 != 0)
    .map(|(_, name)| name.to_owned())
    .collect()
}

/// The trust list as the root has signed it.
pub async fn get_trust_list(State(app): State<Shared>) -> Result<Response, Failure> {
    let lists = app.issuer.lists(&app.database, app.clock.now_ms()).await?;
    Ok(signed(lists.trust.clone()))
}

/// The status list of the last ten minutes.
pub async fn get_status_list(State(app): State<Shared>) -> Result<Response, Failure> {
    let lists = app.issuer.lists(&app.database, app.clock.now_ms()).await?;
    Ok(signed(lists.status.clone()))
}

fn signed(bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/cose"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, bytes).into_response()
}

/// What both lists say, for people: plain HTML without a script.
pub async fn get_trust_page(State(app): State<Shared>) -> Result<Response, Failure> {
    let lists = app.issuer.lists(&app.database, app.clock.now_ms()).await?;
    let ring = app.issuer.ring();
    let mut page = String::new();
    // Writing to a string cannot fail.
    let _ = write_page(&mut page, &ring, lists.signed_ms, lists.status.len());
    Ok(([(header::CACHE_CONTROL, "no-cache")], Html(page)).into_response())
}

fn write_page(page: &mut String, ring: &Ring, signed_ms: i64, bytes: usize) -> std::fmt::Result {
    let suite = |number: i64| if number == -7 { "ES256" } else { "SM2/SM3" };
    let warning = if ring.is_demonstration {
        "<p><strong>演示密钥，签发的凭证不具有任何效力。<span lang=\"en\">These are a \
         demonstration's keys: what they sign proves nothing.</span></strong></p>"
    } else {
        ""
    };
    write!(
        page,
        "<!doctype html>\n<html lang=\"zh-Hans\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>电子临时身份凭证：信任名单 · Trust list</title></head><body><main>\
         <h1>电子临时身份凭证：信任名单<br><span lang=\"en\">Temporary electronic ID: trust list</span></h1>\
         {warning}\
         <p>核验程序凭根密钥验证信任名单，再凭名单中的密钥验证凭证、撤销名单和柜台码。请从其他可靠渠道核对根密钥。</p>\
         <p lang=\"en\">A verifier checks the trust list with the root's key, then credentials, the \
         status list and counters' cards with the keys below. Compare the root's key with what you \
         know from elsewhere.</p>\
         <h2>根密钥 <span lang=\"en\">Root key</span></h2>\
         <p>{suite}<br><code>{root}</code></p>\
         <h2>签发密钥 <span lang=\"en\">Keys</span></h2>\
         <p>序号 <span lang=\"en\">Serial</span> {serial}; {issued} – {expires} UTC</p>\
         <table><thead><tr><th scope=\"col\">编号 <span lang=\"en\">Id</span></th>\
         <th scope=\"col\">用途 <span lang=\"en\">Use</span></th>\
         <th scope=\"col\">算法 <span lang=\"en\">Suite</span></th>\
         <th scope=\"col\">有效期 <span lang=\"en\">Valid</span> (UTC)</th></tr></thead><tbody>",
        suite = suite(ring.algorithm.cose()),
        root = hex::encode(ring.root.point()),
        serial = ring.trust.serial,
        issued = moment(ring.trust.issued),
        expires = moment(ring.trust.expires),
    )?;
    for key in &ring.trust.keys {
        let used: Vec<&str> = uses(key.uses)
            .iter()
            .map(|name| match name.as_str() {
                "credential" => "签发凭证 credentials",
                "status" => "撤销名单 status list",
                _ => "柜台 counters",
            })
            .collect();
        let used = if used.is_empty() {
            "已撤回 withdrawn".to_owned()
        } else {
            used.join(", ")
        };
        write!(
            page,
            "<tr><td><code>{}</code></td><td>{used}</td><td>{}</td><td>{} – {}</td></tr>",
            hex::encode(key.id.0),
            suite(key.algorithm),
            moment(key.not_before),
            moment(key.not_after),
        )?;
    }
    writeln!(
        page,
        "</tbody></table><h2>文件 <span lang=\"en\">Files</span></h2><ul>\
         <li><a href=\"trust-list\">trust-list</a> (application/cose)</li>\
         <li><a href=\"status-list\">status-list</a> (application/cose), {bytes} B, {} UTC</li></ul>\
         </main></body></html>",
        moment(crate::issuer::seconds(signed_ms)),
    )
}

/// A time for people: `2027-01-15 08:00`.
fn moment(seconds: u64) -> String {
    let days = i32::try_from(seconds / 86_400).unwrap_or(i32::MAX);
    let date = yichuang_domain::calendar::Date::from_days(days);
    let minutes = seconds % 86_400 / 60;
    format!("{date} {:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_moment_is_written_as_people_write_it() {
        assert_eq!(moment(1_800_000_000), "2027-01-15 08:00");
    }
}
