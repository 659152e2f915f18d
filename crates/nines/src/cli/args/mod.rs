//! What can be typed. Help is English; results speak the user's language.

mod policy;
mod run;
mod slo;
mod toil;
mod toil_import;
mod traffic;

use super::output::Format;
use clap::{Args, Parser, Subcommand, ValueEnum};
pub use policy::{AdjustArgs, AdjustMode, AdjustVerb, AgainArgs, ExceptionVerb, FreezeArgs, FreezeVerb, GrantArgs};
pub use run::{RunArgs, RunbookVerb};
pub use slo::{CheckMode, ConvertTo, SloExport, SloVerb};
use std::path::PathBuf;
pub use toil::{CapacityVerb, ReportArgs, TaskArgs, ToilAddArgs, ToilVerb};
pub use toil_import::{ImportSource, ToilImportArgs, ToilMineArgs};
pub use traffic::{ApplyArgs, ExplainArgs, ImportArgs, NetdArgs, NetdSocket, Prove, RollbackArgs, Shown, TrafficVerb};

/// From what happened to what we do about it: traces, SLOs, release gate.
#[derive(Parser, Debug)]
#[command(name = "nines", version = crate::VERSION, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 yes, clean, allowed; 1 no, findings, held; 2 trouble.")]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Flags of every command.
#[derive(Args, Debug)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    /// Server to ask
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "NINES_SERVER",
        hide_env_values = true,
        default_value = "http://127.0.0.1:9411"
    )]
    pub server: String,
    /// Data directory: where `serve` and `demo` keep theirs; other commands work on one that no server holds
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// File that holds the access token (also NINES_TOKEN)
    #[arg(long, global = true, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// Form of the result
    #[arg(short, long, global = true, value_enum, default_value_t)]
    pub output: Format,
    /// Language of results: en or ko [default: the locale's]
    #[arg(long, global = true, value_name = "LANG", env = "NINES_LANG", hide_env_values = true, value_parser = ["en", "ko"])]
    pub lang: Option<String>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t)]
    pub color: Color,
    /// More words on stderr; twice for even more
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// No words on stderr but errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// When to use colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Every command.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// The whole loop alive on this machine: services, load, SLOs, a bad release, the page
    Demo(DemoArgs),
    /// Run the server
    Serve(Box<ServeArgs>),
    /// Run the one process that may change this host's rules; keeps CAP_NET_ADMIN and nothing else
    Netd(NetdArgs),
    /// Read traces
    Trace {
        #[command(subcommand)]
        verb: TraceVerb,
    },
    /// Check SLO files, read SLOs
    Slo {
        #[command(subcommand)]
        verb: SloVerb,
    },
    /// What fires, and what fired
    Alert {
        #[command(subcommand)]
        verb: AlertVerb,
    },
    /// May a service release now?
    Gate {
        #[command(subcommand)]
        verb: GateVerb,
    },
    /// Times in which services do not release
    Freeze {
        #[command(subcommand)]
        verb: FreezeVerb,
    },
    /// Permission for one change to pass what would hold it
    Exception {
        #[command(subcommand)]
        verb: ExceptionVerb,
    },
    /// Times and events that are not held against a budget
    Adjust {
        #[command(subcommand)]
        verb: AdjustVerb,
    },
    /// Firewall and NAT of this host
    Traffic {
        #[command(subcommand)]
        verb: TrafficVerb,
    },
    /// The toil ledger: where hands-on time goes, and what to do about it
    Toil {
        #[command(subcommand)]
        verb: ToilVerb,
    },
    /// Carry out a runbook, step by step
    Run(Box<RunArgs>),
    /// Check, approve and list runbooks
    Runbook {
        #[command(subcommand)]
        verb: RunbookVerb,
    },
    /// Verify and measure stored data
    Store {
        #[command(subcommand)]
        verb: StoreVerb,
    },
    /// Where each setting came from
    Config {
        #[command(subcommand)]
        verb: ConfigVerb,
    },
    /// What is wrong on this host: exit 0 nothing, 1 something
    Doctor(NetdSocket),
    /// Shell completions on stdout
    Completions {
        /// bash, zsh, fish, elvish or powershell
        shell: clap_complete::Shell,
    },
    /// Version and commit
    Version,
}

/// `nines demo`.
#[derive(Args, Debug)]
pub struct DemoArgs {
    /// Address of the API and the page
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:9411")]
    pub listen: String,
    /// Stop by itself after this long, for example 150s
    #[arg(long = "for", value_name = "DURATION")]
    pub for_: Option<String>,
}

