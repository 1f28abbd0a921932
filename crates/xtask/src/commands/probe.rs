//! `cargo xtask probe`: the crates of the browser give the same answers natively and in
//! WebAssembly. Fails where they differ.

use crate::commands::bench::search::{as_it_is, everyday_questions};
use crate::probe::{self, Probe};
use crate::progress::Steps;
use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use yichuang_contract::guide::Guide;
use yichuang_wasm_probe::digest_of_search;

/// Random walks through the guides that are compared.
const WALKS: usize = 5_000;
/// Random plans that are compared.
const PLANS: usize = 1_000;
const SEED: u32 = 20_260_101;

/// Arguments of the command.
#[derive(clap::Args)]
pub struct Arguments {
    /// Print the digests as JSON.
    #[arg(long)]
    json: bool,
}

/// Digests of one side, as hexadecimal digits.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Digests {
    search: String,
    guides: String,
    #[serde(default)]
    plans: String,
}

/// What the probe prints of plans.
#[derive(Deserialize)]
struct PlanDigest {
    plans: String,
}

#[derive(Serialize)]
struct Report<'a> {
    native: &'a Digests,
    wasm: &'a Digests,
    is_equal: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut steps = Steps::new(probe::STEPS + 2);
    let probe = Probe::build(&mut steps)?;
    let catalogue = as_it_is()?;
    let queries = typed()?;
    let guides = guides()?;
    let world = probe::plan_world()?;
    let calendar = world.working_days();
    let native = steps.run("natively", || {
        let search = digest_of_search(&catalogue.open(), &queries);
        let guides = yichuang_domain::guide::digest(&guides, u64::from(SEED), WALKS);
        let plans = world.content(&calendar).digest(u64::from(SEED), PLANS);
        let digests = Digests {
            search: format!("{search:016x}"),
            guides: format!("{guides:016x}"),
            plans: format!("{plans:016x}"),
        };
        Ok((digests, "done".to_owned()))
    })?;
    let wasm: Digests = steps.run("in WebAssembly", || {
        let printed = probe.digests(
            &catalogue,
            &queries,
            &postcard::to_allocvec(&guides)?,
            SEED,
            WALKS,
        )?;
        let mut digests: Digests = serde_json::from_str(&printed)
            .context("the probe printed something else than digests")?;
        let printed = probe.digest_of_plans(&world, SEED, PLANS)?;
        let PlanDigest { plans } = serde_json::from_str(&printed)
            .context("the probe printed something else than a digest")?;
        digests.plans = plans;
        Ok((digests, "done".to_owned()))
    })?;
    let is_equal = native == wasm;
    if arguments.json {
        let report = Report {
            native: &native,
            wasm: &wasm,
            is_equal,
        };
        println!("{}", serde_json::to_string(&report)?);
    }
    if !is_equal {
        bail!("native and WebAssembly disagree: {native:?}, {wasm:?}");
    }
    if !arguments.json {
        println!("native and WebAssembly agree in search, guides and plans");
    }
    Ok(())
}

/// Every question of the tests, and of every fifth what stands in the box while it is typed.
fn typed() -> anyhow::Result<String> {
    let mut lines = String::new();
    for (number, question) in everyday_questions()?.iter().enumerate() {
        for (at, _) in question.char_indices().skip(1).filter(|_| number % 5 == 0) {
            lines.push_str(&question[..at]);
            lines.push('\n');
        }
        lines.push_str(question);
        lines.push('\n');
    }
    Ok(lines)
}

fn guides() -> anyhow::Result<Vec<Guide>> {
    let content = yichuang_content::load(&crate::place::root().join("content"))
        .map_err(|findings| anyhow::anyhow!("the content is broken:\n{findings}"))?;
    let codes: Vec<_> = content
        .services
        .iter()
        .map(|service| &service.code.value)
        .collect();
    Ok(codes
        .into_iter()
        .filter_map(|code| content.guide(code).cloned())
        .collect())
}
