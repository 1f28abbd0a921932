//! What cargo knows about the workspace: which package depends on which.

use crate::{place, process};
use anyhow::Context;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

/// The packages of the workspace.
#[derive(serde::Deserialize)]
pub struct Metadata {
    /// Every member.
    pub packages: Vec<Package>,
}

/// A member of the workspace.
#[derive(serde::Deserialize)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its Cargo.toml.
    pub manifest_path: PathBuf,
    /// What it depends on, of any kind.
    pub dependencies: Vec<Dependency>,
}

/// One line under `[dependencies]`, `[dev-dependencies]` or `[build-dependencies]`.
#[derive(serde::Deserialize)]
pub struct Dependency {
    /// The package it names.
    pub name: String,
    /// Absent for normal dependencies, else `dev` or `build`.
    pub kind: Option<String>,
    /// Set for members of the workspace.
    pub path: Option<PathBuf>,
}

/// Asks cargo.
pub fn read() -> anyhow::Result<Metadata> {
    let text = process::output(
        Command::new("cargo")
            .args([
                "metadata",
                "--format-version",
                "1",
                "--no-deps",
                "--offline",
            ])
            .current_dir(place::root()),
    )?;
    serde_json::from_str(&text).context("cargo metadata printed something unexpected")
}

impl Metadata {
    /// The package of this name.
    pub fn package(&self, name: &str) -> anyhow::Result<&Package> {
        self.packages
            .iter()
            .find(|package| package.name == name)
            .with_context(|| format!("the workspace has no package {name}"))
    }

    /// The folders of all members that this one uses, directly or not, without its own.
    pub fn folders_used_by(&self, name: &str) -> anyhow::Result<Vec<PathBuf>> {
        let mut names = BTreeSet::new();
        let mut waiting = vec![name.to_owned()];
        while let Some(name) = waiting.pop() {
            for dependency in &self.package(&name)?.dependencies {
                let used = dependency.path.is_some() && dependency.kind.as_deref() != Some("dev");
                if used && names.insert(dependency.name.clone()) {
                    waiting.push(dependency.name.clone());
                }
            }
        }
        names
            .iter()
            .map(|name| {
                let manifest = &self.package(name)?.manifest_path;
                Ok(manifest
                    .parent()
                    .context("a manifest lies in a folder")?
                    .to_path_buf())
            })
            .collect()
    }
}