/// `nines serve`: each flag is a setting; values are read by the configuration, which reports all faults at once.
#[derive(Args, Debug)]
pub struct ServeArgs {
    /// Address of the API, the page and all transports [default: 127.0.0.1:9411]
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
    /// Second address for OTLP/HTTP [default: 127.0.0.1:4318]
    #[arg(long, value_name = "ADDR|off")]
    pub otlp_http: Option<String>,
    /// Second address for OTLP/gRPC [default: 127.0.0.1:4317]
    #[arg(long, value_name = "ADDR|off")]
    pub otlp_grpc: Option<String>,
    /// Whether spans are taken on Zipkin's paths [default: true]
    #[arg(long, value_name = "true|false")]
    pub collector_http: Option<String>,
    /// Whether spans are taken over gRPC [default: true]
    #[arg(long, value_name = "true|false")]
    pub collector_grpc: Option<String>,
    /// Whether spans are taken on OTLP's path [default: true]
    #[arg(long, value_name = "true|false")]
    pub collector_otlp_http: Option<String>,
    /// Folder of OpenSLO files; may be repeated [default: ./definitions where it exists]
    #[arg(long, value_name = "DIR")]
    pub definitions: Vec<String>,
    /// Where spans are kept [default: embedded]
    #[arg(long, value_name = "embedded|mem")]
    pub storage: Option<String>,
    /// How long spans are kept [default: 7d]
    #[arg(long, value_name = "DURATION")]
    pub retention: Option<String>,
    /// Most that spans may take on disk [default: 80%]
    #[arg(long, value_name = "SIZE|PERCENT")]
    pub disk_max: Option<String>,
    /// Ceiling of the server's own memory [default: 400MiB]
    #[arg(long, value_name = "SIZE")]
    pub memory: Option<String>,
    /// Share of traces that are kept; SLOs count every span before it [default: 1.0]
    #[arg(long, value_name = "SHARE")]
    pub sample: Option<String>,
    /// Whether 128-bit trace ids that share their low half are different traces [default: true]
    #[arg(long, value_name = "true|false")]
    pub strict_trace_id: Option<String>,
    /// How far Zipkin's searches look back unless told [default: 1d]
    #[arg(long, value_name = "DURATION")]
    pub query_lookback: Option<String>,
    /// Traces that Zipkin's searches give unless told [default: 10]
    #[arg(long, value_name = "N")]
    pub query_limit: Option<String>,
    /// Longest that Zipkin's queries may take; 0 for no limit [default: 11s]
    #[arg(long, value_name = "DURATION")]
    pub query_timeout: Option<String>,
    /// Whether anything can be read; false only takes spans [default: true]
    #[arg(long, value_name = "true|false")]
    pub query_enabled: Option<String>,
    /// Whether the page is served [default: true]
    #[arg(long, value_name = "true|false")]
    pub ui_enabled: Option<String>,
    /// Whether Zipkin's API searches and lists names [default: true]
    #[arg(long, value_name = "true|false")]
    pub search_enabled: Option<String>,
    /// Tags whose values Zipkin's API suggests, separated by commas
    #[arg(long, value_name = "KEYS")]
    pub autocomplete_keys: Option<String>,
    /// Origins whose pages may read Zipkin's API, separated by commas [default: *]
    #[arg(long, value_name = "ORIGINS")]
    pub allowed_origins: Option<String>,
    /// Spans kept with --storage mem [default: 500000]
    #[arg(long, value_name = "N")]
    pub mem_max_spans: Option<String>,
    /// Whether queries of Zipkin's API become spans of zipkin-server [default: false]
    #[arg(long, value_name = "true|false")]
    pub self_tracing: Option<String>,
    /// Share of these queries that are traced [default: 1.0]
    #[arg(long, value_name = "SHARE")]
    pub self_tracing_sample_rate: Option<String>,
    /// Most traces begun in a second, where the share is 1; 0 for no limit [default: 1]
    #[arg(long, value_name = "N")]
    pub self_tracing_traces_per_second: Option<String>,
    /// How often these spans are stored [default: 1s]
    #[arg(long, value_name = "DURATION")]
    pub self_tracing_flush_interval: Option<String>,
    /// Address of a collector that SLIs, budgets and burn rates are pushed to by OTLP/HTTP; /v1/metrics unless it has a path
    #[arg(long, value_name = "URL")]
    pub otlp_metrics: Option<String>,
    /// How often they are pushed [default: 60s]
    #[arg(long, value_name = "DURATION")]
    pub otlp_metrics_interval: Option<String>,
    /// File with a bearer token that the collector wants
    #[arg(long, value_name = "FILE")]
    pub otlp_metrics_key_file: Option<String>,
    /// Socket of netd, only asked to read; that it is not there is no fault [default: /run/nines/netd.sock]
    #[arg(long, value_name = "SOCKET|off")]
    pub netd: Option<String>,
    /// File with the webhook secret of a GitHub App whose deployments the gate reviews
    #[arg(long, value_name = "FILE")]
    pub github_secret_file: Option<String>,
    /// File with a token of the app's installation, read for each review
    #[arg(long, value_name = "FILE")]
    pub github_token_file: Option<String>,
    /// Whether reviews may go to private addresses: a GitHub of one's own [default: false]
    #[arg(long, value_name = "true|false")]
    pub github_allow_private: Option<String>,
    /// Configuration file [default: ./nines.toml where it exists]
    #[arg(long, value_name = "FILE", env = "NINES_CONFIG", hide_env_values = true)]
    pub config: Option<PathBuf>,
}

