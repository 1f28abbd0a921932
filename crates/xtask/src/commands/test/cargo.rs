//! Suites that cargo runs.

use super::tally::Tally;
use crate::install::Compiler;
use crate::{place, process};
use anyhow::bail;
use std::process::{Command, Stdio};

/// rustfmt.
pub fn format() -> anyhow::Result<Tally> {
    run(cargo().args(["fmt", "--all", "--check"]))
}

/// clippy on everything that runs natively, tests included.
pub fn clippy() -> anyhow::Result<Tally> {
    run(native().args([
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

/// clippy on the application as the browser gets it.
pub fn clippy_for_the_browser(compiler: Compiler) -> anyhow::Result<Tally> {
    let mut command = browser(compiler);
    run(command
        .args([
            "clippy",
            "--quiet",
            "--package",
            "yichuang",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .args(["--", "-D", "warnings"]))
}

/// All Rust tests, the API suite against real servers on SQLite and PostgreSQL among them.
pub fn tests() -> anyhow::Result<Tally> {
    count(native().args(["test", "--quiet", "--workspace", "--no-fail-fast"]))
}

/// wasm-bindgen's tests in headless Chromium.
pub fn browser_tests(compiler: Compiler) -> anyhow::Result<Tally> {
    let mut command = browser(compiler);
    command
        // Not `--quiet`: cargo would hand it on to the runner, which does not know it.
        .args(["test", "--package", "yichuang", "--test", "browser"])
        // One whole module: there is no splitter between cargo and the runner.
        .arg("--no-default-features")
        .args(["--target", "wasm32-unknown-unknown"])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            place::cargo_tools().join("bin/wasm-bindgen-test-runner"),
        )
        .env("CHROMEDRIVER", "/usr/bin/chromedriver")
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            place::root().join("end2end/webdriver.json"),
        );
    count(&mut command)
}

/// Licences, sources and doubles of all dependencies, by cargo-deny where it is installed. Known
/// vulnerabilities need an advisory database from the network and are left to a connected machine.
pub fn licences() -> anyhow::Result<Tally> {
    if !process::is_on_path("cargo-deny") {
        eprintln!("   cargo-deny is not installed; `cargo install cargo-deny` brings it");
        return Ok(Tally::skipped());
    }
    run(cargo().args(["deny", "--offline", "check", "bans", "licenses", "sources"]))
}

fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(place::root()).stdin(Stdio::null());
    // cargo sets these for the program it runs; the next cargo must not inherit them.
    cargo
        .env_remove("CARGO_MANIFEST_DIR")
        .env_remove("CARGO_PKG_NAME");
    cargo
}

fn native() -> Command {
    let mut cargo = cargo();
    cargo.env("CARGO_TARGET_DIR", place::native_target());
    cargo
}

fn browser(compiler: Compiler) -> Command {
    let mut cargo = cargo();
    cargo.env("CARGO_TARGET_DIR", place::wasm_target());
    compiler.configure(&mut cargo);
    cargo
}

/// One check.
fn run(command: &mut Command) -> anyhow::Result<Tally> {
    process::output(command)?;
    Ok(Tally::of(true))
}

/// A run of `cargo test`, counted. Its output is shown when something failed.
fn count(command: &mut Command) -> anyhow::Result<Tally> {
    let output = command.output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut tally = Tally::of_cargo_test(&text);
    if !output.status.success() {
        eprintln!("{text}\n{}", String::from_utf8_lossy(&output.stderr));
        if tally.failed == 0 {
            // It did not come to the tests: something does not compile, or a program crashed.
            tally += Tally::failed();
        }
    } else if tally.passed == 0 {
        bail!("cargo ran no test at all");
    }
    Ok(tally)
}
