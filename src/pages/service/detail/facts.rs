//! Time limits and fees as tables.

use crate::components::words;
use leptos::prelude::*;
use yichuang_contract::Language;
use yichuang_contract::service::{DayUnit, Fee, ServiceDetail};

/// What the office promises beside what the law allows, each with its unit.
pub fn time(language: Language, service: &ServiceDetail) -> AnyView {
    let statutory = match service.statutory_limit {
        None => tr_in!(language, service.time.no_statutory).to_owned(),
        Some(limit) => match limit.unit {
            DayUnit::Working => words::working_days(language, limit.days),
            DayUnit::Calendar => {
                tr_in!(language, service.time.calendar_days, count = limit.days)
            }
        },
    };
    let promised = words::promise(language, &service.summary);
    let row = |name: &'static str, value: String| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{value}</td>
            </tr>
        }
    };
    view! {
        <div>
            <table class="yc-facts-table">
                <thead>
                    <tr>
                        <th scope="col">{tr_in!(language, service.time.kind)}</th>
                        <th scope="col">{tr_in!(language, service.time.length)}</th>
                    </tr>
                </thead>
                <tbody>
                    {row(tr_in!(language, service.time.promised), promised)}
                    {row(tr_in!(language, service.time.statutory), statutory)}
                </tbody>
            </table>
        </div>
        <p>{tr_in!(language, service.time.from)}</p>
    }
    .into_any()
}

/// Where a fee stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InForce {
    Past,
    Now,
    Upcoming,
}

/// ISO 8601 dates sort as text.
fn in_force(fee: &Fee, today: &str) -> InForce {
    if fee.valid_from.as_str() > today {
        InForce::Upcoming
    } else if fee
        .valid_until
        .as_deref()
        .is_some_and(|until| until < today)
    {
        InForce::Past
    } else {
        InForce::Now
    }
}

/// The dated fees.
pub fn fees(language: Language, service: &ServiceDetail) -> AnyView {
    let note = service
        .fee_note
        .as_ref()
        .map(|note| view! { <p>{note.get(language).to_owned()}</p> });
    if service.fees.is_empty() {
        return view! {
            <p>{words::fee(
                language,
                service.summary.fee_from_fen,
                service.summary.fee_to_fen,
            )}</p>
            {note}
        }
        .into_any();
    }
    let today = words::today();
    view! {
        <div>
            <table class="yc-facts-table">
                <thead>
                    <tr>
                        <th scope="col">{tr_in!(language, service.fee.item)}</th>
                        <th scope="col">{tr_in!(language, service.fee.amount)}</th>
                        <th scope="col">{tr_in!(language, service.fee.valid)}</th>
                    </tr>
                </thead>
                <tbody>
                    {service.fees.iter().map(|fee| row(language, fee, &today)).collect_view()}
                </tbody>
            </table>
        </div>
        {note}
    }
    .into_any()
}

fn row(language: Language, fee: &Fee, today: &str) -> AnyView {
    let since = words::date(language, &fee.valid_from);
    let valid = match &fee.valid_until {
        None => tr_in!(language, service.fee.since, date = since),
        Some(until) => {
            let until = words::date(language, until);
            tr_in!(language, service.fee.between, from = since, until = until)
        }
    };
    let mark = match in_force(fee, today) {
        InForce::Now => None,
        InForce::Past => Some(tr_in!(language, service.fee.past)),
        InForce::Upcoming => Some(tr_in!(language, service.fee.upcoming)),
    };
    view! {
        <tr>
            <th scope="row">
                {fee.name.get(language).to_owned()}
                <span class="yc-facts-table__note">
                    {tr_in!(language, service.fee.source)} " "
                    <span lang="zh-Hans">{fee.source.clone()}</span>
                </span>
            </th>
            <td>{words::amount(language, fee.from_fen, fee.to_fen)}</td>
            <td>
                {valid}
                {mark.map(|mark| [" (", mark, ")"].concat())}
            </td>
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use yichuang_contract::Text;

    #[test]
    fn a_fee_is_in_force_on_its_first_and_on_its_last_day() {
        let fee = Fee {
            name: Text::new("工本费", "Fee"),
            from_fen: 2_000,
            to_fen: 2_000,
            valid_from: "2026-01-01".to_owned(),
            valid_until: Some("2026-06-30".to_owned()),
            source: String::new(),
        };
        assert_eq!(in_force(&fee, "2025-12-31"), InForce::Upcoming);
        assert_eq!(in_force(&fee, "2026-01-01"), InForce::Now);
        assert_eq!(in_force(&fee, "2026-06-30"), InForce::Now);
        assert_eq!(in_force(&fee, "2026-07-01"), InForce::Past);
    }
}
