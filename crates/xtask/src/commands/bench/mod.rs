//! `cargo xtask bench …`: one module a benchmark.

mod api;
mod planner;
pub mod search;

/// Arguments of the command.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    benchmark: Benchmark,
}

#[derive(clap::Subcommand)]
enum Benchmark {
    /// Search in WebAssembly, keystroke by keystroke.
    Search(search::Arguments),
    /// The API under load from a second process.
    Api(api::Arguments),
    /// The planner of bundles.
    Planner(planner::Arguments),
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    match &arguments.benchmark {
        Benchmark::Search(arguments) => search::run(arguments),
        Benchmark::Api(arguments) => api::run(arguments),
        Benchmark::Planner(arguments) => planner::run(arguments),
    }
}
