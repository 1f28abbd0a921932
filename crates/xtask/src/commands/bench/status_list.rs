//! `cargo xtask bench status-list`: the size of the signed status list of a peak day.

use serde::Serialize;
use std::collections::BTreeSet;
use yichuang_credential::fixture::{NOW, Numbers, TODAY, World};
use yichuang_credential::rand_core::Rng;
use yichuang_credential::{Algorithm, StatusIndex, StatusList};

/// Credentials that live on the day.
const LIVE: usize = 75_000;
/// How many of a hundred are revoked.
const REVOKED_PERCENT: usize = 2;

/// Arguments of the benchmark.
#[derive(clap::Args)]
pub struct Arguments {
    /// Print the figures as JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Serialize)]
struct Figures {
    bytes: usize,
}

/// Runs the benchmark.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let world = World::new(Algorithm::Es256);
    let mut numbers = Numbers::new(1);
    // Places are drawn at random among the day's free ones, as the issuer draws them.
    let mut drawn = BTreeSet::new();
    let mut list = StatusList::new(NOW, [TODAY]);
    while drawn.len() < LIVE {
        let index = numbers.next_u32() % yichuang_credential::claims::INDEXES;
        if drawn.insert(index) && drawn.len() % (100 / REVOKED_PERCENT) == 0 {
            list.revoke(StatusIndex { day: TODAY, index })?;
        }
    }
    let figures = Figures {
        bytes: list.sign(&world.lister).len(),
    };
    if arguments.json {
        println!("{}", serde_json::to_string(&figures)?);
    } else {
        println!("{} bytes for {LIVE} credentials", figures.bytes);
    }
    Ok(())
}
