//! Every setting of `nines serve`, once: its key, its names elsewhere, its default, what it does.

/// A setting. Its flag is `--KEY` with dashes, its environment variable `NINES_KEY` in capitals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Setting {
    /// Key in `nines.toml`.
    pub key: &'static str,
    /// Zipkin's own environment variable, honoured below ours.
    pub zipkin_env: Option<&'static str>,
    /// Another name of the same, an older one or a property of Zipkin's in capitals; honoured below it.
    pub zipkin_property: Option<&'static str>,
    /// OpenTelemetry's environment variable of the same meaning, honoured below ours.
    pub otel_env: Option<&'static str>,
    /// Value where nobody gives one; empty for none.
    pub default: &'static str,
    /// Whether it may be given several times.
    pub repeatable: bool,
    /// One line of help.
    pub help: &'static str,
}

const fn setting(key: &'static str, default: &'static str, help: &'static str) -> Setting {
    Setting { key, zipkin_env: None, zipkin_property: None, otel_env: None, default, repeatable: false, help }
}

const fn zipkin(setting: Setting, zipkin_env: &'static str) -> Setting {
    Setting { zipkin_env: Some(zipkin_env), ..setting }
}

const fn property(setting: Setting, zipkin_property: &'static str) -> Setting {
    Setting { zipkin_property: Some(zipkin_property), ..setting }
}

const fn otel(setting: Setting, otel_env: &'static str) -> Setting {
    Setting { otel_env: Some(otel_env), ..setting }
}

/// Where data goes.
pub const DATA: Setting = setting("data", "./nines-data", "Data directory");
/// Main address.
pub const LISTEN: Setting =
    zipkin(setting("listen", "127.0.0.1:9411", "Address of the API, the page and all transports"), "QUERY_PORT");
/// OTLP's own port.
pub const OTLP_HTTP: Setting =
    setting("otlp_http", "127.0.0.1:4318", "Second address for OTLP/HTTP, or `off`; the main address takes it too");
/// The same over gRPC.
pub const OTLP_GRPC: Setting =
    setting("otlp_grpc", "127.0.0.1:4317", "Second address for OTLP/gRPC, or `off`; the main address takes it too");
/// Zipkin's paths for spans.
pub const COLLECTOR_HTTP: Setting = property(
    zipkin(
        setting("collector_http", "true", "Whether spans are taken on Zipkin's paths, /api/v1/spans and /api/v2/spans"),
        "COLLECTOR_HTTP_ENABLED",
    ),
    "HTTP_COLLECTOR_ENABLED",
);
/// gRPC, Zipkin's and OTLP's.
pub const COLLECTOR_GRPC: Setting =
    zipkin(setting("collector_grpc", "true", "Whether spans are taken over gRPC"), "COLLECTOR_GRPC_ENABLED");
/// OTLP's path.
pub const COLLECTOR_OTLP_HTTP: Setting = zipkin(
    setting("collector_otlp_http", "true", "Whether spans are taken on OTLP's path, /v1/traces"),
    "COLLECTOR_OTEL_HTTP_ENABLED",
);
/// Definitions.
pub const DEFINITIONS: Setting = Setting {
    repeatable: true,
    ..setting("definitions", "", "Folder of OpenSLO files; may be repeated; ./definitions where it exists")
};
/// Storage kind.
pub const STORAGE: Setting =
    zipkin(setting("storage", "embedded", "`embedded` keeps spans on disk, `mem` in memory"), "STORAGE_TYPE");
/// Age limit.
pub const RETENTION: Setting = setting("retention", "7d", "How long spans are kept");
/// Size limit.
pub const DISK_MAX: Setting =
    setting("disk_max", "80%", "Most that spans may take on disk: a size or a share of the disk");
/// Memory ceiling.
pub const MEMORY: Setting = setting("memory", "400MiB", "Ceiling of the server's own memory");
/// Strict trace ids.
pub const STRICT_TRACE_ID: Setting = zipkin(
    setting("strict_trace_id", "true", "Whether 128-bit trace ids that share their low half are different traces"),
    "STRICT_TRACE_ID",
);
/// Share of traces.
pub const SAMPLE: Setting = zipkin(
    setting("sample", "1.0", "Share of traces that are kept, by trace id; SLOs count every span before it"),
    "COLLECTOR_SAMPLE_RATE",
);
/// Spans of our own.
pub const SELF_TRACING: Setting = zipkin(
    setting("self_tracing", "false", "Whether queries of Zipkin's API become spans of `zipkin-server`"),
    "SELF_TRACING_ENABLED",
);
/// Share of them.
pub const SELF_TRACING_SAMPLE_RATE: Setting = zipkin(
    setting("self_tracing_sample_rate", "1.0", "Share of these queries that are traced"),
    "SELF_TRACING_SAMPLE_RATE",
);
/// Number of them.
pub const SELF_TRACING_TRACES_PER_SECOND: Setting = zipkin(
    setting(
        "self_tracing_traces_per_second",
        "1",
        "Most traces begun in a second, where the share is 1; 0 for no limit",
    ),
    "SELF_TRACING_TRACES_PER_SECOND",
);
/// How often they are stored.
pub const SELF_TRACING_FLUSH_INTERVAL: Setting = zipkin(
    setting("self_tracing_flush_interval", "1s", "How often these spans are stored"),
    "SELF_TRACING_FLUSH_INTERVAL",
);
/// Default lookback of Zipkin's searches.
pub const QUERY_LOOKBACK: Setting =
    zipkin(setting("query_lookback", "1d", "How far Zipkin's searches look back unless told"), "QUERY_LOOKBACK");

