//! The access matrix: every endpoint is called by every kind of caller, and its type says what
//! must come out.

use super::*;
use http::Method;
use serde_json::json;
use yichuang_contract::endpoint::{self, Access};
use yichuang_server::routes;

/// Kinds of callers there are today.
const CALLERS: [(&str, Option<&str>); 3] = [
    ("a citizen behind the proxy", Some("198.51.100.7")),
    ("an operator behind the proxy", Some("127.0.0.1")),
    ("an operator on the machine", None),
];

on_both_engines! {
    async fn each_endpoint_lets_in_exactly_whom_it_names(engine) {
        let app = TestApp::start(engine).await;
        let promises = routes::promises();
        assert!(promises.len() >= 15);
        for promise in promises {
            for (who, forwarded) in CALLERS {
                let path = promise.path.replace("bundles/{code}", "bundles/YJ-001").replace("{code}", "HJ-017");
                let path = if path == "/api/v1/search" { path + "?q=x" } else { path };
                let mut request = match promise.method {
                    endpoint::Method::Get => app.get(&path),
                    endpoint::Method::Post => app.post(&path).json(&json!({})),
                    endpoint::Method::Put => app.request(Method::PUT, &path).json(&json!({})),
                    endpoint::Method::Delete => app.request(Method::DELETE, &path),
                };
                if let Some(address) = forwarded {
                    request = request.from_client(address);
                }
                let answer = request.send().await;
                let is_let_in = !matches!(answer.status.as_u16(), 401 | 403 | 404);
                let is_operator = forwarded != Some("198.51.100.7");
                let expected = match promise.access {
                    Access::Anonymous => true,
                    Access::Operator => is_operator,
                    _ => false,
                };
                assert_eq!(is_let_in, expected, "{who}: {} {} -> {}", promise.path, answer.status, answer.text());
            }
        }
    }
}

#[tokio::test]
async fn a_proxy_that_nobody_named_does_not_make_its_clients_operators() {
    let app = TestApp::on(Engine::Sqlite)
        .flag("--trusted-proxies", "10.0.0.0/8")
        .start()
        .await;
    // The proxy is on this machine, so the peer is a loopback address; its clients are not.
    let answer = app.get("/metrics").from_client("198.51.100.7").send().await;
    // (The later flag adds to the test's own; 127.0.0.0/8 stays trusted.)
    answer.assert_problem(404, "not-found");
    let direct = app.get("/metrics").send().await;
    assert_eq!(direct.status, 200);
}

#[tokio::test]
async fn figures_tell_routes_and_never_what_was_asked_for() {
    let app = TestApp::start(Engine::Sqlite).await;
    app.get("/api/v1/services/HJ-017").send().await;
    app.get("/api/v1/search?q=secret").send().await;
    app.get("/api/v1/unknown-path").send().await;
    let odd = Method::from_bytes(b"ODD").unwrap();
    app.request(odd, "/api/v1/services").send().await;
    let text = app.get("/metrics").send().await.text();
    assert!(text.contains("route=\"/api/v1/services/{code}\""), "{text}");
    assert!(text.contains("yichuang_http_request_seconds_bucket"));
    assert!(text.contains("yichuang_http_connections"));
    for secret in ["HJ-017", "secret", "unknown-path", "ODD", "127.0.0.1"] {
        assert!(!text.contains(secret), "{secret}");
    }
}
