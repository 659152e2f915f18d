//! The connection that writes: transactions, and what holds now.

use std::io;

use nines_traffic::nft::{Batch, Change, Count, LiveObject, LiveTable, Name, Snapshot, Steps, TableFlags, TableId};
use rustix::net::netlink::NETFILTER;

use crate::codec::{self, Requests, kind, nftables_kind};
use crate::dump::{self, Depth, Scope};
use crate::error::{self, Error, Refusal};
use crate::generation::Generation;
use crate::socket::{REQUEST_BYTES_MAX, Received, Socket};
use crate::wire::{Attributes, Malformed, Message, Writer, control, flag, messages};

/// A socket to nf_tables. Tables that it made with the owner's flag are its own, and go with it unless they persist.
#[derive(Debug)]
pub struct Connection {
    socket: Socket,
    seq: u32,
}

/// What came of the steps of a plan.
#[derive(Debug)]
pub struct Carried {
    /// The generation afterwards.
    pub generation: u32,
    /// Why what no rule uses any more is still there, where it is.
    pub uncleared: Option<Error>,
}

/// The generation that the next transaction begins: the kernel counts by one and leaves out 0.
#[must_use]
pub const fn following(generation: u32) -> u32 {
    match generation.wrapping_add(1) {
        0 => 1,
        next => next,
    }
}

/// How often a dump is begun anew because the rules changed under it.
const DUMPS_MAX: u32 = 8;

impl Connection {
    /// Opens one in the network namespace of the calling thread.
    ///
    /// # Errors
    /// Where the kernel has no netlink socket for us.
    pub fn open() -> Result<Connection, Error> {
        Ok(Connection { socket: Socket::open(Some(NETFILTER), 0)?, seq: 0 })
    }

    /// What the kernel knows this connection by: owner of tables, author of notifications.
    #[must_use]
    pub fn port(&self) -> u32 {
        self.socket.port()
    }

    /// The current generation.
    ///
    /// # Errors
    /// Where the kernel does not answer.
    pub fn generation(&mut self) -> Result<Generation, Error> {
        let mut generation = None;
        self.query(
            kind::GET_GENERATION,
            0,
            0,
            |_| {},
            |_, kind, attributes| {
                if kind == kind::NEW_GENERATION {
                    generation = Some(codec::read_generation(attributes)?);
                }
                Ok(())
            },
        )?;
        generation.ok_or(Error::Unanswered)
    }

    /// Applies a batch, all or nothing; with a generation only where it is still the current one.
    ///
    /// # Errors
    /// [`Error::Stale`] where it is not; [`Error::Refused`] with each change that the kernel refused.
    pub fn apply(&mut self, batch: &Batch, generation: Option<u32>) -> Result<(), Error> {
        self.transaction(batch, generation, |requests| requests)
    }

    /// Takes the steps of a plan that stands on a generation: sets first, rules second, garbage last.
    ///
    /// # Errors
    /// As [`Connection::apply`], with no rule switched. What was filled by then is no rule's and does no harm: the next
    /// plan finds it there. So does what could not be cleared, which is told apart.
    pub fn carry_out(&mut self, steps: &Steps, generation: u32) -> Result<Carried, Error> {
        let mut now = generation;
        for batch in [&steps.fill, &steps.switch] {
            self.apply(batch, Some(now))?;
            now = if batch.changes.is_empty() { now } else { following(now) };
        }
        let uncleared = self.apply(&steps.clear, None).err();
        Ok(Carried { generation: self.generation()?.id, uncleared })
    }

    /// Has the kernel check a batch as if it were to be applied, and applies nothing. In a table that is not there yet,
    /// what concerns whole chains (NAT in a chain of another kind, chains that call each other in a ring) is not checked.
    ///
    /// # Errors
    /// What [`Connection::apply`] would say.
    pub fn check(&mut self, batch: &Batch, generation: Option<u32>) -> Result<(), Error> {
        self.transaction(batch, generation, Requests::to_be_checked)
    }

    /// Every table of the system, of one generation.
    ///
    /// # Errors
    /// Where the kernel refuses, or the rules change each time they are read.
    pub fn snapshot(&mut self) -> Result<Snapshot, Error> {
        self.dump(&Scope::All, &Depth::Whole)
    }

    /// The same, but what is known of a table at this very generation is not read again: elements of large sets.
    ///
    /// # Errors
    /// As [`Connection::snapshot`].
    pub fn snapshot_beside(&mut self, generation: u32, known: &LiveTable) -> Result<Snapshot, Error> {
        self.dump(&Scope::All, &Depth::Beside(generation, known))
    }

    /// Every table of the system, without the elements of its sets.
    ///
    /// # Errors
    /// As [`Connection::snapshot`].
    pub fn outline(&mut self) -> Result<Snapshot, Error> {
        self.dump(&Scope::All, &Depth::Outline)
    }

