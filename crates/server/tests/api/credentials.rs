//! The temporary electronic ID from the citizen's wish to the hotel's record, and everything that
//! must be refused on the way.

use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use yichuang_credential::counter::audience;
use yichuang_credential::seen::Forgetful;
use yichuang_credential::{
    Algorithm, Counter, CounterBinding, Desk, Live, PublicKey, Reason, SecretKey, Sign, Site,
    StatusList, TrustList, Unlock, verify,
};
use yichuang_server::issuer::{self, keys};
use yichuang_server::routes::desk::policy;
use yichuang_storage::enterprise::{Enterprise, MemberKind, Premises};
use yichuang_storage::officer::OfficerKind;
use yichuang_test_support::{Browser, staff};

const HOUR_MS: i64 = 3_600_000;
const CREDIT_CODE: &str = "91440300MA5DEMO01X";
const OTHER_CREDIT_CODE: &str = "91440300MA5DEMO02X";

/// A citizen with a passkey and a proved name.
async fn citizen(app: &TestApp, resident: usize) -> Browser<'_> {
    let mut browser = Browser::new(app);
    assert_eq!(browser.register("phone", None).await.status, 200);
    assert_eq!(browser.prove(resident, false).await.status, 200);
    browser
}

/// A hotel with somebody at its front desk.
async fn hotel<'a>(app: &'a TestApp, name: &str, code: &str) -> (Browser<'a>, Premises) {
    let (hotel, premises): (Enterprise, Premises) = staff::hotel(app, name, code).await;
    let code = staff::member(app, &hotel, MemberKind::FrontDesk).await;
    let mut browser = Browser::new(app);
    assert_eq!(browser.register("desk", Some(&code)).await.status, 200);
    (browser, premises)
}

