//! Security headers of every answer.

use http::{HeaderMap, HeaderName, HeaderValue, header};

/// The headers that never change.
const FIXED: [(HeaderName, HeaderValue); 7] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    // An address can name a life event; no other site may learn it.
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-embedder-policy"),
        HeaderValue::from_static("require-corp"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "accelerometer=(), autoplay=(), camera=(self), display-capture=(), \
             encrypted-media=(), geolocation=(self), gyroscope=(), magnetometer=(), \
             microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()",
        ),
    ),
];

/// What a script does without: these are read where a document begins. A worker is a script and
/// reads its own policies of content, embedding and referrer, so those stay.
const OF_DOCUMENTS: [HeaderName; 3] = [
    header::X_FRAME_OPTIONS,
    HeaderName::from_static("cross-origin-opener-policy"),
    HeaderName::from_static("permissions-policy"),
];

/// What parts of a page keep; browsers read the other headers on documents and scripts only.
const OF_PARTS: [HeaderName; 2] = [
    header::X_CONTENT_TYPE_OPTIONS,
    HeaderName::from_static("cross-origin-resource-policy"),
];

/// Adds the security headers. Styles, modules, packs and pictures go without those that only a
/// document or a script can have: on a first visit they would weigh three kilobytes.
pub fn secure(headers: &mut HeaderMap, content_security_policy: &HeaderValue) {
    let is_a = |kinds: &[&str]| {
        headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kinds.iter().any(|begin| kind.starts_with(begin)))
    };
    let is_part = is_a(&[
        "image/png",
        "text/css",
        "application/wasm",
        "application/octet-stream",
    ]);
    let is_script = is_a(&["text/javascript"]);
    for (name, value) in &FIXED {
        let is_idle =
            (is_part && !OF_PARTS.contains(name)) || (is_script && OF_DOCUMENTS.contains(name));
        if !is_idle {
            headers.insert(name, value.clone());
        }
    }
    if !is_part {
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            content_security_policy.clone(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secured(kind: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        secure(
            &mut headers,
            &HeaderValue::from_static("default-src 'none'"),
        );
        headers
    }

    #[test]
    fn a_script_has_what_a_worker_reads() {
        let headers = secured("text/javascript; charset=utf-8");
        for name in [
            "content-security-policy",
            "cross-origin-embedder-policy",
            "cross-origin-resource-policy",
            "referrer-policy",
            "x-content-type-options",
        ] {
            assert!(headers.contains_key(name), "{name}");
        }
        assert!(!headers.contains_key("permissions-policy"));
    }

    #[test]
    fn documents_pictures_with_scripts_and_answers_have_the_whole_policy() {
        for kind in [
            "text/html; charset=utf-8",
            "image/svg+xml",
            "application/json",
            "application/problem+json",
        ] {
            let headers = secured(kind);
            assert!(
                headers.contains_key(header::CONTENT_SECURITY_POLICY),
                "{kind}"
            );
            assert!(headers.contains_key("permissions-policy"), "{kind}");
        }
    }

    #[test]
    fn parts_of_a_page_cannot_be_taken_for_something_else_or_by_somebody_else() {
        for kind in [
            "text/css; charset=utf-8",
            "application/wasm",
            "application/octet-stream",
        ] {
            let headers = secured(kind);
            assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{kind}");
            assert_eq!(
                headers["cross-origin-resource-policy"], "same-origin",
                "{kind}"
            );
            assert!(
                !headers.contains_key(header::CONTENT_SECURITY_POLICY),
                "{kind}"
            );
        }
    }
}
