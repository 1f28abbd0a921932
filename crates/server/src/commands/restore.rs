//! `yichuang restore FILE`.

use super::print_tables;
use crate::clock::Clock;
use crate::settings::DatabaseSettings;
use clap::Args;
use std::path::PathBuf;
use yichuang_storage::{Database, portable};

/// Arguments of the command.
#[derive(Args)]
pub struct Arguments {
    /// The backup; it is only read.
    file: PathBuf,
    /// Discard what the database holds.
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    database: DatabaseSettings,
}

/// Restores the backup.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let location = arguments.database.location()?;
    let database = Database::open(location, &arguments.database.region).await?;
    let now_ms = Clock::system().now_ms();
    let manifest = portable::restore(&arguments.file, &database, arguments.replace, now_ms).await?;
    println!(
        "{} restored into {}; counts and hashes are the backup's:",
        arguments.file.display(),
        database.location().for_people()
    );
    print_tables(&manifest.tables);
    database.close().await?;
    Ok(())
}
