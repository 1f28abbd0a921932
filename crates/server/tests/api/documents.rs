//! The OpenAPI document and its page.

use super::*;

on_both_engines! {
    async fn the_document_is_served_as_it_is_committed(engine) {
        let app = TestApp::start(engine).await;
        let served = app.get("/api/v1/openapi.json").send().await;
        let committed = include_str!("../../../../docs/openapi.json");
        assert_eq!(served.text(), committed);
        assert!(served.json()["openapi"].as_str().unwrap().starts_with("3.1"));
    }
}

#[tokio::test]
async fn the_page_names_every_endpoint_and_runs_nothing() {
    let app = TestApp::start(Engine::Sqlite).await;
    let page = app.get("/api/v1/docs").send().await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let html = page.text();
    for promise in yichuang_server::routes::promises() {
        assert!(html.contains(promise.path), "{}", promise.path);
    }
    for forbidden in [
        "<script",
        "<style",
        " style=",
        "href=\"http",
        "src=",
        " onclick",
    ] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    // Every link within the page leads somewhere.
    for part in html.split("href=\"#").skip(1) {
        let anchor = part.split('"').next().unwrap();
        assert!(html.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::start(Engine::Sqlite).await;
    for path in [
        "/api/v1/services",
        "/api/v1/docs",
        "/api/v1/nothing",
        "/api/v1/services?limit=x",
        "/nothing",
        "/healthz",
        "/metrics",
    ] {
        let answer = app.get(path).send().await;
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "connect-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{path}: {part}");
        }
        for never in ["unsafe-inline", "'unsafe-eval'", "http:", "https:", " *"] {
            assert!(!policy.contains(never), "{path}: {never}");
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(
            answer
                .header("permissions-policy")
                .contains("microphone=()")
        );
        assert_eq!(answer.header("server"), "");
    }
}

#[tokio::test]
async fn a_request_keeps_a_harmless_identifier_and_loses_any_other() {
    let app = TestApp::start(Engine::Sqlite).await;
    let ask = async |id: &str| {
        let answer = app.get("/healthz").header("x-request-id", id).send().await;
        answer.header("x-request-id").to_owned()
    };
    assert_eq!(ask("0123456789abcdef").await, "0123456789abcdef");
    for odd in [
        "short",
        "has space in it",
        "{\"json\": 1234567}",
        &"x".repeat(65),
    ] {
        let given = ask(odd).await;
        assert_ne!(given, odd);
        assert_eq!(given.len(), 32);
    }
}
