//! The catalogue (事项目录): all services, narrowed by what stands in the address.

use crate::api::use_packs;
use crate::components::{service_list, words};
use crate::hooks::is_wide;
use crate::locale::use_language;
use crate::navigation::{History, Navigation, use_navigation};
use crate::selection::{Filter, Selection, audience_id};
use crate::ui::{Button, ButtonKind, Empty, LoadableView, PageHeading, dynamic};
use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::Language;
use yichuang_contract::pack::CataloguePack;
use yichuang_contract::service::{Audience, Department, ServiceSummary};

/// The page.
pub fn page() -> AnyView {
    let pack = use_packs().catalogue();
    view! {
        <PageHeading title=tr!(catalogue.title) />
        <LoadableView state=pack.state retry=pack.retry view=catalogue />
    }
    .into_any()
}

/// The selection in the address.
fn use_selection(navigation: Navigation) -> Memo<Selection> {
    let department = navigation.query("department");
    let theme = navigation.query("theme");
    let audience = navigation.query("audience");
    let filter = navigation.query("filter");
    Memo::new(move |_| {
        Selection::read(
            &department.read(),
            &theme.read(),
            &audience.read(),
            &filter.read(),
        )
    })
}

fn catalogue(pack: Arc<CataloguePack>) -> AnyView {
    let language = use_language();
    let navigation = use_navigation();
    let selection = use_selection(navigation);
    let kept = {
        let pack = pack.clone();
        Memo::new(move |_| {
            let selection = selection.get();
            let kept = pack.services.iter().enumerate();
            kept.filter(|(_, service)| selection.keeps(service))
                .map(|(number, _)| number)
                .collect::<Vec<_>>()
        })
    };
    let count = tr!(catalogue.count, count = move || kept.read().len());
    let list = {
        let pack = pack.clone();
        dynamic(move || list(language.get(), &pack, &kept.read(), navigation))
    };
    view! {
        <div class="yc-catalogue">
            <div class="yc-catalogue__choices yc-no-print">{choices(pack, navigation, selection)}</div>
            <div class="yc-catalogue__list">
                <p class="yc-catalogue__count" role="status">
                    {count}
                </p>
                {list}
            </div>
        </div>
    }
    .into_any()
}

/// The services under the headings of their events.
fn list(
    language: Language,
    pack: &CataloguePack,
    kept: &[usize],
    navigation: Navigation,
) -> AnyView {
    if kept.is_empty() {
        return view! {
            <Empty title=tr!(catalogue.empty)>
                <p>{tr!(catalogue.empty_advice)}</p>
                {clear_button(navigation)}
            </Empty>
        }
        .into_any();
    }
    let groups = pack
        .themes
        .iter()
        .filter_map(|theme| {
            let services: Vec<&ServiceSummary> = kept
                .iter()
                .filter_map(|number| pack.services.get(*number))
                .filter(|service| service.theme == theme.id)
                .collect();
            (!services.is_empty()).then(|| {
                view! {
                    <section class="yc-catalogue__group">
                        <h2 class="yc-catalogue__theme">
                            {theme.name.get(language).to_owned()}
                            <span class="yc-count">{services.len()}</span>
                        </h2>
                        {service_list(language, services)}
                    </section>
                }
            })
        })
        .collect_view();
    groups.into_any()
}

fn clear_button(navigation: Navigation) -> AnyView {
    let clear = move |_| {
        navigation.set_query(
            &[
                ("department", ""),
                ("theme", ""),
                ("audience", ""),
                ("filter", ""),
            ],
            History::Replace,
        );
    };
    view! {
        <Button kind=ButtonKind::Secondary on_press=clear>
            {tr!(catalogue.clear)}
        </Button>
    }
    .into_any()
}

/// Everything that can be chosen, each with the number it would keep.
fn choices(
    pack: Arc<CataloguePack>,
    navigation: Navigation,
    selection: Memo<Selection>,
) -> AnyView {
    let language = use_language();
    let clear = dynamic(move || {
        if selection.read().is_empty() {
            ().into_any()
        } else {
            clear_button(navigation)
        }
    });
    let departments = {
        let pack = pack.clone();
        let options = move || departments(language.get(), &pack, &selection.read());
        // Events of another department would keep nothing.
        let choose = move |value: String| {
            navigation.set_query(&[("department", &value), ("theme", "")], History::Replace);
        };
        select(
            "choose-department",
            tr!(catalogue.department),
            options,
            choose,
        )
    };
    let themes = {
        let pack = pack.clone();
        let options = move || themes(language.get(), &pack, &selection.read());
        let choose = move |value: String| {
            navigation.set_query(&[("theme", &value)], History::Replace);
        };
        select("choose-theme", tr!(catalogue.theme), options, choose)
    };
    let audiences = {
        let pack = pack.clone();
        let options = move || audiences(language.get(), &pack, &selection.read());
        let choose = move |value: String| {
            navigation.set_query(&[("audience", &value)], History::Replace);
        };
        select("choose-audience", tr!(catalogue.audience), options, choose)
    };
    let filters = Filter::ALL
        .into_iter()
        .map(|filter| filter_box(filter, &pack, navigation, selection))
        .collect_view();
    view! {
        <details class="yc-disclosure" open=is_wide()>
            <summary class="yc-disclosure__summary">{tr!(catalogue.narrow)}</summary>
            <div class="yc-disclosure__body">
                {departments} {themes} {audiences}
                <fieldset class="yc-group yc-filters">
                    <legend class="yc-filters__title">{tr!(catalogue.filters)}</legend>
                    {filters}
                </fieldset>
                {clear}
            </div>
        </details>
    }
    .into_any()
}

