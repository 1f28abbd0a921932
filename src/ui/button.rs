use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// Weight of a button on its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The next step; at most one on a page.
    #[default]
    Primary,
    /// Everything else.
    Secondary,
    /// As quiet as a link: cancel, show more.
    Quiet,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "yc-button",
            Self::Secondary => "yc-button yc-button--secondary",
            Self::Quiet => "yc-button yc-button--quiet",
        }
    }
}

/// Acts on the page. What goes elsewhere is a [`LinkButton`].
///
/// ```ignore
/// <Button on_press=move |_| save()>{tr!(common.save)}</Button>
/// ```
#[component]
pub fn Button(
    /// Weight.
    #[prop(optional)]
    kind: ButtonKind,
    /// What happens.
    #[prop(into)]
    on_press: Callback<MouseEvent>,
    /// Whether it cannot be used now. Prefer to say why instead.
    #[prop(optional, into)]
    is_disabled: Signal<bool>,
    /// For toggles: whether it is on.
    #[prop(optional)]
    is_pressed: Option<Signal<bool>>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let pressed = is_pressed.map(|pressed| Signal::derive(move || pressed.get().to_string()));
    view! {
        <button
            type="button"
            class=kind.class()
            disabled=is_disabled
            aria-pressed=pressed
            on:click=move |event| on_press.run(event)
        >
            {children()}
        </button>
    }
    .into_any()
}

/// Goes elsewhere and looks like a button.
///
/// ```ignore
/// <LinkButton href=Page::Guide(code).path()>{tr!(service.start)}</LinkButton>
/// ```
#[component]
pub fn LinkButton(
    /// Weight.
    #[prop(optional)]
    kind: ButtonKind,
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! { <a class=kind.class() href=href>{children()}</a> }.into_any()
}
