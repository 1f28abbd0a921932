//! `cargo xtask lighthouse`: Lighthouse's mobile profile against the product, median of three.

use crate::{measure, progress::Steps};

/// Arguments of the command.
#[derive(clap::Args)]
pub struct Arguments {
    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut steps = Steps::new(measure::STEPS + 1);
    let product = measure::product(&mut steps)?;
    let text = steps.run("Three pages, three runs each", || {
        Ok((
            measure::script("lighthouse.mjs", &product)?,
            "measured".to_owned(),
        ))
    })?;
    let result: serde_json::Value = serde_json::from_str(&text)?;
    if arguments.json {
        println!("{result}");
    } else {
        println!("{result:#}");
    }
    Ok(())
}