/// Default number of traces of Zipkin's searches.
pub const QUERY_LIMIT: Setting = property(
    zipkin(setting("query_limit", "10", "Traces that Zipkin's searches give unless told"), "QUERY_LIMIT"),
    "ZIPKIN_UI_QUERY_LIMIT",
);
/// Longest query of Zipkin's API.
pub const QUERY_TIMEOUT: Setting = property(
    zipkin(setting("query_timeout", "11s", "Longest that Zipkin's queries may take; 0 for no limit"), "QUERY_TIMEOUT"),
    "ZIPKIN_QUERY_TIMEOUT",
);
/// Whether there is anything to read.
pub const QUERY_ENABLED: Setting = property(
    zipkin(
        setting(
            "query_enabled",
            "true",
            "Whether anything can be read; `false` only takes spans, without page and APIs",
        ),
        "QUERY_ENABLED",
    ),
    "ZIPKIN_QUERY_ENABLED",
);
/// Whether there is a page.
pub const UI_ENABLED: Setting =
    property(zipkin(setting("ui_enabled", "true", "Whether the page is served"), "UI_ENABLED"), "ZIPKIN_UI_ENABLED");
/// Whether traces can be searched by Zipkin's API.
pub const SEARCH_ENABLED: Setting = zipkin(
    setting(
        "search_enabled",
        "true",
        "Whether Zipkin's API searches and lists names; a trace by its id is always there",
    ),
    "SEARCH_ENABLED",
);
/// Tags with suggestions.
pub const AUTOCOMPLETE_KEYS: Setting = zipkin(
    setting("autocomplete_keys", "", "Tags whose values Zipkin's API suggests, separated by commas"),
    "AUTOCOMPLETE_KEYS",
);
/// Origins that may read.
pub const ALLOWED_ORIGINS: Setting = property(
    setting("allowed_origins", "*", "Origins whose pages may read Zipkin's API: `*`, or several separated by commas"),
    "ZIPKIN_QUERY_ALLOWED_ORIGINS",
);
/// Spans in memory.
pub const MEM_MAX_SPANS: Setting = zipkin(
    setting("mem_max_spans", "500000", "Spans kept with `--storage mem`; beyond, the oldest traces go"),
    "MEM_MAX_SPANS",
);

/// Metrics to a collector.
pub const OTLP_METRICS: Setting = setting(
    "otlp_metrics",
    "",
    "Address of a collector that SLIs, budgets and burn rates are pushed to by OTLP/HTTP; /v1/metrics unless it has a path",
);
/// How often.
pub const OTLP_METRICS_INTERVAL: Setting =
    otel(setting("otlp_metrics_interval", "60s", "How often they are pushed"), "OTEL_METRIC_EXPORT_INTERVAL");
/// Who pushes.
pub const OTLP_METRICS_KEY_FILE: Setting =
    setting("otlp_metrics_key_file", "", "File with a bearer token that the collector wants");

/// The process that holds this host's rules.
pub const NETD: Setting = setting(
    "netd",
    "/run/nines/netd.sock",
    "Socket of netd, which is only asked to read, or `off`; that it is not there is no fault",
);
/// GitHub's secret.
pub const GITHUB_SECRET_FILE: Setting = setting(
    "github_secret_file",
    "",
    "File with the webhook secret of a GitHub App whose deployments the gate reviews",
);
/// GitHub's token.
pub const GITHUB_TOKEN_FILE: Setting =
    setting("github_token_file", "", "File with a token of the app's installation, read for each review");
/// A GitHub of one's own.
pub const GITHUB_ALLOW_PRIVATE: Setting =
    setting("github_allow_private", "false", "Whether reviews may go to private addresses: a GitHub of one's own");

/// Every setting, in the order they are shown.
pub const ALL: &[Setting] = &[
    DATA,
    LISTEN,
    OTLP_HTTP,
    OTLP_GRPC,
    COLLECTOR_HTTP,
    COLLECTOR_GRPC,
    COLLECTOR_OTLP_HTTP,
    DEFINITIONS,
    STORAGE,
    RETENTION,
    DISK_MAX,
    MEMORY,
    SAMPLE,
    STRICT_TRACE_ID,
    QUERY_LOOKBACK,
    QUERY_LIMIT,
    QUERY_TIMEOUT,
    QUERY_ENABLED,
    UI_ENABLED,
    SEARCH_ENABLED,
    AUTOCOMPLETE_KEYS,
    ALLOWED_ORIGINS,
    MEM_MAX_SPANS,
    SELF_TRACING,
    SELF_TRACING_SAMPLE_RATE,
    SELF_TRACING_TRACES_PER_SECOND,
    SELF_TRACING_FLUSH_INTERVAL,
    OTLP_METRICS,
    OTLP_METRICS_INTERVAL,
    OTLP_METRICS_KEY_FILE,
    NETD,
    GITHUB_SECRET_FILE,
    GITHUB_TOKEN_FILE,
    GITHUB_ALLOW_PRIVATE,
];

impl Setting {
    /// Other programs' names for it, weakest first.
    pub fn foreign_names(&self) -> impl Iterator<Item = &'static str> {
        self.otel_env.into_iter().chain(self.zipkin_property).chain(self.zipkin_env)
    }

    /// The environment variable.
    pub fn env(&self) -> String {
        format!("NINES_{}", self.key.to_ascii_uppercase())
    }

    /// The flag.
    pub fn flag(&self) -> String {
        format!("--{}", self.key.replace('_', "-"))
    }
}
