//! The only door to the network.
//!
//! Content comes as packs (see `yichuang_contract::pack`), each when a page asks; the catalogue
//! soon after the start at the latest. What was read once stays in memory, so that a second page about the
//! same service shows at once. A request is given up when its page is left.

use crate::ui::{Failure, Loadable};
use futures_util::future::try_join_all;
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use serde::de::DeserializeOwned;
use std::any::Any;
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use yichuang_contract::ServiceCode;
use yichuang_contract::Text;
use yichuang_contract::pack::{BundlesPack, CataloguePack, PointsPack, ServicePack, SummariesPack};

/// Where the server says which version of the content it serves.
const CONTENT_PATH: &str = "/api/v1/content";

/// The packs, for the whole application.
#[derive(Clone, Copy)]
pub struct Packs {
    version: StoredValue<String>,
    /// A few packs, by name; looking through them is quicker than the code of a map would load.
    cache: StoredValue<Vec<(String, Arc<dyn Any + Send + Sync>)>>,
    catalogue: RwSignal<Loadable<Arc<CataloguePack>>>,
    summaries: RwSignal<Option<Arc<SummariesPack>>>,
    /// Whether the catalogue has been asked for, and whether the summaries are on their way.
    is_asked: StoredValue<(bool, bool)>,
}

/// A page that shows no catalogue has this long to itself before the catalogue is loaded, with
/// which the next page shows at once and search works without a network.
const CATALOGUE_WAITS: std::time::Duration = std::time::Duration::from_millis(1500);

/// A pack on its way: its state, and a way to try again.
pub struct Pack<T: Send + Sync + 'static> {
    /// Where it stands.
    pub state: Signal<Loadable<Arc<T>>>,
    /// Tries again.
    pub retry: Callback<()>,
}

impl<T: Send + Sync + 'static> Clone for Pack<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Pack<T> {}

/// Provides the packs; the catalogue is loaded when a page asks, or in a quiet moment.
pub fn provide_packs() -> Packs {
    let packs = Packs {
        version: StoredValue::new(version_of_shell()),
        cache: StoredValue::new(Vec::new()),
        catalogue: RwSignal::new(Loadable::Loading),
        summaries: RwSignal::new(None),
        is_asked: StoredValue::new((false, false)),
    };
    provide_context(packs);
    set_timeout(
        move || {
            packs.catalogue();
        },
        CATALOGUE_WAITS,
    );
    let handle = window_event_listener_untyped("online", move |_| {
        if matches!(packs.catalogue.get_untracked(), Loadable::Failed(_)) {
            packs.load_catalogue();
        }
    });
    on_cleanup(move || handle.remove());
    packs
}

/// The packs.
///
/// # Panics
/// Outside the application.
#[must_use]
pub fn use_packs() -> Packs {
    expect_context()
}

impl Packs {
    /// What the home page, filters and search need.
    pub fn catalogue(self) -> Pack<CataloguePack> {
        if !self.is_asked.get_value().0 {
            self.load_catalogue();
        }
        Pack {
            state: self.catalogue.into(),
            retry: Callback::new(move |()| self.load_catalogue()),
        }
    }

    /// The catalogue as far as it is here, for what does without.
    #[must_use]
    pub fn known_catalogue(self) -> Signal<Loadable<Arc<CataloguePack>>> {
        self.catalogue.into()
    }

    /// The sentence about a service once it is here.
    #[must_use]
    pub fn summary(self, code: ServiceCode) -> Signal<Option<Text>> {
        self.load_summaries();
        Signal::derive(move || {
            let pack = self.summaries.get()?;
            let (_, summary) = pack.summaries.iter().find(|(known, _)| *known == code)?;
            Some(summary.clone())
        })
    }

    /// Loads the sentences of the lists, unless they are here or on their way. Where they do not
    /// come, lists do without, until the next one asks.
    pub fn load_summaries(self) {
        if self.is_asked.get_value().1 {
            return;
        }
        self.is_asked.update_value(|asked| asked.1 = true);
        spawn_local(async move {
            let loaded = self.load("summaries.pack".to_owned(), None).await;
            self.is_asked.update_value(|asked| asked.1 = loaded.is_ok());
            if let Ok(pack) = loaded {
                self.summaries.set(Some(pack));
            }
        });
    }

