//! A compiler for wasm32-unknown-unknown: rustup's where it can be reached, Debian's otherwise.

use super::system;
use crate::{place, process};
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";
/// The name under which rustup knows Debian's compiler.
const DEBIAN_TOOLCHAIN: &str = "debian-web";

/// Which compiler builds WebAssembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compiler {
    /// rustup's, with the sources of the standard library: it can be rebuilt, which makes the
    /// module a fifth smaller.
    RustupWithSource,
    /// rustup's, with the standard library as delivered.
    Rustup,
    /// Debian's rustc-web with a standard library built here.
    Debian,
}

impl Compiler {
    /// What cargo has to be told so that it uses this compiler.
    pub fn configure(self, command: &mut Command) {
        if self == Self::Debian {
            command
                .env("RUSTUP_TOOLCHAIN", DEBIAN_TOOLCHAIN)
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22");
        }
    }
}

/// Finds or installs a compiler.
pub fn ensure() -> anyhow::Result<(Compiler, String)> {
    if !has_target(None) && rustup(&["target", "add", TARGET]).is_err() {
        return debian();
    }
    if !has_source() && rustup(&["component", "add", "rust-src"]).is_err() {
        return Ok((
            Compiler::Rustup,
            "rustup's, without the standard library's source".to_owned(),
        ));
    }
    Ok((
        Compiler::RustupWithSource,
        "rustup's, with the standard library's source".to_owned(),
    ))
}

fn rustup(arguments: &[&str]) -> anyhow::Result<String> {
    // Where a proxy swallows connections, rustup would wait for a very long time.
    process::output(
        Command::new("timeout")
            .arg("300")
            .arg("rustup")
            .args(arguments),
    )
}

fn rustc(toolchain: Option<&str>, arguments: &[&str]) -> anyhow::Result<String> {
    let mut rustc = Command::new("rustc");
    if let Some(toolchain) = toolchain {
        rustc.env("RUSTUP_TOOLCHAIN", toolchain);
    }
    process::output(rustc.args(arguments)).map(|text| text.trim().to_owned())
}

fn has_target(toolchain: Option<&str>) -> bool {
    rustc(toolchain, &["--print", "target-libdir", "--target", TARGET])
        .is_ok_and(|folder| contains_core(Path::new(&folder)))
}

fn contains_core(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|files| {
        files
            .flatten()
            .any(|file| file.file_name().to_string_lossy().starts_with("libcore-"))
    })
}

fn has_source() -> bool {
    rustc(None, &["--print", "sysroot"]).is_ok_and(|root| {
        Path::new(&root)
            .join("lib/rustlib/src/rust/library/Cargo.lock")
            .is_file()
    })
}

/// Debian's compiler, for networks in which rustup cannot reach its server.
fn debian() -> anyhow::Result<(Compiler, String)> {
    if has_target(Some(DEBIAN_TOOLCHAIN)) {
        return Ok((Compiler::Debian, "Debian's rustc-web".to_owned()));
    }
    if !system::can_install() {
        bail!(
            "the target {TARGET} is missing and rustup cannot fetch it: run `rustup target add \
             {TARGET}`, or as root on Debian `apt-get install rustc-web cargo-web rust-web-src lld-22`"
        );
    }
    system::install(&["rustc-web", "cargo-web", "rust-web-src", "lld-22"])
        .context("neither rustup nor Debian provides a compiler for WebAssembly")?;
    let library = debian_library_source()?;
    let objects = build_standard_library(&library)?;
    let sysroot = process::output(Command::new("/usr/bin/rustc").args(["--print", "sysroot"]))?;
    let folder = Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib");
    std::fs::create_dir_all(&folder)?;
    for object in objects {
        if let Some(name) = object.file_name() {
            std::fs::copy(&object, folder.join(name))?;
        }
    }
    rustup(&["toolchain", "link", DEBIAN_TOOLCHAIN, "/usr"])?;
    if !has_target(Some(DEBIAN_TOOLCHAIN)) {
        bail!("Debian's compiler was installed, but it does not find the target {TARGET}");
    }
    Ok((
        Compiler::Debian,
        "Debian's rustc-web (rustup could not fetch the target)".to_owned(),
    ))
}

/// `/usr/src/rustc-VERSION/library`.
fn debian_library_source() -> anyhow::Result<PathBuf> {
    let sources = std::fs::read_dir("/usr/src").context("/usr/src cannot be read")?;
    sources
        .flatten()
        .map(|entry| entry.path().join("library"))
        .find(|library| library.join("std/Cargo.toml").is_file())
        .context("rust-web-src did not bring the standard library's source into /usr/src")
}

/// Builds the standard library in a throw-away crate and returns its `.rlib` files.
fn build_standard_library(library: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let folder = place::cache().join("debian-std");
    std::fs::create_dir_all(folder.join("src"))?;
    std::fs::write(
        folder.join("Cargo.toml"),
        "[package]\nname = \"throw-away\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\
         [profile.release]\npanic = \"abort\"\n[workspace]\n",
    )?;
    std::fs::write(folder.join("src/lib.rs"), "")?;
    process::output(
        Command::new("/usr/bin/cargo")
            .args([
                "build",
                "--release",
                "--target",
                TARGET,
                "-Z",
                "build-std=std,panic_abort",
            ])
            .current_dir(&folder)
            .env("RUSTC", "/usr/bin/rustc")
            .env("RUSTC_BOOTSTRAP", "1")
            .env("__CARGO_TESTS_ONLY_SRC_ROOT", library)
            // Without bitcode, link-time optimisation fails later.
            .env("RUSTFLAGS", "-Cembed-bitcode=yes")
            .env("CARGO_TARGET_DIR", folder.join("target")),
    )
    .context("the standard library could not be built with Debian's compiler")?;
    let objects = folder.join("target").join(TARGET).join("release/deps");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(objects)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libthrow_away") {
            found.push(path);
        }
    }
    Ok(found)
}
