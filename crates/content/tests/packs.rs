//! What browsers get: packs that decode again, under a version that follows every change.

#[allow(dead_code, reason = "each test file uses some of it")]
mod folder;

use folder::Folder;
use std::path::Path;
use yichuang_content::{Content, Packs};
use yichuang_contract::ServiceCode;
use yichuang_contract::pack::{BundlesPack, CataloguePack, PointsPack, ServicePack};
use yichuang_domain::calendar::Date;

fn load(folder: &Folder) -> Content {
    yichuang_content::load(folder.path()).expect("sound content")
}

fn compile(folder: &Folder) -> Packs {
    load(folder).compile_on(day("2026-11-24"))
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn code(text: &str) -> ServiceCode {
    text.parse().expect("a code")
}

#[test]
fn the_same_content_has_the_same_version_and_a_change_has_another() {
    let folder = Folder::new();
    let before = compile(&folder);
    assert_eq!(before.version.len(), 16);
    assert_eq!(before, compile(&folder));
    folder.replace(
        "review/household.toml",
        "The papers match",
        "The papers agree",
    );
    let after = compile(&folder);
    assert_ne!(before.version, after.version);
    assert_eq!(before.catalogue, after.catalogue);
    assert_ne!(
        before.services[&code("HJ-001")],
        after.services[&code("HJ-001")]
    );
    assert_eq!(
        before.services[&code("HJ-002")],
        after.services[&code("HJ-002")]
    );
}

#[test]
fn packs_decode_to_what_the_files_say() {
    let packs = compile(&Folder::new());
    let catalogue: CataloguePack = postcard::from_bytes(&packs.catalogue).expect("the catalogue");
    assert_eq!(catalogue.services.len(), 2);
    assert_eq!(catalogue.services[0].questions_at_most, 2);
    assert_eq!(catalogue.featured_bundles[0].item_count, 3);
    assert!(catalogue.is_demonstration);
    let pack: ServicePack =
        postcard::from_bytes(&packs.services[&code("HJ-002")]).expect("a service");
    assert_eq!(pack.guide.service, code("HJ-002"));
    assert_eq!(pack.service.checked_on, "2026-11-24");
    assert_eq!(pack.service.fields[0].label.en, "Holder's name");
    let points: PointsPack = postcard::from_bytes(&packs.points).expect("the points");
    assert_eq!(
        (points.points[0].longitude_e6, points.points[0].latitude_e6),
        (113_941_500, 22_520_000)
    );
    let bundles: BundlesPack = postcard::from_bytes(&packs.bundles).expect("the bundles");
    assert_eq!(bundles.bundles[0].given[0].question, "born");
}

#[test]
fn the_fee_of_a_list_is_the_one_in_force_on_the_day() {
    let content = load(&Folder::new());
    let range = |day| {
        let summaries = content.summaries(day);
        (summaries[1].fee_from_fen, summaries[1].fee_to_fen)
    };
    assert_eq!(range(day("2025-12-31")), (1000, 2000));
    assert_eq!(range(day("2026-01-01")), (3000, 3000));
    let detail = content
        .detail_of(&code("HJ-002"), day("2026-11-24"))
        .expect("a service");
    assert_eq!(
        detail.fees.len(),
        2,
        "a page shows earlier and later rates too"
    );
}

#[test]
fn a_bill_is_a_sum_and_a_person_may_get_one_of_several() {
    let folder = Folder::new();
    folder.replace(
        "services/household.toml",
        "bills = [[\"card\"]]",
        "bills = [[], [\"card\"], [\"card\", \"post\"]]",
    );
    folder.append(
        "fees/household.toml",
        "\n[[fee]]\nid = \"post\"\nname = \"邮费\"\nname_en = \"Postage\"\n\n[[fee.rates]]\nfrom_fen = 500\nto_fen = 700\nvalid_from = 2020-01-01\nsource = \"《资费》\"\n",
    );
    let summary = &load(&folder).summaries(day("2026-11-24"))[1];
    assert_eq!((summary.fee_from_fen, summary.fee_to_fen), (0, 3700));
}

#[test]
fn the_repository_s_content_is_sound_and_every_pack_of_it_decodes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let content = match yichuang_content::load(&folder) {
        Ok(content) => content,
        Err(findings) => panic!("{findings}"),
    };
    let packs = content.compile();
    assert_eq!(packs.services.len(), content.services.len());
    for (code, bytes) in &packs.services {
        let pack: ServicePack = postcard::from_bytes(bytes).expect("a service");
        assert_eq!(pack.service.summary.code, *code);
    }
    postcard::from_bytes::<CataloguePack>(&packs.catalogue).expect("the catalogue");
    postcard::from_bytes::<BundlesPack>(&packs.bundles).expect("the bundles");
}
