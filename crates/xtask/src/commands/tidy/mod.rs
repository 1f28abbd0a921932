//! `cargo xtask tidy`: the house rules that no compiler knows.

mod arrows;
mod source;

use crate::{place, process};
use anyhow::Context;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::process::Command;

/// Arguments of the command.
#[derive(clap::Args)]
pub struct Arguments {}

/// crates/xtask/tidy.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exceptions {
    /// Long files with one subject: path and reason.
    pub long_files: BTreeMap<String, String>,
    /// Addresses of other places that are not loaded: path and reason.
    pub addresses: BTreeMap<String, String>,
}

/// A file of the repository that is text.
pub struct SourceFile {
    /// Path from the root, with slashes.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// A rule and what it found.
pub struct Rule {
    /// The rule, as a sentence.
    pub name: &'static str,
    /// What breaks it.
    pub findings: Vec<String>,
}

/// Runs the command.
pub fn run(_arguments: &Arguments) -> anyhow::Result<()> {
    let rules = check()?;
    let mut broken = 0;
    for rule in &rules {
        if rule.findings.is_empty() {
            println!("ok      {}", rule.name);
        } else {
            broken += 1;
            println!("broken  {}", rule.name);
            for finding in &rule.findings {
                println!("        {finding}");
            }
        }
    }
    if broken > 0 {
        anyhow::bail!("{broken} of {} house rules are broken", rules.len());
    }
    Ok(())
}

/// Checks every rule.
pub fn check() -> anyhow::Result<Vec<Rule>> {
    let path = place::root().join("crates/xtask/tidy.toml");
    let exceptions: Exceptions = toml::from_str(&std::fs::read_to_string(&path)?)
        .with_context(|| format!("{} cannot be understood", path.display()))?;
    let files = files()?;
    let mut rules = arrows::rules()?;
    rules.extend(source::rules(&files, &exceptions));
    Ok(rules)
}

/// Every text file that git tracks or would track.
fn files() -> anyhow::Result<Vec<SourceFile>> {
    let root = place::root();
    let list = process::output(
        Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard"])
            .current_dir(&root),
    )?;
    let mut files = Vec::new();
    for path in list.lines() {
        // A deleted file is still listed until the deletion is committed; pictures are no text.
        if let Ok(text) = std::fs::read_to_string(root.join(path)) {
            files.push(SourceFile {
                path: path.to_owned(),
                text,
            });
        }
    }
    Ok(files)
}
