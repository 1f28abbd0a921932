//! Code splitting: the `wasm-bindgen` that Trunk finds first on its PATH.
//!
//! It cuts the linked module at every `#[wasm_split]` function, lets the real wasm-bindgen work
//! on what is left, optimises the chunks, gives each a name made of its content, and puts the
//! loader of the chunks into wasm-bindgen's JavaScript file: one request less, and one file
//! whose name cannot disagree with its content. docs/decisions/code-splitting.md has the reasons.

use super::{CHUNKS, XTASK, imports};
use crate::{place, process};
use anyhow::{Context, bail};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// wasm-opt's flags, here for the chunks and in index.html for the first module. Never
/// `--all-features`: wasm-opt 132 then writes compact imports, which browsers refuse.
const WASM_OPT: [&str; 9] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--converge",
    // The first kilobyte is the far end of the stack, where nothing has an address of its own.
    "--low-memory-unused",
];

/// The module path under which the first module imports the loaders of the chunks.
const LOADER: &str = "./__wasm_split.js";

/// Writes the `wasm-bindgen` that calls this program back.
pub fn place_program(folder: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("wasm-bindgen");
    std::fs::write(
        &path,
        format!("#!/bin/sh\nexec \"${XTASK}\" wasm-bindgen -- \"$@\"\n"),
    )?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755))?;
    Ok(())
}

/// Stands in for wasm-bindgen.
pub fn wasm_bindgen(arguments: &[String]) -> anyhow::Result<()> {
    let real = place::cargo_tools().join("bin/wasm-bindgen");
    let Some(input) = arguments
        .iter()
        .find(|argument| argument.ends_with(".wasm"))
    else {
        // `--version` and the like.
        print!("{}", process::output(Command::new(real).args(arguments))?);
        return Ok(());
    };
    let value_of = |flag: &str| {
        arguments
            .iter()
            .find_map(|argument| argument.strip_prefix(flag)?.strip_prefix('='))
    };
    let out_dir = PathBuf::from(value_of("--out-dir").context("Trunk named no --out-dir")?);
    let out_name = value_of("--out-name").context("Trunk named no --out-name")?;

    let chunks = PathBuf::from(std::env::var_os(CHUNKS).context("not called by cargo xtask")?);
    empty(&chunks)?;
    process::output(
        Command::new(place::cargo_tools().join("bin/wasm-split-cli"))
            .args([Path::new(input), &chunks])
            .args(["--out-name", out_name]),
    )?;

    // What is left of the module goes through wasm-bindgen as Trunk asked.
    let left = chunks.join(format!("{out_name}.wasm"));
    let mut bindgen = Command::new(real);
    for argument in arguments {
        if argument == input {
            bindgen.arg(&left)
        } else {
            bindgen.arg(argument)
        };
    }
    process::output(bindgen.args(["--keep-lld-exports", "--no-demangle"]))?;
    std::fs::remove_file(&left)?;

    let names = name_chunks(&chunks)?;
    let loader_path = chunks.join("__wasm_split.js");
    let loader = std::fs::read_to_string(&loader_path)?;
    std::fs::remove_file(&loader_path)?;
    let script_path = out_dir.join(format!("{out_name}.js"));
    let script = std::fs::read_to_string(&script_path)?;
    let merged = merge(&script, &loader, &names)?;
    let module_path = out_dir.join(format!("{out_name}_bg.wasm"));
    let module = std::fs::read(&module_path)?;
    let merged = super::identity::names_for_script()? + &merged;
    let (module, script) = imports::shorten(&module, &merged, &format!("./{out_name}_bg.js"))?;
    std::fs::write(module_path, module)?;
    std::fs::write(&script_path, script)?;
    Ok(())
}

fn empty(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    Ok(())
}

