//! `cargo xtask fuzz`: feeds the credential's readers and its verdict what nobody would think of.

use crate::progress::Steps;
use crate::{fuzzing, place, process};
use std::process::Command;

/// Cases of each property where there is no fuzzer.
const CASES: &str = "20000";

/// Arguments of the command.
#[derive(clap::Args)]
pub struct Arguments {
    /// For how many seconds each target runs.
    #[arg(long, default_value_t = 600)]
    seconds: u64,
    /// Only this target.
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(fuzzing::TARGETS))]
    target: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    if !fuzzing::has_nightly() {
        eprintln!(
            "There is no nightly compiler, which the fuzzer needs (`rustup toolchain install \
             nightly`). The property tests run instead, {CASES} cases each."
        );
        return process::shown(
            Command::new("cargo")
                .args(["test", "--release", "--package", "yichuang-credential"])
                .args(["--test", "properties"])
                .current_dir(place::root())
                .env("CARGO_TARGET_DIR", place::native_target())
                .env("PROPTEST_CASES", CASES),
        );
    }
    let targets: Vec<&str> = fuzzing::TARGETS
        .into_iter()
        .filter(|name| arguments.target.as_deref().is_none_or(|only| only == *name))
        .collect();
    let mut steps = Steps::new(1 + targets.len());
    let tool = fuzzing::tool();
    steps.run(&format!("{} {}", tool.program, tool.version), || {
        tool.ensure()
    })?;
    for target in targets {
        steps.run(target, || {
            fuzzing::run(target, arguments.seconds)?;
            Ok(((), "nothing found".to_owned()))
        })?;
    }
    Ok(())
}
