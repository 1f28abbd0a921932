//! `cargo xtask test`: every check and every test; ends with one line of counts.

mod browser;
mod cargo;
mod foreign;
mod tally;

use crate::commands::{size, tidy};
use crate::install::Compiler;
use crate::progress::{self, Steps};
use crate::{build, fuzzing, install, measure, process, product::Product};
use std::time::Instant;
use tally::Tally;

/// Arguments of the command.
#[derive(clap::Args)]
pub struct Arguments {
    /// Run these suites only (their names are shown by a full run). May be repeated.
    #[arg(long)]
    only: Vec<String>,
}

/// What the suites stand on.
pub struct Ground {
    /// Builds WebAssembly.
    compiler: Compiler,
}

type Suite = (&'static str, fn(&Ground) -> anyhow::Result<Tally>);

/// The suites, quick ones first.
const SUITES: [Suite; 14] = [
    ("format", |_| cargo::format()),
    ("house rules", |_| house_rules()),
    ("licences", |_| cargo::licences()),
    ("content", |_| own_command(&["content", "check"])),
    ("guides", |_| own_command(&["guides", "walk", "--json"])),
    ("clippy", |_| cargo::clippy()),
    ("clippy for the browser", |ground| {
        cargo::clippy_for_the_browser(ground.compiler)
    }),
    ("Rust tests", |_| cargo::tests()),
    ("tests in the browser's WebAssembly", |ground| {
        cargo::browser_tests(ground.compiler)
    }),
    ("native and WebAssembly agree", |_| own_command(&["probe"])),
    ("foreign eyes", |_| foreign::programs()),
    ("fuzz targets, briefly", |_| fuzz()),
    ("journeys and accessibility", |ground| {
        with_product(ground, browser::journeys)
    }),
    ("size of the first visit", |ground| {
        with_product(ground, first_visit)
    }),
];

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    for name in &arguments.only {
        if !SUITES.iter().any(|(suite, _)| suite == name) {
            let names: Vec<&str> = SUITES.iter().map(|(suite, _)| *suite).collect();
            anyhow::bail!(
                "there is no suite {name:?}; there are: {}",
                names.join(", ")
            );
        }
    }
    let mut steps = Steps::new(install::STEPS_FOR_BUILDING + install::STEPS_FOR_TESTING);
    let compiler = install::for_building(&mut steps)?;
    install::for_testing(&mut steps)?;

    let ground = Ground { compiler };
    let begun = Instant::now();
    let mut all = Tally::default();
    let chosen =
        |name: &str| arguments.only.is_empty() || arguments.only.iter().any(|only| only == name);
    for (name, suite) in SUITES.into_iter().filter(|(name, _)| chosen(name)) {
        eprintln!("== {name}");
        let suite_begun = Instant::now();
        // A suite that cannot run has failed; the others still tell what they know.
        let tally = suite(&ground).unwrap_or_else(|error| {
            eprintln!("{error:#}");
            Tally::failed()
        });
        eprintln!("   {tally} ({})", progress::shown(suite_begun.elapsed()));
        all += tally;
    }
    eprintln!("All suites took {}.", progress::shown(begun.elapsed()));
    println!("{all}");
    if all.failed > 0 {
        anyhow::bail!("{} failed", all.failed);
    }
    Ok(())
}

/// One check for each house rule.
fn house_rules() -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    for rule in tidy::check()? {
        if !rule.findings.is_empty() {
            eprintln!("broken: {}", rule.name);
            for finding in &rule.findings {
                eprintln!("    {finding}");
            }
        }
        tally += Tally::of(rule.findings.is_empty());
    }
    Ok(tally)
}

/// A command of this very program as a check: it fails when it finds something.
fn own_command(arguments: &[&str]) -> anyhow::Result<Tally> {
    let own = std::env::current_exe()?;
    process::output(std::process::Command::new(own).args(arguments))?;
    Ok(Tally::of(true))
}

/// Each fuzz target for a short time, where the fuzzer is.
fn fuzz() -> anyhow::Result<Tally> {
    const SECONDS: u64 = 20;
    if !fuzzing::has_nightly() || !fuzzing::tool().is_installed() {
        eprintln!(
            "   needs a nightly compiler and cargo-fuzz; `cargo xtask fuzz` installs the latter"
        );
        return Ok(Tally::skipped());
    }
    let mut tally = Tally::default();
    for target in fuzzing::TARGETS {
        let found = fuzzing::run(target, SECONDS);
        if let Err(error) = &found {
            eprintln!("{target}: {error:#}");
        }
        tally += Tally::of(found.is_ok());
    }
    Ok(tally)
}

/// Builds and starts the product for a suite.
fn with_product(
    ground: &Ground,
    suite: fn(&Product, &browser::Built) -> anyhow::Result<Tally>,
) -> anyhow::Result<Tally> {
    let (spa, _) = build::spa(ground.compiler)?;
    let (server, _) = build::server()?;
    let product = Product::start(&server, &spa)?;
    suite(&product, &browser::Built { spa, server })
}

/// The three limits of a first visit.
fn first_visit(product: &Product, _: &browser::Built) -> anyhow::Result<Tally> {
    let size: size::Size = serde_json::from_str(&measure::script("size.mjs", product)?)?;
    let mut tally = Tally::default();
    for (what, is, limit) in [
        (
            "bytes of a first visit",
            size.first_visit_bytes,
            size::FIRST_VISIT_BYTES,
        ),
        ("bytes of WebAssembly", size.wasm_bytes, size::WASM_BYTES),
        ("requests", size.requests, size::REQUESTS),
    ] {
        eprintln!("   {what}: {is}, at most {limit}");
        tally += Tally::of(is <= limit);
    }
    Ok(tally)
}
