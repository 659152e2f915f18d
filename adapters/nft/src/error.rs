//! What can go wrong between here and the kernel.

use std::io;

use nines_traffic::nft::{Change, TableId};

use crate::codec::TooLong;
use crate::wire::Malformed;

/// A step that failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The socket could not be made.
    #[error("{step} of the netlink socket")]
    Open {
        /// Which step.
        step: &'static str,
        /// What the kernel said.
        #[source]
        source: io::Error,
    },
    /// A request could not be sent.
    #[error("send {n_bytes} bytes to nf_tables")]
    Send {
        /// Bytes of it.
        n_bytes: usize,
        /// What the kernel said.
        #[source]
        source: io::Error,
    },
    /// An answer could not be read.
    #[error("read from nf_tables")]
    Receive(#[source] io::Error),
    /// The kernel's answer is not what its type promises.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// A change does not fit into a message.
    #[error(transparent)]
    TooLong(#[from] TooLong),
    /// A transaction has more bytes than are sent at once.
    #[error("a transaction of {0} bytes, more than {1}: make it of smaller ones, sets first")]
    TooLarge(usize, usize),
    /// Something changed since the transaction was made; nothing was applied.
    #[error("the rules changed since generation {0}; nothing was applied")]
    Stale(u32),
    /// The process may not change the network's rules.
    #[error("nf_tables is closed to this process: it needs CAP_NET_ADMIN in the namespace of the network")]
    NotPermitted,
    /// The kernel refused a request that is no transaction.
    #[error("nf_tables refused to answer")]
    Query(#[source] io::Error),
    /// The kernel refused changes; nothing was applied.
    #[error("nf_tables refused {}", refused(.0))]
    Refused(Vec<Refusal>),
    /// The kernel gave no answer to a transaction.
    #[error("nf_tables gave no answer; read the table to see what holds")]
    Unanswered,
    /// Rules changed each time they were read.
    #[error("the rules changed {0} times while they were read")]
    Restless(u32),
}

/// A change that the kernel refused.
#[derive(Debug)]
pub struct Refusal {
    /// Which change of the batch, from 0; none for the transaction as a whole.
    pub change: Option<usize>,
    /// What the change is.
    pub what: String,
    /// The kernel's error.
    pub error: io::Error,
    /// What the kernel says of it, where it says more.
    pub note: Option<String>,
}

/// Refusals in words; one wrong name fails many changes, so only the first few are said.
fn refused(refusals: &[Refusal]) -> String {
    const SAID: usize = 3;
    let said: Vec<String> = refusals.iter().take(SAID).map(Refusal::words).collect();
    match refusals.len().saturating_sub(SAID) {
        0 => said.join("; "),
        more => format!("{}; and {more} more", said.join("; ")),
    }
}

impl Refusal {
    fn words(&self) -> String {
        let note = self.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
        format!("{}: {}{note}", self.what, self.error)
    }
}

/// A change in a few words.
pub(crate) fn words(table: &TableId, change: &Change) -> String {
    let of = format!("of table {} {}", table.family.word(), table.name);
    match change {
        Change::AddTable(_) => format!("table {} {}", table.family.word(), table.name),
        Change::DeleteTable => format!("removal {of}"),
        Change::AddChain(chain, _) => format!("chain {chain} {of}"),
        Change::SetPolicy(chain, _) => format!("policy of chain {chain} {of}"),
        Change::DeleteChain(chain) => format!("removal of chain {chain} {of}"),
        Change::FlushChain(chain) => format!("flush of chain {chain} {of}"),
        Change::AddRule(chain, _, rule) | Change::ReplaceRule(chain, _, rule) => match &rule.id {
            Some(id) => format!("rule {id} of chain {chain} {of}"),
            None => format!("a rule of chain {chain} {of}"),
        },
        Change::DeleteRule(chain, handle) => format!("removal of rule {handle} of chain {chain} {of}"),
        Change::AddSet(head) => format!("set {} {of}", head.name),
        Change::DeleteSet(set) => format!("removal of set {set} {of}"),
        Change::AddElements(head, elements) => format!("{} elements for set {} {of}", elements.len(), head.name),
        Change::DeleteElements(head, elements) => {
            format!("removal of {} elements from set {} {of}", elements.len(), head.name)
        }
        Change::FlushSet(set) => format!("flush of set {set} {of}"),
        Change::AddObject(object) => format!("{} {} {of}", object.state.kind().word(), object.name),
        Change::DeleteObject(kind, object) => format!("removal of {} {object} {of}", kind.word()),
    }
}
