//! The content as types. It is read back from the packs, so the API cannot say anything else than
//! what browsers read.

use super::Error;
use std::collections::BTreeMap;
use yichuang_contract::api::{BundleList, ContentView, ServiceFilter, ServicePage};
use yichuang_contract::bundle::{Bundle, BundleSummary};
use yichuang_contract::guide::Guide;
use yichuang_contract::pack::{
    BundlesPack, CataloguePack, PACK_FORMAT, PointsPack, ServicePack, SummariesPack,
};
use yichuang_contract::point::ServicePoint;
use yichuang_contract::service::{ServiceDetail, ServiceSummary};
use yichuang_contract::{BundleCode, ServiceCode};
use yichuang_domain::calendar::Calendar;
use yichuang_search::{Index, Shown};

/// The content.
pub struct Catalogue {
    /// What is served, for `GET /api/v1/content`.
    pub view: ContentView,
    /// Summaries in the catalogue's order.
    pub summaries: Vec<ServiceSummary>,
    services: BTreeMap<ServiceCode, ServicePack>,
    /// Service points.
    pub points: Vec<ServicePoint>,
    bundles: BundlesPack,
    calendar: Calendar,
    /// The search index over `summaries`.
    pub search: Index,
}

impl Catalogue {
    /// Reads packs back.
    ///
    /// # Errors
    /// If they cannot be read: a defect of the program that made them.
    pub fn read(packs: &yichuang_content::Packs) -> Result<Self, Error> {
        let unreadable = |name: &str| {
            let name = name.to_owned();
            move |error: postcard::Error| Error::Packs(format!("{name}: {error}"))
        };
        let mut catalogue: CataloguePack =
            postcard::from_bytes(&packs.catalogue).map_err(unreadable("catalogue"))?;
        let sentences: SummariesPack =
            postcard::from_bytes(&packs.summaries).map_err(unreadable("summaries"))?;
        for (service, sentence) in catalogue.services.iter_mut().zip(sentences.summaries) {
            service.summary = sentence.1;
        }
        let points: PointsPack =
            postcard::from_bytes(&packs.points).map_err(unreadable("points"))?;
        let bundles: BundlesPack =
            postcard::from_bytes(&packs.bundles).map_err(unreadable("bundles"))?;
        let services = packs
            .services
            .iter()
            .map(|(code, bytes)| {
                let pack = postcard::from_bytes(bytes).map_err(unreadable(code.as_str()))?;
                Ok((code.clone(), pack))
            })
            .collect::<Result<BTreeMap<ServiceCode, ServicePack>, Error>>()?;
        let shown: Vec<Shown<'_>> = catalogue.services.iter().map(shown).collect();
        let search = Index::open(&catalogue.search, &shown)
            .map_err(|_| Error::Packs("search index".to_owned()))?;
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(Self {
            view: ContentView {
                version: packs.version.clone(),
                pack_format: PACK_FORMAT,
                services: count(catalogue.services.len()),
                guides: count(services.len()),
                bundles: count(bundles.bundles.len()),
                points: count(points.points.len()),
                is_demonstration: catalogue.is_demonstration,
            },
            summaries: catalogue.services,
            services,
            points: points.points,
            calendar: Calendar::new(&bundles.calendar)
                .map_err(|_| Error::Packs("calendar".to_owned()))?,
            bundles,
            search,
        })
    }

    /// A service.
    #[must_use]
    pub fn service(&self, code: &ServiceCode) -> Option<&ServiceDetail> {
        self.services.get(code).map(|pack| &pack.service)
    }

    /// The guide of a service.
    #[must_use]
    pub fn guide(&self, code: &ServiceCode) -> Option<&Guide> {
        self.services.get(code).map(|pack| &pack.guide)
    }

    /// A service with its guide.
    #[must_use]
    pub fn service_pack(&self, code: &ServiceCode) -> Option<&ServicePack> {
        self.services.get(code)
    }

    /// All bundles with what plans need besides.
    #[must_use]
    pub fn bundles_pack(&self) -> &BundlesPack {
        &self.bundles
    }

    /// Working days.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// A bundle.
    #[must_use]
    pub fn bundle(&self, code: &BundleCode) -> Option<&Bundle> {
        self.bundles
            .bundles
            .iter()
            .find(|bundle| bundle.code == *code)
    }

    /// All bundles.
    #[must_use]
    pub fn bundle_list(&self) -> BundleList {
        BundleList {
            themes: self.bundles.themes.clone(),
            bundles: self.bundles.bundles.iter().map(summary).collect(),
        }
    }

    /// A part of the services that pass a filter.
    #[must_use]
    pub fn page(&self, filter: &ServiceFilter, offset: u32, limit: u16) -> ServicePage {
        let passing: Vec<&ServiceSummary> = self
            .summaries
            .iter()
            .filter(|service| filter.admits(service))
            .collect();
        let total = u32::try_from(passing.len()).unwrap_or(u32::MAX);
        let services: Vec<ServiceSummary> = passing
            .into_iter()
            .skip(offset as usize)
            .take(limit.into())
            .cloned()
            .collect();
        let end = offset.saturating_add(u32::from(limit));
        ServicePage {
            total,
            offset,
            next_offset: (end < total).then_some(end),
            services,
        }
    }
}

fn shown(service: &ServiceSummary) -> Shown<'_> {
    Shown {
        code: service.code.as_str(),
        name_zh: &service.name.zh,
        name_en: &service.name.en,
        // As in the browser, whose index comes without sentences.
        ..Shown::default()
    }
}

fn summary(bundle: &Bundle) -> BundleSummary {
    BundleSummary {
        code: bundle.code.clone(),
        name: bundle.name.clone(),
        situation: bundle.situation.clone(),
        theme: bundle.theme.clone(),
        audience: bundle.audience.clone(),
        item_count: u8::try_from(bundle.items.len()).unwrap_or(u8::MAX),
    }
}
