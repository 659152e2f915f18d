//! A netd of the test's own: another process in the test's network, with a folder that goes with it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nines_netd::{Answer, Apply, Options, Peer, Refusal, Request, ask};
use nines_nft::Connection;
use nines_traffic::Services;
use nines_traffic::nft::TableId;
use nines_traffic::plan::{Asked, Operator, Plan, PlanId};

/// The word by which this program is netd rather than tests.
pub const AS_NETD: &str = "--as-netd";
/// How long a netd may take to be ready.
const READY: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(10);

/// Rules that leave everything open but one port.
pub const FIRST: &str = "traffic:\n  inbound:\n    - deny: 7001\n  otherwise: allow\n";
/// Others.
pub const SECOND: &str = "traffic:\n  inbound:\n    - deny: 7002\n    - deny: 7003\n  otherwise: allow\n";

/// A folder that is removed with the value.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Folder {
        use std::sync::atomic::{AtomicU32, Ordering};
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("nines-netd-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).unwrap();
        Folder(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn journal(&self) -> String {
        std::fs::read_to_string(self.0.join("state/journal.ndjson")).unwrap_or_default()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A running one; killed with the value.
pub struct Netd {
    pub child: Child,
    socket: PathBuf,
}

impl Netd {
    /// Starts one in the network of the calling thread, and waits until it answers.
    pub fn start(folder: &Folder, boot: &str) -> Netd {
        let netd = Netd::spawn(folder, boot);
        let start = Instant::now();
        while netd.ask(Request::Status).is_err() {
            assert!(start.elapsed() < READY, "netd is not ready");
            std::thread::sleep(POLL);
        }
        netd
    }

    /// Starts one, and does not wait.
    pub fn spawn(folder: &Folder, boot: &str) -> Netd {
        Netd::spawn_with(folder, boot, &[])
    }

    /// The same with variables in its environment.
    pub fn spawn_with(folder: &Folder, boot: &str, variables: &[(&str, &str)]) -> Netd {
        let socket = folder.path().join("netd.sock");
        let _ = std::fs::remove_file(&socket);
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg(AS_NETD).arg(&socket).arg(folder.path().join("state")).arg(boot).stdin(Stdio::null());
        command.envs(variables.iter().copied());
        Netd { child: command.spawn().unwrap(), socket }
    }

    pub fn ask(&self, request: Request) -> Result<Answer, Refusal> {
        ask(&self.socket, &request)
    }

    pub fn socket(&self) -> &Path {
        &self.socket
    }

    pub fn plan(&self, text: &str, operator: Option<Operator>) -> Plan {
        match self.ask(Request::Plan(Asked { operator, ..asked(text) })) {
            Ok(Answer::Planned(plan)) => *plan,
            other => panic!("no plan but {other:?}"),
        }
    }

    /// Plans and applies.
    pub fn apply(&self, text: &str, confirm_seconds: Option<u32>) -> PlanId {
        let plan = self.plan(text, None);
        let id = plan.id();
        self.ask(Request::Apply(Box::new(apply_of(plan, confirm_seconds)))).unwrap();
        id
    }

    pub fn confirm(&self, id: &PlanId, peer: Option<Peer>) -> Result<Answer, Refusal> {
        self.ask(Request::Confirm { id: id.clone(), peer })
    }

    pub fn status(&self) -> serde_json::Value {
        match self.ask(Request::Status) {
            Ok(Answer::Status(text)) => serde_json::from_str(&text).unwrap(),
            other => panic!("no status but {other:?}"),
        }
    }

    /// As `kill -9` does.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Netd {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn asked(text: &str) -> Asked {
    Asked {
        file: "traffic.yaml".to_owned(),
        text: text.to_owned(),
        services: Asked::services_of(text, &Services::default()),
        ..Asked::default()
    }
}

pub fn apply_of(plan: Plan, confirm_seconds: Option<u32>) -> Apply {
    Apply { plan, confirm_seconds, peer: None, override_guard: None, if_unaffected: false }
}

/// Ids of the rules that the kernel holds; none where there is no table of ours.
pub fn held() -> Option<Vec<String>> {
    let live = Connection::open().unwrap().table(&TableId::nines()).unwrap().1?;
    let rules = live.chains.into_iter().flat_map(|chain| chain.rules);
    Some(rules.filter_map(|live| live.rule.id.map(|id| id.to_string())).collect())
}

/// Whether the kernel holds rules of this many ports that are denied.
pub fn holds(n_denied: usize) -> bool {
    held().is_some_and(|ids| ids.iter().filter(|id| id.starts_with("inbound/")).count() == n_denied)
}

/// Waits for something for so long; how long it took.
pub fn within(longest: Duration, mut is_so: impl FnMut() -> bool) -> Option<Duration> {
    let start = Instant::now();
    while start.elapsed() <= longest {
        if is_so() {
            return Some(start.elapsed());
        }
        std::thread::sleep(POLL);
    }
    None
}

/// What this program does instead of tests where it was started as netd.
pub fn run_as_netd(arguments: &[String]) -> std::process::ExitCode {
    let [socket, state, boot] = arguments else { panic!("SOCKET STATE BOOT") };
    // A user namespace of the test's own has root alone.
    let users = std::fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    let has_others = users.split_whitespace().last() != Some("1");
    let user = (!has_others).then(|| "root".to_owned());
    match nines_netd::run_in_boot(&Options { socket: socket.into(), state: state.into(), user }, boot) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
            eprintln!("netd: {error}: {cause}");
            std::process::ExitCode::FAILURE
        }
    }
}
