//! The process: what it may do, how it ends, and what nonsense does to it.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{SocketAddr, UnixDatagram, UnixStream};
use std::time::Duration;

use nines_netd::Request;
use nines_netd::protocol::frame;
use nines_nft::Connection;
use nines_traffic::generate::Dice;

use crate::harness::{nft, tool};
use crate::netd::{FIRST, Folder, Netd, held, holds, within};

const BOOT: &str = "boot-1";
/// The word by which this program tells what it is refused.
pub const AS_REFUSED: &str = "--as-refused";

fn field(status: &str, name: &str) -> String {
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_once(':').unwrap_or_default().1.trim().to_owned()
}

pub fn privileges() {
    const NET_ADMIN: u64 = 1 << 12;
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    let status = std::fs::read_to_string(format!("/proc/{}/status", netd.child.id())).unwrap();
    for set in ["CapEff", "CapPrm", "CapBnd"] {
        assert_eq!(u64::from_str_radix(&field(&status, set), 16), Ok(NET_ADMIN), "{set}");
    }
    assert_eq!((field(&status, "CapInh").as_str(), field(&status, "NoNewPrivs").as_str()), ("0000000000000000", "1"));
    assert_eq!(field(&status, "Seccomp"), "2", "calls are filtered");
    if has_other_users() {
        assert!(!field(&status, "Uid").split_whitespace().any(|uid| uid == "0"), "{}", field(&status, "Uid"));
    }
    netd.apply(FIRST, Some(60));
    assert!(holds(1), "one capability is enough");
}

/// What the account plants in its folder is not followed with the rights of root.
pub fn planted() {
    let folder = Folder::new();
    let state = folder.path().join("state");
    let of_root = folder.path().join("of-root");
    std::fs::create_dir(&state).unwrap();
    std::fs::write(&of_root, "").unwrap();
    std::fs::set_permissions(&of_root, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::os::unix::fs::symlink(&of_root, state.join("journal.ndjson")).unwrap();
    let mut netd = Netd::spawn(&folder, BOOT);
    if has_other_users() {
        within(Duration::from_secs(2), || netd.child.try_wait().unwrap().is_some()).expect("it ends");
        assert_eq!(std::fs::read_to_string(&of_root).unwrap(), "");
    }
}

/// Whether root is not alone, as in a user namespace of the test's own.
fn has_other_users() -> bool {
    std::fs::read_to_string("/proc/self/uid_map").unwrap().split_whitespace().last() != Some("1")
}

pub fn terminated() {
    let folder = Folder::new();
    let mut netd = Netd::start(&folder, BOOT);
    netd.apply(FIRST, None);
    let pid = netd.child.id().to_string();
    tool("kill", &["-TERM", &pid]);
    let ended = || netd.child.try_wait().unwrap().is_some();
    within(Duration::from_secs(2), ended).expect("it ends");
    assert!(netd.child.wait().unwrap().success());
    assert!(holds(1), "rules stay");
}

/// As systemd is told: through a file's name or none.
pub fn notified() {
    let folder = Folder::new();
    let path = folder.path().join("notify");
    let name = format!("nines-netd-test-{}", std::process::id());
    let abstracted = SocketAddr::from_abstract_name(&name).unwrap();
    let sockets = [
        (UnixDatagram::bind(&path).unwrap(), path.to_str().unwrap().to_owned()),
        (UnixDatagram::bind_addr(&abstracted).unwrap(), format!("@{name}")),
    ];
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o777)).unwrap();
    for (socket, name) in sockets {
        socket.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let hear = || {
            let mut told = [0; 64];
            let n_bytes = socket.recv(&mut told).unwrap();
            String::from_utf8(told[..n_bytes].to_vec()).unwrap()
        };
        let netd = Netd::spawn_with(&folder, BOOT, &[("NOTIFY_SOCKET", &name), ("WATCHDOG_USEC", "200000")]);
        assert_eq!(hear(), "READY=1");
        netd.ask(Request::Status).expect("it answers as soon as it says so");
        assert_eq!((hear().as_str(), hear().as_str()), ("WATCHDOG=1", "WATCHDOG=1"));
    }
}

