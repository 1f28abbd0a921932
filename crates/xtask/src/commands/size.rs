//! `cargo xtask size`: what the first visit to the home page costs over the wire.

use crate::{measure, progress::Steps};

/// Most bytes of a first visit, everything included.
pub const FIRST_VISIT_BYTES: u64 = 180_000;
/// Most bytes of WebAssembly among them.
pub const WASM_BYTES: u64 = 120_000;
/// Most requests.
pub const REQUESTS: u64 = 8;

/// Arguments of the command.
#[derive(clap::Args)]
pub struct Arguments {
    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
}

/// What was measured.
#[derive(serde::Deserialize, serde::Serialize)]
pub struct Size {
    /// Bytes of all answers, headers included.
    pub first_visit_bytes: u64,
    /// Bytes of WebAssembly modules.
    pub wasm_bytes: u64,
    /// Requests.
    pub requests: u64,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut steps = Steps::new(measure::STEPS + 1);
    let product = measure::product(&mut steps)?;
    let text = steps.run("First visit", || {
        Ok((
            measure::script("size.mjs", &product)?,
            "measured".to_owned(),
        ))
    })?;
    let size: Size = serde_json::from_str(&text)?;
    if arguments.json {
        println!("{}", serde_json::to_string(&size)?);
    } else {
        println!(
            "first visit   {:>7} bytes, at most {FIRST_VISIT_BYTES}",
            size.first_visit_bytes
        );
        println!(
            "WebAssembly   {:>7} bytes, at most {WASM_BYTES}",
            size.wasm_bytes
        );
        println!("requests      {:>7}, at most {REQUESTS}", size.requests);
    }
    Ok(())
}
