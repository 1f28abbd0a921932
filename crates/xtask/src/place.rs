//! Where things are: the checkout, the user's cache, the shared target directories.

use std::path::{Path, PathBuf};

/// The root of the checkout.
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest
        .ancestors()
        .nth(2)
        .unwrap_or(manifest)
        .to_path_buf()
}

/// `${XDG_CACHE_HOME:-~/.cache}/yichuang`: tools and build results that outlive a checkout.
pub fn cache() -> PathBuf {
    let base = std::env::var_os("XDG_CACHE_HOME")
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .unwrap_or_else(std::env::temp_dir);
    base.join("yichuang")
}

/// Tools installed by cargo.
pub fn cargo_tools() -> PathBuf {
    cache().join("tools")
}

/// Tools installed by npm (from tools/package-lock.json).
pub fn node_tools() -> PathBuf {
    cache().join("tools/node")
}

/// Python packages of the programs in `end2end/foreign`.
pub fn python_tools() -> PathBuf {
    cache().join("tools/python")
}

/// Target directory of native builds. It is shared by all checkouts of this user, so that a
/// clean checkout builds in minutes; a `CARGO_TARGET_DIR` of the caller wins.
pub fn native_target() -> PathBuf {
    caller_target().unwrap_or_else(|| cache().join("target-native"))
}

/// Target directory of WebAssembly builds: their flags differ, so does their directory.
pub fn wasm_target() -> PathBuf {
    caller_target().map_or_else(|| cache().join("target-wasm"), |target| target.join("wasm"))
}

/// The built single-page application.
pub fn dist() -> PathBuf {
    root().join("dist")
}

fn caller_target() -> Option<PathBuf> {
    std::env::var_os("CARGO_TARGET_DIR")
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}
