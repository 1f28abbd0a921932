//! `points.toml`: service points (服务点) and the plan of one hall.

use crate::finding::{At, Kind, Log};
use crate::reader::{File, Table};
use std::path::Path;
use yichuang_contract::point::{OpeningHours, ServicePoint};
use yichuang_contract::service::Department;
use yichuang_contract::{PointId, Text};

/// Everything in the file.
#[derive(Clone, Debug, Default)]
pub struct Points {
    /// The points in order.
    pub points: Vec<At<ServicePoint>>,
    /// The point with the building guide.
    pub main: Option<At<PointId>>,
    /// Terminals of all points together, as the authority publishes it.
    pub terminals_total: Option<At<u16>>,
    /// The plan of the main hall.
    pub hall: Option<Hall>,
    /// The box in which every point must lie.
    pub bounds: Option<Bounds>,
}

/// A box on the map, in degrees.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Least longitude.
    pub west: f64,
    /// Least latitude.
    pub south: f64,
    /// Greatest longitude.
    pub east: f64,
    /// Greatest latitude.
    pub north: f64,
}

impl Bounds {
    /// Whether a point lies in the box.
    #[must_use]
    pub fn contains(&self, point: &ServicePoint) -> bool {
        let (longitude, latitude) = (
            f64::from(point.longitude_e6) / 1e6,
            f64::from(point.latitude_e6) / 1e6,
        );
        (self.west..=self.east).contains(&longitude)
            && (self.south..=self.north).contains(&latitude)
    }
}

/// The building of a hall (大厅).
#[derive(Clone, Debug)]
pub struct Hall {
    /// The point it belongs to.
    pub point: At<PointId>,
    /// Name.
    pub name: Text,
    /// Width of a floor in metres.
    pub width: f64,
    /// Depth of a floor in metres.
    pub depth: f64,
    /// Which way is up on the plan.
    pub up: String,
    /// Floors from the ground up.
    pub floors: Vec<Floor>,
    /// Rooms and counters.
    pub rooms: Vec<Room>,
    /// Standing points of the guide.
    pub views: Vec<View>,
}

/// A floor.
#[derive(Clone, Debug)]
pub struct Floor {
    /// Identifier.
    pub id: At<String>,
    /// Name.
    pub name: Text,
}

/// A room, counter or area as a box.
#[derive(Clone, Debug)]
pub struct Room {
    /// Identifier.
    pub id: At<String>,
    /// Its floor.
    pub floor: At<String>,
    /// Name.
    pub name: Text,
    /// Kind, such as `entrance` or `counter`.
    pub kind: String,
    /// Left edge in metres.
    pub x: f64,
    /// Upper edge in metres.
    pub y: f64,
    /// Width in metres.
    pub width: f64,
    /// Depth in metres.
    pub depth: f64,
    /// What to know.
    pub text: Option<Text>,
    /// Departments served here.
    pub departments: Vec<Department>,
    /// Numbers of its counters (窗口).
    pub counters: Vec<String>,
}

/// A standing point.
#[derive(Clone, Debug)]
pub struct View {
    /// Identifier.
    pub id: At<String>,
    /// Its floor.
    pub floor: At<String>,
    /// Name.
    pub name: Text,
    /// Metres from the left.
    pub x: f64,
    /// Metres from the top.
    pub y: f64,
    /// Neighbours: their identifier and the bearing in degrees; `None` = by lift.
    pub links: Vec<(At<String>, Option<f64>)>,
    /// Rooms worth a label: their identifier and the bearing.
    pub looks: Vec<(At<String>, f64)>,
}

pub(crate) fn read(folder: &Path, log: &Log) -> Points {
    File::read(folder, "points.toml", log, |file| {
        file.number::<u8>("version");
        let system = file.string("coordinate_system");
        if system.value != "WGS84" {
            let message = "coordinates must be WGS84; convert them (GCJ-02 is shifted by some hundred metres)";
            file.report(&system.place, Kind::InvalidValue, message);
        }
        let mut main = None;
        Points {
            terminals_total: file.has("terminals_total").then(|| file.number("terminals_total")),
            points: file.tables("point", |table| {
                let point = read_point(table)?;
                if table.flag("main") {
                    main = Some(At {
                        value: point.id.clone(),
                        place: point.place.clone(),
                    });
                }
                Some(point)
            }),
            hall: file.table("hall", read_hall).flatten(),
            bounds: file.table("bounds", |bounds| Bounds {
                west: bounds.decimal("west"),
                south: bounds.decimal("south"),
                east: bounds.decimal("east"),
                north: bounds.decimal("north"),
            }),
            main,
        }
    })
    .unwrap_or_default()
}

