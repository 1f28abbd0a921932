//! `yichuang migrate-to URL`.

use super::print_tables;
use crate::clock::Clock;
use crate::settings::DatabaseSettings;
use clap::Args;
use yichuang_storage::{Database, Location, portable};

/// Arguments of the command.
#[derive(Args)]
pub struct Arguments {
    /// The database to move to: postgres://user:password@host/name.
    url: String,
    /// Discard what that database holds.
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    database: DatabaseSettings,
}

/// Moves everything.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let from = arguments.database.location()?;
    let target = Location::from_settings(Some(&arguments.url), &arguments.database.data)?;
    anyhow::ensure!(
        from != target,
        "{} is the database that is in use already",
        target.for_people()
    );
    let to = target.for_people();
    let database = Database::open(from, &arguments.database.region).await?;
    let now_ms = Clock::system().now_ms();
    let tables = portable::migrate_to(&database, target, arguments.replace, now_ms).await?;
    println!(
        "everything of {} is now in {to}, with the same counts and hashes:",
        database.location().for_people()
    );
    print_tables(&tables);
    println!("start the server with --database-url (YICHUANG_DATABASE_URL) from now on");
    database.close().await?;
    Ok(())
}
