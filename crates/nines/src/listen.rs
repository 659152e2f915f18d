//! Connections: accepted up to a limit, HTTP/1.1 and HTTP/2 on the same port, none held by a peer that
//! sends nothing.
//!
//! A client that asks to change to HTTP/2 (`Upgrade: h2c`, as the JDK's does) is answered in HTTP/1.1, which it
//! expects of servers that cannot; gRPC's clients begin with HTTP/2 at once.

use axum::response::Response;
use http::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// Connections at once, of all addresses: a sender holds one, and four thousand senders are a large house.
/// Beyond it, new ones wait in the system's queue until another ends.
pub const CONNECTIONS_MAX: usize = 4096;

/// Most bytes of a request's head, and of a connection's buffer: hundreds of times what senders write, and
/// 256 MiB should every connection be filled with one on purpose.
const HEAD_BYTES_MAX: usize = 64 << 10;

/// How long a connection may be without a request: between two, before the first, or within a head that
/// does not end. Reporters send every few seconds; Zipkin itself waits 15 s.
const REQUEST_WAIT_MAX: Duration = Duration::from_secs(30);

/// Calls of one HTTP/2 connection at once; gRPC clients wait for a place.
const STREAMS_MAX: u32 = 128;

/// How often a silent HTTP/2 connection is asked whether anyone is there, and how long for an answer.
const PING_EVERY: Duration = Duration::from_secs(30);
const PING_WAIT_MAX: Duration = Duration::from_secs(20);

/// Pause after the system has no file left for a connection: those that end meanwhile give theirs back.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Connections that may wait to be accepted: as many as may be open. Where more senders come at once than may wait,
/// the system turns some away with a reset that they take for a failure of the server.
const WAITING_MAX: u32 = CONNECTIONS_MAX as u32;

/// Listens on an address.
pub fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // The port of a server that just ended is free again at once.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(WAITING_MAX)
}

/// What the connections of all addresses share.
#[derive(Clone)]
pub struct Connections {
    http: Arc<Builder<TokioExecutor>>,
    places: Arc<Semaphore>,
    n_max: usize,
    /// How long one may be without a request.
    request_wait_max: Duration,
    stopped: watch::Receiver<bool>,
}

impl Connections {
    /// None yet; once `stopped` is true, none is accepted any more and the others end.
    pub fn new(stopped: watch::Receiver<bool>) -> Connections {
        Connections::within(CONNECTIONS_MAX, REQUEST_WAIT_MAX, stopped)
    }

    fn within(n_max: usize, request_wait_max: Duration, stopped: watch::Receiver<bool>) -> Connections {
        let mut http = Builder::new(TokioExecutor::new());
        http.http1().timer(TokioTimer::new()).header_read_timeout(request_wait_max).max_buf_size(HEAD_BYTES_MAX);
        http.http2()
            .timer(TokioTimer::new())
            .max_header_list_size(HEAD_BYTES_MAX as u32)
            .max_concurrent_streams(STREAMS_MAX)
            .keep_alive_interval(PING_EVERY)
            .keep_alive_timeout(PING_WAIT_MAX);
        Connections { http: Arc::new(http), places: Arc::new(Semaphore::new(n_max)), n_max, request_wait_max, stopped }
    }

    /// Accepts connections and serves each in a task of its own, until told to stop. `answer` is given
    /// requests and who sent them.
    pub async fn serve<A, F>(self, listener: TcpListener, answer: A)
    where
        A: Fn(Request<Incoming>, SocketAddr) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Response> + Send + 'static,
    {
        let mut stopped = self.stopped.clone();
        let accepting = async {
            // The semaphore is never closed.
            while let Ok(place) = self.places.clone().acquire_owned().await {
                match listener.accept().await {
                    Ok((stream, peer)) => {
                        tokio::spawn(self.clone().serve_one(stream, peer, answer.clone(), place));
                    }
                    Err(error) if ended_before_it_began(&error) => {}
                    Err(error) => {
                        tracing::warn!(%error, "accepting a connection");
                        tokio::time::sleep(ACCEPT_PAUSE).await;
                    }
                }
            }
        };
        tokio::select! {
            () = accepting => {}
            _ = stopped.wait_for(|stopped| *stopped) => {}
        }
    }

    /// Waits until every connection has ended.
    pub async fn ended(&self) {
        let all = u32::try_from(self.n_max).unwrap_or(u32::MAX);
        let _ = self.places.acquire_many(all).await;
    }

