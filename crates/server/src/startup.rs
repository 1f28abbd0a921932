//! Says each step of a start and how long it took.

use std::time::Instant;

/// The steps of a start.
pub struct Steps {
    started: Instant,
    step_started: Instant,
    number: usize,
    total: usize,
}

impl Steps {
    /// Begins.
    #[must_use]
    pub fn begin(total: usize) -> Self {
        let now = Instant::now();
        Self {
            started: now,
            step_started: now,
            number: 0,
            total,
        }
    }

    /// Says what a step did.
    pub fn done(&mut self, what: &str) {
        self.number += 1;
        let took = self.step_started.elapsed();
        println!(
            "[{}/{}] {what} ({} ms)",
            self.number,
            self.total,
            took.as_millis()
        );
        self.step_started = Instant::now();
    }

    /// Says that everything is ready.
    pub fn ready(&self, where_: &str) {
        let took = self.started.elapsed();
        println!("Ready at {where_} after {} ms", took.as_millis());
    }
}
