//! `bundles/<theme>.toml`: "one thing" bundles (一件事).

use crate::finding::{At, Kind, Log, Place};
use crate::reader::{File, Table};
use std::path::Path;
use yichuang_contract::bundle::{Bundle, BundleItem, BundleItemKind, BundleMaterial, GivenAnswer};
use yichuang_contract::pack::BundleTheme;
use yichuang_contract::{BundleCode, ServiceCode, Text};

/// A bundle with the places of its references.
#[derive(Clone, Debug)]
pub struct BundleEntry {
    /// The bundle.
    pub bundle: Bundle,
    /// Where it begins.
    pub place: Place,
    /// Where its catalogue item is named.
    pub catalogue: Option<At<ServiceCode>>,
    /// Where each item is named, in the order of the items.
    pub items: Vec<Place>,
    /// Every identifier in an `after`, with the number of its item.
    pub after: Vec<(usize, At<String>)>,
    /// Every identifier in an `instead_of`, with the number of its item.
    pub instead_of: Vec<(usize, At<String>)>,
    /// Every identifier in a `used_by`.
    pub used_by: Vec<At<String>>,
    /// Where each given answer stands.
    pub given: Vec<Place>,
}

/// Figures published for a city, to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedFigures {
    /// The city.
    pub city: Text,
    /// Hand-offs without bundles.
    pub baseline_steps: u16,
    /// Hand-offs saved.
    pub steps_saved: u16,
    /// Visits without bundles.
    pub baseline_trips: u16,
    /// Visits saved.
    pub trips_saved: u16,
}

impl PublishedFigures {
    pub(crate) fn read(table: &Table<'_>) -> Self {
        Self {
            city: table.text("city"),
            baseline_steps: table.number("baseline_steps").value,
            steps_saved: table.number("steps_saved").value,
            baseline_trips: table.number("baseline_trips").value,
            trips_saved: table.number("trips_saved").value,
        }
    }
}

/// Reads the bundles of every theme in order.
pub(crate) fn read(folder: &Path, themes: &[At<BundleTheme>], log: &Log) -> Vec<BundleEntry> {
    let known: Vec<String> = themes
        .iter()
        .map(|theme| format!("bundles/{}.toml", theme.id))
        .collect();
    for name in crate::folder::toml_files(folder, "bundles", log) {
        let is_theme = known.contains(&name);
        if !is_theme && !["bundles/themes.toml", "bundles/relations.toml"].contains(&name.as_str())
        {
            let message =
                "no theme of this name in bundles/themes.toml; add the theme or rename the file";
            log.add_file(&name, Kind::Dangling, message);
        }
    }
    themes
        .iter()
        .zip(&known)
        .filter_map(|(theme, name)| {
            File::read(folder, name, log, |file| {
                file.tables("bundle", |bundle| read_bundle(bundle, &theme.id))
            })
        })
        .flatten()
        .collect()
}

fn read_bundle(table: &Table<'_>, theme: &str) -> Option<BundleEntry> {
    let code = table.parsed::<BundleCode>("code");
    let (mut items, mut after, mut instead_of) = (Vec::new(), Vec::new(), Vec::new());
    let (mut used_by, mut given) = (Vec::new(), Vec::new());
    let catalogue = table.optional_parsed("catalogue");
    let mut keywords = table.strings("keywords");
    keywords.extend(table.strings("keywords_en"));
    let bundle = Bundle {
        code: code
            .as_ref()
            .map_or_else(|| "YJ-000".parse(), |code| Ok(code.value.clone()))
            .ok()?,
        name: table.text("name"),
        theme: theme.to_owned(),
        audience: table.words("audience"),
        situation: table.text("situation"),
        items: table.tables("item", |item| {
            let number = items.len();
            let read = read_item(item)?;
            items.push(item.place_of("id"));
            after.extend(item.strings("after").into_iter().map(|id| (number, id)));
            instead_of.extend(item.optional_string("instead_of").map(|id| (number, id)));
            Some(read)
        }),
        materials: table.tables("material", |material| {
            let ids = material.strings("used_by");
            used_by.extend(ids.iter().cloned());
            Some(BundleMaterial {
                name: material.text("name"),
                when: material.optional_text("when"),
                used_by: ids.into_iter().map(|id| id.value).collect(),
                form: material.word("form")?,
            })
        }),
        given: table.tables("given", |answer| {
            let read = read_given(answer)?;
            given.push(answer.place());
            Some(read)
        }),
        catalogue: catalogue
            .as_ref()
            .map(|code: &At<ServiceCode>| code.value.clone()),
        is_unsure: table.flag("unsure"),
        keywords: keywords.into_iter().map(|keyword| keyword.value).collect(),
    };
    code.map(|code| BundleEntry {
        bundle,
        place: code.place,
        catalogue,
        items,
        after,
        instead_of,
        used_by,
        given,
    })
}

fn read_given(table: &Table<'_>) -> Option<GivenAnswer> {
    let question = table.string("question");
    let choice = table.string("choice").value;
    let only = if table.has("only") {
        table.parsed_list("only")
    } else {
        Vec::new()
    };
    let reason = table.text("reason");
    let parts = question
        .split_once('.')
        .and_then(|(code, id)| Some((code.parse().ok()?, id.to_owned())));
    let Some((service, id)) = parts else {
        let message = format!(
            "`question` holds “{}”; write CODE.question, such as HJ-001.born",
            question.value
        );
        table.report(&question.place, Kind::InvalidValue, message);
        return None;
    };
    Some(GivenAnswer {
        service,
        question: id,
        choice,
        only: only.into_iter().map(|code| code.value).collect(),
        reason,
    })
}

fn read_item(table: &Table<'_>) -> Option<BundleItem> {
    let id = table.string("id");
    let kind = if table.has("agency") || table.has("agency_en") {
        BundleItemKind::External {
            name: table.text("name"),
            agency: table.text("agency"),
        }
    } else if table.has("department") {
        BundleItemKind::Internal {
            name: table.text("name"),
            department: table.word("department")?,
        }
    } else {
        match id.value.parse::<ServiceCode>() {
            Ok(code) => BundleItemKind::Service(code),
            Err(_) => {
                let message = format!(
                    "`{}` is no service code; an item outside the catalogue has `name` and `agency`, or `department`",
                    id.value
                );
                table.report(&id.place, Kind::Dangling, message);
                return None;
            }
        }
    };
    if !matches!(kind, BundleItemKind::Service(_)) && !table.has("how") && !table.has("how_en") {
        let message = format!("`how` is missing; say who does `{}`, and how", id.value);
        table.report(&id.place, Kind::MissingKey, message);
    }
    Some(BundleItem {
        after: table
            .optional_strings("after")
            .into_iter()
            .map(|id| id.value)
            .collect(),
        optional_when: table.optional_text("optional_when"),
        instead_of: table.optional_string("instead_of").map(|id| id.value),
        how: table.optional_text("how"),
        id: id.value,
        kind,
    })
}
