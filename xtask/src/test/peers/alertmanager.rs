//! The real Alertmanager, two of them, told by the real binary: what fires is in both, goes on being there, and is gone
//! when it ended.
//!
//! Debian's package is unpacked beside what else is built here, never installed, so that nothing of it runs by itself.
//! It reads its templates from a fixed path, so it runs with the unpacked folder as its root, which root alone may do.

use crate::json::Read;
use crate::load::http::Connection;
use crate::process::{capture, run};
use crate::server::{Server, free_address, get};
use serde_json::Value;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// What the tally calls it.
pub const NAME: &str = "alertmanager (Debian)";

const PACKAGE: &str = "prometheus-alertmanager";

/// It tells nobody in turn.
const CONFIG: &str = "route: { receiver: nobody }\nreceivers: [ { name: nobody } ]\n";

/// Fetching the package may take so long.
const FETCH_LIMIT: Duration = Duration::from_secs(5 * 60);
/// An alert may take so long to arrive or to end: the short window of 5 s, rounded, on a busy machine.
const SOON: Duration = Duration::from_secs(90);
/// How long the server may take to end.
const STOP_LIMIT: Duration = Duration::from_secs(20);

const DEFINITIONS: &str = "
apiVersion: openslo/v1
kind: Service
metadata: { name: peers-shop }
---
apiVersion: openslo/v1
kind: AlertNotificationTarget
metadata: { name: alertmanagers }
spec: { target: alertmanager }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: peers-availability }
spec:
  service: peers-shop
  indicator:
    metadata: { name: sli }
    spec:
      ratioMetric:
        good:  { metricSource: { type: spans, spec: { where: 'service=peers-shop kind=server !error' } } }
        total: { metricSource: { type: spans, spec: { where: 'service=peers-shop kind=server' } } }
  timeWindow: [ { duration: 28d, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: 0.99 } ]
  alertPolicies:
    - kind: AlertPolicy
      metadata: { name: wake }
      spec:
        conditions:
          - kind: AlertCondition
            metadata: { name: fast }
            spec: { severity: page, condition: { kind: burnrate, op: gt, threshold: 2, lookbackWindow: 1m } }
        notificationTargets: [ { targetRef: alertmanagers } ]
";

/// The package, unpacked.
pub struct Unpacked {
    root: PathBuf,
}

impl Unpacked {
    /// Unpacks it into `workshop`, once; the error says why that cannot be.
    pub fn fetch(workshop: &Path) -> Result<Unpacked, String> {
        let folder = workshop.join("alertmanager");
        let unpacked = Unpacked { root: folder.join("root") };
        if unpacked.root.join("ready").is_file() {
            return Ok(unpacked);
        }
        std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let step = |script: &str| {
            let mut command = Command::new("sh");
            run(command.args(["-e", "-c", script]).current_dir(&folder).stdout(Stdio::null()), FETCH_LIMIT)
                .map_err(|why| format!("{script}: {why}"))
        };
        // A fresh machine knows no packages yet; where the lists cannot be had, those of before may do.
        let _ = step("apt-get update -qq");
        step(&format!("rm -rf root *.deb; apt-get download -qq {PACKAGE}; dpkg-deb -x *.deb root"))?;
        // The libraries it is linked with, at the paths where it looks for them.
        step(&format!(
            "for library in $(ldd root/usr/bin/{PACKAGE} | grep -o '/[^ ]*'); do \
             mkdir -p root$(dirname $library); cp $library root$library; done; touch root/ready"
        ))?;
        Ok(unpacked)
    }

    /// The program with a fresh folder for what it keeps.
    fn command(&self, name: &str) -> Result<Command, String> {
        let error = |error: std::io::Error| format!("{}: {error}", self.root.display());
        let kept = self.root.join("kept").join(name);
        let _ = std::fs::remove_dir_all(&kept);
        std::fs::create_dir_all(&kept).map_err(error)?;
        std::fs::write(self.root.join("am.yml"), CONFIG).map_err(error)?;
        let mut command = Command::new("chroot");
        command.arg(&self.root).arg(format!("/usr/bin/{PACKAGE}"));
        command.args(["--config.file=/am.yml".to_owned(), format!("--storage.path=/kept/{name}")]);
        Ok(command)
    }
}

