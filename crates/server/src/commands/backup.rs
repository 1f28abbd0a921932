//! `yichuang backup FILE`.

use super::print_tables;
use crate::clock::Clock;
use crate::settings::DatabaseSettings;
use clap::Args;
use std::path::PathBuf;
use yichuang_storage::{Database, portable};

/// Arguments of the command.
#[derive(Args)]
pub struct Arguments {
    /// The file to write; it must not exist yet.
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseSettings,
}

/// Takes the backup.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let location = arguments.database.location()?;
    let database = Database::open(location, &arguments.database.region).await?;
    let manifest = portable::backup(&database, &arguments.file, Clock::system().now_ms()).await?;
    println!(
        "backup of {} written to {} (migration {}):",
        database.location().for_people(),
        arguments.file.display(),
        manifest.migration
    );
    print_tables(&manifest.tables);
    database.close().await?;
    Ok(())
}
