//! `cargo xtask bench credential`: whole live forms (three signatures, the lists and the rules)
//! verified a second, on one core: native in a release build, and in WebAssembly built as the
//! application is.

use crate::probe::{self, Probe};
use crate::progress::Steps;
use crate::{place, process};
use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::process::Command;
use yichuang_credential::fixture::{NOW, World};
use yichuang_credential::{Algorithm, Credential, Live, Sign, StatusIndex};

/// How many different guests come, one after the other and again.
const GUESTS: u32 = 100;

/// Arguments of the benchmark.
#[derive(clap::Args)]
pub struct Arguments {
    /// Print the figures as JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Serialize)]
struct Figures {
    native_per_second: f64,
    wasm_per_second: f64,
}

#[derive(Deserialize)]
struct Measured {
    per_second: f64,
}

/// What the probe's desk needs, bytes as hexadecimal digits.
#[derive(Serialize)]
struct Material {
    now: u64,
    root: String,
    trust: String,
    status: String,
    relying_party: String,
    origin: String,
    premises: String,
    audience: String,
    nonce: String,
    shown: Vec<String>,
}

/// Runs the benchmark.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut steps = Steps::new(probe::STEPS + 3);
    let probe = Probe::build(&mut steps)?;
    let program = steps.run("native program", || {
        process::output(&mut example(&["build", "--quiet"]))?;
        Ok((example(&["run", "--quiet"]), "built".to_owned()))
    })?;
    let mut program = program;
    let native_per_second = steps.run("verifying, native", || {
        let printed = process::output(&mut program)?;
        let per_second: f64 = printed
            .trim()
            .parse()
            .with_context(|| format!("the program printed {printed:?}"))?;
        Ok((per_second, format!("{per_second} a second")))
    })?;
    let wasm_per_second = steps.run("verifying, WebAssembly", || {
        let printed = probe.credentials(&serde_json::to_string(&material())?)?;
        let measured: Measured = serde_json::from_str(&printed)
            .context("the probe printed something else than figures")?;
        let per_second = measured.per_second.round();
        Ok((per_second, format!("{per_second} a second")))
    })?;
    let figures = Figures {
        native_per_second,
        wasm_per_second,
    };
    if arguments.json {
        println!("{}", serde_json::to_string(&figures)?);
    } else {
        println!(
            "{native_per_second} live forms a second native, {wasm_per_second} in WebAssembly"
        );
    }
    Ok(())
}

fn example(how: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo
        .args(how)
        .args(["--release", "--package", "yichuang-credential"])
        .args(["--features", "fixture,native", "--example", "speed"])
        .current_dir(place::root())
        .env("CARGO_TARGET_DIR", place::native_target());
    cargo
}

fn material() -> Material {
    let mut world = World::new(Algorithm::Es256);
    let shown = (0..GUESTS)
        .map(|guest| guest_shows(&mut world, guest))
        .collect();
    Material {
        now: NOW,
        root: hex::encode(world.root.public().point()),
        trust: hex::encode(world.trust.sign(&world.root)),
        status: hex::encode(world.status.sign(&world.lister)),
        relying_party: world.policy.site.relying_party.clone(),
        origin: world.policy.site.origin.clone(),
        premises: world.counter.premises.clone(),
        audience: hex::encode(world.counter.audience),
        nonce: hex::encode(world.counter.nonces[0]),
        shown,
    }
}

fn guest_shows(world: &mut World, guest: u32) -> String {
    let mut claims = world.claims();
    claims.status = StatusIndex {
        index: 1000 + guest,
        ..claims.status
    };
    let credential = Credential::issue(claims, &world.issuer).bytes;
    let unlock = world.unlock(&credential);
    let binding = Some(world.binding());
    Live::present(&credential, &unlock, NOW - 2, binding, &world.session).text()
}
