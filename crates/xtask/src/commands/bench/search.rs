//! `cargo xtask bench search`: search in WebAssembly, keystroke by keystroke.
//!
//! The probe (crates/wasm-probe) is built as the application is and run in Node. Five hundred
//! everyday questions are typed, every prefix of each is a search. The same again with ten times
//! the services.

use crate::commands::search::{catalogue, shown};
use crate::probe::{self, Probe};
use crate::progress::Steps;
use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use yichuang_search::{Document, Lexicon, build};
use yichuang_wasm_probe::Catalogue;

/// How many questions are typed.
const TYPED: usize = 500;

/// Arguments of the benchmark.
#[derive(clap::Args)]
pub struct Arguments {
    /// Print the figures as JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Deserialize)]
struct Measured {
    keystrokes: usize,
    open_ms: f64,
    p50_ms: f64,
    p99_ms: f64,
    slowest_ms: f64,
    slowest: String,
}

#[derive(Serialize)]
struct Figures {
    p50_ms: f64,
    p99_ms: f64,
    p99_ms_x10: f64,
    open_ms: f64,
    open_ms_x10: f64,
    keystrokes: usize,
}

/// Runs the benchmark.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut steps = Steps::new(probe::STEPS + 2);
    let probe = Probe::build(&mut steps)?;
    let queries = everyday_questions()?;
    let typed: Vec<&str> = queries.iter().map(String::as_str).take(TYPED).collect();
    let typed = typed.join("\n");
    let once = steps.run("typing", || measure(&probe, &as_it_is()?, &typed))?;
    let tenfold = steps.run("typing, ten times the services", || {
        measure(&probe, &tenfold()?, &typed)
    })?;
    let figures = Figures {
        p50_ms: round(once.p50_ms),
        p99_ms: round(once.p99_ms),
        p99_ms_x10: round(tenfold.p99_ms),
        open_ms: round(once.open_ms),
        open_ms_x10: round(tenfold.open_ms),
        keystrokes: once.keystrokes,
    };
    if arguments.json {
        println!("{}", serde_json::to_string(&figures)?);
    } else {
        println!(
            "{} keystrokes: half within {} ms, 99 of 100 within {} ms; with ten times the services within {} ms",
            figures.keystrokes, figures.p50_ms, figures.p99_ms, figures.p99_ms_x10
        );
    }
    Ok(())
}

fn round(milliseconds: f64) -> f64 {
    (milliseconds * 1000.0).round() / 1000.0
}

fn measure(
    probe: &Probe,
    catalogue: &Catalogue,
    typed: &str,
) -> anyhow::Result<(Measured, String)> {
    let measured: Measured = serde_json::from_str(&probe.measure(catalogue, typed)?)
        .context("the probe printed something else than figures")?;
    let outcome = format!(
        "p99 {:.2} ms, slowest {:.2} ms for {:?}",
        measured.p99_ms, measured.slowest_ms, measured.slowest
    );
    Ok((measured, outcome))
}

/// The questions that the tests ask, in the order of the alphabet, the halves one after the other.
pub fn everyday_questions() -> anyhow::Result<Vec<String>> {
    let path = crate::place::root().join("crates/search/tests/queries.toml");
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("{} is missing", path.display()))?;
    let halves: BTreeMap<String, BTreeMap<String, Vec<String>>> = toml::from_str(&text)?;
    Ok(halves.into_values().flat_map(BTreeMap::into_keys).collect())
}

/// The catalogue as it stands.
pub fn as_it_is() -> anyhow::Result<Catalogue> {
    let pack = catalogue(&crate::place::root().join("content"))?;
    let shown = shown(&pack).into_iter().map(|shown| {
        [
            shown.code,
            shown.name_zh,
            shown.name_en,
            shown.summary_zh,
            shown.summary_en,
        ]
        .map(str::to_owned)
    });
    Ok(Catalogue {
        shown: shown.collect(),
        blob: pack.search.clone(),
    })
}

/// Ten times the services: each again for nine other towns, with the town in its name, its summary
/// and every second keyword.
fn tenfold() -> anyhow::Result<Catalogue> {
    const TOWNS: [&str; 10] = [
        "", "广州", "珠海", "佛山", "惠州", "东莞", "中山", "江门", "肇庆", "汕头",
    ];
    let folder = crate::place::root().join("content");
    let content = yichuang_content::load(&folder)
        .map_err(|findings| anyhow::anyhow!("the content is broken:\n{findings}"))?;
    let lexicon: &Lexicon = &content.lexicon;
    let mut documents = Vec::new();
    for town in TOWNS {
        for document in content.search_documents() {
            let mut keywords = document.keywords.clone();
            for keyword in keywords.iter_mut().step_by(2) {
                keyword.insert_str(0, town);
            }
            documents.push(Document {
                name_zh: format!("{town}{}", document.name_zh),
                summary_zh: format!("{town}{}", document.summary_zh),
                keywords,
                ..document
            });
        }
    }
    let blob = build(&documents, lexicon);
    let shown = documents.into_iter().map(|document| {
        [
            document.code,
            document.name_zh,
            document.name_en,
            document.summary_zh,
            document.summary_en,
        ]
    });
    Ok(Catalogue {
        shown: shown.collect(),
        blob,
    })
}
