//! Checks of the catalogue, its themes and the home page.

use super::{dangling, duplicates};
use crate::Content;
use crate::finding::{Kind, Log};
use crate::service::ServiceEntry;
use std::collections::{BTreeMap, BTreeSet};
use yichuang_contract::service::{DayUnit, Delivery, Department, Handling};

pub(super) fn check(content: &Content, log: &Log) {
    let services = &content.services;
    let codes: BTreeSet<&str> = services
        .iter()
        .map(|service| service.code.as_str())
        .collect();
    let themes: BTreeSet<&str> = content
        .themes
        .iter()
        .map(|theme| theme.id.as_str())
        .collect();
    duplicates(
        "service",
        services
            .iter()
            .map(|service| (service.code.as_str(), &service.code.place)),
        log,
    );
    duplicates(
        "service name",
        services
            .iter()
            .map(|service| (service.name.zh.as_str(), &service.place)),
        log,
    );
    duplicates(
        "service name",
        services
            .iter()
            .map(|service| (service.name.en.as_str(), &service.place)),
        log,
    );
    for service in services {
        check_numbers(service, log);
        check_lists(service, log);
        if !service.theme.is_empty() {
            dangling(
                "theme",
                &service.theme,
                themes.contains(service.theme.as_str()),
                log,
            );
        }
        duplicates(
            "related service",
            service
                .related
                .iter()
                .map(|code| (code.as_str(), &code.place)),
            log,
        );
        for related in &service.related {
            dangling("service", related, codes.contains(related.as_str()), log);
            if related.value == service.code.value {
                log.add(
                    &related.place,
                    Kind::Contradiction,
                    "a service is not related to itself; remove it",
                );
            }
        }
    }
    check_themes(content, log);
    check_home_page(content, &codes, log);
}

fn prefix(department: Department) -> &'static str {
    match department {
        Department::Household => "HJ",
        Department::ExitEntry => "CR",
        Department::Traffic => "JJ",
        Department::PublicOrder => "ZA",
        Department::Cyber => "WJ",
        Department::Video => "SP",
        Department::AntiDrug => "JD",
        Department::Criminal => "XJ",
    }
}

fn check_numbers(service: &ServiceEntry, log: &Log) {
    let prefix = prefix(service.department);
    if !service.code.as_str().starts_with(prefix) {
        let message =
            format!("codes of this department begin with {prefix}; move or rename the service");
        log.add(&service.code.place, Kind::Contradiction, message);
    }
    if service.trips.value > 2 {
        let message = format!(
            "{} trips: no service may need more than 2",
            service.trips.value
        );
        log.add(&service.trips.place, Kind::InvalidValue, message);
    }
    let promised = service.promised_days.value;
    match service.handling {
        Handling::Instant if promised > 0 => {
            let message =
                format!("an instant service promises 0 days, not {promised}; mend one of the two");
            log.add(&service.promised_days.place, Kind::ImpossibleDay, message);
        }
        Handling::Promised if promised == 0 => {
            let message = "a promised service says in how many working days; write them or `handling = \"instant\"`";
            log.add(&service.promised_days.place, Kind::ImpossibleDay, message);
        }
        Handling::Instant | Handling::Promised => {}
    }
    // A working day is at least one calendar day, so a promise of more working days than the law
    // allows calendar days breaks the limit in either unit.
    if let Some(limit) = &service.statutory
        && promised > limit.value.days
    {
        let unit = match limit.value.unit {
            DayUnit::Working => "working",
            DayUnit::Calendar => "calendar",
        };
        let message = format!(
            "{promised} promised days exceed the law's {} {unit} days; mend one",
            limit.value.days
        );
        log.add(&service.promised_days.place, Kind::ImpossibleDay, message);
    }
    if service.has_terminal != service.delivery.contains(&Delivery::Terminal) {
        let message = "`terminal` and a `delivery` by \"terminal\" must go together; mend one";
        log.add(&service.place, Kind::Contradiction, message);
    }
}

fn check_lists(service: &ServiceEntry, log: &Log) {
    let place = &service.place;
    for (key, is_empty) in [
        ("steps", service.steps.is_empty()),
        ("basis", service.basis.is_empty()),
        ("keywords", service.keywords.is_empty()),
        ("keywords_en", service.keywords_en.is_empty()),
        ("materials", service.materials.is_empty()),
    ] {
        if is_empty {
            log.add(
                place,
                Kind::MissingKey,
                format!("`{key}` is missing or empty; fill it in"),
            );
        }
    }
    let keywords = service.keywords.iter().chain(&service.keywords_en);
    duplicates(
        "keyword",
        keywords.map(|keyword| (keyword.as_str(), &keyword.place)),
        log,
    );
    duplicates(
        "law",
        service
            .basis
            .iter()
            .map(|basis| (basis.as_str(), &basis.place)),
        log,
    );
    let mut materials = BTreeMap::new();
    for material in &service.materials {
        if materials.insert(&material.name.zh, ()).is_some() && !material.name.zh.is_empty() {
            let message = format!(
                "material “{}” of {} is listed twice; merge the two",
                material.name.zh, service.code.value
            );
            log.add(place, Kind::Duplicate, message);
        }
    }
}

fn check_themes(content: &Content, log: &Log) {
    let themes = &content.themes;
    duplicates(
        "theme",
        themes.iter().map(|theme| (theme.id.as_str(), &theme.place)),
        log,
    );
    for theme in themes {
        check_id(&theme.id, &theme.place, log);
        if !content
            .services
            .iter()
            .any(|service| service.theme.value == theme.id)
        {
            log.add(
                &theme.place,
                Kind::Dangling,
                format!("no service stands under theme `{}`; remove it", theme.id),
            );
        }
    }
    let of_bundles = &content.bundle_themes;
    duplicates(
        "theme",
        of_bundles
            .iter()
            .map(|theme| (theme.id.as_str(), &theme.place)),
        log,
    );
    for theme in of_bundles {
        check_id(&theme.id, &theme.place, log);
    }
}

/// An identifier stands in an address.
fn check_id(id: &str, place: &crate::Place, log: &Log) {
    if !id
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    {
        let message =
            format!("`{id}` stands in an address; use lower-case English letters and hyphens");
        log.add(place, Kind::InvalidValue, message);
    }
}

fn check_home_page(content: &Content, codes: &BTreeSet<&str>, log: &Log) {
    let site = &content.site;
    duplicates(
        "popular service",
        site.popular.iter().map(|code| (code.as_str(), &code.place)),
        log,
    );
    for code in &site.popular {
        dangling("service", code, codes.contains(code.as_str()), log);
    }
    duplicates(
        "featured bundle",
        site.featured_bundles
            .iter()
            .map(|code| (code.as_str(), &code.place)),
        log,
    );
    for code in &site.featured_bundles {
        let is_known = content
            .bundles
            .iter()
            .any(|bundle| bundle.bundle.code == code.value);
        dangling("bundle", code, is_known, log);
    }
}