    /// Everything about one service.
    #[must_use]
    pub fn service(self, code: &ServiceCode) -> Pack<ServicePack> {
        self.pack(["services/", code.as_str(), ".pack"].concat())
    }

    /// Everything about several services, in their order.
    #[must_use]
    pub fn services(self, codes: &[ServiceCode]) -> Pack<Vec<Arc<ServicePack>>> {
        let names: Vec<String> = codes
            .iter()
            .map(|code| ["services/", code.as_str(), ".pack"].concat())
            .collect();
        let here: Option<Vec<Arc<ServicePack>>> =
            names.iter().map(|name| self.cached(name)).collect();
        self.watch(here.map(Arc::new), move |signal| {
            let names = names.clone();
            async move {
                let loads = names
                    .into_iter()
                    .map(|name| self.get_or_load(name, signal.clone()));
                try_join_all(loads).await.map(Arc::new)
            }
        })
    }

    /// All service points.
    #[must_use]
    pub fn points(self) -> Pack<PointsPack> {
        self.pack("points.pack".to_owned())
    }

    /// All bundles.
    #[must_use]
    pub fn bundles(self) -> Pack<BundlesPack> {
        self.pack("bundles.pack".to_owned())
    }

    /// The paths of all packs of this version, to be kept for a time without network.
    #[must_use]
    pub fn all_paths(self, catalogue: &CataloguePack) -> Vec<String> {
        let version = self.version.get_value();
        let path = |name: &str| ["/packs/", &version, "/", name].concat();
        let services = catalogue
            .services
            .iter()
            .map(|service| path(&["services/", service.code.as_str(), ".pack"].concat()));
        [
            "catalogue.pack",
            "summaries.pack",
            "points.pack",
            "bundles.pack",
        ]
        .into_iter()
        .map(path)
        .chain(services)
        .collect()
    }

    fn load_catalogue(self) {
        self.is_asked.update_value(|asked| asked.0 = true);
        if matches!(self.catalogue.get_untracked(), Loadable::Failed(_)) {
            self.catalogue.set(Loadable::Loading);
        }
        spawn_local(async move {
            let loaded = self
                .load::<CataloguePack>("catalogue.pack".to_owned(), None)
                .await;
            self.catalogue
                .set(loaded.map_or_else(Loadable::Failed, Loadable::Ready));
        });
    }

    /// A pack for as long as the calling page lives.
    fn pack<T: DeserializeOwned + Send + Sync + 'static>(self, name: String) -> Pack<T> {
        let here = self.cached::<T>(&name);
        self.watch(here, move |signal| self.load::<T>(name.clone(), signal))
    }

    /// What is here already, or else what `load` brings, for as long as the calling page lives.
    fn watch<T, Loading>(
        self,
        here: Option<Arc<T>>,
        load: impl Fn(Option<web_sys::AbortSignal>) -> Loading + Send + Sync + 'static,
    ) -> Pack<T>
    where
        T: Send + Sync + 'static,
        Loading: Future<Output = Result<Arc<T>, Failure>> + 'static,
    {
        let state = RwSignal::new(Loadable::Loading);
        let abort = web_sys::AbortController::new().ok();
        let signal = SendWrapper::new(abort.as_ref().map(web_sys::AbortController::signal));
        if let Some(abort) = abort.map(SendWrapper::new) {
            on_cleanup(move || abort.abort());
        }
        let start = move || {
            state.try_set(Loadable::Loading);
            let loading = load((*signal).clone());
            spawn_local(async move {
                let loaded = loading.await;
                // The page may be gone: then nobody waits.
                state.try_set(loaded.map_or_else(Loadable::Failed, Loadable::Ready));
            });
        };
        match here {
            Some(pack) => state.set(Loadable::Ready(pack)),
            None => start(),
        }
        Pack {
            state: state.into(),
            retry: Callback::new(move |()| start()),
        }
    }

    async fn get_or_load<T: DeserializeOwned + Send + Sync + 'static>(
        self,
        name: String,
        signal: Option<web_sys::AbortSignal>,
    ) -> Result<Arc<T>, Failure> {
        match self.cached(&name) {
            Some(pack) => Ok(pack),
            None => self.load(name, signal).await,
        }
    }

    fn cached<T: Send + Sync + 'static>(self, name: &str) -> Option<Arc<T>> {
        self.cache
            .with_value(|cache| {
                let here = cache.iter().find(|(known, _)| known == name)?;
                Some(here.1.clone())
            })
            .and_then(|pack| pack.downcast().ok())
    }

    async fn load<T: DeserializeOwned + Send + Sync + 'static>(
        self,
        name: String,
        signal: Option<web_sys::AbortSignal>,
    ) -> Result<Arc<T>, Failure> {
        let bytes = self.pack_bytes(&name, signal.as_ref()).await?;
        let pack: Arc<T> = Arc::new(postcard::from_bytes(&bytes).map_err(|_| Failure::Unreadable)?);
        self.cache.update_value(|cache| {
            cache.push((name, pack.clone()));
        });
        Ok(pack)
    }

    /// Asks for a pack of the version this page was served with. If the server no longer holds it,
    /// asks for the version anew, once.
    async fn pack_bytes(
        self,
        name: &str,
        signal: Option<&web_sys::AbortSignal>,
    ) -> Result<Vec<u8>, Failure> {
        let version = self.version.get_value();
        if !version.is_empty() {
            match fetch_bytes(&["/packs/", &version, "/", name].concat(), signal).await {
                Err(Failure::NotFound) => {}
                other => return other,
            }
        }
        let current = fetch_content_version(signal).await?;
        if current == version {
            return Err(Failure::NotFound);
        }
        self.version.set_value(current.clone());
        fetch_bytes(&["/packs/", &current, "/", name].concat(), signal).await
    }
}

