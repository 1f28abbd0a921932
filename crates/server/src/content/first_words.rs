//! What a page is about, written into index.html: a slow phone shows the name of a service or the
//! first question of its guide at once, while the application is still on its way, and asks for the
//! service's pack at the same time.

use super::Catalogue;
use yichuang_contract::{ServiceCode, Text};

/// Marks around what was written in, so that the service worker keeps the page without it.
const START: &str = "<!--page-->";
const END: &str = "<!--/page-->";

/// What stands there for every other address: most of them list or search the catalogue.
pub fn of_others(version: &str) -> String {
    format!(
        "{START}<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/packs/{version}/catalogue.pack\">{END}"
    )
}

/// The first words for `/services/{code}` and for the start of its guide; `None` for every other
/// address, whose page is the same for all.
pub fn of(catalogue: &Catalogue, version: &str, path: &str, query: Option<&str>) -> Option<String> {
    let (code, is_guide) = match path.strip_prefix("/services/")?.split_once('/') {
        None => (path.strip_prefix("/services/")?, false),
        Some((code, "guide")) if query.is_none_or(str::is_empty) => (code, true),
        Some(_) => return None,
    };
    let code: ServiceCode = code.parse().ok()?;
    let summary = &catalogue.service(&code)?.summary;
    let (heading, below) = if is_guide {
        let guide = catalogue.guide(&code)?;
        let first = guide
            .questions
            .iter()
            .find(|question| question.id == guide.start)?;
        (&first.text, &summary.name)
    } else {
        (&summary.name, &summary.summary)
    };
    Some(format!(
        "{START}<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/packs/{version}/services/{code}.pack\">\
         <p class=\"yc-heading\">{}</p><p>{}</p>{END}",
        both(heading),
        both(below)
    ))
}

/// A text in each language; the style sheet shows the person's.
fn both(text: &Text) -> String {
    format!(
        "<span data-lang=\"zh-Hans\">{}</span><span data-lang=\"en\" lang=\"en\">{}</span>",
        escaped(&text.zh),
        escaped(&text.en)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_cannot_write_markup() {
        let text = Text::new("甲 < 乙 & 丙", "</span><script>");
        assert_eq!(
            both(&text),
            "<span data-lang=\"zh-Hans\">甲 &lt; 乙 &amp; 丙</span>\
             <span data-lang=\"en\" lang=\"en\">&lt;/span&gt;&lt;script&gt;</span>"
        );
    }
}
