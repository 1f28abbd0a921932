//! The module of the temporary electronic ID (crates/credential-browser): built beside the
//! application and loaded, in a worker, only by the pages that need it.
//!
//! Four files come out, each named after its content: the page's script, the styles of these pages,
//! the worker's script (wasm-bindgen's with ours behind it) and the module. The application's own script names them
//! ([`names_for_script`]), so that the service worker finds them like the other parts.

use super::IDENTITY;
use super::split::hex;
use crate::install::Compiler;
use crate::{place, process};
use anyhow::Context;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGE: &str = "yichuang-credential-browser";
/// Speed before size here: the module reads camera frames.
const PROFILE: &str = "worker";
/// As for the application (see [`super::split`]), but optimised for speed.
const WASM_OPT: [&str; 8] = [
    "-O3",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--strip-debug",
];

/// Where the files wait for the end of Trunk's build. What Trunk calls is told by [`IDENTITY`],
/// because its target directory is set.
pub fn folder() -> PathBuf {
    std::env::var_os(IDENTITY).map_or_else(
        || place::wasm_target().join("yichuang-identity"),
        PathBuf::from,
    )
}

/// Builds the files.
pub fn build(compiler: Compiler) -> anyhow::Result<()> {
    let target = place::wasm_target();
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--quiet", "--profile", PROFILE])
        .args([
            "--target",
            "wasm32-unknown-unknown",
            "--package",
            PACKAGE,
            "--features",
            "engine",
        ])
        .current_dir(place::root())
        .env("CARGO_TARGET_DIR", &target);
    compiler.configure(&mut cargo);
    process::output(&mut cargo).context("the module of the credential could not be built")?;

    let linked = target
        .join("wasm32-unknown-unknown")
        .join(PROFILE)
        .join("yichuang_credential_browser.wasm");
    let bound = target.join("yichuang-identity-bound");
    process::output(
        Command::new(place::cargo_tools().join("bin/wasm-bindgen"))
            .args([
                "--target",
                "web",
                "--no-typescript",
                "--out-name",
                "identity",
                "--out-dir",
            ])
            .args([&bound, &linked]),
    )?;
    let module = bound.join("identity.wasm");
    let node = place::node_tools().join("node_modules/.bin/wasm-opt");
    process::output(
        Command::new(node)
            .args(WASM_OPT)
            .arg(bound.join("identity_bg.wasm"))
            .arg("-o")
            .arg(&module),
    )?;

    let scripts = place::root().join("crates/credential-browser/js");
    let glue = std::fs::read_to_string(bound.join("identity.js"))?;
    let own = std::fs::read_to_string(scripts.join("worker.js"))?;
    let page = std::fs::read_to_string(scripts.join("page.js"))?;
    let out = folder();
    if out.exists() {
        std::fs::remove_dir_all(&out)?;
    }
    std::fs::create_dir_all(&out)?;
    let worker = super::finish::without_comments(&format!("{glue}\n{own}"));
    write(
        &out,
        "identity-page",
        "js",
        super::finish::without_comments(&page).as_bytes(),
    )?;
    let style = super::style::bundle(&place::root().join("style/identity.css"))?;
    write(&out, "identity", "css", style.as_bytes())?;
    write(&out, "identity-worker", "js", worker.as_bytes())?;
    write(&out, "identity", "wasm", &std::fs::read(module)?)
}

fn write(folder: &Path, stem: &str, extension: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let name = format!("{stem}-{}.{extension}", &hex(&Sha256::digest(bytes))[..16]);
    std::fs::write(folder.join(name), bytes)?;
    Ok(())
}

/// The line of the application's script that names the files: page, styles, worker, module.
pub fn names_for_script() -> anyhow::Result<String> {
    let mut names = [const { None }; 4];
    for entry in std::fs::read_dir(folder()).context("the module of the credential is not built")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let place = match name.as_str() {
            page if page.starts_with("identity-page-") => 0,
            styles if styles.ends_with(".css") => 1,
            worker if worker.starts_with("identity-worker-") => 2,
            _ => 3,
        };
        names[place] = Some(format!("\"./{name}\""));
    }
    let names: Option<Vec<String>> = names.into_iter().collect();
    let names = names.context("a file of the credential's module is missing")?;
    Ok(format!("globalThis.ycParts = [{}];\n", names.join(", ")))
}
