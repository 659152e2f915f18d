//! Telling systemd that the rules hold, and that the loop goes on: datagrams of `KEY=VALUE` to the socket that it names
//! (sd_notify(3)). Nothing where nobody named one.

use std::ffi::OsStr;
use std::io;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::{Duration, Instant};

/// The variable that names the socket; `@` begins a name that is no file's.
const SOCKET: &str = "NOTIFY_SOCKET";
/// The variable with the microseconds within which it wants to hear of the loop.
const WATCHDOG: &str = "WATCHDOG_USEC";

/// Whoever wants to know.
#[derive(Debug, Default)]
pub struct Notify {
    socket: Option<UnixDatagram>,
    /// How often the loop is told of: twice as often as is asked for.
    every: Option<Duration>,
    told: Option<Instant>,
}

impl Notify {
    /// Opens the socket that the environment names; what is sent later needs no other.
    ///
    /// # Errors
    /// Where one is named and cannot be had.
    pub fn open() -> Result<Notify, io::Error> {
        let Some(name) = std::env::var_os(SOCKET) else { return Ok(Notify::default()) };
        let socket = UnixDatagram::unbound()?;
        socket.connect_addr(&address(&name)?)?;
        let micros = std::env::var(WATCHDOG).ok().and_then(|micros| micros.parse().ok());
        let every = micros.map(|micros| Duration::from_micros(micros) / 2);
        Ok(Notify { socket: Some(socket), every, told: None })
    }

    /// The rules hold, and requests are answered.
    pub fn ready(&mut self) {
        self.tell("READY=1");
    }

    /// The loop goes on.
    pub fn alive(&mut self) {
        let is_due = |every: Duration| self.told.is_none_or(|told| told.elapsed() >= every);
        if self.every.is_some_and(is_due) {
            self.tell("WATCHDOG=1");
            self.told = Some(Instant::now());
        }
    }

    /// How long the loop may sleep.
    #[must_use]
    pub fn patience(&self) -> Option<Duration> {
        self.every
    }

    /// Whoever does not listen any more is not waited for.
    fn tell(&self, what: &str) {
        let Some(socket) = &self.socket else { return };
        if let Err(error) = socket.send(what.as_bytes()) {
            eprintln!("error: {what} was not heard: {error}\nhint: see the unit's NotifyAccess");
        }
    }
}

fn address(name: &OsStr) -> Result<SocketAddr, io::Error> {
    match name.as_bytes().strip_prefix(b"@") {
        Some(name) => SocketAddr::from_abstract_name(name),
        None => SocketAddr::from_pathname(name),
    }
}
