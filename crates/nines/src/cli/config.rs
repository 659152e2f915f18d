//! `nines config explain`: each setting, its value, and where that came from.

use super::args::{ConfigVerb, ServeArgs};
use super::context::Context;
use super::error::{Exit, Outcome, Trouble};
use super::output::{Table, print};
use crate::config::notify::{self, NotifyEntry};
use crate::config::settings::{self, Setting};
use crate::config::source::{self, SourceEntry};
use crate::config::{Fault, Low, ServeConfig, unread};
use crate::messages::Say;
use nines_slo::alert::targets::NotifyPlace;
use nines_slo::queried::SourcePlace;
use serde_json::json;
use std::path::{Path, PathBuf};

pub fn run(context: &Context, verb: ConfigVerb) -> Outcome {
    let ConfigVerb::Explain(args) = verb;
    let (low, mut faults) = gather(context, &args)?;
    if let Err(more) = ServeConfig::read(&low) {
        faults.extend(more);
    }
    let mut items: Vec<_> = settings::ALL
        .iter()
        .map(|setting| {
            let (values, source) = low.get(*setting);
            json!({ "key": setting.key, "value": values.join(", "), "source": source.to_string(),
                    "flag": setting.flag(), "env": setting.env(), "zipkinEnv": setting.zipkin_env,
                    "zipkinProperty": setting.zipkin_property })
        })
        .collect();
    let named = |entry: &NotifyEntry| format!("{}.{}", notify::TABLE, entry.name);
    items.extend(
        low.notify()
            .iter()
            .map(|entry| json!({ "key": named(entry), "value": entry.kind(), "source": entry.source.to_string() })),
    );
    items.extend(
        low.sources().iter().map(
            |entry| json!({ "key": entry.key(), "value": entry.shown_url(), "source": entry.source().to_string() }),
        ),
    );
    if context.format.is_table() {
        let mut table = Table::new(&["SETTING", "VALUE", "FROM", "MEANS"]);
        for setting in settings::ALL {
            let (values, source) = low.get(*setting);
            table.row(vec![setting.key.to_owned(), values.join(", "), source.to_string(), setting.help.to_owned()]);
        }
        for entry in low.notify() {
            let means = "Where alerts are told".to_owned();
            table.row(vec![named(entry), entry.kind().to_owned(), entry.source.to_string(), means]);
        }
        for entry in low.sources() {
            let means = "How a data source is asked".to_owned();
            table.row(vec![entry.key(), entry.shown_url(), entry.source().to_string(), means]);
        }
        print(&table.render());
    } else {
        context.write(&json!({ "items": items }));
    }
    print_faults(context, &faults);
    unread(&|name| std::env::var(name).ok()).iter().for_each(|notice| context.say(notice));
    Ok(if faults.is_empty() { Exit::Yes } else { Exit::No })
}

/// The server's configuration; every fault is printed before the command gives up.
pub fn read(context: &Context, args: &ServeArgs) -> Result<ServeConfig, Trouble> {
    let (low, mut faults) = gather(context, args)?;
    let config = ServeConfig::read(&low);
    if let Err(more) = &config {
        faults.extend(more.iter().cloned());
    }
    match (config, faults.pop()) {
        (Ok(config), None) => Ok(config),
        (_, last) => {
            print_faults(context, &faults);
            Err(last.map_or_else(
                || context.trouble(&anyhow::anyhow!("no configuration")),
                |fault| trouble(context, &fault),
            ))
        }
    }
}

/// What a file configures that definitions name.
pub struct Entries {
    /// Targets of notifications.
    pub notify: Vec<NotifyPlace>,
    /// Data sources.
    pub sources: Vec<SourcePlace>,
    /// Every fault of the file and of both.
    pub faults: Vec<Fault>,
}

/// Reads what a file configures that definitions name.
pub fn entries(context: &Context, file: &Path) -> Result<Entries, Trouble> {
    let read = read_file(context, Some(file))?;
    let read = read.as_ref().map(|(name, text)| (name.as_str(), text.as_str()));
    let (low, mut faults) = Low::gather(read, &|_| None, &[]);
    faults.extend(notify::targets(low.notify()).1);
    faults.extend(low.notify_defaults().into_iter().flat_map(|defaults| defaults.faults(low.notify())));
    faults.extend(source::accesses(low.sources()).1);
    Ok(Entries { notify: low.notify_places(), sources: low.sources().iter().map(SourceEntry::place).collect(), faults })
}

