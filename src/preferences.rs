//! What a person chose on this device: language, size of print (关怀版), colours.
//! The browser's own settings are the default. The choices become attributes of `<html>`, which
//! the style sheets read; public/boot.js sets the same attributes before the first paint.

use crate::storage;
use leptos::prelude::*;
use yichuang_contract::Language;

const LANGUAGE_KEY: &str = "yc-language";
const PRINT_KEY: &str = "yc-print-size";
const SCHEME_KEY: &str = "yc-scheme";

/// Size of print and of everything that is touched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrintSize {
    /// As the browser says.
    #[default]
    Standard,
    /// Large print with fewer things on a page (关怀版).
    Large,
}

/// Colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// As the device says.
    #[default]
    Automatic,
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Scheme {
    /// Its name in storage and in the attribute.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Automatic => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The scheme of this name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Automatic, Self::Light, Self::Dark]
            .into_iter()
            .find(|scheme| scheme.id() == id)
    }
}

/// The choices, for the whole application.
#[derive(Clone, Copy)]
pub struct Preferences {
    /// Language.
    pub language: RwSignal<Language>,
    /// Size of print.
    pub print_size: RwSignal<PrintSize>,
    /// Colours.
    pub scheme: RwSignal<Scheme>,
}

/// Reads the choices, provides them, and keeps `<html>` and the device in step with them.
pub fn provide_preferences() -> Preferences {
    let stored_language = storage::read(LANGUAGE_KEY).and_then(|tag| language_of(&tag));
    let preferences = Preferences {
        language: RwSignal::new(stored_language.unwrap_or_else(browser_language)),
        print_size: RwSignal::new(match storage::read(PRINT_KEY).as_deref() {
            Some("large") => PrintSize::Large,
            _ => PrintSize::Standard,
        }),
        scheme: RwSignal::new(
            storage::read(SCHEME_KEY)
                .and_then(|id| Scheme::from_id(&id))
                .unwrap_or_default(),
        ),
    };
    provide_context(preferences);

    Effect::new(move |_| set_attribute("lang", Some(preferences.language.get().tag())));
    Effect::new(move |_| {
        let size = match preferences.print_size.get() {
            PrintSize::Standard => None,
            PrintSize::Large => Some("large"),
        };
        set_attribute("data-print-size", size);
    });
    Effect::new(move |_| {
        let scheme = match preferences.scheme.get() {
            Scheme::Automatic => None,
            chosen => Some(chosen.id()),
        };
        set_attribute("data-scheme", scheme);
    });
    preferences
}

/// The choices.
///
/// # Panics
/// Outside the application.
#[must_use]
pub fn use_preferences() -> Preferences {
    expect_context()
}

impl Preferences {
    /// Chooses a language and remembers it.
    pub fn choose_language(self, language: Language) {
        storage::write(LANGUAGE_KEY, language.tag());
        self.language.set(language);
    }

    /// Chooses a size of print and remembers it.
    pub fn choose_print_size(self, size: PrintSize) {
        match size {
            PrintSize::Standard => storage::remove(PRINT_KEY),
            PrintSize::Large => {
                storage::write(PRINT_KEY, "large");
            }
        }
        self.print_size.set(size);
    }

    /// Chooses colours and remembers them.
    pub fn choose_scheme(self, scheme: Scheme) {
        match scheme {
            Scheme::Automatic => storage::remove(SCHEME_KEY),
            chosen => {
                storage::write(SCHEME_KEY, chosen.id());
            }
        }
        self.scheme.set(scheme);
    }
}

fn set_attribute(name: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else {
        return;
    };
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// The first of the browser's languages that the product speaks; who asks for neither reads English.
fn browser_language() -> Language {
    let languages = window().navigator().languages();
    let mut tags = languages
        .iter()
        .filter_map(|tag| tag.as_string())
        .peekable();
    if tags.peek().is_none() {
        return Language::default();
    }
    tags.find_map(|tag| language_of(&tag))
        .unwrap_or(Language::English)
}

fn language_of(tag: &str) -> Option<Language> {
    match tag.split('-').next()? {
        "zh" => Some(Language::Chinese),
        "en" => Some(Language::English),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chinese_tag_reads_simplified_chinese() {
        for tag in ["zh", "zh-CN", "zh-Hant-HK"] {
            assert_eq!(language_of(tag), Some(Language::Chinese), "{tag}");
        }
        assert_eq!(language_of("en-GB"), Some(Language::English));
        assert_eq!(language_of("fr"), None);
    }
}
