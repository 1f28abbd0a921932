//! `cargo xtask bench scan`: how long a guest waits at the desk. Chromium has a film of a phone's
//! screen as its camera, no network, and the product's own desk page.

use crate::{measure, place, process, progress::Steps};
use anyhow::{Context, bail};
use std::path::PathBuf;
use std::process::Command;

/// The longest wait from the frame that holds the code to the verdict, p95.
pub const P95_MS: f64 = 500.0;
/// The longest time of decoding and verifying alone, p95.
pub const DECODE_VERIFY_MS: f64 = 25.0;

/// Arguments of the command.
#[derive(clap::Args)]
pub struct Arguments {
    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
}

/// What was measured.
#[derive(serde::Deserialize, serde::Serialize)]
pub struct Scan {
    /// Half of the guests wait no longer than this.
    pub p50_ms: f64,
    /// 95 of 100 guests wait no longer than this.
    pub p95_ms: f64,
    /// Reading the picture and verifying, p95.
    pub decode_verify_ms: f64,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut steps = Steps::new(measure::STEPS + 2);
    let product = measure::product(&mut steps)?;
    let guests = steps.run("Guests", || Ok((guests()?, "built".to_owned())))?;
    let text = steps.run("Guests at the desk", || {
        let text = measure::script_with("scan.mjs", &product, &[guests.as_os_str()])?;
        Ok((text, "measured".to_owned()))
    })?;
    let scan: Scan = serde_json::from_str(&text)?;
    if arguments.json {
        println!("{}", serde_json::to_string(&scan)?);
    } else {
        println!("frame to verdict    p50 {:>6.1} ms", scan.p50_ms);
        println!(
            "frame to verdict    p95 {:>6.1} ms, at most {P95_MS}",
            scan.p95_ms
        );
        println!(
            "decode and verify   p95 {:>6.1} ms, at most {DECODE_VERIFY_MS}",
            scan.decode_verify_ms
        );
    }
    if scan.p95_ms > P95_MS || scan.decode_verify_ms > DECODE_VERIFY_MS {
        bail!("the desk is too slow");
    }
    Ok(())
}

/// The program that makes up a desk and its guests.
pub fn guests() -> anyhow::Result<PathBuf> {
    let target = place::native_target();
    process::output(
        Command::new("cargo")
            .args(["build", "--quiet", "--release"])
            .args([
                "--package",
                "yichuang-credential-browser",
                "--example",
                "desk",
            ])
            .current_dir(place::root())
            .env("CARGO_TARGET_DIR", &target),
    )
    .context("the guests could not be built")?;
    Ok(target.join("release/examples/desk"))
}
