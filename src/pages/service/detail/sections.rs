//! The sections of a service page in the order people need them.

use super::facts;
use crate::components::words;
use crate::ui::{Button, ButtonKind, Icon, IconName};
use leptos::prelude::*;
use yichuang_contract::service::{
    Audience, ConditionGroup, FieldSource, FormField, Need, ReviewPoints, Scope, ServiceDetail,
};
use yichuang_contract::{Language, Text};

/// A section of the page.
pub struct Section {
    /// Its anchor.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it says.
    pub body: AnyView,
}

/// All sections that have something to say.
pub fn all(language: Language, service: &ServiceDetail) -> Vec<Section> {
    let section = |id, title, body| Section { id, title, body };
    let mut sections = vec![
        section(
            "conditions",
            tr_in!(language, service.conditions.title),
            conditions(language, service),
        ),
        section(
            "steps",
            tr_in!(language, service.steps.title),
            numbered(language, &service.steps),
        ),
        section(
            "time",
            tr_in!(language, service.time.title),
            facts::time(language, service),
        ),
        section(
            "fee",
            tr_in!(language, service.fee.title),
            facts::fees(language, service),
        ),
        section(
            "result",
            tr_in!(language, service.result.title),
            result(language, service),
        ),
        section(
            "place",
            tr_in!(language, service.place.title),
            place(language, service),
        ),
        section(
            "basis",
            tr_in!(language, service.basis.title),
            basis(&service.basis),
        ),
    ];
    let review = &service.review;
    if !review.intake.is_empty() || !review.review.is_empty() || !review.refuse.is_empty() {
        sections.push(section(
            "review",
            tr_in!(language, service.review.title),
            review_points(language, review),
        ));
    }
    if !service.fields.is_empty() {
        sections.push(section(
            "fields",
            tr_in!(language, service.fields.title),
            fields(language, &service.fields),
        ));
    }
    if !service.related.is_empty() {
        sections.push(section(
            "related",
            tr_in!(language, service.related.title),
            crate::components::service_links(language, &service.related),
        ));
    }
    sections.push(section(
        "source",
        tr_in!(language, service.source.title),
        source(language, service),
    ));
    sections
}

fn conditions(language: Language, service: &ServiceDetail) -> AnyView {
    let who: Vec<&str> = service
        .summary
        .audience
        .iter()
        .map(|audience| match audience {
            Audience::Individual => tr_in!(language, service.conditions.audience_individual),
            Audience::Enterprise => tr_in!(language, service.conditions.audience_enterprise),
        })
        .collect();
    let who = who.join(words::separator(language));
    view! {
        <p>{tr_in!(language, service.conditions.audience, who = who)}</p>
        {if service.conditions.is_empty() {
            view! { <p>{tr_in!(language, service.conditions.none)}</p> }.into_any()
        } else {
            service
                .conditions
                .iter()
                .map(|group| condition_group(language, group))
                .collect_view()
                .into_any()
        }}
    }
    .into_any()
}

/// A group says on screen whether all its lines or any one of them must hold.
fn condition_group(language: Language, group: &ConditionGroup) -> AnyView {
    let need = match (group.need, group.lines.len()) {
        (Need::Note, _) => tr_in!(language, service.conditions.note),
        (_, 1) => tr_in!(language, service.conditions.single),
        (Need::All, _) => tr_in!(language, service.conditions.all),
        (Need::Any, _) => tr_in!(language, service.conditions.any),
    };
    view! {
        <h3 class="yc-service__need">{need}</h3>
        {lines(language, &group.lines)}
    }
    .into_any()
}

