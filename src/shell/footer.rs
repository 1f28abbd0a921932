use crate::page::Page;
use crate::ui::IntoAny;
use leptos::prelude::*;

/// What this is, in two lines, and the ways out.
#[component]
pub fn Footer() -> impl IntoView {
    view! {
        <footer class="yc-footer">
            <p>{tr!(common.footer.text)}</p>
            <ul class="yc-footer__links">
                <li>
                    <a href=Page::About.path()>{tr!(common.footer.about)}</a>
                </li>
                <li>
                    <a href=[&Page::About.path(), "#privacy"].concat()>{tr!(common.footer.privacy)}</a>
                </li>
                <li>
                    <a href=[&Page::About.path(), "#accessibility"].concat()>
                        {tr!(common.footer.accessibility)}
                    </a>
                </li>
                <li>
                    <a href="/api/v1/docs" rel="external">
                        {tr!(common.footer.api)}
                    </a>
                </li>
            </ul>
        </footer>
    }
    .into_any()
}
