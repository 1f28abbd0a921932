//! Search, with the same index and code as in the browser.

use super::content::json;
use crate::body::Prepared;
use crate::content::Catalogue;
use crate::extract::Query;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use yichuang_contract::Text;
use yichuang_contract::api::{
    Elsewhere, HITS_AT_MOST, HITS_BY_DEFAULT, QUERY_CHARACTERS_AT_MOST, SearchAnswer, SearchHit,
    SearchQuery, SearchReason,
};
use yichuang_contract::problem::Problem;
use yichuang_search::{Hit, Reason};

/// Services that answer what a person typed: Chinese, pinyin or English.
#[utoipa::path(
    get,
    path = "/api/v1/search",
    tag = "search",
    params(SearchQuery),
    responses(
        (status = 200, description = "The services found", body = SearchAnswer),
        (status = 400, description = "A parameter does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn search_services(
    State(app): State<Shared>,
    headers: HeaderMap,
    Query(query): Query<SearchQuery>,
) -> Result<Response, Failure> {
    let limit = query.limit.unwrap_or(HITS_BY_DEFAULT);
    if !(1..=HITS_AT_MOST).contains(&limit) {
        return Err(Failure::new(Kind::InvalidRequest).with_field(
            "limit",
            "out-of-range",
            "limit 应在 1 到 50 之间。",
            "limit must be between 1 and 50.",
        ));
    }
    let typed: String = query.q.chars().take(QUERY_CHARACTERS_AT_MOST).collect();
    let content = app.content.load();
    // What people type is not kept, not even in memory.
    let answer = search(&content.catalogue, &typed, limit.into());
    Ok(Prepared::json(json(&answer)?).respond(&headers))
}

fn search(catalogue: &Catalogue, typed: &str, limit: usize) -> SearchAnswer {
    let answer = catalogue.search.search(typed, limit);
    let convert = |hits: Vec<Hit>| -> Vec<SearchHit> {
        hits.into_iter()
            .filter_map(|hit| {
                Some(SearchHit {
                    service: catalogue.summaries.get(hit.document)?.clone(),
                    score: hit.score,
                    reason: reason(hit.reason),
                })
            })
            .collect()
    };
    SearchAnswer {
        hits: convert(answer.hits),
        nearest: convert(answer.nearest),
        understood: answer.understood,
        elsewhere: answer.elsewhere.map(|elsewhere| Elsewhere {
            typed: elsewhere.typed,
            office: Text::new(elsewhere.zh, elsewhere.en),
        }),
    }
}

fn reason(reason: Reason) -> SearchReason {
    match reason {
        Reason::Code => SearchReason::Code,
        Reason::Name => SearchReason::Name,
        Reason::Keyword(word) => SearchReason::Keyword(word),
        Reason::Synonym { typed, means } => SearchReason::Synonym { typed, means },
        Reason::Summary => SearchReason::Summary,
    }
}
