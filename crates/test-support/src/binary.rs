//! The built binary as a process of its own, for what only a process shows: exit codes, signals,
//! log lines.

use crate::postgres::free_port;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// A command of the binary without settings from the environment.
#[must_use]
pub fn command(binary: &str) -> Command {
    let mut command = Command::new(binary);
    for (name, _) in std::env::vars() {
        if name.starts_with("YICHUANG_") {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a command that must fail, and returns its one sentence.
///
/// # Panics
/// If it succeeds or says more or less than one line.
#[track_caller]
#[must_use]
pub fn sentence_of_failure(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "it succeeded: {said}");
    let lines: Vec<&str> = said.lines().filter(|line| !line.starts_with('{')).collect();
    assert_eq!(lines.len(), 1, "one sentence expected: {said}");
    lines[0].to_owned()
}

/// A running server process.
pub struct Process {
    /// Where it listens.
    pub address: SocketAddr,
    child: Child,
    output: Arc<Mutex<String>>,
    readers: Vec<JoinHandle<()>>,
}

impl Process {
    /// Starts `yichuang serve` and waits until it says that it is ready.
    ///
    /// # Panics
    /// If it ends before.
    #[must_use]
    pub fn serve(binary: &str, data: &Path, content: &Path, more: &[&str]) -> Self {
        let port = free_port();
        let mut child = command(binary)
            .arg("serve")
            .arg("--data")
            .arg(data)
            .arg("--content")
            .arg(content)
            .args(["--port", &port.to_string()])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let output = Arc::new(Mutex::new(String::new()));
        let errors = child.stderr.take().expect("a pipe");
        let log = Arc::clone(&output);
        let reader = std::thread::spawn(move || collect(errors, &log));
        let mut said = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        while !line.starts_with("Ready") {
            line.clear();
            let read = said.read_line(&mut line).expect("readable output");
            output.lock().expect("a lock").push_str(&line);
            assert!(
                read > 0,
                "the server ended before it was ready: {}",
                output.lock().expect("a lock")
            );
        }
        let rest = Arc::clone(&output);
        let second = std::thread::spawn(move || collect(said, &rest));
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], port)),
            child,
            output,
            readers: vec![reader, second],
        }
    }

    /// Sends SIGTERM.
    ///
    /// # Panics
    /// If `kill` does not run.
    pub fn terminate(&self) {
        let status = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .expect("kill runs");
        assert!(status.success());
    }

    /// What it has said so far, steps and log lines.
    ///
    /// # Panics
    /// If a reader panicked.
    #[must_use]
    pub fn output(&self) -> String {
        self.output.lock().expect("a lock").clone()
    }

    /// Waits for its end; returns whether it ended well and everything it said.
    ///
    /// # Panics
    /// If it cannot be waited for.
    pub fn wait(mut self) -> (bool, String) {
        let status = self.child.wait().expect("an end");
        for reader in self.readers.drain(..) {
            reader.join().expect("a reader");
        }
        (status.success(), self.output())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Already ended, or the test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn collect(stream: impl Read, output: &Mutex<String>) {
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        let mut output = output.lock().expect("a lock");
        output.push_str(&line);
        output.push('\n');
    }
}
