//! The answer: a colour with its shape and its word, one reason, what to do, and the next guest.

use super::state::{Answer, DeskState};
use crate::identity::call::explain;
use crate::locale::use_language;
use crate::ui::{Button, ButtonKind, dynamic, qr};
use leptos::prelude::*;
use yichuang_contract::Language;
use yichuang_credential_browser::message::{Checked, Guest, Words};

/// While nobody is being checked: the counter's own code, for the guest to scan first.
pub fn waiting(desk: DeskState) -> AnyView {
    let picture = dynamic(move || {
        if desk.has_no_code.get() {
            return view! { <p role="alert">{tr!(desk.code.failed)}</p> }.into_any();
        }
        match desk.code.get().as_deref().and_then(qr::modules) {
            Some(modules) => qr::qr(modules, tr!(desk.code.label)),
            None => ().into_any(),
        }
    });
    view! {
        <h2 class="yc-desk__ready">{tr!(desk.ready)}</h2>
        <p>{tr!(desk.code.text)}</p>
        <div class="yc-desk__code">{picture}</div>
    }
    .into_any()
}

/// An answer.
pub fn view(desk: DeskState, answer: Answer) -> AnyView {
    match answer {
        Answer::Verdict(checked) => verdict(desk, *checked),
        Answer::Unreadable => unreadable(desk),
        Answer::NotLookedUp(error) => view! {
            {explain(&error)}
            {buttons(desk, "red", None)}
        }
        .into_any(),
    }
}

fn unreadable(desk: DeskState) -> AnyView {
    card(
        desk,
        "red",
        "unreadable",
        tr!(desk.unreadable.what),
        tr!(desk.unreadable.advice),
        None,
        None,
    )
}

fn verdict(desk: DeskState, checked: Checked) -> AnyView {
    let guest = checked.guest.clone().map(guest);
    let (what, advice) = (words(checked.what.clone()), words(checked.advice.clone()));
    let (light, reason) = (checked.light.clone(), checked.reason.clone());
    let check_in = checked.guest.is_some().then_some(checked);
    card(desk, &light, &reason, what, advice, guest, check_in)
}

fn card(
    desk: DeskState,
    light: &str,
    reason: &str,
    what: Signal<String>,
    advice: Signal<String>,
    guest: Option<AnyView>,
    check_in: Option<Checked>,
) -> AnyView {
    // The shape repeats what the colour says.
    let (shape, word) = match light {
        "green" => ("✔", tr!(desk.light.green)),
        "amber" => ("!", tr!(desk.light.amber)),
        _ => ("✘", tr!(desk.light.red)),
    };
    let class = ["yc-verdict yc-verdict--", light].concat();
    view! {
        <section class=class data-reason=reason.to_owned()>
            <h2 class="yc-verdict__word">
                <span class="yc-verdict__shape" aria-hidden="true">
                    {shape}
                </span>
                " "
                {word}
            </h2>
            {guest}
            <p class="yc-verdict__what">{what}</p>
            <p class="yc-verdict__advice">{advice}</p>
            {buttons(desk, light, check_in)}
        </section>
    }
    .into_any()
}

fn guest(guest: Guest) -> AnyView {
    view! {
        <p class="yc-verdict__guest">
            <strong class="yc-verdict__name">{guest.name}</strong>
            <span class="yc-verdict__number">{guest.number}</span>
        </p>
    }
    .into_any()
}

/// One touch: on green the guest is checked in by it.
fn buttons(desk: DeskState, light: &str, check_in: Option<Checked>) -> AnyView {
    let next = move |_| desk.next();
    let Some(checked) = check_in else {
        return view! {
            <div class="yc-actions">
                <Button on_press=next>{tr!(desk.next)}</Button>
            </div>
        }
        .into_any();
    };
    let accept = move |_| desk.check_in(checked.clone());
    let (accept_label, next_label) = if light == "green" {
        (tr!(desk.check_in), tr!(desk.no_check_in))
    } else {
        (tr!(desk.check_in_anyway), tr!(desk.no_check_in))
    };
    view! {
        <div class="yc-actions">
            <Button on_press=accept>{accept_label}</Button>
            <Button kind=ButtonKind::Secondary on_press=next>
                {next_label}
            </Button>
        </div>
    }
    .into_any()
}

fn words(words: Words) -> Signal<String> {
    let language = use_language();
    Signal::derive(move || match language.get() {
        Language::Chinese => words.zh.clone(),
        Language::English => words.en.clone(),
    })
}
