//! Says on standard error what is being done, how far it is and how long it took.
//!
//! Standard output stays free for what a command prints (`--json`).

use std::io::Write;
use std::time::{Duration, Instant};

/// Numbered steps of one command.
pub struct Steps {
    total: usize,
    done: usize,
    started: Instant,
}

impl Steps {
    /// Announces `total` steps.
    pub fn new(total: usize) -> Self {
        Self {
            total,
            done: 0,
            started: Instant::now(),
        }
    }

    /// Does one step. What it returns as text is shown beside the time it took.
    pub fn run<T>(
        &mut self,
        what: &str,
        step: impl FnOnce() -> anyhow::Result<(T, String)>,
    ) -> anyhow::Result<T> {
        self.done += 1;
        let head = format!("[{}/{}] {what}", self.done, self.total);
        eprint!("{head} … ");
        // A terminal should show the line before the step's own output begins.
        std::io::stderr().flush().ok();
        let begun = Instant::now();
        match step() {
            Ok((value, outcome)) => {
                eprintln!("{outcome} ({})", shown(begun.elapsed()));
                Ok(value)
            }
            Err(error) => {
                eprintln!("failed ({})", shown(begun.elapsed()));
                Err(error)
            }
        }
    }

    /// Time since the first step was announced.
    pub fn elapsed(&self) -> String {
        shown(self.started.elapsed())
    }
}

/// A duration as a person reads it: `0.4 s`, `37 s`, `3 min 05 s`.
pub fn shown(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds < 10.0 {
        format!("{seconds:.1} s")
    } else if seconds < 120.0 {
        format!("{seconds:.0} s")
    } else {
        format!(
            "{} min {:02} s",
            duration.as_secs() / 60,
            duration.as_secs() % 60
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_naturally() {
        assert_eq!(shown(Duration::from_millis(440)), "0.4 s");
        assert_eq!(shown(Duration::from_secs(37)), "37 s");
        assert_eq!(shown(Duration::from_secs(185)), "3 min 05 s");
    }
}
