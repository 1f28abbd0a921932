//! `cargo xtask size`.

/// Arguments of the command.
#[derive(clap::Args)]
pub struct Arguments {}

/// Runs the command.
pub fn run(_arguments: &Arguments) -> anyhow::Result<()> {
    anyhow::bail!("this command is not built yet")
}
