//! Settings as types: what the server is built from. All faults at once.

use super::low::{Fault, Low, Source};
use super::notify;
use super::settings::{self, Setting};
use super::source;
use super::values::{self, ValueFault};
use crate::messages::Say;
use nines_api::{Origins, SelfTracing, ZipkinSettings};
use nines_base::DurationUs;
use nines_collect::Doors;
use nines_notify::otlp::MetricsCollector;
use nines_notify::prometheus::SourceAccess;
use nines_notify::{Secret, Target};
use nines_slo::alert::targets::NotifyPlace;
use nines_storage::Sampler;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Least memory a server can hold its segments and a query in.
const MEMORY_BYTES_MIN: u64 = 64 << 20;

/// Which store holds the spans.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StorageKind {
    /// The columnar engine in the data directory.
    Embedded,
    /// Memory only: gone when the server stops.
    Mem,
}

/// Most that spans may take on disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DiskMax {
    /// Bytes.
    Bytes(u64),
    /// Percent of the disk the data directory is on.
    Percent(u8),
}

/// An address for spans alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DoorAddress {
    /// The address.
    pub address: SocketAddr,
    /// Whether somebody asked for it: then it must work.
    pub is_asked: bool,
}

/// Everything `nines serve` needs to know.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct ServeConfig {
    pub data: PathBuf,
    pub listen: SocketAddr,
    /// Whether the address came from `QUERY_PORT`, which names the port alone.
    pub listen_by_query_port: bool,
    /// Addresses beside the main one that take spans alone.
    pub otlp_http: Option<DoorAddress>,
    pub otlp_grpc: Option<DoorAddress>,
    /// Ways in that are open, on every address.
    pub doors: Doors,
    pub definitions: Vec<PathBuf>,
    pub storage: StorageKind,
    pub retention: DurationUs,
    pub disk_max: DiskMax,
    pub memory_bytes: u64,
    /// Which spans are kept once they are counted; all without.
    pub sampler: Option<Sampler>,
    pub strict_trace_id: bool,
    pub query_lookback: DurationUs,
    pub mem_max_spans: usize,
    pub zipkin: ZipkinSettings,
    /// How queries are traced, if they are.
    pub self_tracing: Option<SelfTracing>,
    /// Where alerts are told.
    pub notify: Vec<Target>,
    /// Which of them are told where nobody else is named.
    pub notify_defaults: Vec<String>,
    /// Where each of them is configured.
    pub notify_places: Vec<NotifyPlace>,
    /// How data sources are asked beyond what definitions say.
    pub sources: Vec<SourceAccess>,
    /// Where metrics are pushed, if they are.
    pub metrics: Option<MetricsConfig>,
    /// Where netd listens; `None` where it is not asked.
    pub netd: Option<PathBuf>,
    /// GitHub, where its deployments are reviewed.
    pub github: Option<GithubConfig>,
}

/// Where metrics are pushed.
#[derive(Clone, Debug)]
pub struct MetricsConfig {
    /// The collector.
    pub url: String,
    /// A bearer token.
    pub key: Option<Secret>,
    /// How often.
    pub every: DurationUs,
}

/// What it takes to review deployments of GitHub.
#[derive(Clone, Debug)]
pub struct GithubConfig {
    /// The secret of the app's webhook.
    pub secret: Secret,
    /// Where a token of its installation stands.
    pub token_file: PathBuf,
    /// Whether reviews may go to private addresses.
    pub allow_private: bool,
}

