//! Starting the real binary on ports and folders of its own, and asking it over HTTP.

use serde_json::Value;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The program under test.
pub const NINES: &str = env!("CARGO_BIN_EXE_nines");

/// Longest wait for a server to be ready: a debug build on a busy machine.
const READY_MAX: Duration = Duration::from_secs(60);

/// A command with nothing inherited that could change what it does.
pub fn nines(arguments: &[&str]) -> Command {
    let mut command = Command::new(NINES);
    command
        .args(arguments)
        .env_remove("NINES_SERVER")
        .env_remove("RUST_LOG")
        // What waits in the outbox of whoever runs the tests is not for their servers.
        .env("XDG_STATE_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/state"))
        .env("LC_ALL", "C")
        .env("NINES_LANG", "en");
    command
}

/// Longest run of a command that should end by itself.
const RUN_MAX: Duration = Duration::from_secs(60);

/// Runs a command to its end; one that does not end is a failure.
pub fn run(arguments: &[&str]) -> Output {
    let child = nines(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let pid = child.id().to_string();
    let (ended, waits) = std::sync::mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        if waits.recv_timeout(RUN_MAX).is_err() {
            let _ = Command::new("kill").args(["-KILL", &pid]).status();
        }
    });
    let output = child.wait_with_output().expect("the program ends");
    let _ = ended.send(());
    watch.join().expect("the watch ends");
    output
}

/// A port nobody holds at this moment.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}

/// A running server; killed when dropped.
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    agent: ureq::Agent,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub text: String,
    pub content_type: String,
    pub retry_after: Option<String>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

impl Server {
    /// Starts `nines serve` on a data folder and waits until it is healthy.
    pub fn start(data: &Path, more: &[&str]) -> Server {
        let port = free_port();
        let listen = format!("127.0.0.1:{port}");
        let data = data.display().to_string();
        let mut arguments = vec!["serve", "--quiet", "--listen", &listen, "--data", &data];
        // No address that another test may want, unless this one names it.
        for flag in ["--otlp-http", "--otlp-grpc"] {
            if !more.contains(&flag) {
                arguments.extend([flag, "off"]);
            }
        }
        arguments.extend(more);
        Server::spawn(nines(&arguments), port)
    }

    /// Starts any command that serves on `port`.
    pub fn spawn(mut command: Command, port: u16) -> Server {
        let child = command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().expect("the program starts");
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        let mut server = Server { child, url: format!("http://127.0.0.1:{port}"), agent: config.into() };
        server.wait_until_ready();
        server
    }

    fn wait_until_ready(&mut self) {
        let deadline = Instant::now() + READY_MAX;
        while self.try_get("/health").is_none_or(|answer| answer.status != 200) {
            if let Some(status) = self.child.try_wait().expect("the child can be asked") {
                panic!("the server ended before it was ready: {status}");
            }
            assert!(Instant::now() < deadline, "the server was not ready in {READY_MAX:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn try_get(&self, path: &str) -> Option<Answer> {
        self.agent.get(format!("{}{path}", self.url)).call().ok().map(read)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.try_get(path).unwrap_or_else(|| panic!("no answer to GET {path}"))
    }

    pub fn post(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.send(path, headers, body).unwrap_or_else(|error| panic!("no answer to POST {path}: {error}"))
    }

    pub fn try_post(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<Answer> {
        self.send(path, headers, body).ok()
    }

    fn send(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Answer, ureq::Error> {
        let mut request = self.agent.post(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send(body).map(read)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// `kill -9`, at once.
    pub fn kill(mut self) {
        self.child.kill().expect("the child can be killed");
        self.child.wait().expect("the child ends");
    }

    /// SIGTERM, and the exit code.
    pub fn terminate(self) -> i32 {
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs");
        self.wait()
    }

    /// Waits until it ends by itself. The exit code.
    pub fn wait(mut self) -> i32 {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            if let Some(status) = self.child.try_wait().expect("the child can be asked") {
                return status.code().unwrap_or(-1);
            }
            assert!(Instant::now() < deadline, "the server did not end within 10 s");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(mut response: ureq::http::Response<ureq::Body>) -> Answer {
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (content_type, retry_after) = (header("content-type").unwrap_or_default(), header("retry-after"));
    let status = response.status().as_u16();
    let text = response.body_mut().with_config().limit(1 << 30).read_to_string().unwrap_or_default();
    Answer { status, text, content_type, retry_after }
}

/// The root of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository is there")
}

/// Microseconds since the epoch.
pub fn now_us() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock after 1970").as_micros() as u64
}

/// Asks again until the answer satisfies, or fails with the last one after `max`.
pub fn eventually<T: std::fmt::Debug>(max: Duration, mut ask: impl FnMut() -> T, good: impl Fn(&T) -> bool) -> T {
    let deadline = Instant::now() + max;
    loop {
        let answer = ask();
        if good(&answer) {
            return answer;
        }
        assert!(Instant::now() < deadline, "still wrong after {max:?}: {answer:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
