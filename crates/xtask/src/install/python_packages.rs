//! Python packages for the programs of others that judge ours, by a committed list of versions.

use super::system;
use crate::{place, process};
use anyhow::Context;
use std::path::PathBuf;
use std::process::Command;

/// Installs what the programs in `end2end/foreign` need into an environment of their own.
pub fn foreign_programs() -> anyhow::Result<((), String)> {
    system::ensure(&[system::PYTHON, system::ZBAR])?;
    let list = place::root().join("end2end/foreign/requirements.txt");
    let wanted =
        std::fs::read(&list).with_context(|| format!("{} cannot be read", list.display()))?;
    let folder = place::python_tools();
    let stamp = folder.join("yichuang-requirements");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(((), "already installed".to_owned()));
    }
    process::output(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
    )?;
    process::output(
        Command::new(python())
            .args(["-m", "pip", "install", "--quiet", "--requirement"])
            .arg(&list),
    )?;
    std::fs::write(&stamp, wanted)?;
    Ok(((), "installed".to_owned()))
}

/// The interpreter of that environment.
pub fn python() -> PathBuf {
    place::python_tools().join("bin/python")
}
