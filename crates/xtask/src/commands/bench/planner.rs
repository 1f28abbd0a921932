//! `cargo xtask bench planner`.

/// Arguments of the benchmark.
#[derive(clap::Args)]
pub struct Arguments {
    /// Print the figures as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Runs the benchmark.
pub fn run(_arguments: &Arguments) -> anyhow::Result<()> {
    anyhow::bail!("this benchmark is not built yet")
}
