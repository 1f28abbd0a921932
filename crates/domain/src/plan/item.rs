//! Which items a plan has: the bundle's, those chosen, or a basket's services.

use super::{PlanError, PlanInput};
use crate::guide::engine::Core;
use std::collections::BTreeSet;
use yichuang_contract::bundle::{Bundle, BundleItem, BundleItemKind};
use yichuang_contract::pack::ServicePack;
use yichuang_contract::plan::{BASKET_SIZE, Office, RelationKind};
use yichuang_contract::{ServiceCode, Text};

/// An item of the plan.
pub(super) struct Item<'input> {
    pub(super) id: String,
    pub(super) name: Text,
    pub(super) office: Office,
    pub(super) how: Option<Text>,
    pub(super) service: Option<Service<'input>>,
    /// Items that must be approved first, as positions.
    pub(super) after: Vec<usize>,
    /// The item that takes its place, as a position.
    pub(super) replaced_by: Option<usize>,
}

/// A service with what computes its guide.
pub(super) struct Service<'input> {
    pub(super) pack: &'input ServicePack,
    pub(super) core: Core,
}

impl<'input> Item<'input> {
    /// The code of its service.
    pub(super) fn code(&self) -> Option<&'input ServiceCode> {
        let service = self.service.as_ref()?;
        Some(&service.pack.service.summary.code)
    }
}

/// The items of a plan in the bundle's order, or in the catalogue's.
pub(super) fn join<'input>(input: &PlanInput<'input>) -> Result<Vec<Item<'input>>, PlanError> {
    match input.bundle {
        Some(bundle) => of_bundle(input, bundle),
        None => of_basket(input),
    }
}

fn of_bundle<'input>(
    input: &PlanInput<'input>,
    bundle: &'input Bundle,
) -> Result<Vec<Item<'input>>, PlanError> {
    let is_known = |id: &&String| bundle.items.iter().any(|item| item.id == **id);
    if let Some(unknown) = input.chosen.iter().find(|id| !is_known(id)) {
        return Err(PlanError::NoSuchItem(unknown.clone()));
    }
    let is_wanted =
        |item: &&BundleItem| item.optional_when.is_none() || input.chosen.contains(&item.id);
    let wanted: Vec<&BundleItem> = bundle.items.iter().filter(is_wanted).collect();
    let position = |id: &String| wanted.iter().position(|item| item.id == *id);
    wanted
        .iter()
        .map(|item| {
            let (name, office, service) = match &item.kind {
                BundleItemKind::Service(code) => {
                    let service = service(input, code)?;
                    let summary = &service.pack.service.summary;
                    (
                        summary.name.clone(),
                        Office::Police(summary.department),
                        Some(service),
                    )
                }
                BundleItemKind::External { name, agency } => {
                    let (zh, en) = (agency.zh.clone(), agency.en.clone());
                    (name.clone(), Office::Agency { zh, en }, None)
                }
                BundleItemKind::Internal { name, department } => {
                    (name.clone(), Office::Police(*department), None)
                }
            };
            let replacing = |it: &&BundleItem| it.instead_of.as_ref() == Some(&item.id);
            Ok(Item {
                id: item.id.clone(),
                name,
                office,
                how: item.how.clone(),
                service,
                after: item.after.iter().filter_map(position).collect(),
                replaced_by: wanted.iter().position(replacing),
            })
        })
        .collect()
}

fn of_basket<'input>(input: &PlanInput<'input>) -> Result<Vec<Item<'input>>, PlanError> {
    let codes: BTreeSet<&String> = input.chosen.iter().collect();
    if codes.len() > BASKET_SIZE {
        return Err(PlanError::TooMany);
    }
    let mut services = codes
        .into_iter()
        .map(|id| {
            let code: ServiceCode = id.parse().map_err(|_| PlanError::NoSuchItem(id.clone()))?;
            service(input, &code)
        })
        .collect::<Result<Vec<_>, _>>()?;
    if services.is_empty() {
        return Err(PlanError::Empty);
    }
    // The catalogue's order, whatever the order of adding.
    services.sort_by(|a, b| {
        let key = |it: &Service<'input>| {
            let summary = &it.pack.service.summary;
            (summary.department, summary.code.clone())
        };
        key(a).cmp(&key(b))
    });
    let codes: Vec<&ServiceCode> = services
        .iter()
        .map(|it| &it.pack.service.summary.code)
        .collect();
    let mut after = vec![Vec::new(); codes.len()];
    for relation in input
        .relations
        .iter()
        .filter(|it| it.kind == RelationKind::Before)
    {
        let position = |code: &ServiceCode| codes.iter().position(|it| *it == code);
        if let (Some(first), Some(second)) = (position(&relation.first), position(&relation.second))
            && !after[second].contains(&first)
        {
            after[second].push(first);
        }
    }
    Ok(services
        .into_iter()
        .zip(after)
        .map(|(service, mut after)| {
            after.sort_unstable();
            let summary = &service.pack.service.summary;
            Item {
                id: summary.code.to_string(),
                name: summary.name.clone(),
                office: Office::Police(summary.department),
                how: None,
                after,
                replaced_by: None,
                service: Some(service),
            }
        })
        .collect())
}

fn service<'input>(
    input: &PlanInput<'input>,
    code: &ServiceCode,
) -> Result<Service<'input>, PlanError> {
    let of_code = |pack: &&&ServicePack| pack.service.summary.code == *code;
    let pack = *input
        .services
        .iter()
        .find(of_code)
        .ok_or_else(|| PlanError::NoSuchService(code.clone()))?;
    let core = Core::new(&pack.guide).ok_or_else(|| PlanError::UnsoundGuide(code.clone()))?;
    Ok(Service { pack, core })
}

/// The services whose packs a plan needs: fetch these before planning.
#[must_use]
pub fn needed_services(bundle: Option<&Bundle>, chosen: &[String]) -> Vec<ServiceCode> {
    match bundle {
        Some(bundle) => bundle
            .items
            .iter()
            .filter(|item| item.optional_when.is_none() || chosen.contains(&item.id))
            .filter_map(|item| match &item.kind {
                BundleItemKind::Service(code) => Some(code.clone()),
                _ => None,
            })
            .collect(),
        None => chosen.iter().filter_map(|id| id.parse().ok()).collect(),
    }
}
