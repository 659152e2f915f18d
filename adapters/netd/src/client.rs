//! Asking `netd`: what `nines traffic plan`, `apply`, `confirm`, `rollback` and `status` do.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use nines_traffic::plan::{Plan, read_plan};

use crate::messages::{Fact, Hint, Refusal};
use crate::peers::Peer;
use crate::protocol::{Answer, Request, frame, unframe};

/// How long an answer is waited for: a list of a hundred thousand loads in a second.
const ANSWER_TIME: Duration = Duration::from_secs(30);
/// The variable in which sshd tells the connection.
const SSH_CONNECTION: &[u8] = b"SSH_CONNECTION=";
/// Ancestors that are looked at: deeper nesting of shells is a loop.
const ANCESTORS_MAX: usize = 64;
/// Bytes that are read at once.
const CHUNK_BYTES: usize = 64 << 10;

/// Asks, and gives the answer. Each question has a connection of its own.
///
/// # Errors
/// [`Refusal`] where netd cannot be reached, its answer cannot be read, or it refused.
pub fn ask(socket: &Path, request: &Request) -> Result<Answer, Refusal> {
    let unreachable = |error: io::Error| {
        Refusal::new(
            Fact::NotRunning { socket: socket.display().to_string(), reason: error.to_string() },
            Hint::StartNetd,
        )
    };
    match exchange(socket, request).map_err(unreachable)? {
        Answer::Refused(refusal) => Err(refusal),
        answer => Ok(answer),
    }
}

/// A trace is answered when its time is over.
fn answer_time(request: &Request) -> Duration {
    match request {
        Request::Trace(trace) => ANSWER_TIME + Duration::from_secs(trace.seconds.into()),
        _ => ANSWER_TIME,
    }
}

fn exchange(socket: &Path, request: &Request) -> Result<Answer, io::Error> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(answer_time(request)))?;
    stream.set_write_timeout(Some(ANSWER_TIME))?;
    stream.write_all(&frame(&request.write()))?;
    let mut bytes = Vec::new();
    let mut chunk = vec![0; CHUNK_BYTES];
    let malformed = |error| io::Error::new(io::ErrorKind::InvalidData, error);
    loop {
        if let Some(body) = unframe(&bytes).map_err(malformed)? {
            return Answer::read(body).map_err(malformed);
        }
        match stream.read(&mut chunk)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n_bytes => bytes.extend_from_slice(chunk.get(..n_bytes).unwrap_or_default()),
        }
    }
}

/// A plan by the bytes of its file.
///
/// # Errors
/// [`Refusal`] where they are no plan as it was written.
pub fn parse_plan(bytes: &[u8]) -> Result<Plan, Refusal> {
    read_plan(bytes).map_err(|error| Refusal::new(Fact::NotAPlan { reason: error.to_string() }, Hint::PlanAgain))
}

/// The connection that this process came in by: its own `SSH_CONNECTION`, or its nearest ancestor's, as sudo and tmux drop
/// or keep it. None on a console.
#[must_use]
pub fn own_peer() -> Option<Peer> {
    let mut process = "self".to_owned();
    for _ in 0..ANCESTORS_MAX {
        let folder = PathBuf::from("/proc").join(&process);
        if let Some(peer) = std::fs::read(folder.join("environ")).ok().and_then(|environment| peer_of(&environment)) {
            return Some(peer);
        }
        process = parent(&std::fs::read_to_string(folder.join("stat")).ok()?)?;
    }
    None
}

fn peer_of(environment: &[u8]) -> Option<Peer> {
    let value = environment.split(|byte| *byte == 0).find_map(|variable| variable.strip_prefix(SSH_CONNECTION))?;
    Peer::parse(std::str::from_utf8(value).ok()?)
}

/// The parent of a process by its line `PID (NAME) STATE PARENT …`; a name may hold anything.
fn parent(stat: &str) -> Option<String> {
    let (_, rest) = stat.rsplit_once(')')?;
    rest.split_whitespace().nth(1).filter(|parent| *parent != "0").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_connection_is_that_of_the_nearest_ancestor_that_has_one() {
        let environment = b"HOME=/root\0SSH_CONNECTION=192.0.2.9 50000 192.0.2.1 22\0TERM=x\0";
        assert_eq!(peer_of(environment), Peer::parse("192.0.2.9 50000 192.0.2.1 22"));
        assert_eq!(peer_of(b"OLD_SSH_CONNECTION=192.0.2.9 50000 192.0.2.1 22\0"), None);
        assert_eq!(parent("12 (a ) b) S 7 12").as_deref(), Some("7"));
        assert_eq!(parent("1 (init) S 0 1"), None);
    }
}
