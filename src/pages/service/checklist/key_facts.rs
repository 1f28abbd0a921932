//! Time, cost and visits: three facts side by side.

use super::Sheet;
use crate::components::words;
use leptos::prelude::*;
use yichuang_contract::Language;
use yichuang_contract::service::Handling;
use yichuang_domain::calendar::Calendar;

/// The facts.
pub fn key_facts(language: Language, sheet: &Sheet) -> AnyView {
    let (days, most, reasons) = days(language, sheet);
    let ready = ready_on(language, sheet, most);
    let (fee, parts) = fee(language, sheet);
    let notes = ready.into_iter().chain(reasons).chain(parts);
    let trips = match sheet.pack.service.summary.trips {
        0 => tr_in!(language, guide.facts.no_trip).to_owned(),
        1 => tr_in!(language, guide.facts.one_trip).to_owned(),
        count => tr_in!(language, guide.facts.trips_count, count = count),
    };
    let fact = |name: &'static str, value: String| {
        view! {
            <div class="yc-key-facts__fact">
                <dt class="yc-key-facts__name">{name}</dt>
                <dd class="yc-key-facts__value">{value}</dd>
            </div>
        }
    };
    view! {
        <section aria-labelledby="key-facts">
            <h2 id="key-facts" class="yc-visually-hidden">
                {tr_in!(language, guide.facts.title)}
            </h2>
            <dl class="yc-key-facts">
                {fact(tr_in!(language, guide.facts.days), days)}
                {fact(tr_in!(language, guide.facts.fee), fee)}
                {fact(tr_in!(language, guide.facts.trips), trips)}
            </dl>
            <ul class="yc-key-facts-notes">
                {notes.map(|note| view! { <li>{note}</li> }).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

/// The service's promise, unless the answers change it; then with the reason.
fn days(language: Language, sheet: &Sheet) -> (String, u16, Vec<String>) {
    let summary = &sheet.pack.service.summary;
    let promised = match summary.handling {
        Handling::Instant => 0,
        Handling::Promised => summary.promised_days,
    };
    let Some(days) = &sheet.result.days else {
        return (
            words::working_days(language, promised),
            promised,
            Vec::new(),
        );
    };
    let (mut from, mut to) = (days.from, days.to);
    if days.or_promise {
        (from, to) = (from.min(promised), to.max(promised));
    }
    let value = if from == to {
        words::working_days(language, to)
    } else if from == 0 {
        tr_in!(language, guide.facts.days_at_most, count = to)
    } else {
        tr_in!(language, guide.facts.days_range, from = from, to = to)
    };
    let reasons = days
        .rules
        .iter()
        .map(|rule| {
            sheet.pack.guide.days[rule.index]
                .reason
                .get(language)
                .to_owned()
        })
        .collect();
    (value, to, reasons)
}

/// "Accepted today, ready by …": counted on the calendar of holidays and working weekends.
/// Nothing beyond the years it covers.
fn ready_on(language: Language, sheet: &Sheet, days: u16) -> Option<String> {
    if days == 0 {
        return None;
    }
    let calendar = Calendar::new(&sheet.pack.calendar).ok()?;
    let due = calendar.add_working_days(words::today().parse().ok()?, days)?;
    let date = words::date(language, &due.date.to_string());
    Some(if due.is_provisional {
        tr_in!(language, guide.facts.ready_provisional, date = date)
    } else {
        tr_in!(language, guide.facts.ready, date = date)
    })
}

/// The guide's fees if it charges any, else the service's own.
fn fee(language: Language, sheet: &Sheet) -> (String, Vec<String>) {
    let (service, result) = (&sheet.pack.service, &sheet.result);
    if sheet.pack.guide.fees.is_empty() {
        let summary = &service.summary;
        let note = service
            .fee_note
            .as_ref()
            .map(|note| note.get(language).to_owned());
        let fee = words::fee(language, summary.fee_from_fen, summary.fee_to_fen);
        return (fee, note.into_iter().collect());
    }
    let parts = result
        .fees
        .iter()
        .map(|applied| {
            let fee = &sheet.pack.guide.fees[applied.index];
            let amount = words::amount(language, fee.amount_fen, fee.amount_fen);
            let part = [fee.name.get(language), " ", &amount].concat();
            if applied.is_certain {
                part
            } else {
                [tr_in!(language, guide.facts.fee_maybe), " ", &part].concat()
            }
        })
        .collect();
    (
        words::fee(language, result.fee_from_fen, result.fee_to_fen),
        parts,
    )
}