fn trouble(context: &Context, fault: &Fault) -> Trouble {
    let mut trouble = Trouble::new(context.lang, fault.fact.clone(), fault.hint.clone());
    trouble.place = Some(fault.source.to_string());
    trouble
}

fn print_faults(context: &Context, faults: &[Fault]) {
    faults.iter().for_each(|fault| trouble(context, fault).print());
}

fn gather(context: &Context, args: &ServeArgs) -> Result<(Low, Vec<Fault>), Trouble> {
    let file = read_file(context, args.config.as_deref())?;
    let file = file.as_ref().map(|(name, text)| (name.as_str(), text.as_str()));
    Ok(Low::gather(file, &|name| std::env::var(name).ok(), &flags(context, args)))
}

fn flags(context: &Context, args: &ServeArgs) -> Vec<(Setting, Vec<String>)> {
    let data = context.data.as_ref().map(|path| path.display().to_string());
    let one = |value: &Option<String>| value.clone().into_iter().collect::<Vec<_>>();
    vec![
        (settings::DATA, data.into_iter().collect()),
        (settings::LISTEN, one(&args.listen)),
        (settings::OTLP_HTTP, one(&args.otlp_http)),
        (settings::OTLP_GRPC, one(&args.otlp_grpc)),
        (settings::COLLECTOR_HTTP, one(&args.collector_http)),
        (settings::COLLECTOR_GRPC, one(&args.collector_grpc)),
        (settings::COLLECTOR_OTLP_HTTP, one(&args.collector_otlp_http)),
        (settings::DEFINITIONS, args.definitions.clone()),
        (settings::STORAGE, one(&args.storage)),
        (settings::RETENTION, one(&args.retention)),
        (settings::DISK_MAX, one(&args.disk_max)),
        (settings::MEMORY, one(&args.memory)),
        (settings::SAMPLE, one(&args.sample)),
        (settings::STRICT_TRACE_ID, one(&args.strict_trace_id)),
        (settings::QUERY_LOOKBACK, one(&args.query_lookback)),
        (settings::QUERY_LIMIT, one(&args.query_limit)),
        (settings::QUERY_TIMEOUT, one(&args.query_timeout)),
        (settings::QUERY_ENABLED, one(&args.query_enabled)),
        (settings::UI_ENABLED, one(&args.ui_enabled)),
        (settings::SEARCH_ENABLED, one(&args.search_enabled)),
        (settings::AUTOCOMPLETE_KEYS, one(&args.autocomplete_keys)),
        (settings::ALLOWED_ORIGINS, one(&args.allowed_origins)),
        (settings::MEM_MAX_SPANS, one(&args.mem_max_spans)),
        (settings::SELF_TRACING, one(&args.self_tracing)),
        (settings::SELF_TRACING_SAMPLE_RATE, one(&args.self_tracing_sample_rate)),
        (settings::SELF_TRACING_TRACES_PER_SECOND, one(&args.self_tracing_traces_per_second)),
        (settings::SELF_TRACING_FLUSH_INTERVAL, one(&args.self_tracing_flush_interval)),
        (settings::OTLP_METRICS, one(&args.otlp_metrics)),
        (settings::OTLP_METRICS_INTERVAL, one(&args.otlp_metrics_interval)),
        (settings::OTLP_METRICS_KEY_FILE, one(&args.otlp_metrics_key_file)),
        (settings::NETD, one(&args.netd)),
        (settings::GITHUB_SECRET_FILE, one(&args.github_secret_file)),
        (settings::GITHUB_TOKEN_FILE, one(&args.github_token_file)),
        (settings::GITHUB_ALLOW_PRIVATE, one(&args.github_allow_private)),
    ]
}

/// The named file, or `./nines.toml` where it exists.
fn read_file(context: &Context, named: Option<&Path>) -> Result<Option<(String, String)>, Trouble> {
    let usual = PathBuf::from("nines.toml");
    let path = match named {
        Some(path) => path,
        None if usual.is_file() => &usual,
        None => return Ok(None),
    };
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some((path.display().to_string(), text))),
        Err(error) => {
            let fact = Say::CannotRead { path: path.display().to_string(), reason: error.to_string() };
            Err(Trouble::new(context.lang, fact, Say::CannotReadHint))
        }
    }
}
