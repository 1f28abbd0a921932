//! `cargo xtask build`: installs what is missing and builds the product, without starting it.

use crate::progress::Steps;
use crate::{build, install};

/// Arguments of the command.
#[derive(clap::Args)]
pub struct Arguments {
    /// Build the single-page application only.
    #[arg(long)]
    spa_only: bool,
}

/// Runs the command and prints where the results are.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let builds = if arguments.spa_only { 1 } else { 2 };
    let mut steps = Steps::new(install::STEPS_FOR_BUILDING + builds);
    let compiler = install::for_building(&mut steps)?;
    let spa = steps.run("Single-page application", || build::spa(compiler))?;
    println!("{}", spa.display());
    if !arguments.spa_only {
        let server = steps.run("Server", build::server)?;
        println!("{}", server.display());
    }
    Ok(())
}
