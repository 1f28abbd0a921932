//! Everything that can be refused is refused as a problem with a stable code.

use super::*;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use http::Method;
use std::time::Duration;
use yichuang_server::middleware::frame;
use yichuang_server::state::Shared;

on_both_engines! {
    async fn each_way_to_be_wrong_has_its_code(engine) {
        let app = TestApp::start(engine).await;
        for (path, status, code) in [
            ("/api/v1/services/HJ-999", 404, "service-not-found"),
            ("/api/v1/services/drop%20table", 404, "service-not-found"),
            ("/api/v1/services/YJ-001", 404, "service-not-found"),
            ("/api/v1/services/HJ-999/guide", 404, "service-not-found"),
            ("/api/v1/bundles/YJ-999", 404, "bundle-not-found"),
            ("/api/v1/bundles/HJ-017", 404, "bundle-not-found"),
            ("/api/v1/nothing", 404, "not-found"),
            ("/api", 404, "not-found"),
            ("/api/v2/services", 404, "not-found"),
            ("/packs/x/catalogue.pack", 404, "pack-not-found"),
            ("/api/v1/services?limit=0", 400, "invalid-request"),
            ("/api/v1/services?limit=301", 400, "invalid-request"),
            ("/api/v1/services?limit=-1", 400, "invalid-request"),
            ("/api/v1/services?colour=red", 400, "invalid-request"),
            ("/api/v1/services?post=perhaps", 400, "invalid-request"),
            ("/api/v1/services?offset=99999999999", 400, "invalid-request"),
            ("/api/v1/search", 400, "invalid-request"),
            ("/api/v1/search?q=a&limit=51", 400, "invalid-request"),
            ("/api/v1/points?department=fire", 400, "invalid-request"),
        ] {
            let answer = app.get(path).send().await;
            answer.assert_problem(status, code);
            if status == 400 {
                let field = answer.json()["fields"][0]["field"].as_str().unwrap().to_owned();
                assert!(!field.is_empty(), "{path} names no field");
            }
        }
        let wrong = app.post("/api/v1/services").json(&serde_json::json!({})).send().await;
        wrong.assert_problem(405, "wrong-method");
        assert!(wrong.header("allow").contains("GET"));
        app.request(Method::DELETE, "/api/v1/services/HJ-017").send().await.assert_problem(405, "wrong-method");
    }

    async fn a_body_that_does_not_fit_is_named(engine) {
        let app = TestApp::start(engine).await;
        let path = "/api/v1/client-reports";
        let post = |content_type: &str, body: &str| app.post(path).body(content_type, body.to_owned()).send();
        post("text/plain", "{}").await.assert_problem(415, "unsupported-body");
        app.post(path).send().await.assert_problem(415, "unsupported-body");
        post("application/json", "{").await.assert_problem(400, "malformed-body");
        post("application/json", "").await.assert_problem(400, "malformed-body");
        post("application/json", "{} {}").await.assert_problem(400, "invalid-request");
        let wrong = r#"{"kind":"sadness","route":"/","place":"","release":"1"}"#;
        let answer = post("application/json; charset=utf-8", wrong).await;
        answer.assert_problem(400, "invalid-request");
        assert_eq!(answer.json()["fields"][0]["field"], "/kind");
        let large = format!("{{\"kind\":\"{}\"}}", "x".repeat(70_000));
        post("application/json", &large).await.assert_problem(413, "body-too-large");
    }
}

#[tokio::test]
async fn a_client_that_asks_too_often_is_told_when_to_come_back_and_others_are_served() {
    let app = TestApp::on(Engine::Sqlite)
        .flag("--api-rate", "1")
        .flag("--api-burst", "3")
        .start()
        .await;
    let ask = |client: &'static str| app.get("/api/v1/content").from_client(client).send();
    for _ in 0..3 {
        assert_eq!(ask("198.51.100.7").await.status, 200);
    }
    let refused = ask("198.51.100.7").await;
    refused.assert_problem(429, "too-many-requests");
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=2).contains(&wait));
    assert_eq!(ask("198.51.100.8").await.status, 200);
    // Making up hops does not help.
    let made_up = app
        .get("/api/v1/content")
        .from_client("203.0.113.1, 198.51.100.7")
        .send()
        .await;
    made_up.assert_problem(429, "too-many-requests");
    // Health is answered whatever happens.
    for _ in 0..20 {
        assert_eq!(
            app.get("/healthz")
                .from_client("198.51.100.7")
                .send()
                .await
                .status,
            200
        );
    }
    tokio::time::sleep(Duration::from_secs(wait)).await;
    assert_eq!(ask("198.51.100.7").await.status, 200);
}

/// A router with the product's middleware around handlers that misbehave.
fn misbehaving(app: &Shared) -> Router {
    Router::new()
        .route(
            "/api/panic",
            get(async || -> &'static str { panic!("secret inside") }),
        )
        .route(
            "/api/slow",
            get(async || {
                tokio::time::sleep(Duration::from_secs(30)).await;
                "late"
            }),
        )
        .layer(from_fn_with_state(app.clone(), frame))
        .with_state(app.clone())
}

#[tokio::test]
async fn a_panic_is_answered_without_internals_and_the_server_lives_on() {
    let app = TestApp::on(Engine::Sqlite)
        .router(misbehaving)
        .start()
        .await;
    for _ in 0..3 {
        let answer = app.get("/api/panic").send().await;
        answer.assert_problem(500, "internal");
        assert!(!answer.text().contains("secret"));
    }
    assert!(app.app.metrics.text().contains("status=\"500\""));
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let app = TestApp::on(Engine::Sqlite)
        .flag("--request-time", "0.2")
        .router(misbehaving)
        .start()
        .await;
    app.get("/api/slow")
        .send()
        .await
        .assert_problem(504, "timeout");
}

#[tokio::test]
async fn a_head_that_never_ends_does_not_hold_a_connection_for_ever() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let app = TestApp::start(Engine::Sqlite).await;
    let mut stream = tokio::net::TcpStream::connect(app.address).await.unwrap();
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ")
        .await
        .unwrap();
    let mut rest = Vec::new();
    let end = tokio::time::timeout(Duration::from_secs(15), stream.read_to_end(&mut rest));
    end.await
        .expect("the server closes the connection")
        .unwrap();
}

#[tokio::test]
async fn connections_beyond_the_limit_are_closed_and_the_others_served() {
    let app = TestApp::on(Engine::Sqlite)
        .flag("--connections", "3")
        .start()
        .await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(tokio::net::TcpStream::connect(app.address).await.unwrap());
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(app.get("/healthz").try_send().await.is_err());
    drop(held);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(app.get("/healthz").send().await.status, 200);
}

#[tokio::test]
async fn a_database_that_does_not_answer_shows_in_readiness_only() {
    let app = TestApp::start(Engine::Sqlite).await;
    assert_eq!(app.get("/readyz").send().await.status, 200);
    app.app.database.clone().close().await.unwrap();
    let answer = app.get("/readyz").send().await;
    answer.assert_problem(503, "unavailable");
    assert!(!answer.header("retry-after").is_empty());
    assert_eq!(app.get("/api/v1/services").send().await.status, 200);
    assert_eq!(app.get("/healthz").send().await.status, 200);
}
