//! The access matrix: every endpoint is called by every kind of caller, and its type says what
//! must come out.

use super::*;
use http::Method;
use serde_json::json;
use yichuang_contract::endpoint::{self, Access};
use yichuang_server::routes;
use yichuang_storage::enterprise::MemberKind;
use yichuang_storage::officer::OfficerKind;
use yichuang_test_support::{Browser, staff};

/// Kinds of callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    Anonymous,
    OperatorBehindProxy,
    OperatorOnMachine,
    Account,
    RealName,
    DeskOfAnotherHotel,
    ClerkOfAnotherHotel,
    OfficerOfAnotherDepartment,
    Supervisor,
}

const CALLERS: [Caller; 9] = [
    Caller::Anonymous,
    Caller::OperatorBehindProxy,
    Caller::OperatorOnMachine,
    Caller::Account,
    Caller::RealName,
    Caller::DeskOfAnotherHotel,
    Caller::ClerkOfAnotherHotel,
    Caller::OfficerOfAnotherDepartment,
    Caller::Supervisor,
];

impl Caller {
    const fn is_operator(self) -> bool {
        matches!(self, Self::OperatorBehindProxy | Self::OperatorOnMachine)
    }

    const fn is_signed_in(self) -> bool {
        !matches!(self, Self::Anonymous) && !self.is_operator()
    }

    /// Whether the endpoint's type lets them in.
    fn reaches(self, access: Access) -> bool {
        match access {
            Access::Anonymous => true,
            Access::Operator => self.is_operator(),
            Access::Account => self.is_signed_in(),
            Access::RealName => self == Self::RealName,
            Access::Desk => self == Self::DeskOfAnotherHotel,
            Access::Officer => self == Self::OfficerOfAnotherDepartment,
            Access::Supervisor => self == Self::Supervisor,
        }
    }

    /// A browser signed in as this caller.
    async fn browser(self, app: &TestApp) -> Browser<'_> {
        let mut browser = Browser::new(app);
        let code = match self {
            Self::DeskOfAnotherHotel | Self::ClerkOfAnotherHotel => {
                let (hotel, _) = staff::hotel(app, "Other hotel", "91990101MA0000000U").await;
                let kind = if self == Self::DeskOfAnotherHotel {
                    MemberKind::FrontDesk
                } else {
                    MemberKind::Clerk
                };
                Some(staff::member(app, &hotel, kind).await)
            }
            Self::OfficerOfAnotherDepartment => {
                Some(staff::officer(app, OfficerKind::Officer, "traffic", "").await)
            }
            Self::Supervisor => {
                Some(staff::officer(app, OfficerKind::Supervisor, "traffic", "").await)
            }
            _ => None,
        };
        if self.is_signed_in() {
            let registered = browser.register("device", code.as_deref()).await;
            assert_eq!(registered.status, 200, "{}", registered.text());
        }
        if self == Self::RealName {
            assert_eq!(browser.prove(20, true).await.status, 200);
        }
        browser
    }
}

/// The path of an endpoint with things in it that exist or belong to nobody.
fn path(pattern: &str) -> String {
    let path = pattern
        .replace("bundles/{code}", "bundles/YJ-001")
        .replace("{code}", "HJ-017");
    let nobodys = "00000000-0000-4000-8000-000000000000";
    let mut filled = String::new();
    let mut rest = path.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        filled.push_str(nobodys);
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    filled.push_str(rest);
    if filled == "/api/v1/search" {
        filled.push_str("?q=x");
    }
    filled
}

on_both_engines! {
    async fn each_endpoint_lets_in_exactly_whom_it_names(engine) {
        let app = TestApp::on(engine).flag("--api-rate", "100000").flag("--api-burst", "100000").start().await;
        let promises = routes::promises();
        assert!(promises.len() >= 40);
        for caller in CALLERS {
            let mut browser = caller.browser(&app).await;
            for promise in &promises {
                let path = path(promise.path);
                let mut request = match promise.method {
                    endpoint::Method::Get => browser.request("GET", &path),
                    endpoint::Method::Post => browser.request("POST", &path).json(&json!({})),
                    endpoint::Method::Put => browser.request("PUT", &path).json(&json!({})),
                    endpoint::Method::Delete => browser.request("DELETE", &path),
                };
                if caller != Caller::OperatorOnMachine {
                    let address = if caller == Caller::OperatorBehindProxy { "127.0.0.1" } else { "198.51.100.7" };
                    request = request.from_client(address);
                }
                let answer = browser.send(request).await;
                let code = if answer.header("content-type") == "application/problem+json" {
                    answer.json()["code"].as_str().unwrap().to_owned()
                } else {
                    String::new()
                };
                let is_let_in = match promise.access {
                    Access::Operator => answer.status != 404,
                    _ => !matches!(code.as_str(), "sign-in-needed" | "real-name-needed" | "forbidden"),
                };
                assert_eq!(is_let_in, caller.reaches(promise.access), "{caller:?}: {:?} {} -> {} {}", promise.method, promise.path, answer.status, answer.text());
                assert_ne!(answer.status.as_u16() / 100, 5, "{} {}", promise.path, answer.text());
                // Some acts end the session or the account.
                if caller.is_signed_in() && browser.get("/api/v1/session").await.json()["level"] == "anonymous" {
                    browser = caller.browser(&app).await;
                }
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
