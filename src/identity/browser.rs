//! The bridge to the browser: passkeys, camera, database, and the worker that verifies.

use super::call::CallError;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The names of the script and the styles, as the build wrote them.
const PARTS: &str = "ycParts";
/// What the script offers once it is loaded.
const BRIDGE: &str = "ycIdentity";

/// Why the browser did not do it: the name of the error where there is one, else its message. From
/// the worker that is the code of a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrowserError(pub String);

impl BrowserError {
    /// Whether the person, or the browser for them, said no.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(self.0.as_str(), "NotAllowedError" | "AbortError")
    }
}

impl From<JsValue> for BrowserError {
    fn from(error: JsValue) -> Self {
        let member = |name: &str| {
            let value = js_sys::Reflect::get(&error, &JsValue::from_str(name));
            value.ok().and_then(|value| value.as_string())
        };
        let text = match (member("name"), member("message")) {
            (Some(name), Some(message)) if name == "Error" => message,
            (Some(name), _) => name,
            _ => error.as_string().unwrap_or_default(),
        };
        Self(text)
    }
}

/// Loads the script and the styles, if they are not here yet.
///
/// # Errors
/// If one does not come.
pub async fn load() -> Result<(), BrowserError> {
    if get(&js_sys::global(), BRIDGE)?.is_object() {
        return Ok(());
    }
    let parts: js_sys::Array = get(&js_sys::global(), PARTS)?.dyn_into()?;
    let path = |index: u32| {
        let name = parts.get(index).as_string().unwrap_or_default();
        name.trim_start_matches('.').to_owned()
    };
    let script = element("script", &[("type", "module"), ("src", &path(0))])?;
    let styles = element("link", &[("rel", "stylesheet"), ("href", &path(1))])?;
    JsFuture::from(styles).await?;
    JsFuture::from(script).await?;
    Ok(())
}

/// Adds an element to the head; the promise waits until what it names is loaded.
fn element(name: &str, attributes: &[(&str, &str)]) -> Result<js_sys::Promise, BrowserError> {
    let element: web_sys::HtmlElement = document()
        .create_element(name)?
        .dyn_into()
        .map_err(JsValue::from)?;
    for (name, value) in attributes {
        element.set_attribute(name, value)?;
    }
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        element.set_onload(Some(&resolve));
        element.set_onerror(Some(&reject));
    });
    if let Some(head) = document().head() {
        head.append_child(&element)?;
    }
    Ok(promise)
}

fn get(object: &JsValue, name: &str) -> Result<JsValue, BrowserError> {
    Ok(js_sys::Reflect::get(object, &JsValue::from_str(name))?)
}

/// Calls a function of the script and waits for what it gives.
///
/// # Errors
/// What the browser says.
pub async fn call(name: &str, values: &[JsValue]) -> Result<JsValue, BrowserError> {
    load().await?;
    let result = call_now(name, values)?;
    if let Some(promise) = result.dyn_ref::<js_sys::Promise>() {
        return Ok(JsFuture::from(promise.clone()).await?);
    }
    Ok(result)
}

/// Calls a function of the script that is loaded already.
///
/// # Errors
/// What the browser says.
pub fn call_now(name: &str, values: &[JsValue]) -> Result<JsValue, BrowserError> {
    let bridge = get(&js_sys::global(), BRIDGE)?;
    let function: js_sys::Function = get(&bridge, name)?.dyn_into()?;
    let list = js_sys::Array::new();
    for value in values {
        list.push(value);
    }
    Ok(js_sys::Reflect::apply(&function, &bridge, &list)?)
}

/// Calls a function that gives a text.
///
/// # Errors
/// What the browser says; an empty message if it gives none.
pub async fn text(name: &str, values: &[JsValue]) -> Result<String, BrowserError> {
    let value = call(name, values).await?;
    value.as_string().ok_or(BrowserError(String::new()))
}

/// Asks the worker for something that it gives as JSON.
///
/// # Errors
/// The code of a reason.
pub async fn ask<T: serde::de::DeserializeOwned>(
    call: &str,
    values: &[JsValue],
) -> Result<T, BrowserError> {
    let mut all = vec![JsValue::from_str(call)];
    all.extend_from_slice(values);
    let text = text("ask", &all).await?;
    serde_json::from_str(&text).map_err(|_| BrowserError("damaged".to_owned()))
}

/// Seconds since 1970 by the server's clock, as far as it is known.
#[must_use]
pub fn now() -> f64 {
    let own = js_sys::Date::now() / 1000.0;
    call_now("now", &[])
        .ok()
        .and_then(|now| now.as_f64())
        .unwrap_or(own)
}

/// Keeps a text on this device, encrypted.
///
/// # Errors
/// If the device does not keep anything.
pub async fn keep(name: &str, text: &str) -> Result<(), BrowserError> {
    call("keep", &[name.into(), text.into()]).await.map(drop)
}

/// What was kept under this name.
///
/// # Errors
/// If the device does not keep anything.
pub async fn kept(name: &str) -> Result<Option<String>, BrowserError> {
    Ok(call("kept", &[name.into()]).await?.as_string())
}

/// Something kept as JSON; what can no longer be read counts as absent.
pub async fn kept_as<T: serde::de::DeserializeOwned>(name: &str) -> Option<T> {
    let text = kept(name).await.ok()??;
    serde_json::from_str(&text).ok()
}

/// Keeps something as JSON; a device that does not keep it works on without.
pub async fn keep_as(name: &str, value: &impl serde::Serialize) {
    if let Ok(text) = serde_json::to_string(value) {
        let _ = keep(name, &text).await;
    }
}

/// Listens to an event of the script (`yc-scan`, `yc-typed`) while the calling page lives.
pub fn listen(event: &'static str, act: impl Fn(JsValue) + 'static) {
    let handle = window_event_listener_untyped(event, move |event| {
        act(get(&event, "detail").unwrap_or(JsValue::UNDEFINED));
    });
    on_cleanup(move || handle.remove());
}

/// A member of an event's detail as a text.
#[must_use]
pub fn member(detail: &JsValue, name: &str) -> Option<String> {
    get(detail, name).ok()?.as_string()
}

impl From<BrowserError> for CallError {
    fn from(error: BrowserError) -> Self {
        Self::Browser(error)
    }
}
