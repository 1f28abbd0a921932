//! Generates the `i18n` module from content/locales. A key that is missing in one language, or a
//! key nobody else has, stops the build: a half-translated page never ships.

use leptos_i18n_parser::parse_locales::options::{Config, ParseOptions};
use std::path::{Path, PathBuf};
use std::{env, fs};

const LOCALES: &str = "content/locales";
const DEFAULT: &str = "zh-Hans";
const OTHERS: [&str; 1] = ["en"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={LOCALES}");
    if let Err(reason) = generate() {
        println!("cargo::error={reason}");
    }
}

fn generate() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let namespaces = namespaces(&root.join(LOCALES).join(DEFAULT))?;

    let mut config = Config::new(DEFAULT)?.locales_path(LOCALES);
    for locale in OTHERS {
        config = config.add_locale(locale)?;
    }
    for namespace in &namespaces {
        config = config.add_namespace(namespace)?;
    }
    let config = config.parse_options(ParseOptions::new().interpolate_display(true));

    let parsed = leptos_i18n_parser::parse_locales::parse_locales(Some(root), config)
        .map_err(|error| error.to_string())?;
    let (errors, warnings) = parsed.diag.borrow();
    let findings: Vec<String> = errors
        .iter()
        .map(ToString::to_string)
        .chain(warnings.iter().map(ToString::to_string))
        .collect();
    drop((errors, warnings));
    if !findings.is_empty() {
        return Err(format!("{LOCALES}: {}", findings.join("; ")).into());
    }

    let attributes: proc_macro2::TokenStream =
        "#![allow(missing_docs, clippy::all, clippy::pedantic)]".parse()?;
    let code = leptos_i18n_codegen::gen_code(&parsed, None, false, Some(&attributes), false)
        .map_err(|error| error.to_string())?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("i18n.rs"), code.to_string())?;
    Ok(())
}

/// One namespace for each file of the default language, so that adding a file is enough.
fn namespaces(folder: &Path) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
            && let Some(stem) = path.file_stem().and_then(|stem| stem.to_str())
        {
            names.push(stem.to_owned());
        }
    }
    names.sort();
    Ok(names)
}
