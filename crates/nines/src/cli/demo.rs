//! `nines demo`: the whole loop alive on one machine, no set-up.

use super::args::DemoArgs;
use super::context::Context;
use super::error::{Outcome, Trouble};
use super::serve;
use crate::config::settings::{self, Setting};
use crate::config::{Low, ServeConfig, values};
use crate::definitions::DefinitionSource;
use crate::messages::Say;
use nines_demo::{DemoConfig, DemoEvent};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::broadcast::Receiver;

/// The demo's SLOs: one-minute windows, so that minutes are enough to watch.
const DEFINITIONS: &[(&str, &str)] = &[
    ("examples/game/services.yaml", include_str!("../../../../examples/game/services.yaml")),
    ("examples/game/demo/demo.yaml", include_str!("../../../../examples/game/demo/demo.yaml")),
];

pub fn run(context: &Context, args: DemoArgs) -> Outcome {
    let length = match &args.for_ {
        None => None,
        Some(text) => {
            let length = values::duration(text).map_err(|(fact, hint)| Trouble::new(context.lang, fact, hint))?;
            Some(length.to_std())
        }
    };
    let data = DataDir::choose(context)?;
    let config = config(context, &args, data.path())?;
    serve::init_log(context);
    serve::run_server(context, config, DefinitionSource::Texts(DEFINITIONS), |address| play(context, address, length))
}

/// The data directory: the user's, or a temporary one that goes when the demo does.
enum DataDir {
    Named(PathBuf),
    Temporary(PathBuf),
}

impl DataDir {
    fn choose(context: &Context) -> Result<DataDir, Trouble> {
        if let Some(data) = &context.data {
            return Ok(DataDir::Named(data.clone()));
        }
        let path = std::env::temp_dir().join(format!("nines-demo-{}", std::process::id()));
        std::fs::create_dir_all(&path).map_err(|error| {
            let fact = Say::CannotRead { path: path.display().to_string(), reason: error.to_string() };
            Trouble::new(context.lang, fact, Say::StoreNeedsDataHint)
        })?;
        Ok(DataDir::Temporary(path))
    }

    fn path(&self) -> &Path {
        match self {
            DataDir::Named(path) | DataDir::Temporary(path) => path,
        }
    }
}

impl Drop for DataDir {
    fn drop(&mut self) {
        if let DataDir::Temporary(path) = self {
            // What stays behind is in the system's folder for temporary files.
            let _ = std::fs::remove_dir_all(path);
        }
    }
}

fn config(context: &Context, args: &DemoArgs, data: &Path) -> Result<ServeConfig, Trouble> {
    let flag = |setting: Setting, text: String| (setting, vec![text]);
    let flags = [
        flag(settings::DATA, data.display().to_string()),
        flag(settings::LISTEN, args.listen.clone()),
        flag(settings::OTLP_HTTP, "off".to_owned()),
        flag(settings::OTLP_GRPC, "off".to_owned()),
    ];
    let (low, _) = Low::gather(None, &|_| None, &flags);
    ServeConfig::read(&low).map_err(|mut faults| match faults.pop() {
        Some(fault) => Trouble::new(context.lang, fault.fact, fault.hint),
        None => context.trouble(&anyhow::anyhow!("no configuration")),
    })
}

/// Plays until `length` is over, or for ever.
async fn play(context: &Context, address: SocketAddr, length: Option<Duration>) {
    let page = format!("http://{address}/");
    let demo = match nines_demo::start(DemoConfig::new(page.trim_end_matches('/'))).await {
        Ok(demo) => demo,
        Err(error) => {
            context.trouble(&error.into()).print();
            return;
        }
    };
    context.say(&Say::DemoReady { page });
    context.say(&Say::DemoNext);
    let events = demo.subscribe();
    tokio::select! {
        () = tell(context, events) => {}
        () = wait(length) => {}
    }
    demo.shutdown().await;
}

async fn wait(length: Option<Duration>) {
    match length {
        Some(length) => tokio::time::sleep(length).await,
        None => std::future::pending().await,
    }
}

async fn tell(context: &Context, mut events: Receiver<DemoEvent>) {
    while let Ok(event) = events.recv().await {
        match event {
            DemoEvent::BadReleaseStarted { version, .. } => context.say(&Say::DemoBadRelease { version }),
            DemoEvent::RolledBack { version, .. } => context.say(&Say::DemoRolledBack { version }),
            _ => {}
        }
    }
    std::future::pending().await
}
