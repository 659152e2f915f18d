//! The kernel as `netd` holds it: one connection that owns the table, and what others were seen doing.

mod held;
mod trace;

use std::collections::{BTreeSet, VecDeque};
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

use nines_nft::{Author, Commit, Connection, Error, Event, Monitor, Topics};
use nines_traffic::nft::{Batch, Change, Steps, Table, TableFlags, TableId, diff};
use nines_traffic::plan::LegacyTables;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::legacy::Legacy;
pub use trace::is_of_trace;

/// Changes of others that are remembered, to name their authors: more between a plan and its apply are told as many.
const REMEMBERED_MAX: usize = 64;
/// How often rules that must be put are tried anew where others change theirs meanwhile.
const TRIES_MAX: u32 = 8;

/// The kernel's rules.
#[derive(Debug)]
pub struct Kernel {
    connection: Connection,
    monitor: Monitor,
    legacy: Legacy,
    persists: bool,
    seen: VecDeque<Foreign>,
    /// Listens only while packets are traced: a socket cannot be opened later.
    traces: Monitor,
    /// Our table, as it was read or put last.
    held: Option<held::Held>,
    /// Generations that only traces of ours began, and what each followed.
    traced: VecDeque<(u32, u32)>,
}

/// A change by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// The generation it began; none where what happened was lost.
    pub generation: Option<u32>,
    /// Who.
    pub author: Option<Author>,
    /// Which tables, as `inet theirs`.
    pub tables: BTreeSet<String>,
    /// Whether ours may be among them.
    pub is_ours: bool,
}

/// `nft (pid 7): ip theirs`, the same in every language.
impl std::fmt::Display for Foreign {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.author {
            Some(author) => write!(out, "{} (pid {})", author.process, author.pid)?,
            None => write!(out, "?")?,
        }
        let tables: Vec<&str> = self.tables.iter().map(String::as_str).collect();
        if tables.is_empty() { Ok(()) } else { write!(out, ": {}", tables.join(", ")) }
    }
}

impl Kernel {
    /// Opens it in the network of the calling thread.
    ///
    /// # Errors
    /// Where the kernel has no sockets for us, or the process may not change rules.
    pub fn open() -> Result<Kernel, Error> {
        let monitor = Monitor::open(Topics { commits: true, traces: false })?;
        let traces = Monitor::open(Topics { commits: false, traces: false })?;
        let mut connection = Connection::open()?;
        let persists = connection.can_persist()?;
        let (seen, traced) = (VecDeque::new(), VecDeque::new());
        Ok(Kernel { connection, monitor, legacy: Legacy::open(), persists, seen, traces, held: None, traced })
    }

    /// The same without an owner's flag, as kernels before 6.9 have it.
    ///
    /// # Errors
    /// As [`Kernel::open`].
    pub fn open_without_owner() -> Result<Kernel, Error> {
        Ok(Kernel { persists: false, ..Kernel::open()? })
    }

