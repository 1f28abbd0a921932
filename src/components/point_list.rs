use crate::api::use_packs;
use crate::components::words;
use crate::locale::use_language;
use crate::ui::{Button, ButtonKind, LoadableView};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use yichuang_contract::Language;
use yichuang_contract::pack::PointsPack;
use yichuang_contract::point::{OpeningHours, PointKind, ServicePoint};
use yichuang_contract::service::Department;

/// Points shown before "show more".
const SHOWN_AT_FIRST: usize = 6;
/// District remembered on this device, by its Chinese name.
const DISTRICT_KEY: &str = "yc-district";

/// Where a service can be handed in (办理点): the points of its department, by district.
///
/// The points are a pack of their own and load when this is shown.
///
/// Loaded when it is wanted: [`crate::chunks::point_list`].
pub fn point_list((department, has_terminal): (Department, bool)) -> AnyView {
    let language = use_language();
    let district = RwSignal::new(crate::storage::read(DISTRICT_KEY).unwrap_or_default());
    let is_whole = RwSignal::new(false);
    let choose = move |name: String| {
        crate::storage::write(DISTRICT_KEY, &name);
        is_whole.set(false);
        district.set(name);
    };
    let pack = use_packs().points();
    let show = move |points: Arc<PointsPack>| {
        let points: Vec<ServicePoint> = points
            .points
            .iter()
            .filter(|point| serves(point, department, has_terminal))
            .cloned()
            .collect();
        let points = StoredValue::new(points);
        view! {
            <div class="yc-points">
                {move || {
                    points
                        .with_value(|points| {
                            district_choice(language.get(), points, district, choose)
                        })
                }}
                <div aria-live="polite">
                    {move || {
                        points
                            .with_value(|points| {
                                list(language.get(), points, &district.get(), is_whole)
                            })
                    }}
                </div>
            </div>
        }
        .into_any()
    };
    view! { <LoadableView state=pack.state retry=pack.retry view=show /> }.into_any()
}

/// Whether the service can be handed in at this point; a bare terminal only takes what runs on it.
fn serves(point: &ServicePoint, department: Department, has_terminal: bool) -> bool {
    point.departments.contains(&department) && (has_terminal || point.kind != PointKind::Kiosk24h)
}

fn district_choice(
    language: Language,
    points: &[ServicePoint],
    district: RwSignal<String>,
    choose: impl Fn(String) + Copy + 'static,
) -> AnyView {
    let mut counts: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for point in points {
        counts
            .entry(&point.district.zh)
            .or_insert((point.district.get(language), 0))
            .1 += 1;
    }
    let option = |value: String, label: String| {
        let is_chosen = value.clone();
        view! {
            <option value=value selected=move || district.get() == is_chosen>
                {label}
            </option>
        }
    };
    view! {
        <label class="yc-points__label" for="district">
            {tr_in!(language, service.place.district)}
        </label>
        <select
            id="district"
            class="yc-points__select"
            on:change=move |event| choose(event_target_value(&event))
        >
            {option(
                String::new(),
                format!("{} ({})", tr_in!(language, service.place.all_districts), points.len()),
            )}
            {counts
                .iter()
                .map(|(id, (name, count))| option((*id).to_owned(), format!("{name} ({count})")))
                .collect_view()}
        </select>
    }
    .into_any()
}

fn list(
    language: Language,
    points: &[ServicePoint],
    district: &str,
    is_whole: RwSignal<bool>,
) -> AnyView {
    let mut here: Vec<&ServicePoint> = points
        .iter()
        .filter(|point| district.is_empty() || point.district.zh == district)
        .collect();
    if here.is_empty() {
        return view! { <p>{tr_in!(language, service.place.none_here)}</p> }.into_any();
    }
    // Whoever has to go somewhere is served best by a hall, then a station.
    here.sort_by_key(|point| rank(point.kind));
    let count = here.len();
    let words = match count {
        1 => tr_in!(language, service.place.one).to_owned(),
        count => tr_in!(language, service.place.count, count = count),
    };
    let shown = if is_whole.get() {
        count
    } else {
        count.min(SHOWN_AT_FIRST)
    };
    let rest = count - shown;
    view! {
        <p class="yc-count">{words}</p>
        <ul class="yc-points__list">
            {here[..shown].iter().map(|point| item(language, point)).collect_view()}
        </ul>
        {(rest > 0)
            .then(|| {
                view! {
                    <Button kind=ButtonKind::Quiet on_press=move |_| is_whole.set(true)>
                        {tr_in!(language, service.place.more, count = rest)}
                    </Button>
                }
            })}
    }
    .into_any()
}

