//! The ways in: a camera, a scanner that types, a picture, a text.

use super::state::{Answer, DeskState};
use crate::identity::browser;
use crate::ui::{Button, ButtonKind, Notification, NotificationKind, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;

const CAMERA: &str = "desk-camera";
const FILE: &str = "desk-file";

/// Takes what the script tells.
pub fn listen(desk: DeskState) {
    browser::listen("yc-scan", move |detail| desk.scanned(&detail));
    browser::listen("yc-typed", move |detail| {
        if let Some(text) = detail.as_string() {
            desk.typed(text);
        }
    });
    let _ = browser::call_now("listenToKeys", &[true.into()]);
}

/// Camera, picture and text.
pub fn view(desk: DeskState) -> AnyView {
    view! {
        {camera()}
        {picture()}
        {text(desk)}
        <div class="yc-actions">
            <Button
                kind=ButtonKind::Quiet
                on_press=move |_| desk.tell(Answer::Unreadable, "red")
            >
                {tr!(desk.input.unreadable)}
            </Button>
        </div>
    }
    .into_any()
}

/// What the camera does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Camera {
    Off,
    On,
    Refused,
    Missing,
}

fn camera() -> AnyView {
    let camera = RwSignal::new(Camera::Off);
    let start = move |_| {
        camera.set(Camera::On);
        spawn_local(async move {
            let started = browser::call("startCamera", &[CAMERA.into(), true.into()]).await;
            if let Err(error) = started {
                camera.try_set(if error.is_refusal() {
                    Camera::Refused
                } else {
                    Camera::Missing
                });
            }
        });
    };
    let stop = move |_| {
        let _ = browser::call_now("stopCamera", &[]);
        camera.set(Camera::Off);
    };
    let button = dynamic(move || {
        match camera.get() {
        Camera::On => {
            view! { <Button kind=ButtonKind::Secondary on_press=stop>{tr!(desk.input.camera_off)}</Button> }
                .into_any()
        }
        _ => {
            view! { <Button kind=ButtonKind::Secondary on_press=start>{tr!(desk.input.camera_on)}</Button> }
                .into_any()
        }
    }
    });
    let trouble = dynamic(move || {
        let words = match camera.get() {
            Camera::Refused => tr!(desk.input.camera_refused),
            Camera::Missing => tr!(desk.input.camera_missing),
            _ => return ().into_any(),
        };
        view! {
            <Notification kind=NotificationKind::Warning>
                <p role="alert">{words}</p>
            </Notification>
        }
        .into_any()
    });
    view! {
        <video
            id=CAMERA
            class="yc-desk__camera"
            class:yc-desk__camera--on=move || camera.get() == Camera::On
            aria-label=tr!(desk.input.camera_label)
            muted
            playsinline
        ></video>
        {trouble}
        {button}
    }
    .into_any()
}

fn picture() -> AnyView {
    let has_none = RwSignal::new(false);
    let read = move |_| {
        has_none.set(false);
        spawn_local(async move {
            let found = browser::call("readFile", &[FILE.into(), true.into()]).await;
            let is_found = found.is_ok_and(|found| found.is_truthy());
            has_none.try_set(!is_found);
        });
    };
    view! {
        <div class="yc-field">
            <label class="yc-field__label" for=FILE>
                {tr!(desk.input.picture)}
            </label>
            <input class="yc-input" id=FILE type="file" accept="image/*" on:change=read />
            <p class="yc-hint" role="status">
                {move || {
                    has_none.get().then(|| view! { <strong>{tr!(desk.input.no_code)}</strong> })
                }}
            </p>
        </div>
    }
    .into_any()
}

fn text(desk: DeskState) -> AnyView {
    let text = RwSignal::new(String::new());
    let check = move || {
        desk.typed(text.get_untracked());
        text.set(String::new());
    };
    view! {
        <form
            class="yc-field"
            on:submit=move |event| {
                event.prevent_default();
                check();
            }
        >
            <label class="yc-field__label" for="desk-text">
                {tr!(desk.input.text)}
            </label>
            <p class="yc-hint" id="desk-text-hint">
                {tr!(desk.input.text_hint)}
            </p>
            <input
                class="yc-input"
                id="desk-text"
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="desk-text-hint"
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
            />
            <button type="submit" class="yc-button yc-button--secondary">
                {tr!(desk.input.check)}
            </button>
        </form>
    }
    .into_any()
}
