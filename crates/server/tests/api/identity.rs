//! Proved names, recovery, officers' looks and the log of them, copies and deletion, rotation.

use super::*;
use serde_json::{Value, json};
use tampering::execute;
use yichuang_storage::access_log::{self, Checkpoint};
use yichuang_storage::enterprise::MemberKind;
use yichuang_storage::officer::OfficerKind;
use yichuang_storage::{Keyring, Vault, person};
use yichuang_test_support::{Browser, staff};

/// Statements that the product itself would never run, on a database file.
mod tampering {
    use yichuang_test_support::TestApp;

    /// Runs one with Python's SQLite.
    pub fn execute(app: &TestApp, statement: &str) {
        let file = app.data.path().join("yichuang.sqlite3");
        let python = "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1],timeout=10)\nc.executescript(sys.argv[2])\nc.commit()";
        let status = std::process::Command::new("python3")
            .args(["-c", python])
            .arg(file)
            .arg(statement)
            .status()
            .expect("python3 runs");
        assert!(status.success(), "{statement}");
    }
}

async fn resident(app: &TestApp, number: usize) -> Value {
    let path = format!("/api/v1/proofing/demonstration/residents?offset={number}&limit=1");
    app.get(&path).send().await.json()["residents"][0].clone()
}

fn lookup(resident: &Value, unmasked: bool) -> Value {
    json!({
        "id_number": resident["id_number"],
        "purpose": "case",
        "reference": "HJ-2026-0001",
        "reason": "办理户口迁移",
        "unmasked": unmasked,
    })
}

async fn officer<'a>(app: &'a TestApp, kind: OfficerKind, department: &str) -> Browser<'a> {
    let code = staff::officer(app, kind, department, "").await;
    let mut browser = Browser::new(app);
    assert_eq!(browser.register("PC", Some(&code)).await.status, 200);
    browser
}

