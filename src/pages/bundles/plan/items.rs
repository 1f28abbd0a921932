//! The items of a plan: stage by stage, those that drop out, and what a refusal would stop.

use super::{names, takes_part};
use crate::components::words;
use crate::page::Page;
use leptos::prelude::*;
use yichuang_contract::Language;
use yichuang_contract::plan::{Office, Plan, PlanItem, PlanItemState};

/// The name of an office.
pub fn office(language: Language, office: &Office) -> String {
    match office {
        Office::Police(department) => words::department(language, *department).to_owned(),
        Office::Agency { zh, en } => match language {
            Language::Chinese => zh.clone(),
            Language::English => en.clone(),
        },
    }
}

/// The items in their order; what stands in one stage runs in parallel.
pub fn section(language: Language, plan: &Plan) -> AnyView {
    let stages = plan
        .stages
        .iter()
        .enumerate()
        .map(|(number, stage)| {
            let title = if stage.len() > 1 {
                tr_in!(language, bundle.plan.stage_parallel, number = number + 1)
            } else {
                tr_in!(language, bundle.plan.stage, number = number + 1)
            };
            let rows = stage
                .iter()
                .filter_map(|id| plan.items.iter().find(|item| item.id == *id))
                .map(|item| row(language, plan, item))
                .collect_view();
            view! {
                <li class="yc-plan__stage">
                    <h3 class="yc-plan__group">{title}</h3>
                    <ul class="yc-bundle__items">{rows}</ul>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="yc-section" aria-labelledby="order">
            <h2 id="order">{tr_in!(language, bundle.plan.order)}</h2>
            <ol class="yc-plan__stages">{stages}</ol>
        </section>
    }
    .into_any()
}

fn name(language: Language, item: &PlanItem) -> AnyView {
    let name = item.name.get(language).to_owned();
    match &item.service {
        Some(code) => {
            let href = Page::Service(code.clone()).path();
            view! { <a href=href>{name}</a> }.into_any()
        }
        None => name.into_any(),
    }
}

fn line(text: String) -> AnyView {
    view! { <p class="yc-bundle__line">{text}</p> }.into_any()
}

fn row(language: Language, plan: &Plan, item: &PlanItem) -> AnyView {
    let time = if item.is_open_ended {
        tr_in!(language, bundle.plan.open_ended).to_owned()
    } else {
        words::working_days(language, item.days)
    };
    let mut facts = vec![office(language, &item.office), time];
    if let (Some(from), Some(to)) = (&item.begins_on, &item.ends_on)
        && !item.is_open_ended
    {
        facts.push(if from == to {
            words::date(language, from)
        } else {
            tr_in!(
                language,
                bundle.plan.span,
                from = words::date(language, from),
                to = words::date(language, to)
            )
        });
    }
    let mut lines = vec![line(facts.join(" · "))];
    if !item.after.is_empty() {
        let items = names(language, plan, &item.after);
        lines.push(line(tr_in!(language, bundle.plan.after, items = items)));
    }
    if !item.lacks.is_empty() {
        let items = names(language, plan, &item.lacks);
        lines.push(line(tr_in!(language, bundle.plan.lacks, items = items)));
    }
    if let Some(how) = &item.how {
        lines.push(line(how.get(language).to_owned()));
    }
    let texts = item.notes.iter().chain(&item.steps);
    let texts: Vec<AnyView> = if item.state == PlanItemState::Uncertain {
        let uncertain = line(tr_in!(language, bundle.plan.uncertain).to_owned());
        std::iter::once(uncertain)
            .chain(
                item.reasons
                    .iter()
                    .map(|reason| line(reason.get(language).to_owned())),
            )
            .chain(texts.map(|text| line(text.get(language).to_owned())))
            .collect()
    } else {
        texts
            .map(|text| line(text.get(language).to_owned()))
            .collect()
    };
    lines.extend(texts);
    if item.is_unsure {
        lines.push(line(tr_in!(language, service.unsure.title).to_owned()));
    }
    view! {
        <li class="yc-bundle__item">
            <p class="yc-bundle__name">{name(language, item)}</p>
            {lines}
        </li>
    }
    .into_any()
}

/// Items that the answers take out, with the reason and what fits instead.
pub fn dropped(language: Language, plan: &Plan) -> Option<AnyView> {
    let rows: Vec<AnyView> = plan
        .items
        .iter()
        .filter(|item| !takes_part(item))
        .map(|item| {
            let mut lines: Vec<AnyView> = item
                .reasons
                .iter()
                .map(|reason| line(reason.get(language).to_owned()))
                .collect();
            if let Some(other) = &item.replaced_by {
                let items = names(language, plan, std::slice::from_ref(other));
                lines.push(line(tr_in!(language, bundle.plan.replaced, item = items)));
            }
            if !item.offers.is_empty() {
                let items = names(language, plan, &item.offers);
                lines.push(line(tr_in!(language, bundle.plan.offers, items = items)));
            }
            let routes = item
                .routes
                .iter()
                .map(|code| {
                    let href = Page::Service(code.clone()).path();
                    view! {
                        <a class="yc-more" href=href>
                            {tr_in!(language, bundle.plan.route, code = code.as_str())}
                        </a>
                    }
                })
                .collect_view();
            view! {
                <li class="yc-bundle__item">
                    <p class="yc-bundle__name">{name(language, item)}</p>
                    {lines}
                    {routes}
                </li>
            }
            .into_any()
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="yc-section" aria-labelledby="dropped">
                <h2 id="dropped">{tr_in!(language, bundle.plan.dropped)}</h2>
                <ul class="yc-bundle__items">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

/// What happens to the others if one item is refused.
pub fn if_refused(language: Language, plan: &Plan) -> Option<AnyView> {
    let taking: Vec<&PlanItem> = plan.items.iter().filter(|item| takes_part(item)).collect();
    if taking.len() < 2 {
        return None;
    }
    let rows = taking
        .iter()
        .filter(|item| !item.if_refused.is_empty())
        .map(|item| {
            let stopped = names(language, plan, &item.if_refused);
            let words = tr_in!(
                language,
                bundle.plan.refused,
                item = item.name.get(language),
                items = stopped
            );
            view! { <li>{words}</li> }
        })
        .collect_view();
    let alone: Vec<String> = taking
        .iter()
        .filter(|item| item.stands_alone)
        .map(|item| item.id.clone())
        .collect();
    let alone = (!alone.is_empty()).then(|| {
        let items = names(language, plan, &alone);
        view! { <li>{tr_in!(language, bundle.plan.stands_alone, items = items)}</li> }
    });
    Some(
        view! {
            <section class="yc-section" aria-labelledby="refused">
                <h2 id="refused">{tr_in!(language, bundle.plan.if_refused)}</h2>
                <ul>{rows} {alone}</ul>
            </section>
        }
        .into_any(),
    )
}
