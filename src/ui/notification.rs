use leptos::prelude::*;

/// Weight of a [`Notification`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotificationKind {
    /// Good to know.
    #[default]
    Information,
    /// Something was done.
    Success,
    /// Look out.
    Warning,
}

/// A band across the page for what concerns the whole page. Success is announced to screen readers.
#[component]
pub fn Notification(
    /// Weight.
    #[prop(optional)]
    kind: NotificationKind,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let (class, role) = match kind {
        NotificationKind::Information => ("yc-notification", None),
        NotificationKind::Success => ("yc-notification yc-notification--success", Some("status")),
        NotificationKind::Warning => ("yc-notification yc-notification--warning", None),
    };
    view! { <div class=class role=role>{children()}</div> }.into_any()
}
