//! Failed attempts at secrets: enrolment codes, names with ID numbers. Whoever fails too often waits.
//!
//! Only failures count, so that thousands of people behind one address do not lock each other out.

use crate::problem::{Failure, Kind};
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long failures are remembered.
const WINDOW_MS: i64 = 3_600_000;
/// Keys remembered; beyond that the oldest are forgotten.
const KEYS_AT_MOST: usize = 50_000;

/// What failures are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Secret {
    /// Enrolment codes typed by one client.
    CodeByClient,
    /// Proofs tried by one account.
    ProofByAccount,
    /// Proofs tried for one ID number.
    ProofByNumber,
    /// Proofs tried by one client.
    ProofByClient,
    /// Persons an officer looked for in vain.
    LookupByOfficer,
    /// Wrong codes typed at the desk of one house.
    TypedCodeByDesk,
}

impl Secret {
    /// Failures within an hour after which the next attempt must wait.
    const fn at_most(self) -> u32 {
        match self {
            Self::ProofByAccount | Self::ProofByNumber => 5,
            Self::CodeByClient => 10,
            Self::ProofByClient | Self::LookupByOfficer | Self::TypedCodeByDesk => 30,
        }
    }
}

#[derive(Clone, Copy)]
struct Failed {
    since_ms: i64,
    count: u32,
}

/// The failures of the last hour, in memory. Keys are hashed with a secret of this process: the
/// memory holds no number and no address.
#[derive(Default)]
pub struct Attempts {
    hasher: RandomState,
    failed: Mutex<HashMap<u64, Failed>>,
}

impl Attempts {
    /// Lets an attempt through, unless too many have failed.
    ///
    /// # Errors
    /// With the time to wait.
    pub fn check(&self, secret: Secret, key: impl Hash, now_ms: i64) -> Result<(), Failure> {
        let key = self.hasher.hash_one((secret, key));
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        match failed.get(&key) {
            Some(entry)
                if entry.count >= secret.at_most() && now_ms - entry.since_ms < WINDOW_MS =>
            {
                let wait = u64::try_from(WINDOW_MS - (now_ms - entry.since_ms)).unwrap_or(0);
                Err(Failure::new(Kind::TooManyAttempts).retry_after(Duration::from_millis(wait)))
            }
            _ => Ok(()),
        }
    }

    /// Counts a failure.
    pub fn failed(&self, secret: Secret, key: impl Hash, now_ms: i64) {
        let key = self.hasher.hash_one((secret, key));
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.len() >= KEYS_AT_MOST {
            failed.retain(|_, entry| now_ms - entry.since_ms < WINDOW_MS);
        }
        if failed.len() >= KEYS_AT_MOST {
            let oldest = failed.iter().min_by_key(|(_, entry)| entry.since_ms);
            if let Some(oldest) = oldest.map(|(key, _)| *key) {
                failed.remove(&oldest);
            }
        }
        let entry = failed.entry(key).or_insert(Failed {
            since_ms: now_ms,
            count: 0,
        });
        if now_ms - entry.since_ms >= WINDOW_MS {
            *entry = Failed {
                since_ms: now_ms,
                count: 0,
            };
        }
        entry.count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_too_many_failures_one_key_waits_and_others_do_not() {
        let attempts = Attempts::default();
        for _ in 0..5 {
            assert!(attempts.check(Secret::ProofByNumber, "a", 0).is_ok());
            attempts.failed(Secret::ProofByNumber, "a", 0);
        }
        assert!(attempts.check(Secret::ProofByNumber, "a", 1).is_err());
        assert!(attempts.check(Secret::ProofByNumber, "b", 1).is_ok());
        assert!(attempts.check(Secret::ProofByAccount, "a", 1).is_ok());
        assert!(
            attempts
                .check(Secret::ProofByNumber, "a", WINDOW_MS)
                .is_ok()
        );
        attempts.failed(Secret::ProofByNumber, "a", WINDOW_MS);
        assert!(
            attempts
                .check(Secret::ProofByNumber, "a", WINDOW_MS)
                .is_ok()
        );
    }

    #[test]
    fn memory_is_bounded() {
        let attempts = Attempts::default();
        for key in 0..KEYS_AT_MOST + 10 {
            attempts.failed(Secret::ProofByNumber, key, i64::from(key > 5));
        }
        assert!(attempts.failed.lock().unwrap().len() <= KEYS_AT_MOST);
    }
}
