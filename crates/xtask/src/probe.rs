//! Runs the crates of the browser under Node (crates/wasm-probe), built as the application is.

use crate::install::{self, Compiler};
use crate::progress::Steps;
use crate::{place, process};
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::Command;
use yichuang_contract::pack::ServicePack;
use yichuang_wasm_probe::{Catalogue, PlanWorld};

/// How many steps [`Probe::build`] takes.
pub const STEPS: usize = install::STEPS_FOR_PROBING + 1;

/// The probe, built.
pub struct Probe {
    package: PathBuf,
}

impl Probe {
    /// Builds the probe.
    pub fn build(steps: &mut Steps) -> anyhow::Result<Self> {
        let (compiler, wasm_bindgen) = install::for_probing(steps)?;
        let package = steps.run("probe for WebAssembly", || {
            Ok((build(compiler, &wasm_bindgen)?, "built".to_owned()))
        })?;
        Ok(Self { package })
    }

    /// Types every prefix of every line of `queries` and returns what the probe measured, as JSON.
    pub fn measure(&self, catalogue: &Catalogue, queries: &str) -> anyhow::Result<String> {
        self.run("measure", catalogue, queries, &[])
    }

    /// Digests of what search answers to each line of `queries` and of walks through guides (encoded
    /// with postcard), as JSON.
    pub fn digests(
        &self,
        catalogue: &Catalogue,
        queries: &str,
        guides: &[u8],
        seed: u32,
        walks: usize,
    ) -> anyhow::Result<String> {
        let path = self.package.join("guides");
        std::fs::write(&path, guides)
            .with_context(|| format!("{} cannot be written", path.display()))?;
        let numbers = [seed.to_string(), walks.to_string()];
        let more = [
            path.as_path(),
            Path::new(&numbers[0]),
            Path::new(&numbers[1]),
        ];
        self.run("digest", catalogue, queries, &more)
    }

    /// A digest of random plans, as JSON.
    pub fn digest_of_plans(
        &self,
        world: &PlanWorld,
        seed: u32,
        plans: usize,
    ) -> anyhow::Result<String> {
        self.run_planning("plans", world, &[seed.to_string(), plans.to_string()])
    }

    /// Plans every bundle and so many random baskets, and returns what it measured, as JSON.
    pub fn measure_plans(&self, world: &PlanWorld, baskets: usize) -> anyhow::Result<String> {
        self.run_planning("plan", world, &[baskets.to_string()])
    }

    fn run_planning(
        &self,
        task: &str,
        world: &PlanWorld,
        more: &[String],
    ) -> anyhow::Result<String> {
        let path = self.package.join("world");
        std::fs::write(&path, postcard::to_allocvec(world)?)
            .with_context(|| format!("{} cannot be written", path.display()))?;
        let mut node = Command::new("node");
        node.arg(place::root().join("crates/wasm-probe/probe.cjs"));
        process::output(node.arg(task).arg(&self.package).arg(&path).args(more))
    }

    /// Verifies live forms and returns what the probe measured, as JSON.
    pub fn credentials(&self, material: &str) -> anyhow::Result<String> {
        let path = self.package.join("credentials");
        std::fs::write(&path, material)
            .with_context(|| format!("{} cannot be written", path.display()))?;
        let mut node = Command::new("node");
        node.arg(place::root().join("crates/wasm-probe/credential.cjs"));
        process::output(node.arg(&self.package).arg(&path))
    }

    fn run(
        &self,
        task: &str,
        catalogue: &Catalogue,
        queries: &str,
        more: &[&Path],
    ) -> anyhow::Result<String> {
        let inputs = [
            (
                self.package.join("catalogue"),
                postcard::to_allocvec(catalogue)?,
            ),
            (self.package.join("queries"), queries.as_bytes().to_vec()),
        ];
        let mut node = Command::new("node");
        node.arg(place::root().join("crates/wasm-probe/probe.cjs"))
            .arg(task)
            .arg(&self.package);
        for (path, bytes) in &inputs {
            std::fs::write(path, bytes)
                .with_context(|| format!("{} cannot be written", path.display()))?;
            node.arg(path);
        }
        process::output(node.args(more))
    }
}

fn build(compiler: Compiler, wasm_bindgen: &Path) -> anyhow::Result<PathBuf> {
    let target = place::wasm_target();
    let mut cargo = Command::new("cargo");
    cargo
        .args([
            "build",
            "--quiet",
            "--profile",
            "spa",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .args(["--package", "yichuang-wasm-probe"])
        .current_dir(place::root())
        .env("CARGO_TARGET_DIR", &target);
    compiler.configure(&mut cargo);
    process::output(&mut cargo).context("the probe could not be built")?;
    let module = target.join("wasm32-unknown-unknown/spa/yichuang_wasm_probe.wasm");
    if !module.is_file() {
        bail!(
            "cargo built the probe, but {} is not there",
            module.display()
        );
    }
    let package = target.join("yichuang-probe");
    process::output(
        Command::new(wasm_bindgen)
            .args(["--target", "nodejs", "--out-dir"])
            .arg(&package)
            .arg(&module),
    )?;
    Ok(package)
}

/// The content that plans are made from.
pub fn plan_world() -> anyhow::Result<PlanWorld> {
    let content = yichuang_content::load(&place::root().join("content"))
        .map_err(|findings| anyhow::anyhow!("the content is broken:\n{findings}"))?;
    let packs = content.compile().services.into_values();
    let services: Vec<ServicePack> = packs
        .map(|bytes| postcard::from_bytes(&bytes))
        .collect::<Result<_, _>>()?;
    Ok(PlanWorld {
        services,
        bundles: content.all_bundles().cloned().collect(),
        relations: content.all_relations().cloned().collect(),
        calendar: content.calendar.to_contract(),
    })
}
