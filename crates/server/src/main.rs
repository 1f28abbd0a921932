//! The binary `yichuang`.

use clap::Parser;
use std::process::ExitCode;
use yichuang_server::commands::{Command, run};

#[derive(Parser)]
#[command(
    name = "yichuang",
    version,
    about = "Yichuang (一窗): one window for a city's police services"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One sentence for the operator; the causes are already in it.
            eprintln!("yichuang: {error:#}");
            ExitCode::FAILURE
        }
    }
}
