//! `nines serve`: open, listen, run until told to stop, end well.

use super::args::ServeArgs;
use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use crate::config::{DoorAddress, ServeConfig, unread};
use crate::definitions::{DefinitionSource, warn_of};
use crate::listen::{Connections, bind};
use crate::messages::Say;
use crate::privileges;
use crate::server::{RETAIN_EVERY, Server};
use http::Request;
use hyper::body::Incoming;
use nines_api::Front;
use nines_base::Lang;
use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

/// Longest wait for open requests at the end; SIGTERM must have ended everything within 10 s.
const DRAIN_MAX: Duration = Duration::from_secs(4);

/// How often definition folders are looked at.
const WATCH_EVERY: Duration = Duration::from_secs(2);

pub fn run(context: &Context, args: Box<ServeArgs>) -> Outcome {
    let config = super::config::read(context, &args)?;
    init_log(context);
    let doors = [config.otlp_http, config.otlp_grpc].into_iter().flatten().map(|door| door.address);
    let listen: Vec<SocketAddr> = std::iter::once(config.listen).chain(doors).collect();
    privileges::give_up(&listen).map_err(|error| context.trouble(&error.into()))?;
    let source = DefinitionSource::Folders(config.definitions.clone());
    run_server(context, config, source, |_| {
        // After the line that says where everything is, which scripts read first.
        unread(&|name| std::env::var(name).ok()).iter().for_each(|notice| context.say(notice));
        std::future::pending::<()>()
    })
}

/// Runs a server until a signal, a failure, or until `beside` ends.
pub fn run_server<F: Future<Output = ()> + Send>(
    context: &Context,
    config: ServeConfig,
    source: DefinitionSource,
    beside: impl FnOnce(SocketAddr) -> F,
) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| context.trouble(&error.into()))?;
    runtime.block_on(serve(context, config, source, beside))
}

async fn serve<F: Future<Output = ()> + Send>(
    context: &Context,
    config: ServeConfig,
    source: DefinitionSource,
    beside: impl FnOnce(SocketAddr) -> F,
) -> Outcome {
    // Addresses first: a port that is taken must not touch the data directory.
    let listener = listen(context, config.listen)?;
    let otlp_http = listen_for_spans(context, config.otlp_http, "--otlp-http off")?;
    let otlp_grpc = listen_for_spans(context, config.otlp_grpc, "--otlp-grpc off")?;
    let address = listener.local_addr().map_err(|error| context.trouble(&error.into()))?;
    // Before they are read: what changes from here on is read again.
    let seen = fingerprint(source.folders());
    let mut server = Server::open(&config, source, context.lang)?;
    let (failed, mut failure) = watch::channel(None);
    server
        .start_counting(move |error| {
            let _ = failed.send(Some(format!("{error:#}")));
        })
        .map_err(|error| context.trouble(&error))?;
    // Before it says that it is ready, and before it answers: whoever hears of it may stop it at once.
    let signals = stop_signals().map_err(|error| context.trouble(&error.into()))?;
    say_ready(context, &config, address, &otlp_http, &otlp_grpc);
    warn_of(&server.app.judge.definitions_state().refused, context.lang);
    let server = Arc::new(server);
    let (stop, stopped) = watch::channel(false);
    let connections = Connections::new(stopped);
    tokio::spawn(serve_front(connections.clone(), listener, server.front.clone()));
    let doors = Arc::new(nines_api::front_of_doors(&server.app, config.doors));
    for listener in [otlp_http, otlp_grpc].into_iter().filter_map(Taken::listener) {
        tokio::spawn(serve_front(connections.clone(), listener, doors.clone()));
    }
    let chores = tokio::spawn(chores(server.clone(), config.clone(), context.lang, seen));
    let mut ended = Exit::Yes;
    tokio::select! {
        () = told_to_stop(signals) => context.say(&Say::Stopping),
        () = beside(address) => {}
        _ = failure.wait_for(|failure| failure.is_some()) => ended = Exit::Trouble,
        () = store_stopped(&server) => ended = Exit::Trouble,
    }
    let _ = stop.send(true);
    server.app.timeline.tell(nines_collect::timeline::News::Bye);
    let _ = tokio::time::timeout(DRAIN_MAX, connections.ended()).await;
    chores.abort();
    let _ = chores.await;
    close(context, server, ended, failure.borrow().clone()).await
}

async fn serve_front(connections: Connections, listener: TcpListener, front: Arc<Front>) {
    let answer = move |request: Request<Incoming>, peer| {
        let front = front.clone();
        async move { front.answer(request, Some(peer)).await }
    };
    connections.serve(listener, answer).await;
}

async fn close(context: &Context, server: Arc<Server>, ended: Exit, failure: Option<String>) -> Outcome {
    let health = server.app.store.health();
    let closed = match Arc::try_unwrap(server) {
        Ok(server) => {
            tokio::task::spawn_blocking(move || server.close()).await.unwrap_or_else(|error| Err(error.into()))
        }
        // A connection outlived the drain; what it holds is only read.
        Err(server) => server.app.store.close().map_err(anyhow::Error::from),
    };
    if ended == Exit::Yes {
        return closed.map(|()| Exit::Yes).map_err(|error| context.trouble(&error));
    }
    let reason = failure.or_else(|| health.err().map(|error| error.to_string())).unwrap_or_default();
    Err(context.trouble(&anyhow::anyhow!(reason)))
}

