//! "Why we ask": what the answer still decides, as the engine computes it.

use crate::locale::use_language;
use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::guide::Guide;
use yichuang_contract::{Language, Text};
use yichuang_domain::guide::Decides;

/// Materials named before "and others".
const NAMED: usize = 6;

/// Folded, because most people just answer.
pub fn why(guide: &Guide, decides: Decides) -> AnyView {
    let materials: Vec<Text> = decides
        .materials
        .iter()
        .map(|&material| guide.materials[material].name.clone())
        .collect();
    let language = use_language();
    let reasons = Arc::new((decides, materials));
    (move || {
        let (decides, materials) = &*reasons;
        let language = language.get();
        let sentences = sentences(language, decides);
        if sentences.is_empty() && materials.is_empty() {
            return ().into_any();
        }
        let rest = materials.len().saturating_sub(NAMED);
        view! {
            <details class="yc-details yc-question__why">
                <summary class="yc-details__summary">{tr_in!(language, guide.question.why)}</summary>
                <div class="yc-details__body">
                    {sentences
                        .into_iter()
                        .map(|sentence| view! { <p>{sentence}</p> })
                        .collect_view()}
                    {(!materials.is_empty())
                        .then(|| {
                            view! {
                                <p>{tr_in!(language, guide.question.why_materials)}</p>
                                <ul class="yc-lines">
                                    {materials
                                        .iter()
                                        .take(NAMED)
                                        .map(|name| {
                                            view! { <li>{name.get(language).to_owned()}</li> }
                                        })
                                        .collect_view()}
                                    {(rest > 0)
                                        .then(|| {
                                            view! {
                                                <li>
                                                    {tr_in!(language, guide.question.why_more, count = rest)}
                                                </li>
                                            }
                                        })}
                                </ul>
                            }
                        })}
                </div>
            </details>
        }
        .into_any()
    })
    .into_any()
}

fn sentences(language: Language, decides: &Decides) -> Vec<&'static str> {
    [
        (
            &decides.outcomes,
            tr_in!(language, guide.question.why_outcome),
        ),
        (&decides.fees, tr_in!(language, guide.question.why_fees)),
        (&decides.days, tr_in!(language, guide.question.why_days)),
        (&decides.steps, tr_in!(language, guide.question.why_steps)),
        (&decides.notes, tr_in!(language, guide.question.why_notes)),
    ]
    .into_iter()
    .filter(|(decided, _)| !decided.is_empty())
    .map(|(_, sentence)| sentence)
    .collect()
}
