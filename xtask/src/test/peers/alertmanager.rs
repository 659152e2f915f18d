//! The real Alertmanager, two of them, told by the real binary: what fires is in both, goes on being there, and is gone
//! when it ended. What is silenced in them is told to nobody else while it is.
//!
//! Debian's package is unpacked beside what else is built here, never installed, so that nothing of it runs by itself.
//! It reads its templates from a fixed path, so it runs with the unpacked folder as its root, which root alone may do.

use crate::json::Read;
use crate::load::http::Connection;
use crate::process::{capture, run};
use crate::server::{Server, free_address, get};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read as _, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
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
kind: AlertNotificationTarget
metadata: { name: others }
spec: { target: webhook }
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
        notificationTargets: [ { targetRef: alertmanagers }, { targetRef: others } ]
";

/// The secret of the webhook that is told beside them.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// How long nobody else must hear of a silenced alert: longer than a look takes and a notification.
const HUSHED: Duration = Duration::from_secs(8);

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
    write(&folder.join("secret"), SECRET)?;
    let others = Others::start()?;
    let hook = format!("http://{}/hook", others.address);
    write(
        &config,
        &format!(
            "[notify.alertmanagers]\ntype = \"alertmanager\"\nurls = {urls}\nallow_private = true\n\
             [notify.others]\ntype = \"webhook\"\nurls = \"{hook}\"\nkey_file = \"secret\"\nallow_private = true\n"
        ),
    )?;
    // Before the server starts: it reads them first, then each quarter of a minute.
    let silence = peers[0].silence()?;
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
    check_silence(server.address, &peers[0], &others, &silence)?;
    // Nothing comes any more: the short window empties, the alert ends, and both hear of it.
    for peer in &peers {
        peer.wait_for(|alerts| alerts.is_empty().then_some(Value::Null))?;
    }
    others.wait_for("slo.alert.resolved", || Ok(()))?;
    println!("{NAME}: both heard that it fires, and that it ended; while it was silenced nobody else did");
    server.stop(STOP_LIMIT)
}

/// What is silenced fires on, is shown so, and is told to others once the silence is over.
fn check_silence(server: SocketAddr, peer: &Peer, others: &Others, silence: &str) -> Result<(), String> {
    let mut next_id = 1000;
    let mut burn = || {
        next_id += 10;
        post_spans(server, next_id..next_id + 10, |_| true)
    };
    let deadline = Instant::now() + HUSHED;
    while Instant::now() < deadline {
        burn()?;
        std::thread::sleep(Duration::from_secs(1));
    }
    if let Some(told) = others.told().first() {
        return Err(format!("others were told of a silenced alert: {told}"));
    }
    let suppressed = peer.wait_for(|alerts| alerts.first().cloned())?;
    if suppressed["status"]["state"].text() != "suppressed" {
        return Err(format!("Alertmanager does not silence it: {suppressed}"));
    }
    let shown = get(server, "/api/nines/v1/alerts").map_err(|error| error.to_string())?.1;
    let shown: Value = serde_json::from_str(&shown).map_err(|error| error.to_string())?;
    let silenced = &shown["items"][0]["silenced"];
    if (silenced["by"].text(), silenced["comment"].text(), silenced["id"].text()) != ("kim", "the move", silence) {
        return Err(format!("the alert does not say who silenced it: {shown}"));
    }
    peer.end_silence(silence)?;
    others.wait_for("slo.alert.firing", burn)
}

/// Who is told beside Alertmanager: a webhook.
struct Others {
    address: SocketAddr,
    told: Arc<Mutex<Vec<Value>>>,
}

impl Others {
    fn start() -> Result<Others, String> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let told: Arc<Mutex<Vec<Value>>> = Arc::default();
        let kept = told.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if let Some(body) = take(stream) {
                    kept.lock().unwrap_or_else(PoisonError::into_inner).push(body);
                }
            }
        });
        Ok(Others { address, told })
    }

    fn told(&self) -> Vec<Value> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until it was told something of a type, and does something meanwhile.
    fn wait_for(&self, what: &str, mut meanwhile: impl FnMut() -> Result<(), String>) -> Result<(), String> {
        let deadline = Instant::now() + SOON;
        while self.told().iter().all(|told| told["type"].text() != what) {
            if Instant::now() >= deadline {
                return Err(format!("after {} s others were told {:?} and not {what}", SOON.as_secs(), self.told()));
            }
            meanwhile()?;
            std::thread::sleep(Duration::from_secs(1));
        }
        Ok(())
    }
}

/// The body of one request.
fn take(mut stream: TcpStream) -> Option<Value> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim().split_once(": ") else {
            if line.trim().is_empty() {
                break;
            }
            continue;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    stream.write_all(b"HTTP/1.1 204 Taken\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").ok()?;
    serde_json::from_slice(&body).ok()
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

    /// Silences the alerts of the shop; the silence's id.
    fn silence(&self) -> Result<String, String> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let at = |seconds: u64| capture(Command::new("date").args(["-u", "-d", &format!("@{seconds}"), "+%FT%TZ"]));
        let (from, until) = (at(now)?, at(now + 600)?);
        let matcher = serde_json::json!({ "name": "service", "value": "peers-.*", "isRegex": true, "isEqual": true });
        let silence = serde_json::json!({ "matchers": [matcher], "startsAt": from.trim(), "endsAt": until.trim(),
                                          "createdBy": "kim", "comment": "the move" });
        let mut connection = Connection::open(self.address).map_err(|error| error.to_string())?;
        let answer = connection.post("/api/v2/silences", "application/json", silence.to_string().as_bytes());
        let (status, body) = answer.map_err(|error| error.to_string())?;
        let answer: Value = serde_json::from_slice(body).unwrap_or_default();
        match (status, answer["silenceID"].text()) {
            (200, id) if !id.is_empty() => Ok(id.to_owned()),
            _ => Err(format!("a silence is answered with {status}: {answer}")),
        }
    }

    fn end_silence(&self, id: &str) -> Result<(), String> {
        let mut connection = Connection::open(self.address).map_err(|error| error.to_string())?;
        let request = format!("DELETE /api/v2/silence/{id} HTTP/1.1\r\nhost: {}\r\n\r\n", self.address);
        match connection.exchange(request.as_bytes()) {
            Ok((200, _)) => Ok(()),
            Ok((status, _)) => Err(format!("the end of a silence is answered with {status}")),
            Err(error) => Err(error.to_string()),
        }
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
