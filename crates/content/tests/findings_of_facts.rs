//! Facts that cannot be, or that contradict each other.

#[allow(dead_code, reason = "each test file uses some of it")]
mod folder;

use folder::{Folder, assert_broken};
use yichuang_content::Kind;

const HOUSEHOLD: &str = "services/household.toml";

#[test]
fn an_impossible_number_of_days_is_found() {
    assert_broken(
        HOUSEHOLD,
        "promised_days = 3",
        "promised_days = 6",
        Kind::ImpossibleDay,
        "promised_days = 6",
        "exceed",
    );
    assert_broken(
        HOUSEHOLD,
        "promised_days = 3",
        "promised_days = 0",
        Kind::ImpossibleDay,
        "promised_days = 0\nstatutory",
        "in how many",
    );
    assert_broken(
        HOUSEHOLD,
        "handling = \"promised\"",
        "handling = \"instant\"",
        Kind::ImpossibleDay,
        "promised_days = 3",
        "instant",
    );
    assert_broken(
        HOUSEHOLD,
        "days = 5,",
        "days = 0,",
        Kind::ImpossibleDay,
        "days = 0,",
        "0 days",
    );
}

#[test]
fn an_impossible_period_is_found() {
    let fees = "fees/household.toml";
    assert_broken(
        fees,
        "2025-12-31",
        "2019-12-31",
        Kind::ImpossibleDay,
        "2019-12-31",
        "before it begins",
    );
    assert_broken(
        fees,
        "2025-12-31",
        "2026-06-30",
        Kind::Contradiction,
        "[[fee.rates]]",
        "at once",
    );
    assert_broken(
        fees,
        "from_fen = 1000",
        "from_fen = 9000",
        Kind::Contradiction,
        "from_fen = 9000",
        "above",
    );
    let calendar = "calendar/2026.toml";
    assert_broken(
        calendar,
        "to = 2026-10-07",
        "to = 2026-09-07",
        Kind::ImpossibleDay,
        "2026-09-07",
        "before it begins",
    );
    assert_broken(
        calendar,
        "to = 2026-10-07",
        "to = 2027-10-07",
        Kind::ImpossibleDay,
        "2027-10-07",
        "not in 2026",
    );
    assert_broken(
        calendar,
        "[2026-10-10]",
        "[2026-10-12]",
        Kind::ImpossibleDay,
        "2026-10-12",
        "no weekend",
    );
    assert_broken(
        calendar,
        "[2026-10-10]",
        "[2026-10-03]",
        Kind::ImpossibleDay,
        "2026-10-03",
        "is off",
    );
}

#[test]
fn facts_that_contradict_each_other_are_found() {
    assert_broken(
        HOUSEHOLD,
        "department = \"household\"",
        "department = \"traffic\"",
        Kind::Contradiction,
        "department",
        "`household`",
    );
    assert_broken(
        HOUSEHOLD,
        "code = \"HJ-002\"",
        "code = \"CR-002\"",
        Kind::Contradiction,
        "CR-002",
        "begin with HJ",
    );
    assert_broken(
        HOUSEHOLD,
        "terminal = true",
        "terminal = false",
        Kind::Contradiction,
        "[[service]]",
        "go together",
    );
    assert_broken(
        "guides/HJ-002.toml",
        "service = \"HJ-002\"",
        "service = \"HJ-003\"",
        Kind::Contradiction,
        "service",
        "disagree",
    );
    assert_broken(
        "points.toml",
        "terminals_total = 3",
        "terminals_total = 4",
        Kind::Contradiction,
        "terminals_total",
        "have 3",
    );
    assert_broken(
        "points.toml",
        "w = 10",
        "w = 90",
        Kind::Contradiction,
        "id = \"door\"",
        "out of the floor",
    );
    let basis = "\"《居民身份证法》第十条\"";
    assert_broken(
        "review/household.toml",
        basis,
        "\"《居民身份证法》第二条\"",
        Kind::Contradiction,
        "第二条",
        "cite it",
    );
    let hospital =
        "{ id = \"hospital\", label = \"医院\", label_en = \"In a hospital\", next = \"@apply\" },";
    let abroad = "{ id = \"abroad\", label = \"国外\", label_en = \"Abroad\", next = \"@apply\" },";
    assert_broken(
        "guides/HJ-002.toml",
        &format!("{hospital}\n  {abroad}"),
        &format!("{abroad}\n  {hospital}"),
        Kind::Contradiction,
        "[[question]]",
        "shared question",
    );
}

#[test]
fn a_paper_wanted_in_two_forms_is_found() {
    let paper = "name_en = \"Old card\"\nform = \"original\"";
    let copy = "name_en = \"Old card\"\nform = \"copy\"";
    assert_broken(
        "guides/HJ-002.toml",
        paper,
        copy,
        Kind::Contradiction,
        "[[material]]",
        "another `form`",
    );
}

#[test]
fn an_unsound_guide_is_found_at_the_part_that_is_wrong() {
    let guide = "guides/HJ-001.toml";
    assert_broken(
        guide,
        "'hukou == \"split\"'",
        "'hukou == \"apart\"'",
        Kind::Guide,
        "[[material]]",
        "`apart`",
    );
    assert_broken(
        guide,
        "'hukou == \"split\"'",
        "'huko == \"split\"'",
        Kind::Guide,
        "[[material]]",
        "`huko`",
    );
    assert_broken(
        guide,
        "'hukou == \"split\"'",
        "'hukou == \"split\" and born == \"abroad\"'",
        Kind::Guide,
        "[[material]]",
        "`statement`",
    );
    assert_broken(
        guide,
        "next = \"@abroad\"",
        "next = \"@apply\"",
        Kind::Guide,
        "[[outcome]]",
        "`abroad`",
    );
    assert_broken(
        guide,
        "next = \"hukou\"",
        "next = \"@apply\"",
        Kind::Guide,
        "[[question]]",
        "`hukou`",
    );
    assert_broken(
        guide,
        "next = \"hukou\"",
        "next = \"household\"",
        Kind::Guide,
        "next = \"household\"",
        "household",
    );
}

#[test]
fn a_rule_that_cannot_be_read_is_found() {
    let guide = "guides/HJ-001.toml";
    assert_broken(
        guide,
        "'hukou == \"split\"'",
        "'hukou is \"split\"'",
        Kind::Expression,
        "hukou is",
        "hukou is",
    );
}

#[test]
fn a_word_against_the_glossary_is_found() {
    assert_broken(
        HOUSEHOLD,
        "Go to a self-service terminal",
        "Go to a kiosk",
        Kind::Term,
        "Go to a kiosk",
        "self-service terminal",
    );
    let material = "name = \"旧证\"\nname_en = \"Old card\"";
    let other = "name = \"旧证\"\nname_en = \"Present card\"";
    let folder = Folder::new();
    folder.replace("guides/HJ-002.toml", material, other);
    folder.assert_found(
        Kind::Term,
        "guides/HJ-002.toml",
        Some("Present card"),
        "“Old card” elsewhere",
    );
}
