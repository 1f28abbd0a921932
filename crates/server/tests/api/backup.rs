//! Backup, restore, check and migrate-to as an operator runs them, while the server runs.

use super::*;
use http::Method;
use serde_json::json;
use std::path::Path;
use yichuang_test_support::binary::{Process, command, sentence_of_failure};
use yichuang_test_support::{Request, content_folder, postgres};

/// Runs a command of the binary that must succeed and returns what it said.
#[track_caller]
fn run(arguments: &[&str]) -> String {
    let output = command(BINARY).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}{errors}");
    said
}

/// The lines that tell what tables hold.
fn tables(said: &str) -> Vec<&str> {
    said.lines()
        .filter(|line| line.contains("sha256"))
        .collect()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

on_both_engines! {
    async fn an_operator_backs_up_a_running_server_and_restores_elsewhere(engine) {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let url = (engine == Engine::Postgres).then(postgres::fresh_database);
        let database: Vec<&str> = match &url {
            Some(url) => vec!["--database-url", url],
            None => vec!["--data", text(&data)],
        };
        let process = Process::serve(BINARY, &data, &content_folder(), &database[..if url.is_some() { 2 } else { 0 }]);
        for number in 0..20 {
            let report = json!({"kind": "panic", "route": "/", "place": format!("src/a.rs:{number}"), "release": "1"});
            let answer = Request::new(process.address, Method::POST, "/api/v1/client-reports").json(&report).send().await;
            assert_eq!(answer.status, 204);
        }
        let file = folder.path().join("backup.sqlite3");
        let mut backup = vec!["backup", text(&file)];
        backup.extend(&database);
        let backed_up = run(&backup);
        assert_eq!(tables(&backed_up).len(), 17, "{backed_up}");
        assert!(backed_up.contains("client_report: 20 rows"), "{backed_up}");
        process.terminate();
        assert!(process.wait().0);

        // The drill: into an empty database, then serve from it.
        let other = folder.path().join("other");
        let restored = run(&["restore", text(&file), "--data", text(&other)]);
        assert_eq!(tables(&restored), tables(&backed_up));
        let content = content_folder();
        let checked = run(&["check", "--data", text(&other), "--content", text(&content)]);
        assert_eq!(tables(&checked), tables(&backed_up));
        assert!(checked.contains("everything is sound"));
        let process = Process::serve(BINARY, &other, &content, &[]);
        process.terminate();
        assert!(process.wait().0);

        // On to PostgreSQL.
        let target = postgres::fresh_database();
        let moved = run(&["migrate-to", &target, "--data", text(&other)]);
        let after = run(&["check", "--database-url", &target, "--content", text(&content)]);
        assert_eq!(tables(&moved), tables(&after));
        assert_eq!(tables(&moved).len(), 17);
        let process = Process::serve(BINARY, &other, &content, &["--database-url", &target]);
        process.terminate();
        assert!(process.wait().0);
    }
}

#[test]
fn commands_that_cannot_succeed_say_why_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = folder.path().join("file");
    std::fs::write(&file, "no backup").unwrap();
    let fail = |arguments: &[&str]| {
        sentence_of_failure(&command(BINARY).args(arguments).output().unwrap())
    };
    let data = text(&data);
    assert!(fail(&["restore", text(&file), "--data", data]).contains("not a whole backup"));
    assert!(fail(&["restore", "/nonexistent", "--data", data]).contains("/nonexistent"));
    assert!(fail(&["backup", text(&file), "--data", data]).contains("exists already"));
    assert!(fail(&["migrate-to", "mysql://x", "--data", data]).contains("postgres://"));
    let content = content_folder();
    let broken = folder.path().join("broken");
    std::fs::create_dir(&broken).unwrap();
    let nothing = folder.path().join("nothing");
    let check = [
        "check",
        "--data",
        text(&nothing),
        "--content",
        text(&content),
    ];
    assert!(fail(&check).contains("the check found something"));
    let check = ["check", "--data", data, "--content", text(&broken)];
    assert!(fail(&check).contains("the check found something"));
}
