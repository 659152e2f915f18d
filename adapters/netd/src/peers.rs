//! TCP connections of this host as the kernel lists them: which there are, and which were there before.
//!
//! The kernel tells no connection's age, so those of the moment before rules are switched are remembered: one that was
//! there then is old. A new connection with the very addresses and ports of an old one is taken for old, which errs on
//! the side of taking rules back.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::fmt;
use std::io;

use nines_traffic::plan::{Digest, Operator};

/// Lists of established connections, of the network of the calling thread.
const LISTS: [&str; 2] = ["/proc/thread-self/net/tcp", "/proc/thread-self/net/tcp6"];
/// `TCP_ESTABLISHED`, as the lists write it.
const ESTABLISHED: &str = "01";
/// Connections that are remembered at most: what a busy proxy holds, in half a megabyte.
pub const CONNECTIONS_MAX: usize = 65_536;

/// A connection, as `SSH_CONNECTION` tells one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// The other side.
    pub client: SocketAddr,
    /// This side.
    pub own: SocketAddr,
}

impl fmt::Display for Peer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} -> {}", self.client, self.own)
    }
}

impl Peer {
    /// Reads `CLIENT PORT OWN PORT`, as `SSH_CONNECTION` holds it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Peer> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [client, client_port, own, own_port] = words.as_slice() else { return None };
        let end = |address: &str, port: &str| Some(SocketAddr::new(address.parse().ok()?, port.parse().ok()?));
        Some(Peer { client: end(client, client_port)?, own: end(own, own_port)? })
    }

    /// What the guard of rules needs of it.
    #[must_use]
    pub fn operator(&self) -> Operator {
        let address = |end: SocketAddr| end.ip().to_canonical();
        Operator { client: address(self.client), own: address(self.own), port: self.own.port() }
    }

    /// What it is remembered by: a number of its own, whichever way its addresses are written.
    #[must_use]
    pub fn mark(&self) -> u64 {
        let plain = |end: SocketAddr| SocketAddr::new(end.ip().to_canonical(), end.port());
        let text = format!("{} {}", plain(self.client), plain(self.own));
        let Digest(bytes) = Digest::of(text.as_bytes());
        bytes.first_chunk().map(|bytes| u64::from_le_bytes(*bytes)).unwrap_or_default()
    }
}

/// Marks of every connection that there is.
///
/// # Errors
/// Where the kernel does not list them, or there are more than [`CONNECTIONS_MAX`].
pub fn marks() -> Result<Vec<u64>, io::Error> {
    let mut marks: Vec<u64> = Vec::new();
    for list in LISTS {
        let text = match std::fs::read_to_string(list) {
            Ok(text) => text,
            // A kernel without IPv6 has no list of it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        marks.extend(text.lines().skip(1).filter_map(established).map(|peer| peer.mark()));
    }
    if marks.len() > CONNECTIONS_MAX {
        return Err(io::Error::other(format!("{} connections, more than {CONNECTIONS_MAX}", marks.len())));
    }
    Ok(marks)
}

/// The connection of a line `sl local remote state …`, where it is established.
fn established(line: &str) -> Option<Peer> {
    let mut words = line.split_whitespace().skip(1);
    let (own, client, state) = (words.next()?, words.next()?, words.next()?);
    (state == ESTABLISHED).then(|| Some(Peer { client: end(client)?, own: end(own)? }))?
}

/// `0100007F:1F90`: words of four bytes in the host's order, then the port.
fn end(text: &str) -> Option<SocketAddr> {
    let (address, port) = text.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    let word = |nth: usize| {
        let digits = address.get(nth * 8..nth * 8 + 8)?;
        Some(u32::from_str_radix(digits, 16).ok()?.to_ne_bytes())
    };
    let address = match address.len() {
        8 => IpAddr::V4(Ipv4Addr::from(word(0)?)),
        32 => {
            let words = [word(0)?, word(1)?, word(2)?, word(3)?].concat();
            IpAddr::V6(Ipv6Addr::from(<[u8; 16]>::try_from(words).ok()?))
        }
        _ => return None,
    };
    Some(SocketAddr::new(address, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_kernel_is_the_connection_that_ssh_tells() {
        let line = "   0: 0100007F:0016 0900A8C0:D431 01 00000000:00000000 02:000A 00000000 0 0 12345 1";
        let told = Peer::parse("192.168.0.9 54321 127.0.0.1 22").unwrap();
        if cfg!(target_endian = "little") {
            assert_eq!(established(line), Some(told));
        }
        assert_eq!(established(&line.replace(" 01 ", " 0A ")), None, "it only listens");
        let mapped = Peer::parse("::ffff:192.168.0.9 54321 ::ffff:127.0.0.1 22").unwrap();
        assert_eq!(mapped.mark(), told.mark());
        assert_eq!(Peer::parse("192.168.0.9 54321 127.0.0.1"), None);
    }
}
