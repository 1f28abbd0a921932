//! `cargo xtask content`: checks the content and counts it.

use anyhow::{Context, bail};
use clap::Subcommand;
use std::path::PathBuf;

/// Arguments of the command.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print every finding with file and line, and what to do about it.
    Check {
        /// Print the counts as JSON on standard output; findings go to standard error.
        #[arg(long)]
        json: bool,
        /// The content folder.
        #[arg(long, default_value = "content")]
        content: PathBuf,
    },
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let Command::Check { json, content } = &arguments.command;
    let (counts, findings) = yichuang_content::count(content);
    if let Some(findings) = &findings {
        for finding in findings.as_slice() {
            eprintln!("{}/{finding}", content.display());
        }
    }
    if *json {
        println!(
            "{}",
            serde_json::to_string(&counts).context("counts are plain numbers")?
        );
    } else {
        println!(
            "{} services ({} without a trip, {} with one, {} with two; {} on terminals), {} bundles in {} themes, {} guides, {} points",
            counts.services,
            counts.zero_trips,
            counts.one_trip,
            counts.two_trips,
            counts.terminals,
            counts.bundles,
            counts.themes,
            counts.guides,
            counts.points
        );
    }
    match counts.errors {
        0 => Ok(()),
        1 => bail!("1 finding in {}", content.display()),
        errors => bail!("{errors} findings in {}", content.display()),
    }
}