impl ServeConfig {
    /// Reads all settings; every fault is told, not only the first.
    pub fn read(low: &Low) -> Result<ServeConfig, Vec<Fault>> {
        let mut reader = Reader { low, faults: Vec::new() };
        let listen_by_query_port = low.get(settings::LISTEN).1 == Source::Env("QUERY_PORT".into());
        let doors = Doors {
            zipkin_http: reader.one(settings::COLLECTOR_HTTP, values::truth).unwrap_or(true),
            otlp_http: reader.one(settings::COLLECTOR_OTLP_HTTP, values::truth).unwrap_or(true),
            grpc: reader.one(settings::COLLECTOR_GRPC, values::truth).unwrap_or(true),
        };
        let config = ServeConfig {
            data: reader.one(settings::DATA, |text| Ok(PathBuf::from(text))).unwrap_or_default(),
            listen: reader
                .one(settings::LISTEN, if listen_by_query_port { port } else { values::address })
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0))),
            listen_by_query_port,
            otlp_http: reader.door_address(settings::OTLP_HTTP).filter(|_| doors.otlp_http),
            otlp_grpc: reader.door_address(settings::OTLP_GRPC).filter(|_| doors.grpc),
            doors,
            definitions: definitions(low),
            storage: reader.one(settings::STORAGE, storage).unwrap_or(StorageKind::Embedded),
            retention: reader.one(settings::RETENTION, values::duration).unwrap_or_default(),
            disk_max: reader.one(settings::DISK_MAX, disk_max).unwrap_or(DiskMax::Percent(80)),
            memory_bytes: reader.one(settings::MEMORY, memory).unwrap_or(MEMORY_BYTES_MIN),
            sampler: reader.one(settings::SAMPLE, sampler).flatten(),
            strict_trace_id: reader.one(settings::STRICT_TRACE_ID, values::truth).unwrap_or(true),
            query_lookback: reader.one(settings::QUERY_LOOKBACK, lookback).unwrap_or_default(),
            mem_max_spans: reader.one(settings::MEM_MAX_SPANS, values::count).unwrap_or(1),
            zipkin: ZipkinSettings {
                query_enabled: reader.one(settings::QUERY_ENABLED, values::truth).unwrap_or(true),
                ui_enabled: reader.one(settings::UI_ENABLED, values::truth).unwrap_or(true),
                search_enabled: reader.one(settings::SEARCH_ENABLED, values::truth).unwrap_or(true),
                query_limit: reader.one(settings::QUERY_LIMIT, values::count).unwrap_or(1),
                query_timeout: reader.one(settings::QUERY_TIMEOUT, timeout).flatten(),
                autocomplete_keys: reader.one(settings::AUTOCOMPLETE_KEYS, keys).unwrap_or_default(),
                allowed_origins: reader.one(settings::ALLOWED_ORIGINS, origins).unwrap_or_default(),
            },
            self_tracing: reader.self_tracing(),
            notify: reader.notify(),
            notify_defaults: reader.notify_defaults(),
            notify_places: low.notify_places(),
            sources: reader.sources(),
            metrics: reader.metrics(),
            netd: reader.one(settings::NETD, socket_or_off).flatten(),
            github: reader.github(),
        };
        if reader.faults.is_empty() { Ok(config) } else { Err(reader.faults) }
    }
}

struct Reader<'a> {
    low: &'a Low,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn door_address(&mut self, setting: Setting) -> Option<DoorAddress> {
        let is_asked = self.low.get(setting).1 != Source::Default;
        self.one(setting, address_or_off).flatten().map(|address| DoorAddress { address, is_asked })
    }

    fn notify(&mut self) -> Vec<Target> {
        let (targets, faults) = notify::targets(self.low.notify());
        self.faults.extend(faults);
        targets
    }

    fn notify_defaults(&mut self) -> Vec<String> {
        let Some(defaults) = self.low.notify_defaults() else { return Vec::new() };
        self.faults.extend(defaults.faults(self.low.notify()));
        defaults.names.clone()
    }

    /// How often and with which key is read only where there is a collector: other programs' variables say how often they
    /// push, and may say it in ways of their own.
    fn metrics(&mut self) -> Option<MetricsConfig> {
        let url = self.one(settings::OTLP_METRICS, collector)??;
        let every = self.one(settings::OTLP_METRICS_INTERVAL, period);
        let file = self.low.path(settings::OTLP_METRICS_KEY_FILE);
        let key = self.one(settings::OTLP_METRICS_KEY_FILE, |_| file.as_deref().map(values::secret).transpose());
        Some(MetricsConfig { url, key: key?, every: every? })
    }

    fn sources(&mut self) -> Vec<SourceAccess> {
        let (accesses, faults) = source::accesses(self.low.sources());
        self.faults.extend(faults);
        accesses
    }

    fn github(&mut self) -> Option<GithubConfig> {
        let allow_private = self.one(settings::GITHUB_ALLOW_PRIVATE, values::truth).unwrap_or(false);
        let files = (self.low.path(settings::GITHUB_SECRET_FILE), self.low.path(settings::GITHUB_TOKEN_FILE));
        let missing = match files {
            (None, None) => return None,
            (Some(secret), Some(token_file)) => {
                let secret = self.one(settings::GITHUB_SECRET_FILE, |_| values::secret(&secret))?;
                return Some(GithubConfig { secret, token_file, allow_private });
            }
            (None, Some(_)) => settings::GITHUB_SECRET_FILE,
            (Some(_), None) => settings::GITHUB_TOKEN_FILE,
        };
        let fact = Say::NeedsBoth { key: missing.key.to_owned() };
        self.faults.push(Fault { source: self.low.get(missing).1, fact, hint: Say::NeedsBothHint });
        None
    }

    fn self_tracing(&mut self) -> Option<SelfTracing> {
        let is_on = self.one(settings::SELF_TRACING, values::truth).unwrap_or(false);
        let tracing = SelfTracing {
            sampler: self.one(settings::SELF_TRACING_SAMPLE_RATE, sampler).flatten(),
            traces_per_second: self.one(settings::SELF_TRACING_TRACES_PER_SECOND, values::limit).unwrap_or(0),
            flush_interval: self.one(settings::SELF_TRACING_FLUSH_INTERVAL, interval).unwrap_or_default(),
        };
        is_on.then_some(tracing)
    }

    fn one<T>(&mut self, setting: Setting, parse: impl Fn(&str) -> Result<T, ValueFault>) -> Option<T> {
        let (values, source) = self.low.get(setting);
        match parse(values.last().map(String::as_str).unwrap_or_default()) {
            Ok(value) => Some(value),
            Err((fact, hint)) => {
                self.faults.push(Fault { source, fact, hint });
                None
            }
        }
    }
}

