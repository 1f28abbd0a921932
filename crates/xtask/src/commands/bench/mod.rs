//! `cargo xtask bench …`: one module a benchmark.

mod api;
mod credential;
mod planner;
pub mod scan;
pub mod search;
mod status_list;

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
    /// Live forms verified a second, native and in WebAssembly.
    Credential(credential::Arguments),
    /// From a camera's frame to the desk's verdict, in Chromium without a network.
    Scan(scan::Arguments),
    /// The size of a signed status list.
    StatusList(status_list::Arguments),
    /// The planner of bundles.
    Planner(planner::Arguments),
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    match &arguments.benchmark {
        Benchmark::Search(arguments) => search::run(arguments),
        Benchmark::Api(arguments) => api::run(arguments),
        Benchmark::Credential(arguments) => credential::run(arguments),
        Benchmark::Scan(arguments) => scan::run(arguments),
        Benchmark::StatusList(arguments) => status_list::run(arguments),
        Benchmark::Planner(arguments) => planner::run(arguments),
    }
}
