//! Extractors that answer with problems naming the field: query and JSON body.

use crate::problem::{Failure, Kind};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection};
use http::header;
use http::request::Parts;
use serde::de::DeserializeOwned;

/// The query, typed.
pub struct Query<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Failure> {
        parse_query(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

/// Reads a query string.
///
/// # Errors
/// With the parameter that does not fit.
pub fn parse_query<T: DeserializeOwned>(query: &str) -> Result<T, Failure> {
    let deserializer =
        serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        let reason = error.into_inner().to_string();
        Failure::new(Kind::InvalidRequest).with_field(
            &field_name(&path, &reason),
            "invalid-value",
            &format!("参数不符合要求：{reason}"),
            &format!("The parameter does not fit: {reason}"),
        )
    })
}

/// The name of a field: from the path, else from a reason such as "unknown field `colour`".
fn field_name(path: &str, reason: &str) -> String {
    if path != "." && path != "?" {
        return path.to_owned();
    }
    reason.split('`').nth(1).unwrap_or_default().to_owned()
}

/// A JSON body, typed.
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .map(|value| value.split(';').next().unwrap_or_default().trim())
            .is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
        if !is_json {
            return Err(Failure::new(Kind::UnsupportedBody));
        }
        let bytes =
            Bytes::from_request(request, state)
                .await
                .map_err(|rejection| match rejection {
                    BytesRejection::FailedToBufferBody(reason)
                        if reason.status() == http::StatusCode::PAYLOAD_TOO_LARGE =>
                    {
                        Failure::new(Kind::BodyTooLarge)
                    }
                    _ => Failure::new(Kind::MalformedBody),
                })?;
        let mut deserializer = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let path = error.path().to_string();
            let error = error.into_inner();
            if error.is_data() {
                let reason = error.to_string();
                Failure::new(Kind::InvalidRequest).with_field(
                    &pointer(&path, &reason),
                    "invalid-value",
                    &format!("内容不符合要求：{reason}"),
                    &format!("The value does not fit: {reason}"),
                )
            } else {
                Failure::new(Kind::MalformedBody)
            }
        })?;
        deserializer
            .end()
            .map_err(|_| Failure::new(Kind::MalformedBody))?;
        Ok(Self(value))
    }
}

/// A JSON pointer (RFC 6901) from a path such as `answers[2].choice`.
fn pointer(path: &str, reason: &str) -> String {
    let name = field_name(path, reason);
    let mut pointer = String::new();
    for part in name.split(['.', '[', ']']).filter(|part| !part.is_empty()) {
        pointer.push('/');
        pointer.push_str(&part.replace('~', "~0").replace('/', "~1"));
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;
    use yichuang_contract::api::ServiceFilter;

    #[test]
    fn a_query_is_read_with_its_types() {
        let filter: ServiceFilter =
            parse_query("department=exit-entry&trips=0&post=true&limit=5").unwrap();
        assert_eq!(filter.trips, Some(0));
        assert_eq!(filter.post, Some(true));
        assert_eq!(filter.limit, Some(5));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for (query, field) in [
            ("trips=many", "trips"),
            ("post=perhaps", "post"),
            ("department=fire", "department"),
            ("colour=red", "colour"),
        ] {
            let failure = parse_query::<ServiceFilter>(query).unwrap_err();
            let text = format!("{failure:?}");
            assert!(text.contains(&format!("field: \"{field}\"")), "{text}");
        }
    }

    #[test]
    fn a_path_becomes_a_json_pointer() {
        assert_eq!(pointer("answers[2].choice", ""), "/answers/2/choice");
        assert_eq!(pointer(".", "unknown field `a/b`"), "/a~1b");
    }
}