fn read_point(table: &Table<'_>) -> Option<At<ServicePoint>> {
    let id = table.parsed::<PointId>("id");
    let hours = table.table("hours", |hours| OpeningHours {
        weekday: opening(hours, "weekday"),
        saturday: opening(hours, "saturday"),
        sunday: opening(hours, "sunday"),
        note: hours.optional_text("note"),
    });
    // The officer's name and role are checked for being text, but only the telephone is public.
    let phone = table.table("officer", |officer| {
        officer.optional_string("name");
        officer.optional_string("role");
        officer.string("phone").value
    });
    table.optional_string("street");
    let kind = table.word("kind");
    let point = ServicePoint {
        id: id
            .clone()
            .map_or_else(|| "XX-000".parse(), |id| Ok(id.value))
            .ok()?,
        name: table.text("name"),
        kind: kind.unwrap_or(yichuang_contract::point::PointKind::Station),
        district: table.text("district"),
        address: table.string("address").value,
        longitude_e6: micro_degrees(table.decimal("lon")),
        latitude_e6: micro_degrees(table.decimal("lat")),
        hours: hours.unwrap_or_default(),
        departments: table.words("services"),
        terminals: table.number("terminals").value,
        accessible: table
            .strings("accessible")
            .into_iter()
            .map(|feature| feature.value)
            .collect(),
        phone: phone.unwrap_or_default(),
        is_demonstration: table.flag("demo"),
    };
    id.map(|id| At {
        value: point,
        place: id.place,
    })
}

/// Checks that hours read `HH:MM-HH:MM`, several parts joined by a comma; empty = closed.
fn opening(hours: &Table<'_>, key: &str) -> String {
    let text = hours.string_or_empty(key);
    let minutes = |text: &str| -> Option<u16> {
        let (hour, minute) = text.split_once(':')?;
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour <= 24 && minute < 60 && hour * 60 + minute <= 24 * 60).then_some(hour * 60 + minute)
    };
    let mut before = None;
    for part in text.split(',').filter(|part| !part.is_empty()) {
        let span = part
            .split_once('-')
            .and_then(|(from, to)| Some((minutes(from)?, minutes(to)?)));
        let is_sound =
            span.is_some_and(|(from, to)| from < to && before.is_none_or(|before| before <= from));
        if !is_sound {
            let message = format!(
                "`{key}` holds “{part}”; write 09:00-12:00,14:00-18:00 in order, or \"\" for closed"
            );
            hours.report(&hours.place_of(key), Kind::InvalidValue, message);
        }
        before = span.map(|(_, to)| to);
    }
    text
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "degrees times a million stay far below i32::MAX"
)]
fn micro_degrees(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

fn read_hall(table: &Table<'_>) -> Option<Hall> {
    let point = table.parsed("point");
    table.flag("demo");
    let hall = |point| Hall {
        point,
        name: table.text("name"),
        width: table.decimal("width"),
        depth: table.decimal("depth"),
        up: table.string("up").value,
        floors: table.tables("floor", |floor| {
            Some(Floor {
                id: floor.string("id"),
                name: floor.text("name"),
            })
        }),
        rooms: table.tables("room", |room| {
            Some(Room {
                id: room.string("id"),
                floor: room.string("floor"),
                name: room.text("name"),
                kind: room.string("kind").value,
                x: room.decimal("x"),
                y: room.decimal("y"),
                width: room.decimal("w"),
                depth: room.decimal("h"),
                text: room.optional_text("text"),
                departments: if room.has("departments") {
                    room.words("departments")
                } else {
                    Vec::new()
                },
                counters: room
                    .optional_strings("windows")
                    .into_iter()
                    .map(|number| number.value)
                    .collect(),
            })
        }),
        views: table.tables("view", |view| {
            Some(View {
                id: view.string("id"),
                floor: view.string("floor"),
                name: view.text("name"),
                x: view.decimal("x"),
                y: view.decimal("y"),
                links: view.tables("links", |link| {
                    link.optional_string("via");
                    let bearing = link.has("bearing").then(|| link.decimal("bearing"));
                    Some((link.string("to"), bearing))
                }),
                looks: view.tables("looks", |look| {
                    Some((look.string("room"), look.decimal("bearing")))
                }),
            })
        }),
    };
    point.map(hall)
}
