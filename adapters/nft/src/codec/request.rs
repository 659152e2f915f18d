//! A batch as the messages of one transaction.

use nines_traffic::nft::{Batch, Change, Element, Place, SetHead, TableId};

use super::chain::{self, of_chain, of_object, of_rule, of_table};
use super::set::{self, of_elements, of_set};
use super::value::family_number;
use super::{SUBSYSTEM, kind, of_nftables};
use crate::wire::{FAMILY_HEAD_BYTES, HEAD_BYTES, Writer, flag};

/// The first and the last message of a transaction, and the generation that it stands on.
const BATCH_BEGIN: u16 = 0x10;
const BATCH_END: u16 = 0x11;
const BATCH_GENERATION: u16 = 1;
/// Bytes of elements in a message: an attribute has at most 65 535, and one element with two keys of 64 bytes and an
/// answer stays far below the rest.
const ELEMENTS_BYTES_MAX: usize = 48 * 1024;
/// A guess of the bytes of a change, to reserve room once.
const CHANGE_BYTES: usize = 512;

/// A change does not fit into netlink's lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a rule or name is longer than netlink can carry (65535 bytes)")]
pub struct TooLong;

/// The messages of a transaction, and which change each is of.
#[derive(Debug)]
pub struct Requests {
    /// The messages.
    pub bytes: Vec<u8>,
    /// The number of the first message; each has the next.
    pub seq_first: u32,
    /// The change of each message; none for the first and last, which frame the transaction.
    pub change_of: Vec<Option<usize>>,
}

impl Requests {
    /// The change that a message is of; none for the frame.
    #[must_use]
    pub fn change(&self, seq: u32) -> Option<usize> {
        let at = usize::try_from(seq.wrapping_sub(self.seq_first)).ok()?;
        self.change_of.get(at).copied().flatten()
    }

    /// The same without the message that ends a transaction: the kernel checks it and forgets it.
    #[must_use]
    pub fn to_be_checked(mut self) -> Requests {
        let n_bytes = self.bytes.len().saturating_sub(HEAD_BYTES + FAMILY_HEAD_BYTES);
        self.bytes.truncate(n_bytes);
        self
    }

    /// The number of the last message that says whether all went well.
    #[must_use]
    pub fn seq_answered(&self) -> u32 {
        let n_messages = u32::try_from(self.change_of.len()).unwrap_or(u32::MAX);
        self.seq_first.wrapping_add(n_messages.saturating_sub(2))
    }
}

/// Writes a batch; with a generation the kernel applies it only where that is still the current one.
///
/// # Errors
/// Where something is longer than netlink can carry.
pub fn encode(batch: &Batch, generation: Option<u32>, seq_first: u32) -> Result<Requests, TooLong> {
    let n_bytes = batch.changes.len().saturating_mul(CHANGE_BYTES);
    let mut encoder = Encoder {
        table: &batch.table,
        seq_first,
        out: Writer::with_capacity(n_bytes),
        change_of: vec![],
        n_last: batch.changes.len().saturating_sub(1),
    };
    encoder.frame(BATCH_BEGIN, |out| {
        if let Some(generation) = generation {
            out.be32(BATCH_GENERATION, generation);
        }
    });
    for (at, change) in batch.changes.iter().enumerate() {
        encoder.change(at, change);
    }
    encoder.frame(BATCH_END, |_| {});
    let bytes = encoder.out.finish().ok_or(TooLong)?;
    Ok(Requests { bytes, seq_first, change_of: encoder.change_of })
}

struct Encoder<'a> {
    table: &'a TableId,
    seq_first: u32,
    out: Writer,
    change_of: Vec<Option<usize>>,
    n_last: usize,
}

