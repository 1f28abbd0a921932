//! Checks of service points and the hall's plan.

use super::{dangling, duplicates};
use crate::finding::{Kind, Log};
use crate::point::{Hall, Points};
use std::collections::BTreeSet;

/// Features the pages can name.
const ACCESSIBLE: [&str; 11] = [
    "ramp",
    "lift",
    "tactile-path",
    "accessible-toilet",
    "nursing-room",
    "wheelchair-loan",
    "hearing-loop",
    "low-counter",
    "sign-language-video",
    "low-screen",
    "voice-prompt",
];

pub(super) fn check(points: &Points, log: &Log) {
    duplicates(
        "point",
        points
            .points
            .iter()
            .map(|point| (point.id.as_str(), &point.place)),
        log,
    );
    for point in &points.points {
        if let Some(bounds) = &points.bounds
            && !bounds.contains(point)
        {
            let message = format!(
                "{} lies outside the city's `bounds`; check lon and lat",
                point.name.zh
            );
            log.add(&point.place, Kind::InvalidValue, message);
        }
        for feature in &point.accessible {
            if !ACCESSIBLE.contains(&feature.as_str()) {
                let message = format!(
                    "`accessible` holds “{feature}”; known: {}",
                    ACCESSIBLE.join(", ")
                );
                log.add(&point.place, Kind::InvalidValue, message);
            }
        }
    }
    if points.bounds.is_none() && !points.points.is_empty() {
        log.add_file(
            "points.toml",
            Kind::MissingKey,
            "`bounds` is missing; write the box the points lie in",
        );
    }
    if let Some(total) = &points.terminals_total {
        let sum: u32 = points
            .points
            .iter()
            .map(|point| u32::from(point.terminals))
            .sum();
        if sum != u32::from(total.value) {
            let message = format!(
                "all points together have {sum} terminals, not {}; mend one",
                total.value
            );
            log.add(&total.place, Kind::Contradiction, message);
        }
    }
    if let Some(hall) = &points.hall {
        check_hall(hall, points, log);
    }
}

fn check_hall(hall: &Hall, points: &Points, log: &Log) {
    dangling(
        "point",
        &hall.point,
        points
            .points
            .iter()
            .any(|point| point.id == hall.point.value),
        log,
    );
    if points
        .main
        .as_ref()
        .is_none_or(|main| main.value != hall.point.value)
    {
        let message = format!(
            "mark {} with `main = true`, and no other point",
            hall.point.value
        );
        log.add(&hall.point.place, Kind::Contradiction, message);
    }
    let floors: BTreeSet<&str> = hall.floors.iter().map(|floor| floor.id.as_str()).collect();
    let rooms: BTreeSet<&str> = hall.rooms.iter().map(|room| room.id.as_str()).collect();
    let views: BTreeSet<&str> = hall.views.iter().map(|view| view.id.as_str()).collect();
    duplicates(
        "floor",
        hall.floors
            .iter()
            .map(|floor| (floor.id.as_str(), &floor.id.place)),
        log,
    );
    duplicates(
        "room",
        hall.rooms
            .iter()
            .map(|room| (room.id.as_str(), &room.id.place)),
        log,
    );
    duplicates(
        "view",
        hall.views
            .iter()
            .map(|view| (view.id.as_str(), &view.id.place)),
        log,
    );
    for room in &hall.rooms {
        dangling(
            "floor",
            &room.floor,
            floors.contains(room.floor.as_str()),
            log,
        );
        let (right, bottom) = (room.x + room.width, room.y + room.depth);
        if room.x < 0.0 || room.y < 0.0 || right > hall.width || bottom > hall.depth {
            let message = format!(
                "room `{}` reaches out of the floor; mend x, y, w or h",
                room.id.value
            );
            log.add(&room.id.place, Kind::Contradiction, message);
        }
    }
    for view in &hall.views {
        dangling(
            "floor",
            &view.floor,
            floors.contains(view.floor.as_str()),
            log,
        );
        for (to, _) in &view.links {
            dangling("view", to, views.contains(to.as_str()), log);
        }
        for (room, _) in &view.looks {
            dangling("room", room, rooms.contains(room.as_str()), log);
        }
    }
}
