//! The real binary as a server under test: built, started on free ports, asked over plain HTTP, ended.

use crate::process::{capture, cargo, json_text};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take until it answers: an unoptimised build on two busy cores.
const START_LIMIT: Duration = Duration::from_secs(60);
/// How long one request may take.
const REQUEST_LIMIT: Duration = Duration::from_secs(30);

/// A running `nines`, killed when dropped.
pub struct Server {
    child: Child,
    /// Where its page and its API are.
    pub address: SocketAddr,
}

/// Builds the binary in a profile and returns its path.
pub fn build(profile: &str) -> Result<PathBuf, String> {
    crate::process::run(
        cargo().args(["build", "--locked", "--package", "nines", "--profile", profile]),
        Duration::from_secs(40 * 60),
    )?;
    let metadata = capture(cargo().args(["metadata", "--locked", "--no-deps", "--format-version", "1"]))?;
    let target = json_text(&metadata, "target_directory")
        .ok_or_else(|| "cargo metadata names no target directory".to_owned())?;
    let folder = if profile == "dev" { "debug" } else { profile };
    let binary = Path::new(&target).join(folder).join("nines");
    if binary.is_file() { Ok(binary) } else { Err(format!("{} was not built", binary.display())) }
}

/// A loopback address that was free a moment ago.
pub fn free_address() -> Result<SocketAddr, String> {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map_err(|error| format!("no free port on 127.0.0.1: {error}"))
}

impl Server {
    /// Starts the binary with a verb (`serve`, `demo`) and further arguments, and waits until it is ready.
    pub fn start(binary: &Path, verb: &str, data: &Path, further: &[&str]) -> Result<Server, String> {
        let address = free_address()?;
        let log_path = data.with_extension("log");
        let log = std::fs::File::create(&log_path).map_err(|error| format!("{}: {error}", log_path.display()))?;
        let child = Command::new(binary)
            .arg(verb)
            .args(["--listen", &address.to_string(), "--data"])
            .arg(data)
            .args(further)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(|error| format!("cannot start {}: {error}", binary.display()))?;
        let mut server = Server { child, address };
        server.wait_until_ready().map_err(|why| {
            let log = std::fs::read_to_string(&log_path).unwrap_or_default();
            format!("nines {verb}: {why}; it said:\n{log}")
        })?;
        Ok(server)
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends it by SIGTERM and waits; an error when it does not end well in time.
    pub fn stop(mut self, limit: Duration) -> Result<(), String> {
        // The shell's own `kill`: a bare Debian has no other.
        capture(Command::new("sh").args(["-c", &format!("kill -TERM {}", self.child.id())]))?;
        let deadline = Instant::now() + limit;
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) if status.success() => return Ok(()),
                Ok(Some(status)) => return Err(format!("the server ended with {status}")),
                Ok(None) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(20)),
                Ok(None) => return Err(format!("the server still runs {} s after SIGTERM", limit.as_secs())),
                Err(error) => return Err(format!("cannot wait for the server: {error}")),
            }
        }
    }

    fn wait_until_ready(&mut self) -> Result<(), String> {
        let deadline = Instant::now() + START_LIMIT;
        loop {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("ended at once with {status}"));
            }
            match get(self.address, "/health") {
                Ok((200, _)) => return Ok(()),
                Ok(_) | Err(_) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(10)),
                Ok((status, body)) => return Err(format!("/health answers {status}: {body}")),
                Err(error) => return Err(format!("no answer on {}: {error}", self.address)),
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One GET on a connection of its own: status and body.
pub fn get(address: SocketAddr, path: &str) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect_timeout(&address, REQUEST_LIMIT)?;
    stream.set_read_timeout(Some(REQUEST_LIMIT))?;
    // HTTP/1.0: the server closes when done and does not chunk.
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\nAccept: application/json\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Ok((status, body.to_owned()))
}
