//! The timetable of a plan: drawn as bars over working days, with the same facts as a table.

use super::{names, takes_part};
use crate::components::words;
use leptos::prelude::*;
use yichuang_contract::Language;
use yichuang_contract::plan::{Plan, PlanItem};

/// Width of the drawing; it scales with the page.
const WIDTH: f64 = 360.0;
/// Height of one item: its name, then its bar.
const ROW: f64 = 46.0;
/// Where the bars begin and end.
const LEFT: f64 = 8.0;
const RIGHT: f64 = 352.0;

/// The section; nothing if everything is done on the spot.
pub fn section(language: Language, plan: &Plan) -> Option<AnyView> {
    let items: Vec<&PlanItem> = plan.items.iter().filter(|item| takes_part(item)).collect();
    if plan.working_days == 0 || items.is_empty() {
        return None;
    }
    Some(
        view! {
            <section class="yc-section" aria-labelledby="timetable">
                <h2 id="timetable">{tr_in!(language, bundle.plan.timetable)}</h2>
                <p class="yc-hint">{tr_in!(language, bundle.plan.timetable_hint)}</p>
                {drawing(language, plan, &items)}
                {table(language, plan, &items)}
            </section>
        }
        .into_any(),
    )
}

fn drawing(language: Language, plan: &Plan, items: &[&PlanItem]) -> AnyView {
    let length = f64::from(plan.working_days.max(1));
    let at = |day: u16| LEFT + (RIGHT - LEFT) * f64::from(day) / length;
    let rows = items
        .iter()
        .enumerate()
        .map(|(number, item)| {
            #[allow(clippy::cast_precision_loss)]
            let top = ROW * number as f64;
            let from = at(item.begins);
            let width = at(item.begins + item.days) - from;
            let mut class = "yc-bar".to_owned();
            if item.is_critical {
                class.push_str(" yc-bar--critical");
            }
            if item.is_open_ended {
                class.push_str(" yc-bar--open");
            }
            // What takes no day is a mark, not a bar.
            let width = if width < 6.0 { 6.0 } else { width };
            let from = if from + width > RIGHT {
                RIGHT - width
            } else {
                from
            };
            view! {
                <text class="yc-timetable__name" x=LEFT y=top + 16.0>
                    {shortened(item.name.get(language), language)}
                </text>
                <line class="yc-timetable__line" x1=LEFT x2=RIGHT y1=top + 32.0 y2=top + 32.0 />
                <rect class=class x=from y=top + 25.0 width=width height="14" rx="3" />
            }
        })
        .collect_view();
    #[allow(clippy::cast_precision_loss)]
    let height = ROW * items.len() as f64;
    let first = tr_in!(language, bundle.plan.today).to_owned();
    let last = plan.finish_on.as_ref().map_or_else(
        || words::working_days(language, plan.working_days),
        |day| words::date(language, day),
    );
    let view_box = format!("0 0 {WIDTH} {}", height + 26.0);
    view! {
        <svg class="yc-timetable" viewBox=view_box aria-hidden="true" focusable="false">
            {rows}
            <text class="yc-timetable__day" x=LEFT y=height + 18.0>
                {first}
            </text>
            <text class="yc-timetable__day" x=RIGHT y=height + 18.0 text-anchor="end">
                {last}
            </text>
        </svg>
    }
    .into_any()
}

/// A name that fits the drawing; the table has it in full.
fn shortened(name: &str, language: Language) -> String {
    let most = match language {
        Language::Chinese => 23,
        Language::English => 46,
    };
    if name.chars().count() <= most {
        return name.to_owned();
    }
    name.chars().take(most - 1).chain(['…']).collect()
}

fn table(language: Language, plan: &Plan, items: &[&PlanItem]) -> AnyView {
    let day = |day: &Option<String>| {
        day.as_ref()
            .map_or_else(String::new, |day| words::date(language, day))
    };
    let rows = items
        .iter()
        .map(|item| {
            let days = if item.is_open_ended {
                tr_in!(language, bundle.plan.open_ended).to_owned()
            } else {
                words::working_days(language, item.days)
            };
            view! {
                <tr>
                    <th scope="row">{item.name.get(language).to_owned()}</th>
                    <td>{day(&item.begins_on)}</td>
                    <td>{day(&item.ends_on)}</td>
                    <td>{days}</td>
                    <td>{names(language, plan, &item.after)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="yc-disclosure yc-print-open">
            <summary class="yc-disclosure__summary">
                {tr_in!(language, bundle.plan.as_table)}
            </summary>
            <div class="yc-disclosure__body yc-table-frame" tabindex="0">
                <table class="yc-table">
                    <thead>
                        <tr>
                            <th scope="col">{tr_in!(language, bundle.plan.item)}</th>
                            <th scope="col">{tr_in!(language, bundle.plan.begins)}</th>
                            <th scope="col">{tr_in!(language, bundle.plan.ends)}</th>
                            <th scope="col">{tr_in!(language, bundle.plan.days)}</th>
                            <th scope="col">{tr_in!(language, bundle.plan.waits_for)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_shortened_by_characters_not_bytes() {
        let long = "户".repeat(30);
        assert_eq!(shortened(&long, Language::Chinese).chars().count(), 23);
        assert_eq!(shortened("出生登记", Language::Chinese), "出生登记");
    }
}