    /// One table, and the generation that it is of; none where there is no such table.
    ///
    /// # Errors
    /// Where the kernel refuses, or the rules change each time they are read.
    pub fn table(&mut self, id: &TableId) -> Result<(u32, Option<LiveTable>), Error> {
        let snapshot = self.dump(&Scope::Table(id.clone()), &Depth::Whole)?;
        Ok((snapshot.generation, snapshot.tables.into_iter().next()))
    }

    /// The same without the elements of its sets.
    ///
    /// # Errors
    /// As [`Connection::table`].
    pub fn table_outline(&mut self, id: &TableId) -> Result<(u32, Option<LiveTable>), Error> {
        let snapshot = self.dump(&Scope::Table(id.clone()), &Depth::Outline)?;
        Ok((snapshot.generation, snapshot.tables.into_iter().next()))
    }

    /// The named objects of a table with what they counted.
    ///
    /// # Errors
    /// Where the kernel refuses.
    pub fn objects(&mut self, id: &TableId) -> Result<Vec<LiveObject>, Error> {
        dump::objects(self, id)
    }

    /// What the rules of a table counted, in the order of its chains and rules; 0 where a rule has no counter.
    ///
    /// # Errors
    /// Where the kernel refuses.
    pub fn counts(&mut self, id: &TableId) -> Result<Vec<Count>, Error> {
        dump::counts(self, id)
    }

