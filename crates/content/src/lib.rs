//! Loads and checks `content/`, and compiles it into the packs that browsers cache.
//!
//! [`load`] reads every file, checks everything and either returns sound [`Content`] or all
//! [`Findings`] with file and line, never only the first. [`Content::compile`] then encodes it
//! ([`yichuang_contract::pack`]) under a version that is a hash of every byte, so that a pack may
//! be cached for ever.
//!
//! A server that wants to follow changes calls [`load`] and [`Content::compile`] again and swaps
//! the result in only if both succeed; the version says whether anything changed.
//!
//! `content/README.md` tells editors the format; the modules here are its typed definitions.

pub mod bundle;
pub mod calendar;
mod check;
mod compile;
mod count;
pub mod fee;
mod finding;
mod folder;
pub mod glossary;
pub mod guide;
pub mod point;
mod reader;
pub mod relation;
pub mod review;
pub mod service;
pub mod site;
mod theme;

pub use compile::Packs;
pub use count::Counts;
pub use finding::{At, Finding, Findings, Kind, Place};

use finding::Log;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use yichuang_contract::ServiceCode;
use yichuang_contract::guide::Guide;
use yichuang_contract::pack::BundleTheme;
use yichuang_contract::service::Theme;
use yichuang_search::Lexicon;

/// The whole content, checked.
#[derive(Clone, Debug)]
pub struct Content {
    /// What the deployment says about itself.
    pub site: site::SiteFile,
    /// Life and business events, in order.
    pub themes: Vec<At<Theme>>,
    /// Themes of bundles, in order.
    pub bundle_themes: Vec<At<BundleTheme>>,
    /// The catalogue, in order.
    pub services: Vec<service::ServiceEntry>,
    /// Fees.
    pub fees: Vec<fee::FeeEntry>,
    /// Guides by service.
    pub guides: BTreeMap<ServiceCode, guide::GuideEntry>,
    /// Form fields that services share.
    pub shared_fields: review::SharedFields,
    /// Officer-side standards, in the order of the files.
    pub reviews: Vec<review::ReviewEntry>,
    /// Bundles, in the order of their themes.
    pub bundles: Vec<bundle::BundleEntry>,
    /// What another city published about its bundles, to compare with.
    pub published_figures: Option<bundle::PublishedFigures>,
    /// What goes before, excludes or contains what.
    pub relations: Vec<relation::RelationEntry>,
    /// Service points and the hall.
    pub points: point::Points,
    /// Working days.
    pub calendar: calendar::Calendar,
    /// One word for one thing.
    pub glossary: Vec<glossary::Term>,
    /// The language of the street, for the search.
    pub lexicon: Lexicon,
    questions_at_most: BTreeMap<ServiceCode, u8>,
}

/// Reads and checks the content in a folder.
///
/// # Errors
/// Everything that is wrong, sorted by file and line.
pub fn load(folder: &Path) -> Result<Content, Findings> {
    let (content, log) = read_and_check(folder);
    match log.into_findings() {
        None => Ok(content),
        Some(findings) => Err(findings),
    }
}

/// Counts what a folder holds even where it is not sound.
///
/// Used by the content check, which prints its counts together with the number of findings.
#[must_use]
pub fn count(folder: &Path) -> (Counts, Option<Findings>) {
    let (content, log) = read_and_check(folder);
    let findings = log.into_findings();
    let errors = findings
        .as_ref()
        .map_or(0, |findings| findings.as_slice().len());
    (content.counts(errors), findings)
}

/// The guides of a folder as far as they can be read, sound or not, and what cannot be read.
///
/// For reports on guides; everything else goes through [`load`].
#[must_use]
pub fn read_guides_only(folder: &Path) -> (Vec<Guide>, Option<Findings>) {
    let log = Log::default();
    let guides = read_guides(folder, &log);
    let readable = guides.into_values().filter(|entry| entry.is_readable);
    (
        readable.map(|entry| entry.guide).collect(),
        log.into_findings(),
    )
}

fn read_and_check(folder: &Path) -> (Content, Log) {
    let log = Log::default();
    let glossary = glossary::read(folder, &log);
    let services = service::read(folder, &log);
    let guides = read_guides(folder, &log);
    let shared_fields = review::read_fields(folder, &log);
    let reviews = review::read(folder, &shared_fields, &log);
    let (bundle_themes, published_figures) = theme::read_of_bundles(folder, &log);
    let bundles = bundle::read(folder, &bundle_themes, &log);
    let lexicon = read_lexicon(folder, &services, &bundles, &log);
    let mut content = Content {
        site: site::read(folder, &log),
        themes: theme::read(folder, &log),
        bundle_themes,
        services,
        fees: fee::read(folder, &log),
        guides,
        shared_fields,
        reviews,
        bundles,
        published_figures,
        relations: relation::read(folder, &log),
        points: point::read(folder, &log),
        calendar: calendar::read(folder, &log),
        glossary,
        lexicon,
        questions_at_most: BTreeMap::new(),
    };
    check::run(&content, &log);
    content.questions_at_most = check::compile_guides(&content, &log);
    glossary::check(&content.glossary, &log.take_texts(), &log);
    (content, log)
}

fn read_guides(folder: &Path, log: &Log) -> BTreeMap<ServiceCode, guide::GuideEntry> {
    let mut guides: BTreeMap<ServiceCode, guide::GuideEntry> = BTreeMap::new();
    for entry in guide::read(folder, log) {
        if let Some(other) = guides.get(&entry.guide.service) {
            let message = format!(
                "{} has a guide already: {}; remove one",
                entry.guide.service, other.place.file
            );
            log.add(&entry.place, Kind::Duplicate, message);
        } else {
            guides.insert(entry.guide.service.clone(), entry);
        }
    }
    guides
}

fn read_lexicon(
    folder: &Path,
    services: &[service::ServiceEntry],
    bundles: &[bundle::BundleEntry],
    log: &Log,
) -> Lexicon {
    let codes: BTreeSet<String> = services
        .iter()
        .map(|service| service.code.to_string())
        .chain(bundles.iter().map(|entry| entry.bundle.code.to_string()))
        .collect();
    Lexicon::load(&folder.join("search"), &codes).unwrap_or_else(|faults| {
        for fault in faults {
            let file = fault.file.strip_prefix(folder).unwrap_or(&fault.file);
            let place = Place {
                file: file.to_string_lossy().replace('\\', "/").into(),
                line: fault.line,
            };
            log.add(&place, Kind::Lexicon, fault.message);
        }
        Lexicon::default()
    })
}