fn listen(context: &Context, address: SocketAddr) -> Result<TcpListener, Trouble> {
    bind(address).map_err(|error| {
        let fact = Say::CannotListen { address: address.to_string(), reason: error.to_string() };
        Trouble::new(context.lang, fact, Say::CannotListenHint)
    })
}

/// What became of an address for spans alone.
enum Taken {
    Off,
    Listening(TcpListener),
    /// Somebody else has it, and nobody asked for it.
    Missed(Say),
}

impl Taken {
    fn listener(self) -> Option<TcpListener> {
        match self {
            Taken::Listening(listener) => Some(listener),
            Taken::Off | Taken::Missed(_) => None,
        }
    }

    fn address(&self) -> Option<SocketAddr> {
        match self {
            Taken::Listening(listener) => listener.local_addr().ok(),
            Taken::Off | Taken::Missed(_) => None,
        }
    }
}

/// OTLP's own ports are a convenience: taken, they are a word on stderr, unless somebody asked for them.
fn listen_for_spans(context: &Context, door: Option<DoorAddress>, silence: &str) -> Result<Taken, Trouble> {
    let Some(DoorAddress { address, is_asked }) = door else { return Ok(Taken::Off) };
    if is_asked {
        return Ok(Taken::Listening(listen(context, address)?));
    }
    Ok(match bind(address) {
        Ok(listener) => Taken::Listening(listener),
        Err(error) => Taken::Missed(Say::OtlpPortTaken {
            address: address.to_string(),
            reason: error.to_string(),
            silence: silence.to_owned(),
        }),
    })
}

/// The first line says where everything is.
fn say_ready(context: &Context, config: &ServeConfig, address: SocketAddr, otlp_http: &Taken, otlp_grpc: &Taken) {
    let named = |taken: &Taken, name: &str| taken.address().map(|address| format!(", {address} ({name})"));
    let otlp = [named(otlp_http, "OTLP/HTTP"), named(otlp_grpc, "OTLP/gRPC")].into_iter().flatten();
    context.say(&Say::Listening {
        addresses: format!("{address}{}", otlp.collect::<String>()),
        data: match config.storage {
            crate::config::StorageKind::Embedded => config.data.display().to_string(),
            crate::config::StorageKind::Mem => "memory".to_owned(),
        },
        page: format!("http://{address}/"),
    });
    if config.listen_by_query_port {
        context.say(&Say::LoopbackOnly { port: config.listen.port() });
    }
    for taken in [otlp_http, otlp_grpc] {
        if let Taken::Missed(notice) = taken {
            context.say(notice);
        }
    }
}

/// SIGTERM and SIGINT; from here on they do not end the process by themselves.
fn stop_signals() -> std::io::Result<[Signal; 2]> {
    Ok([signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?])
}

/// Ends when one of them comes.
async fn told_to_stop([mut terminate, mut interrupt]: [Signal; 2]) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

/// Ends when the store takes no spans any more for good.
async fn store_stopped(server: &Server) {
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        if matches!(server.app.store.health(), Err(nines_storage::StoreError::Stopped { .. })) {
            return;
        }
    }
}

/// Retention each minute; definitions when their files are others than were `seen`, or SIGHUP comes.
async fn chores(server: Arc<Server>, config: ServeConfig, lang: Lang, mut seen: Fingerprint) {
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return };
    let mut watch = tokio::time::interval(WATCH_EVERY);
    let mut retain = tokio::time::interval(RETAIN_EVERY.to_std());
    loop {
        tokio::select! {
            _ = hangup.recv() => reload(&server, lang).await,
            _ = retain.tick() => {
                let (server, config) = (server.clone(), config.clone());
                let _ = tokio::task::spawn_blocking(move || server.retain(&config)).await;
            }
            _ = watch.tick() => {
                let now = fingerprint(server.folders());
                if now != seen {
                    seen = now;
                    reload(&server, lang).await;
                }
            }
        }
    }
}

async fn reload(server: &Arc<Server>, lang: Lang) {
    let server = server.clone();
    let outcome = tokio::task::spawn_blocking(move || server.reload_definitions(lang)).await;
    if let Ok(Err(trouble)) = outcome {
        tracing::warn!("{}", trouble.fact);
    }
}

/// What changes when a definition file does: its path, length and time.
type Fingerprint = Vec<(PathBuf, u64, Option<SystemTime>)>;

fn fingerprint(folders: &[PathBuf]) -> Fingerprint {
    let files = folders
        .iter()
        .filter_map(|folder| crate::definitions::files_of(folder, &crate::definitions::ENDINGS).ok())
        .flatten();
    files
        .filter_map(|file| {
            let metadata = std::fs::metadata(&file).ok()?;
            Some((file, metadata.len(), metadata.modified().ok()))
        })
        .collect()
}

/// Logs to stderr: warnings unless asked for more, `RUST_LOG` above all. The demo's services log beside
/// us in their own form.
pub fn init_log(context: &Context) {
    use tracing_subscriber::filter::{EnvFilter, LevelFilter, filter_fn};
    use tracing_subscriber::prelude::*;
    let level = match (context.quiet, context.verbose) {
        (true, _) => LevelFilter::ERROR,
        (_, 0) => LevelFilter::WARN,
        (_, 1) => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    let ours = filter_fn(|metadata| !metadata.target().starts_with(nines_demo::LOG_TARGET));
    let asked = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level.to_string()));
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    let subscriber = tracing_subscriber::registry()
        .with(layer.with_filter(ours).with_filter(asked))
        .with(nines_demo::log_layer(level));
    // A second call in one process changes nothing.
    let _ = subscriber.try_init();
}
