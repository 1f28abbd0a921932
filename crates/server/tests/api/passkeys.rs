//! Passkeys and sessions: registering, signing in, keeping, revoking, and everything that must be
//! refused.

use super::*;
use serde_json::{Value, json};
use yichuang_storage::officer::OfficerKind;
use yichuang_test_support::{Browser, staff};

on_both_engines! {
    async fn somebody_registers_a_passkey_signs_out_and_in_again(engine) {
        let app = TestApp::start(engine).await;
        let mut browser = Browser::new(&app);
        let nobody = browser.get("/api/v1/session").await.json();
        assert_eq!(nobody["level"], "anonymous");
        let registered = browser.register("手机", None).await;
        assert_eq!(registered.status, 200, "{}", registered.text());
        assert_eq!(registered.json()["level"], "account");
        assert_eq!(registered.header("cache-control"), "no-store");
        let set = registered.header("set-cookie");
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
        let first = browser.cookie.clone();
        assert_eq!(browser.get("/api/v1/passkeys").await.json()["passkeys"][0]["name"], "手机");
        assert_eq!(browser.delete("/api/v1/session").await.status, 204);
        assert!(browser.cookie.is_empty());
        // The old cookie is worth nothing.
        browser.cookie.clone_from(&first);
        assert_eq!(browser.get("/api/v1/session").await.json()["level"], "anonymous");
        browser.get("/api/v1/passkeys").await.assert_problem(401, "sign-in-needed");
        let signed_in = browser.sign_in().await;
        assert_eq!(signed_in.status, 200, "{}", signed_in.text());
        assert_ne!(browser.cookie, first);
        let passkeys = browser.get("/api/v1/passkeys").await.json();
        assert_eq!(passkeys["passkeys"].as_array().unwrap().len(), 1);
        assert!(passkeys["passkeys"][0]["used_ms"].is_i64());
    }

    async fn a_device_that_checked_nobody_or_another_page_is_refused(engine) {
        let app = TestApp::start(engine).await;
        let mut browser = Browser::new(&app);
        browser.device.is_user_verified = false;
        browser.register("phone", None).await.assert_problem(422, "passkey-refused");
        browser.device.is_user_verified = true;
        browser.device.origin = "https://evil.example".to_owned();
        browser.register("phone", None).await.assert_problem(422, "passkey-refused");
        browser.device.origin = "http://localhost:8080".to_owned();
        assert_eq!(browser.register("phone", None).await.status, 200);
        browser.device.is_user_verified = false;
        browser.sign_in().await.assert_problem(422, "passkey-refused");
        browser.device.is_user_verified = true;
        browser.device.origin = "https://evil.example".to_owned();
        browser.sign_in().await.assert_problem(422, "passkey-refused");
    }

    async fn a_ceremony_is_good_once_and_for_five_minutes(engine) {
        let app = TestApp::start(engine).await;
        let mut browser = Browser::new(&app);
        browser.register("phone", None).await;
        let begun = browser.request("POST", "/api/v1/passkeys/sign-in/begin").send().await.json();
        let answer = json!({"ceremony": begun["ceremony"], "credential": browser.device.get(&begun["options"])});
        let path = "/api/v1/passkeys/sign-in/finish";
        assert_eq!(browser.post(path, &answer).await.status, 200);
        browser.post(path, &answer).await.assert_problem(410, "ceremony-over");
        let begun = browser.request("POST", "/api/v1/passkeys/sign-in/begin").send().await.json();
        let answer = json!({"ceremony": begun["ceremony"], "credential": browser.device.get(&begun["options"])});
        app.clock.advance_ms(5 * 60_000 + 1);
        browser.post(path, &answer).await.assert_problem(410, "ceremony-over");
        // A sign-in is no registration.
        let begun = browser.request("POST", "/api/v1/passkeys/sign-in/begin").send().await.json();
        let mut device = yichuang_test_support::Device::new();
        let options = json!({"challenge": begun["options"]["challenge"], "rp": {"id": "localhost"}, "user": {"id": "AAAA"}});
        let answer = json!({"ceremony": begun["ceremony"], "credential": device.create(&options)});
        browser.post("/api/v1/passkeys/registration/finish", &answer).await.assert_problem(410, "ceremony-over");
    }

    async fn passkeys_are_several_named_and_removable_but_never_the_last(engine) {
        let app = TestApp::start(engine).await;
        let mut browser = Browser::new(&app);
        browser.register("phone", None).await;
        let added = browser.register("安全密钥", None).await;
        assert_eq!(added.status, 200, "{}", added.text());
        let list = browser.get("/api/v1/passkeys").await.json();
        assert_eq!(list["passkeys"].as_array().unwrap().len(), 2);
        let id = |index: usize| list["passkeys"][index]["id"].as_str().unwrap().to_owned();
        let path = |index: usize| format!("/api/v1/passkeys/{}", id(index));
        let renamed = browser.put(&path(0), &json!({"name": "旧手机"})).await;
        assert_eq!(renamed.json()["name"], "旧手机");
        browser.put(&path(0), &json!({"name": ""})).await.assert_problem(400, "invalid-request");
        browser.put(&path(0), &json!({"name": "13800138000"})).await.assert_problem(400, "invalid-request");
        // Somebody else has no say.
        let mut stranger = Browser::new(&app);
        stranger.register("phone", None).await;
        stranger.put(&path(0), &json!({"name": "x"})).await.assert_problem(404, "not-found");
        stranger.delete(&path(0)).await.assert_problem(404, "not-found");
        assert_eq!(browser.delete(&path(0)).await.status, 204);
        browser.delete(&path(1)).await.assert_problem(409, "passkey-is-last");
        // Whoever is proved can come back by proofing, and may remove the last.
        assert_eq!(browser.prove(1, false).await.status, 200);
        assert_eq!(browser.delete(&path(1)).await.status, 204);
        assert_eq!(browser.get("/api/v1/session").await.json()["level"], "anonymous");
        browser.sign_in().await.assert_problem(422, "passkey-unknown");
    }

    async fn sessions_are_listed_revoked_one_by_one_and_all_at_once(engine) {
        let app = TestApp::start(engine).await;
        let mut browser = Browser::new(&app);
        browser.register("phone", None).await;
        let here = browser.cookie.clone();
        browser.cookie.clear();
        browser.sign_in().await;
        let sessions = browser.get("/api/v1/sessions").await.json();
        let list: Vec<Value> = sessions["sessions"].as_array().unwrap().clone();
        assert_eq!(list.len(), 2);
        let other = list.iter().find(|session| session["is_current"] == false).unwrap();
        let path = format!("/api/v1/sessions/{}", other["id"].as_str().unwrap());
        let mut stranger = Browser::new(&app);
        stranger.register("phone", None).await;
        stranger.delete(&path).await.assert_problem(404, "not-found");
        assert_eq!(browser.delete(&path).await.status, 204);
        browser.delete(&path).await.assert_problem(404, "not-found");
        let there = std::mem::replace(&mut browser.cookie, here);
        browser.get("/api/v1/sessions").await.assert_problem(401, "sign-in-needed");
        browser.cookie = there;
        assert_eq!(browser.delete("/api/v1/sessions").await.status, 204);
        assert!(browser.cookie.is_empty());
        browser.sign_in().await;
        assert_eq!(browser.get("/api/v1/sessions").await.json()["sessions"].as_array().unwrap().len(), 1);
    }

    async fn a_session_ends_when_it_is_idle_and_in_any_case(engine) {
        let app = TestApp::start(engine).await;
        let mut browser = Browser::new(&app);
        browser.register("phone", None).await;
        for _ in 0..3 {
            app.clock.advance_ms(29 * 60_000);
            assert_eq!(browser.get("/api/v1/session").await.json()["level"], "account");
        }
        app.clock.advance_ms(30 * 60_000 + 1);
        assert_eq!(browser.get("/api/v1/session").await.json()["level"], "anonymous");
        browser.sign_in().await;
        for _ in 0..24 {
            app.clock.advance_ms(29 * 60_000);
            assert_eq!(browser.get("/api/v1/session").await.json()["level"], "account");
        }
        app.clock.advance_ms(25 * 60_000);
        assert_eq!(browser.get("/api/v1/session").await.json()["level"], "anonymous");
    }

    async fn what_would_hurt_most_needs_a_passkey_used_just_now(engine) {
        let app = TestApp::start(engine).await;
        let mut browser = Browser::new(&app);
        browser.register("phone", None).await;
        browser.prove(2, false).await;
        app.clock.advance_ms(10 * 60_000 + 1);
        browser.get("/api/v1/me/export").await.assert_problem(403, "fresh-sign-in-needed");
        browser.delete("/api/v1/me").await.assert_problem(403, "fresh-sign-in-needed");
        browser.register("second", None).await.assert_problem(403, "fresh-sign-in-needed");
        browser.sign_in().await;
        assert_eq!(browser.get("/api/v1/me/export").await.status, 200);
    }

    async fn an_enrolment_code_is_good_once_and_ends_the_passkeys_of_before(engine) {
        let app = TestApp::start(engine).await;
        let code = staff::officer(&app, OfficerKind::Officer, "household", "NS-001").await;
        let mut browser = Browser::new(&app);
        let typed = code.to_lowercase().replace('-', " ");
        let registered = browser.register("counter PC", Some(&typed)).await;
        assert_eq!(registered.status, 200, "{}", registered.text());
        let roles = &registered.json()["roles"];
        assert_eq!(roles[0]["officer"]["department"], "household", "{roles}");
        let mut second = Browser::new(&app);
        second.register("thief", Some(&code)).await.assert_problem(422, "enrolment-code-refused");
        for _ in 0..10 {
            second.register("thief", Some("0000-0000-0000-0000")).await;
        }
        let answer = second.register("thief", Some("0000-0000-0000-0001")).await;
        answer.assert_problem(429, "too-many-attempts");
        assert!(!answer.header("retry-after").is_empty());
        // Only that client waits.
        let other = second.request("POST", "/api/v1/passkeys/registration/begin").from_client("198.51.100.9")
            .json(&json!({"name": "x", "enrolment_code": "0000-0000-0000-0002"})).send().await;
        other.assert_problem(422, "enrolment-code-refused");
    }
}