async fn issue(browser: &mut Browser<'_>, key: &str) -> Value {
    let passkeys = browser.get("/api/v1/passkeys").await.json();
    let draft = json!({
        "key": key,
        "purpose": "hotel-check-in",
        "hours": null,
        "passkey": passkeys["passkeys"][0]["id"],
        "is_silent_alarm": false,
    });
    let answer = browser.post("/api/v1/me/credentials", &draft).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn bytes(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD
        .decode(text.as_str().expect("text"))
        .expect("base64url")
}

/// Shows an issued credential to the desk with a counter's card, as a phone does, and lets the desk
/// judge it as it does without a network.
async fn show(
    app: &TestApp,
    guest: &Browser<'_>,
    issued: &Value,
    card: &[u8],
    premises: &Premises,
) -> (Reason, Option<String>) {
    let now_ms = app.app.clock.now_ms();
    let now = issuer::seconds(now_ms);
    let credential = bytes(&issued["bytes"]);
    let session = SecretKey::generate(Algorithm::Es256, &mut keys::chance()).expect("a key");
    let point = *session.public().point();
    let challenge = Unlock::challenge(&credential, &point, now);
    let options = json!({
        "challenge": URL_SAFE_NO_PAD.encode(challenge),
        "rpId": issued["relying_party"],
    });
    let answer = guest.device.get(&options);
    let site = Site {
        relying_party: issued["relying_party"].as_str().unwrap().to_owned(),
        origin: issued["origin"].as_str().unwrap().to_owned(),
    };
    let part = |name: &str| bytes(&answer["response"][name]);
    let unlock = Unlock::from_assertion(
        &credential,
        point,
        now,
        &site,
        &part("authenticatorData"),
        &part("clientDataJSON"),
        &part("signature"),
    )
    .expect("an unlock");
    let nonce = [1, 2, 3, 4];
    let audience = audience(card).expect("a card");
    let binding = CounterBinding {
        audience,
        nonce: Some(nonce),
    };
    let live = Live::present(&credential, &unlock, now, Some(binding), &session);
    // The desk: nothing but what is published.
    let lists = Browser::new(app).get("/api/v1/trust").await.json();
    let root: [u8; 33] = bytes(&lists["roots"][0]["point"]).try_into().unwrap();
    let root = PublicKey::new(Algorithm::Es256, root).unwrap();
    let trust = TrustList::open(&bytes(&lists["trust_list"]), &[root]).expect("a trust list");
    let policy = policy(&app.app);
    let status = StatusList::open(&bytes(&lists["status_list"]), &trust, &policy.suites);
    let counter = Counter {
        premises: premises.id.simple().to_string(),
        audience,
        nonces: vec![nonce],
    };
    let desk = Desk {
        policy: &policy,
        trust: &trust,
        status: Some(&status.expect("a status list")),
        counter: &counter,
        seen: &Forgetful,
    };
    let verdict = verify::verify(&live.text(), &desk, now);
    (verdict.reason, verdict.details.map(|details| details.name))
}

async fn counter_card(desk: &mut Browser<'_>, premises: &Premises) -> Vec<u8> {
    let key = SecretKey::generate(Algorithm::Es256, &mut keys::chance()).expect("a key");
    let draft = json!({"terminal": "A1", "key": URL_SAFE_NO_PAD.encode(key.public().point())});
    let path = format!("/api/v1/desk/{}/counters", premises.id);
    let answer = desk.post(&path, &draft).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    bytes(&answer.json()["card"])
}

async fn check_in(
    app: &TestApp,
    desk: &mut Browser<'_>,
    premises: &Premises,
    credential: &Value,
    key: &str,
    at_ms: i64,
) -> Value {
    let path = format!("/api/v1/desk/{}/check-ins", premises.id);
    let draft = json!({
        "check_ins": [{"key": key, "credential": credential, "at_ms": at_ms}],
        "sent_ms": app.app.clock.now_ms(),
    });
    let answer = desk.post(&path, &draft).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["outcomes"][0]["result"].clone()
}

on_both_engines! {
    async fn a_guest_shows_an_id_is_checked_in_sees_it_and_takes_it_back(engine) {
        let app = TestApp::start(engine).await;
        let mut guest = citizen(&app, 0).await;
        let (mut desk, premises) = hotel(&app, "Hotel Sample", CREDIT_CODE).await;
        let offer = guest.get("/api/v1/me/credential-offer").await.json();
        assert_eq!(offer["issues_left"], 3);
        assert_eq!(offer["disclosure"], "sealed");
        let issued = issue(&mut guest, "wish-0001").await;
        assert_eq!(issued["view"]["state"], "valid");
        assert_eq!(
            issued["view"]["expires_ms"].as_i64().unwrap() - issued["view"]["issued_ms"].as_i64().unwrap(),
            24 * HOUR_MS
        );
        let setup = desk.get(&format!("/api/v1/desk/{}", premises.id)).await.json();
        assert_eq!(setup["policy"]["disclosure"], "sealed");
        let card = counter_card(&mut desk, &premises).await;
        let (reason, name) = show(&app, &guest, &issued, &card, &premises).await;
        assert_eq!(reason, Reason::Valid);
        assert_eq!(name.as_deref(), offer["shown_name"].as_str());
        let id = issued["view"]["id"].clone();
        let now_ms = app.app.clock.now_ms();
        assert_eq!(check_in(&app, &mut desk, &premises, &id, "desk-key-1", now_ms).await, "recorded");
        let uses = guest.get("/api/v1/me/credential-uses").await.json();
        assert_eq!(uses["uses"][0]["premises_name"], "Hotel Sample One");
        assert_eq!(uses["uses"][0]["at_ms"], now_ms);
        assert_eq!(uses["uses"][0]["is_used_elsewhere"], false);
        let path = format!("/api/v1/me/credentials/{}/revocation", id.as_str().unwrap());
        let left = guest.post(&path, &json!({"reason": "not-needed"})).await.json();
        assert_eq!(left["credentials"][0]["state"], "revoked");
        let (reason, name) = show(&app, &guest, &issued, &card, &premises).await;
        assert_eq!(reason, Reason::Revoked);
        assert_eq!(name, None);
        app.clock.advance_ms(1000);
        let now_ms = app.app.clock.now_ms();
        assert_eq!(check_in(&app, &mut desk, &premises, &id, "desk-key-2", now_ms).await, "revoked-before");
    }

    async fn the_same_wish_twice_is_one_credential_and_a_new_one_takes_the_place_of_the_old(engine) {
        let app = TestApp::start(engine).await;
        let mut guest = citizen(&app, 1).await;
        let first = issue(&mut guest, "wish-0001").await;
        let again = issue(&mut guest, "wish-0001").await;
        assert_eq!(first["bytes"], again["bytes"]);
        assert_eq!(first["typed_code"], again["typed_code"]);
        let second = issue(&mut guest, "wish-0002").await;
        assert_ne!(first["view"]["id"], second["view"]["id"]);
        let list = guest.get("/api/v1/me/credentials").await.json();
        let states: Vec<&Value> = list["credentials"].as_array().unwrap().iter()
            .map(|credential| &credential["state"]).collect();
        assert!(states.contains(&&json!("superseded")) && states.contains(&&json!("valid")), "{states:?}");
        issue(&mut guest, "wish-0003").await;
        let passkeys = guest.get("/api/v1/passkeys").await.json();
        let draft = json!({"key": "wish-0004", "purpose": "travel", "hours": 1,
            "passkey": passkeys["passkeys"][0]["id"], "is_silent_alarm": false});
        guest.post("/api/v1/me/credentials", &draft).await.assert_problem(409, "issue-limit-reached");
        app.clock.advance_ms(30 * 24 * HOUR_MS);
        // The background does this every minute: the first keys are over by now.
        app.app.issuer.reload(issuer::seconds(app.app.clock.now_ms())).unwrap();
        guest.sign_in().await;
        assert_eq!(guest.get("/api/v1/me/credential-offer").await.json()["issues_left"], 3);
        issue(&mut guest, "wish-0005").await;
    }

    async fn a_lost_phone_ends_all_its_credentials(engine) {
        let app = TestApp::start(engine).await;
        let mut guest = citizen(&app, 2).await;
        let hotel = issue(&mut guest, "wish-0001").await;
        let passkeys = guest.get("/api/v1/passkeys").await.json();
        let draft = json!({"key": "wish-0002", "purpose": "travel", "hours": 72,
            "passkey": passkeys["passkeys"][0]["id"], "is_silent_alarm": true});
        assert_eq!(guest.post("/api/v1/me/credentials", &draft).await.status, 200);
        let path = format!("/api/v1/me/credentials/{}/revocation", hotel["view"]["id"].as_str().unwrap());
        let left = guest.post(&path, &json!({"reason": "lost-phone"})).await.json();
        assert!(left["credentials"].as_array().unwrap().iter().all(|one| one["state"] == "lost"), "{left}");
    }

    async fn only_its_holder_reads_or_ends_a_credential(engine) {
        let app = TestApp::start(engine).await;
        let mut guest = citizen(&app, 3).await;
        let issued = issue(&mut guest, "wish-0001").await;
        let path = format!("/api/v1/me/credentials/{}", issued["view"]["id"].as_str().unwrap());
        assert_eq!(guest.get(&path).await.json()["bytes"], issued["bytes"]);
        let mut other = citizen(&app, 4).await;
        other.get(&path).await.assert_problem(404, "not-found");
        other.post(&format!("{path}/revocation"), &json!({"reason": "not-needed"})).await
            .assert_problem(404, "not-found");
        let mut account = Browser::new(&app);
        account.register("phone", None).await;
        account.get("/api/v1/me/credentials").await.assert_problem(403, "real-name-needed");
        Browser::new(&app).get(&path).await.assert_problem(401, "sign-in-needed");
        for (field, draft) in [
            ("/hours", json!({"key": "wish-0002", "purpose": "travel", "hours": 73, "passkey": "x", "is_silent_alarm": false})),
            ("/passkey", json!({"key": "wish-0002", "purpose": "travel", "hours": 1, "passkey": "x", "is_silent_alarm": false})),
        ] {
            let answer = guest.post("/api/v1/me/credentials", &draft).await;
            answer.assert_problem(400, "invalid-request");
            assert_eq!(answer.json()["fields"][0]["field"], field);
        }
    }

    async fn a_desk_sees_its_own_records_for_their_time_and_no_others(engine) {
        let app = TestApp::start(engine).await;
        let mut guest = citizen(&app, 5).await;
        let (mut desk, premises) = hotel(&app, "Hotel Sample", CREDIT_CODE).await;
        let (mut other_desk, other) = hotel(&app, "Hotel Other", OTHER_CREDIT_CODE).await;
        let id = issue(&mut guest, "wish-0001").await["view"]["id"].clone();
        let now_ms = app.app.clock.now_ms();
        for _ in 0..3 {
            assert_eq!(check_in(&app, &mut desk, &premises, &id, "desk-key-1", now_ms).await, "recorded");
        }
        let path = format!("/api/v1/desk/{}/check-ins", premises.id);
        let list = desk.get(&path).await.json();
        assert_eq!(list["check_ins"].as_array().unwrap().len(), 1);
        assert_eq!(list["check_ins"][0]["credential"], id);
        other_desk.get(&path).await.assert_problem(404, "not-found");
        assert_eq!(check_in(&app, &mut other_desk, &other, &id, "desk-key-1", now_ms).await, "used-elsewhere");
        let uses = guest.get("/api/v1/me/credential-uses").await.json();
        assert!(uses["uses"].as_array().unwrap().iter().all(|one| one["is_used_elsewhere"] == true));
        let code = staff::officer(&app, OfficerKind::Supervisor, "public-order", "").await;
        let mut supervisor = Browser::new(&app);
        assert_eq!(supervisor.register("supervisor", Some(&code)).await.status, 200);
        let duplicates = supervisor.get("/api/v1/supervisor/duplicate-uses").await.json();
        assert_eq!(duplicates["duplicates"][0]["credential"], id);
        assert_eq!(duplicates["duplicates"][0]["uses"].as_array().unwrap().len(), 2);
        let (ahead, unknown) = (now_ms + HOUR_MS, json!("00112233445566778899aabbccddeeff"));
        assert_eq!(check_in(&app, &mut desk, &premises, &id, "desk-key-2", ahead).await, "wrong-time");
        assert_eq!(check_in(&app, &mut desk, &premises, &unknown, "desk-key-3", now_ms).await, "unknown");
        // A month later nothing is left of it.
        app.clock.advance_ms(31 * 24 * HOUR_MS);
        assert_eq!(issuer::erase(&app.app, app.app.clock.now_ms()).await.unwrap(), 2);
        desk.sign_in().await;
        assert_eq!(desk.get(&path).await.json()["check_ins"], json!([]));
    }

    async fn a_typed_code_is_looked_up_once_the_guest_has_said_it(engine) {
        let app = TestApp::start(engine).await;
        let mut guest = citizen(&app, 6).await;
        let (mut desk, premises) = hotel(&app, "Hotel Sample", CREDIT_CODE).await;
        let issued = issue(&mut guest, "wish-0001").await;
        let path = format!("/api/v1/desk/{}/typed-codes", premises.id);
        let code = issued["typed_code"].as_str().unwrap().to_lowercase().replace('-', " ");
        let verdict = desk.post(&path, &json!({"code": code})).await.json();
        assert_eq!(verdict["reason"], "paper", "{verdict}");
        assert_eq!(verdict["credential"], issued["view"]["id"]);
        assert!(verdict["number"].as_str().unwrap().contains("**********"), "{verdict}");
        let entries = guest.get("/api/v1/me/accesses").await.json();
        assert_eq!(entries["entries"][0]["purpose"], "check-in");
        let wrong = desk.post(&path, &json!({"code": "0000-0000-0001"})).await.json();
        assert_eq!(wrong["reason"], "damaged");
        let unknown = desk.post(&path, &json!({"code": "0000-0000-0000"})).await.json();
        assert_eq!(unknown["reason"], "not-a-credential");
        app.clock.advance_ms(25 * HOUR_MS);
        desk.sign_in().await;
        assert_eq!(desk.post(&path, &json!({"code": code})).await.json()["reason"], "expired");
    }

    async fn a_paper_counts_at_one_house(engine) {
        let app = TestApp::start(engine).await;
        let mut guest = citizen(&app, 7).await;
        let (mut desk, premises) = hotel(&app, "Hotel Sample", CREDIT_CODE).await;
        let (mut other_desk, other) = hotel(&app, "Hotel Other", OTHER_CREDIT_CODE).await;
        let found = guest.get("/api/v1/credential-premises?name=Sample").await.json();
        assert_eq!(found["premises"][0]["id"], premises.id.to_string());
        let draft = json!({"key": "paper-001", "purpose": "hotel-check-in", "premises": premises.id});
        let paper = guest.post("/api/v1/me/paper-credentials", &draft).await.json();
        assert_eq!(paper["view"]["form"], "paper", "{paper}");
        assert_eq!(paper["view"]["premises_name"], "Hotel Sample One");
        let code = json!({"code": paper["typed_code"]});
        let here = desk.post(&format!("/api/v1/desk/{}/typed-codes", premises.id), &code).await.json();
        assert_eq!(here["reason"], "paper");
        let there = other_desk.post(&format!("/api/v1/desk/{}/typed-codes", other.id), &code).await.json();
        assert_eq!(there["reason"], "wrong-premises");
        assert_eq!(there["name"], Value::Null);
    }

    async fn the_lists_are_at_their_well_known_address_and_neither_names_anybody(engine) {
        let app = TestApp::start(engine).await;
        let lists = app.get("/api/v1/trust").send().await.json();
        assert_eq!(lists["is_demonstration"], true);
        for (path, name) in [("trust-list", "trust_list"), ("status-list", "status_list")] {
            let answer = app.get(&format!("/.well-known/yichuang/{path}")).send().await;
            assert_eq!(answer.header("content-type"), "application/cose");
            assert_eq!(answer.body.to_vec(), bytes(&lists[name]));
        }
        let page = app.get("/.well-known/yichuang/").send().await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains(lists["keys"][0]["id"].as_str().unwrap()));
        assert!(page.text().contains("演示密钥"));
        app.clock.advance_ms(600_000);
        let later = app.get("/api/v1/trust").send().await.json();
        assert!(later["status_issued_ms"].as_i64() > lists["status_issued_ms"].as_i64());
    }

    async fn whoever_recovers_or_deletes_an_account_ends_what_its_passkeys_unlocked(engine) {
        let app = TestApp::start(engine).await;
        let mut guest = citizen(&app, 8).await;
        let issued = issue(&mut guest, "wish-0001").await;
        let (mut desk, premises) = hotel(&app, "Hotel Sample", CREDIT_CODE).await;
        let card = counter_card(&mut desk, &premises).await;
        assert_eq!(show(&app, &guest, &issued, &card, &premises).await.0, Reason::Valid);
        // The phone is lost; its owner comes back with another one.
        let mut owner = Browser::new(&app);
        assert_eq!(owner.register("new phone", None).await.status, 200);
        assert_eq!(owner.prove(8, true).await.status, 200);
        assert_eq!(show(&app, &guest, &issued, &card, &premises).await.0, Reason::Revoked);
        let list = owner.get("/api/v1/me/credentials").await.json();
        assert_eq!(list["credentials"][0]["state"], "lost");
        let second = issue(&mut owner, "wish-0002").await;
        let code = json!({"code": second["typed_code"]});
        let path = format!("/api/v1/desk/{}/typed-codes", premises.id);
        assert_eq!(desk.post(&path, &code).await.json()["reason"], "paper");
        assert_eq!(owner.delete("/api/v1/me").await.status, 200);
        assert_eq!(desk.post(&path, &code).await.json()["reason"], "revoked");
        let id = second["view"]["id"].as_str().unwrap().parse().unwrap();
        let kept = yichuang_storage::credential::find(&app.app.database, id).await.unwrap().unwrap();
        assert_eq!(kept.sealed, Vec::<u8>::new());
    }

    async fn credentials_open_after_the_keys_of_the_vault_were_rotated(engine) {
        use yichuang_storage::{Keyring, Vault, credential};
        let app = TestApp::start(engine).await;
        let mut guest = citizen(&app, 9).await;
        let issued = issue(&mut guest, "wish-0001").await;
        let mut ring = Keyring::open(&app.data.path().join("keys.json")).unwrap();
        ring.add_sealing_key().unwrap();
        let both = Vault::new(&ring).unwrap();
        assert_eq!(credential::reseal(&app.app.database, &both).await.unwrap(), 1);
        assert_eq!(credential::reseal(&app.app.database, &both).await.unwrap(), 0);
        ring.keep_newest_sealing_key();
        let id = issued["view"]["id"].as_str().unwrap().parse().unwrap();
        let kept = credential::find(&app.app.database, id).await.unwrap().unwrap();
        let (bytes, code) = kept.open(&Vault::new(&ring).unwrap()).unwrap().unwrap();
        assert_eq!((json!(bytes), json!(code)), (issued["bytes"].clone(), issued["typed_code"].clone()));
    }
}
