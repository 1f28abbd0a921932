//! The commands of this repository: `cargo xtask …`. One module a command in `commands/`.

mod build;
mod commands;
mod fuzzing;
mod install;
mod measure;
mod metadata;
mod place;
mod probe;
mod process;
mod product;
mod progress;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The commands of this repository")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is missing, build everything and serve the product.
    Run(commands::run::Arguments),
    /// Install what is missing and build everything.
    Build(commands::build::Arguments),
    /// Run every check and every test; ends with one line of counts.
    Test(commands::test::Arguments),
    /// Check the content, or count it.
    Content(commands::content::Arguments),
    /// Walk the guides, or ask what would follow from a change.
    Guides(commands::guides::Arguments),
    /// Count what the bundles save.
    Bundles(commands::bundles::Arguments),
    /// Answer queries read from standard input.
    Search(commands::search::Arguments),
    /// Compare the crates of the browser with native runs of them.
    Probe(commands::probe::Arguments),
    /// Fuzz the credential.
    Fuzz(commands::fuzz::Arguments),
    /// Measure.
    Bench(commands::bench::Arguments),
    /// Measure the first visit.
    Size(commands::size::Arguments),
    /// Run Lighthouse against the product.
    Lighthouse(commands::lighthouse::Arguments),
    /// Check the house rules.
    Tidy(commands::tidy::Arguments),
    /// Stands in for wasm-bindgen in Trunk's build.
    #[command(hide = true)]
    WasmBindgen {
        /// What Trunk passes to wasm-bindgen.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Trunk's hook before its build.
    #[command(hide = true)]
    SpaPrepare,
    /// Trunk's hook after its build.
    #[command(hide = true)]
    SpaFinish,
}

fn main() -> std::process::ExitCode {
    match run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            // One clear sentence with its causes; a backtrace of this program helps nobody.
            eprintln!("error: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Run(arguments) => commands::run::run(&arguments),
        Command::Build(arguments) => commands::build::run(&arguments),
        Command::Test(arguments) => commands::test::run(&arguments),
        Command::Content(arguments) => commands::content::run(&arguments),
        Command::Guides(arguments) => commands::guides::run(&arguments),
        Command::Bundles(arguments) => commands::bundles::run(&arguments),
        Command::Search(arguments) => commands::search::run(&arguments),
        Command::Probe(arguments) => commands::probe::run(&arguments),
        Command::Fuzz(arguments) => commands::fuzz::run(&arguments),
        Command::Bench(arguments) => commands::bench::run(&arguments),
        Command::Size(arguments) => commands::size::run(&arguments),
        Command::Lighthouse(arguments) => commands::lighthouse::run(&arguments),
        Command::Tidy(arguments) => commands::tidy::run(&arguments),
        Command::WasmBindgen { arguments } => build::split::wasm_bindgen(&arguments),
        Command::SpaPrepare => build::finish::prepare(),
        Command::SpaFinish => build::finish::finish(),
    }
}
