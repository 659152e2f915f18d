//! The server of a measurement: the real binary on a directory of its own, with objectives to count for.

use crate::load::definitions::definitions;
use crate::load::usage;
use crate::process::capture;
use crate::server::{self, Server};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The corpora's time runs at 10 000 spans a second, faster than the clock where more are sent: sent from so long ago
/// on, what a quarter of a minute sends ends neither before the horizon of late spans nor ahead of the clock.
const SENT_FROM: Duration = Duration::from_secs(14 * 60);

/// When the time of a corpus begins that is sent at once, microseconds.
pub fn start_us() -> u64 {
    usage::now_us() - SENT_FROM.as_micros() as u64
}

/// The server may take so long to end.
const STOP_LIMIT: Duration = Duration::from_secs(60);

/// A running server and its directories.
pub struct Rig {
    /// The server.
    pub server: Server,
    /// Its data directory.
    pub data: PathBuf,
    scratch: Scratch,
}

/// A folder that goes when it is dropped.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Rig {
    /// Starts the binary on a fresh data directory, or on `keep` if there is one.
    pub fn start(binary: &Path, keep: Option<&Path>, further: &[&str]) -> Result<Rig, String> {
        Rig::start_with(binary, keep, &definitions(), further)
    }

    /// The same with other definitions.
    pub fn start_with(binary: &Path, keep: Option<&Path>, definitions: &str, further: &[&str]) -> Result<Rig, String> {
        let scratch = Scratch(scratch_folder()?);
        let folder = scratch.0.join("definitions");
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(folder.join("bench.yaml"), definitions))
            .map_err(|error| format!("{}: {error}", folder.display()))?;
        let data = keep.map_or_else(|| scratch.0.join("data"), Path::to_owned);
        let folder = folder.to_string_lossy();
        let arguments =
            [&["--otlp-http", "off", "--otlp-grpc", "off", "--definitions", folder.as_ref()], further].concat();
        let server = Server::start(binary, "serve", &data, &arguments)?;
        let (_, slos) = server::get(server.address, "/api/nines/v1/slos").map_err(|error| format!("/slos: {error}"))?;
        if !slos.contains("\"target\"") {
            return Err(format!("the server did not load the definitions: {slos:.300}"));
        }
        Ok(Rig { server, data, scratch })
    }

    /// Stored spans, as the running server counts them.
    pub fn stored_spans(&self) -> Result<u64, String> {
        let (_, about) =
            server::get(self.server.address, "/api/nines/v1/about").map_err(|error| format!("/about: {error}"))?;
        json_number(&about, "spans")
            .ok_or_else(|| format!("/about does not say how many spans there are: {about:.300}"))
    }

    /// Ends the server; what it wrote is left until the stopped rig goes.
    pub fn stop(self) -> Result<Stopped, String> {
        self.server.stop(STOP_LIMIT)?;
        Ok(Stopped { data: self.data, _scratch: self.scratch })
    }
}

/// What is left of a rig whose server has ended. Its scratch folder goes when it is dropped.
pub struct Stopped {
    /// The data directory.
    pub data: PathBuf,
    _scratch: Scratch,
}

impl Stopped {
    /// Bytes of the data directory.
    pub fn disk_bytes(&self) -> u64 {
        usage::directory_bytes(&self.data)
    }

    /// Reads every file of the data directory and returns how many spans there are, or the damage.
    pub fn read_back(&self, binary: &Path) -> Result<u64, String> {
        let report = capture(Command::new(binary).args(["store", "check", "-o", "json", "--data"]).arg(&self.data))
            .map_err(|why| format!("the store is damaged: {why}"))?;
        json_number(&report, "spans").ok_or_else(|| format!("store check does not count the spans: {report:.300}"))
    }
}

/// A folder of this process under the temporary one.
pub fn scratch_folder() -> Result<PathBuf, String> {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("nines-bench-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}

/// The whole number of the first member with that name.
pub fn json_number(json: &str, name: &str) -> Option<u64> {
    let rest = &json[json.find(&format!("\"{name}\":"))? + name.len() + 3..];
    rest.trim_start().split(|char: char| !char.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_name() {
        assert_eq!(json_number("{\"spans\": 12,\"x\":1}", "spans"), Some(12));
        assert_eq!(json_number("{\"x\":\"y\"}", "x"), None);
    }
}
