//! Three hosts: this network, a client beside it, and a backend behind it.

use crate::harness::tool;
use nines_nft::scratch::enter_namespace;
use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// This host, as the client sees it.
pub const OWN: &str = "10.99.1.1";
pub const OWN_6: &str = "fd99:1::1";
/// The client's two addresses.
pub const CLIENT: &str = "10.99.1.2";
pub const OTHER_CLIENT: &str = "10.99.1.3";
pub const CLIENT_6: &str = "fd99:1::2";
/// This host, as the backend sees it, and the backend.
pub const OWN_BEHIND: &str = "10.99.2.1";
pub const BACKEND: &str = "10.99.2.2";

/// How long a connection that is dropped is waited for; one that is let in takes a millisecond.
const PATIENCE: Duration = Duration::from_millis(700);
/// How often something that has to come about is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// What became of a connection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Met {
    /// Somebody answered, and told whom they saw.
    Answer { peer: IpAddr },
    /// It was refused.
    Refused,
    /// Nobody answered.
    Silence,
}

/// Another host: a process in a network of its own.
pub struct Neighbour {
    process: Child,
    namespace: PathBuf,
}

impl Neighbour {
    /// A host joined to this one by a pair of interfaces, `near` here and `eth0` there.
    fn join(near: &str, ours: &[&str], theirs: &[&str]) -> Neighbour {
        let process = Command::new("unshare").args(["-n", "sleep", "120"]).stdin(Stdio::null()).spawn();
        let process = process.expect("unshare, of util-linux");
        let pid = process.id().to_string();
        let namespace = PathBuf::from(format!("/proc/{pid}/ns/net"));
        let own = std::fs::read_link("/proc/thread-self/ns/net").expect("a network");
        within(Duration::from_secs(10), "a network of its own", || {
            std::fs::read_link(&namespace).is_ok_and(|theirs| theirs != own)
        });
        let neighbour = Neighbour { process, namespace };
        tool("ip", &["link", "add", near, "type", "veth", "peer", "name", "eth0", "netns", &pid]);
        set_up(near, ours);
        neighbour.on(|| set_up("eth0", theirs));
        neighbour
    }

    /// Runs a function on that host.
    pub fn on<T: Send>(&self, run: impl FnOnce() -> T + Send) -> T {
        thread::scope(|scope| {
            let thread = scope.spawn(|| {
                enter_namespace(&self.namespace).expect("the neighbour's network");
                run()
            });
            thread.join().expect("what runs there")
        })
    }
}

impl Drop for Neighbour {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn set_up(interface: &str, addresses: &[&str]) {
    for address in addresses {
        let family = if address.contains(':') { "-6" } else { "-4" };
        let mut arguments = vec![family, "address", "add", address, "dev", interface];
        if family == "-6" {
            arguments.push("nodad");
        }
        tool("ip", &arguments);
    }
    tool("ip", &["link", "set", interface, "up"]);
    tool("ip", &["link", "set", "lo", "up"]);
}

/// The client beside this host.
pub fn client() -> Neighbour {
    Neighbour::join("front", &["10.99.1.1/24", "fd99:1::1/64"], &["10.99.1.2/24", "10.99.1.3/24", "fd99:1::2/64"])
}

/// The backend behind this host, which knows no way to the client but through it.
pub fn backend() -> Neighbour {
    Neighbour::join("back", &["10.99.2.1/24"], &["10.99.2.2/24"])
}

/// Something that answers each connection with the address it came from, and goes on answering what comes over it.
pub struct Listener {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Listener {
    /// On a port of every address of the calling thread's network.
    pub fn start(port: u16) -> Listener {
        let listener = TcpListener::bind(("::", port)).expect("a port");
        listener.set_nonblocking(true).expect("a listener that does not wait");
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let thread = thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                match listener.accept() {
                    Ok((stream, peer)) => drop(thread::spawn(move || answer(stream, peer.ip().to_canonical()))),
                    Err(_) => thread::sleep(LOOK),
                }
            }
        });
        Listener { stop, thread: Some(thread) }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(mut stream: TcpStream, peer: IpAddr) {
    let _ = stream.set_nonblocking(false);
    let mut byte = [0];
    while stream.read_exact(&mut byte).is_ok() {
        if stream.write_all(format!("{peer}\n").as_bytes()).is_err() {
            return;
        }
    }
}

/// Opens a connection from the calling thread's network, and says what became of it.
pub fn dial(address: &str, port: u16) -> Met {
    met(connect(None, address, port))
}

/// The same from one of its addresses.
pub fn dial_from(source: &str, address: &str, port: u16) -> Met {
    met(connect(Some(source), address, port))
}

fn met(stream: std::io::Result<TcpStream>) -> Met {
    match stream.and_then(|mut stream| ask(&mut stream)) {
        Ok(peer) => Met::Answer { peer },
        Err(error) if matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset) => Met::Refused,
        Err(_) => Met::Silence,
    }
}

/// A connection, from an address where one is said.
pub fn connect(source: Option<&str>, address: &str, port: u16) -> std::io::Result<TcpStream> {
    let to = SocketAddr::new(address.parse().expect("an address"), port);
    let Some(source) = source else { return TcpStream::connect_timeout(&to, PATIENCE) };
    let family = if to.is_ipv4() { rustix::net::AddressFamily::INET } else { rustix::net::AddressFamily::INET6 };
    let socket = rustix::net::socket(family, rustix::net::SocketType::STREAM, None)?;
    rustix::net::bind(&socket, &SocketAddr::new(source.parse().expect("an address"), 0))?;
    rustix::net::sockopt::set_socket_timeout(&socket, rustix::net::sockopt::Timeout::Send, Some(PATIENCE))?;
    rustix::net::connect(&socket, &to)?;
    Ok(TcpStream::from(socket))
}

/// Asks over a connection whom the other side sees.
pub fn ask(stream: &mut TcpStream) -> std::io::Result<IpAddr> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(b"?")?;
    let mut line = Vec::new();
    let mut byte = [0];
    while line.last() != Some(&b'\n') {
        stream.read_exact(&mut byte)?;
        line.push(byte[0]);
    }
    let text = String::from_utf8_lossy(&line);
    text.trim().parse().map_err(|_| std::io::Error::from(ErrorKind::InvalidData))
}

/// Waits until something is so.
pub fn within(patience: Duration, what: &str, is: impl Fn() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < patience, "not within {patience:?}: {what}");
        thread::sleep(LOOK);
    }
}

pub fn answered_by(peer: &str) -> Met {
    Met::Answer { peer: peer.parse().expect("an address") }
}
