//! Who may depend on whom (docs/architecture.md).

use super::Rule;
use crate::metadata::{self, Metadata};

/// Each package and the members it may use. Tests may use test-support besides, and
/// test-support itself starts the real thing.
const ARROWS: [(&str, &[&str]); 10] = [
    ("yichuang-contract", &[]),
    ("yichuang-credential", &[]),
    (
        "yichuang-credential-browser",
        &["yichuang-contract", "yichuang-credential"],
    ),
    ("yichuang-domain", &["yichuang-contract"]),
    ("yichuang-search", &["yichuang-contract"]),
    (
        "yichuang-content",
        &["yichuang-contract", "yichuang-domain", "yichuang-search"],
    ),
    (
        "yichuang-storage",
        &["yichuang-contract", "yichuang-domain"],
    ),
    (
        "yichuang-server",
        &[
            "yichuang-contract",
            "yichuang-domain",
            "yichuang-search",
            "yichuang-credential",
            "yichuang-content",
            "yichuang-storage",
        ],
    ),
    (
        "yichuang",
        &[
            "yichuang-contract",
            "yichuang-domain",
            "yichuang-search",
            "yichuang-credential",
            "yichuang-credential-browser",
        ],
    ),
    (
        "yichuang-wasm-probe",
        &[
            "yichuang-contract",
            "yichuang-domain",
            "yichuang-search",
            "yichuang-credential",
        ],
    ),
];

/// Tools and tests, which may use everything and which nothing of the product uses.
const TOOLS: [&str; 2] = ["yichuang-xtask", "yichuang-test-support"];

/// Crates that do input or output, keep time or draw lots: the domain has none of them.
const NOT_IN_DOMAIN: [&str; 8] = [
    "tokio",
    "axum",
    "hyper",
    "sea-orm",
    "sqlx",
    "rand",
    "getrandom",
    "reqwest",
];

/// Crates that are too large for the first download (docs/decisions/code-splitting.md).
const NOT_IN_BROWSER: [&str; 6] = [
    "regex",
    "jiff",
    "rxing",
    "geojson",
    "pulldown-cmark",
    "chrono",
];

/// The rules about dependencies.
pub fn rules() -> anyhow::Result<Vec<Rule>> {
    let metadata = metadata::read()?;
    Ok(vec![
        Rule {
            name: "dependencies point one way",
            findings: arrows(&metadata),
        },
        Rule {
            name: "the domain and the credential depend on nothing with a clock, a die or a wire",
            findings: banned(
                &metadata,
                &[
                    "yichuang-domain",
                    "yichuang-contract",
                    "yichuang-credential",
                ],
                &NOT_IN_DOMAIN,
            ),
        },
        Rule {
            name: "the browser's crates stay small",
            findings: banned(
                &metadata,
                &[
                    "yichuang",
                    "yichuang-contract",
                    "yichuang-domain",
                    "yichuang-search",
                    "yichuang-credential",
                    "yichuang-credential-browser",
                ],
                &NOT_IN_BROWSER,
            ),
        },
    ])
}

fn arrows(metadata: &Metadata) -> Vec<String> {
    let mut findings = Vec::new();
    for package in &metadata.packages {
        if TOOLS.contains(&package.name.as_str()) {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == package.name) else {
            findings.push(format!("{} has no place in the arrows yet", package.name));
            continue;
        };
        for dependency in &package.dependencies {
            let is_member = dependency.path.is_some();
            let is_test = dependency.kind.as_deref() == Some("dev");
            if is_member && !is_test && !allowed.contains(&dependency.name.as_str()) {
                findings.push(format!("{} must not use {}", package.name, dependency.name));
            }
        }
    }
    findings
}

fn banned(metadata: &Metadata, packages: &[&str], crates: &[&str]) -> Vec<String> {
    let mut findings = Vec::new();
    for package in metadata
        .packages
        .iter()
        .filter(|package| packages.contains(&package.name.as_str()))
    {
        for dependency in &package.dependencies {
            if dependency.kind.is_none() && crates.contains(&dependency.name.as_str()) {
                findings.push(format!("{} must not use {}", package.name, dependency.name));
            }
        }
    }
    findings
}
