use leptos::prelude::*;

/// Something to know before going on: a sign, a word and a sentence.
pub fn notice(title: &'static str, text: String) -> AnyView {
    view! {
        <div class="yc-notice" role="note">
            {warning_sign("yc-notice__sign")}
            <p class="yc-notice__title">{title}</p>
            <p class="yc-notice__text">{text}</p>
        </div>
    }
    .into_any()
}

/// A triangle with an exclamation mark.
pub fn warning_sign(class: &'static str) -> AnyView {
    sign(class, "M12 3 22 20.5H2ZM12 9.5v5M12 17.2v.6")
}

/// A stroked sign of 24 by 24 units; always beside a word, so hidden from screen readers.
pub fn sign(class: &'static str, path: &'static str) -> AnyView {
    view! {
        <svg
            class=class
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            focusable="false"
        >
            <path d=path></path>
        </svg>
    }
    .into_any()
}

/// A sign that points on.
pub fn arrow_sign(class: &'static str) -> AnyView {
    sign(class, "M4 12h16M14 6l6 6-6 6")
}