/// The version the server wrote into index.html; empty where a plain file server did not.
fn version_of_shell() -> String {
    document()
        .query_selector("meta[name=content-version]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .filter(|version| !version.contains('{'))
        .unwrap_or_default()
}

async fn fetch_content_version(signal: Option<&web_sys::AbortSignal>) -> Result<String, Failure> {
    let response = fetch(CONTENT_PATH, signal).await?;
    let json = response.json().map_err(|_| Failure::Unreadable)?;
    let json = JsFuture::from(json)
        .await
        .map_err(|_| Failure::Unreadable)?;
    js_sys::Reflect::get(&json, &JsValue::from_str("version"))
        .ok()
        .and_then(|version| version.as_string())
        .ok_or(Failure::Unreadable)
}

async fn fetch_bytes(
    path: &str,
    signal: Option<&web_sys::AbortSignal>,
) -> Result<Vec<u8>, Failure> {
    let response = fetch(path, signal).await?;
    let body = response.array_buffer().map_err(|_| Failure::Unreadable)?;
    let body = JsFuture::from(body)
        .await
        .map_err(|_| unreachable_server())?;
    Ok(js_sys::Uint8Array::new(&body).to_vec())
}

async fn fetch(
    path: &str,
    signal: Option<&web_sys::AbortSignal>,
) -> Result<web_sys::Response, Failure> {
    let options = web_sys::RequestInit::new();
    options.set_signal(signal);
    let response = JsFuture::from(window().fetch_with_str_and_init(path, &options))
        .await
        .map_err(|_| unreachable_server())?;
    let response: web_sys::Response = response.dyn_into().map_err(|_| Failure::Unreadable)?;
    match response.status() {
        200..=299 => Ok(response),
        404 => Err(Failure::NotFound),
        status => Err(Failure::Server(status)),
    }
}

fn unreachable_server() -> Failure {
    if window().navigator().on_line() {
        Failure::Unreachable
    } else {
        Failure::Offline
    }
}

/// Tells the server that a part of the program did not come; see `yichuang_contract::report`.
/// The pattern of the page's path is all it learns.
pub fn report_missing_chunk(page: &crate::page::Page) {
    if !window().navigator().on_line() {
        return;
    }
    let body = [
        "{\"kind\":\"chunk\",\"route\":\"",
        page.pattern(),
        "\",\"place\":\"\",\"release\":\"",
        env!("CARGO_PKG_VERSION"),
        "\"}",
    ]
    .concat();
    let options = web_sys::RequestInit::new();
    options.set_method("POST");
    options.set_body(&JsValue::from_str(&body));
    let Ok(headers) = web_sys::Headers::new() else {
        return;
    };
    let _ = headers.append("content-type", "application/json");
    options.set_headers_headers(&headers);
    let sent = window().fetch_with_str_and_init("/api/v1/client-reports", &options);
    spawn_local(async move {
        // If it does not arrive, nobody need know.
        let _ = JsFuture::from(sent).await;
    });
}
