//! The real Zipkin server: its published jar, fetched once through Maven, and a process of it.

use crate::load::http::Connection;
use crate::process::{capture, run};
use crate::server::free_address;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What is fetched: group, artifact, version, packaging, classifier.
pub const ARTIFACT: &str = "io.zipkin:zipkin-server:3.6.1:jar:exec";
/// The file that Maven makes of it, and its SHA-256.
const FILE: &str = "zipkin-server-3.6.1-exec.jar";
const SHA256: &str = "d8326e0ed4f43855dba81228f688554706e52578a7c782d9a90b73f8680654a1";
/// Java versions it runs on.
const JAVA_MIN: u32 = 17;
/// Spans it keeps: more than it is sent, or it would throw the oldest away.
const SPANS_MAX: &str = "4000000";
/// Fetching may take so long.
const FETCH_LIMIT: Duration = Duration::from_secs(600);
/// Starting may take so long.
const START_LIMIT: Duration = Duration::from_secs(90);

/// What a Zipkin is started from.
pub struct Package {
    /// The Java to run it with.
    pub java: String,
    jar: PathBuf,
    folder: PathBuf,
}

/// Finds the jar in the cache or fetches it, checks it, and finds a Java that suits.
pub fn fetch(java: Option<&str>) -> Result<Package, String> {
    let java = java.map_or_else(find_java, |java| Ok(java.to_owned()))?;
    let folder = cache_folder()?;
    let jar = folder.join(FILE);
    if !jar.is_file() {
        println!("-- fetching {ARTIFACT} into {}", folder.display());
        let mut maven = Command::new("mvn");
        maven.args(["-q", "-B", "dependency:copy"]);
        maven.arg(format!("-Dartifact={ARTIFACT}")).arg(format!("-DoutputDirectory={}", folder.display()));
        run(maven.current_dir(&folder), FETCH_LIMIT).map_err(|why| {
            format!("Maven could not fetch {ARTIFACT}: {why}\nhint: put {FILE} into {}", folder.display())
        })?;
    }
    let sum = capture(Command::new("sha256sum").arg(&jar))?;
    if sum.split(' ').next() != Some(SHA256) {
        return Err(format!("{} is not the file that was published\nhint: remove it", jar.display()));
    }
    Ok(Package { java, jar, folder })
}

/// Outside the repository: `NINES_CACHE`, else the user's cache.
fn cache_folder() -> Result<PathBuf, String> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = variable("NINES_CACHE")
        .or_else(|| Some(variable("XDG_CACHE_HOME")?.join("nines")))
        .or_else(|| Some(variable("HOME")?.join(".cache/nines")))
        .ok_or("there is no HOME to cache in\nhint: set NINES_CACHE to a folder")?;
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// The newest Java that is installed, if it is new enough.
fn find_java() -> Result<String, String> {
    let installed = std::fs::read_dir("/usr/lib/jvm").into_iter().flatten().flatten();
    let candidates = installed.map(|entry| entry.path().join("bin/java").to_string_lossy().into_owned());
    let newest = candidates
        .chain(["java".to_owned()])
        .filter_map(|java| Some((java_major(&java)?, java)))
        .max()
        .filter(|(major, _)| *major >= JAVA_MIN);
    newest
        .map(|(_, java)| java)
        .ok_or_else(|| format!("Zipkin needs Java {JAVA_MIN}\nhint: install a JRE, or name one by --java"))
}

fn java_major(java: &str) -> Option<u32> {
    // It prints its version as a property on standard error; -version words differ between builds.
    let script = "\"$1\" -XshowSettings:properties -version 2>&1";
    let text = capture(Command::new("sh").args(["-c", script, "sh", java])).ok()?;
    let line = text.lines().find_map(|line| line.trim().strip_prefix("java.specification.version = "))?;
    line.trim().parse().ok()
}

/// A running Zipkin, killed when dropped.
pub struct Zipkin {
    child: Child,
    /// Where its API is.
    pub address: SocketAddr,
}

impl Zipkin {
    /// Starts it with memory storage and a heap (`-Xmx4g`: a million spans take 2.1 to 2.7 GB), and waits until it
    /// is ready.
    pub fn start(package: &Package, heap: &str) -> Result<Zipkin, String> {
        let address = free_address()?;
        let log_path = package.folder.join("zipkin.log");
        let log = std::fs::File::create(&log_path).map_err(|error| format!("{}: {error}", log_path.display()))?;
        let child = Command::new(&package.java)
            .args([heap, "-jar"])
            .arg(&package.jar)
            .env("QUERY_PORT", address.port().to_string())
            .envs([("STORAGE_TYPE", "mem"), ("MEM_MAX_SPANS", SPANS_MAX)])
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("cannot start {}: {error}", package.java))?;
        let zipkin = Zipkin { child, address };
        zipkin.wait_until_ready(&log_path)?;
        Ok(zipkin)
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    fn wait_until_ready(&self, log: &Path) -> Result<(), String> {
        let deadline = Instant::now() + START_LIMIT;
        loop {
            let answered = Connection::open(self.address)
                .and_then(|mut connection| connection.get("/health").map(|(status, _)| status));
            match answered {
                Ok(200) => return Ok(()),
                _ if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(200)),
                _ => {
                    return Err(format!(
                        "Zipkin is not ready after {} s\nhint: see {}",
                        START_LIMIT.as_secs(),
                        log.display()
                    ));
                }
            }
        }
    }
}

impl Drop for Zipkin {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
