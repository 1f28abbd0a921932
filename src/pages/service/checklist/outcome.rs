//! Whether one can apply, why, and the way out where not.

use super::{Sheet, materials};
use crate::components::{service_links, sign, warning_sign, words};
use leptos::prelude::*;
use yichuang_contract::Language;
use yichuang_contract::guide::OutcomeKind;

/// A circle with a tick.
const CAN: &str = "M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19M7.5 12.5l3 3 6-6.5";
/// A circle with a bar.
const CANNOT: &str = "M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19M7 12h10";
/// An arrow that turns off.
const TURN: &str = "M5 21V11a4 4 0 0 1 4-4h10M14 2l5 5-5 5";

/// The banner. Sign, word and colour say the same.
pub fn banner(language: Language, sheet: &Sheet) -> AnyView {
    let outcomes = &sheet.pack.guide.outcomes;
    let [only] = &sheet.result.outcomes[..] else {
        return several(language, sheet);
    };
    let outcome = &outcomes[only.index];
    let class = match outcome.kind {
        OutcomeKind::Eligible => "yc-outcome yc-outcome--eligible",
        OutcomeKind::NotYet => "yc-outcome yc-outcome--not-yet",
        OutcomeKind::NotEligible => "yc-outcome yc-outcome--not-eligible",
        OutcomeKind::OtherRoute => "yc-outcome yc-outcome--other-route",
        OutcomeKind::OtherOffice => "yc-outcome yc-outcome--other-office",
    };
    let picture = match outcome.kind {
        OutcomeKind::Eligible => sign("yc-outcome__sign", CAN),
        OutcomeKind::NotEligible => sign("yc-outcome__sign", CANNOT),
        OutcomeKind::NotYet => warning_sign("yc-outcome__sign"),
        OutcomeKind::OtherRoute | OutcomeKind::OtherOffice => sign("yc-outcome__sign", TURN),
    };
    view! {
        <section class=class aria-labelledby="outcome">
            {picture} <div>
                <h2 id="outcome" class="yc-outcome__word">
                    {words::outcome(language, outcome.kind)}
                </h2>
                <p class="yc-outcome__reason">{outcome.text.get(language).to_owned()}</p>
            </div>
        </section>
    }
    .into_any()
}

/// "I don't know" leaves several outcomes open: all of them, and what decides.
fn several(language: Language, sheet: &Sheet) -> AnyView {
    let guide = &sheet.pack.guide;
    let mut open: Vec<usize> = sheet
        .result
        .outcomes
        .iter()
        .flat_map(|it| it.depends_on.iter().copied())
        .collect();
    open.sort_unstable();
    open.dedup();
    let possible = sheet
        .result
        .outcomes
        .iter()
        .map(|possible| {
            let outcome = &guide.outcomes[possible.index];
            view! {
                <li>
                    <strong>{words::outcome(language, outcome.kind)}</strong>
                    " "
                    {outcome.text.get(language).to_owned()}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="yc-outcome yc-outcome--several" aria-labelledby="outcome">
            {warning_sign("yc-outcome__sign")} <div>
                <h2 id="outcome" class="yc-outcome__word">
                    {tr_in!(language, guide.outcome.several)}
                </h2>
                <ul class="yc-outcome__possible">{possible}</ul>
                <p>{tr_in!(language, guide.outcome.several_hint)}</p>
                <p>{materials::depends(language, guide, &open)}</p>
            </div>
        </section>
    }
    .into_any()
}

/// Services to use instead or first.
pub fn offered(language: Language, sheet: &Sheet) -> Option<AnyView> {
    let own = &sheet.pack.guide.service;
    let routes: Vec<_> = sheet
        .result
        .routes
        .iter()
        .filter(|route| *route != own)
        .cloned()
        .collect();
    (!routes.is_empty()).then(|| {
        view! {
            <section class="yc-way-out yc-flow" aria-labelledby="offered">
                <h2 id="offered">{tr_in!(language, guide.outcome.offered)}</h2>
                {service_links(language, &routes)}
            </section>
        }
        .into_any()
    })
}
