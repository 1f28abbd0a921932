//! Installs what is missing, and says what it does.
//!
//! Tools go into the user's cache (see [`crate::place`]), system packages come from apt where
//! this is Debian and we are root; elsewhere one sentence says what to install.

mod cargo_tool;
mod node_packages;
mod python_packages;
mod system;
mod wasm_target;

use crate::progress::Steps;

pub use cargo_tool::{CargoTool, cargo_fuzz};
pub use node_packages::end_to_end_packages;
pub use python_packages::python;
pub use wasm_target::Compiler;

/// How many steps [`for_building`] takes.
pub const STEPS_FOR_BUILDING: usize = 5;
/// How many steps [`for_testing`] takes.
pub const STEPS_FOR_TESTING: usize = 4;

/// Everything that building the application needs.
pub fn for_building(steps: &mut Steps) -> anyhow::Result<Compiler> {
    let compiler = steps.run("WebAssembly target", wasm_target::ensure)?;
    for tool in [
        cargo_tool::wasm_bindgen()?,
        cargo_tool::wasm_split(),
        cargo_tool::trunk(),
    ] {
        steps.run(&format!("{} {}", tool.program, tool.version), || {
            tool.ensure()
        })?;
    }
    steps.run("wasm-opt", node_packages::build_tools)?;
    Ok(compiler)
}

/// How many steps [`for_probing`] takes.
pub const STEPS_FOR_PROBING: usize = 2;

/// What it takes to run the crates of the browser under Node.
pub fn for_probing(steps: &mut Steps) -> anyhow::Result<(Compiler, std::path::PathBuf)> {
    let compiler = steps.run("WebAssembly target", wasm_target::ensure)?;
    let tool = cargo_tool::wasm_bindgen()?;
    steps.run(&format!("{} {}", tool.program, tool.version), || {
        tool.ensure()
    })?;
    Ok((compiler, tool.path()))
}

/// Everything that the tests need besides.
pub fn for_testing(steps: &mut Steps) -> anyhow::Result<()> {
    steps.run("Chromium and Chinese fonts", || {
        system::ensure(&[
            system::CHROMIUM,
            system::CHROMEDRIVER,
            system::CHINESE_FONTS,
        ])
    })?;
    steps.run("PostgreSQL", || system::ensure(&[system::POSTGRESQL]))?;
    steps.run(
        "Python packages of end2end/foreign/",
        python_packages::foreign_programs,
    )?;
    steps.run("Node packages of end2end/", || {
        end_to_end_packages().map(|outcome| ((), outcome))
    })
}

/// Chromium alone, for the measuring commands.
pub fn for_measuring(steps: &mut Steps) -> anyhow::Result<()> {
    steps.run("Chromium and Chinese fonts", || {
        system::ensure(&[system::CHROMIUM, system::CHINESE_FONTS])
    })?;
    steps.run("Node packages of end2end/", || {
        end_to_end_packages().map(|outcome| ((), outcome))
    })
}

/// How many steps [`for_loading`] takes.
pub const STEPS_FOR_LOADING: usize = 1;

/// What it takes to put a server under load.
pub fn for_loading(steps: &mut Steps) -> anyhow::Result<()> {
    steps.run("wrk", || system::ensure(&[system::WRK]))
}
