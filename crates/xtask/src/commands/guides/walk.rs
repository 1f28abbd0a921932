//! Every situation of every guide, counted; every fault named.

use anyhow::bail;
use serde::Serialize;
use std::collections::BTreeMap;
use yichuang_contract::guide::Guide;
use yichuang_domain::guide::{Engine, Fault};

/// What the walk found. The keys are the command's promise.
#[derive(Debug, Default, Serialize)]
struct Report {
    guides: usize,
    situations: usize,
    household_situations: usize,
    by_service: BTreeMap<String, usize>,
    paths: u64,
    longest_path: usize,
    dead_ends: usize,
    unreachable: usize,
    contradictions: usize,
}

/// Walks the guides and prints the report.
pub fn run(guides: &[Guide], json: bool) -> anyhow::Result<()> {
    let (report, faults) = walk(guides);
    for (service, fault) in &faults {
        eprintln!("guides/{service}.toml: {fault}");
    }
    if json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        println!(
            "{} guides, {} situations ({} household), {} paths, at most {} questions",
            report.guides,
            report.situations,
            report.household_situations,
            report.paths,
            report.longest_path
        );
    }
    if !faults.is_empty() {
        bail!("{} faults in the guides, named above", faults.len());
    }
    Ok(())
}

fn walk(guides: &[Guide]) -> (Report, Vec<(String, Fault)>) {
    let mut report = Report {
        guides: guides.len(),
        ..Report::default()
    };
    let mut all = Vec::new();
    for guide in guides {
        let service = guide.service.to_string();
        let faults = match Engine::examine(guide) {
            Ok((engine, faults)) => {
                report.add(&service, &engine);
                faults
            }
            Err(faults) => faults,
        };
        for fault in faults {
            report.dead_ends += usize::from(fault.problem.is_dead_end());
            report.unreachable += usize::from(fault.problem.is_unreachable());
            report.contradictions += usize::from(fault.problem.is_contradiction());
            all.push((service.clone(), fault));
        }
    }
    (report, all)
}

impl Report {
    fn add(&mut self, service: &str, engine: &Engine) {
        let statistics = engine.statistics();
        self.situations += statistics.situations;
        if service.starts_with("HJ-") {
            self.household_situations += statistics.situations;
        }
        self.by_service
            .insert(service.to_owned(), statistics.situations);
        self.paths += statistics.paths;
        self.longest_path = self.longest_path.max(statistics.longest_path);
    }
}
