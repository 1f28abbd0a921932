//! Build tools that come as crates, each in exactly one version.

use crate::{place, process};
use anyhow::{Context, bail};
use std::path::PathBuf;
use std::process::Command;

/// A tool built by `cargo install`.
pub struct CargoTool {
    /// The program's name.
    pub program: &'static str,
    /// The crate it comes from.
    package: &'static str,
    /// The version that is wanted, exactly.
    pub version: String,
    /// More arguments of `cargo install`.
    arguments: &'static [&'static str],
}

/// wasm-bindgen's program must equal the library's version in Cargo.lock.
pub fn wasm_bindgen() -> anyhow::Result<CargoTool> {
    Ok(CargoTool {
        program: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        version: locked_version("wasm-bindgen")?,
        arguments: &[],
    })
}

/// Cuts the WebAssembly module into chunks.
pub fn wasm_split() -> CargoTool {
    CargoTool {
        program: "wasm-split-cli",
        package: "wasm_split_cli_support",
        version: "0.2.4".to_owned(),
        arguments: &["--features", "build-binary"],
    }
}

/// Trunk declares a newer compiler than it needs (0.22.1 builds with 1.95).
pub fn trunk() -> CargoTool {
    CargoTool {
        program: "trunk",
        package: "trunk",
        version: "0.22.1".to_owned(),
        arguments: &["--ignore-rust-version"],
    }
}

/// Builds and runs fuzz targets.
pub fn cargo_fuzz() -> CargoTool {
    CargoTool {
        program: "cargo-fuzz",
        package: "cargo-fuzz",
        version: "0.13.2".to_owned(),
        arguments: &[],
    }
}

impl CargoTool {
    /// Installs the tool unless exactly this version is there.
    pub fn ensure(&self) -> anyhow::Result<((), String)> {
        if self.is_installed() {
            return Ok(((), "already installed".to_owned()));
        }
        eprintln!("building it once, this takes a few minutes");
        // `--locked` can fail for a very fresh release whose lock file is ahead of the index;
        // without it cargo may pick newer dependencies. So: locked first, then the other.
        let locked = self.install(&["--locked"]);
        if locked.is_err() {
            self.install(&[]).with_context(|| {
                format!(
                    "{} {} could not be installed; is the crate registry reachable?",
                    self.package, self.version
                )
            })?;
        }
        if !self.is_installed() {
            bail!(
                "{} was installed, but not in version {}",
                self.program,
                self.version
            );
        }
        Ok(((), format!("{} {} installed", self.program, self.version)))
    }

    fn install(&self, more: &[&str]) -> anyhow::Result<()> {
        process::shown(
            Command::new("cargo")
                .args([
                    "install",
                    "--quiet",
                    self.package,
                    "--version",
                    &self.version,
                    "--force",
                ])
                .args(self.arguments)
                .args(more)
                .arg("--root")
                .arg(place::cargo_tools())
                .current_dir(std::env::temp_dir())
                .env("CARGO_TARGET_DIR", place::cache().join("install-target"))
                // A build tool need not be built by a fat link-time optimisation: Trunk's own
                // profile takes half an hour on two cores, this one six minutes.
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
        )
    }

    /// cargo's own list knows the version; asking the program would not do, because
    /// wasm-split-cli has no `--version`.
    pub fn is_installed(&self) -> bool {
        let listed = std::fs::read_to_string(place::cargo_tools().join(".crates.toml"));
        let wanted = format!("\"{} {} (", self.package, self.version);
        self.path().is_file() && listed.is_ok_and(|list| list.contains(&wanted))
    }

    /// Where the program is.
    pub fn path(&self) -> PathBuf {
        place::cargo_tools().join("bin").join(self.program)
    }
}

/// The version of a package in Cargo.lock.
fn locked_version(package: &str) -> anyhow::Result<String> {
    let lock = std::fs::read_to_string(place::root().join("Cargo.lock"))
        .context("Cargo.lock cannot be read")?;
    version_in(&lock, package).with_context(|| format!("Cargo.lock does not name {package}"))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn a_locked_version_is_found_by_its_exact_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "wasm"), None);
    }
}