fn definitions(low: &Low) -> Vec<PathBuf> {
    let (values, source) = low.get(settings::DEFINITIONS);
    let usual = Path::new("./definitions");
    match source {
        Source::Default if usual.is_dir() => vec![usual.to_owned()],
        _ => values.iter().map(PathBuf::from).collect(),
    }
}

fn port(text: &str) -> Result<SocketAddr, ValueFault> {
    let port = text.parse::<u16>().ok().filter(|port| *port > 0);
    port.map(|port| SocketAddr::from(([127, 0, 0, 1], port)))
        .ok_or_else(|| (Say::BadPort { value: text.to_owned() }, Say::BadPortHint))
}

fn address_or_off(text: &str) -> Result<Option<SocketAddr>, ValueFault> {
    if text == "off" { Ok(None) } else { values::address(text).map(Some) }
}

fn socket_or_off(text: &str) -> Result<Option<PathBuf>, ValueFault> {
    Ok((text != "off").then(|| PathBuf::from(text)))
}

fn storage(text: &str) -> Result<StorageKind, ValueFault> {
    match text {
        "embedded" => Ok(StorageKind::Embedded),
        "mem" => Ok(StorageKind::Mem),
        _ => Err(values::word_fault(text, "embedded, mem")),
    }
}

fn disk_max(text: &str) -> Result<DiskMax, ValueFault> {
    let Some(percent) = text.strip_suffix('%') else { return values::size(text).map(DiskMax::Bytes) };
    match percent.trim().parse::<u8>() {
        Ok(percent @ 1..=100) => Ok(DiskMax::Percent(percent)),
        _ => Err((Say::BadSize { value: text.to_owned() }, Say::BadSizeHint)),
    }
}

fn memory(text: &str) -> Result<u64, ValueFault> {
    let bytes = values::size(text)?;
    if bytes >= MEMORY_BYTES_MIN {
        return Ok(bytes);
    }
    let least = format!("{}MiB", MEMORY_BYTES_MIN >> 20);
    Err((Say::TooSmall { key: "memory".into(), least: least.clone() }, Say::TooSmallHint { least }))
}

/// A share between 0 and 1, in the precision of Zipkin's.
fn sampler(text: &str) -> Result<Option<Sampler>, ValueFault> {
    let fault = || (Say::BadShare { value: text.to_owned() }, Say::BadShareHint);
    let rate: f32 = text.parse().map_err(|_| fault())?;
    Sampler::of_rate(rate).map_err(|_| fault())
}

