//! From checked content to the packs that browsers cache.

use crate::Content;
use crate::service::ServiceEntry;
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};
use yichuang_contract::ServiceCode;
use yichuang_contract::bundle::{Bundle, BundleSummary};
use yichuang_contract::guide::Guide;
use yichuang_contract::pack::{
    BundlesPack, CataloguePack, PACK_FORMAT, PointsPack, ServicePack, SummariesPack,
};
use yichuang_contract::plan::Relation;
use yichuang_contract::point::ServicePoint;
use yichuang_contract::service::{Fee, FormField, ReviewPoints, ServiceDetail, ServiceSummary};
use yichuang_domain::calendar::Date;
use yichuang_search::Document;

/// The content as bytes to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packs {
    /// Hash over the layout and every byte, 16 hexadecimal digits.
    pub version: String,
    /// [`CataloguePack`].
    pub catalogue: Vec<u8>,
    /// [`SummariesPack`].
    pub summaries: Vec<u8>,
    /// [`ServicePack`] by service.
    pub services: BTreeMap<ServiceCode, Vec<u8>>,
    /// [`PointsPack`].
    pub points: Vec<u8>,
    /// [`BundlesPack`].
    pub bundles: Vec<u8>,
}

impl Content {
    /// Compiles the packs with the fees in force today in China.
    #[must_use]
    pub fn compile(&self) -> Packs {
        self.compile_on(today_in_china())
    }

    /// Compiles the packs with the fees in force on a day.
    #[must_use]
    pub fn compile_on(&self, day: Date) -> Packs {
        let catalogue = encode(&self.catalogue_pack(day));
        let summaries = encode(&SummariesPack {
            summaries: self
                .services
                .iter()
                .map(|service| (service.code.value.clone(), service.summary.clone()))
                .collect(),
        });
        let services: BTreeMap<ServiceCode, Vec<u8>> = self
            .services
            .iter()
            .filter_map(|service| {
                let pack = ServicePack {
                    service: self.detail(service, day),
                    guide: self.guide(&service.code)?.clone(),
                    calendar: self.calendar.to_contract(),
                };
                Some((service.code.value.clone(), encode(&pack)))
            })
            .collect();
        let points = encode(&PointsPack {
            points: self.service_points().cloned().collect(),
        });
        let bundles = encode(&self.bundles_pack());
        let version = {
            let all = services
                .values()
                .chain([&catalogue, &summaries, &points, &bundles]);
            version(all.map(Vec::as_slice))
        };
        Packs {
            version,
            catalogue,
            summaries,
            services,
            points,
            bundles,
        }
    }

    /// Summaries of all services in the catalogue's order.
    #[must_use]
    pub fn summaries(&self, day: Date) -> Vec<ServiceSummary> {
        self.services
            .iter()
            .map(|service| self.summary(service, day))
            .collect()
    }

    /// Everything a service page shows.
    #[must_use]
    pub fn detail_of(&self, code: &ServiceCode, day: Date) -> Option<ServiceDetail> {
        let service = self
            .services
            .iter()
            .find(|service| service.code.value == *code)?;
        Some(self.detail(service, day))
    }

    /// The guide of a service.
    #[must_use]
    pub fn guide(&self, code: &ServiceCode) -> Option<&Guide> {
        self.guides.get(code).map(|entry| &entry.guide)
    }

    /// All bundles in order.
    pub fn all_bundles(&self) -> impl Iterator<Item = &Bundle> {
        self.bundles.iter().map(|entry| &entry.bundle)
    }

    /// All service points in order.
    pub fn service_points(&self) -> impl Iterator<Item = &ServicePoint> {
        self.points.points.iter().map(|point| &point.value)
    }

