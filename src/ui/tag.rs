use super::IntoAny;
use leptos::prelude::*;

/// Meaning of a tag. Never colour alone: the words say it, the shape repeats it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagKind {
    /// A plain fact.
    #[default]
    Plain,
    /// Good news, such as "no visit needed" (零跑腿).
    Good,
    /// Something to look out for.
    Warning,
}

/// A short fact beside a name.
#[component]
pub fn Tag(
    /// Meaning.
    #[prop(optional)]
    kind: TagKind,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let class = match kind {
        TagKind::Plain => "yc-tag",
        TagKind::Good => "yc-tag yc-tag--good",
        TagKind::Warning => "yc-tag yc-tag--warning",
    };
    view! { <span class=class>{children()}</span> }.into_any()
}
