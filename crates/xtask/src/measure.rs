//! What the measuring commands share: the built product, running, and a Node script beside it.

use crate::product::Product;
use crate::progress::Steps;
use crate::{build, install, place, process};
use anyhow::bail;
use std::ffi::OsStr;
use std::process::{Command, Stdio};

/// How many steps [`product`] takes.
pub const STEPS: usize = install::STEPS_FOR_BUILDING + 5;

/// Installs and builds what is missing and starts the product.
pub fn product(steps: &mut Steps) -> anyhow::Result<Product> {
    let compiler = install::for_building(steps)?;
    install::for_measuring(steps)?;
    let spa = steps.run("Single-page application", || build::spa(compiler))?;
    let server = steps.run("Server", build::server)?;
    steps.run("Start", || {
        let product = Product::start(&server, &spa)?;
        let url = product.url.clone();
        Ok((product, url))
    })
}

/// Runs a script of end2end/tools against the product and returns its last line of output.
pub fn script(name: &str, product: &Product) -> anyhow::Result<String> {
    script_with(name, product, &[])
}

/// The same with further arguments.
pub fn script_with(name: &str, product: &Product, more: &[&OsStr]) -> anyhow::Result<String> {
    if !process::is_on_path("node") {
        bail!("node is missing: install Node.js 20 or newer (Debian: apt-get install nodejs npm)");
    }
    let output = Command::new("node")
        .arg(format!("tools/{name}"))
        .arg(&product.url)
        .args(more)
        .current_dir(place::root().join("end2end"))
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    match text.lines().last() {
        Some(line) if output.status.success() => Ok(line.to_owned()),
        _ => bail!("{name} failed ({})", output.status),
    }
}
