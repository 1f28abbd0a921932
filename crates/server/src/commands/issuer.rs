//! `yichuang issuer …`: the issuer's keys. docs/operations.md tells when to do what.

use crate::clock::Clock;
use crate::issuer::{keys, ring::Ring, seconds};
use crate::settings::Suite;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use yichuang_credential::TrustList;

/// Arguments of the command.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// Where the server's part of the keys is.
#[derive(Args)]
struct Service {
    /// Folder of the keys the server signs with, as `yichuang serve --issuer-keys` has it.
    #[arg(
        long = "issuer-keys",
        value_name = "DIR",
        env = "YICHUANG_ISSUER_KEYS",
        default_value = "data/issuer"
    )]
    folder: PathBuf,
}

#[derive(Subcommand)]
enum Command {
    /// Make root and authority: once, with witnesses, on a machine without a network.
    Ceremony {
        #[command(flatten)]
        service: Service,
        /// Folder for the secrets of root and authority, on a medium that is locked away afterwards.
        #[arg(long, value_name = "DIR")]
        vault: PathBuf,
        /// Suite of all keys.
        #[arg(long, value_enum, default_value = "es256")]
        suite: Suite,
    },
    /// Make the next keys to sign with and have the root sign a new trust list.
    Issue {
        #[command(flatten)]
        service: Service,
        /// Folder with the secret of the root.
        #[arg(long, value_name = "DIR")]
        vault: PathBuf,
    },
    /// Withdraw a key at once: nothing it ever signed counts any more.
    Withdraw {
        #[command(flatten)]
        service: Service,
        /// Folder with the secret of the root.
        #[arg(long, value_name = "DIR")]
        vault: PathBuf,
        /// The key, 16 hexadecimal digits.
        key: String,
    },
    /// Show the keys; no secret is printed.
    Show {
        #[command(flatten)]
        service: Service,
    },
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let now = seconds(Clock::system().now_ms());
    match &arguments.command {
        Command::Ceremony {
            service,
            vault,
            suite,
        } => {
            let made = keys::ceremony(vault, &service.folder, suite.algorithm(), false)?;
            let list = keys::issue(vault, &service.folder, now)?;
            println!("root      {}", made.root);
            println!("authority {}", made.authority);
            println!("secrets in {}: lock them away", vault.display());
            print_list(&list);
        }
        Command::Issue { service, vault } => {
            print_list(&keys::issue(vault, &service.folder, now)?);
        }
        Command::Withdraw {
            service,
            vault,
            key,
        } => print_list(&keys::withdraw(vault, &service.folder, key, now)?),
        Command::Show { service } => {
            let ring = Ring::open(&service.folder, now)?;
            println!("root      {}", hex::encode(ring.root.point()));
            println!("authority {}", hex::encode(ring.authority.point()));
            if ring.is_demonstration {
                println!("a demonstration's keys: what they sign proves nothing");
            }
            print_list(&ring.trust);
        }
    }
    Ok(())
}

fn print_list(list: &TrustList) {
    println!(
        "trust list {}, signed {}, over {} (seconds since 1970)",
        list.serial, list.issued, list.expires
    );
    for key in &list.keys {
        println!(
            "  {} uses {} from {} until {}",
            hex::encode(key.id.0),
            key.uses.0,
            key.not_before,
            key.not_after
        );
    }
}
