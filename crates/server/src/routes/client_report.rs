//! Failures that browsers report, counted without knowing whose.

use crate::extract::Json;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::State;
use http::StatusCode;
use yichuang_contract::problem::Problem;
use yichuang_contract::report::{ClientFailure, ClientReport};
use yichuang_storage::client_report::{self, Failure as Counted};

const ROUTE_BYTES_AT_MOST: usize = 80;
const PLACE_BYTES_AT_MOST: usize = 300;
const RELEASE_BYTES_AT_MOST: usize = 40;

/// Counts a failure in a browser. The report holds no address, no query and nothing typed; what
/// does not look like a place in a program is refused, so that nothing personal can slip in.
#[utoipa::path(
    post,
    path = "/api/v1/client-reports",
    tag = "operation",
    request_body = ClientReport,
    responses(
        (status = 204, description = "Counted"),
        (status = 400, description = "The report does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database does not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn report_failure(
    State(app): State<Shared>,
    Json(report): Json<ClientReport>,
) -> Result<StatusCode, Failure> {
    check("/route", &report.route, ROUTE_BYTES_AT_MOST, "/:-_*")?;
    check(
        "/place",
        &report.place,
        PLACE_BYTES_AT_MOST,
        "/:-_.@ ()<>,#",
    )?;
    check("/release", &report.release, RELEASE_BYTES_AT_MOST, ".-_+")?;
    app.metrics.client_failed();
    let kind = match report.kind {
        ClientFailure::Panic => "panic",
        ClientFailure::Script => "script",
        ClientFailure::Chunk => "chunk",
    };
    tracing::warn!(kind, route = %report.route, place = %report.place, release = %report.release, "browser failed");
    let failure = Counted {
        kind: kind.to_owned(),
        route: report.route,
        place: report.place,
        release: report.release,
    };
    client_report::count(&app.database, failure, app.clock.now_ms()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Accepts letters, digits and a few signs of ASCII: enough for `src/app.rs:10:5`. A run of more
/// than eight digits could be somebody's number and is refused.
fn check(field: &str, text: &str, bytes_at_most: usize, signs: &str) -> Result<(), Failure> {
    let is_short = text.len() <= bytes_at_most;
    let is_plain = text
        .chars()
        .all(|sign| sign.is_ascii_alphanumeric() || signs.contains(sign));
    let has_long_number = text
        .split(|sign: char| !sign.is_ascii_digit())
        .any(|digits| digits.len() > 8);
    if is_short && is_plain && !has_long_number {
        return Ok(());
    }
    Err(Failure::new(Kind::InvalidRequest).with_field(
        field,
        "not-a-place",
        "只能填写程序位置，不得包含个人信息。",
        "Only a place in the program may stand here, nothing personal.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_program_passes_and_what_could_be_personal_does_not() {
        let place = |text| check("/place", text, PLACE_BYTES_AT_MOST, "/:-_.@ ()<>,#");
        assert!(place("src/pages/service/guide.rs:10:5").is_ok());
        assert!(place("wasm-function[12]").is_err());
        assert!(place("").is_ok());
        for personal in ["张三", "11010519491231002X", "13800138000", "a?b=c"] {
            assert!(place(personal).is_err(), "{personal}");
        }
        assert!(place(&"a".repeat(301)).is_err());
    }
}
