//! `yichuang serve`.

use crate::account::{self, Accounts};
use crate::clock::Clock;
use crate::content::{self, Served, reload};
use crate::issuer::{self, Issuer};
use crate::listen;
use crate::middleware::limit;
use crate::routes;
use crate::settings::{LogFormat, ServeSettings};
use crate::spa::Spa;
use crate::startup::Steps;
use crate::state::{App, Shared};
use anyhow::Context;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use yichuang_storage::{Database, meta, migration};

/// Where a release lies if no setting says so.
const RELEASE_DIR: &str = "dist";

/// Starts, serves until it is told to stop, and stops in order.
///
/// # Errors
/// With one sentence on why it cannot start.
pub async fn run(mut settings: ServeSettings) -> anyhow::Result<()> {
    start_log(&settings)?;
    // From here on a signal is answered, however early it comes.
    let stop = stop_signal()?;
    let mut steps = Steps::begin(7);

    // The port first: whoever started the server twice should know at once.
    let listener = bind(&settings.host, settings.port).await?;
    let address = listener.local_addr()?;
    settings.port = address.port();
    steps.done(&format!("Port: listening on {address}"));

    let clock = Clock::system();
    let database = open_database(&settings, &clock, &mut steps).await?;

    let (accounts, said) = Accounts::open(&settings)?;
    steps.done(&said);

    let (issuer, said) = Issuer::open(
        &settings.credential,
        &settings.database.data,
        settings.identity.demonstration_register,
        &database,
        clock.now_ms(),
    )?;
    steps.done(&said);

    let impression = reload::Impression::of(&settings.content.content, clock.now_ms());
    let packs = load_content(&settings.content.content)?;
    steps.done(&format!(
        "Content: {} services, version {}, from {}",
        packs.services.len(),
        packs.version,
        settings.content.content.display()
    ));

    let spa = load_spa(settings.release_dir.as_deref())?;
    steps.done(&spa.as_ref().map_or_else(
        || "Application: none built; serving the API alone".to_owned(),
        |spa| format!("Application: {} files", spa.len()),
    ));

    let served = Served::new(packs, spa.as_ref(), None)?;
    if let Some(catalogue) = served.packs.get("catalogue.pack") {
        catalogue.compress_best();
    }
    let app = Arc::new(App::new(
        settings,
        database,
        Arc::new(served),
        spa,
        accounts,
        issuer,
        clock,
    ));
    let router = routes::router(&app);
    reload::record(&app, &app.content.load_full()).await?;
    steps.done("Routes: ready, the first pack compressed");
    steps.ready(&format!("http://{}", for_a_browser(address)));
    tracing::info!(version = %app.content.load().version, "serving content");

    start_background(&app, impression);
    let cut = listen::serve(listener, router, Arc::clone(&app), stop).await;
    if cut > 0 {
        tracing::warn!(cut, "stopped; some connections did not finish in time");
    } else {
        tracing::info!("stopped; every answer was finished");
    }
    app.database.clone().close().await?;
    Ok(())
}

/// Binds the port.
///
/// # Errors
/// With one sentence if the port is taken or not allowed.
pub async fn bind(host: &str, port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind((host, port)).await.map_err(|error| {
        let advice = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "another program uses it; stop it or choose another port (--port)"
            }
            std::io::ErrorKind::PermissionDenied => {
                "ports below 1024 need a privilege; choose another port (--port)"
            }
            _ => "check --host and --port",
        };
        anyhow::anyhow!("cannot listen on {host}:{port}: {error}; {advice}")
    })
}

/// The address a person can open: nobody can visit "any address".
fn for_a_browser(address: SocketAddr) -> String {
    if address.ip().is_unspecified() || address.ip().is_loopback() {
        format!("localhost:{}", address.port())
    } else {
        address.to_string()
    }
}

async fn open_database(
    settings: &ServeSettings,
    clock: &Clock,
    steps: &mut Steps,
) -> anyhow::Result<Database> {
    let location = settings.database.location()?;
    let database = Database::open(location, &settings.database.region).await?;
    let applied = migration::migrate(&database, clock.now_ms()).await?;
    meta::set_once(&database, meta::CREATED_MS, &clock.now_ms().to_string()).await?;
    let migrations = if applied.is_empty() {
        "all migrations applied before".to_owned()
    } else {
        format!("applied migrations: {}", applied.join(", "))
    };
    steps.done(&format!(
        "Database: {} at {}, {migrations}",
        database.engine().name(),
        database.location().for_people()
    ));
    Ok(database)
}

fn load_content(folder: &Path) -> anyhow::Result<yichuang_content::Packs> {
    anyhow::ensure!(
        folder.is_dir(),
        "there is no content folder at {}; name it with --content",
        folder.display()
    );
    content::read(folder)
        .inspect_err(|error| {
            if let content::Error::Findings { findings, .. } = error {
                for finding in findings {
                    tracing::warn!(%finding, "content finding");
                }
            }
        })
        .map_err(Into::into)
}

fn load_spa(folder: Option<&Path>) -> anyhow::Result<Option<Spa>> {
    match folder {
        Some(folder) => Ok(Some(Spa::load(folder)?)),
        None if Path::new(RELEASE_DIR).join("index.html").exists() => {
            Ok(Some(Spa::load(Path::new(RELEASE_DIR))?))
        }
        None => Ok(None),
    }
}

/// Compression, content reload and the sweeping of limits.
fn start_background(app: &Shared, impression: reload::Impression) {
    reload::compress(Arc::clone(&app.content.load().packs));
    let for_files = Arc::clone(app);
    tokio::task::spawn_blocking(move || {
        for file in for_files.spa.iter().flat_map(Spa::files) {
            if file.lacks_brotli() {
                file.compress_best();
            }
        }
    });
    tokio::spawn(reload::follow(Arc::clone(app), impression));
    tokio::spawn(account::sign_log(Arc::clone(app)));
    tokio::spawn(issuer::keep(Arc::clone(app)));
    let for_limits = Arc::clone(app);
    tokio::spawn(async move {
        let mut tick = tokio::time::interval(limit::SWEEP_EVERY);
        loop {
            tick.tick().await;
            for_limits.limits.sweep();
        }
    });
}

/// Resolves when the process is asked to stop.
fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Log lines go to standard error, one JSON object each; steps of the start to standard output.
fn start_log(settings: &ServeSettings) -> anyhow::Result<()> {
    use tracing_subscriber::fmt;
    use tracing_subscriber::prelude::*;
    // The passkey library would tell the log what it was handed; our own lines say what counts.
    let wanted = format!("{},webauthn_rs_core=off,webauthn_rs=off", settings.log);
    let filter = tracing_subscriber::EnvFilter::try_new(wanted)
        .with_context(|| format!("--log {}: no such filter", settings.log))?;
    let registry = tracing_subscriber::registry().with(filter);
    let writer = std::io::stderr;
    match settings.log_format {
        LogFormat::Json => {
            let layer = fmt::layer().json().flatten_event(true).with_writer(writer);
            registry.with(layer).try_init()?;
        }
        LogFormat::Text => registry.with(fmt::layer().with_writer(writer)).try_init()?,
    }
    Ok(())
}
