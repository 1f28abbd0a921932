//! The built product, started for a test or a measurement and stopped with it.

use crate::place;
use anyhow::{Context, bail};
use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a start may take before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server with a fresh embedded database.
pub struct Product {
    child: Child,
    folder: PathBuf,
    /// Where it is served, without a slash at the end.
    pub url: String,
}

impl Product {
    /// Starts the server on a free port and waits until it is ready.
    pub fn start(server: &Path, spa: &Path) -> anyhow::Result<Self> {
        Self::launch(server, Some(spa))
    }

    /// Starts the server without the application: the API alone.
    pub fn start_api(server: &Path) -> anyhow::Result<Self> {
        Self::launch(server, None)
    }

    fn launch(server: &Path, spa: Option<&Path>) -> anyhow::Result<Self> {
        // The port is free now; in the moment until the server takes it, nobody else asks for one.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = std::env::temp_dir().join(format!("yichuang-{}-{port}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let log = File::create(folder.join("server.log"))?;
        let mut serve = Command::new(server);
        serve.arg("serve");
        if let Some(spa) = spa {
            serve.arg("--release-dir").arg(spa);
        }
        let child = serve
            // A release of the application that happens to lie there is not meant.
            .current_dir(&folder)
            .args(["--port", &port.to_string()])
            .arg("--data")
            .arg(folder.join("data"))
            .arg("--content")
            .arg(place::root().join("content"))
            // All requests of a test come from one client.
            .args(["--api-rate", "100000", "--api-burst", "100000"])
            .args(["--file-rate", "100000", "--file-burst", "100000"])
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("{} could not be started", server.display()))?;
        let mut product = Self {
            child,
            folder,
            url: format!("http://localhost:{port}"),
        };
        product.wait_until_ready(port)?;
        Ok(product)
    }

    fn wait_until_ready(&mut self, port: u16) -> anyhow::Result<()> {
        let begun = Instant::now();
        loop {
            if is_ready(port) {
                return Ok(());
            }
            let stopped = self.child.try_wait()?;
            if stopped.is_some() || begun.elapsed() > PATIENCE {
                let log = std::fs::read_to_string(self.folder.join("server.log"))?;
                bail!("the server did not become ready:\n{log}");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// Asks `/readyz`.
fn is_ready(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream
            .write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut status = [0; 12];
        stream.read_exact(&mut status)?;
        Ok(status.ends_with(b"200"))
    };
    ask().unwrap_or(false)
}

impl Drop for Product {
    fn drop(&mut self) {
        // A test leaves nothing behind; what cannot be stopped or removed is no failure of it.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