    /// Whether the kernel lets a table outlive its owner: Linux 6.9 and later. Makes such a table and removes it in one
    /// transaction, so that nobody sees it.
    ///
    /// # Errors
    /// Where the kernel refuses for another reason.
    pub fn can_persist(&mut self) -> Result<bool, Error> {
        const PROBE: TableId =
            TableId { family: nines_traffic::nft::Family::Inet, name: Name::fixed("nines-persist-probe") };
        let flags = TableFlags { owner: true, persist: true, dormant: false };
        let batch = Batch { table: PROBE, changes: vec![Change::AddTable(flags), Change::DeleteTable] };
        match self.apply(&batch, None) {
            Ok(()) => Ok(true),
            Err(Error::Refused(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }

    fn transaction(
        &mut self,
        batch: &Batch,
        generation: Option<u32>,
        form: impl FnOnce(Requests) -> Requests,
    ) -> Result<(), Error> {
        if batch.changes.is_empty() {
            return Ok(());
        }
        let requests = form(codec::encode(batch, generation, self.seq.wrapping_add(1))?);
        self.seq = self.seq.wrapping_add(u32::try_from(requests.change_of.len()).unwrap_or(u32::MAX));
        if requests.bytes.len() > REQUEST_BYTES_MAX {
            return Err(Error::TooLarge(requests.bytes.len(), REQUEST_BYTES_MAX));
        }
        self.socket.send(&requests.bytes)?;
        self.answers(batch, generation, &requests)
    }

    fn dump(&mut self, scope: &Scope, depth: &Depth<'_>) -> Result<Snapshot, Error> {
        for _ in 0..DUMPS_MAX {
            let before = self.generation()?.id;
            let tables = dump::tables(self, scope, depth, before);
            if matches!(tables, Err(Error::Restless(_))) || self.generation()?.id != before {
                continue;
            }
            return Ok(Snapshot { generation: before, tables: tables? });
        }
        Err(Error::Restless(DUMPS_MAX))
    }

    /// Asks, and hands every message of the answer on: family, type, attributes.
    pub(crate) fn query(
        &mut self,
        kind: u8,
        flags: u16,
        family: u8,
        body: impl FnOnce(&mut Writer),
        mut each: impl FnMut(u8, u8, &Attributes<'_>) -> Result<(), Malformed>,
    ) -> Result<(), Error> {
        self.seq = self.seq.wrapping_add(1);
        let mut request = Writer::default();
        request.message(codec::of_nftables(kind), flags, self.seq, (family, 0), body);
        self.socket.send(&request.finish().ok_or(codec::TooLong)?)?;
        let dump = flags & flag::DUMP == flag::DUMP;
        let mut outcome = Outcome::default();
        while !outcome.ended {
            match self.socket.receive_now()? {
                Received::Datagram(bytes) => outcome.read(bytes, self.seq, dump, &mut each),
                Received::Lost => outcome.interrupted = true,
                Received::Nothing => outcome.end_missing(),
            }
        }
        outcome.result()
    }

    /// The answers to a transaction, all of which are there when it was sent.
    fn answers(&mut self, batch: &Batch, generation: Option<u32>, requests: &Requests) -> Result<(), Error> {
        let mut well = false;
        let mut refusals = Vec::new();
        loop {
            let bytes = match self.socket.receive_now()? {
                Received::Datagram(bytes) => bytes,
                Received::Lost => continue,
                Received::Nothing => break,
            };
            for message in messages(bytes) {
                let message = message?;
                let Some(answer) = Answer::read(&message)? else { continue };
                if message.seq.wrapping_sub(requests.seq_first)
                    >= requests.change_of.len().try_into().unwrap_or(u32::MAX)
                {
                    continue; // to an earlier request
                }
                match answer.errno {
                    0 => well |= message.seq == requests.seq_answered(),
                    _ => refusals.push(answer.refusal(batch, requests.change(message.seq))),
                }
            }
        }
        let meaning = refusals.first().and_then(|first| whole(first, generation));
        match meaning {
            Some(error) => Err(error),
            None if !refusals.is_empty() => Err(Error::Refused(refusals)),
            None if well => Ok(()),
            None => Err(Error::Unanswered),
        }
    }
}

/// What a refusal of the transaction as a whole means, where it means something of its own.
fn whole(refusal: &Refusal, generation: Option<u32>) -> Option<Error> {
    if refusal.change.is_some() {
        return None;
    }
    match refusal.error.raw_os_error()? {
        libc::ERESTART => Some(Error::Stale(generation.unwrap_or_default())),
        libc::EPERM => Some(Error::NotPermitted),
        _ => None,
    }
}

/// An answer without content: how a request went.
struct Answer {
    errno: i32,
    note: Option<String>,
}

impl Answer {
    /// Reads one; nothing where the message is of another type.
    fn read(message: &Message<'_>) -> Result<Option<Answer>, Malformed> {
        const NOTE: u16 = 1;
        const ERRNO_BYTES: usize = 4;
        const HEAD: usize = ERRNO_BYTES + crate::wire::HEAD_BYTES;
        if message.kind != control::ERROR {
            return Ok(None);
        }
        let errno = message.body.first_chunk().map(|bytes| i32::from_ne_bytes(*bytes)).ok_or(Malformed("no error"))?;
        let wordy = message.flags & flag::ACK_ATTRIBUTES != 0 && message.flags & flag::CAPPED != 0;
        let note = wordy.then(|| Attributes::parse(message.body.get(HEAD..)?).ok()?.text(NOTE).ok()).flatten();
        Ok(Some(Answer { errno: errno.saturating_neg(), note }))
    }

    fn refusal(self, batch: &Batch, change: Option<usize>) -> Refusal {
        let of_change = change.and_then(|at| batch.changes.get(at));
        let what = of_change.map_or_else(|| "the transaction".to_owned(), |known| error::words(&batch.table, known));
        Refusal { change, what, error: io::Error::from_raw_os_error(self.errno), note: self.note }
    }
}

/// How far the answer to a question has come. A dump is read to its end whatever is wrong with it: the kernel begins no
/// other before.
#[derive(Default)]
struct Outcome {
    ended: bool,
    interrupted: bool,
    malformed: Option<Malformed>,
    errno: i32,
}

impl Outcome {
    fn read(
        &mut self,
        bytes: &[u8],
        seq: u32,
        dump: bool,
        each: &mut impl FnMut(u8, u8, &Attributes<'_>) -> Result<(), Malformed>,
    ) {
        for message in messages(bytes) {
            match message {
                Ok(message) if message.seq != seq => {} // to an earlier request
                Ok(message) => {
                    if let Err(malformed) = self.message(&message, dump, each) {
                        self.malformed.get_or_insert(malformed);
                    }
                }
                Err(malformed) => {
                    self.malformed.get_or_insert(malformed);
                }
            }
        }
    }

    fn message(
        &mut self,
        message: &Message<'_>,
        dump: bool,
        each: &mut impl FnMut(u8, u8, &Attributes<'_>) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        self.interrupted |= message.flags & flag::DUMP_INTERRUPTED != 0;
        if message.kind == control::DONE {
            self.ended = true;
            return Ok(());
        }
        if let Some(answer) = Answer::read(message)? {
            self.errno = answer.errno;
            self.ended = true;
            return Ok(());
        }
        self.ended |= !dump;
        let Some(kind) = nftables_kind(message.kind) else { return Ok(()) };
        let (family, attributes) = message.family_and_attributes()?;
        each(family, kind, &attributes)
    }

    fn end_missing(&mut self) {
        self.malformed.get_or_insert(Malformed("an answer without its end"));
        self.ended = true;
    }

    fn result(self) -> Result<(), Error> {
        match (self.errno, self.malformed) {
            (0, None) if self.interrupted => Err(Error::Restless(1)),
            (0, None) => Ok(()),
            (0, Some(malformed)) => Err(malformed.into()),
            (libc::EPERM, _) => Err(Error::NotPermitted),
            (errno, _) => Err(Error::Query(io::Error::from_raw_os_error(errno))),
        }
    }
}
