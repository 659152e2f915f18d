//! What carries over from one span of a batch to the next.
//!
//! A batch comes from one reporter, so its spans have one address and one resource. Remembering tags and
//! operations likewise was tried: on varied data the comparisons that fail cost more than the look-ups
//! that the others save. A memory holds numbers of one segment, so each segment a batch goes to has its own.

use nines_span::EndpointRef;

/// The memory.
#[derive(Default)]
pub struct BatchMemo<'a> {
    local_address: Option<(EndpointRef<'a>, u32)>,
    origin: Option<((u32, u32), u32)>,
}

impl<'a> BatchMemo<'a> {
    /// The number of the local endpoint's address.
    #[inline]
    pub fn local_address(&mut self, endpoint: &EndpointRef<'a>, find: impl FnOnce() -> u32) -> u32 {
        let of = |endpoint: &EndpointRef<'_>| (endpoint.ipv4, endpoint.ipv6, endpoint.port);
        match &self.local_address {
            Some((known, number)) if of(known) == of(endpoint) => *number,
            _ => self.local_address.insert((*endpoint, find())).1,
        }
    }

    /// The number of a pair of resource and scope, by their places in the batch.
    #[inline]
    pub fn origin(&mut self, places: (u32, u32), find: impl FnOnce() -> u32) -> u32 {
        match self.origin {
            Some((known, origin)) if known == places => origin,
            _ => self.origin.insert((places, find())).1,
        }
    }
}
