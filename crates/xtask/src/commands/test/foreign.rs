//! Foreign eyes: programs in Python, with libraries of others, judge the credential by its
//! documentation (end2end/foreign).

use super::tally::Tally;
use crate::{install, place, process};
use std::path::Path;
use std::process::Command;

/// Verifies the published vectors, then a live form of each suite: by its signatures, by its sealed
/// number, and by bad photographs of its QR code.
pub fn programs() -> anyhow::Result<Tally> {
    let vectors = place::root().join("end2end/vectors");
    let mut tally = judge("verify.py", &["--vectors".as_ref(), &vectors]);
    for suite in [None, Some("sm2")] {
        let folder = tempfile::tempdir()?;
        let folder = folder.path();
        process::output(story(folder).args(suite))?;
        let published = folder.join("published.json");
        tally += judge("verify.py", &[&published, &folder.join("live.pgm")]);
        tally += judge("unseal.py", &[folder]);
        tally += judge("camera.py", &[folder]);
    }
    Ok(tally)
}

/// A program that ends well has found everything as it should be.
fn judge(program: &str, arguments: &[&Path]) -> Tally {
    let mut python = Command::new(install::python());
    python
        .arg(place::root().join("end2end/foreign").join(program))
        .args(arguments)
        .env("PYTHONDONTWRITEBYTECODE", "1");
    match process::output(&mut python) {
        Ok(said) => {
            for line in said.lines() {
                eprintln!("   {line}");
            }
            Tally::of(true)
        }
        Err(error) => {
            eprintln!("{error:#}");
            Tally::failed()
        }
    }
}

fn story(folder: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["run", "--quiet", "--package", "yichuang-credential"])
        .args(["--features", "fixture", "--example", "story", "--"])
        .arg(folder)
        .current_dir(place::root())
        .env("CARGO_TARGET_DIR", place::native_target());
    cargo
}
