use crate::api::use_packs;
use crate::ui::{Button, ButtonKind, Icon, IconName, Loadable};
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// How far keeping everything has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keeping {
    /// Not asked for.
    Idle,
    /// So many of so many.
    Going(u32, u32),
    /// Everything is on the device.
    Done,
    /// Something did not come.
    Failed,
    /// This browser keeps nothing for offline use.
    Impossible,
}

/// Asks the service worker to keep the details of all services on this device.
#[component]
pub fn KeepEverything() -> impl IntoView {
    let packs = use_packs();
    let catalogue = packs.catalogue().state;
    let keeping = RwSignal::new(Keeping::Idle);
    let press = move |_| {
        if let Loadable::Ready(catalogue) = catalogue.get_untracked() {
            let paths = packs.all_paths(&catalogue);
            let is_asked = ask_worker(&paths, keeping).is_some();
            keeping.set(if is_asked {
                Keeping::Going(0, 0)
            } else {
                Keeping::Impossible
            });
        }
    };
    let is_going = Signal::derive(move || matches!(keeping.get(), Keeping::Going(..)));
    let (done, failed) = (tr!(home.keep.done), tr!(home.keep.failed));
    let impossible = tr!(home.keep.impossible);
    let counts = move || match keeping.get() {
        Keeping::Going(done, total) => (done, total),
        _ => (0, 0),
    };
    let going = tr!(
        home.keep.going,
        done = move || counts().0,
        total = move || counts().1
    );
    // Spoken once, not for each of some hundred files.
    let outcome = move || match keeping.get() {
        Keeping::Idle | Keeping::Going(..) => String::new(),
        Keeping::Done => done.get(),
        Keeping::Failed => failed.get(),
        Keeping::Impossible => impossible.get(),
    };
    view! {
        <p class="yc-row yc-no-print">
            <Button kind=ButtonKind::Secondary is_disabled=is_going on_press=press>
                <Icon name=IconName::Save />
                {tr!(home.keep.button)}
            </Button>
            {move || is_going.get().then(|| view! { <span>{going}</span> })}
            <span role="status">{outcome}</span>
        </p>
    }
    .into_any()
}

/// Sends the paths to the service worker and listens to its progress; nothing where there is none.
fn ask_worker(paths: &[String], keeping: RwSignal<Keeping>) -> Option<()> {
    // Absent in private windows of some browsers, so it is looked up and not assumed.
    let container = js_sys::Reflect::get(window().navigator().as_ref(), &"serviceWorker".into())
        .ok()?
        .dyn_into::<web_sys::ServiceWorkerContainer>()
        .ok()?;
    let worker = container.controller()?;
    let channel = web_sys::MessageChannel::new().ok()?;
    let listen =
        Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
            if let Some(state) = read(&event.data()) {
                keeping.try_set(state);
            }
        });
    channel
        .port1()
        .set_onmessage(Some(listen.as_ref().unchecked_ref()));
    // It lives as long as the worker may still answer, which may be after this page.
    listen.forget();

    let list: js_sys::Array = paths.iter().map(|path| JsValue::from_str(path)).collect();
    let message = js_sys::Object::new();
    js_sys::Reflect::set(&message, &"type".into(), &"keep-all".into()).ok()?;
    js_sys::Reflect::set(&message, &"paths".into(), &list).ok()?;
    let transfer = js_sys::Array::of1(&channel.port2());
    worker
        .post_message_with_transferable(&message, &transfer)
        .ok()
}

fn read(data: &JsValue) -> Option<Keeping> {
    let value = |name: &str| js_sys::Reflect::get(data, &name.into()).ok();
    if let Some(is_finished) = value("finished").and_then(|finished| finished.as_bool()) {
        return Some(if is_finished {
            Keeping::Done
        } else {
            Keeping::Failed
        });
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let count = |name: &str| Some(value(name)?.as_f64()? as u32);
    Some(Keeping::Going(count("done")?, count("total")?))
}