/// Optimises every chunk and renames it after its content: `split_guide-1a2b3c4d5e6f7a8b.wasm`.
fn name_chunks(folder: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let Some(stem) = name.strip_suffix(".wasm") else {
            continue;
        };
        process::output(
            Command::new("wasm-opt")
                .args(WASM_OPT)
                .arg(&path)
                .arg("-o")
                .arg(&path),
        )?;
        let digest = Sha256::digest(std::fs::read(&path)?);
        let hashed = format!("{stem}-{}.wasm", &hex(&digest)[..16]);
        std::fs::rename(&path, folder.join(&hashed))?;
        names.insert(name.to_owned(), hashed);
    }
    Ok(names)
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a String cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}

/// Puts the loader into wasm-bindgen's script, and lets the script start itself: the strict
/// content security policy allows no inline script that would do it.
fn merge(script: &str, loader: &str, names: &BTreeMap<String, String>) -> anyhow::Result<String> {
    let mut body = String::new();
    let mut exports = Vec::new();
    for line in loader.lines() {
        // `initSync` is in the same file now.
        if line.starts_with("import ") {
            continue;
        }
        if let Some(rest) = line.strip_prefix("export const ") {
            let name = rest
                .split(' ')
                .next()
                .context("the loader's export has no name")?;
            exports.push(name.to_owned());
            body.push_str("const ");
            body.push_str(rest);
        } else {
            body.push_str(line);
        }
        body.push('\n');
    }
    for (plain, hashed) in names {
        let quoted = format!("\"./{plain}\"");
        if !body.contains(&quoted) {
            bail!("the loader does not mention the chunk {plain}");
        }
        body = body.replace(&quoted, &format!("\"./{hashed}\""));
    }

    let mut merged = String::new();
    let mut loader_names = Vec::new();
    for line in script.lines() {
        let import = line
            .strip_prefix("import * as ")
            .and_then(|rest| rest.split_once(" from "));
        match import {
            Some((name, from)) if from.trim_end_matches(';').trim_matches('"') == LOADER => {
                loader_names.push(name.trim().to_owned());
            }
            _ => {
                merged.push_str(line);
                merged.push('\n');
            }
        }
    }
    if !exports.is_empty() && loader_names.is_empty() {
        bail!("wasm-bindgen's script does not import {LOADER}; its form has changed");
    }
    merged.push_str(&body);
    for name in loader_names {
        merged.push_str(&format!("const {name} = {{ {} }};\n", exports.join(", ")));
    }
    merged.push_str(START);
    Ok(merged)
}

/// The module's name carries Trunk's hash, which is not known yet here; the preload link in the
/// page knows it.
const START: &str = "
__wbg_init({ module_or_path: document.querySelector('link[type=\"application/wasm\"]').href });
";

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "import * as import1 from \"./__wasm_split.js\"\n\
                          import * as import2 from \"./__wasm_split.js\"\n\
                          function initSync() {}\n\
                          export { initSync, __wbg_init as default };\n";
    const LOADER_TEXT: &str = "import { initSync } from \"./app.js\";\n\
                               const url = \"./split_guide.wasm\";\n\
                               export const __wasm_split_load_guide = wrap(url);\n";

    #[test]
    fn the_loader_ends_up_in_the_script_under_the_names_it_imports() {
        let names = BTreeMap::from([(
            "split_guide.wasm".to_owned(),
            "split_guide-00ff.wasm".to_owned(),
        )]);
        let merged = merge(SCRIPT, LOADER_TEXT, &names).expect("well-formed");
        assert!(!merged.contains("import "), "{merged}");
        assert!(merged.contains("\"./split_guide-00ff.wasm\""));
        assert!(merged.contains("const import1 = { __wasm_split_load_guide };"));
        assert!(merged.contains("const import2 = { __wasm_split_load_guide };"));
    }

    #[test]
    fn a_changed_form_of_the_script_is_an_error_and_not_a_broken_page() {
        let changed = "import { x } from \"./elsewhere.js\"\n";
        assert!(merge(changed, LOADER_TEXT, &BTreeMap::new()).is_err());
        let unknown = BTreeMap::from([("other.wasm".to_owned(), "other-1.wasm".to_owned())]);
        assert!(merge(SCRIPT, LOADER_TEXT, &unknown).is_err());
    }
}
