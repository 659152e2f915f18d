//! The real program in the test's network: netd, and the commands that ask it.

use crate::world::within;
use serde_json::Value;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

pub const NINES: &str = env!("CARGO_BIN_EXE_nines");

/// How long a netd may take to be ready, on a busy machine.
const READY: Duration = Duration::from_secs(20);
/// The same of a server, whose debug build takes its time.
const STARTED: Duration = Duration::from_secs(60);

/// A running netd with its folder; killed with the value.
pub struct Netd {
    pub child: Child,
    pub folder: tempfile::TempDir,
}

/// What a command came to.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Netd {
    pub fn start() -> Netd {
        let folder = tempfile::tempdir().expect("a folder");
        let child = spawn(folder.path());
        let netd = Netd { child, folder };
        netd.wait_for_socket();
        netd
    }

    /// Starts it anew on the same folder.
    pub fn start_again(&mut self) {
        self.child = spawn(self.folder.path());
        self.wait_for_socket();
    }

    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(self.socket());
    }

    fn wait_for_socket(&self) {
        within(READY, "netd's socket", || self.socket().exists());
    }

    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("netd.sock")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `nines traffic …` as somebody at the console runs it.
    pub fn traffic(&self, arguments: &[&str]) -> Ran {
        self.traffic_over(None, arguments)
    }

    /// The same by somebody who came in by a connection: client, its port, own address, own port.
    pub fn traffic_over(&self, connection: Option<&str>, arguments: &[&str]) -> Ran {
        let mut command = Command::new(NINES);
        command.arg("traffic").args(arguments).env("NINES_NETD", self.socket()).env("NINES_LANG", "en");
        command.env_remove("SSH_CONNECTION").current_dir(self.folder.path());
        if let Some(connection) = connection {
            command.env("SSH_CONNECTION", connection);
        }
        ran(&command.output().expect("the program runs"))
    }

    /// Plans rules into a file.
    pub fn plan(&self, intents: &str) -> Ran {
        std::fs::write(self.path("traffic.yaml"), intents).expect("a file");
        self.traffic(&["plan", "traffic.yaml", "--out", "plan"])
    }

    /// Plans and applies rules for good.
    pub fn hold(&self, intents: &str) {
        let planned = self.plan(intents);
        assert_eq!(planned.code, 1, "changes: {planned:?}");
        let applied = self.traffic(&["apply", "plan", "--no-confirm"]);
        assert_eq!(applied.code, 0, "{applied:?}");
    }

    pub fn status(&self) -> Value {
        let status = self.traffic(&["status", "-o", "json"]);
        serde_json::from_str(&status.out).unwrap_or_else(|error| panic!("{error}: {status:?}"))
    }
}

impl Drop for Netd {
    fn drop(&mut self) {
        self.kill();
    }
}

fn spawn(folder: &Path) -> Child {
    let mut command = Command::new(NINES);
    command.arg("netd").arg("--socket").arg(folder.join("netd.sock")).arg("--state").arg(folder.join("state"));
    command.stdin(Stdio::null()).spawn().expect("the program starts")
}

pub fn ran(output: &Output) -> Ran {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ran { code: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
}

/// The id of a plan that waits, from the last line of `apply`.
pub fn pending_id(applied: &Ran) -> String {
    assert_eq!(applied.code, 0, "{applied:?}");
    let line = applied.out.lines().last().unwrap_or_default();
    let (id, rest) = line.strip_prefix("pending ").and_then(|rest| rest.split_once(':')).expect(line);
    assert!(rest.contains(&format!("nines traffic confirm {id}")), "{line}");
    id.to_owned()
}

/// A running server, its address on the loopback; killed with the value.
pub struct Server {
    pub child: Child,
    pub url: String,
}

impl Server {
    /// Starts one on a data directory, and waits until it is up.
    pub fn start(data: &Path, netd: &Path) -> Server {
        crate::harness::tool("ip", &["link", "set", "lo", "up"]);
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
        let mut command = Command::new(NINES);
        command.arg("serve").arg("--data").arg(data).args(["--listen", &free.to_string()]).arg("--netd").arg(netd);
        command.args(["--otlp-http", "off", "--otlp-grpc", "off"]).stdin(Stdio::null()).stderr(Stdio::null());
        let server = Server { child: command.spawn().expect("the program starts"), url: format!("http://{free}") };
        within(STARTED, "the server is up", || ureq::get(format!("{}/health", server.url)).call().is_ok());
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