    /// What the search finds services by, in the catalogue's order.
    pub fn search_documents(&self) -> impl Iterator<Item = Document> + '_ {
        self.services.iter().map(document_of_service)
    }

    fn catalogue_pack(&self, day: Date) -> CataloguePack {
        let mut services = self.summaries(day);
        for service in &mut services {
            // In the pack of summaries.
            service.summary = yichuang_contract::Text::default();
        }
        let documents: Vec<Document> = self.search_documents().collect();
        CataloguePack {
            search: yichuang_search::build(&documents, &self.lexicon),
            services,
            themes: self
                .themes
                .iter()
                .map(|theme| theme.value.clone())
                .collect(),
            featured_bundles: self
                .site
                .featured_bundles
                .iter()
                .filter_map(|code| self.all_bundles().find(|bundle| bundle.code == code.value))
                .map(summary_of_bundle)
                .collect(),
            popular: self
                .site
                .popular
                .iter()
                .map(|code| code.value.clone())
                .collect(),
            is_demonstration: self.site.is_demonstration,
            site: self.site.site.clone(),
        }
    }

    /// All relations between services.
    pub fn all_relations(&self) -> impl Iterator<Item = &Relation> {
        self.relations.iter().map(|entry| &entry.relation)
    }

    fn bundles_pack(&self) -> BundlesPack {
        let documents: Vec<Document> = self.all_bundles().map(document_of_bundle).collect();
        BundlesPack {
            themes: self
                .bundle_themes
                .iter()
                .map(|theme| theme.value.clone())
                .collect(),
            bundles: self.all_bundles().cloned().collect(),
            relations: self.all_relations().cloned().collect(),
            search: yichuang_search::build(&documents, &self.lexicon),
            calendar: self.calendar.to_contract(),
        }
    }

    fn summary(&self, service: &ServiceEntry, day: Date) -> ServiceSummary {
        let (fee_from_fen, fee_to_fen) = self.fee_range(service, day);
        ServiceSummary {
            code: service.code.value.clone(),
            name: service.name.clone(),
            summary: service.summary.clone(),
            department: service.department,
            theme: service.theme.value.clone(),
            audience: service.audience.clone(),
            trips: service.trips.value,
            handling: service.handling,
            promised_days: service.promised_days.value,
            fee_from_fen,
            fee_to_fen,
            delivery: service.delivery.clone(),
            has_terminal: service.has_terminal,
            scope: service.scope,
            is_unsure: service.is_unsure,
            questions_at_most: self
                .questions_at_most
                .get(&service.code.value)
                .copied()
                .unwrap_or(0),
        }
    }

    /// Lowest and highest sum over the bills a person may get.
    fn fee_range(&self, service: &ServiceEntry, day: Date) -> (u32, u32) {
        let rate = |id: &str| {
            self.fees
                .iter()
                .find(|fee| fee.id.value == id)?
                .rate_on(day)
        };
        let sum = |bill: &Vec<crate::At<String>>, amount: fn(&crate::fee::Rate) -> u32| -> u32 {
            bill.iter().filter_map(|fee| rate(fee)).map(amount).sum()
        };
        let lowest = service
            .bills
            .iter()
            .map(|bill| sum(bill, |rate| rate.from_fen.value))
            .min();
        let highest = service
            .bills
            .iter()
            .map(|bill| sum(bill, |rate| rate.to_fen.value))
            .max();
        (lowest.unwrap_or(0), highest.unwrap_or(0))
    }

    fn detail(&self, service: &ServiceEntry, day: Date) -> ServiceDetail {
        let review = self
            .reviews
            .iter()
            .find(|entry| entry.code.value == service.code.value);
        let keywords = service.keywords.iter().chain(&service.keywords_en);
        ServiceDetail {
            summary: self.summary(service, day),
            conditions: service.conditions.clone(),
            materials: service.materials.clone(),
            steps: service.steps.clone(),
            basis: service
                .basis
                .iter()
                .map(|basis| basis.value.clone())
                .collect(),
            statutory_limit: service.statutory.as_ref().map(|limit| limit.value),
            fees: self.fees_of(service),
            result: service.result.clone(),
            fee_note: service.fee_note.clone(),
            related: service
                .related
                .iter()
                .map(|code| code.value.clone())
                .collect(),
            keywords: keywords.map(|keyword| keyword.value.clone()).collect(),
            checked_on: service.checked_on.to_string(),
            source: service.source.clone(),
            review: review.map_or_else(ReviewPoints::default, |entry| entry.points.clone()),
            fields: review.map_or_else(Vec::new, |entry| fields(&entry.fields)),
        }
    }

    /// Every rate of every fee named in a bill, in the order of the bills.
    fn fees_of(&self, service: &ServiceEntry) -> Vec<Fee> {
        let mut ids: Vec<&str> = Vec::new();
        for id in service.bills.iter().flatten() {
            if !ids.contains(&id.as_str()) {
                ids.push(id);
            }
        }
        ids.into_iter()
            .filter_map(|id| self.fees.iter().find(|fee| fee.id.value == id))
            .flat_map(|fee| {
                fee.rates.iter().map(|rate| Fee {
                    name: fee.name.clone(),
                    from_fen: rate.from_fen.value,
                    to_fen: rate.to_fen.value,
                    valid_from: rate.valid_from.to_string(),
                    valid_until: rate
                        .valid_until
                        .as_ref()
                        .map(|until| until.value.to_string()),
                    source: rate.source.clone(),
                })
            })
            .collect()
    }
}

