//! What the content holds, counted.

use crate::Content;
use serde::Serialize;

/// Figures of the content. Each is counted, none written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Services of the catalogue.
    pub services: usize,
    /// Services without a visit to a counter.
    pub zero_trips: usize,
    /// Services with one visit.
    pub one_trip: usize,
    /// Services with two visits.
    pub two_trips: usize,
    /// Services on self-service terminals.
    pub terminals: usize,
    /// Bundles.
    pub bundles: usize,
    /// Themes of bundles.
    pub themes: usize,
    /// Guides.
    pub guides: usize,
    /// Service points.
    pub points: usize,
    /// Findings of the check.
    pub errors: usize,
}

impl Content {
    /// Counts everything; `errors` is the number of findings.
    #[must_use]
    pub fn counts(&self, errors: usize) -> Counts {
        let trips = |trips: u8| {
            self.services
                .iter()
                .filter(|service| service.trips.value == trips)
                .count()
        };
        Counts {
            services: self.services.len(),
            zero_trips: trips(0),
            one_trip: trips(1),
            two_trips: trips(2),
            terminals: self
                .services
                .iter()
                .filter(|service| service.has_terminal)
                .count(),
            bundles: self.bundles.len(),
            themes: self.bundle_themes.len(),
            guides: self.guides.len(),
            points: self.points.points.len(),
            errors,
        }
    }
}
