use crate::hooks::use_page_title;
use crate::navigation::use_navigation;
use leptos::html;
use leptos::prelude::*;

/// The one `<h1>` of a page. It names the document, and after a move it takes the focus, so that
/// a screen reader says where one has arrived.
#[component]
pub fn PageHeading(
    /// What the page is.
    #[prop(into)]
    title: Signal<String>,
    /// Title of the document, if it must say more than the heading.
    #[prop(optional, into)]
    document_title: Option<Signal<String>>,
    /// Id, for groups that are labelled by the heading.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    use_page_title(document_title.unwrap_or(title));
    let heading = NodeRef::<html::H1>::new();
    let navigation = use_navigation();
    Effect::new(move |_| {
        if let Some(heading) = heading.get()
            && navigation.has_moved()
        {
            focus_quietly(&heading);
        }
    });
    view! {
        <h1 class="yc-heading" id=id tabindex="-1" node_ref=heading>
            {title}
        </h1>
    }
    .into_any()
}

/// Focus without a jump: the scroll position is [`crate::navigation`]'s business.
fn focus_quietly(element: &web_sys::HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}
