//! `cargo xtask run`: installs what is missing, builds everything and serves the product.

use crate::progress::Steps;
use crate::{build, install};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

/// Arguments of the command.
#[derive(clap::Args)]
pub struct Arguments {
    /// The port to listen on.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The folder that holds the database and what citizens hand in.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// A PostgreSQL to use instead of the embedded database.
    #[arg(long)]
    database_url: Option<String>,
    /// A single-page application built elsewhere; it is then not built here.
    #[arg(long)]
    release_dir: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let (mut steps, spa) = match &arguments.release_dir {
        Some(folder) => {
            if !folder.join("index.html").is_file() {
                anyhow::bail!(
                    "--release-dir {} holds no built application (index.html is missing)",
                    folder.display()
                );
            }
            (Steps::new(1), folder.clone())
        }
        None => {
            let mut steps = Steps::new(install::STEPS_FOR_BUILDING + 2);
            let compiler = install::for_building(&mut steps)?;
            let spa = steps.run("Single-page application", || build::spa(compiler))?;
            (steps, spa)
        }
    };
    let server = steps.run("Server", build::server)?;
    eprintln!("Ready to start after {}.", steps.elapsed());

    print_links(&server, arguments)?;
    let mut serve = Command::new(server);
    serve
        .arg("serve")
        .args(["--port", &arguments.port.to_string()])
        .arg("--data")
        .arg(&arguments.data)
        .arg("--release-dir")
        .arg(spa)
        .arg("--content")
        .arg(crate::place::root().join("content"));
    if let Some(url) = &arguments.database_url {
        serve.args(["--database-url", url]);
    }
    // The server takes this process's place, so that signals and the exit code are its own.
    Err(anyhow::Error::new(serve.exec()).context("the server could not be started"))
}

/// Makes the demonstration's officer, supervisor and hotel, and prints their one-time links.
fn print_links(server: &std::path::Path, arguments: &Arguments) -> anyhow::Result<()> {
    let mut admin = Command::new(server);
    admin
        .args(["admin", "demonstration"])
        .arg("--origin")
        .arg(format!("http://localhost:{}", arguments.port))
        .arg("--data")
        .arg(&arguments.data);
    if let Some(url) = &arguments.database_url {
        admin.args(["--database-url", url]);
    }
    if admin.status()?.success() {
        Ok(())
    } else {
        anyhow::bail!("the demonstration accounts could not be made")
    }
}
