//! The tables of iptables-legacy, which know no generation and tell nobody of changes: read whole, and told apart by all
//! they hold but counts.
//!
//! Only root may list which tables there are, so the lists are opened before root is given up. A table is asked for only
//! where it is listed: asking for another would make it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::net::UdpSocket;
use std::os::fd::AsRawFd;
use std::path::Path;

use nines_traffic::plan::{Digest, LegacyTables};

/// Bytes of a table's name, its NUL included (`XT_TABLE_MAXNAMELEN`).
const NAME_BYTES: usize = 32;
/// Bytes of a table at most: a hundred thousand rules.
const TABLE_BYTES_MAX: usize = 64 << 20;

/// A family of IP, as these tables are asked for (`linux/netfilter_ipv4/ip_tables.h` and its sibling of IPv6).
struct FamilyForm {
    /// Its word.
    word: &'static str,
    /// Where the tables are listed.
    list: &'static str,
    /// The level of socket options.
    level: libc::c_int,
    /// An address to open a socket of the family at; nothing is sent.
    any: &'static str,
    /// Where in a rule its number of bytes stands: `next_offset`.
    next_at: usize,
    /// Where the mark of its caller and its counts stand, which packets change: `comefrom`, `counters`.
    counts_at: std::ops::Range<usize>,
}

const FAMILIES: [FamilyForm; 2] = [
    FamilyForm {
        word: "ip",
        list: "ip_tables_names",
        level: libc::IPPROTO_IP,
        any: "127.0.0.1:0",
        next_at: 90,
        counts_at: 92..112,
    },
    FamilyForm {
        word: "ip6",
        list: "ip6_tables_names",
        level: libc::IPPROTO_IPV6,
        any: "[::1]:0",
        next_at: 142,
        counts_at: 144..168,
    },
];

/// `IPT_SO_GET_INFO` and `IP6T_SO_GET_INFO`.
const GET_INFO: libc::c_int = 64;
/// `IPT_SO_GET_ENTRIES` and `IP6T_SO_GET_ENTRIES`.
const GET_ENTRIES: libc::c_int = 65;
/// Bytes of `struct ipt_getinfo`, and where it says which chains are called by the kernel, how many entries there are,
/// and how many bytes they have.
const INFO_BYTES: usize = 84;
const HOOKS_AT: usize = 32;
const ENTRIES_AT: usize = 76;
const BYTES_AT: usize = 80;
/// Bytes before the rules in `struct ipt_get_entries`.
const ENTRIES_HEAD_BYTES: usize = 40;

/// Lists and sockets, opened while the process might.
#[derive(Debug)]
pub struct Legacy(Vec<Handle>);

#[derive(Debug)]
struct Handle {
    family: usize,
    list: Option<File>,
    socket: Option<UdpSocket>,
}

impl Legacy {
    /// Opens what there is, in the network of the calling thread.
    #[must_use]
    pub fn open() -> Legacy {
        let handle = |(family, form): (usize, &FamilyForm)| Handle {
            family,
            list: File::open(list_path(form)).ok(),
            socket: UdpSocket::bind(form.any).ok(),
        };
        Legacy(FAMILIES.iter().enumerate().map(handle).collect())
    }

    /// All tables of both families.
    ///
    /// # Errors
    /// Where a table that is listed cannot be read.
    pub fn read(&mut self) -> Result<LegacyTables, io::Error> {
        let mut found: Vec<(String, Vec<u8>)> = Vec::new();
        let mut in_use = Vec::new();
        for handle in &mut self.0 {
            let Some(form) = FAMILIES.get(handle.family) else { continue };
            for name in handle.names(form)? {
                let table = handle.table(form, &name)?;
                let name = format!("{} {name}", form.word);
                in_use.extend(table.has_rules.then(|| name.clone()));
                found.push((name, table.rules));
            }
        }
        Ok(LegacyTables { digest: Digest::of_shown(&found), in_use })
    }
}

/// A table as the kernel has it.
struct LegacyTable {
    /// Its rules, without counts.
    rules: Vec<u8>,
    /// Whether there are others than its chains' policies.
    has_rules: bool,
}

