//! Everyday questions against the real catalogue.
//!
//! `SEARCH_REPORT=1 cargo test -p yichuang-search --features build --test quality -- --nocapture`
//! prints every question of the tuning half that is not answered first. The held-out half is
//! counted only.
#![cfg(feature = "build")]

mod support;

use std::collections::BTreeMap;

struct Score {
    questions: usize,
    first: usize,
    in_five: usize,
    none: usize,
    none_right: usize,
}

fn score(part: &str, report: bool) -> Score {
    let documents = support::documents();
    let index = support::index(&documents);
    let text = include_str!("queries.toml");
    let all: BTreeMap<String, BTreeMap<String, Vec<String>>> =
        toml::from_str(text).expect("the questions are well formed");
    let mut score = Score {
        questions: 0,
        first: 0,
        in_five: 0,
        none: 0,
        none_right: 0,
    };
    for (query, codes) in &all[part] {
        let answer = index.search(query, 5);
        let found: Vec<&str> = answer
            .hits
            .iter()
            .map(|hit| documents[hit.document].code.as_str())
            .collect();
        let is_wanted = |code: &&str| codes.iter().any(|wanted| wanted == code);
        if codes.is_empty() {
            score.none += 1;
            score.none_right += usize::from(found.is_empty());
            if report && !found.is_empty() {
                println!("NONE  {query}: {found:?}");
            }
            continue;
        }
        score.questions += 1;
        score.first += usize::from(found.first().is_some_and(is_wanted));
        score.in_five += usize::from(found.iter().any(is_wanted));
        if report && !found.first().is_some_and(is_wanted) {
            let near: Vec<&str> = answer
                .nearest
                .iter()
                .map(|hit| documents[hit.document].code.as_str())
                .collect();
            println!(
                "{} {query}: wants {codes:?}, has {found:?} near {near:?}",
                if found.iter().any(is_wanted) {
                    "2-5 "
                } else {
                    "MISS"
                }
            );
        }
    }
    println!(
        "{part}: {} questions, first {:.1} %, in five {:.1} %; none {} of {}",
        score.questions,
        100.0 * score.first as f32 / score.questions as f32,
        100.0 * score.in_five as f32 / score.questions as f32,
        score.none_right,
        score.none,
    );
    score
}

fn is_good(score: &Score) {
    assert!(score.first * 100 >= score.questions * 85, "85 % come first");
    assert!(
        score.in_five * 100 >= score.questions * 95,
        "95 % are in the first five"
    );
    assert!(
        score.none_right * 100 >= score.none * 95,
        "95 % of what nobody answers is none"
    );
}

#[test]
fn everyday_questions_are_answered() {
    is_good(&score(
        "tuning",
        std::env::var_os("SEARCH_REPORT").is_some(),
    ));
}

#[test]
fn everyday_questions_that_nobody_tuned_for_are_answered() {
    is_good(&score("held_out", false));
}
