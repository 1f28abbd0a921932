//! `cargo xtask guides`: walk every guide, or ask what would follow from a change.

mod walk;
mod what_if;

use anyhow::bail;
use std::path::PathBuf;
use yichuang_contract::guide::Guide;

/// Arguments of the command.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Folder of the content.
    #[arg(long, default_value = "content", global = true)]
    content: PathBuf,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Walk every reachable situation of every guide; fails on any fault of a guide.
    Walk {
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Count the situations that a change would reach, such as "material 结婚证 abolished".
    WhatIf {
        /// `material NAME abolished` or `material NAME electronic`; NAME in either language.
        change: String,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let guides = guides(arguments)?;
    match &arguments.command {
        Command::Walk { json } => walk::run(&guides, *json),
        Command::WhatIf { change, json } => what_if::run(&guides, change, *json),
    }
}

/// All guides, sound or not: `walk` reports on those that are not.
fn guides(arguments: &Arguments) -> anyhow::Result<Vec<Guide>> {
    let folder = &arguments.content;
    let (guides, findings) = yichuang_content::read_guides_only(folder);
    if let Some(findings) = findings {
        bail!("the guides cannot be read:\n{findings}");
    }
    if guides.is_empty() {
        bail!(
            "no guides in {}; run it from the root of the repository",
            folder.display()
        );
    }
    Ok(guides)
}
