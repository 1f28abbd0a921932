//! `yichuang keys …`: the keys that seal what identifies persons.

use crate::account::keys;
use crate::settings::{DatabaseSettings, KeySettings};
use clap::{Args, Subcommand};
use yichuang_storage::{Database, Keyring, Vault, credential, migration, person};

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
    /// Add a key, seal everything anew under it, and forget the older ones. Stop the server first:
    /// it reads the keys at its start.
    Rotate,
    /// Make the key file now instead of at the first start.
    Create,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    anyhow::ensure!(
        arguments.keys.keys.is_none(),
        "keys from the environment cannot be changed here: put them into a file (--keys) first"
    );
    let file = keys::file(&arguments.keys, &arguments.database.data);
    match arguments.act {
        Act::Create => {
            let (_, is_new) = Keyring::open_or_create(&file)?;
            anyhow::ensure!(is_new, "there are keys in {} already", file.display());
            println!("new keys in {}", file.display());
        }
        Act::Rotate => {
            let mut ring = Keyring::open(&file)?;
            let database =
                Database::open(arguments.database.location()?, &arguments.database.region).await?;
            migration::check(&database).await?;
            let number = ring.add_sealing_key()?;
            // The new key is on disk before anything is sealed under it: a stop half-way loses
            // nothing, and the next rotation goes on.
            ring.save(&file)?;
            let vault = Vault::new(&ring)?;
            let changed = person::reseal(&database, &vault).await?;
            credential::reseal(&database, &vault).await?;
            ring.keep_newest_sealing_key();
            ring.save(&file)?;
            println!("{changed} persons sealed anew under key {number}; older keys are forgotten");
            println!(
                "backups taken before need the older keys: keep the old key file as long as them"
            );
            database.close().await?;
        }
    }
    Ok(())
}
