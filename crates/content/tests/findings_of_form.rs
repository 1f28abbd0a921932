//! Slips of form: what is no TOML, unknown, missing, of the wrong kind or in one language only.

#[allow(dead_code, reason = "each test file uses some of it")]
mod folder;

use folder::{Folder, assert_broken};
use yichuang_content::Kind;

const HOUSEHOLD: &str = "services/household.toml";

#[test]
fn the_fixture_itself_is_sound() {
    assert_eq!(Folder::new().findings(), []);
}

#[test]
fn every_finding_is_reported_and_not_the_first_only() {
    let folder = Folder::new();
    folder.replace(HOUSEHOLD, "trips = 0", "trips = 3\ntripz = 0");
    folder.replace(HOUSEHOLD, "name_en = \"Card renewal\"\n", "");
    folder.replace("guides/HJ-001.toml", "hukou == ", "hukou = ");
    folder.replace("points.toml", "lon = 113.9415", "lon = 3.9415");
    folder.assert_found(Kind::InvalidValue, HOUSEHOLD, Some("trips = 3"), "3 trips");
    folder.assert_found(Kind::UnknownKey, HOUSEHOLD, Some("tripz"), "`tripz`");
    folder.assert_found(
        Kind::Translation,
        HOUSEHOLD,
        Some("name = \"身份证换领\""),
        "`name_en`",
    );
    folder.assert_found(
        Kind::Expression,
        "guides/HJ-001.toml",
        Some("hukou = "),
        "rule",
    );
    folder.assert_found(
        Kind::InvalidValue,
        "points.toml",
        Some("id = \"NS-001\""),
        "bounds",
    );
    assert_eq!(folder.findings().len(), 5);
}

#[test]
fn a_missing_file_is_found() {
    let folder = Folder::new();
    folder.remove("services/traffic.toml");
    folder.assert_found(
        Kind::Unreadable,
        "services/traffic.toml",
        None,
        "cannot be read",
    );
}

#[test]
fn a_file_that_is_no_toml_is_found() {
    assert_broken(
        HOUSEHOLD,
        "trips = 1",
        "trips = = 1",
        Kind::Syntax,
        "trips = = 1",
        "not TOML",
    );
}

#[test]
fn a_day_that_does_not_exist_is_found() {
    let file = "calendar/2026.toml";
    assert_broken(
        file,
        "from = 2026-10-01",
        "from = 2026-02-30",
        Kind::Syntax,
        "2026-02-30",
        "not TOML",
    );
    assert_broken(
        file,
        "to = 2026-10-07",
        "to = \"7 October\"",
        Kind::InvalidValue,
        "7 October",
        "a day",
    );
}

#[test]
fn an_unknown_key_is_found_and_the_known_ones_are_named() {
    assert_broken(
        HOUSEHOLD,
        "unit = \"working\"",
        "unit = \"working\", units = 1",
        Kind::UnknownKey,
        "units",
        "`unit`",
    );
    assert_broken(
        "themes.toml",
        "name_en",
        "name_de = \"x\"\nname_en",
        Kind::UnknownKey,
        "name_de",
        "`name_de`",
    );
}

#[test]
fn a_missing_key_is_found_at_its_entry() {
    assert_broken(
        HOUSEHOLD,
        "trips = 1\n",
        "",
        Kind::MissingKey,
        "[[service]]",
        "`trips`",
    );
    assert_broken(
        HOUSEHOLD,
        "checked_on = 2026-11-24\n",
        "",
        Kind::MissingKey,
        "[[service]]",
        "`checked_on`",
    );
}

#[test]
fn an_item_outside_the_catalogue_says_who_does_it() {
    let how = "how = \"由窗口推送。\"\nhow_en = \"The counter passes it on.\"\n";
    assert_broken(
        "bundles/family.toml",
        how,
        "",
        Kind::MissingKey,
        "id = \"insurance\"",
        "`how`",
    );
}

#[test]
fn a_value_of_the_wrong_kind_is_found() {
    assert_broken(
        HOUSEHOLD,
        "trips = 1",
        "trips = \"one\"",
        Kind::InvalidValue,
        "\"one\"",
        "whole number",
    );
    assert_broken(
        HOUSEHOLD,
        "trips = 1",
        "trips = -1",
        Kind::InvalidValue,
        "trips = -1",
        "whole number",
    );
    assert_broken(
        HOUSEHOLD,
        "scope = \"nation\"",
        "scope = \"world\"",
        Kind::InvalidValue,
        "world",
        "`nation`",
    );
    assert_broken(
        HOUSEHOLD,
        "code = \"HJ-002\"",
        "code = \"HJ2\"",
        Kind::InvalidValue,
        "HJ2",
        "such as HJ-017",
    );
    let hours = "weekday = \"09:00-12:00,14:00-18:00\"";
    assert_broken(
        "points.toml",
        hours,
        "weekday = \"9-25\"",
        Kind::InvalidValue,
        "9-25",
        "09:00-12:00",
    );
    assert_broken(
        "points.toml",
        hours,
        "weekday = \"14:00-18:00,09:00-12:00\"",
        Kind::InvalidValue,
        "14:00-18:00",
        "in order",
    );
}

#[test]
fn a_missing_or_wrong_translation_is_found() {
    let step = "{ zh = \"在线提交\", en = \"Apply online\" }";
    assert_broken(
        HOUSEHOLD,
        step,
        "{ zh = \"在线提交\" }",
        Kind::Translation,
        "在线提交",
        "`en` is missing",
    );
    assert_broken(
        HOUSEHOLD,
        step,
        "{ en = \"Apply online\" }",
        Kind::Translation,
        "Apply online",
        "`zh` is missing",
    );
    assert_broken(
        HOUSEHOLD,
        "\"Apply online\"",
        "\"在线提交\"",
        Kind::Translation,
        "在线提交",
        "not English",
    );
    assert_broken(
        HOUSEHOLD,
        "\"在线提交\"",
        "\"Apply online\"",
        Kind::Translation,
        "Apply online",
        "no Chinese",
    );
    assert_broken(
        HOUSEHOLD,
        "\"Apply online\"",
        "\"\"",
        Kind::InvalidValue,
        "en = \"\"",
        "empty",
    );
}
