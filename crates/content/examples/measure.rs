//! Measures how long loading and compiling takes: `cargo run --release -p yichuang-content --example measure`.

use std::path::Path;
use std::time::Instant;

fn main() {
    for _ in 0..3 {
        let begin = Instant::now();
        let loaded = yichuang_content::load(Path::new("content"));
        let load = begin.elapsed();
        let content = match loaded {
            Ok(content) => content,
            Err(findings) => {
                eprintln!("{findings}");
                std::process::exit(1);
            }
        };
        let begin = Instant::now();
        let packs = content.compile();
        let compile = begin.elapsed();
        let services: usize = packs.services.values().map(Vec::len).sum();
        println!(
            "load {} ms, compile {} ms, version {}; catalogue {} bytes, services {services}, points {}, bundles {}",
            load.as_millis(),
            compile.as_millis(),
            packs.version,
            packs.catalogue.len(),
            packs.points.len(),
            packs.bundles.len()
        );
    }
}
