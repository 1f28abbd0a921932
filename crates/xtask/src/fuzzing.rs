//! The fuzz targets of the credential (`crates/credential/fuzz`), run by cargo-fuzz.

use crate::install::CargoTool;
use crate::{install, place, process};
use anyhow::Context;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Command;
use yichuang_credential::Shown;
use yichuang_credential::cose::Sign1;
use yichuang_credential::text::{self, Prefix};

/// The targets.
pub const TARGETS: [&str; 2] = ["decode", "verify"];

/// Is there a nightly compiler, which libFuzzer's instrumentation needs?
pub fn has_nightly() -> bool {
    process::output(Command::new("rustc").args(["+nightly", "--version"])).is_ok()
}

/// cargo-fuzz.
pub fn tool() -> CargoTool {
    install::cargo_fuzz()
}

/// Runs one target for so many seconds; an error carries what the fuzzer found. The corpus grows in
/// the user's cache from run to run.
pub fn run(target: &str, seconds: u64) -> anyhow::Result<()> {
    let corpus = place::cache().join("fuzz/corpus").join(target);
    let seeds = place::cache().join("fuzz/seeds").join(target);
    for folder in [&corpus, &seeds] {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    sow(&seeds)?;
    let mut cargo = Command::new("cargo");
    cargo
        .args(["+nightly", "fuzz", "run", "--fuzz-dir"])
        .arg(place::root().join("crates/credential/fuzz"))
        .arg(target)
        .args([&corpus, &seeds])
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        // One input may take a second under the sanitiser, and 64 MB at once.
        .args(["-timeout=1", "-malloc_limit_mb=64", "-rss_limit_mb=1024"])
        .args(["-max_len=5000", "-verbosity=0", "-print_final_stats=1"])
        .current_dir(place::root())
        .env("CARGO_TARGET_DIR", place::cache().join("target-fuzz"))
        .env(
            "PATH",
            process::path_with(&[&place::cargo_tools().join("bin")])?,
        )
        // cargo sets these for the program it runs; the next cargo must not inherit them.
        .env_remove("CARGO_MANIFEST_DIR")
        .env_remove("CARGO_PKG_NAME");
    process::output(&mut cargo).map(drop)
}

#[derive(Deserialize)]
struct Vector {
    shown: String,
    status: Option<String>,
    trust: String,
}

/// The published vectors are the seeds: as text, as bytes, and as what the issuer has signed.
fn sow(folder: &Path) -> anyhow::Result<()> {
    let vectors = place::root().join("end2end/vectors");
    for entry in std::fs::read_dir(&vectors)? {
        let path: PathBuf = entry?.path();
        if path.extension().is_none_or(|end| end != "json") {
            continue;
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let vector: Vector = serde_json::from_slice(&std::fs::read(&path)?)
            .with_context(|| format!("{} is no vector", path.display()))?;
        let mut seeds = vec![("text", vector.shown.clone().into_bytes())];
        for hexadecimal in [Some(&vector.trust), vector.status.as_ref()]
            .into_iter()
            .flatten()
        {
            seeds.push(("list", hex::decode(hexadecimal)?));
        }
        for prefix in [Prefix::Credential, Prefix::Counter, Prefix::Receipt] {
            if let Ok(bytes) = text::decode(prefix, &vector.shown) {
                seeds.push(("bytes", bytes));
            }
        }
        let credential = match Shown::read(&vector.shown) {
            Ok(Shown::Live(live)) => Some(live.credential),
            Ok(Shown::Paper(credential)) => Some(credential),
            Err(_) => None,
        };
        if let Some(credential) = credential {
            if let Ok(parts) = Sign1::parse_own(&credential) {
                seeds.push(("payload", parts.payload.to_vec()));
            }
            seeds.push(("credential", credential));
        }
        for (at, (what, seed)) in seeds.into_iter().enumerate() {
            std::fs::write(folder.join(format!("{name}-{at}-{what}")), seed)?;
        }
    }
    Ok(())
}
