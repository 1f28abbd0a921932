//! `cargo xtask search`: answers queries from standard input with the catalogue as it stands.

use anyhow::{Context, bail};
use serde::Serialize;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use yichuang_contract::pack::CataloguePack;
use yichuang_search::{Index, Shown};

/// How many services are printed for a query.
const BEST: usize = 5;

/// Arguments of the command.
#[derive(clap::Args)]
pub struct Arguments {
    /// Print one JSON object a query: {"query":…,"codes":[best five]}.
    #[arg(long)]
    json: bool,
    /// The content to search.
    #[arg(long, default_value = "content")]
    content: PathBuf,
}

#[derive(Serialize)]
struct Line<'a> {
    query: &'a str,
    codes: Vec<&'a str>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let pack = catalogue(&arguments.content)?;
    let index = Index::open(&pack.search, &shown(&pack))?;
    let mut output = std::io::stdout().lock();
    for query in std::io::stdin().lock().lines() {
        let query = query.context("standard input is not UTF-8")?;
        let answer = index.search(&query, BEST);
        let codes = answer
            .hits
            .iter()
            .map(|hit| pack.services[hit.document].code.as_str());
        if arguments.json {
            let line = Line {
                query: &query,
                codes: codes.collect(),
            };
            writeln!(output, "{}", serde_json::to_string(&line)?)?;
            continue;
        }
        writeln!(output, "{query}")?;
        for hit in &answer.hits {
            let service = &pack.services[hit.document];
            writeln!(
                output,
                "  {} {} ({:?})",
                service.code, service.name.zh, hit.reason
            )?;
        }
        if answer.hits.is_empty() {
            let office = answer.elsewhere.map(|office| office.zh).unwrap_or_default();
            writeln!(output, "  无 / none {office}")?;
        }
    }
    Ok(())
}

/// The catalogue pack compiled from a content folder.
pub fn catalogue(folder: &Path) -> anyhow::Result<CataloguePack> {
    let content = match yichuang_content::load(folder) {
        Ok(content) => content,
        Err(findings) => {
            bail!("the content is broken; `cargo xtask content check` tells:\n{findings}")
        }
    };
    postcard::from_bytes(&content.compile().catalogue).context("the catalogue pack cannot be read")
}

/// What a pack shows of its services, in order.
pub fn shown(pack: &CataloguePack) -> Vec<Shown<'_>> {
    let mut shown = Vec::with_capacity(pack.services.len());
    for service in &pack.services {
        shown.push(Shown {
            code: service.code.as_str(),
            name_zh: &service.name.zh,
            name_en: &service.name.en,
            ..Shown::default()
        });
    }
    shown
}