impl Encoder<'_> {
    fn seq(&self) -> u32 {
        self.seq_first.wrapping_add(u32::try_from(self.change_of.len()).unwrap_or(u32::MAX))
    }

    fn frame(&mut self, kind: u16, body: impl FnOnce(&mut Writer)) {
        let seq = self.seq();
        self.out.message(kind, 0, seq, (0, SUBSYSTEM), body);
        self.change_of.push(None);
    }

    /// A message of a change; those of the last change ask for an answer.
    fn message(&mut self, at: usize, (kind, flags): (u8, u16), body: impl FnOnce(&mut Writer)) {
        let seq = self.seq();
        let ack = if at == self.n_last { flag::ACK } else { 0 };
        let head = (family_number(self.table.family), 0);
        self.out.message(of_nftables(kind), flags | ack, seq, head, body);
        self.change_of.push(Some(at));
    }

    fn change(&mut self, at: usize, change: &Change) {
        let table = self.table;
        let name = table.name.as_str();
        let chain_of_rule = |out: &mut Writer, chain: &nines_traffic::nft::Name| {
            out.text(of_rule::TABLE, name);
            out.text(of_rule::CHAIN, chain.as_str());
        };
        match change {
            Change::AddElements(head, elements) => return self.elements(at, kind::NEW_ELEMENTS, head, elements),
            Change::DeleteElements(head, elements) => return self.elements(at, kind::DEL_ELEMENTS, head, elements),
            _ => {}
        }
        self.message(at, kind_of(change), |out| match change {
            Change::AddTable(flags) => {
                out.text(of_table::NAME, name);
                out.be32(of_table::FLAGS, chain::table_bits(*flags));
            }
            Change::DeleteTable => out.text(of_table::NAME, name),
            Change::AddChain(chain, base) => {
                out.text(of_chain::TABLE, name);
                out.text(of_chain::NAME, chain.as_str());
                if let Some(base) = base {
                    chain::write_base(table.family, base, out);
                }
            }
            Change::SetPolicy(chain, policy) => {
                out.text(of_chain::TABLE, name);
                out.text(of_chain::NAME, chain.as_str());
                out.be32(of_chain::POLICY, u32::from(*policy == nines_traffic::nft::Policy::Accept));
            }
            Change::DeleteChain(chain) => {
                out.text(of_chain::TABLE, name);
                out.text(of_chain::NAME, chain.as_str());
            }
            Change::FlushChain(chain) => chain_of_rule(out, chain),
            Change::AddRule(chain, place, rule) => {
                chain_of_rule(out, chain);
                if let Place::Before(handle) | Place::After(handle) = place {
                    out.be64(of_rule::POSITION, *handle);
                }
                chain::write_rule(rule, out);
            }
            Change::ReplaceRule(chain, handle, rule) => {
                chain_of_rule(out, chain);
                out.be64(of_rule::HANDLE, *handle);
                chain::write_rule(rule, out);
            }
            Change::DeleteRule(chain, handle) => {
                chain_of_rule(out, chain);
                out.be64(of_rule::HANDLE, *handle);
            }
            Change::AddSet(head) => {
                out.text(of_set::TABLE, name);
                set::write_set(head, u32::try_from(at + 1).unwrap_or(u32::MAX), out);
            }
            Change::DeleteSet(set) => {
                out.text(of_set::TABLE, name);
                out.text(of_set::NAME, set.as_str());
            }
            Change::FlushSet(set) => {
                out.text(of_elements::TABLE, name);
                out.text(of_elements::SET, set.as_str());
            }
            Change::AddObject(object) => {
                out.text(of_object::TABLE, name);
                chain::write_object(object, out);
            }
            Change::DeleteObject(kind, object) => {
                out.text(of_object::TABLE, name);
                out.text(of_object::NAME, object.as_str());
                out.be32(of_object::KIND, kind.number());
            }
            Change::AddElements(..) | Change::DeleteElements(..) => {}
        });
    }

    /// Elements in as many messages as they need.
    fn elements(&mut self, at: usize, kind: u8, head: &SetHead, elements: &[Element]) {
        let table = self.table.name.as_str();
        let mut rest = elements;
        loop {
            let mut n_written = 0;
            let flags = if kind == kind::NEW_ELEMENTS { flag::CREATE } else { 0 };
            self.message(at, (kind, flags), |out| {
                out.text(of_elements::TABLE, table);
                out.text(of_elements::SET, head.name.as_str());
                out.nest(of_elements::LIST, |out| {
                    let start = out.n_bytes();
                    for element in rest {
                        set::write_element(head, element, out);
                        n_written += 1;
                        if out.n_bytes() - start > ELEMENTS_BYTES_MAX {
                            break;
                        }
                    }
                });
            });
            rest = rest.get(n_written..).unwrap_or(&[]);
            if rest.is_empty() {
                return;
            }
        }
    }
}

fn kind_of(change: &Change) -> (u8, u16) {
    match change {
        Change::AddTable(_) => (kind::NEW_TABLE, flag::CREATE),
        Change::DeleteTable => (kind::DEL_TABLE, 0),
        Change::AddChain(..) => (kind::NEW_CHAIN, flag::CREATE),
        Change::SetPolicy(..) => (kind::NEW_CHAIN, 0),
        Change::DeleteChain(_) => (kind::DEL_CHAIN, 0),
        Change::FlushChain(_) | Change::DeleteRule(..) => (kind::DEL_RULE, 0),
        Change::AddRule(_, Place::End | Place::After(_), _) => (kind::NEW_RULE, flag::CREATE | flag::APPEND),
        Change::AddRule(..) => (kind::NEW_RULE, flag::CREATE),
        Change::ReplaceRule(..) => (kind::NEW_RULE, flag::REPLACE),
        Change::AddSet(_) => (kind::NEW_SET, flag::CREATE),
        Change::DeleteSet(_) => (kind::DEL_SET, 0),
        Change::AddElements(..) => (kind::NEW_ELEMENTS, flag::CREATE),
        Change::DeleteElements(..) | Change::FlushSet(_) => (kind::DEL_ELEMENTS, 0),
        Change::AddObject(_) => (kind::NEW_OBJECT, flag::CREATE),
        Change::DeleteObject(..) => (kind::DEL_OBJECT, 0),
    }
}
