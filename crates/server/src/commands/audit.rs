//! `yichuang audit verify`: whether the access log is whole and unchanged.

use crate::account::keys;
use crate::settings::{DatabaseSettings, KeySettings};
use anyhow::Context;
use clap::{Args, Subcommand};
use yichuang_storage::access_log::{self, Checkpoint};
use yichuang_storage::{Database, Vault, migration};

/// Arguments of the command.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    act: Act,
    #[command(flatten)]
    keys: KeySettings,
    #[command(flatten)]
    database: DatabaseSettings,
}

#[derive(Subcommand)]
enum Act {
    /// Examine every entry and every signed checkpoint.
    Verify {
        /// A checkpoint kept elsewhere, as the server's log told it: number:hash.
        #[arg(long, value_name = "NUMBER:HASH")]
        kept: Option<String>,
    },
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Act::Verify { kept } = arguments.act;
    let kept = kept.as_deref().map(read_checkpoint).transpose()?;
    let keyring = keys::open(&arguments.keys, &arguments.database.data)?;
    let vault = Vault::new(&keyring)?;
    let location = arguments.database.location()?;
    let database = Database::open(location, &arguments.database.region).await?;
    migration::check(&database).await?;
    let found =
        access_log::examine(&database, vault.log_key().verifying_key(), kept.as_ref()).await?;
    database.close().await?;
    println!(
        "{} entries, {} signed checkpoints",
        found.entries, found.checkpoints
    );
    if let Some(head) = &found.head {
        println!("head: {}:{}", head.number, head.hash);
    }
    for finding in &found.findings {
        println!("{finding}");
    }
    anyhow::ensure!(
        found.findings.is_empty(),
        "the access log is not as it was written; see above"
    );
    println!("the access log is whole");
    Ok(())
}

fn read_checkpoint(text: &str) -> anyhow::Result<Checkpoint> {
    let (number, hash) = text
        .split_once(':')
        .context("--kept: expected number:hash")?;
    Ok(Checkpoint {
        number: number.parse().context("--kept: expected number:hash")?,
        hash: hash.to_owned(),
    })
}
