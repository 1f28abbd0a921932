//! Counts of passed, failed and skipped tests.

use std::fmt;
use std::ops::AddAssign;

/// How many tests passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Did what they should.
    pub passed: u64,
    /// Did not.
    pub failed: u64,
    /// Could not run here.
    pub skipped: u64,
}

impl Tally {
    /// One check.
    pub fn of(is_passed: bool) -> Self {
        if is_passed {
            Self {
                passed: 1,
                ..Self::default()
            }
        } else {
            Self::failed()
        }
    }

    /// One failed check.
    pub fn failed() -> Self {
        Self {
            failed: 1,
            ..Self::default()
        }
    }

    /// One check that could not run here.
    pub fn skipped() -> Self {
        Self {
            skipped: 1,
            ..Self::default()
        }
    }

    /// Adds up all lines `test result: ok. 12 passed; 0 failed; 1 ignored; …` of a run.
    pub fn of_cargo_test(output: &str) -> Self {
        let mut tally = Self::default();
        for line in output
            .lines()
            .filter(|line| line.starts_with("test result:"))
        {
            let count = |what: &str| {
                line.split([';', '.'])
                    .find_map(|part| part.trim().strip_suffix(what)?.trim().parse::<u64>().ok())
                    .unwrap_or(0)
            };
            tally += Self {
                passed: count("passed"),
                failed: count("failed"),
                skipped: count("ignored"),
            };
        }
        tally
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn the_results_of_all_test_programs_are_added_up() {
        let output = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; \
                      0 filtered out; finished in 0.00s\n\ntest result: FAILED. 10 passed; 3 failed; \
                      0 ignored; 0 measured; 0 filtered out; finished in 1.20s\n";
        let tally = Tally::of_cargo_test(output);
        assert_eq!(
            tally,
            Tally {
                passed: 12,
                failed: 3,
                skipped: 1
            }
        );
        assert_eq!(tally.to_string(), "12 passed, 3 failed, 1 skipped");
    }
}