/// Longer than nothing; a bare number is seconds, as Zipkin reads this one.
fn interval(text: &str) -> Result<DurationUs, ValueFault> {
    let seconds = text.parse::<i64>().ok().filter(|seconds| (1..=86_400).contains(seconds));
    let length = seconds.map_or_else(|| values::duration(text), |seconds| Ok(DurationUs::from_secs(seconds)))?;
    match length.0 > 0 {
        true => Ok(length),
        false => Err((Say::BadDuration { value: text.to_owned() }, Say::BadDurationHint)),
    }
}

/// `11s`; nothing is no limit, and a bare number is milliseconds, as Zipkin reads them.
fn timeout(text: &str) -> Result<Option<DurationUs>, ValueFault> {
    match text.parse::<i64>() {
        Ok(0) => Ok(None),
        _ => lookback(text).map(|length| (length.0 > 0).then_some(length)),
    }
}

/// Names separated by commas, each once, sorted.
fn keys(text: &str) -> Result<Vec<String>, ValueFault> {
    let keys: BTreeSet<String> = values::listed(text).collect();
    Ok(keys.into_iter().collect())
}

/// `*` anywhere in the list is every origin. An origin ends with its host or port, or no browser sends it.
fn origins(text: &str) -> Result<Origins, ValueFault> {
    let origins: Vec<String> = values::listed(text).collect();
    if origins.iter().any(|origin| origin == "*") {
        return Ok(Origins::Any);
    }
    let is_origin = |origin: &&String| {
        let host = origin.split_once("://").map(|(_, host)| host);
        host.is_some_and(|host| !host.is_empty() && !host.contains('/'))
    };
    match origins.iter().find(|origin| !is_origin(origin)) {
        Some(wrong) => Err((Say::BadOrigin { value: wrong.clone() }, Say::BadOriginHint)),
        None => Ok(Origins::These(origins)),
    }
}

/// An address of a collector, or nothing.
fn collector(text: &str) -> Result<Option<String>, ValueFault> {
    if text.is_empty() || text == "off" {
        return Ok(None);
    }
    match MetricsCollector::new(text, None) {
        Ok(_) => Ok(Some(text.to_owned())),
        Err(_) => Err((Say::BadCollector { value: text.to_owned() }, Say::BadCollectorHint)),
    }
}

/// Longer than nothing; a bare number is milliseconds, as OpenTelemetry writes it.
fn period(text: &str) -> Result<DurationUs, ValueFault> {
    let length = lookback(text)?;
    match length.0 > 0 {
        true => Ok(length),
        false => Err((Say::BadDuration { value: text.to_owned() }, Say::BadDurationHint)),
    }
}

