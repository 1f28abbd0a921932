//! Each kind of slip is found, in the right file and on the right line.

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;

use common::{Folder, assert_broken};
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

#[test]
fn a_dangling_code_is_found() {
    assert_broken(
        HOUSEHOLD,
        "related = [\"HJ-002\"]",
        "related = [\"HJ-009\"]",
        Kind::Dangling,
        "HJ-009",
        "`HJ-009`",
    );
    assert_broken(
        "site.toml",
        "popular = [\"HJ-001\"]",
        "popular = [\"CR-001\"]",
        Kind::Dangling,
        "popular",
        "`CR-001`",
    );
    assert_broken(
        "site.toml",
        "YJ-001",
        "YJ-009",
        Kind::Dangling,
        "YJ-009",
        "bundle",
    );
    assert_broken(
        "guides/HJ-001.toml",
        "route = [\"HJ-002\"]",
        "route = [\"HJ-009\"]",
        Kind::Dangling,
        "route",
        "`HJ-009`",
    );
    assert_broken(
        HOUSEHOLD,
        "bills = [[\"card\"]]",
        "bills = [[\"cart\"]]",
        Kind::Dangling,
        "bills",
        "`cart`",
    );
    let bundle = "bundles/family.toml";
    assert_broken(
        bundle,
        "catalogue = \"HJ-001\"",
        "catalogue = \"HJ-009\"",
        Kind::Dangling,
        "catalogue",
        "`HJ-009`",
    );
    assert_broken(
        bundle,
        "after = [\"HJ-001\"]",
        "after = [\"birth\"]",
        Kind::Dangling,
        "after = [\"birth\"]",
        "`birth`",
    );
    assert_broken(
        bundle,
        "used_by = [\"HJ-001\", ",
        "used_by = [\"HJ-009\", ",
        Kind::Dangling,
        "used_by",
        "`HJ-009`",
    );
    assert_broken(
        bundle,
        "HJ-001.born",
        "HJ-001.place",
        Kind::Dangling,
        "[[bundle.given]]",
        "`place`",
    );
    assert_broken(
        bundle,
        "\"hospital\"",
        "\"home\"",
        Kind::Dangling,
        "[[bundle.given]]",
        "`home`",
    );
    assert_broken(
        "review/household.toml",
        "  \"way\",",
        "  \"ways\",",
        Kind::Dangling,
        "\"ways\"",
        "`ways`",
    );
    assert_broken(
        "points.toml",
        "{ to = \"v2\"",
        "{ to = \"v3\"",
        Kind::Dangling,
        "\"v3\"",
        "`v3`",
    );
    assert_broken(
        "search/popularity.toml",
        "HJ-001",
        "HJ-009",
        Kind::Lexicon,
        "HJ-009",
        "HJ-009",
    );
}

#[test]
fn what_nothing_uses_is_found() {
    let folder = Folder::new();
    folder.append(
        "themes.toml",
        "\n[[theme]]\nid = \"lonely\"\nname = \"空\"\nname_en = \"Lonely\"\naudience = []\n",
    );
    folder.append("fields.toml", "\n[lonely]\nlabel = \"空\"\nlabel_en = \"Lonely\"\nkind = \"text\"\nsource = \"applicant\"\n");
    folder.replace(HOUSEHOLD, "bills = [[\"card\"]]\n", "");
    folder.assert_found(
        Kind::Dangling,
        "themes.toml",
        Some("id = \"lonely\""),
        "no service",
    );
    folder.assert_found(
        Kind::Dangling,
        "fields.toml",
        Some("[lonely]"),
        "no service asks",
    );
    folder.assert_found(
        Kind::Dangling,
        "fees/household.toml",
        Some("id = \"card\""),
        "no service charges",
    );
}

