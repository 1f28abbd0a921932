//! Node packages, always by a committed lock file.

use crate::{place, process};
use anyhow::{Context, bail};
use std::path::Path;
use std::process::Command;

/// wasm-opt comes with the Node package `binaryen`: Debian's own is too old for today's modules.
pub fn build_tools() -> anyhow::Result<((), String)> {
    let folder = place::node_tools();
    std::fs::create_dir_all(&folder)?;
    for file in ["package.json", "package-lock.json"] {
        let source = place::root().join("tools").join(file);
        std::fs::copy(&source, folder.join(file))
            .with_context(|| format!("{} cannot be copied", source.display()))?;
    }
    let outcome = install(&folder)?;
    Ok(((), outcome))
}

/// The packages of the end-to-end tests.
pub fn end_to_end_packages() -> anyhow::Result<String> {
    install(&place::root().join("end2end"))
}

/// `npm ci`, unless this very lock file was installed here before.
fn install(folder: &Path) -> anyhow::Result<String> {
    let lock = std::fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("{} has no package-lock.json", folder.display()))?;
    let stamp = folder.join("node_modules/.yichuang-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok("already installed".to_owned());
    }
    if !process::is_on_path("npm") {
        bail!("npm is missing: install Node.js 20 or newer (Debian: apt-get install nodejs npm)");
    }
    process::output(
        Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--prefer-offline"])
            .current_dir(folder)
            // Debian's Chromium is used; a package must not download a browser of its own.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .env("PUPPETEER_SKIP_DOWNLOAD", "1"),
    )?;
    std::fs::write(&stamp, lock)?;
    Ok("installed".to_owned())
}
