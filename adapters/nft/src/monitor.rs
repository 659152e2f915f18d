//! What others do to the rules, as it happens, and the steps of traced packets.
//!
//! Changes made through iptables-legacy are in no notification: the kernel has no generation for them.

use std::collections::VecDeque;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

use nines_traffic::nft::{Handle, Name, TableId};
use rustix::net::netlink::NETFILTER;

use crate::codec::{self, family_of, kind, nftables_kind};
use crate::error::Error;
use crate::generation::Generation;
use crate::socket::{Received, Socket};
use crate::trace::Trace;
use crate::wire::{Attributes, Malformed, Message, messages};

/// Changes of one transaction that are told one by one; of a larger one only how many.
pub const CHANGES_TOLD_MAX: usize = 1000;

/// What is listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topics {
    /// Transactions.
    pub commits: bool,
    /// Steps of traced packets.
    pub traces: bool,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A transaction changed something.
    Commit(Commit),
    /// A traced packet took a step.
    Trace(Trace),
    /// The kernel had more to tell than was read; what holds must be read anew.
    Lost,
}

/// A transaction that changed something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The generation that it began, and who made it.
    pub generation: Generation,
    /// The netlink port that it came from; [`crate::Connection::port`] for one of ours.
    pub port: u32,
    /// What it changed, the first of them; elements of a set once.
    pub changes: Vec<Changed>,
    /// How much it changed in all.
    pub n_changes: usize,
}

/// Something that came or went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// In which table; of a family that is not known, nothing is told.
    pub table: TableId,
    /// What.
    pub what: Part,
    /// It came, or was written anew; else it went.
    pub added: bool,
}

/// A part of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The table itself.
    Table,
    /// A chain.
    Chain(Name),
    /// A rule.
    Rule(Name, Handle),
    /// A set.
    Set(Name),
    /// Elements of a set.
    Elements(Name),
    /// An object.
    Object(Name),
}

/// A socket that listens.
#[derive(Debug)]
pub struct Monitor {
    socket: Socket,
    ready: VecDeque<Event>,
    changes: Vec<Changed>,
    n_changes: usize,
}

/// Groups of netfilter's notifications, as bits from group 1 on.
const GROUP_NFTABLES: u32 = 1 << (7 - 1);
const GROUP_TRACE: u32 = 1 << (9 - 1);

impl Topics {
    fn groups(self) -> u32 {
        let commits = if self.commits { GROUP_NFTABLES } else { 0 };
        let traces = if self.traces { GROUP_TRACE } else { 0 };
        commits | traces
    }
}

impl Monitor {
    /// Listens in the network namespace of the calling thread.
    ///
    /// # Errors
    /// Where the kernel has no netlink socket for us, or does not let us listen.
    pub fn open(topics: Topics) -> Result<Monitor, Error> {
        let socket = Socket::open(Some(NETFILTER), topics.groups())?;
        Ok(Monitor { socket, ready: VecDeque::new(), changes: Vec::new(), n_changes: 0 })
    }

    /// Listens to other topics from now on.
    ///
    /// # Errors
    /// Where the kernel does not let us listen.
    pub fn listen(&mut self, topics: Topics) -> Result<(), Error> {
        self.socket.join(topics.groups())
    }

    /// The next thing that happens, waited for so long; none where nothing does.
    ///
    /// # Errors
    /// Where the socket fails, or a message is malformed.
    pub fn next(&mut self, wait: Duration) -> Result<Option<Event>, Error> {
        self.socket.wait_at_most(wait)?;
        while self.ready.is_empty() {
            match self.socket.receive()? {
                Received::Nothing => return Ok(None),
                Received::Lost => self.lose(),
                Received::Datagram(bytes) => {
                    let mut reading =
                        Reading { ready: &mut self.ready, changes: &mut self.changes, n_changes: &mut self.n_changes };
                    messages(bytes).try_for_each(|message| reading.message(&message?))?;
                }
            }
        }
        Ok(self.ready.pop_front())
    }

    fn lose(&mut self) {
        self.changes.clear();
        self.n_changes = 0;
        self.ready.push_back(Event::Lost);
    }
}

impl AsFd for Monitor {
    /// Readable when something happened, unless it was read already: ask [`Monitor::next`] until it has nothing.
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

struct Reading<'a> {
    ready: &'a mut VecDeque<Event>,
    changes: &'a mut Vec<Changed>,
    n_changes: &'a mut usize,
}

impl Reading<'_> {
    fn message(&mut self, message: &Message<'_>) -> Result<(), Malformed> {
        let Some(kind) = nftables_kind(message.kind) else { return Ok(()) };
        let (family, attributes) = message.family_and_attributes()?;
        if kind == kind::NEW_GENERATION {
            let commit = Commit {
                generation: codec::read_generation(&attributes)?,
                port: message.port,
                changes: std::mem::take(self.changes),
                n_changes: std::mem::take(self.n_changes),
            };
            self.ready.push_back(Event::Commit(commit));
            return Ok(());
        }
        let Some(family) = family_of(family) else { return Ok(()) };
        if kind == kind::TRACE {
            self.ready.push_back(Event::Trace(codec::read_trace(family, &attributes)?));
            return Ok(());
        }
        *self.n_changes += 1;
        let changed = changed(kind, family, &attributes)?;
        // Elements of one set come in many messages and are told once.
        if self.changes.len() < CHANGES_TOLD_MAX && changed.as_ref() != self.changes.last() {
            self.changes.extend(changed);
        }
        Ok(())
    }
}

fn changed(
    kind: u8,
    family: nines_traffic::nft::Family,
    attributes: &Attributes<'_>,
) -> Result<Option<Changed>, Malformed> {
    use codec::attributes as attr;
    let named = |kind: u16| codec::name(attributes, kind);
    let (table, what) = match kind {
        kind::NEW_TABLE | kind::DEL_TABLE => (attr::TABLE_NAME, Part::Table),
        kind::NEW_CHAIN | kind::DEL_CHAIN => (attr::CHAIN_TABLE, Part::Chain(named(attr::CHAIN_NAME)?)),
        kind::NEW_RULE | kind::DEL_RULE => {
            (attr::RULE_TABLE, Part::Rule(named(attr::RULE_CHAIN)?, attributes.be64(attr::RULE_HANDLE)?))
        }
        kind::NEW_SET | kind::DEL_SET => (attr::SET_TABLE, Part::Set(named(attr::SET_NAME)?)),
        kind::NEW_ELEMENTS | kind::DEL_ELEMENTS => (attr::ELEMENTS_TABLE, Part::Elements(named(attr::ELEMENTS_SET)?)),
        kind::NEW_OBJECT | kind::DEL_OBJECT => (attr::OBJECT_TABLE, Part::Object(named(attr::OBJECT_NAME)?)),
        _ => return Ok(None),
    };
    let went = [kind::DEL_TABLE, kind::DEL_CHAIN, kind::DEL_RULE, kind::DEL_SET, kind::DEL_ELEMENTS, kind::DEL_OBJECT];
    let table = TableId { family, name: named(table)? };
    Ok(Some(Changed { table, what, added: !went.contains(&kind) }))
}
