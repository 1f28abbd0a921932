//! Programs of the operating system.

use crate::process;
use anyhow::bail;
use std::path::Path;
use std::process::Command;

/// Something that a Debian package provides.
pub struct Need {
    /// What a person calls it.
    name: &'static str,
    /// Debian's package.
    package: &'static str,
    is_there: fn() -> bool,
}

/// The browser of the tests.
pub const CHROMIUM: Need = Need {
    name: "Chromium",
    package: "chromium",
    is_there: || process::is_on_path("chromium"),
};

/// Drives the browser in wasm-bindgen's tests.
pub const CHROMEDRIVER: Need = Need {
    name: "chromedriver",
    package: "chromium-driver",
    is_there: || process::is_on_path("chromedriver"),
};

/// Without them screenshots show boxes.
pub const CHINESE_FONTS: Need = Need {
    name: "Noto CJK fonts",
    package: "fonts-noto-cjk",
    is_there: || Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file(),
};

/// The API suite starts a private cluster of it.
pub const POSTGRESQL: Need = Need {
    name: "PostgreSQL",
    package: "postgresql",
    is_there: || {
        process::is_on_path("initdb")
            || std::fs::read_dir("/usr/lib/postgresql").is_ok_and(|versions| {
                versions
                    .flatten()
                    .any(|version| version.path().join("bin/initdb").is_file())
            })
    },
};

/// Runs the programs in `end2end/foreign`.
pub const PYTHON: Need = Need {
    name: "Python with venv",
    package: "python3-venv",
    is_there: || {
        process::output(Command::new("python3").args(["-c", "import ensurepip, venv"])).is_ok()
    },
};

/// One of the foreign decoders of QR codes.
pub const ZBAR: Need = Need {
    name: "zbar",
    package: "libzbar0",
    is_there: || {
        process::output(Command::new("/sbin/ldconfig").arg("-p"))
            .is_ok_and(|libraries| libraries.contains("libzbar.so"))
    },
};

/// Loads the API from a second process.
pub const WRK: Need = Need {
    name: "wrk",
    package: "wrk",
    is_there: || process::is_on_path("wrk"),
};

/// Installs what is missing of these, where that is possible.
pub fn ensure(needs: &[Need]) -> anyhow::Result<((), String)> {
    let missing: Vec<&Need> = needs.iter().filter(|need| !(need.is_there)()).collect();
    if missing.is_empty() {
        return Ok(((), "already installed".to_owned()));
    }
    let names: Vec<&str> = missing.iter().map(|need| need.name).collect();
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    if !can_install() {
        bail!(
            "{} missing: install with `apt-get install {}` as root (Debian), or the like elsewhere",
            names.join(", "),
            packages.join(" ")
        );
    }
    install(&packages)?;
    if let Some(still) = missing.iter().find(|need| !(need.is_there)()) {
        bail!(
            "{} is still missing after installing {}",
            still.name,
            still.package
        );
    }
    Ok(((), format!("{} installed", names.join(", "))))
}

/// Installs Debian packages.
pub fn install(packages: &[&str]) -> anyhow::Result<()> {
    let mut apt = Command::new("apt-get");
    apt.args(["install", "--yes", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive");
    if process::output(&mut apt).is_ok() {
        return Ok(());
    }
    // The package lists may be old, or absent in a container.
    process::output(Command::new("apt-get").arg("update"))?;
    process::output(&mut apt).map(drop)
}

/// Root on Debian can install packages.
pub fn can_install() -> bool {
    let root = process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    root && process::is_on_path("apt-get")
}
