//! Accepting connections, and stopping without dropping a request.
//!
//! Stopping has three steps: for the drain time requests are still taken, readiness says no and
//! every answer asks to close its connection, so that proxies turn elsewhere; then the port is
//! closed, after what waits in its queue was taken; then answers under way are finished, at most
//! for the grace time.

use crate::state::Shared;
use axum::Router;
use axum::extract::ConnectInfo;
use futures_util::FutureExt;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::{Service, ServiceExt};

/// How long a client may take to send the head of a request.
const HEAD_TIME: Duration = Duration::from_secs(10);

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
    };
    accept_until(&listener, &door, stop).await;

    door.app.begin_to_stop();
    tracing::info!("stopping: still taking requests for the drain time");
    let drain = tokio::time::sleep(door.app.settings.drain_time);
    accept_until(&listener, &door, drain).await;
    // Connections that the kernel has accepted for us already belong to us.
    while let Some(Ok((stream, peer))) = listener.accept().now_or_never() {
        door.enter(stream, peer);
    }
    drop(listener);

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
}

impl Door {
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
        let service = hyper::service::service_fn(move |request: http::Request<_>| {
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
