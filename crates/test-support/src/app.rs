//! The real server in this process: real listener, real middleware, real database, fixed clock.

use crate::client::Request;
use crate::{Engine, content_folder, postgres};
use axum::Router;
use clap::Parser;
use http::Method;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use yichuang_server::account::Accounts;
use yichuang_server::clock::Clock;
use yichuang_server::content::{self, Served};
use yichuang_server::issuer::Issuer;
use yichuang_server::settings::ServeSettings;
use yichuang_server::spa::Spa;
use yichuang_server::state::{App, Shared};
use yichuang_server::{listen, routes};
use yichuang_storage::{Database, Location, migration};

/// 2026-03-02 09:00 in China, a Monday.
pub const START_MS: i64 = 1_772_413_200_000;

/// A clock that stands still until a test moves it.
#[derive(Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    /// Moves it on.
    pub fn advance_ms(&self, by: i64) {
        self.0.fetch_add(by, Ordering::Relaxed);
    }

    fn clock(&self) -> Clock {
        let now = Arc::clone(&self.0);
        Clock::from_fn(move || now.load(Ordering::Relaxed))
    }
}

type MakeRouter = Box<dyn FnOnce(&Shared) -> Router>;

/// How a test wants its server.
pub struct Builder {
    engine: Engine,
    flags: Vec<String>,
    release_dir: Option<std::path::PathBuf>,
    content: Option<std::path::PathBuf>,
    wrap: Option<MakeRouter>,
}

/// A server under test.
pub struct TestApp {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its inside.
    pub app: Shared,
    /// Its clock.
    pub clock: TestClock,
    /// Its data folder.
    pub data: TempDir,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<usize>>,
}

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    serve: ServeSettings,
}

impl Builder {
    /// Adds a flag of `yichuang serve`.
    #[must_use]
    pub fn flag(mut self, name: &str, value: &str) -> Self {
        self.flags.extend([name.to_owned(), value.to_owned()]);
        self
    }

    /// Serves the application from this folder, too.
    #[must_use]
    pub fn release_dir(mut self, folder: &Path) -> Self {
        self.release_dir = Some(folder.to_owned());
        self
    }

    /// Serves this content instead of the repository's.
    #[must_use]
    pub fn content(mut self, folder: &Path) -> Self {
        self.content = Some(folder.to_owned());
        self
    }

    /// Serves this router instead of the product's.
    #[must_use]
    pub fn router(mut self, make: impl FnOnce(&Shared) -> Router + 'static) -> Self {
        self.wrap = Some(Box::new(make));
        self
    }

    /// Starts it.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start(self) -> TestApp {
        let data = tempfile::tempdir().expect("a temporary folder");
        let folder = self.content.clone().unwrap_or_else(content_folder);
        let mut flags = vec![
            "serve".to_owned(),
            "--data".to_owned(),
            data.path().display().to_string(),
            "--content".to_owned(),
            folder.display().to_string(),
            // Tests speak for clients behind a proxy on this machine.
            "--trusted-proxies".to_owned(),
            "127.0.0.0/8".to_owned(),
            "--drain-time".to_owned(),
            "0".to_owned(),
        ];
        if self.engine == Engine::Postgres {
            flags.extend(["--database-url".to_owned(), postgres::fresh_database()]);
        }
        flags.extend(self.flags);
        let settings = Flags::parse_from(flags).serve;
        let clock = TestClock(Arc::new(AtomicI64::new(START_MS)));
        let database = fresh_database(&settings).await;
        let spa = self
            .release_dir
            .map(|folder| Spa::load(&folder).expect("a release folder"));
        let served = if self.content.is_some() || spa.is_some() {
            let packs = match &self.content {
                Some(folder) => content::read(folder).expect("sound content"),
                None => packs().clone(),
            };
            Arc::new(Served::new(packs, spa.as_ref(), None).expect("readable packs"))
        } else {
            served()
        };
        let (accounts, _) = Accounts::open(&settings).expect("keys and an origin");
        let (issuer, _) = Issuer::open(
            &settings.credential,
            &settings.database.data,
            settings.identity.demonstration_register,
            &database,
            START_MS,
        )
        .expect("keys to issue with");
        let app = Arc::new(App::new(
            settings,
            database,
            served,
            spa,
            accounts,
            issuer,
            clock.clock(),
        ));
        let router = self
            .wrap
            .map_or_else(|| routes::router(&app), |make| make(&app));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(listen::serve(
            listener,
            router,
            Arc::clone(&app),
            async move {
                let _ = stopped.await;
            },
        ));
        TestApp {
            address,
            app,
            clock,
            data,
            stop: Some(stop),
            serving: Some(serving),
        }
    }
}

impl TestApp {
    /// A server on an engine with the product's settings.
    #[must_use]
    pub fn on(engine: Engine) -> Builder {
        Builder {
            engine,
            flags: Vec::new(),
            release_dir: None,
            content: None,
            wrap: None,
        }
    }

    /// Starts one with the product's settings.
    pub async fn start(engine: Engine) -> Self {
        Self::on(engine).start().await
    }

    /// A GET request.
    #[must_use]
    pub fn get(&self, path: &str) -> Request {
        self.request(Method::GET, path)
    }

    /// A POST request.
    #[must_use]
    pub fn post(&self, path: &str) -> Request {
        self.request(Method::POST, path)
    }

    /// Any request.
    #[must_use]
    pub fn request(&self, method: Method, path: &str) -> Request {
        Request::new(self.address, method, path)
    }

    /// Asks it to stop without waiting.
    pub fn begin_to_stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }

    /// Stops it and returns how many connections were cut.
    ///
    /// # Panics
    /// If serving panicked.
    pub async fn stop(mut self) -> usize {
        self.begin_to_stop();
        match self.serving.take() {
            Some(serving) => serving.await.expect("serving ends"),
            None => 0,
        }
    }
}

async fn fresh_database(settings: &ServeSettings) -> Database {
    let location = settings.database.location().expect("a location");
    let database = Database::open(location, &settings.database.region)
        .await
        .expect("a database");
    migration::migrate(&database, START_MS)
        .await
        .expect("migrations");
    database
}

/// A migrated database of an engine; the folder holds the file of SQLite.
///
/// # Panics
/// If it cannot be made.
pub async fn database(engine: Engine) -> (Database, TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let location = match engine {
        Engine::Sqlite => Location::File(folder.path().join("test.sqlite3")),
        Engine::Postgres => Location::Postgres(postgres::fresh_database()),
    };
    let database = Database::open(location, "test").await.expect("a database");
    migration::migrate(&database, START_MS)
        .await
        .expect("migrations");
    (database, folder)
}

/// The repository's content, compiled once for all tests.
fn packs() -> &'static yichuang_content::Packs {
    static PACKS: OnceLock<yichuang_content::Packs> = OnceLock::new();
    PACKS.get_or_init(|| content::read(&content_folder()).expect("sound content"))
}

fn served() -> Arc<Served> {
    static SERVED: OnceLock<Arc<Served>> = OnceLock::new();
    let make = || Arc::new(Served::new(packs().clone(), None, None).expect("readable packs"));
    Arc::clone(SERVED.get_or_init(make))
}
