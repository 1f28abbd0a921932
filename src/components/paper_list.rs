use crate::components::words;
use leptos::prelude::*;
use yichuang_contract::Language;
use yichuang_contract::service::{PaperForm, ServiceMaterial};

/// Materials that stay visible before "show more".
const SHOWN_AT_FIRST: usize = 5;

/// Everything that may be asked for, with its form in words and the circumstance that requires it.
/// What is always needed and must be carried comes first; a long list is folded.
pub fn paper_list(language: Language, materials: &[ServiceMaterial], trips: u8) -> AnyView {
    let mut materials: Vec<&ServiceMaterial> = materials.iter().collect();
    materials.sort_by_key(|material| (material.when.is_some(), material.form == PaperForm::ECert));
    let (first, rest) = if materials.len() > SHOWN_AT_FIRST + 1 {
        materials.split_at(SHOWN_AT_FIRST)
    } else {
        (&materials[..], &[][..])
    };
    let list = |materials: &[&ServiceMaterial]| {
        view! {
            <ul class="yc-papers">
                {materials.iter().map(|material| paper(language, material, trips)).collect_view()}
            </ul>
        }
    };
    view! {
        {list(first)}
        {(!rest.is_empty())
            .then(|| {
                view! {
                    <details class="yc-details yc-more">
                        <summary class="yc-details__summary">
                            {tr_in!(language, service.bring.more, count = rest.len())}
                        </summary>
                        {list(rest)}
                    </details>
                }
            })}
    }
    .into_any()
}

fn paper(language: Language, material: &ServiceMaterial, trips: u8) -> AnyView {
    let when = material.when.as_ref().map(|when| {
        tr_in!(
            language,
            service.bring.when,
            circumstance = when.get(language)
        )
    });
    view! {
        <li class="yc-paper">
            <span class="yc-paper__name">{material.name.get(language).to_owned()}</span>
            <span class=words::form_class(material.form)>{words::paper(language, material.form, trips)}</span>
            {when.map(|when| view! { <span class="yc-paper__when">{when}</span> })}
        </li>
    }
    .into_any()
}
