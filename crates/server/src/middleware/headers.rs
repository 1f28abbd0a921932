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

/// Adds the security headers.
pub fn secure(headers: &mut HeaderMap, content_security_policy: &HeaderValue) {
    for (name, value) in &FIXED {
        headers.insert(name, value.clone());
    }
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        content_security_policy.clone(),
    );
}
