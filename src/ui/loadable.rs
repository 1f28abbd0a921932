use super::IntoAny;
use super::{Button, ButtonKind, dynamic};
use leptos::prelude::*;

/// Something that has to come over the network first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loadable<T> {
    /// On its way.
    Loading,
    /// Did not come.
    Failed(Failure),
    /// Here.
    Ready(T),
}

/// Why something did not come. The view words it; see [`LoadableView`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The device is not connected and has no copy.
    Offline,
    /// The device is connected, the server does not answer.
    Unreachable,
    /// The server does not know it.
    NotFound,
    /// The server answered with this status.
    Server(u16),
    /// The answer could not be read, for example because the program is older than the content.
    Unreadable,
    /// A part of the program did not come.
    Chunk,
}

/// Shows a [`Loadable`]: grey lines while loading, a sentence with a way out on failure.
///
/// ```ignore
/// <LoadableView state=pack.state retry=pack.retry view=|service| service_page(service) />
/// ```
#[component]
pub fn LoadableView<T, F>(
    /// Where it stands.
    state: Signal<Loadable<T>>,
    /// Tries again.
    retry: Callback<()>,
    /// The page once it is here.
    view: F,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    F: Fn(T) -> AnyView + Send + Sync + 'static,
{
    dynamic(move || match state.get() {
        Loadable::Loading => skeleton(),
        Loadable::Failed(failure) => failed(failure, retry),
        Loadable::Ready(value) => view(value),
    })
}

/// Grey lines where text will be.
#[component]
pub fn Skeleton() -> impl IntoView {
    skeleton()
}

fn skeleton() -> AnyView {
    view! {
        <div class="yc-skeleton" role="status">
            <span class="yc-visually-hidden">{tr!(common.loading)}</span>
            <span class="yc-skeleton__line"></span>
            <span class="yc-skeleton__line"></span>
            <span class="yc-skeleton__line"></span>
        </div>
    }
    .into_any()
}

/// Nothing to show, and what to do about it.
#[component]
pub fn Empty(
    /// What is empty.
    #[prop(into)]
    title: Signal<String>,
    /// What to do.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="yc-empty">
            <p class="yc-empty__title">{title}</p>
            {children()}
        </div>
    }
    .into_any()
}

/// What did not come, what to do, and a button that tries again.
pub(crate) fn failed(failure: Failure, retry: Callback<()>) -> AnyView {
    let (title, advice) = match failure {
        Failure::Offline => (
            tr!(common.failure.offline),
            tr!(common.failure.offline_advice),
        ),
        Failure::Unreachable | Failure::Server(_) => (
            tr!(common.failure.server),
            tr!(common.failure.server_advice),
        ),
        Failure::NotFound => (
            tr!(common.failure.not_found),
            tr!(common.failure.not_found_advice),
        ),
        Failure::Unreadable => (
            tr!(common.failure.unreadable),
            tr!(common.failure.unreadable_advice),
        ),
        Failure::Chunk => (tr!(common.failure.chunk), tr!(common.failure.chunk_advice)),
    };
    let reload = move |_| {
        if failure == Failure::Unreadable {
            let _ = window().location().reload();
        } else {
            retry.run(());
        }
    };
    view! {
        <div class="yc-failure" role="alert">
            <p class="yc-failure__title">{title}</p>
            <p>{advice}</p>
            <Button kind=ButtonKind::Secondary on_press=reload>
                {tr!(common.retry)}
            </Button>
        </div>
    }
    .into_any()
}