const fn rank(kind: PointKind) -> u8 {
    match kind {
        PointKind::Hall => 0,
        PointKind::SelfServiceHall => 1,
        PointKind::Station => 2,
        PointKind::Kiosk24h => 3,
        PointKind::CommunityOffice => 4,
    }
}

fn item(language: Language, point: &ServicePoint) -> AnyView {
    let kind = match point.kind {
        PointKind::Hall => tr_in!(language, service.place.kind_hall),
        PointKind::Station => tr_in!(language, service.place.kind_station),
        PointKind::CommunityOffice => tr_in!(language, service.place.kind_community),
        PointKind::Kiosk24h => tr_in!(language, service.place.kind_kiosk),
        PointKind::SelfServiceHall => tr_in!(language, service.place.kind_self_service),
    };
    let features: Vec<&str> = point
        .accessible
        .iter()
        .map(|feature| feature_word(language, feature))
        .collect();
    let telephone = ["tel:", &point.phone].concat();
    view! {
        <li class="yc-points__item">
            <h3 class="yc-points__name">{point.name.get(language).to_owned()}</h3>
            <p class="yc-points__line yc-points__line--quiet">
                {kind} " · " {point.district.get(language).to_owned()}
            </p>
            <p class="yc-points__line" lang="zh-Hans">{point.address.clone()}</p>
            <p class="yc-points__line">{hours(language, &point.hours)}</p>
            {point
                .hours
                .note
                .as_ref()
                .map(|note| {
                    view! { <p class="yc-points__line">{note.get(language).to_owned()}</p> }
                })}
            {(point.terminals > 0)
                .then(|| {
                    view! {
                        <p class="yc-points__line">
                            {tr_in!(language, service.place.terminals, count = point.terminals)}
                        </p>
                    }
                })}
            {(!features.is_empty())
                .then(|| {
                    let features = features.join(words::separator(language));
                    view! {
                        <p class="yc-points__line">
                            {tr_in!(language, service.place.accessible, features = features)}
                        </p>
                    }
                })}
            <p class="yc-points__line">
                <a class="yc-points__phone" href=telephone>
                    {tr_in!(language, service.place.phone, phone = point.phone.clone())}
                </a>
            </p>
            {point
                .is_demonstration
                .then(|| {
                    view! {
                        <p class="yc-points__line yc-points__line--quiet">
                            {tr_in!(language, service.place.demonstration)}
                        </p>
                    }
                })}
        </li>
    }
    .into_any()
}

fn hours(language: Language, hours: &OpeningHours) -> String {
    let part = |hours: &str| match hours {
        "" => tr_in!(language, service.place.closed).to_owned(),
        hours => hours.replace(',', words::separator(language)),
    };
    let (weekday, saturday, sunday) = (
        part(&hours.weekday),
        part(&hours.saturday),
        part(&hours.sunday),
    );
    if weekday == saturday && saturday == sunday {
        return tr_in!(language, service.place.every_day, hours = weekday);
    }
    [
        tr_in!(language, service.place.weekday, hours = weekday),
        tr_in!(language, service.place.saturday, hours = saturday),
        tr_in!(language, service.place.sunday, hours = sunday),
    ]
    .join(match language {
        Language::Chinese => "；",
        Language::English => "; ",
    })
}

/// The words of an accessibility feature; one that this program does not know shows its identifier.
fn feature_word(language: Language, feature: &str) -> &str {
    match feature {
        "ramp" => tr_in!(language, service.access.ramp),
        "lift" => tr_in!(language, service.access.lift),
        "tactile-path" => tr_in!(language, service.access.tactile_path),
        "accessible-toilet" => tr_in!(language, service.access.accessible_toilet),
        "nursing-room" => tr_in!(language, service.access.nursing_room),
        "wheelchair-loan" => tr_in!(language, service.access.wheelchair_loan),
        "hearing-loop" => tr_in!(language, service.access.hearing_loop),
        "low-counter" => tr_in!(language, service.access.low_counter),
        "sign-language-video" => tr_in!(language, service.access.sign_language_video),
        "low-screen" => tr_in!(language, service.access.low_screen),
        "voice-prompt" => tr_in!(language, service.access.voice_prompt),
        other => other,
    }
}
