use super::loadable::{Failure, Loadable, LoadableView};
use crate::api::report_missing_chunk;
use crate::navigation::use_navigation;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use wasm_split_helpers::SplitLoaderError;

/// A chunk did not come over the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChunkMissing;

impl From<SplitLoaderError> for ChunkMissing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// What a chunk hands over: the function that shows its page.
pub type PageOf<Argument> = fn(Argument) -> AnyView;

/// Shows a page whose code is a chunk of its own: grey lines while it loads, a sentence with a
/// retry if it does not come, then the page. The rest of the application lives on meanwhile.
///
/// The chunk gives a function and not a view, so that the page is built where it is shown: its
/// signals belong to the page that is open and go with it. `src/chunks.rs` has all chunks.
pub fn lazy_page<Argument, Loading>(load: fn() -> Loading, argument: Argument) -> AnyView
where
    Argument: Clone + Send + Sync + 'static,
    Loading: Future<Output = Result<PageOf<Argument>, ChunkMissing>> + 'static,
{
    let state = RwSignal::new(Loadable::Loading);
    let page = use_navigation().page();
    let start = move || {
        state.try_set(Loadable::Loading);
        let asked = page.get_untracked();
        spawn_local(async move {
            let loaded = match load().await {
                Ok(page) => Loadable::Ready(page),
                Err(ChunkMissing) => {
                    report_missing_chunk(&asked);
                    Loadable::Failed(Failure::Chunk)
                }
            };
            // The page may have been left: then nobody waits.
            state.try_set(loaded);
        });
    };
    start();
    let retry = Callback::new(move |()| start());
    let show = move |page: PageOf<Argument>| page(argument.clone());
    view! { <LoadableView state=state.into() retry=retry view=show /> }.into_any()
}