on_both_engines! {
    async fn a_name_is_proved_masked_and_the_cookie_renewed(engine) {
        let app = TestApp::start(engine).await;
        let mut browser = Browser::new(&app);
        browser.register("phone", None).await;
        let before = browser.cookie.clone();
        let person = resident(&app, 0).await;
        let proved = browser.prove(0, false).await;
        assert_eq!(proved.status, 200, "{}", proved.text());
        assert_ne!(browser.cookie, before);
        let view = proved.json();
        assert_eq!(view["level"], "real-name");
        assert_eq!(view["is_demonstration"], true);
        let number = person["id_number"].as_str().unwrap();
        let masked = format!("{}***********{}", &number[..3], &number[14..]);
        assert_eq!(view["masked_id_number"], masked);
        assert!(!proved.text().contains(number));
        assert!(!browser.get("/api/v1/me").await.text().contains(number));
        let old = app.get("/api/v1/me").header("cookie", &before).send().await;
        old.assert_problem(401, "sign-in-needed");
        let another = browser.prove(1, false).await;
        another.assert_problem(409, "proved-as-somebody-else");
    }

    async fn guessing_names_is_stopped_and_errors_repeat_nothing(engine) {
        let app = TestApp::start(engine).await;
        let mut browser = Browser::new(&app);
        browser.register("phone", None).await;
        let number = resident(&app, 3).await["id_number"].as_str().unwrap().to_owned();
        let path = "/api/v1/proofing/demonstration";
        let draft = json!({"name": "王不对", "id_number": number, "recover": false});
        for _ in 0..5 {
            let refused = browser.post(path, &draft).await;
            refused.assert_problem(422, "proof-refused");
            assert!(!refused.text().contains(&number) && !refused.text().contains("王不对"));
        }
        browser.post(path, &draft).await.assert_problem(429, "too-many-attempts");
        let wrong = json!({"name": "王", "id_number": "11010519491231002Y", "recover": false});
        let refused = browser.post(path, &wrong).await;
        refused.assert_problem(400, "invalid-request");
        assert!(!refused.text().contains("19491231"));
    }

    async fn a_lost_phone_is_worth_nothing_after_proofing_again(engine) {
        let app = TestApp::start(engine).await;
        let mut lost = Browser::new(&app);
        lost.register("lost phone", None).await;
        lost.prove(4, false).await;
        let account = lost.get("/api/v1/me/export").await.json()["account"].clone();
        let mut new = Browser::new(&app);
        new.register("new phone", None).await;
        new.prove(4, false).await.assert_problem(409, "already-proved-elsewhere");
        assert_eq!(new.prove(4, true).await.status, 200);
        assert_eq!(new.get("/api/v1/me/export").await.json()["account"], account);
        lost.get("/api/v1/me").await.assert_problem(401, "sign-in-needed");
        lost.sign_in().await.assert_problem(422, "passkey-unknown");
        new.cookie.clear();
        assert_eq!(new.sign_in().await.json()["level"], "real-name");
        let passkeys = new.get("/api/v1/passkeys").await.json();
        assert_eq!(passkeys["passkeys"].as_array().unwrap().len(), 1);
    }

    async fn an_officers_look_is_masked_has_a_reason_and_is_seen_by_the_person(engine) {
        let app = TestApp::start(engine).await;
        let mut citizen = Browser::new(&app);
        citizen.register("phone", None).await;
        citizen.prove(5, false).await;
        let person = resident(&app, 5).await;
        let number = person["id_number"].as_str().unwrap();
        let mut officer = officer(&app, OfficerKind::Officer, "household").await;
        let path = "/api/v1/officer/person-lookups";
        citizen.post(path, &lookup(&person, false)).await.assert_problem(403, "forbidden");
        let mut hasty = lookup(&person, false);
        hasty["reason"] = json!("");
        officer.post(path, &hasty).await.assert_problem(400, "invalid-request");
        hasty["reason"] = json!(format!("关于{number}"));
        officer.post(path, &hasty).await.assert_problem(400, "invalid-request");
        assert_eq!(citizen.get("/api/v1/me/accesses").await.json()["entries"], json!([]));
        let masked = officer.post(path, &lookup(&person, false)).await;
        assert_eq!(masked.status, 200, "{}", masked.text());
        assert!(!masked.text().contains(number));
        let whole = officer.post(path, &lookup(&person, true)).await.json();
        assert_eq!(whole["id_number"], person["id_number"]);
        let entries = citizen.get("/api/v1/me/accesses").await.json();
        let entries = entries["entries"].as_array().unwrap();
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[1]["reason"], "办理户口迁移");
        assert_eq!(entries[1]["reference"], "HJ-2026-0001");
        assert_eq!(entries[0]["number"], whole["access_number"]);
        let mut own = self::officer(&app, OfficerKind::Supervisor, "household").await;
        let mut other = self::officer(&app, OfficerKind::Supervisor, "traffic").await;
        let list = "/api/v1/supervisor/accesses";
        assert_eq!(own.get(list).await.json()["entries"].as_array().unwrap().len(), 2);
        assert_eq!(other.get(list).await.json()["entries"], json!([]));
        officer.get(list).await.assert_problem(403, "forbidden");
    }

    async fn a_code_on_paper_gives_a_person_a_passkey(engine) {
        let app = TestApp::start(engine).await;
        let mut officer = officer(&app, OfficerKind::Officer, "household").await;
        let person = resident(&app, 6).await;
        let draft = json!({"name": person["name"], "id_number": person["id_number"], "reason": "已查验户口簿"});
        let made = officer.post("/api/v1/officer/enrolment-codes", &draft).await;
        assert_eq!(made.status, 200, "{}", made.text());
        let code = made.json()["code"].as_str().unwrap().to_owned();
        let mut citizen = Browser::new(&app);
        let registered = citizen.register("key", Some(&code)).await;
        assert_eq!(registered.json()["level"], "real-name", "{}", registered.text());
        assert_eq!(citizen.get("/api/v1/me/accesses").await.json()["entries"].as_array().unwrap().len(), 1);
        officer.prove(7, false).await.assert_problem(403, "staff-account");
    }

    async fn all_own_data_can_be_copied_and_deleted(engine) {
        let app = TestApp::start(engine).await;
        let mut browser = Browser::new(&app);
        browser.register("phone", None).await;
        browser.prove(8, false).await;
        let contact = json!({"phone": "13800138000", "address": "示例市东溪区示范路9号"});
        assert_eq!(browser.put("/api/v1/me/contact", &contact).await.json()["masked_phone"], "138****8000");
        let copy = browser.get("/api/v1/me/export").await.json();
        assert_eq!(copy["phone"], "13800138000");
        let text = browser.get("/api/v1/me/export/readable").await.text();
        assert!(text.contains(copy["id_number"].as_str().unwrap()) && text.contains("13800138000"));
        let deleted = browser.delete("/api/v1/me").await;
        assert_eq!(deleted.json()["kept"].as_array().unwrap().len(), 1);
        assert_eq!(browser.get("/api/v1/session").await.json()["level"], "anonymous");
        browser.sign_in().await.assert_problem(422, "passkey-unknown");
        let number = copy["id_number"].as_str().unwrap();
        let vault = app.app.accounts.vault();
        assert_eq!(person::find_by_id_number(&app.app.database, vault, number).await.unwrap(), None);
    }

    async fn owners_add_and_remove_members_and_others_do_not(engine) {
        let app = TestApp::start(engine).await;
        let (hotel, premises) = staff::hotel(&app, "Hotel A", "91990101MA0000000U").await;
        let (other, _) = staff::hotel(&app, "Hotel B", "91350100M000100Y43").await;
        let mut owner = Browser::new(&app);
        owner.register("PC", Some(&staff::member(&app, &hotel, MemberKind::Owner).await)).await;
        let path = format!("/api/v1/enterprises/{}/members", hotel.id);
        let draft = json!({"label": "前台二", "role": "front-desk", "premises": premises.id.to_string()});
        let added = owner.post(&path, &draft).await;
        assert_eq!(added.status, 200, "{}", added.text());
        let added = added.json();
        let mut clerk = Browser::new(&app);
        let view = clerk.register("desk", added["code"]["code"].as_str()).await.json();
        assert_eq!(view["premises"][0]["id"], premises.id.to_string());
        clerk.post(&path, &draft).await.assert_problem(403, "forbidden");
        let mut stranger = Browser::new(&app);
        stranger.register("PC", Some(&staff::member(&app, &other, MemberKind::Owner).await)).await;
        stranger.post(&path, &draft).await.assert_problem(404, "not-found");
        let member = format!("{path}/{}", added["member"]["id"].as_str().unwrap());
        stranger.delete(&member).await.assert_problem(404, "not-found");
        assert_eq!(owner.delete(&member).await.status, 204);
        assert_eq!(clerk.get("/api/v1/session").await.json()["level"], "anonymous");
    }

    async fn rotated_keys_seal_everything_anew(engine) {
        let app = TestApp::start(engine).await;
        let mut browser = Browser::new(&app);
        browser.register("phone", None).await;
        browser.prove(9, false).await;
        let id = browser.get("/api/v1/me/export").await.json()["account"].as_str().unwrap().parse().unwrap();
        let mut ring = Keyring::open(&app.data.path().join("keys.json")).unwrap();
        ring.add_sealing_key().unwrap();
        let both = Vault::new(&ring).unwrap();
        assert_eq!(person::reseal(&app.app.database, &both).await.unwrap(), 1);
        assert_eq!(person::reseal(&app.app.database, &both).await.unwrap(), 0);
        ring.keep_newest_sealing_key();
        let newest = Vault::new(&ring).unwrap();
        let data = person::read_own(&app.app.database, &newest, id).await.unwrap().unwrap();
        assert_eq!(data.id_number, resident(&app, 9).await["id_number"].as_str().unwrap());
        assert!(person::read_own(&app.app.database, app.app.accounts.vault(), id).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_removed_moved_or_cut_off_entry_of_the_access_log_is_found() {
    for (tamper, expected) in [
        ("", None),
        (
            "UPDATE access_log SET reason = 'other' WHERE number = 2",
            Some("entry 2 was changed"),
        ),
        (
            "DELETE FROM access_log WHERE number = 2",
            Some("entries 2 to 2 are missing"),
        ),
        (
            "UPDATE access_log SET number = 9 WHERE number = 2; UPDATE access_log SET number = 2 WHERE number = 3; UPDATE access_log SET number = 3 WHERE number = 9",
            Some("does not follow"),
        ),
        ("DELETE FROM access_log WHERE number = 4", Some("cut off")),
        (
            "DELETE FROM access_log WHERE number = 4; DELETE FROM access_checkpoint",
            Some("kept elsewhere"),
        ),
        (
            "UPDATE access_checkpoint SET number = 3",
            Some("not signed by the log's key"),
        ),
    ] {
        let app = TestApp::start(Engine::Sqlite).await;
        let mut citizen = Browser::new(&app);
        citizen.register("phone", None).await;
        citizen.prove(5, false).await;
        let person = resident(&app, 5).await;
        let mut officer = officer(&app, OfficerKind::Officer, "household").await;
        for _ in 0..4 {
            let path = "/api/v1/officer/person-lookups";
            assert_eq!(
                officer.post(path, &lookup(&person, false)).await.status,
                200
            );
        }
        let vault = app.app.accounts.vault();
        let kept: Checkpoint = access_log::checkpoint(&app.app.database, vault, 1)
            .await
            .unwrap()
            .unwrap();
        if !tamper.is_empty() {
            execute(&app, tamper);
        }
        let key = vault.log_key().verifying_key();
        let found = access_log::examine(&app.app.database, key, Some(&kept))
            .await
            .unwrap();
        match expected {
            None => assert_eq!((found.findings.as_slice(), found.entries), (&[][..], 4)),
            Some(words) => assert!(
                found.findings.iter().any(|finding| finding.contains(words)),
                "{tamper}: {found:?}"
            ),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_shows_nobody() {
    let app = TestApp::start(Engine::Sqlite).await;
    let mut citizen = Browser::new(&app);
    citizen.register("phone", None).await;
    citizen.prove(5, false).await;
    let data = citizen.get("/api/v1/me/export").await.json();
    let secrets = ["name", "id_number", "phone", "address"].map(|key| data[key].as_str().unwrap());
    for entry in std::fs::read_dir(app.data.path()).unwrap() {
        let path = entry.unwrap().path();
        // The issuer's keys have a folder of their own.
        if path.is_dir() {
            continue;
        }
        let bytes = std::fs::read(path).unwrap();
        for secret in secrets {
            let is_there = bytes
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!is_there, "{secret}");
        }
    }
}

#[test]
fn an_operator_makes_staff_rotates_keys_and_examines_the_log() {
    let data = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        yichuang_test_support::binary::command(BINARY)
            .args(arguments)
            .arg("--data")
            .arg(data.path())
            .output()
            .unwrap()
    };
    let origin = ["--origin", "https://police.example"];
    let made = run(&[&["admin", "demonstration"][..], &origin].concat());
    let said = String::from_utf8(made.stdout).unwrap();
    assert!(made.status.success());
    assert_eq!(said.matches("https://police.example/enrol#").count(), 4);
    assert!(run(&["keys", "create"]).status.success());
    assert!(!run(&["keys", "create"]).status.success());
    assert!(run(&["keys", "rotate"]).status.success());
    let examined = run(&["audit", "verify"]);
    assert!(examined.status.success());
    assert!(String::from_utf8_lossy(&examined.stdout).contains("the access log is whole"));
}
