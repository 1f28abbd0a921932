use crate::chunks::code_picture;
use crate::components::words;
use crate::locale::use_language;
use crate::ui::{Button, ButtonKind, Dialog, Icon, IconName};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What became of sharing a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shared {
    /// Nothing was tried yet.
    Nothing,
    /// The link is on the clipboard.
    Copied,
    /// Neither sharing nor copying worked: the link is shown to be copied by hand.
    Refused,
}

/// Print, share and QR code of a page: how it leaves this screen.
#[component]
pub fn TakeAway(
    /// Title to share it under.
    #[prop(into)]
    title: Signal<String>,
    /// The page's whole address.
    #[prop(into)]
    address: Signal<String>,
    /// What a person reads aloud where no camera is at hand.
    #[prop(optional, into)]
    short_code: Option<Signal<String>>,
    /// Words of the print button.
    print_label: Signal<String>,
    /// Words of the QR button and title of its dialog.
    qr_label: Signal<String>,
    /// What the code holds.
    qr_hint: Signal<String>,
    /// Further buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let shared = RwSignal::new(Shared::Nothing);
    let is_code_open = RwSignal::new(false);
    let share = move |_| {
        let (title, address) = (title.get_untracked(), address.get_untracked());
        spawn_local(async move {
            let outcome = share_or_copy(&title, &address).await;
            // The page may be gone before the person has chosen where to share.
            shared.try_set(outcome);
        });
    };
    view! {
        <div class="yc-take-away">
            {children.map(|children| children())}
            <Button
                kind=ButtonKind::Secondary
                on_press=move |_| {
                    let _ = window().print();
                }
            >
                <Icon name=IconName::Print />
                {print_label}
            </Button>
            <Button kind=ButtonKind::Secondary on_press=move |_| is_code_open.set(true)>
                <Icon name=IconName::Code />
                {qr_label}
            </Button>
            <Button kind=ButtonKind::Secondary on_press=share>
                <Icon name=IconName::Share />
                {if can_share() { tr!(service.actions.share) } else { tr!(service.actions.copy) }}
            </Button>
        </div>
        <div class="yc-take-away__message" role="status">
            {move || match shared.get() {
                Shared::Nothing => ().into_any(),
                Shared::Copied => tr!(service.actions.copied).into_any(),
                Shared::Refused => {
                    view! {
                        <label>
                            {tr!(service.actions.copy_failed)}
                            <input
                                class="yc-take-away__address"
                                readonly=true
                                prop:value=address
                            />
                        </label>
                    }
                        .into_any()
                }
            }}
        </div>
        <Dialog is_open=is_code_open title=qr_label>
            <div class="yc-qr-dialog">
                <div class="yc-qr-dialog__code">{code_picture(address)}</div> <p>{qr_hint}</p>
                {short_code
                    .map(|code| {
                        view! {
                            <p>
                                {tr!(service.actions.short_code)}<br />
                                <span class="yc-short-code">{code}</span>
                            </p>
                        }
                    })} <p class="yc-qr-dialog__address">{address}</p>
            </div>
        </Dialog>
    }
    .into_any()
}

/// The foot of a printed page: where it comes from, as a code and in letters, and when.
#[component]
pub fn PrintedFrom(
    /// The page's whole address.
    #[prop(into)]
    address: Signal<String>,
) -> impl IntoView {
    let language = use_language();
    let today = Signal::derive(move || words::date(language.get(), &words::today()));
    view! {
        <div class="yc-print-only">
            <div class="yc-printed">
                <div class="yc-printed__code">{code_picture(address)}</div>
                <p class="yc-printed__address">
                    {tr!(service.printed.from, address = move || address.get())}<br />
                    {tr!(service.printed.on, date = move || today.get())}
                </p>
            </div>
        </div>
    }
    .into_any()
}

/// Whether this browser hands links to other applications (Web Share).
fn can_share() -> bool {
    js_sys::Reflect::has(&window().navigator(), &JsValue::from_str("share")).unwrap_or(false)
}

async fn share_or_copy(title: &str, address: &str) -> Shared {
    if can_share() {
        return match share(title, address).await {
            // Closing the chooser is not a failure to be reported.
            Ok(()) | Err(ShareError::Cancelled) => Shared::Nothing,
            Err(ShareError::Failed) => copy(address).await,
        };
    }
    copy(address).await
}

enum ShareError {
    Cancelled,
    Failed,
}

async fn share(title: &str, address: &str) -> Result<(), ShareError> {
    let data = js_sys::Object::new();
    let set = |name: &str, value: &str| {
        js_sys::Reflect::set(&data, &JsValue::from_str(name), &JsValue::from_str(value))
    };
    let _ = set("title", title);
    let _ = set("url", address);
    call(&window().navigator(), "share", &data)
        .await
        .map_err(|error| {
            let name = js_sys::Reflect::get(&error, &JsValue::from_str("name"));
            match name.ok().and_then(|name| name.as_string()).as_deref() {
                Some("AbortError") => ShareError::Cancelled,
                _ => ShareError::Failed,
            }
        })
}

async fn copy(address: &str) -> Shared {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"));
    match clipboard {
        Ok(clipboard) if clipboard.is_object() => {
            match call(&clipboard, "writeText", &JsValue::from_str(address)).await {
                Ok(()) => Shared::Copied,
                Err(_) => Shared::Refused,
            }
        }
        _ => Shared::Refused,
    }
}

/// Calls a method that returns a promise, on an object that may not have it.
async fn call(object: &JsValue, method: &str, argument: &JsValue) -> Result<(), JsValue> {
    let function = js_sys::Reflect::get(object, &JsValue::from_str(method))?;
    let function: js_sys::Function = function.dyn_into()?;
    let promise: js_sys::Promise = function.call1(object, argument)?.dyn_into()?;
    JsFuture::from(promise).await.map(|_| ())
}
