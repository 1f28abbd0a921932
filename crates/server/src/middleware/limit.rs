//! Limits per client, with bounded memory.

use crate::client::limit_key;
use crate::settings::ServeSettings;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Clients counted one by one; beyond that they are counted by network until it calms down, so
/// that a flood of addresses cannot fill the memory.
const CLIENTS_AT_MOST: usize = 100_000;

/// How often forgotten clients are dropped.
pub const SWEEP_EVERY: Duration = Duration::from_secs(5);

/// Classes of requests with limits of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The API.
    Api,
    /// Packs and files of the application.
    File,
    /// Health, readiness and figures: not limited, they cost nothing.
    Operation,
}

impl Class {
    /// The class of a path.
    #[must_use]
    pub fn of(path: &str) -> Self {
        if path == "/api" || path.starts_with("/api/") {
            Self::Api
        } else if matches!(path, "/healthz" | "/readyz" | "/metrics") {
            Self::Operation
        } else {
            Self::File
        }
    }

    /// Its name in logs and figures, for requests that match no route.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::File => "file",
            Self::Operation => "operation",
        }
    }
}

/// The limits.
pub struct Limits {
    api: DefaultKeyedRateLimiter<u64>,
    file: DefaultKeyedRateLimiter<u64>,
    is_crowded: AtomicBool,
    clock: DefaultClock,
}

impl Limits {
    /// From the settings.
    #[must_use]
    pub fn new(settings: &ServeSettings) -> Self {
        Self {
            api: RateLimiter::keyed(quota(settings.api_rate, settings.api_burst)),
            file: RateLimiter::keyed(quota(settings.file_rate, settings.file_burst)),
            is_crowded: AtomicBool::new(false),
            clock: DefaultClock::default(),
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// With the time to wait if the client has used up its share.
    pub fn check(&self, class: Class, address: IpAddr) -> Result<(), Duration> {
        let limiter = match class {
            Class::Api => &self.api,
            Class::File => &self.file,
            Class::Operation => return Ok(()),
        };
        let key = limit_key(address, self.is_crowded.load(Ordering::Relaxed));
        limiter
            .check_key(&key)
            .map_err(|refusal| refusal.wait_time_from(self.clock.now()))
    }

    /// Drops clients that have their full share again. Runs every [`SWEEP_EVERY`].
    pub fn sweep(&self) {
        let mut clients = 0;
        for limiter in [&self.api, &self.file] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
            clients = clients.max(limiter.len());
        }
        self.is_crowded
            .store(clients > CLIENTS_AT_MOST, Ordering::Relaxed);
    }
}

fn quota(per_second: u32, burst: u32) -> Quota {
    let at_least_one = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
    Quota::per_second(at_least_one(per_second)).allow_burst(at_least_one(burst))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(rate: u32, burst: u32) -> Limits {
        Limits {
            api: RateLimiter::keyed(quota(rate, burst)),
            file: RateLimiter::keyed(quota(rate, burst)),
            is_crowded: AtomicBool::new(false),
            clock: DefaultClock::default(),
        }
    }

    #[test]
    fn a_client_that_asks_too_often_is_told_to_wait_and_others_are_not() {
        let limits = limits(1, 3);
        let greedy = "198.51.100.1".parse().unwrap();
        for _ in 0..3 {
            assert!(limits.check(Class::Api, greedy).is_ok());
        }
        let wait = limits.check(Class::Api, greedy).unwrap_err();
        assert!(wait <= Duration::from_secs(1));
        assert!(limits.check(Class::File, greedy).is_ok());
        assert!(limits.check(Class::Operation, greedy).is_ok());
        assert!(
            limits
                .check(Class::Api, "198.51.100.2".parse().unwrap())
                .is_ok()
        );
    }

    #[test]
    fn a_flood_of_addresses_is_counted_by_network() {
        let limits = limits(1, 1);
        for number in 0..=u32::try_from(CLIENTS_AT_MOST).unwrap() {
            let address = IpAddr::V4(std::net::Ipv4Addr::from(number + 0x0a00_0000));
            let _ = limits.check(Class::Api, address);
        }
        limits.sweep();
        let _ = limits.check(Class::Api, "203.0.113.1".parse().unwrap());
        assert!(
            limits
                .check(Class::Api, "203.0.250.9".parse().unwrap())
                .is_err()
        );
    }

    #[test]
    fn classes_follow_the_path() {
        assert_eq!(Class::of("/api/v1/services"), Class::Api);
        assert_eq!(Class::of("/apix"), Class::File);
        assert_eq!(Class::of("/services/HJ-017"), Class::File);
        assert_eq!(Class::of("/metrics"), Class::Operation);
    }
}