#[test]
fn a_service_without_guide_or_review_is_found() {
    let folder = Folder::new();
    folder.remove("guides/HJ-002.toml");
    folder.replace("review/household.toml", "[HJ-002]", "[HJ-003]");
    folder.assert_found(
        Kind::Dangling,
        HOUSEHOLD,
        Some("code = \"HJ-002\""),
        "no guide",
    );
    folder.assert_found(
        Kind::Dangling,
        HOUSEHOLD,
        Some("code = \"HJ-002\""),
        "no review",
    );
    folder.assert_found(
        Kind::Dangling,
        "review/household.toml",
        Some("[HJ-003]"),
        "`HJ-003`",
    );
}

#[test]
fn a_duplicate_is_found() {
    assert_broken(
        HOUSEHOLD,
        "code = \"HJ-002\"",
        "code = \"HJ-001\"",
        Kind::Duplicate,
        "code = \"HJ-001\"",
        "`HJ-001`",
    );
    assert_broken(
        HOUSEHOLD,
        "\"Card renewal\"",
        "\"Birth registration\"",
        Kind::Duplicate,
        "[[service]]",
        "name",
    );
    assert_broken(
        HOUSEHOLD,
        "[\"renew card\"]",
        "[\"换身份证\"]",
        Kind::Duplicate,
        "keywords_en",
        "keyword",
    );
    assert_broken(
        HOUSEHOLD,
        "[\"terminal\"]",
        "[\"terminal\", \"terminal\"]",
        Kind::Duplicate,
        "delivery = [\"terminal\"",
        "twice",
    );
    assert_broken(
        "fields.toml",
        "id = \"counter\"",
        "id = \"post\"",
        Kind::Duplicate,
        "窗口",
        "twice",
    );
    let guide = "guides/HJ-001.toml";
    assert_broken(
        guide,
        "label_en = \"Abroad\"",
        "label_en = \"In a hospital\"",
        Kind::Duplicate,
        "{ id = \"abroad\"",
        "In a hospital",
    );
}

#[test]
fn a_field_of_two_services_must_be_shared() {
    let file = "review/household.toml";
    assert_broken(
        file,
        "id = \"old_number\"",
        "id = \"baby_name\"",
        Kind::Duplicate,
        "旧证号码",
        "`baby_name`",
    );
    assert_broken(
        file,
        "label_en = \"Holder's name\"",
        "label_en = \"Holder's name\", kind = \"text\"",
        Kind::Contradiction,
        "持证人",
        "fields.toml only",
    );
}

#[test]
fn a_cycle_is_found() {
    let bundle = "bundles/family.toml";
    assert_broken(
        bundle,
        "id = \"HJ-001\"\nafter = []",
        "id = \"HJ-001\"\nafter = [\"insurance\"]",
        Kind::Cycle,
        "id = \"HJ-001\"",
        "wait for each other",
    );
    let guide = "guides/HJ-001.toml";
    assert_broken(
        guide,
        "label_en = \"No\", next = \"@apply\"",
        "label_en = \"No\", next = \"born\"",
        Kind::Guide,
        "[[question]]\nid = \"born\"",
        "born",
    );
}

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

#[test]
fn a_relation_of_services_that_do_not_exist_or_go_round_is_found() {
    let file = "bundles/relations.toml";
    let relation = |first: &str, then: &str| {
        format!(
            "\n[[before]]\nfirst = \"{first}\"\nthen = \"{then}\"\nreason = \"因\"\nreason_en = \"Why\"\n"
        )
    };
    let folder = Folder::new();
    folder.append(file, &relation("HJ-001", "HJ-999"));
    let marker = Some("then = \"HJ-999\"");
    folder.assert_found(Kind::Dangling, file, marker, "HJ-999");

    let folder = Folder::new();
    folder.append(file, &relation("HJ-002", "HJ-001"));
    let marker = Some("[[before]]\nfirst = \"HJ-002\"");
    folder.assert_found(Kind::Duplicate, file, marker, "the same two services");
    let marker = Some("[[before]]\nfirst = \"HJ-001\"");
    folder.assert_found(Kind::Cycle, file, marker, "wait for each other");
}
