//! One fingerprint of everything the built application is made of.
//!
//! A build whose fingerprint is already in dist/ is not repeated, so that a second
//! `cargo xtask run` starts within seconds.

use super::split::hex;
use crate::{install::Compiler, metadata, place};
use anyhow::Context;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Files and folders beside the crates' own sources, relative to the checkout.
const INPUTS: [&str; 13] = [
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "build.rs",
    "index.html",
    "src",
    "style",
    "public",
    "content/locales",
    "tools/package-lock.json",
    "crates/credential-browser",
    "crates/xtask/src/build",
    "crates/xtask/src/install/cargo_tool.rs",
];

/// The fingerprint of the application as it stands in the checkout.
pub fn fingerprint(compiler: Compiler) -> anyhow::Result<String> {
    let root = place::root();
    let mut files = Vec::new();
    let own: Vec<PathBuf> = INPUTS.iter().map(|input| root.join(input)).collect();
    let metadata = metadata::read()?;
    let crates = metadata.folders_used_by("yichuang")?;
    let beside = metadata.folders_used_by("yichuang-credential-browser")?;
    for path in own.into_iter().chain(crates).chain(beside) {
        collect(&path, &mut files)?;
    }
    files.sort();
    files.dedup();

    let mut hasher = Sha256::new();
    hasher.update(format!("{compiler:?}"));
    hasher.update(
        std::process::Command::new("rustc")
            .arg("-V")
            .output()?
            .stdout,
    );
    for file in files {
        let name = file.strip_prefix(&root).unwrap_or(&file);
        let bytes =
            std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        hasher.update(name.to_string_lossy().as_bytes());
        hasher.update(bytes.len().to_le_bytes());
        hasher.update(bytes);
    }
    Ok(hex(&hasher.finalize()))
}

/// All files at or below a path. What is not there is no input.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if path.is_file() {
        files.push(path.to_path_buf());
    } else if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            // Editors leave hidden files; style/generated is made by this build.
            let name = entry.file_name();
            if !name.to_string_lossy().starts_with('.') && name != "generated" {
                collect(&entry.path(), files)?;
            }
        }
    }
    Ok(())
}
