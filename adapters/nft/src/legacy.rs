//! The tables of iptables-legacy, which are not nf_tables': read whole, by a socket option for each family of IP.
//!
//! Asking for a table that is not there makes it, so whoever only looks asks for those that the kernel lists.

use std::io;
use std::net::UdpSocket;
use std::ops::Range;
use std::os::fd::AsRawFd;

use nines_traffic::net::Family;

/// Bytes of a table's name, its NUL included (`XT_TABLE_MAXNAMELEN`).
const NAME_BYTES: usize = 32;
/// Bytes of a table at most: a hundred thousand rules.
const TABLE_BYTES_MAX: usize = 64 << 20;
/// `IPT_SO_GET_INFO` and `IP6T_SO_GET_INFO`.
const GET_INFO: libc::c_int = 64;
/// `IPT_SO_GET_ENTRIES` and `IP6T_SO_GET_ENTRIES`.
const GET_ENTRIES: libc::c_int = 65;
/// Bytes of `struct ipt_getinfo`, and where it says which chains are called by the kernel, where each begins, how many
/// entries there are, and how many bytes they have.
const INFO_BYTES: usize = 84;
const HOOKS_AT: usize = 32;
const STARTS_AT: usize = 36;
const ENTRIES_AT: usize = 76;
const BYTES_AT: usize = 80;
/// Bytes before the rules in `struct ipt_get_entries`.
const ENTRIES_HEAD_BYTES: usize = 40;
/// Hooks that a table may have.
const HOOKS: usize = 5;
/// Bytes of an entry's counts, packets first.
const COUNTS_BYTES: usize = 16;
/// Bytes of a target's size and name (`struct xt_entry_target`), and of those the name.
const TARGET_HEAD_BYTES: usize = 32;
const TARGET_NAME: Range<usize> = 2..31;

/// Where things stand in an entry of a family (`linux/netfilter_ipv4/ip_tables.h` and its sibling of IPv6).
#[derive(Debug)]
struct Form {
    /// The level of socket options.
    level: libc::c_int,
    /// An address to open a socket of the family at; nothing is sent.
    any: &'static str,
    /// `target_offset`; `next_offset` stands behind it.
    target_at: usize,
    /// The mark of its caller and its counts, which packets change: `comefrom`, `counters`.
    counts_at: Range<usize>,
}

const IPV4: Form = Form { level: libc::IPPROTO_IP, any: "127.0.0.1:0", target_at: 88, counts_at: 92..112 };
const IPV6: Form = Form { level: libc::IPPROTO_IPV6, any: "[::1]:0", target_at: 140, counts_at: 144..168 };

impl Form {
    fn of(family: Family) -> &'static Form {
        match family {
            Family::V4 => &IPV4,
            Family::V6 => &IPV6,
        }
    }
}

/// A socket that tables of a family are read by.
#[derive(Debug)]
pub struct Reader {
    family: Family,
    socket: UdpSocket,
}

/// A table as the kernel has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    family: Family,
    /// Which hooks call it, as bits.
    hooks: u32,
    /// Where the chain of each hook begins.
    starts: [u32; HOOKS],
    /// Rules, chains' names and policies.
    n_entries: u32,
    bytes: Vec<u8>,
}

/// An entry: a rule, a policy, or the head of a chain.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Where in the table it stands.
    pub at: usize,
    /// The name of its target; empty for a verdict or a jump.
    pub target: &'a str,
    /// What is set of the target.
    pub settings: &'a [u8],
}

impl Reader {
    /// Opens one in the network namespace of the calling thread.
    ///
    /// # Errors
    /// Where the kernel has no socket of the family.
    pub fn open(family: Family) -> Result<Reader, io::Error> {
        Ok(Reader { family, socket: UdpSocket::bind(Form::of(family).any)? })
    }

    /// A table by its name.
    ///
    /// # Errors
    /// Where the kernel has no such table, or does not let this process read it.
    pub fn table(&self, name: &str) -> Result<Blob, io::Error> {
        let mut info = vec![0; INFO_BYTES];
        put_name(&mut info, name)?;
        self.get(GET_INFO, &mut info)?;
        let starts = std::array::from_fn(|hook| number(&info, STARTS_AT + 4 * hook));
        Ok(Blob {
            family: self.family,
            hooks: number(&info, HOOKS_AT),
            starts,
            n_entries: number(&info, ENTRIES_AT),
            bytes: self.entries(name, number(&info, BYTES_AT) as usize)?,
        })
    }

    /// Reads anew what a table counted, whose rules are still the same.
    ///
    /// # Errors
    /// As [`Reader::table`], and where its rules have another length by now.
    pub fn refresh(&self, name: &str, blob: &mut Blob) -> Result<(), io::Error> {
        blob.bytes = self.entries(name, blob.bytes.len())?;
        Ok(())
    }

