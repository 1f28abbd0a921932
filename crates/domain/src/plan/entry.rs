//! One item of a plan as a person reads it: its state and reasons, fees, days and place in time.

use super::schedule::{self, Schedule};
use super::{Planner, relation, takes_part};
use crate::calendar::DueDay;
use crate::fee::Amount;
use crate::guide::result::routes;
use crate::guide::{Applied, GuideResult, Verdict};
use yichuang_contract::bundle::{BundleItem, BundleItemKind};
use yichuang_contract::guide::{GuideNote, Outcome};
use yichuang_contract::plan::{PlanFee, PlanItem, PlanItemState};
use yichuang_contract::{ServiceCode, Text};

impl Planner<'_> {
    /// Working days of an item: what its answers make of it, else the promise; the longest where
    /// it depends on what is not known.
    pub(super) fn days(&self, index: usize, result: Option<&GuideResult>) -> u16 {
        let Some(service) = &self.items[index].service else {
            return 0;
        };
        let promised = service.pack.service.summary.promised_days;
        match result.and_then(|result| result.days.as_ref()) {
            Some(days) if days.or_promise => days.to.max(promised),
            Some(days) => days.to,
            None => promised,
        }
    }

    pub(super) fn item(
        &self,
        index: usize,
        state: PlanItemState,
        result: Option<&GuideResult>,
    ) -> PlanItem {
        let item = &self.items[index];
        let service = item.service.as_ref();
        let outcome = |at: usize| service.map(|it| &it.pack.guide.outcomes[at]);
        let outcomes: Vec<&Outcome> = result
            .map_or(&[][..], |result| &result.outcomes)
            .iter()
            .filter_map(|possible| outcome(possible.index))
            .collect();
        let routes: Vec<ServiceCode> = match (service, result) {
            (Some(service), Some(result)) => routes(&service.pack.guide, &result.outcomes),
            _ => Vec::new(),
        };
        let texts = |list: &[GuideNote], applied: &[Applied]| {
            applied
                .iter()
                .map(|it| list[it.index].text.clone())
                .collect::<Vec<Text>>()
        };
        let guide = service.map(|it| &it.pack.guide);
        let (fees, amount) = match takes_part(state) {
            true => self.fees(index, result),
            false => (Vec::new(), Amount::default()),
        };
        PlanItem {
            id: item.id.clone(),
            name: item.name.clone(),
            office: item.office.clone(),
            service: item.code().cloned(),
            how: item.how.clone(),
            state,
            reasons: outcomes
                .iter()
                .map(|outcome| outcome.text.clone())
                .collect(),
            offers: if state == PlanItemState::Dropped {
                self.offers(index, &routes)
            } else {
                Vec::new()
            },
            routes,
            replaced_by: item.replaced_by.map(|by| self.items[by].id.clone()),
            after: Vec::new(),
            lacks: Vec::new(),
            begins: 0,
            days: 0,
            is_open_ended: service.is_none(),
            begins_on: None,
            ends_on: None,
            is_critical: false,
            if_refused: Vec::new(),
            stands_alone: true,
            trips: relation::trips(item),
            fees,
            fee_from_fen: amount.from_fen,
            fee_to_fen: amount.to_fen,
            notes: guide
                .zip(result)
                .map_or_else(Vec::new, |(it, result)| texts(&it.notes, &result.notes)),
            steps: guide
                .zip(result)
                .map_or_else(Vec::new, |(it, result)| texts(&it.steps, &result.steps)),
            is_unsure: service.is_some_and(|it| it.pack.service.summary.is_unsure),
        }
    }

    /// Writes an item's place in the timetable.
    pub(super) fn place(
        &self,
        item: &mut PlanItem,
        index: usize,
        schedule: &Schedule,
        after: &[Vec<usize>],
        days: u16,
        due: &dyn Fn(u16) -> Option<DueDay>,
    ) {
        let id = |index: &usize| self.items[*index].id.clone();
        item.after = after[index].iter().map(id).collect();
        item.begins = schedule.begins[index];
        item.days = days;
        item.begins_on = due(item.begins).map(|due| due.date.to_string());
        item.ends_on = due(item.begins.saturating_add(days)).map(|due| due.date.to_string());
        item.is_critical = schedule.is_critical[index];
        item.if_refused = schedule::dependents(after, index).iter().map(id).collect();
        item.stands_alone = after[index].is_empty();
    }

    /// What an item should wait for and that drops out with nothing in its place.
    pub(super) fn lacks(&self, index: usize, states: &[PlanItemState]) -> Vec<String> {
        if !takes_part(states[index]) {
            return Vec::new();
        }
        let earlier = self.items[index].after.iter();
        let dropped = earlier.filter(|&&it| states[it] == PlanItemState::Dropped);
        dropped.map(|&it| self.items[it].id.clone()).collect()
    }

    /// Items of the bundle, not chosen yet, that take the place of a dropped one by its own routes.
    fn offers(&self, index: usize, routes: &[ServiceCode]) -> Vec<String> {
        let id = &self.items[index].id;
        let Some(bundle) = self.input.bundle else {
            return Vec::new();
        };
        let is_offered = |item: &&BundleItem| {
            item.instead_of.as_ref() == Some(id)
                && matches!(&item.kind, BundleItemKind::Service(code) if routes.contains(code))
        };
        bundle
            .items
            .iter()
            .filter(is_offered)
            .map(|item| item.id.clone())
            .collect()
    }

    /// Fees of an item and their sum: the guide's if it has any, else the service's own.
    fn fees(&self, index: usize, result: Option<&GuideResult>) -> (Vec<PlanFee>, Amount) {
        let Some(service) = &self.items[index].service else {
            return (Vec::new(), Amount::default());
        };
        let (guide, summary) = (&service.pack.guide, &service.pack.service.summary);
        let Some(result) = result.filter(|_| !guide.fees.is_empty()) else {
            let (from_fen, to_fen) = (summary.fee_from_fen, summary.fee_to_fen);
            let name = summary.name.clone();
            let own = (to_fen > 0).then_some(PlanFee {
                name,
                from_fen,
                to_fen,
            });
            return (own.into_iter().collect(), Amount { from_fen, to_fen });
        };
        let is_certain = result.verdict == Verdict::Eligible;
        let fees = result.fees.iter().map(|applied| {
            let fee = &guide.fees[applied.index];
            PlanFee {
                name: fee.name.clone(),
                from_fen: if applied.is_certain && is_certain {
                    fee.amount_fen
                } else {
                    0
                },
                to_fen: fee.amount_fen,
            }
        });
        // Not the sum of the lines: of two fees that exclude each other only one is paid.
        let amount = Amount {
            from_fen: if is_certain { result.fee_from_fen } else { 0 },
            to_fen: result.fee_to_fen,
        };
        (fees.collect(), amount)
    }
}
