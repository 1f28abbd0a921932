//! The languages of the product.
//!
//! Fixed sentences live in content/locales and are reached with [`tr!`](crate::tr); sentences of
//! the content come as [`Text`] and are shown with [`localized`]. Both give signals of one
//! type, so that a change of language re-words a page without rebuilding it, and so that the
//! compiler makes one copy of the code that shows them.

use crate::i18n::Locale;
use crate::preferences::use_preferences;
use leptos::prelude::*;
use yichuang_contract::{Language, Text};

/// A fixed sentence as a signal: `tr!(common.search)`, or with values
/// `tr!(common.results, count = move || count.get())`; values are closures, asked anew on change.
#[macro_export]
macro_rules! tr {
    ($namespace:ident . $($key:ident).+) => {
        $crate::locale::message(|locale| {
            $crate::i18n::td_string!(locale, $namespace.$($key).+)
        })
    };
    ($namespace:ident . $($key:ident).+, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::locale::sentence({
            $(let $name = $value;)+
            move |locale| {
                $(let $name = $name();)+
                $crate::i18n::td_string!(locale, $namespace.$($key).+, $($name = $name),+).to_string()
            }
        })
    };
}

/// A fixed sentence in a language that is already known, as `&'static str` or, with values,
/// `String`: for lists that are rebuilt as a whole when the language changes.
#[macro_export]
macro_rules! tr_in {
    ($language:expr, $namespace:ident . $($key:ident).+ $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::i18n::td_string!($crate::locale::locale_of($language), $namespace.$($key).+ $(, $name = $value)*)
    };
}

/// The current language.
#[must_use]
pub fn use_language() -> Signal<Language> {
    use_preferences().language.into()
}

/// The key under which the sentences of a language were compiled in.
#[must_use]
pub const fn locale_of(language: Language) -> Locale {
    match language {
        Language::Chinese => Locale::zh_Hans,
        Language::English => Locale::en,
    }
}

/// A fixed sentence; use [`tr!`](crate::tr).
pub fn message(text: fn(Locale) -> &'static str) -> Signal<String> {
    let language = use_language();
    Signal::derive(move || text(locale_of(language.get())).to_owned())
}

/// A sentence with values; use [`tr!`](crate::tr).
pub fn sentence(text: impl Fn(Locale) -> String + Send + Sync + 'static) -> Signal<String> {
    let language = use_language();
    Signal::derive(move || text(locale_of(language.get())))
}

/// A sentence of the content in the current language.
#[must_use]
pub fn localized(text: Text) -> Signal<String> {
    let language = use_language();
    Signal::derive(move || text.get(language.get()).to_owned())
}