/// `nines trace`.
#[derive(Subcommand, Debug)]
pub enum TraceVerb {
    /// One trace as a tree
    Get {
        /// Trace id, 1 to 32 hex digits
        id: String,
    },
    /// Two traces by operation: calls and time of each; exits 1 where calls differ
    Compare {
        /// Trace id of the first
        a: String,
        /// Trace id of the second
        b: String,
    },
    /// Traces that match a filter, newest first
    Find {
        /// Filter, for example 'service=api duration>200ms error'
        #[arg(default_value = "")]
        filter: String,
        /// How far to look back from `--to`
        #[arg(long, value_name = "DURATION", default_value = "1h")]
        since: String,
        /// First moment looked at, in RFC 3339 [default: as `--since` says]
        #[arg(long, value_name = "TIME", conflicts_with = "since")]
        from: Option<String>,
        /// Last moment looked at, in RFC 3339 [default: now]
        #[arg(long, value_name = "TIME")]
        to: Option<String>,
        /// What stands first
        #[arg(long, value_enum, default_value_t)]
        sort: TraceSort,
        /// Most traces to show
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
    },
    /// Traces that match a filter, as they arrive, until interrupted
    Tail {
        /// Filter
        #[arg(default_value = "")]
        filter: String,
    },
    /// Who calls whom
    Map {
        /// How far to look back
        #[arg(long, value_name = "DURATION", default_value = "1h")]
        since: String,
    },
}

/// What stands first in a list of traces.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TraceSort {
    /// The newest trace
    #[default]
    Newest,
    /// The trace with the slowest span that matches
    Slowest,
}

/// `nines alert`.
#[derive(Subcommand, Debug)]
pub enum AlertVerb {
    /// Alerts that are pending, firing or frozen
    List {
        /// Inactive ones too
        #[arg(long)]
        all: bool,
    },
    /// Say that somebody takes care of a firing alert: it is not told again
    Ack {
        /// Its id, as `list` shows it
        id: String,
        /// Who takes care
        #[arg(long, value_name = "NAME", env = "USER", hide_env_values = true)]
        by: Option<String>,
    },
    /// What changed about alerts, newest first
    History {
        /// Only this service
        #[arg(long, value_name = "NAME")]
        service: Option<String>,
        /// Only this SLO
        #[arg(long, value_name = "NAME")]
        slo: Option<String>,
        /// Most changes to show
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
    },
}

/// `nines gate`.
#[derive(Subcommand, Debug)]
pub enum GateVerb {
    /// Exit 0 allowed, 1 held, 2 trouble
    Check {
        /// The service to release
        service: String,
        /// Environment, noted in the decision
        #[arg(long, value_name = "E")]
        env: Option<String>,
        /// Change id, noted in the decision
        #[arg(long, value_name = "ID")]
        change: Option<String>,
        /// Kind of change
        #[arg(long, value_enum, default_value_t)]
        kind: ChangeKind,
        /// What to answer where an SLO was measured before and is not now [default: the policy's, else held]
        #[arg(long, value_enum)]
        on_unknown: Option<OnUnknown>,
        /// Wait up to this long for `allowed`
        #[arg(long, value_name = "DURATION")]
        wait: Option<String>,
    },
    /// Reach a recorded decision's verdict again from its record: exit 0 the same, 1 another
    Replay {
        /// The decision's id
        id: String,
    },
}

/// Kind of change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
#[allow(missing_docs)]
pub enum ChangeKind {
    #[default]
    Feature,
    Fix,
    Security,
    Rollback,
}

/// What an unmeasured SLO means to the gate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
#[allow(missing_docs)]
pub enum OnUnknown {
    #[default]
    Held,
    Allow,
}

/// `nines store`.
#[derive(Subcommand, Debug)]
pub enum StoreVerb {
    /// Read every file of a data directory and report damage; needs --data
    Check,
    /// What stored spans take: by day, by section of the format, by tag
    Stats,
    /// Copy stored spans into files; run again, it goes on where it was cut off
    Export(ExportArgs),
}

/// `nines store export`.
#[derive(Args, Debug)]
pub struct ExportArgs {
    /// What files are written in: parquet for analysis, otlp and zipkin to be posted to a server
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// Directory for the files: empty, new, or that of the run to go on with
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Only spans that start then or later: RFC 3339, or a day in UTC
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    /// Only spans that start before then
    #[arg(long, value_name = "TIME")]
    pub to: Option<String>,
    /// Pack each file with gzip (otlp and zipkin)
    #[arg(long)]
    pub gzip: bool,
    /// Only spans that match this filter
    #[arg(default_value = "")]
    pub filter: String,
}

/// What an export's files are written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ExportFormat {
    /// Tables with a row for each span; needs a build with the feature `parquet`.
    Parquet,
    /// OTLP protobuf: each file one body of POST /v1/traces.
    Otlp,
    /// Zipkin JSON v2: each file one body of POST /api/v2/spans.
    Zipkin,
}

/// `nines config`.
#[derive(Subcommand, Debug)]
pub enum ConfigVerb {
    /// Each setting of `serve`, its value and where that came from
    Explain(Box<ServeArgs>),
}