pub fn nonsense() {
    // `NINES_NETD_MESSAGES=1000000` is the run of a night.
    const MESSAGES: usize = 20_000;
    let n_messages = std::env::var("NINES_NETD_MESSAGES").ok().and_then(|n| n.parse().ok()).unwrap_or(MESSAGES);
    let folder = Folder::new();
    let mut netd = Netd::start(&folder, BOOT);
    let plan = netd.plan(FIRST, None);
    let good = Request::Apply(Box::new(crate::netd::apply_of(plan, None))).write();
    // Where enough luck makes a good message of it, it comes too late.
    nft("table ip theirs { }\n");
    let before = Connection::open().unwrap().generation().unwrap().id;
    let mut dice = Dice::new(8);
    let mut n_answered = 0;
    for _ in 0..n_messages {
        let mut body = good.clone();
        for _ in 0..=dice.below(4) {
            let at = dice.below(body.len() as u64) as usize;
            body[at] ^= 1 + dice.below(255) as u8;
        }
        body.truncate(if dice.once_in(2) { body.len() } else { dice.below(body.len() as u64) as usize });
        let bytes = if dice.once_in(3) { body } else { frame(&body) };
        let mut stream = UnixStream::connect(netd.socket()).unwrap();
        // It may have closed already, which is its right.
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        n_answered += usize::from(!answer.is_empty());
    }
    assert!(n_answered > n_messages / 2, "{n_answered} were read");
    assert_eq!(netd.child.try_wait().unwrap(), None, "it lives");
    assert!(netd.status()["generation"].is_number());
    assert_eq!(Connection::open().unwrap().generation().unwrap().id, before, "nothing was changed");
}

/// Silent connections in every place: others wait a moment, and the clock goes on.
pub fn crowded() {
    const SILENT: usize = 40;
    let folder = Folder::new();
    let netd = Netd::start(&folder, BOOT);
    netd.apply(FIRST, Some(1));
    let silent: Vec<UnixStream> = (0..SILENT).map(|_| UnixStream::connect(netd.socket()).unwrap()).collect();
    within(Duration::from_secs(2), || held().is_none()).expect("taken back in its time");
    assert!(netd.status()["generation"].is_number());
    drop(silent);
}

/// What another process of this program tells of itself once it can ask no more than netd can.
pub fn refused() {
    let told = std::process::Command::new(std::env::current_exe().unwrap()).arg(AS_REFUSED).output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    assert_eq!(told, "file: Ok\nmemory: Ok\nprogram: EPERM\nthread: EPERM\nsocket: EPERM\npair: EPERM\nlink: EPERM\n");
}

/// What this program does instead of tests where it was started to be refused things.
pub fn run_refused() -> std::process::ExitCode {
    let folder = Folder::new();
    rustix::thread::set_no_new_privs(true).unwrap();
    nines_netd::seccomp::refuse().unwrap();
    let tell = |what: &str, result: std::io::Result<()>| {
        let told = match result.as_ref().map_err(std::io::Error::raw_os_error) {
            Ok(()) => "Ok".to_owned(),
            Err(Some(libc::EPERM)) => "EPERM".to_owned(),
            Err(other) => format!("{other:?}"),
        };
        println!("{what}: {told}");
    };
    tell("file", std::fs::write(folder.path().join("file"), "text"));
    let mut memory: Vec<u8> = Vec::new();
    tell("memory", memory.try_reserve(1 << 26).map_err(std::io::Error::other));
    tell("program", std::process::Command::new("/bin/true").status().map(|_| ()));
    tell("thread", std::thread::Builder::new().spawn(|| ()).map(|_| ()));
    tell("socket", std::net::UdpSocket::bind("127.0.0.1:0").map(|_| ()));
    tell("pair", UnixStream::pair().map(|_| ()));
    tell("link", std::os::unix::fs::symlink("file", folder.path().join("link")));
    std::process::ExitCode::SUCCESS
}
