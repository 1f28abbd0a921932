//! How the catalogue pack travels: texts of one kind beside each other.

use super::{CataloguePack, Site};
use crate::bundle::BundleSummary;
use crate::service::{Audience, Delivery, Department, Handling, Scope, ServiceSummary, Theme};
use crate::{ServiceCode, Text};
use serde::{Deserialize, Serialize};

/// [`CataloguePack`] as it is encoded.
#[derive(Serialize, Deserialize)]
pub(super) struct Columns {
    /// Chinese names, one a line.
    names_zh: String,
    /// English names, one a line.
    names_en: String,
    rows: Vec<Row>,
    themes: Vec<Theme>,
    featured_bundles: Vec<BundleSummary>,
    popular: Vec<ServiceCode>,
    search: Vec<u8>,
    is_demonstration: bool,
    site: Site,
}

/// A service without its texts.
#[derive(Serialize, Deserialize)]
struct Row {
    code: ServiceCode,
    department: Department,
    /// Position among the themes; beyond them for a theme that does not exist.
    theme: u8,
    audience: Vec<Audience>,
    trips: u8,
    handling: Handling,
    promised_days: u16,
    fee_from_fen: u32,
    fee_to_fen: u32,
    delivery: Vec<Delivery>,
    has_terminal: bool,
    scope: Scope,
    is_unsure: bool,
    questions_at_most: u8,
}

impl From<CataloguePack> for Columns {
    fn from(pack: CataloguePack) -> Self {
        let mut names_zh = String::new();
        let mut names_en = String::new();
        let mut rows = Vec::with_capacity(pack.services.len());
        for service in pack.services {
            for (names, name) in [
                (&mut names_zh, service.name.zh),
                (&mut names_en, service.name.en),
            ] {
                names.push_str(&name.replace('\n', " "));
                names.push('\n');
            }
            let theme = pack
                .themes
                .iter()
                .position(|theme| theme.id == service.theme);
            rows.push(Row {
                code: service.code,
                department: service.department,
                theme: theme
                    .and_then(|theme| u8::try_from(theme).ok())
                    .unwrap_or(u8::MAX),
                audience: service.audience,
                trips: service.trips,
                handling: service.handling,
                promised_days: service.promised_days,
                fee_from_fen: service.fee_from_fen,
                fee_to_fen: service.fee_to_fen,
                delivery: service.delivery,
                has_terminal: service.has_terminal,
                scope: service.scope,
                is_unsure: service.is_unsure,
                questions_at_most: service.questions_at_most,
            });
        }
        Self {
            names_zh,
            names_en,
            rows,
            themes: pack.themes,
            featured_bundles: pack.featured_bundles,
            popular: pack.popular,
            search: pack.search,
            is_demonstration: pack.is_demonstration,
            site: pack.site,
        }
    }
}

impl From<Columns> for CataloguePack {
    fn from(columns: Columns) -> Self {
        let mut names_zh = columns.names_zh.split('\n');
        let mut names_en = columns.names_en.split('\n');
        let mut services = Vec::with_capacity(columns.rows.len());
        for row in columns.rows {
            services.push(ServiceSummary {
                code: row.code,
                name: Text {
                    zh: names_zh.next().unwrap_or_default().to_owned(),
                    en: names_en.next().unwrap_or_default().to_owned(),
                },
                summary: Text::default(),
                department: row.department,
                theme: columns
                    .themes
                    .get(usize::from(row.theme))
                    .map(|theme| theme.id.clone())
                    .unwrap_or_default(),
                audience: row.audience,
                trips: row.trips,
                handling: row.handling,
                promised_days: row.promised_days,
                fee_from_fen: row.fee_from_fen,
                fee_to_fen: row.fee_to_fen,
                delivery: row.delivery,
                has_terminal: row.has_terminal,
                scope: row.scope,
                is_unsure: row.is_unsure,
                questions_at_most: row.questions_at_most,
            });
        }
        Self {
            services,
            themes: columns.themes,
            featured_bundles: columns.featured_bundles,
            popular: columns.popular,
            search: columns.search,
            is_demonstration: columns.is_demonstration,
            site: columns.site,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(code: &str, name: Text, theme: &str) -> ServiceSummary {
        ServiceSummary {
            code: code.parse().unwrap(),
            name,
            summary: Text::default(),
            department: Department::Traffic,
            theme: theme.to_owned(),
            audience: vec![Audience::Enterprise],
            trips: 1,
            handling: Handling::Promised,
            promised_days: 300,
            fee_from_fen: 0,
            fee_to_fen: 70_000,
            delivery: vec![Delivery::Post, Delivery::Electronic],
            has_terminal: true,
            scope: Scope::Nation,
            is_unsure: false,
            questions_at_most: 9,
        }
    }

    #[test]
    fn columns_give_back_every_row() {
        let theme = |id: &str| Theme {
            id: id.to_owned(),
            name: Text::new("事", id),
            audience: vec![Audience::Individual],
        };
        let pack = CataloguePack {
            services: vec![
                service("JJ-001", Text::new("甲", "First"), "cars"),
                service("JJ-002", Text::new("", ""), "birth"),
                service("HJ-003", Text::new("丙", "Third"), "cars"),
            ],
            themes: vec![theme("birth"), theme("cars")],
            featured_bundles: Vec::new(),
            popular: vec!["HJ-003".parse().unwrap()],
            search: vec![1, 2, 3],
            is_demonstration: true,
            site: Site::default(),
        };
        let bytes = postcard::to_allocvec(&pack).unwrap();
        assert_eq!(postcard::from_bytes::<CataloguePack>(&bytes), Ok(pack));
    }
}
