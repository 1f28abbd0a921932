use super::loadable::{Failure, Loadable, LoadableView};
use crate::api::report_missing_chunk;
use crate::navigation::use_navigation;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
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

/// A page that only has to be shown.
type Shown = Arc<dyn Fn() -> AnyView + Send + Sync>;
type Loading = Pin<Box<dyn Future<Output = Result<Shown, ChunkMissing>>>>;

/// Shows a page whose code is a chunk of its own: grey lines while it loads, a sentence with a
/// retry if it does not come, then the page. The rest of the application lives on meanwhile.
///
/// The chunk gives a function and not a view, so that the page is built where it is shown: its
/// signals belong to the page that is open and go with it. `src/chunks.rs` has all chunks.
pub fn lazy_page<Argument, Chunk>(load: fn() -> Chunk, argument: Argument) -> AnyView
where
    Argument: Clone + Send + Sync + 'static,
    Chunk: Future<Output = Result<PageOf<Argument>, ChunkMissing>> + 'static,
{
    show(Box::new(move || {
        let argument = argument.clone();
        let chunk = load();
        Box::pin(async move {
            let page = chunk.await?;
            let shown: Shown = Arc::new(move || page(argument.clone()));
            Ok(shown)
        })
    }))
}

/// The same for all pages: one copy in the first module.
fn show(load: Box<dyn Fn() -> Loading + Send + Sync>) -> AnyView {
    let state = RwSignal::new(Loadable::Loading);
    let page = use_navigation().page();
    let start = move || {
        state.try_set(Loadable::Loading);
        let asked = page.get_untracked();
        let loading = load();
        spawn_local(async move {
            let loaded = match loading.await {
                Ok(page) => Loadable::Ready(page),
                Err(ChunkMissing) => {
                    report_missing_chunk(&asked);
                    end_first_words();
                    Loadable::Failed(Failure::Chunk)
                }
            };
            // The page may have been left: then nobody waits.
            state.try_set(loaded);
        });
    };
    start();
    let retry = Callback::new(move |()| start());
    let shown = move |page: Shown| page();
    view! { <LoadableView state=state.into() retry=retry view=shown /> }.into_any()
}

/// Removes the static shell that shows the first page's words, once the page itself is here or
/// cannot come. Until then the shell stays and the application waits behind it
/// (`style/shell/shell.css`): words that were taken away and put back would be painted twice, and
/// later.
pub fn end_first_words() {
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
}
