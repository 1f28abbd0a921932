//! Starting: what is said, and how a start that cannot succeed ends.

use super::*;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use yichuang_test_support::binary::{Process, command, sentence_of_failure};
use yichuang_test_support::content_folder;

fn serve(data: &Path, content: &Path, port: u16) -> Command {
    let mut command = command(BINARY);
    command
        .arg("serve")
        .arg("--data")
        .arg(data)
        .arg("--content")
        .arg(content)
        .args(["--port", &port.to_string()]);
    command
}

#[test]
fn each_step_is_said_with_its_time_and_a_second_start_finds_everything() {
    let data = tempfile::tempdir().unwrap();
    for expected in [
        "applied migrations: foundation, identity, credential",
        "all migrations applied before",
    ] {
        let process = Process::serve(BINARY, data.path(), &content_folder(), &[]);
        process.terminate();
        let (is_well, said) = process.wait();
        assert!(is_well, "{said}");
        for step in 1..=7 {
            let line = said
                .lines()
                .find(|line| line.starts_with(&format!("[{step}/7]")));
            assert!(line.is_some_and(|line| line.ends_with(" ms)")), "{said}");
        }
        assert!(said.contains(expected), "{said}");
        assert!(
            said.contains("stopped; every answer was finished"),
            "{said}"
        );
    }
}

#[test]
fn a_busy_port_is_one_sentence() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let data = tempfile::tempdir().unwrap();
    let output = serve(data.path(), &content_folder(), port)
        .output()
        .unwrap();
    let sentence = sentence_of_failure(&output);
    assert!(sentence.contains(&port.to_string()), "{sentence}");
    assert!(sentence.contains("--port"), "{sentence}");
}

#[test]
fn a_data_folder_that_cannot_be_written_is_one_sentence() {
    // Root may write everywhere; the server runs as an ordinary user then, as it does in service.
    let place = tempfile::Builder::new()
        .permissions(mode(0o755))
        .tempdir()
        .unwrap();
    let binary = place.path().join("yichuang");
    std::fs::copy(BINARY, &binary).unwrap();
    let data = place.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::set_permissions(&data, mode(0o555)).unwrap();
    let mut command = command(binary.to_str().unwrap());
    command
        .arg("serve")
        .arg("--data")
        .arg(&data)
        .args(["--port", "0"]);
    command
        .arg("--content")
        .arg(place.path())
        .current_dir(place.path());
    let uid = Command::new("id").arg("-u").output().unwrap().stdout;
    if uid == b"0\n" {
        command.uid(65_534).gid(65_534);
    }
    let sentence = sentence_of_failure(&command.output().unwrap());
    assert!(
        sentence.contains("cannot write to the data folder"),
        "{sentence}"
    );
    assert!(sentence.contains("--data"), "{sentence}");
}

fn mode(mode: u32) -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(mode)
}

#[test]
fn broken_content_is_one_sentence_and_every_finding_is_logged() {
    let content = tempfile::tempdir().unwrap();
    std::fs::write(
        content.path().join("site.toml"),
        "is_demonstration = perhaps",
    )
    .unwrap();
    let data = tempfile::tempdir().unwrap();
    let output = serve(data.path(), content.path(), 0).output().unwrap();
    let sentence = sentence_of_failure(&output);
    assert!(sentence.contains("findings"), "{sentence}");
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(log.matches("content finding").count() >= 2, "{log}");
    let nowhere = data.path().join("nowhere");
    let output = serve(data.path(), &nowhere, 0).output().unwrap();
    assert!(sentence_of_failure(&output).contains("--content"));
}

#[test]
fn other_settings_that_cannot_work_are_one_sentence() {
    let data = tempfile::tempdir().unwrap();
    for (flags, expected) in [
        (&["--database-url", "mysql://x"][..], "postgres://"),
        (
            &["--database-url", "postgres://a:se@cret@127.0.0.1:1/x"],
            "cannot open the database",
        ),
        (&["--release-dir", "/nonexistent"], "/nonexistent"),
        (&["--host", "no.such.host.invalid"], "--host"),
    ] {
        let output = serve(data.path(), &content_folder(), 0)
            .args(flags)
            .output()
            .unwrap();
        let sentence = sentence_of_failure(&output);
        assert!(sentence.contains(expected), "{sentence}");
        assert!(
            !sentence.contains("cret"),
            "a password was said: {sentence}"
        );
    }
}

#[test]
fn the_log_holds_routes_and_never_what_people_asked_for() {
    let data = tempfile::tempdir().unwrap();
    let process = Process::serve(BINARY, data.path(), &content_folder(), &[]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let send = |path: &str| {
        runtime.block_on(
            yichuang_test_support::Request::new(process.address, http::Method::GET, path)
                .header("x-forwarded-for", "198.51.100.7")
                .header("referer", "https://example.org/private")
                .header("user-agent", "curious/1.0")
                .send(),
        )
    };
    send("/api/v1/search?q=11010519491231002X");
    send("/api/v1/services/HJ-017?name=private");
    send("/api/v1/private-path");
    process.terminate();
    let (_, said) = process.wait();
    let lines: Vec<serde_json::Value> = said
        .lines()
        .filter(|line| line.starts_with('{'))
        .map(|line| serde_json::from_str(line).expect("every log line is JSON"))
        .collect();
    let requests: Vec<_> = lines
        .iter()
        .filter(|line| line["message"] == "request")
        .collect();
    assert_eq!(requests.len(), 3, "{said}");
    assert_eq!(requests[0]["route"], "/api/v1/search");
    assert!(requests.iter().all(|line| line["request_id"].is_string()));
    for secret in [
        "11010519491231002X",
        "private",
        "198.51.100.7",
        "127.0.0.1\"",
        "curious",
    ] {
        assert!(!said.contains(secret), "{secret}: {said}");
    }
}
