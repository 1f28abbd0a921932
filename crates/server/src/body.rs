//! Bodies that are made once and sent often: compressed once, with an ETag, negotiated per request.

use arc_swap::ArcSwapOption;
use axum::body::Body;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use hyper::body::Bytes;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::sync::{Arc, OnceLock};

/// Bodies below this size gain nothing from compression.
const WORTH_COMPRESSING_BYTES: usize = 512;

/// How long a client may keep a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// For ever: the address changes with the content.
    Forever,
    /// As long as the server says that it is still current.
    Revalidate,
}

impl Keep {
    const fn header(self) -> HeaderValue {
        match self {
            Self::Forever => HeaderValue::from_static("public, max-age=31536000, immutable"),
            Self::Revalidate => HeaderValue::from_static("no-cache"),
        }
    }
}

/// How a body is compressed on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// Brotli.
    Brotli,
    /// gzip.
    Gzip,
    /// Not at all.
    Identity,
}

/// A body with its compressed forms.
pub struct Prepared {
    identity: Bytes,
    brotli: ArcSwapOption<Bytes>,
    gzip: OnceLock<Bytes>,
    tag: String,
    content_type: &'static str,
    keep: Keep,
    is_compressible: bool,
}

impl Prepared {
    /// Prepares a body. Compressed forms are made when first asked for, or by
    /// [`Prepared::compress_best`].
    pub fn new(identity: impl Into<Bytes>, content_type: &'static str, keep: Keep) -> Self {
        let identity = identity.into();
        let digest = Sha256::digest(&identity);
        let tag = digest[..12].iter().fold(String::new(), |mut tag, byte| {
            use std::fmt::Write;
            let _ = write!(tag, "{byte:02x}");
            tag
        });
        let is_compressible = identity.len() >= WORTH_COMPRESSING_BYTES
            && !matches!(
                content_type,
                "image/png" | "image/webp" | "image/jpeg" | "font/woff2"
            );
        Self {
            identity,
            brotli: ArcSwapOption::empty(),
            gzip: OnceLock::new(),
            tag,
            content_type,
            keep,
            is_compressible,
        }
    }

    /// A JSON body that clients revalidate.
    pub fn json(identity: impl Into<Bytes>) -> Self {
        Self::new(identity, "application/json", Keep::Revalidate)
    }

    /// Takes a brotli form made by somebody else, such as the build of the application.
    #[must_use]
    pub fn with_brotli(self, brotli: Bytes) -> Self {
        self.brotli.store(Some(Arc::new(brotli)));
        self
    }

    /// Takes a gzip form made by somebody else.
    #[must_use]
    pub fn with_gzip(self, gzip: Bytes) -> Self {
        // A fresh body has none yet, so this one is taken.
        let _ = self.gzip.set(gzip);
        self
    }

    /// The body as it is.
    #[must_use]
    pub fn identity(&self) -> &Bytes {
        &self.identity
    }

    /// Bytes held, for bounded caches.
    #[must_use]
    pub fn weight(&self) -> u64 {
        // The compressed forms may come later; count them from the start.
        (self.identity.len() as u64) * 3 / 2 + 256
    }

    /// Makes the smallest brotli form; slow, so for the background.
    pub fn compress_best(&self) {
        if self.is_compressible {
            let best = brotli(&self.identity, 11);
            self.brotli.store(Some(Arc::new(best)));
        }
    }

    /// Whether the smallest brotli form still has to be made.
    #[must_use]
    pub fn lacks_brotli(&self) -> bool {
        self.is_compressible && self.brotli.load().is_none()
    }

    fn coded(&self, coding: Coding) -> Bytes {
        match coding {
            Coding::Identity => self.identity.clone(),
            Coding::Gzip => self.gzip.get_or_init(|| gzip(&self.identity)).clone(),
            Coding::Brotli => {
                if let Some(bytes) = &*self.brotli.load() {
                    return Bytes::clone(bytes);
                }
                let quick = brotli(&self.identity, 5);
                self.brotli.store(Some(Arc::new(quick.clone())));
                quick
            }
        }
    }

