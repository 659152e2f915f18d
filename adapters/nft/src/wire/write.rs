//! Messages being written.

use super::{FAMILY_HEAD_BYTES, HEAD_BYTES, flag};

/// Messages and attributes start at multiples of so many bytes.
const ALIGNED_TO: usize = 4;
/// Marks an attribute that holds attributes (`NLA_F_NESTED`).
const NESTED: u16 = 0x8000;

/// A buffer of messages. An attribute that outgrows its 16-bit length is noted, and [`Writer::finish`] refuses.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
    too_long: bool,
}

impl Writer {
    /// Nothing yet, with room for so much.
    #[must_use]
    pub fn with_capacity(n_bytes: usize) -> Writer {
        Writer { bytes: Vec::with_capacity(n_bytes), too_long: false }
    }

    /// The messages; nothing where an attribute did not fit into its length.
    #[must_use]
    pub fn finish(self) -> Option<Vec<u8>> {
        (!self.too_long).then_some(self.bytes)
    }

    /// Bytes written so far.
    #[must_use]
    pub fn n_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// A message of netfilter: type, flags, sequence number, family and resource; `body` writes its attributes.
    pub fn message(&mut self, kind: u16, flags: u16, seq: u32, head: (u8, u16), body: impl FnOnce(&mut Writer)) {
        let (family, resource) = head;
        let [high, low] = resource.to_be_bytes();
        let head: [u8; FAMILY_HEAD_BYTES] = [family, 0, high, low];
        self.request(kind, flags, seq, |out| {
            out.bytes.extend_from_slice(&head);
            body(out);
        });
    }

    /// A message of any part of netlink: type, flags, sequence number; `body` writes all after its head.
    pub fn request(&mut self, kind: u16, flags: u16, seq: u32, body: impl FnOnce(&mut Writer)) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(&[0; 4]);
        self.bytes.extend_from_slice(&kind.to_ne_bytes());
        self.bytes.extend_from_slice(&(flags | flag::REQUEST).to_ne_bytes());
        self.bytes.extend_from_slice(&seq.to_ne_bytes());
        self.bytes.extend_from_slice(&[0; 4]); // from whom: the kernel fills it in
        debug_assert_eq!(self.bytes.len() - start, HEAD_BYTES);
        body(self);
        let n_bytes = u32::try_from(self.bytes.len() - start).unwrap_or(u32::MAX);
        self.fill(start, &n_bytes.to_ne_bytes());
    }

    /// An attribute of these bytes.
    pub fn bytes(&mut self, kind: u16, value: &[u8]) {
        self.attribute(kind, |out| out.extend_from_slice(value));
    }

    /// An attribute that holds others.
    pub fn nest(&mut self, kind: u16, body: impl FnOnce(&mut Writer)) {
        let start = self.open(kind | NESTED);
        body(self);
        self.close(start);
    }

    /// A text with a NUL after it.
    pub fn text(&mut self, kind: u16, value: &str) {
        self.attribute(kind, |out| {
            out.extend_from_slice(value.as_bytes());
            out.push(0);
        });
    }

    /// A byte.
    pub fn u8(&mut self, kind: u16, value: u8) {
        self.bytes(kind, &[value]);
    }

    /// Two bytes in network order.
    pub fn be16(&mut self, kind: u16, value: u16) {
        self.bytes(kind, &value.to_be_bytes());
    }

    /// Four bytes in network order.
    pub fn be32(&mut self, kind: u16, value: u32) {
        self.bytes(kind, &value.to_be_bytes());
    }

    /// Eight bytes in network order.
    pub fn be64(&mut self, kind: u16, value: u64) {
        self.bytes(kind, &value.to_be_bytes());
    }

    /// Attributes as they were read.
    pub fn verbatim(&mut self, attributes: &[u8]) {
        self.bytes.extend_from_slice(attributes);
        self.align();
    }

    fn attribute(&mut self, kind: u16, value: impl FnOnce(&mut Vec<u8>)) {
        let start = self.open(kind);
        value(&mut self.bytes);
        self.close(start);
    }

    fn open(&mut self, kind: u16) -> usize {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(&[0; 2]);
        self.bytes.extend_from_slice(&kind.to_ne_bytes());
        start
    }

    fn close(&mut self, start: usize) {
        match u16::try_from(self.bytes.len() - start) {
            Ok(n_bytes) => self.fill(start, &n_bytes.to_ne_bytes()),
            Err(_) => self.too_long = true,
        }
        self.align();
    }

    fn fill(&mut self, at: usize, value: &[u8]) {
        if let Some(place) = self.bytes.get_mut(at..at + value.len()) {
            place.copy_from_slice(value);
        }
    }

    fn align(&mut self) {
        self.bytes.resize(self.bytes.len().next_multiple_of(ALIGNED_TO), 0);
    }
}