    /// What to wait for.
    #[must_use]
    pub fn events(&self) -> BorrowedFd<'_> {
        self.monitor.as_fd()
    }

    /// What of iptables-legacy cannot be read here.
    #[must_use]
    pub fn legacy_unread(&self) -> Option<String> {
        self.legacy.unread()
    }

    /// The tables of iptables-legacy.
    ///
    /// # Errors
    /// Where one that is listed cannot be read.
    pub fn legacy(&mut self) -> Result<LegacyTables, std::io::Error> {
        self.legacy.read()
    }

    /// What others did since this was asked last.
    ///
    /// # Errors
    /// Where the kernel's messages cannot be read.
    pub fn foreign(&mut self) -> Result<Vec<Foreign>, Error> {
        let mut found = Vec::new();
        if !self.is_told_of()? {
            return Ok(found);
        }
        while let Some(event) = self.monitor.next(Duration::ZERO)? {
            match event {
                Event::Commit(commit) if commit.port == self.connection.port() => {}
                Event::Commit(commit) => found.push(foreign(commit)),
                Event::Lost => {
                    found.push(Foreign { generation: None, author: None, tables: BTreeSet::new(), is_ours: true });
                }
                Event::Trace(_) => {}
            }
        }
        self.seen.extend(found.iter().cloned());
        while self.seen.len() > REMEMBERED_MAX {
            self.seen.pop_front();
        }
        Ok(found)
    }

    /// Whether there is anything to read: reading waits a moment for more, which an idle loop need not.
    fn is_told_of(&self) -> Result<bool, Error> {
        let mut waited = [PollFd::from_borrowed_fd(self.monitor.as_fd(), PollFlags::IN)];
        let now = Timespec { tv_sec: 0, tv_nsec: 0 };
        poll(&mut waited, Some(&now)).map(|n_ready| n_ready > 0).map_err(|errno| Error::Receive(errno.into()))
    }

    /// Who changed rules after a generation, the last first; nothing where nobody was seen.
    #[must_use]
    pub fn authors_since(&self, generation: u32) -> Option<String> {
        const SAID: usize = 3;
        // Numbers wrap; those of the last half of them are later.
        let is_later = |seen: &&Foreign| {
            seen.generation.is_some_and(|id| id != generation && id.wrapping_sub(generation) < u32::MAX / 2)
        };
        let said: Vec<String> = self.seen.iter().rev().filter(is_later).map(ToString::to_string).take(SAID).collect();
        (!said.is_empty()).then(|| said.join("; "))
    }

    /// What leads from the kernel's table to one that is wanted.
    ///
    /// # Errors
    /// Where the kernel refuses. Nothing where the one cannot become the other in place.
    pub fn steps_to(&mut self, wanted: &Table) -> Result<Option<Steps>, Error> {
        let wanted = self.kept(wanted);
        let live = self.ours()?.1;
        if live.is_none() && is_nothing(&wanted) {
            let batch = || Batch { table: wanted.id.clone(), changes: Vec::new() };
            return Ok(Some(Steps { fill: batch(), switch: batch(), clear: batch() }));
        }
        Ok(diff(live.as_deref(), &wanted).ok())
    }

    /// Puts a table, on this generation and no other.
    ///
    /// # Errors
    /// [`Error::Stale`] where others were first; what the kernel refused otherwise. Then nothing changed.
    pub fn put_on(&mut self, wanted: &Table, generation: u32) -> Result<u32, Error> {
        let wanted = self.kept(wanted);
        let (now, live) = self.ours()?;
        if now != generation {
            return Err(Error::Stale(generation));
        }
        if is_nothing(&wanted) {
            return self.remove(generation);
        }
        match diff(live.as_deref(), &wanted) {
            Ok(steps) => {
                let carried = self.connection.carry_out(&steps, generation)?;
                // What could not be read back is read when it is asked for.
                let _ = self.remember(&wanted, &steps, generation);
                Ok(carried.generation)
            }
            Err(_) => self.replace(live.is_some(), &wanted, generation),
        }
    }

    /// Puts a table, or none, whatever others do meanwhile.
    ///
    /// # Errors
    /// What the kernel refused.
    pub fn put(&mut self, wanted: Option<&Table>) -> Result<u32, Error> {
        let mut tries = 0;
        loop {
            let now = self.connection.generation()?.id;
            let put = match wanted {
                Some(wanted) => self.put_on(wanted, now),
                None => self.remove(now),
            };
            tries += 1;
            match put {
                Err(Error::Stale(_)) if tries < TRIES_MAX => {}
                other => return other,
            }
        }
    }

    /// Makes the table ours as it is; whether there is one that holds anything.
    ///
    /// # Errors
    /// What the kernel refused.
    pub fn own(&mut self) -> Result<bool, Error> {
        let Some(table) = self.our_outline()?.1.filter(|table| !table.chains.is_empty()) else { return Ok(false) };
        if table.flags != self.flags() {
            let batch = Batch { table: table.id, changes: vec![Change::AddTable(self.flags())] };
            self.connection.apply(&batch, None)?;
        }
        Ok(true)
    }

    fn remove(&mut self, generation: u32) -> Result<u32, Error> {
        if self.is_there()? {
            let batch = Batch { table: TableId::nines(), changes: vec![Change::DeleteTable] };
            self.connection.apply(&batch, Some(generation))?;
        }
        Ok(self.connection.generation()?.id)
    }

    /// In one transaction where a set or object cannot become another in place; packets of that moment may miss a set.
    fn replace(&mut self, is_there: bool, wanted: &Table, generation: u32) -> Result<u32, Error> {
        let mut batch = Batch::create(wanted);
        if is_there {
            batch.changes.insert(0, Change::DeleteTable);
        }
        self.connection.apply(&batch, Some(generation))?;
        Ok(self.connection.generation()?.id)
    }

    /// A table as this kernel can keep it: owned and outliving us, or neither.
    fn kept(&self, table: &Table) -> Table {
        Table { flags: self.flags(), ..table.clone() }
    }

    fn flags(&self) -> TableFlags {
        TableFlags { owner: self.persists, persist: self.persists, dormant: false }
    }
}

/// Whether a table is that there is none: without chains it does nothing.
fn is_nothing(wanted: &Table) -> bool {
    wanted.chains.is_empty()
}

fn foreign(commit: Commit) -> Foreign {
    let ours = TableId::nines();
    // Of a large change not everything is told: ours may be in the rest.
    let is_ours = commit.changes.iter().any(|change| change.table == ours) || commit.n_changes > commit.changes.len();
    let tables = commit.changes.iter().map(|change| format!("{} {}", change.table.family.word(), change.table.name));
    Foreign {
        generation: Some(commit.generation.id),
        tables: tables.collect(),
        author: commit.generation.author,
        is_ours,
    }
}
