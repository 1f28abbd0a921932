//! `cargo xtask bench api`: the API under load.
//!
//! The release server runs with its product settings (log lines, figures and limits per client
//! included; only the limits are raised, because all load comes from one client). wrk loads it from
//! a second process on the same machine, asking as browsers do, with compressed answers accepted.

use crate::product::Product;
use crate::progress::Steps;
use crate::{build, install, process};
use anyhow::{Context, ensure};
use serde::Serialize;
use std::path::Path;
use std::process::Command;

/// Connections that ask at the same time.
const CONNECTIONS: &str = "64";
/// How long each address is loaded, in seconds.
const SECONDS: &str = "10";
/// How long it is loaded before anything is measured, in seconds.
const WARM_UP_SECONDS: &str = "2";

/// Asks for one address, or for all services in turn, and prints the figures on one line.
const SCRIPT: &str = r#"
local paths = {}
local next_path = 0
function init(arguments)
    for _, path in ipairs(arguments) do
        paths[#paths + 1] = wrk.format("GET", path, { ["Host"] = "localhost", ["Accept-Encoding"] = "gzip, br" })
    end
end
function request()
    next_path = next_path % #paths + 1
    return paths[next_path]
end
function done(summary, latency)
    local errors = summary.errors
    io.write(string.format("FIGURES %d %d %d %d\n", summary.requests, summary.duration,
        latency:percentile(99), errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"#;

/// Arguments of the benchmark.
#[derive(clap::Args)]
pub struct Arguments {
    /// Print the figures as JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Serialize)]
struct Figures {
    list_per_second: u64,
    list_p99_ms: f64,
    service_per_second: u64,
    service_p99_ms: f64,
}

struct Load {
    per_second: u64,
    p99_ms: f64,
}

/// Runs the benchmark.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut steps = Steps::new(install::STEPS_FOR_LOADING + 4);
    install::for_loading(&mut steps)?;
    let server = steps.run("Server", build::server)?;
    let product = steps.run("Start", || {
        Ok((Product::start_api(&server)?, "ready".to_owned()))
    })?;
    let folder = tempfile::tempdir()?;
    let script = folder.path().join("load.lua");
    std::fs::write(&script, SCRIPT)?;
    let list = vec!["/api/v1/services".to_owned()];
    let services = service_paths()?;
    let list = steps.run("GET of the list", || load(&product.url, &script, &list))?;
    let service = steps.run("GET of a service, all in turn", || {
        load(&product.url, &script, &services)
    })?;
    let figures = Figures {
        list_per_second: list.per_second,
        list_p99_ms: list.p99_ms,
        service_per_second: service.per_second,
        service_p99_ms: service.p99_ms,
    };
    if arguments.json {
        println!("{}", serde_json::to_string(&figures)?);
    } else {
        println!(
            "list: {} requests/s, 99 of 100 within {} ms; service: {} requests/s, within {} ms",
            figures.list_per_second,
            figures.list_p99_ms,
            figures.service_per_second,
            figures.service_p99_ms
        );
    }
    Ok(())
}

/// The addresses of all services.
fn service_paths() -> anyhow::Result<Vec<String>> {
    let pack = crate::commands::search::catalogue(&crate::place::root().join("content"))?;
    let paths: Vec<String> = pack
        .services
        .iter()
        .map(|service| format!("/api/v1/services/{}", service.code))
        .collect();
    ensure!(!paths.is_empty(), "the content has no services");
    Ok(paths)
}

/// Warms an address up and measures it.
fn load(url: &str, script: &Path, paths: &[String]) -> anyhow::Result<(Load, String)> {
    run_wrk(url, script, paths, WARM_UP_SECONDS)?;
    let load = run_wrk(url, script, paths, SECONDS)?;
    let outcome = format!("{} requests/s, p99 {} ms", load.per_second, load.p99_ms);
    Ok((load, outcome))
}

fn run_wrk(url: &str, script: &Path, paths: &[String], seconds: &str) -> anyhow::Result<Load> {
    let said = process::output(
        Command::new("wrk")
            .args(["--threads", "1", "--connections", CONNECTIONS])
            .args(["--duration", seconds, "--timeout", "5", "--script"])
            .arg(script)
            .arg(url)
            .arg("--")
            .args(paths),
    )?;
    let figures: Vec<u64> = said
        .lines()
        .find_map(|line| line.strip_prefix("FIGURES "))
        .context("wrk printed no figures")?
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    let [requests, microseconds, p99, errors] = figures[..] else {
        anyhow::bail!("wrk printed other figures: {said}");
    };
    ensure!(
        errors == 0,
        "{errors} of {requests} requests failed: {said}"
    );
    ensure!(microseconds > 0, "wrk measured no time: {said}");
    Ok(Load {
        per_second: requests * 1_000_000 / microseconds,
        p99_ms: p99 as f64 / 1000.0,
    })
}
