//! What a plan costs, where it is handed in, and what it saves.

use super::items::office;
use super::names;
use crate::components::words;
use leptos::prelude::*;
use yichuang_contract::Language;
use yichuang_contract::plan::Plan;

/// Fees item by item and their sum.
pub fn fees(language: Language, plan: &Plan) -> Option<AnyView> {
    if plan.fee_to_fen == 0 {
        return None;
    }
    let rows = plan
        .items
        .iter()
        .flat_map(|item| item.fees.iter().map(move |fee| (item, fee)))
        .map(|(item, fee)| {
            view! {
                <tr>
                    <th scope="row">{item.name.get(language).to_owned()}</th>
                    <td>{fee.name.get(language).to_owned()}</td>
                    <td>{words::amount(language, fee.from_fen, fee.to_fen)}</td>
                </tr>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="yc-section" aria-labelledby="fees">
                <h2 id="fees">{tr_in!(language, bundle.plan.fee)}</h2>
                <table class="yc-table">
                    <thead>
                        <tr>
                            <th scope="col">{tr_in!(language, bundle.plan.item)}</th>
                            <th scope="col">{tr_in!(language, service.fee.item)}</th>
                            <th scope="col">{tr_in!(language, service.fee.amount)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row" colspan="2">
                                {tr_in!(language, bundle.plan.sum)}
                            </th>
                            <td>{words::amount(language, plan.fee_from_fen, plan.fee_to_fen)}</td>
                        </tr>
                    </tfoot>
                </table>
            </section>
        }
        .into_any(),
    )
}

/// The counters behind the one window.
pub fn counters(language: Language, plan: &Plan) -> Option<AnyView> {
    if plan.counters.is_empty() {
        return None;
    }
    let rows = plan
        .counters
        .iter()
        .map(|counter| {
            let items = names(language, plan, &counter.items);
            let trips = words::trips(language, counter.trips);
            let words = tr_in!(language, bundle.plan.counter, items = items, trips = trips);
            view! {
                <li>
                    <strong>{office(language, &counter.office)}</strong>
                    " "
                    {words}
                </li>
            }
        })
        .collect_view();
    let visits = match plan.visits {
        0 => tr_in!(language, bundle.plan.no_visit).to_owned(),
        count => tr_in!(language, bundle.plan.one_window, count = count),
    };
    Some(
        view! {
            <section class="yc-section" aria-labelledby="where">
                <h2 id="where">{tr_in!(language, bundle.plan.places)}</h2>
                <p>{visits}</p>
                <ul>{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

/// What is saved against doing the items one by one, and how it is counted.
pub fn savings(language: Language, plan: &Plan) -> AnyView {
    let savings = plan.savings;
    let steps = tr_in!(
        language,
        bundle.plan.steps_saved,
        from = savings.baseline_steps,
        to = savings.steps
    );
    let trips = tr_in!(
        language,
        bundle.plan.trips_saved,
        from = savings.baseline_trips,
        to = savings.trips
    );
    view! {
        <section class="yc-section" aria-labelledby="savings">
            <h2 id="savings">{tr_in!(language, bundle.plan.savings)}</h2>
            <ul>
                <li>{steps}</li>
                <li>{trips}</li>
            </ul>
            <details class="yc-disclosure">
                <summary class="yc-disclosure__summary">
                    {tr_in!(language, bundle.plan.how_counted)}
                </summary>
                <div class="yc-disclosure__body">
                    <p>{tr_in!(language, bundle.plan.how_counted_text)}</p>
                </div>
            </details>
        </section>
    }
    .into_any()
}
