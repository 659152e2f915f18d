//! `nines serve`: open, listen, run until told to stop, end well.

use super::args::ServeArgs;
use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use crate::config::ServeConfig;
use crate::definitions::{DefinitionSource, warn_of};
use crate::messages::Say;
use crate::server::{RETAIN_EVERY, Server};
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
    let source = DefinitionSource::Folders(config.definitions.clone());
    run_server(context, config, source, |_| std::future::pending::<()>())
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
    let listener = listen(context, config.listen).await?;
    let (otlp, otlp_notice) = listen_otlp(context, &config).await?;
    let address = listener.local_addr().map_err(|error| context.trouble(&error.into()))?;
    let mut server = Server::open(&config, source, context.lang)?;
    let (failed, mut failure) = watch::channel(None);
    server
        .start_counting(move |error| {
            let _ = failed.send(Some(format!("{error:#}")));
        })
        .map_err(|error| context.trouble(&error))?;
    // Before it says that it is ready, and before it answers: whoever hears of it may stop it at once.
    let signals = stop_signals().map_err(|error| context.trouble(&error.into()))?;
    say_ready(context, &config, address, otlp.as_ref());
    otlp_notice.iter().for_each(|notice| context.say(notice));
    warn_of(&server.app.judge.definitions_state().refused, context.lang);
    let server = Arc::new(server);
    let (stop, stopped) = watch::channel(false);
    let serving = serve_all(&server, listener, otlp, stopped);
    let chores = tokio::spawn(chores(server.clone(), config.clone(), context.lang));
    let mut ended = Exit::Yes;
    tokio::select! {
        () = told_to_stop(signals) => context.say(&Say::Stopping),
        () = beside(address) => {}
        _ = failure.wait_for(|failure| failure.is_some()) => ended = Exit::Trouble,
        () = store_stopped(&server) => ended = Exit::Trouble,
    }
    let _ = stop.send(true);
    server.app.timeline.tell(nines_collect::timeline::News::Bye);
    for task in serving {
        let _ = tokio::time::timeout(DRAIN_MAX, task).await;
    }
    chores.abort();
    let _ = chores.await;
    close(context, server, ended, failure.borrow().clone()).await
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

async fn listen(context: &Context, address: SocketAddr) -> Result<TcpListener, Trouble> {
    TcpListener::bind(address).await.map_err(|error| {
        let fact = Say::CannotListen { address: address.to_string(), reason: error.to_string() };
        Trouble::new(context.lang, fact, Say::CannotListenHint)
    })
}

/// OTLP's own port is a convenience: taken, it is a word on stderr, unless somebody asked for it.
async fn listen_otlp(context: &Context, config: &ServeConfig) -> Result<(Option<TcpListener>, Option<Say>), Trouble> {
    let Some(address) = config.otlp_http else { return Ok((None, None)) };
    match TcpListener::bind(address).await {
        Ok(listener) => Ok((Some(listener), None)),
        Err(_) if config.otlp_http_asked => Ok((Some(listen(context, address).await?), None)),
        Err(error) => Ok((None, Some(Say::OtlpPortTaken { address: address.to_string(), reason: error.to_string() }))),
    }
}

/// The first line says where everything is.
fn say_ready(context: &Context, config: &ServeConfig, address: SocketAddr, otlp: Option<&TcpListener>) {
    let otlp = otlp.and_then(|listener| listener.local_addr().ok()).map(|address| format!(", {address} (OTLP)"));
    context.say(&Say::Listening {
        addresses: format!("{address}{}", otlp.unwrap_or_default()),
        data: match config.storage {
            crate::config::StorageKind::Embedded => config.data.display().to_string(),
            crate::config::StorageKind::Mem => "memory".to_owned(),
        },
        page: format!("http://{address}/"),
    });
    if config.listen_by_query_port {
        context.say(&Say::LoopbackOnly { port: config.listen.port() });
    }
}

fn serve_all(
    server: &Arc<Server>,
    listener: TcpListener,
    otlp: Option<TcpListener>,
    stopped: watch::Receiver<bool>,
) -> Vec<tokio::task::JoinHandle<()>> {
    let mut tasks = vec![tokio::spawn(serve_one(listener, server.router.clone(), stopped.clone()))];
    if let Some(listener) = otlp {
        tasks.push(tokio::spawn(serve_one(listener, nines_api::otlp_router(&server.app), stopped)));
    }
    tasks
}

async fn serve_one(listener: TcpListener, router: axum::Router, mut stopped: watch::Receiver<bool>) {
    use axum::serve::ListenerExt;
    // Answers are small and awaited: waiting to fill a packet only adds 40 ms.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let until = async move {
        let _ = stopped.wait_for(|stopped| *stopped).await;
    };
    if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(until).await {
        tracing::error!(%error, "serving ended");
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

/// Retention each minute; definitions when their files change or SIGHUP comes.
async fn chores(server: Arc<Server>, config: ServeConfig, lang: Lang) {
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return };
    let mut watch = tokio::time::interval(WATCH_EVERY);
    let mut retain = tokio::time::interval(RETAIN_EVERY.to_std());
    let mut seen = fingerprint(server.folders());
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
fn fingerprint(folders: &[PathBuf]) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
    let files = folders.iter().filter_map(|folder| crate::definitions::files_of(folder).ok()).flatten();
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
