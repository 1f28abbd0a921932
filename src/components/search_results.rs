use super::{marked, service_row, summary_line, words};
use crate::locale::use_language;
use crate::page::Page;
use crate::search::use_search;
use crate::ui::IntoAny;
use crate::ui::{Failure, dynamic, failed};
use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::Language;
use yichuang_contract::pack::CataloguePack;
use yichuang_contract::service::Department;
use yichuang_search::{Answer, Hit, Reason};

/// The services that answer a question, with the matched words marked and the reason for each.
/// Where none answers: the nearest ones and the departments.
#[component]
pub fn SearchResults(
    /// The catalogue that is searched.
    catalogue: Arc<CataloguePack>,
    /// The question; nothing is shown while it is empty.
    #[prop(into)]
    question: Signal<String>,
    /// The most services shown.
    limit: usize,
) -> impl IntoView {
    let language = use_language();
    let search = use_search();
    let answer = {
        let catalogue = catalogue.clone();
        Memo::new(move |_| {
            let question = question.get();
            let question = question.trim();
            (!question.is_empty()).then(|| search.answer(&catalogue, question, limit))
        })
    };
    let retry = Callback::new(|()| {
        let _ = window().location().reload();
    });
    let announced = Signal::derive(move || match answer.get() {
        None | Some(None) => String::new(),
        Some(Some(answer)) => count_line(language.get(), answer.hits.len(), limit),
    });
    let shown = dynamic(move || match answer.get() {
        None => ().into_any(),
        Some(None) => failed(Failure::Unreadable, retry),
        Some(Some(answer)) => {
            let question = question.get_untracked();
            results(language.get(), &catalogue, &answer, question.trim(), limit)
        }
    });
    view! {
        // Spoken, not read: the list under it shows the same.
        <p class="yc-visually-hidden" role="status">
            {announced}
        </p>
        {shown}
    }
    .into_any()
}

fn count_line(language: Language, count: usize, limit: usize) -> String {
    match count {
        0 => tr_in!(language, home.search.none).to_owned(),
        1 => tr_in!(language, home.search.one).to_owned(),
        _ if count >= limit => tr_in!(language, home.search.best, count = count).to_string(),
        _ => tr_in!(language, home.search.many, count = count).to_string(),
    }
}

fn results(
    language: Language,
    catalogue: &CataloguePack,
    answer: &Answer,
    question: &str,
    limit: usize,
) -> AnyView {
    let understood = answer.understood.as_ref().map(|understood| {
        let words = tr_in!(
            language,
            home.search.understood,
            words = understood.as_str()
        );
        view! { <p class="yc-search__note">{words.to_string()}</p> }
    });
    let elsewhere = answer.elsewhere.as_ref().map(|office| {
        let name = match language {
            Language::Chinese => office.zh.clone(),
            Language::English => office.en.clone(),
        };
        let words = tr_in!(
            language,
            home.search.elsewhere,
            typed = office.typed.as_str(),
            office = name
        );
        view! { <p class="yc-notification">{words.to_string()}</p> }
    });
    if answer.hits.is_empty() {
        let nearest = (!answer.nearest.is_empty()).then(|| {
            view! {
                <h2 class="yc-search__title">{tr_in!(language, home.search.nearest)}</h2>
                {hit_list(language, catalogue, &answer.nearest)}
            }
        });
        return view! {
            <div class="yc-search__results">
                {elsewhere}
                <p class="yc-search__none">{tr_in!(language, home.search.none)}</p>
                {nearest}
                <h2 class="yc-search__title">{tr_in!(language, home.departments)}</h2>
                {department_links(language, catalogue)}
            </div>
        }
        .into_any();
    }
    let all = (answer.hits.len() >= limit && limit < ALL_RESULTS).then(|| {
        view! {
            <p>
                <a class="yc-more" href=Page::Search.with_query(&[("q", question)])>
                    {tr_in!(language, home.search.all)}
                </a>
            </p>
        }
    });
    view! {
        <div class="yc-search__results">
            {understood} {elsewhere} {hit_list(language, catalogue, &answer.hits)} {all}
        </div>
    }
    .into_any()
}

/// The most results of the search page.
pub const ALL_RESULTS: usize = 30;

fn hit_list(language: Language, catalogue: &CataloguePack, hits: &[Hit]) -> AnyView {
    let rows = hits
        .iter()
        .filter_map(|hit| {
            let service = catalogue.services.get(hit.document)?;
            let ranges = match language {
                Language::Chinese => &hit.name_zh,
                Language::English => &hit.name_en,
            };
            let name = marked(service.name.get(language), ranges);
            let line = match reason(language, &hit.reason) {
                Some(reason) => reason.into_any(),
                None => summary_line(language, service),
            };
            Some(service_row(language, service, name, Some(line)))
        })
        .collect_view();
    view! { <ul class="yc-services">{rows}</ul> }.into_any()
}

/// Why a service was found, where its marked name does not say it.
fn reason(language: Language, reason: &Reason) -> Option<String> {
    match reason {
        Reason::Name | Reason::Summary => None,
        Reason::Code => Some(tr_in!(language, home.search.reason_code).to_owned()),
        Reason::Keyword(word) => {
            Some(tr_in!(language, home.search.reason_keyword, word = word.as_str()).to_string())
        }
        Reason::Synonym { typed, means } => Some(
            tr_in!(
                language,
                home.search.reason_synonym,
                typed = typed.as_str(),
                means = means.as_str()
            )
            .to_string(),
        ),
    }
}

/// All departments with the number of their services.
pub fn department_links(language: Language, catalogue: &CataloguePack) -> AnyView {
    let links = Department::ALL
        .into_iter()
        .map(|department| {
            let count = catalogue
                .services
                .iter()
                .filter(|service| service.department == department)
                .count();
            let href = Page::Services.with_query(&[("department", department.id())]);
            view! {
                <li>
                    <a class="yc-tile" href=href>
                        {words::department(language, department)}
                        <span class="yc-count">{count}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="yc-tiles">{links}</ul> }.into_any()
}