/// Zipkin writes its lookback as milliseconds without a unit.
fn lookback(text: &str) -> Result<DurationUs, ValueFault> {
    match text.parse::<i64>() {
        Ok(milliseconds) if milliseconds > 0 => Ok(DurationUs(milliseconds.saturating_mul(1000))),
        _ => values::duration(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(flags: &[(Setting, &str)]) -> Result<ServeConfig, Vec<Fault>> {
        let flags: Vec<_> = flags.iter().map(|(setting, text)| (*setting, vec![(*text).to_owned()])).collect();
        ServeConfig::read(&Low::gather(None, &|_| None, &flags).0)
    }

    #[test]
    fn defaults_are_the_documented_ones() {
        let config = read(&[]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:9411");
        let door = |address: &str| Some(DoorAddress { address: address.parse().unwrap(), is_asked: false });
        assert_eq!((config.otlp_http, config.otlp_grpc), (door("127.0.0.1:4318"), door("127.0.0.1:4317")));
        assert_eq!(config.doors, Doors::ALL);
        assert_eq!(config.retention, DurationUs::from_secs(7 * 86_400));
        assert_eq!(config.disk_max, DiskMax::Percent(80));
        assert_eq!(config.memory_bytes, 400 << 20);
    }

    #[test]
    fn all_faults_are_reported_at_once() {
        let faults = read(&[(settings::LISTEN, "nowhere"), (settings::MEMORY, "1MiB"), (settings::STORAGE, "tape")]);
        assert_eq!(faults.unwrap_err().len(), 3);
    }

    #[test]
    fn how_often_others_push_stops_nobody_who_pushes_nothing() {
        let read = |interval: &str, flags: &[(Setting, Vec<String>)]| {
            let env = |name: &str| (name == "OTEL_METRIC_EXPORT_INTERVAL").then(|| interval.to_owned());
            ServeConfig::read(&Low::gather(None, &env, flags).0)
        };
        for odd in ["", "sometimes", "-1"] {
            assert!(read(odd, &[]).is_ok_and(|config| config.metrics.is_none()), "{odd}");
        }
        let pushes = [(settings::OTLP_METRICS, vec!["http://collector:4318".to_owned()])];
        assert_eq!(read("sometimes", &pushes).unwrap_err().len(), 1);
        let every = |interval: &str| read(interval, &pushes).unwrap().metrics.unwrap().every;
        // One that is set to nothing is not set.
        assert_eq!([every("1500"), every("")], [DurationUs(1_500_000), DurationUs::from_secs(60)]);
    }

    #[test]
    fn zipkins_own_forms_are_read() {
        let config = read(&[
            (settings::QUERY_TIMEOUT, "0"),
            (settings::AUTOCOMPLETE_KEYS, "region, environment,,region"),
            (settings::ALLOWED_ORIGINS, "https://a.example, http://b.example:8080"),
        ]);
        let zipkin = config.unwrap().zipkin;
        assert_eq!(zipkin.query_timeout, None);
        assert_eq!(zipkin.autocomplete_keys, ["environment", "region"]);
        let named = vec!["https://a.example".to_owned(), "http://b.example:8080".to_owned()];
        assert_eq!(zipkin.allowed_origins, Origins::These(named));
        let millis = read(&[(settings::QUERY_TIMEOUT, "1500"), (settings::QUERY_LIMIT, "25")]).unwrap().zipkin;
        assert_eq!((millis.query_timeout, millis.query_limit), (Some(DurationUs(1_500_000)), 25));
        for (setting, wrong) in [
            (settings::ALLOWED_ORIGINS, "a.example"),
            (settings::ALLOWED_ORIGINS, "http://a.example/"),
            (settings::QUERY_LIMIT, "0"),
            (settings::SEARCH_ENABLED, "no"),
            (settings::QUERY_TIMEOUT, "soon"),
        ] {
            assert!(read(&[(setting, wrong)]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_share_of_traces_is_read_and_one_that_is_none_is_refused() {
        let sampler = |text: &str| read(&[(settings::SAMPLE, text)]).map(|config| config.sampler);
        assert_eq!(read(&[]).unwrap().sampler, None);
        for whole in ["1", "1.0", "1.00"] {
            assert_eq!(sampler(whole).unwrap(), None, "{whole}");
        }
        for (text, rate) in [("0.1", 0.1), ("0", 0.0), ("0.0", 0.0), ("1e-3", 0.001)] {
            assert_eq!(sampler(text).unwrap(), Sampler::of_rate(rate).unwrap(), "{text}");
        }
        for wrong in ["", "-0.1", "1.1", "10%", "NaN", "inf", "all"] {
            assert_eq!(sampler(wrong).unwrap_err().len(), 1, "{wrong}");
        }
        let env = |name: &str| (name == "COLLECTOR_SAMPLE_RATE").then(|| "2".to_owned());
        let faults = ServeConfig::read(&Low::gather(None, &env, &[]).0).unwrap_err();
        assert_eq!(faults[0].source.to_string(), Source::Env("COLLECTOR_SAMPLE_RATE".into()).to_string());
    }

    #[test]
    fn self_tracing_is_off_unless_asked_for_and_reads_zipkins_forms() {
        assert_eq!(read(&[]).unwrap().self_tracing, None);
        assert_eq!(read(&[(settings::SELF_TRACING_SAMPLE_RATE, "0.1")]).unwrap().self_tracing, None);
        let on = (settings::SELF_TRACING, "true");
        let tracing = |more| read(&[on, more]).map(|config| config.self_tracing.unwrap());
        let usual = read(&[on]).unwrap().self_tracing.unwrap();
        let second = DurationUs::from_secs(1);
        assert_eq!(usual, SelfTracing { sampler: None, traces_per_second: 1, flush_interval: second });
        for (text, length) in [("2", DurationUs::from_secs(2)), ("100ms", DurationUs(100_000))] {
            assert_eq!(
                tracing((settings::SELF_TRACING_FLUSH_INTERVAL, text)).unwrap().flush_interval,
                length,
                "{text}"
            );
        }
        assert_eq!(tracing((settings::SELF_TRACING_TRACES_PER_SECOND, "0")).unwrap().traces_per_second, 0);
        let tenth = tracing((settings::SELF_TRACING_SAMPLE_RATE, "0.1")).unwrap().sampler;
        assert_eq!(tenth, Sampler::of_rate(0.1).unwrap());
        for wrong in [
            (settings::SELF_TRACING_FLUSH_INTERVAL, "0"),
            (settings::SELF_TRACING_FLUSH_INTERVAL, "0s"),
            (settings::SELF_TRACING_FLUSH_INTERVAL, "-1"),
            (settings::SELF_TRACING_SAMPLE_RATE, "2"),
            (settings::SELF_TRACING_TRACES_PER_SECOND, "-1"),
        ] {
            assert!(tracing(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn metrics_are_pushed_where_asked_and_as_often_as_opentelemetry_says() {
        assert!(read(&[]).unwrap().metrics.is_none());
        let env = |name: &str| match name {
            "OTEL_METRIC_EXPORT_INTERVAL" => Some("1500".to_owned()),
            "NINES_OTLP_METRICS" => Some("http://collector:4318".to_owned()),
            _ => None,
        };
        let metrics = ServeConfig::read(&Low::gather(None, &env, &[]).0).unwrap().metrics.unwrap();
        assert_eq!((metrics.url.as_str(), metrics.every), ("http://collector:4318", DurationUs(1_500_000)));
        for (setting, wrong) in [
            (settings::OTLP_METRICS, "collector:4318"),
            (settings::OTLP_METRICS_INTERVAL, "0"),
            (settings::OTLP_METRICS_INTERVAL, "-5s"),
            (settings::OTLP_METRICS_KEY_FILE, "/no/such/file"),
        ] {
            let pushes = (settings::OTLP_METRICS, "http://collector:4318");
            assert!(read(&[pushes, (setting, wrong)]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_closed_door_has_no_address_of_its_own() {
        let env = |name: &str| (name == "COLLECTOR_GRPC_ENABLED").then(|| "false".to_owned());
        let config = ServeConfig::read(&Low::gather(None, &env, &[]).0).unwrap();
        assert_eq!(config.doors, Doors { grpc: false, ..Doors::ALL });
        assert!(config.otlp_grpc.is_none() && config.otlp_http.is_some());
    }

    #[test]
    fn query_port_names_the_port_alone() {
        let env = |name: &str| (name == "QUERY_PORT").then(|| "9500".to_owned());
        let config = ServeConfig::read(&Low::gather(None, &env, &[]).0).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:9500");
        assert!(config.listen_by_query_port);
    }

    #[test]
    fn files_of_github_lie_beside_the_configuration_that_names_them_and_an_empty_secret_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("nines.toml");
        let config = |text: &str| {
            let (low, faults) = Low::gather(Some((file.to_str().unwrap(), text)), &|_| None, &[]);
            assert!(faults.is_empty(), "{faults:?}");
            ServeConfig::read(&low)
        };
        let both = "github_secret_file = \"hook.secret\"\ngithub_token_file = \"github.token\"\n";
        std::fs::write(folder.path().join("hook.secret"), "It's a Secret\n").unwrap();
        let github = config(both).unwrap().github.unwrap();
        assert_eq!(
            (github.secret, github.token_file),
            (Secret::new("It's a Secret"), folder.path().join("github.token"))
        );
        std::fs::write(folder.path().join("hook.secret"), " \n").unwrap();
        let faults = config(both).unwrap_err();
        assert!(matches!(&faults[..], [Fault { fact: Say::EmptySecret { .. }, .. }]), "{faults:?}");
        assert!(faults[0].source.to_string().ends_with("nines.toml:1:1"), "{}", faults[0].source);
        let half = config("github_token_file = \"github.token\"\n").unwrap_err();
        assert!(matches!(&half[..], [Fault { fact: Say::NeedsBoth { .. }, .. }]), "{half:?}");
        assert!(config("").unwrap().github.is_none());
        // A flag names a file from where the command runs.
        let flags = [(settings::GITHUB_TOKEN_FILE, vec!["here.token".to_owned()])];
        let (low, _) = Low::gather(Some((file.to_str().unwrap(), both)), &|_| None, &flags);
        assert_eq!(low.path(settings::GITHUB_TOKEN_FILE), Some(PathBuf::from("here.token")));
    }
}
