//! Opens the services on loopback and closes them together.

use std::future::IntoFuture;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::serve::ListenerExt;
use nines_sleuth::{Reporter, ServerLayer, Tracer};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::DemoError;
use crate::chance::Chance;
use crate::host::{Host, run_on_release};
use crate::peer::http_client;

/// How long open connections may take to end; after the traffic has ended they are idle.
const CLOSE_DEADLINE: Duration = Duration::from_secs(3);

/// All running services.
pub(crate) struct Stage {
    seed: u64,
    reporter: Reporter,
    closing: watch::Sender<bool>,
    servers: JoinSet<()>,
}

/// A service that was opened.
pub(crate) struct Opened {
    pub(crate) host: Arc<Host>,
    pub(crate) address: SocketAddr,
}

impl Stage {
    pub(crate) fn new(seed: u64, reporter: Reporter) -> Stage {
        Stage { seed, reporter, closing: watch::Sender::new(false), servers: JoinSet::new() }
    }

    /// Opens the service `name` with the routes that `routes` makes for it.
    pub(crate) async fn open(
        &mut self,
        name: &'static str,
        version: &str,
        routes: impl FnOnce(&Arc<Host>) -> Router,
    ) -> Result<Opened, DemoError> {
        let bind_error = |source| DemoError::Bind { service: name, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(bind_error)?;
        let address = listener.local_addr().map_err(bind_error)?;
        let tracer = Tracer::builder(name).address(address).report_to(self.reporter.clone());
        let chance = Chance::new(self.seed, name);
        let host = Arc::new(Host::new(name, version, tracer.clone(), http_client(), chance));
        // The outermost layer comes last: a span is there before anything may fail.
        let app = routes(&host)
            .layer(from_fn_with_state(host.clone(), run_on_release))
            .layer(ServerLayer::new(tracer))
            .into_make_service_with_connect_info::<SocketAddr>();
        // Small answers must not wait for a full packet. A socket that refuses is only slower.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let mut closing = self.closing.subscribe();
        let server = axum::serve(listener, app).with_graceful_shutdown(async move {
            // An error means the stage is gone, which is a reason to close as well.
            let _ = closing.wait_for(|is_closing| *is_closing).await;
        });
        self.servers.spawn(async move {
            if let Err(error) = server.into_future().await {
                tracing::warn!("service {name} ended: {error}");
            }
        });
        tracing::debug!("service {name} {version} listens on {address}");
        Ok(Opened { host, address })
    }

    /// Lets all services finish what they are at, within a deadline.
    pub(crate) async fn close(&mut self) {
        self.closing.send_replace(true);
        let all_ended = async { while self.servers.join_next().await.is_some() {} };
        if tokio::time::timeout(CLOSE_DEADLINE, all_ended).await.is_err() {
            tracing::debug!("{} services still had open connections", self.servers.len());
            self.servers.shutdown().await;
        }
    }
}