fn fields(entries: &[crate::review::FieldEntry]) -> Vec<FormField> {
    entries.iter().map(|entry| entry.field.clone()).collect()
}

fn document_of_service(service: &ServiceEntry) -> Document {
    let keywords = service.keywords.iter().chain(&service.keywords_en);
    Document {
        code: service.code.to_string(),
        keywords: keywords.map(|keyword| keyword.value.clone()).collect(),
        name_zh: service.name.zh.clone(),
        name_en: service.name.en.clone(),
        // Sentences come in a pack of their own, when lists are shown, and measured on the judged
        // questions they find nothing that names and keywords do not.
        ..Document::default()
    }
}

fn document_of_bundle(bundle: &Bundle) -> Document {
    Document {
        code: bundle.code.to_string(),
        keywords: bundle.keywords.clone(),
        name_zh: bundle.name.zh.clone(),
        name_en: bundle.name.en.clone(),
        summary_zh: bundle.situation.zh.clone(),
        summary_en: bundle.situation.en.clone(),
    }
}

fn summary_of_bundle(bundle: &Bundle) -> BundleSummary {
    BundleSummary {
        code: bundle.code.clone(),
        name: bundle.name.clone(),
        situation: bundle.situation.clone(),
        theme: bundle.theme.clone(),
        audience: bundle.audience.clone(),
        item_count: u8::try_from(bundle.items.len()).unwrap_or(u8::MAX),
    }
}

/// The day it is in China, which keeps one time, eight hours ahead of UTC.
fn today_in_china() -> Date {
    const EIGHT_HOURS: u64 = 8 * 60 * 60;
    const DAY: u64 = 24 * 60 * 60;
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |passed| passed.as_secs());
    Date::from_days(i32::try_from((seconds + EIGHT_HOURS) / DAY).unwrap_or(i32::MAX))
}

fn encode<T: serde::Serialize>(pack: &T) -> Vec<u8> {
    #[expect(
        clippy::expect_used,
        reason = "postcard fails only on types the contract does not use"
    )]
    postcard::to_allocvec(pack).expect("a pack of plain data can be encoded")
}

fn version<'p>(packs: impl Iterator<Item = &'p [u8]>) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&PACK_FORMAT.to_le_bytes());
    for pack in packs {
        // The length keeps bytes from moving unseen between two packs.
        hasher.update(&(pack.len() as u64).to_le_bytes());
        hasher.update(pack);
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