fn departments(language: Language, pack: &CataloguePack, selection: &Selection) -> AnyView {
    let option = |department: Option<Department>| {
        let words = department.map_or_else(
            || tr_in!(language, catalogue.all_departments),
            |department| words::department(language, department),
        );
        let count = selection.count_in(department, &pack.services);
        select_option(
            department.map_or("", Department::id),
            words,
            count,
            selection.department == department,
        )
    };
    std::iter::once(None)
        .chain(Department::ALL.into_iter().map(Some))
        .map(option)
        .collect_view()
        .into_any()
}

fn themes(language: Language, pack: &CataloguePack, selection: &Selection) -> AnyView {
    let all = select_option(
        "",
        tr_in!(language, catalogue.all_themes),
        selection.count_about(None, &pack.services),
        selection.theme.is_none(),
    );
    let options = pack
        .themes
        .iter()
        .filter_map(|theme| {
            let is_selected = selection.theme.as_ref() == Some(&theme.id);
            let count = selection.count_about(Some(&theme.id), &pack.services);
            (count > 0 || is_selected)
                .then(|| select_option(&theme.id, theme.name.get(language), count, is_selected))
        })
        .collect_view();
    (all, options).into_any()
}

fn audiences(language: Language, pack: &CataloguePack, selection: &Selection) -> AnyView {
    let option = |audience: Option<Audience>| {
        let words = match audience {
            None => tr_in!(language, catalogue.everybody),
            Some(Audience::Individual) => tr_in!(language, catalogue.individual),
            Some(Audience::Enterprise) => tr_in!(language, catalogue.enterprise),
        };
        select_option(
            audience.map_or("", audience_id),
            words,
            selection.count_for(audience, &pack.services),
            selection.audience == audience,
        )
    };
    [None, Some(Audience::Individual), Some(Audience::Enterprise)]
        .map(option)
        .into_iter()
        .collect_view()
        .into_any()
}

fn select_option(value: &str, words: &str, count: usize, is_selected: bool) -> AnyView {
    view! {
        <option value=value.to_owned() selected=is_selected>
            {format!("{words} ({count})")}
        </option>
    }
    .into_any()
}

/// A choice whose options, with their numbers, change while the control itself stays.
fn select(
    id: &'static str,
    label: Signal<String>,
    options: impl Fn() -> AnyView + Send + 'static,
    on_change: impl Fn(String) + 'static,
) -> AnyView {
    view! {
        <div class="yc-field">
            <label class="yc-field__label" for=id>
                {label}
            </label>
            <select
                class="yc-input"
                id=id
                on:change=move |event| on_change(event_target_value(&event))
            >
                {dynamic(options)}
            </select>
        </div>
    }
    .into_any()
}

fn filter_box(
    filter: Filter,
    pack: &Arc<CataloguePack>,
    navigation: Navigation,
    selection: Memo<Selection>,
) -> AnyView {
    let words = match filter {
        Filter::ZeroTrips => tr!(catalogue.filter.zero_trips),
        Filter::OneTrip => tr!(catalogue.filter.one_trip),
        Filter::Instant => tr!(catalogue.filter.instant),
        Filter::Terminal => tr!(catalogue.filter.terminal),
        Filter::Post => tr!(catalogue.filter.post),
        Filter::City => tr!(catalogue.filter.city),
        Filter::Province => tr!(catalogue.filter.province),
        Filter::Nation => tr!(catalogue.filter.nation),
    };
    let pack = pack.clone();
    let count = Signal::derive(move || {
        selection
            .read()
            .count_with(filter, &pack.services)
            .to_string()
    });
    let is_on = Signal::derive(move || selection.read().filters.contains(&filter));
    let id = ["filter-", filter.id()].concat();
    view! {
        <div class="yc-choice">
            <input
                class="yc-choice__input"
                type="checkbox"
                id=id.clone()
                prop:checked=is_on
                on:change=move |_| {
                    let value = selection.read_untracked().toggled(filter);
                    navigation.set_query(&[("filter", &value)], History::Replace);
                }
            />
            <label class="yc-choice__label" for=id>
                {words}
                <span class="yc-count">{count}</span>
            </label>
        </div>
    }
    .into_any()
}