    fn entries(&self, name: &str, n_bytes: usize) -> Result<Vec<u8>, io::Error> {
        if n_bytes > TABLE_BYTES_MAX {
            return Err(io::Error::other(format!("table {name} has {n_bytes} bytes, more than {TABLE_BYTES_MAX}")));
        }
        let mut entries = vec![0; ENTRIES_HEAD_BYTES + n_bytes];
        put_name(&mut entries, name)?;
        if let Some(size) = entries.get_mut(NAME_BYTES..NAME_BYTES + 4) {
            size.copy_from_slice(&u32::try_from(n_bytes).unwrap_or(u32::MAX).to_ne_bytes());
        }
        self.get(GET_ENTRIES, &mut entries)?;
        Ok(entries.split_off(ENTRIES_HEAD_BYTES))
    }

    /// Asks for a socket option that fills the whole buffer.
    #[allow(unsafe_code)]
    fn get(&self, option: libc::c_int, bytes: &mut [u8]) -> Result<(), io::Error> {
        let mut n_bytes = libc::socklen_t::try_from(bytes.len()).unwrap_or(libc::socklen_t::MAX);
        let (socket, level) = (self.socket.as_raw_fd(), Form::of(self.family).level);
        // SAFETY: the descriptor is open as long as the socket is borrowed; the kernel reads and writes at most `n_bytes`
        // of the buffer, which has as many.
        let answer = unsafe { libc::getsockopt(socket, level, option, bytes.as_mut_ptr().cast(), &raw mut n_bytes) };
        if answer == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
    }
}

impl Blob {
    /// Whether it has others than its chains' policies.
    #[must_use]
    pub fn has_rules(&self) -> bool {
        // A policy for each chain, and the end, are no rules.
        self.n_entries > self.hooks.count_ones() + 1
    }

    /// Its bytes.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The same without what packets change.
    #[must_use]
    pub fn without_counts(mut self) -> Blob {
        let form = Form::of(self.family);
        let ends: Vec<(usize, usize)> = self.bounds().collect();
        for (start, _) in ends {
            let counts = start + form.counts_at.start..start + form.counts_at.end;
            if let Some(counts) = self.bytes.get_mut(counts) {
                counts.fill(0);
            }
        }
        self
    }

    /// The number of the hook whose chain begins here: 0 PREROUTING, 1 INPUT, 2 FORWARD, 3 OUTPUT, 4 POSTROUTING.
    #[must_use]
    pub fn hook_at(&self, at: usize) -> Option<usize> {
        (0..HOOKS).find(|hook| {
            self.hooks & (1 << hook) != 0 && self.starts.get(*hook).is_some_and(|start| *start as usize == at)
        })
    }

    /// Its entries in their order.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.bounds().filter_map(|(start, end)| self.entry(start, end))
    }

    /// Packets that the entry which stands here met.
    #[must_use]
    pub fn n_packets_at(&self, at: usize) -> u64 {
        let counts = self.bytes.get(at + Form::of(self.family).counts_at.end - COUNTS_BYTES..);
        counts.and_then(|counts| counts.first_chunk()).map_or(0, |bytes| u64::from_ne_bytes(*bytes))
    }

    fn entry(&self, start: usize, end: usize) -> Option<Entry<'_>> {
        let form = Form::of(self.family);
        let bytes = self.bytes.get(start..end)?;
        let target = bytes.get(usize::from(short(bytes, form.target_at))..)?;
        let name = target.get(TARGET_NAME)?.split(|byte| *byte == 0).next()?;
        Some(Entry { at: start, target: std::str::from_utf8(name).ok()?, settings: target.get(TARGET_HEAD_BYTES..)? })
    }

    /// Where each entry starts and ends.
    fn bounds(&self) -> impl Iterator<Item = (usize, usize)> {
        let form = Form::of(self.family);
        let mut start = 0;
        std::iter::from_fn(move || {
            let entry = self.bytes.get(start..)?;
            let n_bytes = usize::from(short(entry, form.target_at + 2));
            let is_whole = (form.counts_at.end..=entry.len()).contains(&n_bytes);
            let bounds = (start, start + n_bytes);
            start = bounds.1;
            is_whole.then_some(bounds)
        })
    }
}

fn short(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |two| u16::from_ne_bytes(*two))
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |four| u32::from_ne_bytes(*four))
}

fn put_name(bytes: &mut [u8], name: &str) -> Result<(), io::Error> {
    let fits = name.len() < NAME_BYTES;
    let place = bytes.get_mut(..name.len()).filter(|_| fits);
    place.ok_or_else(|| io::Error::other("a table's name is too long"))?.copy_from_slice(name.as_bytes());
    Ok(())
}