/// Fires an alert and lets it end.
pub fn meet(binary: &Path, unpacked: &Unpacked, scratch: &Path) -> Result<(), String> {
    let folder = scratch.join("alertmanager");
    let definitions = folder.join("definitions");
    let write = |path: &Path, text: &str| std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()));
    std::fs::create_dir_all(&definitions).map_err(|error| format!("{}: {error}", definitions.display()))?;
    write(&definitions.join("shop.yaml"), DEFINITIONS)?;
    let peers = [Peer::start(unpacked, "one")?, Peer::start(unpacked, "two")?];
    let config = folder.join("nines.toml");
    let urls = format!("[\"http://{}\", \"http://{}/\"]", peers[0].address, peers[1].address);
    write(&config, &format!("[notify.alertmanagers]\ntype = \"alertmanager\"\nurls = {urls}\nallow_private = true\n"))?;
    let flags = ["--definitions", &text(&definitions), "--config", &text(&config), "--otlp-http", "off"];
    let server = Server::start(binary, "serve", &folder.join("data"), &[&flags[..], &["--otlp-grpc", "off"]].concat())?;
    post_spans(server.address, 1..101, |_| true)?;
    for peer in &peers {
        let alert = peer.wait_for(|alerts| alerts.first().cloned())?;
        let labels = &alert["labels"];
        for (name, expected) in [
            ("alertname", "SloBurnRate"),
            ("slo", "peers-availability"),
            ("service", "peers-shop"),
            ("severity", "page"),
        ] {
            if labels[name].text() != expected {
                return Err(format!("label {name} is not {expected}: {alert}"));
            }
        }
        if alert["endsAt"].text() <= alert["updatedAt"].text() || !alert["annotations"]["summary"].is_there() {
            return Err(format!("ends before it is told, or says nothing: {alert}"));
        }
    }
    // Nothing comes any more: the short window empties, the alert ends, and both hear of it.
    for peer in &peers {
        peer.wait_for(|alerts| alerts.is_empty().then_some(Value::Null))?;
    }
    println!("{NAME}: both heard that it fires, and that it ended");
    server.stop(STOP_LIMIT)
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

/// Server spans of the shop with these ids, which end now.
pub fn post_spans(address: SocketAddr, ids: Range<u64>, fails: impl Fn(u64) -> bool) -> Result<(), String> {
    let now_us = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_micros());
    let spans: Vec<String> = ids
        .map(|id| {
            let tags = if fails(id) { ",\"tags\":{\"error\":\"x\"}" } else { "" };
            format!(
                "{{\"traceId\":\"{id:016x}\",\"id\":\"{id:016x}\",\"kind\":\"SERVER\",\"timestamp\":{},\"duration\":9,\
                 \"localEndpoint\":{{\"serviceName\":\"peers-shop\"}}{tags}}}",
                now_us - 10
            )
        })
        .collect();
    let body = format!("[{}]", spans.join(","));
    let mut connection = Connection::open(address).map_err(|error| format!("{address}: {error}"))?;
    match connection.post("/api/v2/spans", "application/json", body.as_bytes()) {
        Ok((202, _)) => Ok(()),
        Ok((status, _)) => Err(format!("spans are answered with {status}")),
        Err(error) => Err(format!("{address}: {error}")),
    }
}

/// A running Alertmanager, killed when dropped.
struct Peer {
    child: Child,
    address: SocketAddr,
}

impl Peer {
    fn start(unpacked: &Unpacked, name: &str) -> Result<Peer, String> {
        let address = free_address()?;
        let child = unpacked
            .command(name)?
            .arg(format!("--web.listen-address={address}"))
            // Each by itself: what one heard the other must hear from us.
            .arg("--cluster.listen-address=")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("chroot: {error}"))?;
        let peer = Peer { child, address };
        peer.wait_for(|_| Some(Value::Null))?;
        Ok(peer)
    }

    /// Its alerts that have not ended, once they are as wanted.
    fn wait_for(&self, wanted: impl Fn(&[Value]) -> Option<Value>) -> Result<Value, String> {
        let deadline = Instant::now() + SOON;
        loop {
            let answer = get(self.address, "/api/v2/alerts");
            if let Ok((200, body)) = &answer
                && let Ok(Value::Array(alerts)) = serde_json::from_str(body)
                && let Some(found) = wanted(&alerts)
            {
                return Ok(found);
            }
            if Instant::now() >= deadline {
                return Err(format!("after {} s Alertmanager says {answer:?}", SOON.as_secs()));
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What keeps the machine from running it, if anything does.
pub fn missing() -> Option<String> {
    let says = |program: &str| capture(Command::new(program).arg("--version")).is_ok();
    let absent = ["apt-get", "dpkg-deb", "chroot"].into_iter().find(|tool| !says(tool));
    let is_root = capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    match absent {
        Some(tool) => Some(format!("{tool} is not in the path")),
        None => (!is_root).then(|| "only root can run it in a root of its own".to_owned()),
    }
}