    async fn serve_one<A, F>(mut self, stream: TcpStream, peer: SocketAddr, answer: A, _place: OwnedSemaphorePermit)
    where
        A: Fn(Request<Incoming>, SocketAddr) -> F + Send + Sync + 'static,
        F: Future<Output = Response> + Send + 'static,
    {
        // Answers are small and awaited: waiting to fill a packet only adds 40 ms.
        let _ = stream.set_nodelay(true);
        let has_asked = AtomicBool::new(false);
        let service = service_fn(|request| {
            has_asked.store(true, Ordering::Relaxed);
            let answered = answer(request, peer);
            async move { Ok::<_, Infallible>(answered.await) }
        });
        let mut connection = std::pin::pin!(self.http.serve_connection(TokioIo::new(stream), service));
        // HTTP's own timers begin to run once its version is known, which a peer may keep to itself.
        let mut first_wait = std::pin::pin!(tokio::time::sleep(self.request_wait_max));
        let (mut is_first, mut is_ending) = (true, false);
        loop {
            tokio::select! {
                biased;
                // Broken off, or malformed: HTTP has said so to the peer where it could.
                _ = connection.as_mut() => return,
                () = &mut first_wait, if is_first => {
                    if !has_asked.load(Ordering::Relaxed) {
                        return;
                    }
                    is_first = false;
                }
                _ = self.stopped.wait_for(|stopped| *stopped), if !is_ending => {
                    is_ending = true;
                    connection.as_mut().graceful_shutdown();
                }
            }
        }
    }
}

/// A peer that went before it was accepted is no trouble of ours.
fn ended_before_it_began(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::time::{Instant, sleep, timeout};

    /// How long these connections may be without a request.
    const WAIT: Duration = Duration::from_millis(300);
    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";

    /// A server that says `ok`, for `n_max` connections: its address, what stops it, and its connections.
    async fn server(n_max: usize) -> (SocketAddr, watch::Sender<bool>, Connections) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = watch::channel(false);
        let connections = Connections::within(n_max, WAIT, stopped);
        tokio::spawn(connections.clone().serve(listener, |_, _| async { "ok".into_response() }));
        (address, stop, connections)
    }

    async fn connect(address: SocketAddr, sent: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(sent).await.unwrap();
        stream
    }

    /// Whether an answer comes; not where the connection is closed, or says nothing for `patience`.
    async fn is_answered(stream: &mut TcpStream, patience: Duration) -> bool {
        let mut answer = [0; 512];
        let read = timeout(patience, stream.read(&mut answer)).await;
        matches!(read, Ok(Ok(n_bytes)) if answer[..n_bytes].ends_with(b"ok"))
    }

    fn in_runtime(test: impl Future<Output = ()>) {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
    }

    #[test]
    fn a_connection_without_a_request_is_closed_wherever_it_stopped() {
        in_runtime(async {
            let (address, _stop, _) = server(10).await;
            for sent in [&b""[..], b"P", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET / HTTP/1.1\r\nx: ", REQUEST] {
                let mut stream = connect(address, sent).await;
                let (since, mut rest) = (Instant::now(), Vec::new());
                let closed = timeout(20 * WAIT, stream.read_to_end(&mut rest)).await;
                assert!(closed.is_ok() && since.elapsed() >= WAIT / 2, "{:?}", String::from_utf8_lossy(sent));
            }
        });
    }

    #[test]
    fn a_connection_that_asks_now_and_then_stays() {
        in_runtime(async {
            let (address, _stop, _) = server(10).await;
            let mut stream = connect(address, b"").await;
            for _ in 0..6 {
                sleep(WAIT / 3).await;
                stream.write_all(REQUEST).await.unwrap();
                assert!(is_answered(&mut stream, 20 * WAIT).await);
            }
        });
    }

    #[test]
    fn connections_beyond_the_limit_wait_until_another_ends() {
        in_runtime(async {
            let (address, _stop, _) = server(2).await;
            let held = [connect(address, b"").await, connect(address, b"").await];
            let mut third = connect(address, REQUEST).await;
            assert!(!is_answered(&mut third, WAIT / 3).await);
            drop(held);
            assert!(is_answered(&mut third, 20 * WAIT).await);
        });
    }

    #[test]
    fn a_stop_ends_idle_connections_and_waits_for_the_others() {
        in_runtime(async {
            let (address, stop, connections) = server(10).await;
            let mut idle = connect(address, REQUEST).await;
            assert!(is_answered(&mut idle, 20 * WAIT).await);
            let since = Instant::now();
            stop.send(true).unwrap();
            timeout(20 * WAIT, connections.ended()).await.expect("every connection ends");
            assert!(since.elapsed() < WAIT, "{:?}", since.elapsed());
            assert_eq!(idle.read(&mut [0]).await.unwrap(), 0);
        });
    }
}
