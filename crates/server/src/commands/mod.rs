//! What the binary can do. One module a command.

mod admin;
mod audit;
mod backup;
mod check;
mod issuer;
mod keys;
mod migrate_to;
mod restore;
pub mod serve;

use clap::Subcommand;

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// Serve the API and the application.
    Serve(Box<crate::settings::ServeSettings>),
    /// Take a backup of a running or stopped installation into one file.
    Backup(backup::Arguments),
    /// Put a backup into an empty database.
    Restore(restore::Arguments),
    /// Check the database and the content, changing nothing.
    Check(check::Arguments),
    /// Move everything to another database: same counts, same hashes.
    MigrateTo(migrate_to::Arguments),
    /// Make accounts of officers, enterprises and their members; prints one-time enrolment links.
    Admin(admin::Arguments),
    /// Look after the keys that seal what identifies persons.
    Keys(keys::Arguments),
    /// Make, renew and withdraw the keys that sign temporary electronic IDs.
    Issuer(issuer::Arguments),
    /// Examine the log of who looked at whose data.
    Audit(audit::Arguments),
}

/// Runs a command.
///
/// # Errors
/// With one sentence for the operator.
pub fn run(command: Command) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let done = runtime.block_on(async {
        match command {
            Command::Serve(settings) => serve::run(*settings).await,
            Command::Backup(arguments) => backup::run(arguments).await,
            Command::Restore(arguments) => restore::run(arguments).await,
            Command::Check(arguments) => check::run(arguments).await,
            Command::MigrateTo(arguments) => migrate_to::run(arguments).await,
            Command::Admin(arguments) => admin::run(arguments).await,
            Command::Keys(arguments) => keys::run(arguments).await,
            Command::Issuer(arguments) => issuer::run(&arguments),
            Command::Audit(arguments) => audit::run(arguments).await,
        }
    });
    // Compression in the background is of no use to a process that ends.
    runtime.shutdown_background();
    done
}

/// Prints what tables hold.
fn print_tables(tables: &[yichuang_storage::portable::TableSummary]) {
    for table in tables {
        println!(
            "  {}: {} rows, sha256 {}",
            table.table, table.rows, table.hash
        );
    }
}
