//! What does not go together, what a ready bundle covers, and what a plan saves.

use super::item::Item;
use yichuang_contract::bundle::{Bundle, BundleItemKind};
use yichuang_contract::plan::{Contradiction, PlanCounter, Relation, RelationKind, Savings};
use yichuang_contract::{BundleCode, ServiceCode};

/// The relations between items that take part, as things to settle. An order is settled by the
/// plan itself where it puts the items in it.
pub(super) fn contradictions(
    items: &[Item<'_>],
    takes_part: &[bool],
    relations: &[Relation],
) -> Vec<Contradiction> {
    let position = |code: &ServiceCode| {
        (0..items.len()).find(|&index| takes_part[index] && items[index].code() == Some(code))
    };
    relations
        .iter()
        .filter_map(|relation| {
            let (first, second) = (position(&relation.first)?, position(&relation.second)?);
            Some(Contradiction {
                kind: relation.kind,
                first: relation.first.clone(),
                second: relation.second.clone(),
                reason: relation.reason.clone(),
                way_out: relation.way_out.clone(),
                is_settled: relation.kind == RelationKind::Before
                    && items[second].after.contains(&first),
            })
        })
        .collect()
}

/// The bundles that have all services of a basket, those with the fewest further items first.
pub(super) fn covering(items: &[Item<'_>], bundles: &[Bundle]) -> Vec<BundleCode> {
    let codes: Vec<&ServiceCode> = items.iter().filter_map(Item::code).collect();
    if codes.len() < 2 {
        return Vec::new();
    }
    let has = |bundle: &Bundle, code: &ServiceCode| {
        bundle
            .items
            .iter()
            .any(|item| matches!(&item.kind, BundleItemKind::Service(it) if it == code))
    };
    let mut covering: Vec<(usize, &BundleCode)> = bundles
        .iter()
        .filter(|bundle| codes.iter().all(|code| has(bundle, code)))
        .map(|bundle| (bundle.items.len() - codes.len(), &bundle.code))
        .collect();
    covering.sort();
    covering
        .into_iter()
        .take(MOST_OFFERED)
        .map(|(_, code)| code.clone())
        .collect()
}

/// More bundles would be a catalogue and not an offer.
const MOST_OFFERED: usize = 3;

/// The counters that the items belong to, in the order of the items.
pub(super) fn counters(items: &[Item<'_>], takes_part: &[bool]) -> Vec<PlanCounter> {
    let mut counters: Vec<PlanCounter> = Vec::new();
    for (item, _) in items
        .iter()
        .zip(takes_part)
        .filter(|(_, takes_part)| **takes_part)
    {
        let trips = trips(item);
        match counters
            .iter_mut()
            .find(|counter| counter.office == item.office)
        {
            Some(counter) => {
                counter.items.push(item.id.clone());
                counter.trips = counter.trips.max(trips);
            }
            None => counters.push(PlanCounter {
                office: item.office.clone(),
                items: vec![item.id.clone()],
                trips,
            }),
        }
    }
    counters
}

/// Visits an item needs when done alone. Other agencies' items count as one visit to their counter.
pub(super) fn trips(item: &Item<'_>) -> u8 {
    item.service
        .as_ref()
        .map_or(1, |service| service.pack.service.summary.trips)
}

/// Visits that remain at the one window: the most that one of the services needs. What belongs to
/// other agencies, the window hands over.
pub(super) fn visits(items: &[Item<'_>], takes_part: &[bool]) -> u8 {
    let services = items
        .iter()
        .zip(takes_part)
        .filter(|(item, takes_part)| **takes_part && item.service.is_some());
    services.map(|(item, _)| trips(item)).max().unwrap_or(0)
}

/// What the plan saves, by the definitions in the head of the bundles' content.
pub(super) fn savings(
    counters: &[PlanCounter],
    takes_part: &[bool],
    longest_chain: usize,
    visits: u8,
) -> Savings {
    let number = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let items = takes_part.iter().filter(|it| **it).count();
    Savings {
        baseline_steps: number(items.saturating_sub(1)),
        steps: number(longest_chain),
        baseline_trips: number(counters.len()),
        trips: u16::from(visits),
    }
}
