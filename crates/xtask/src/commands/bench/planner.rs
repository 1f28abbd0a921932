//! `cargo xtask bench planner`: plans in WebAssembly.
//!
//! The probe (crates/wasm-probe) is built as the application is and run in Node. Every bundle and
//! ten thousand random baskets of twelve services are planned with random answers, each as a link
//! to a plan does it: from joining the guides to the last date.

use crate::probe::{self, Probe};
use crate::progress::Steps;
use anyhow::Context;
use serde::{Deserialize, Serialize};

/// Arguments of the benchmark.
#[derive(clap::Args)]
pub struct Arguments {
    /// Print the figures as JSON.
    #[arg(long)]
    pub json: bool,
    /// Random baskets to plan.
    #[arg(long, default_value_t = 10_000)]
    pub baskets: usize,
}

#[derive(Deserialize, Serialize)]
struct Figures {
    p50_ms: f64,
    p99_ms: f64,
    slowest_ms: f64,
    plans: usize,
}

/// Runs the benchmark.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut steps = Steps::new(probe::STEPS + 1);
    let probe = Probe::build(&mut steps)?;
    let world = probe::plan_world()?;
    let mut figures: Figures = steps.run("planning", || {
        let figures: Figures =
            serde_json::from_str(&probe.measure_plans(&world, arguments.baskets)?)
                .context("the probe printed something else than figures")?;
        let outcome = format!("p99 {:.2} ms", figures.p99_ms);
        Ok((figures, outcome))
    })?;
    let round = |milliseconds: f64| (milliseconds * 1000.0).round() / 1000.0;
    for figure in [
        &mut figures.p50_ms,
        &mut figures.p99_ms,
        &mut figures.slowest_ms,
    ] {
        *figure = round(*figure);
    }
    if arguments.json {
        println!("{}", serde_json::to_string(&figures)?);
    } else {
        println!(
            "{} plans: half within {} ms, 99 of 100 within {} ms",
            figures.plans, figures.p50_ms, figures.p99_ms
        );
    }
    Ok(())
}
