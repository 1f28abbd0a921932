//! A small HTTP client: one connection a request, nothing hidden.

use axum::body::Bytes;
use http::{HeaderMap, Method, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// A request under construction.
#[derive(Clone)]
pub struct Request {
    address: SocketAddr,
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Bytes,
}

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as it came over the wire.
    pub body: Bytes,
}

impl Request {
    /// A request to a server.
    #[must_use]
    pub fn new(address: SocketAddr, method: Method, path: &str) -> Self {
        Self {
            address,
            method,
            path: path.to_owned(),
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Comes from this address, through a proxy the server trusts.
    #[must_use]
    pub fn from_client(self, address: &str) -> Self {
        self.header("x-forwarded-for", address)
    }

    /// Sets a JSON body.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// Sets a body of any type.
    #[must_use]
    pub fn body(mut self, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self.header("content-type", content_type)
    }

    /// Sends it and reads the answer.
    ///
    /// # Panics
    /// If the connection fails.
    pub async fn send(self) -> Answer {
        let request = format!("{} {}", self.method, self.path);
        self.try_send()
            .await
            .unwrap_or_else(|error| panic!("{request}: {error}"))
    }

    /// Sends it and reads the answer.
    ///
    /// # Errors
    /// If the connection fails or ends before the answer does.
    pub async fn try_send(self) -> Result<Answer, Box<dyn std::error::Error + Send + Sync>> {
        let stream = TcpStream::connect(self.address).await?;
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        let driver = tokio::spawn(connection);
        let mut request = http::Request::builder()
            .method(self.method)
            .uri(self.path)
            .header("host", self.address.to_string());
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let answer = sender
            .send_request(request.body(Full::new(self.body))?)
            .await?;
        let (head, body) = answer.into_parts();
        let body = body.collect().await?.to_bytes();
        drop(sender);
        driver.abort();
        Ok(Answer {
            status: head.status,
            headers: head.headers,
            body,
        })
    }
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!(
                "no JSON ({error}): {} {:?}",
                self.status,
                String::from_utf8_lossy(&self.body)
            )
        })
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header as text; empty if it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The body with its brotli coding undone.
    ///
    /// # Panics
    /// If it is not brotli.
    #[must_use]
    pub fn unbrotli(&self) -> Vec<u8> {
        assert_eq!(self.header("content-encoding"), "br");
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &self.body[..], &mut plain).expect("brotli");
        plain
    }

    /// Asserts that this is a problem with a code, complete in both languages.
    ///
    /// # Panics
    /// If it is not.
    #[track_caller]
    pub fn assert_problem(&self, status: u16, code: &str) {
        let text = self.text();
        assert_eq!(self.status.as_u16(), status, "{text}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{text}");
        assert_eq!(problem["status"], status);
        assert!(
            problem["type"]
                .as_str()
                .is_some_and(|kind| kind.ends_with(code))
        );
        for language in ["zh", "en"] {
            let sentence = problem["message"][language].as_str().unwrap_or_default();
            assert!(!sentence.is_empty(), "no sentence in {language}: {text}");
        }
        assert_eq!(problem["request_id"], self.header("x-request-id"));
    }
}
