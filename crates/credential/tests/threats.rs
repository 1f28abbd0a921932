//! A negative vector for every row of the threat model and every kind of bad input
//! (docs/credential-format.md), published in end2end/vectors for other programs.
//!
//! `WRITE_VECTORS=1 cargo test -p yichuang-credential --test threats` writes them anew; otherwise
//! the test compares what is there with what this crate makes and says.

mod threats {
    pub mod cases;
    pub mod forge;
    pub mod vector;
}

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};
use threats::cases;
use threats::vector::Vector;
use yichuang_credential::Reason;

fn all() -> Vec<Vector> {
    cases::all().iter().map(Vector::of).collect()
}

#[test]
fn every_case_gets_its_own_reason() {
    for case in cases::all() {
        assert_eq!(case.judge(), case.expected, "{}: {}", case.row, case.name);
    }
}

#[test]
fn no_case_takes_more_than_twenty_milliseconds() {
    for case in cases::all() {
        // The quickest of several: what else the machine does should not count.
        let time = (0..5).map(|_| {
            let started = Instant::now();
            case.judge();
            started.elapsed()
        });
        let quickest = time.min().expect("five times");
        assert!(
            quickest <= Duration::from_millis(20),
            "{}: {quickest:?}",
            case.name
        );
    }
}

#[test]
fn every_row_and_every_reason_has_a_case() {
    let cases = cases::all();
    let rows: BTreeSet<u8> = cases.iter().map(|case| case.row).collect();
    assert_eq!(rows, (0..=18).collect());
    let reasons: BTreeSet<Reason> = cases.iter().map(|case| case.expected).collect();
    let missing: Vec<_> = Reason::ALL
        .iter()
        .filter(|reason| !reasons.contains(reason))
        .collect();
    assert_eq!(missing, Vec::<&Reason>::new());
}

#[test]
fn the_published_vectors_are_these() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../end2end/vectors");
    let mut made = BTreeMap::new();
    for vector in all() {
        let text = serde_json::to_string_pretty(&vector).expect("JSON") + "\n";
        let name = format!("{:02}-{}.json", vector.row, vector.name);
        assert!(made.insert(name, text).is_none(), "{} twice", vector.name);
    }
    if std::env::var_os("WRITE_VECTORS").is_some() {
        std::fs::create_dir_all(&folder).expect("the folder");
        for (name, text) in &made {
            std::fs::write(folder.join(name), text).expect("a vector");
        }
    }
    let published: BTreeMap<String, String> = std::fs::read_dir(&folder)
        .expect("end2end/vectors")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "json"))
        .map(|entry| {
            let name = entry.file_name().into_string().expect("a name");
            (
                name,
                std::fs::read_to_string(entry.path()).expect("a vector"),
            )
        })
        .collect();
    let names = |vectors: &BTreeMap<String, String>| vectors.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&published), names(&made));
    for (name, text) in made {
        assert!(
            published[&name] == text,
            "{name} is not what this crate makes"
        );
    }
}