#[tokio::test]
async fn what_another_site_sends_changes_nothing() {
    let app = TestApp::start(Engine::Sqlite).await;
    let mut browser = Browser::new(&app);
    browser.register("phone", None).await;
    let forged = |name: &str, value: &str| {
        app.request(http::Method::DELETE, "/api/v1/sessions")
            .header("cookie", &browser.cookie)
            .header(name, value)
            .send()
    };
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
        ("origin", "https://evil.example"),
        ("origin", "http://localhost:8081"),
        ("origin", "null"),
        ("x-nothing", "x"),
    ] {
        forged(name, value)
            .await
            .assert_problem(403, "wrong-origin");
    }
    assert_eq!(forged("origin", "http://localhost:8080").await.status, 204);
}

#[tokio::test]
async fn the_cookie_is_not_in_the_database() {
    let app = TestApp::start(Engine::Sqlite).await;
    let mut browser = Browser::new(&app);
    browser.register("phone", None).await;
    let (_, secret) = browser.cookie.split_once('=').unwrap();
    for entry in std::fs::read_dir(app.data.path()).unwrap() {
        let path = entry.unwrap().path();
        // The issuer's keys have a folder of their own.
        if path.is_dir() {
            continue;
        }
        let bytes = std::fs::read(path).unwrap();
        assert!(!bytes.windows(64).any(|part| part == secret.as_bytes()));
    }
}