    /// The answer to a request with these headers: the body in the best coding it accepts, or 304.
    #[must_use]
    pub fn respond(&self, request: &HeaderMap) -> Response {
        let coding = if self.is_compressible {
            accepted(request)
        } else {
            Coding::Identity
        };
        let (suffix, encoding) = match coding {
            Coding::Brotli => ("-br", Some("br")),
            Coding::Gzip => ("-gz", Some("gzip")),
            Coding::Identity => ("", None),
        };
        let is_current = request
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .any(|value| self.matches(value));
        let mut response = if is_current {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response
        } else {
            Response::new(Body::from(self.coded(coding)))
        };
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{}{suffix}\"", self.tag)) {
            headers.insert(header::ETAG, tag);
        }
        headers.insert(header::CACHE_CONTROL, self.keep.header());
        if self.is_compressible {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if !is_current {
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static(self.content_type),
            );
            if let Some(encoding) = encoding {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
        }
        response
    }

    /// Whether an `If-None-Match` value names this body in any coding.
    fn matches(&self, value: &str) -> bool {
        value.split(',').map(str::trim).any(|candidate| {
            if candidate == "*" {
                return true;
            }
            let candidate = candidate.strip_prefix("W/").unwrap_or(candidate);
            let candidate = candidate.trim_matches('"');
            candidate
                .strip_prefix(self.tag.as_str())
                .is_some_and(|suffix| matches!(suffix, "" | "-br" | "-gz"))
        })
    }
}

/// The best coding that a request accepts.
#[must_use]
pub fn accepted(request: &HeaderMap) -> Coding {
    let mut best = Coding::Identity;
    for value in request.get_all(header::ACCEPT_ENCODING) {
        let Ok(value) = value.to_str() else { continue };
        for part in value.split(',') {
            let (name, parameters) = part.split_once(';').unwrap_or((part, ""));
            let is_refused = parameters
                .trim()
                .strip_prefix("q=")
                .and_then(|quality| quality.trim().parse::<f32>().ok())
                .is_some_and(|quality| quality <= 0.0);
            if is_refused {
                continue;
            }
            match name.trim() {
                "br" => return Coding::Brotli,
                "gzip" => best = Coding::Gzip,
                _ => {}
            }
        }
    }
    best
}

/// Compresses with brotli.
#[must_use]
pub fn brotli(bytes: &[u8], quality: i32) -> Bytes {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::with_capacity(bytes.len() / 3);
    // Reading from a slice and writing to a vector cannot fail.
    let _ = brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters);
    compressed.into()
}

fn gzip(bytes: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(
        Vec::with_capacity(bytes.len() / 3),
        flate2::Compression::default(),
    );
    // Writing to a vector cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    http::HeaderName::from_static(name),
                    HeaderValue::from_str(value).unwrap(),
                )
            })
            .collect()
    }

    fn sample() -> Prepared {
        Prepared::json("一窗通办，少跑一趟。".repeat(200))
    }

    #[test]
    fn brotli_is_preferred_and_a_refusal_is_respected() {
        for (value, expected) in [
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("gzip;q=1.0, br;q=0", Coding::Gzip),
            ("identity", Coding::Identity),
            ("br; q=0.0, gzip; q=0", Coding::Identity),
            ("", Coding::Identity),
        ] {
            assert_eq!(
                accepted(&headers(&[("accept-encoding", value)])),
                expected,
                "{value}"
            );
        }
        assert_eq!(accepted(&HeaderMap::new()), Coding::Identity);
    }

    #[tokio::test]
    async fn every_coding_unpacks_to_the_same_bytes() {
        let body = sample();
        for best in [false, true] {
            if best {
                body.compress_best();
            }
            let response = body.respond(&headers(&[("accept-encoding", "br")]));
            assert_eq!(response.headers()["content-encoding"], "br");
            let packed = response.into_body().collect().await.unwrap().to_bytes();
            let mut plain = Vec::new();
            brotli::BrotliDecompress(&mut &packed[..], &mut plain).unwrap();
            assert_eq!(plain, body.identity);
        }
        let response = body.respond(&headers(&[("accept-encoding", "gzip")]));
        let packed = response.into_body().collect().await.unwrap().to_bytes();
        let mut plain = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&packed[..]), &mut plain)
            .unwrap();
        assert_eq!(plain, body.identity);
    }

    #[test]
    fn a_known_tag_in_any_coding_is_answered_with_304() {
        let body = sample();
        let tag = body.respond(&HeaderMap::new()).headers()["etag"]
            .to_str()
            .unwrap()
            .to_owned();
        let other_coding = tag.trim_end_matches('"').to_owned() + "-br\"";
        for known in [
            tag.clone(),
            format!("W/{tag}"),
            format!("\"x\", {tag}"),
            other_coding,
            "*".into(),
        ] {
            let response = body.respond(&headers(&[("if-none-match", &known)]));
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{known}");
            assert!(!response.headers().contains_key("content-encoding"));
        }
        let response = body.respond(&headers(&[("if-none-match", "\"other\"")]));
        assert_eq!(response.status(), StatusCode::OK);
    }
}
