//! References that lead nowhere, twice to the same, or round in a circle.

#[allow(dead_code, reason = "each test file uses some of it")]
mod folder;

use folder::{Folder, assert_broken};
use yichuang_content::Kind;

const HOUSEHOLD: &str = "services/household.toml";

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