fn list_path(form: &FamilyForm) -> std::path::PathBuf {
    Path::new("/proc/thread-self/net").join(form.list)
}

impl Handle {
    fn names(&mut self, form: &FamilyForm) -> Result<Vec<String>, io::Error> {
        let Some(list) = &mut self.list else {
            // The kernel learned these tables after netd started, and only root may list them.
            let came = list_path(form).exists();
            let unread = || io::Error::other(format!("/proc/net/{} came after netd started: start it anew", form.list));
            return if came { Err(unread()) } else { Ok(Vec::new()) };
        };
        let mut text = String::new();
        list.seek(SeekFrom::Start(0))?;
        list.read_to_string(&mut text)?;
        let mut names: Vec<String> = text.lines().map(str::to_owned).collect();
        names.sort_unstable();
        Ok(names)
    }

    fn table(&self, form: &FamilyForm, name: &str) -> Result<LegacyTable, io::Error> {
        let Some(socket) = &self.socket else { return Err(io::Error::other("no socket of the family")) };
        let mut info = vec![0; INFO_BYTES];
        put_name(&mut info, name)?;
        get(socket, form.level, GET_INFO, &mut info)?;
        let number = |at: usize| {
            let bytes = info.get(at..).and_then(|rest| rest.first_chunk::<4>());
            bytes.map(|bytes| u32::from_ne_bytes(*bytes)).unwrap_or_default()
        };
        let (hooks, n_entries, n_bytes) = (number(HOOKS_AT), number(ENTRIES_AT), number(BYTES_AT));
        if n_bytes as usize > TABLE_BYTES_MAX {
            return Err(io::Error::other(format!("table {name} has {n_bytes} bytes, more than {TABLE_BYTES_MAX}")));
        }
        let mut entries = vec![0; ENTRIES_HEAD_BYTES + n_bytes as usize];
        put_name(&mut entries, name)?;
        if let Some(size) = entries.get_mut(NAME_BYTES..NAME_BYTES + 4) {
            size.copy_from_slice(&n_bytes.to_ne_bytes());
        }
        get(socket, form.level, GET_ENTRIES, &mut entries)?;
        let mut rules = entries.split_off(ENTRIES_HEAD_BYTES);
        forget_counts(form, &mut rules);
        // A policy for each chain, and the end, are no rules.
        Ok(LegacyTable { rules, has_rules: n_entries > hooks.count_ones() + 1 })
    }
}

fn put_name(bytes: &mut [u8], name: &str) -> Result<(), io::Error> {
    let fits = name.len() < NAME_BYTES;
    let place = bytes.get_mut(..name.len()).filter(|_| fits);
    place.ok_or_else(|| io::Error::other("a table's name is too long"))?.copy_from_slice(name.as_bytes());
    Ok(())
}

/// Sets what packets change to zero, rule by rule.
fn forget_counts(form: &FamilyForm, rules: &mut [u8]) {
    let mut rest = rules;
    while let Some(next) = rest.get(form.next_at..form.next_at + 2) {
        let n_bytes =
            usize::from(u16::from_ne_bytes([next.first().copied().unwrap_or(0), next.last().copied().unwrap_or(0)]));
        if n_bytes < form.counts_at.end || n_bytes > rest.len() {
            return;
        }
        let (rule, further) = rest.split_at_mut(n_bytes);
        if let Some(counts) = rule.get_mut(form.counts_at.clone()) {
            counts.fill(0);
        }
        rest = further;
    }
}

/// Asks for a socket option that fills the whole buffer.
#[allow(unsafe_code)]
fn get(socket: &UdpSocket, level: libc::c_int, option: libc::c_int, bytes: &mut [u8]) -> Result<(), io::Error> {
    let mut n_bytes = libc::socklen_t::try_from(bytes.len()).unwrap_or(libc::socklen_t::MAX);
    // SAFETY: the descriptor is open as long as the socket is borrowed; the kernel reads and writes at most `n_bytes` of
    // the buffer, which has as many.
    let answer =
        unsafe { libc::getsockopt(socket.as_raw_fd(), level, option, bytes.as_mut_ptr().cast(), &raw mut n_bytes) };
    if answer == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}
