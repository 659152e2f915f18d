//! Generations and steps of traced packets.

use nines_traffic::nft::{Family, Handle, TableId, Verdict};

use super::value::name;
use crate::generation::{Author, Generation};
use crate::trace::{Step, Trace};
use crate::wire::{Attributes, Malformed};

mod generation {
    pub const ID: u16 = 1;
    pub const PID: u16 = 2;
    pub const PROCESS: u16 = 3;
}

mod trace {
    pub const TABLE: u16 = 1;
    pub const CHAIN: u16 = 2;
    pub const HANDLE: u16 = 3;
    pub const KIND: u16 = 4;
    pub const VERDICT: u16 = 5;
    pub const ID: u16 = 6;
    pub const NETWORK_HEADER: u16 = 8;
    pub const TRANSPORT_HEADER: u16 = 9;
    pub const IIF: u16 = 10;
    pub const OIF: u16 = 12;
    pub const MARK: u16 = 14;
    pub const POLICY: u16 = 16;
    pub const BY_POLICY: u32 = 1;
    pub const BY_RETURN: u32 = 2;
    pub const BY_RULE: u32 = 3;
}

/// Reads a generation.
///
/// # Errors
/// Where its number is missing.
pub fn read_generation(attributes: &Attributes<'_>) -> Result<Generation, Malformed> {
    let author = attributes.get(generation::PID).map(|_| {
        let process = attributes.text(generation::PROCESS).unwrap_or_default();
        Ok(Author { pid: attributes.be32(generation::PID)?, process })
    });
    Ok(Generation { id: attributes.be32(generation::ID)?, author: author.transpose()? })
}

/// Reads a step of a traced packet.
///
/// # Errors
/// Where something of it is missing.
pub fn read_trace(family: Family, attributes: &Attributes<'_>) -> Result<Trace, Malformed> {
    let number = |kind: u16| attributes.get(kind).map(|_| attributes.be32(kind)).transpose();
    let step = match attributes.be32(trace::KIND)? {
        // The end of a chain, as some kernels tell it: by its last rule, which is none.
        trace::BY_RULE if attributes.get(trace::HANDLE).is_none() => {
            Step::Return { verdict: attributes.bare_verdict(trace::VERDICT)? }
        }
        trace::BY_RULE => {
            Step::Rule { handle: read_handle(attributes)?, verdict: attributes.bare_verdict(trace::VERDICT)? }
        }
        trace::BY_RETURN => Step::Return { verdict: attributes.bare_verdict(trace::VERDICT)? },
        trace::BY_POLICY => {
            let drop = attributes.be32(trace::POLICY)? == 0;
            Step::Policy { verdict: if drop { Verdict::Drop } else { Verdict::Accept } }
        }
        _ => return Err(Malformed("no such step of a trace")),
    };
    let bytes = |kind: u16| attributes.get(kind).unwrap_or(&[]).to_vec();
    Ok(Trace {
        packet: attributes.be32(trace::ID)?,
        table: TableId { family, name: name(attributes, trace::TABLE)? },
        chain: name(attributes, trace::CHAIN)?,
        step,
        iif: number(trace::IIF)?,
        oif: number(trace::OIF)?,
        mark: number(trace::MARK)?.unwrap_or(0),
        network_header: bytes(trace::NETWORK_HEADER),
        transport_header: bytes(trace::TRANSPORT_HEADER),
    })
}

fn read_handle(attributes: &Attributes<'_>) -> Result<Handle, Malformed> {
    attributes.be64(trace::HANDLE)
}
