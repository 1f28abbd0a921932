//! Stopping: SIGTERM while requests are under way.

use super::*;
use http::Method;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use yichuang_test_support::binary::Process;
use yichuang_test_support::{Request, content_folder};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_is_dropped_when_the_server_is_told_to_stop() {
    let data = tempfile::tempdir().unwrap();
    let flags = [
        "--drain-time",
        "1",
        "--api-rate",
        "1000000",
        "--api-burst",
        "1000000",
    ];
    let process = Process::serve(BINARY, data.path(), &content_folder(), &flags);
    let address = process.address;
    let is_over = Arc::new(AtomicBool::new(false));
    let answered = Arc::new(AtomicU32::new(0));

    // Clients that open a connection for each request until it is refused for good.
    let clients = (0..8).map(|_| {
        let (is_over, answered) = (Arc::clone(&is_over), Arc::clone(&answered));
        tokio::spawn(async move {
            while !is_over.load(Ordering::Relaxed) {
                // Whoever gets a connection must get an answer.
                let Ok(stream) = TcpStream::connect(address).await else {
                    return Ok(());
                };
                ask(stream).await?;
                answered.fetch_add(1, Ordering::Relaxed);
            }
            Ok::<(), String>(())
        })
    });
    let clients: Vec<_> = clients.collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    process.terminate();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let ready = Request::new(address, Method::GET, "/readyz").send().await;
    ready.assert_problem(503, "unavailable");
    assert_eq!(ready.header("connection"), "close");
    let (is_well, said) = tokio::task::spawn_blocking(|| process.wait())
        .await
        .unwrap();
    is_over.store(true, Ordering::Relaxed);
    assert!(is_well, "{said}");
    for client in clients {
        client.await.unwrap().unwrap();
    }
    assert!(answered.load(Ordering::Relaxed) > 50);
    assert!(
        said.contains("stopped; every answer was finished"),
        "{said}"
    );
}

/// Sends one request over a connection of its own and wants a whole answer.
async fn ask(mut stream: TcpStream) -> Result<(), String> {
    let request = b"GET /api/v1/services?limit=5 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    stream
        .write_all(request)
        .await
        .map_err(|error| format!("write: {error}"))?;
    let mut answer = Vec::new();
    stream
        .read_to_end(&mut answer)
        .await
        .map_err(|error| format!("read: {error}"))?;
    let text = String::from_utf8_lossy(&answer);
    if text.starts_with("HTTP/1.1 200") && text.ends_with('}') {
        Ok(())
    } else {
        Err(format!("no whole answer: {text}"))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_half_sent_when_the_server_stops_is_answered() {
    let data = tempfile::tempdir().unwrap();
    let process = Process::serve(
        BINARY,
        data.path(),
        &content_folder(),
        &["--drain-time", "0"],
    );
    let body = r#"{"kind":"chunk","route":"/","place":"","release":"1"}"#;
    let head = format!(
        "POST /api/v1/client-reports HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(process.address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body.as_bytes()[..10]).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    process.terminate();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(
        TcpStream::connect(process.address).await.is_err(),
        "new connections are refused"
    );
    stream.write_all(&body.as_bytes()[10..]).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
    let (is_well, said) = tokio::task::spawn_blocking(|| process.wait())
        .await
        .unwrap();
    assert!(is_well, "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_never_ends_cannot_hold_the_server_for_ever() {
    let data = tempfile::tempdir().unwrap();
    let flags = [
        "--drain-time",
        "0",
        "--grace-time",
        "0.5",
        "--request-time",
        "60",
    ];
    let process = Process::serve(BINARY, data.path(), &content_folder(), &flags);
    let mut stream = TcpStream::connect(process.address).await.unwrap();
    let head = "POST /api/v1/client-reports HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    process.terminate();
    let wait = tokio::task::spawn_blocking(|| process.wait());
    let (is_well, said) = tokio::time::timeout(Duration::from_secs(20), wait)
        .await
        .expect("the server ends")
        .unwrap();
    assert!(is_well, "{said}");
    assert!(said.contains("did not finish in time"), "{said}");
}