fn lines(language: Language, lines: &[Text]) -> AnyView {
    view! {
        <ul class="yc-lines">
            {lines
                .iter()
                .map(|line| {
                    view! { <li class="yc-lines__item">{line.get(language).to_owned()}</li> }
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}

fn numbered(language: Language, steps: &[Text]) -> AnyView {
    view! {
        <ol class="yc-numbered">
            {steps
                .iter()
                .map(|step| {
                    view! { <li class="yc-numbered__item">{step.get(language).to_owned()}</li> }
                })
                .collect_view()}
        </ol>
    }
    .into_any()
}

fn result(language: Language, service: &ServiceDetail) -> AnyView {
    let result = service.result.get(language).to_owned();
    view! {
        <p>{tr_in!(language, service.result.you_get, result = result)}</p>
        <h3>{tr_in!(language, service.result.delivery)}</h3>
        <ul class="yc-lines">
            {service
                .summary
                .delivery
                .iter()
                .map(|&way| {
                    view! { <li class="yc-lines__item">{words::delivery(language, way)}</li> }
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}

/// Where to hand it in, also used by the checklist.
pub fn place(language: Language, service: &ServiceDetail) -> AnyView {
    let summary = &service.summary;
    let scope = match summary.scope {
        Scope::City => tr_in!(language, service.place.scope_city),
        Scope::Province => tr_in!(language, service.place.scope_province),
        Scope::Nation => tr_in!(language, service.place.scope_nation),
    };
    let is_shown = RwSignal::new(false);
    let (department, has_terminal) = (summary.department, summary.has_terminal);
    view! {
        {(summary.trips == 0).then(|| view! { <p>{tr_in!(language, service.place.online)}</p> })}
        <p>{scope}</p>
        {has_terminal.then(|| view! { <p>{tr_in!(language, service.place.terminal)}</p> })}
        <div class="yc-no-print">
            {move || {
                if is_shown.get() {
                    crate::chunks::point_list(department, has_terminal)
                } else {
                    view! {
                        <Button kind=ButtonKind::Secondary on_press=move |_| is_shown.set(true)>
                            <Icon name=IconName::Place />
                            {tr_in!(language, service.place.show)}
                        </Button>
                    }
                        .into_any()
                }
            }}
        </div>
    }
    .into_any()
}

/// Laws are cited as published, in Chinese, whatever the language of the page.
pub fn basis(basis: &[String]) -> AnyView {
    view! {
        <ul class="yc-lines" lang="zh-Hans">
            {basis
                .iter()
                .map(|law| view! { <li class="yc-lines__item">{law.clone()}</li> })
                .collect_view()}
        </ul>
    }
    .into_any()
}

fn review_points(language: Language, review: &ReviewPoints) -> AnyView {
    let part = |title: &'static str, body: AnyView, is_empty: bool| {
        (!is_empty).then(|| view! { <h3>{title}</h3> {body} })
    };
    let statements = view! {
        <ul class="yc-lines">
            {review
                .review
                .iter()
                .map(|line| {
                    view! {
                        <li class="yc-lines__item">
                            {line.text.get(language).to_owned()}
                            {(!line.basis.is_empty())
                                .then(|| {
                                    view! {
                                        <span class="yc-lines__basis" lang="zh-Hans">
                                            {line.basis.clone()}
                                        </span>
                                    }
                                })}
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
    .into_any();
    view! {
        <p>{tr_in!(language, service.review.intro)}</p>
        {part(
            tr_in!(language, service.review.intake),
            lines(language, &review.intake),
            review.intake.is_empty(),
        )}
        {part(tr_in!(language, service.review.review), statements, review.review.is_empty())}
        {part(
            tr_in!(language, service.review.refuse),
            lines(language, &review.refuse),
            review.refuse.is_empty(),
        )}
        {review
            .needs_four_eyes
            .then(|| view! { <p>{tr_in!(language, service.review.four_eyes)}</p> })}
        {review
            .is_on_site
            .then(|| view! { <p>{tr_in!(language, service.review.on_site)}</p> })}
    }
    .into_any()
}

fn fields(language: Language, fields: &[FormField]) -> AnyView {
    let row = |field: &FormField| {
        let source = match field.source {
            FieldSource::Account => tr_in!(language, service.fields.account),
            FieldSource::Register => tr_in!(language, service.fields.register),
            FieldSource::Applicant => tr_in!(language, service.fields.applicant),
        };
        let is_optional = !field.is_required;
        view! {
            <tr>
                <th scope="row">{field.label.get(language).to_owned()}</th>
                <td>
                    {source}
                    {is_optional
                        .then(|| [" (", tr_in!(language, service.fields.optional), ")"].concat())}
                </td>
            </tr>
        }
    };
    view! {
        <p>{tr_in!(language, service.fields.intro)}</p>
        <div>
            <table class="yc-facts-table">
                <thead>
                    <tr>
                        <th scope="col">{tr_in!(language, service.fields.label)}</th>
                        <th scope="col">{tr_in!(language, service.fields.source)}</th>
                    </tr>
                </thead>
                <tbody>{fields.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn source(language: Language, service: &ServiceDetail) -> AnyView {
    let source = service.source.get(language).to_owned();
    let checked = words::date(language, &service.checked_on);
    let code = service.summary.code.to_string();
    let department = words::department(language, service.summary.department);
    view! {
        <ul class="yc-lines">
            <li class="yc-lines__item">
                {tr_in!(language, service.source.from, source = source)}
            </li>
            <li class="yc-lines__item">
                {tr_in!(language, service.source.checked, date = checked)}
            </li>
            <li class="yc-lines__item">
                {tr_in!(language, service.source.department, department = department)}
            </li>
            <li class="yc-lines__item">{tr_in!(language, service.source.code, code = code)}</li>
        </ul>
        <p>{tr_in!(language, service.demonstration)}</p>
    }
    .into_any()
}
