//! `themes.toml` and `bundles/themes.toml`: what groups services and bundles.

use crate::bundle::PublishedFigures;
use crate::finding::{At, Log};
use crate::reader::File;
use std::path::Path;
use yichuang_contract::pack::BundleTheme;
use yichuang_contract::service::Theme;

/// Life and business events (人生大事、经营大事), in order.
pub(crate) fn read(folder: &Path, log: &Log) -> Vec<At<Theme>> {
    File::read(folder, "themes.toml", log, |file| {
        file.tables("theme", |table| {
            let id = table.string("id");
            Some(At {
                value: Theme {
                    id: id.value,
                    name: table.text("name"),
                    audience: table.words("audience"),
                },
                place: id.place,
            })
        })
    })
    .unwrap_or_default()
}

/// Themes of bundles in order, and the figures published elsewhere.
pub(crate) fn read_of_bundles(
    folder: &Path,
    log: &Log,
) -> (Vec<At<BundleTheme>>, Option<PublishedFigures>) {
    File::read(folder, "bundles/themes.toml", log, |file| {
        let themes = file.tables("theme", |table| {
            let id = table.string("id");
            Some(At {
                value: BundleTheme {
                    id: id.value,
                    name: table.text("name"),
                },
                place: id.place,
            })
        });
        (themes, file.table("reference", PublishedFigures::read))
    })
    .unwrap_or_default()
}
