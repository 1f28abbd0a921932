//! Builds the single-page application with Trunk, and the server with cargo.
//!
//! Trunk has no support for code splitting, so it is given a `wasm-bindgen` of ours (see
//! [`split`]) and calls back at the end of its build (see [`finish`]).

pub mod finish;
mod identity;
mod imports;
mod inputs;
pub mod split;
mod style;

use crate::install::Compiler;
use crate::{place, process};
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Set for Trunk's hooks and for the `wasm-bindgen` on its PATH: this very program.
const XTASK: &str = "YICHUANG_XTASK";
/// The folder in which chunks wait between wasm-bindgen's turn and the end of Trunk's build.
const CHUNKS: &str = "YICHUANG_CHUNKS";
/// The folder of the credential's module (see [`identity`]), for the same.
const IDENTITY: &str = "YICHUANG_IDENTITY";
/// Names the inputs of a finished build, inside its folder.
const STAMP: &str = ".inputs";

/// Builds the single-page application into dist/, unless nothing it is made of has changed.
pub fn spa(compiler: Compiler) -> anyhow::Result<(PathBuf, String)> {
    let dist = place::dist();
    let inputs = inputs::fingerprint(compiler)?;
    if std::fs::read_to_string(dist.join(STAMP)).is_ok_and(|built| built == inputs) {
        return Ok((dist, "unchanged".to_owned()));
    }
    identity::build(compiler)?;
    run_trunk(compiler, &dist)?;
    std::fs::write(dist.join(STAMP), inputs)?;
    let outcome = summary(&dist)?;
    Ok((dist, outcome))
}

fn run_trunk(compiler: Compiler, dist: &Path) -> anyhow::Result<()> {
    let target = place::wasm_target();
    let chunks = target.join("yichuang-chunks");
    let programs = target.join("yichuang-programs");
    std::fs::create_dir_all(&programs)?;
    let own = std::env::current_exe().context("this program does not know where it is")?;
    split::place_program(&programs)?;
    let tools = place::cargo_tools().join("bin");
    let node = place::node_tools().join("node_modules/.bin");

    let mut trunk = Command::new(tools.join("trunk"));
    trunk
        .arg("build")
        .arg("--dist")
        .arg(dist)
        .current_dir(place::root())
        .env("PATH", process::path_with(&[&programs, &tools, &node])?)
        .env("CARGO_TARGET_DIR", &target)
        .env(XTASK, own)
        .env(CHUNKS, &chunks)
        .env(IDENTITY, identity::folder())
        .env("CARGO_ENCODED_RUSTFLAGS", rust_flags(compiler))
        .env_remove("RUSTFLAGS")
        // cargo sets these for the program it runs; the next cargo must not inherit them.
        .env_remove("CARGO_MANIFEST_DIR")
        .env_remove("CARGO_PKG_NAME")
        // Trunk reads NO_COLOR as true or false, the rest of the world as "is it set".
        .env_remove("NO_COLOR")
        .stdin(Stdio::null());
    compiler.configure(&mut trunk);
    if compiler == Compiler::RustupWithSource {
        trunk
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
            .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size");
    }
    process::output(&mut trunk)
        .map(drop)
        .context("the single-page application could not be built")
}

/// Compiler flags of the application, joined as `CARGO_ENCODED_RUSTFLAGS` wants them.
fn rust_flags(compiler: Compiler) -> String {
    // The splitter needs the relocations that the linker would otherwise drop.
    // Leptos' erased components: each view is one type instead of a new one for every combination,
    // a fifth less in a program of this size.
    let mut flags = vec!["-Clink-args=--emit-relocs", "--cfg=erase_components"];
    if compiler == Compiler::RustupWithSource {
        flags.extend([
            "-Zunstable-options",
            "-Cpanic=immediate-abort",
            "-Zfmt-debug=none",
        ]);
    }
    flags.join("\u{1f}")
}

fn summary(dist: &Path) -> anyhow::Result<String> {
    let mut first = 0;
    let mut chunks = 0;
    for entry in std::fs::read_dir(dist)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with("_bg.wasm.br") {
            first = std::fs::metadata(&path)?.len();
        } else if name.ends_with(".wasm") && !name.ends_with("_bg.wasm") {
            chunks += 1;
        }
    }
    Ok(format!(
        "built: first module {} KB compressed, {chunks} chunks",
        first.div_ceil(1000)
    ))
}

/// Builds the server in release mode and returns its program.
pub fn server() -> anyhow::Result<(PathBuf, String)> {
    let target = place::native_target();
    process::output(
        Command::new("cargo")
            .args([
                "build",
                "--release",
                "--quiet",
                "--package",
                "yichuang-server",
                "--bin",
                "yichuang",
            ])
            .current_dir(place::root())
            .env("CARGO_TARGET_DIR", &target),
    )
    .context("the server could not be built")?;
    let program = target.join("release/yichuang");
    if !program.is_file() {
        bail!(
            "cargo built the server, but {} is not there",
            program.display()
        );
    }
    Ok((program, "built".to_owned()))
}
