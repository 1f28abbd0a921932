//! The suites of end2end/: journeys in a real browser, accessibility.

use super::tally::Tally;
use crate::commands::bench::scan;
use crate::{place, product::Product};
use anyhow::{Context, bail};
use serde::Deserialize;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Where the built product is, for journeys that start a server of their own.
pub struct Built {
    /// The single-page application.
    pub spa: PathBuf,
    /// The server's program.
    pub server: PathBuf,
}

/// What Playwright's report says about the whole.
#[derive(Deserialize)]
struct Report {
    stats: Stats,
}

#[derive(Deserialize)]
struct Stats {
    expected: u64,
    unexpected: u64,
    flaky: u64,
    skipped: u64,
}

/// Runs Playwright.
pub fn journeys(product: &Product, built: &Built) -> anyhow::Result<Tally> {
    let folder = place::root().join("end2end");
    let report = folder.join("results/report.json");
    if report.exists() {
        std::fs::remove_file(&report)?;
    }
    let status = Command::new("node_modules/.bin/playwright")
        .arg("test")
        .current_dir(&folder)
        .env("YICHUANG_URL", &product.url)
        .env("YICHUANG_SERVER", &built.server)
        .env("YICHUANG_RELEASE_DIR", &built.spa)
        .env("YICHUANG_CONTENT", place::root().join("content"))
        .env("YICHUANG_GUESTS", scan::guests()?)
        .stdin(Stdio::null())
        .stdout(std::io::stderr())
        .status()
        .context("Playwright could not be started")?;
    let text = std::fs::read_to_string(&report)
        .with_context(|| format!("Playwright ended ({status}) without a report"))?;
    let Report { stats } = serde_json::from_str(&text)?;
    let tally = Tally {
        passed: stats.expected,
        // A test that passes only at the second try is a defect of the product or of the test.
        failed: stats.unexpected + stats.flaky,
        skipped: stats.skipped,
    };
    if tally.passed + tally.failed == 0 {
        bail!("Playwright ran no test at all");
    }
    if !status.success() && tally.failed == 0 {
        bail!("Playwright failed ({status}) outside of its tests");
    }
    Ok(tally)
}
