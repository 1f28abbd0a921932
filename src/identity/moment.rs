//! Moments and spans of time in words, by the browser's own rules for a language.

use crate::locale::use_language;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use yichuang_contract::Language;

/// A moment (milliseconds since 1970) as day and time of day.
#[must_use]
pub fn moment(language: Language, milliseconds: i64) -> String {
    // Exact for three hundred thousand years.
    let date = js_sys::Date::new(&JsValue::from_f64(milliseconds as f64));
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_string(language.tag(), &options).into()
}

/// A moment as a signal.
#[must_use]
pub fn moment_signal(milliseconds: i64) -> Signal<String> {
    let language = use_language();
    Signal::derive(move || moment(language.get(), milliseconds))
}

/// How long ago: minutes, hours or days.
#[must_use]
pub fn span(language: Language, seconds: f64) -> String {
    let minutes = (seconds.max(0.0) / 60.0).floor() as u32;
    match minutes {
        0 => tr_in!(language, identity.span.now).to_owned(),
        1..=119 => tr_in!(language, identity.span.minutes, count = minutes).to_string(),
        120..=2879 => tr_in!(language, identity.span.hours, count = minutes / 60).to_string(),
        _ => tr_in!(language, identity.span.days, count = minutes / 1440).to_string(),
    }
}
