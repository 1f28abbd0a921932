//! The papers of a plan, each once: what to bring, what the office has.

use super::names;
use crate::components::words;
use leptos::prelude::*;
use yichuang_contract::Language;
use yichuang_contract::plan::{Plan, PlanMaterial};
use yichuang_contract::service::PaperForm;

/// The section.
pub fn section(language: Language, plan: &Plan) -> AnyView {
    let is_there = |material: &&PlanMaterial| {
        material.forms.iter().all(|form| *form == PaperForm::ECert) || material.made_by.is_some()
    };
    let (there, bring): (Vec<&PlanMaterial>, Vec<&PlanMaterial>) =
        plan.materials.iter().partition(is_there);
    let list = |title: &'static str, materials: Vec<&PlanMaterial>| {
        (!materials.is_empty()).then(|| {
            let rows = materials
                .into_iter()
                .map(|material| row(language, plan, material))
                .collect_view();
            view! {
                <h3 class="yc-plan__group">{title}</h3>
                <ul class="yc-bundle__papers">{rows}</ul>
            }
        })
    };
    let nothing = bring
        .is_empty()
        .then(|| view! { <p>{tr_in!(language, guide.list.nothing_to_bring)}</p> });
    view! {
        <section class="yc-section" aria-labelledby="materials">
            <h2 id="materials">{tr_in!(language, guide.list.materials)}</h2>
            {nothing}
            {list(tr_in!(language, guide.list.bring), bring)}
            {list(tr_in!(language, guide.list.have), there)}
        </section>
    }
    .into_any()
}

fn row(language: Language, plan: &Plan, material: &PlanMaterial) -> AnyView {
    let name = if material.count > 1 {
        tr_in!(
            language,
            bundle.plan.several,
            name = material.name.get(language),
            count = material.count
        )
    } else {
        material.name.get(language).to_owned()
    };
    let mut items: Vec<String> = Vec::new();
    for used in &material.uses {
        if !items.contains(&used.item) {
            items.push(used.item.clone());
        }
    }
    let used_by = tr_in!(
        language,
        bundle.plan.used_by,
        items = names(language, plan, &items)
    );
    let made_by = material.made_by.as_ref().map(|item| {
        let items = names(language, plan, std::slice::from_ref(item));
        let words = tr_in!(language, bundle.plan.made_by, item = items);
        view! { <p class="yc-bundle__line">{words}</p> }
    });
    let maybe = (!material.is_certain).then(|| {
        let mut when: Vec<&str> = material
            .uses
            .iter()
            .filter_map(|used| used.when.as_ref())
            .map(|when| when.get(language))
            .collect();
        when.dedup();
        let words = if when.is_empty() {
            tr_in!(language, bundle.plan.maybe).to_owned()
        } else {
            let circumstance = when.join(super::separator(language));
            tr_in!(language, service.bring.when, circumstance = circumstance)
        };
        view! { <p class="yc-bundle__line">{words}</p> }
    });
    let forms = material
        .forms
        .iter()
        .map(|form| {
            view! {
                <span class=words::form_class(*form)>{words::form(language, *form)}</span>
            }
        })
        .collect_view();
    view! {
        <li class="yc-bundle__paper">
            <div>
                <p>{name}</p>
                <p class="yc-bundle__line">{used_by}</p>
                {made_by}
                {maybe}
            </div>
            <div class="yc-bundle__forms">{forms}</div>
        </li>
    }
    .into_any()
}
