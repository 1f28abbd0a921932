//! Accepting connections, and stopping without dropping a request.
//!
//! Stopping has three steps: for the drain time requests are still taken, readiness says no and
//! every answer asks to close its connection, so that proxies turn elsewhere; then the port is
//! closed, after what waits in its queue was taken; then answers under way are finished, at most
//! for the grace time. A connection whose first request has not arrived yet is waited for, too:
//! whoever was let in gets an answer.

use crate::state::Shared;
use axum::Router;
use axum::extract::ConnectInfo;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::{Service, ServiceExt};

/// How long a client may take to send the head of a request.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// How long a stopping server waits for the first request of a connection.
const FIRST_REQUEST_TIME: Duration = Duration::from_secs(1);

/// Serves until `stop` resolves, then finishes. Returns how many connections had to be cut.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    app: Shared,
    stop: impl Future<Output = ()>,
) -> usize {
    let mut http = Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME);
    let door = Door {
        http,
        router,
        slots: Arc::new(Semaphore::new(app.settings.connections)),
        graceful: GracefulShutdown::new(),
        app,
        silent: watch::Sender::new(0),
    };
    accept_until(&listener, &door, stop).await;

    door.app.begin_to_stop();
    tracing::info!("stopping: still taking requests for the drain time");
    let drain = tokio::time::sleep(door.app.settings.drain_time);
    accept_until(&listener, &door, drain).await;
    take_the_rest(listener, &door);
    door.wait_for_first_requests().await;

    let open = door.graceful.count();
    tracing::info!(open, "stopping: finishing answers under way");
    let grace = door.app.settings.grace_time;
    let left = Arc::clone(&door.slots);
    let all = door.app.settings.connections;
    match tokio::time::timeout(grace, door.graceful.shutdown()).await {
        Ok(()) => 0,
        Err(_) => all.saturating_sub(left.available_permits()),
    }
}

/// Takes the connections that the kernel has accepted for us, and closes the port. The standard
/// library's listener is asked directly: tokio's would believe that nobody waits until it has
/// looked again.
fn take_the_rest(listener: TcpListener, door: &Door) {
    let Ok(listener) = listener.into_std() else {
        return;
    };
    while let Ok((stream, peer)) = listener.accept() {
        if stream.set_nonblocking(true).is_ok()
            && let Ok(stream) = TcpStream::from_std(stream)
        {
            door.enter(stream, peer);
        }
    }
}

async fn accept_until(listener: &TcpListener, door: &Door, end: impl Future<Output = ()>) {
    tokio::pin!(end);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut end => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => door.enter(stream, peer),
            Err(error) if is_of_the_client(&error) => {}
            Err(error) => {
                // Out of file descriptors or memory: wait for some to come back.
                tracing::error!(%error, "cannot accept a connection");
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    }
}

fn is_of_the_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
    )
}

struct Door {
    http: Builder,
    router: Router,
    slots: Arc<Semaphore>,
    graceful: GracefulShutdown,
    app: Shared,
    /// Connections that have not sent their first request.
    silent: watch::Sender<usize>,
}

/// Counts a connection as silent until its first request, or its end.
struct Silent(Option<watch::Sender<usize>>);

impl Silent {
    fn begin(silent: &watch::Sender<usize>) -> Self {
        silent.send_modify(|count| *count += 1);
        Self(Some(silent.clone()))
    }

    fn end(&mut self) {
        if let Some(silent) = self.0.take() {
            silent.send_modify(|count| *count -= 1);
        }
    }
}

impl Drop for Silent {
    fn drop(&mut self) {
        self.end();
    }
}

impl Door {
    /// Waits until every connection has sent its first request, for a moment at most.
    async fn wait_for_first_requests(&self) {
        let mut silent = self.silent.subscribe();
        let all = silent.wait_for(|&count| count == 0);
        let _ = tokio::time::timeout(FIRST_REQUEST_TIME, all).await;
    }

    /// Starts serving a connection; beyond the limit it is closed at once.
    fn enter(&self, stream: TcpStream, peer: SocketAddr) {
        let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() else {
            tracing::warn!("too many connections; one was closed");
            return;
        };
        // Answers are written whole; waiting for more to send would only delay them.
        let _ = stream.set_nodelay(true);
        let counted = self.app.metrics.connect();
        let router = self.router.clone();
        let silent = Mutex::new(Silent::begin(&self.silent));
        let service = hyper::service::service_fn(move |request: http::Request<_>| {
            if let Ok(mut silent) = silent.lock() {
                silent.end();
            }
            let mut router = router.clone();
            async move {
                let mut request = request.map(axum::body::Body::new);
                request.extensions_mut().insert(ConnectInfo(peer));
                ServiceExt::<http::Request<axum::body::Body>>::ready(&mut router)
                    .await?
                    .call(request)
                    .await
            }
        });
        let connection = self.http.serve_connection(TokioIo::new(stream), service);
        let watcher = self.graceful.watcher();
        tokio::spawn(async move {
            let _held = (slot, counted);
            if let Err(error) = watcher.watch(connection).await {
                // A client that goes away is no fault of ours.
                tracing::debug!(%error, "connection ended early");
            }
        });
    }
}
