//! Messages being read. Whatever the bytes are, reading ends in a value or in [`Malformed`].

use super::{FAMILY_HEAD_BYTES, HEAD_BYTES};

/// Bytes that are no netlink, or not what their type promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed netlink: {0}")]
pub struct Malformed(pub &'static str);

/// A message, its head taken apart.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// Its type.
    pub kind: u16,
    /// Its flags.
    pub flags: u16,
    /// The number of the request that it answers.
    pub seq: u32,
    /// The netlink port of whoever brought it about.
    pub port: u32,
    /// What follows the head.
    pub body: &'a [u8],
}

impl<'a> Message<'a> {
    /// The family of netfilter's head, and the attributes after it.
    ///
    /// # Errors
    /// Where either is cut off.
    pub fn family_and_attributes(&self) -> Result<(u8, Attributes<'a>), Malformed> {
        let (head, rest) = self.body.split_at_checked(FAMILY_HEAD_BYTES).ok_or(Malformed("no family"))?;
        let family = *head.first().ok_or(Malformed("no family"))?;
        Ok((family, Attributes::parse(rest)?))
    }
}

/// The messages of a datagram.
pub fn messages(mut bytes: &[u8]) -> impl Iterator<Item = Result<Message<'_>, Malformed>> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let message = split_message(&mut bytes);
        if message.is_err() {
            bytes = &[];
        }
        Some(message)
    })
}

fn split_message<'a>(bytes: &mut &'a [u8]) -> Result<Message<'a>, Malformed> {
    let cut = Malformed("a message is cut off");
    let n_bytes = host32(bytes, 0).ok_or(cut)? as usize;
    let message = bytes.get(..n_bytes).ok_or(cut)?;
    let body = message.get(HEAD_BYTES..).ok_or(Malformed("a message is shorter than its head"))?;
    let head = Message {
        kind: host16(message, 4).ok_or(cut)?,
        flags: host16(message, 6).ok_or(cut)?,
        seq: host32(message, 8).ok_or(cut)?,
        port: host32(message, 12).ok_or(cut)?,
        body,
    };
    *bytes = bytes.get(n_bytes.next_multiple_of(4)..).unwrap_or(&[]);
    Ok(head)
}

fn host16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|chunk| u16::from_ne_bytes(*chunk))
}

fn host32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_ne_bytes(*chunk))
}

/// Attributes of newer kernels above this are not looked at.
const KINDS: usize = 32;
/// Bits of an attribute's type that say how it is written.
const KIND_MASK: u16 = 0x3fff;

/// Attributes by their type, the last of each.
#[derive(Clone, Copy, Debug)]
pub struct Attributes<'a> {
    by_kind: [Option<&'a [u8]>; KINDS],
}

impl<'a> Attributes<'a> {
    /// # Errors
    /// Where a length leads out of the bytes.
    pub fn parse(bytes: &'a [u8]) -> Result<Attributes<'a>, Malformed> {
        let mut by_kind = [None; KINDS];
        for attribute in Attributes::list(bytes) {
            let (kind, value) = attribute?;
            if let Some(place) = by_kind.get_mut(usize::from(kind)) {
                *place = Some(value);
            }
        }
        Ok(Attributes { by_kind })
    }

    /// Attributes in their order: type and value.
    pub fn list(mut bytes: &'a [u8]) -> impl Iterator<Item = Result<(u16, &'a [u8]), Malformed>> {
        std::iter::from_fn(move || {
            if bytes.is_empty() {
                return None;
            }
            let attribute = split_attribute(&mut bytes);
            if attribute.is_err() {
                bytes = &[];
            }
            Some(attribute)
        })
    }

    /// The value of a type, where there is one.
    #[must_use]
    pub fn get(&self, kind: u16) -> Option<&'a [u8]> {
        self.by_kind.get(usize::from(kind)).copied().flatten()
    }

    /// The value of a type that must be there.
    ///
    /// # Errors
    /// Where it is not.
    pub fn need(&self, kind: u16) -> Result<&'a [u8], Malformed> {
        self.get(kind).ok_or(Malformed("an attribute is missing"))
    }

    /// Attributes within an attribute that must be there.
    ///
    /// # Errors
    /// Where it is not, or is malformed.
    pub fn nested(&self, kind: u16) -> Result<Attributes<'a>, Malformed> {
        Attributes::parse(self.need(kind)?)
    }

    /// A byte that must be there.
    ///
    /// # Errors
    /// Where it is not.
    pub fn u8(&self, kind: u16) -> Result<u8, Malformed> {
        self.need(kind)?.first().copied().ok_or(Malformed("an attribute is empty"))
    }

    /// Two bytes in network order that must be there.
    ///
    /// # Errors
    /// Where they are not.
    pub fn be16(&self, kind: u16) -> Result<u16, Malformed> {
        self.need(kind)?.first_chunk().map(|bytes| u16::from_be_bytes(*bytes)).ok_or(Malformed("not two bytes"))
    }

    /// Four bytes in network order that must be there.
    ///
    /// # Errors
    /// Where they are not.
    pub fn be32(&self, kind: u16) -> Result<u32, Malformed> {
        self.need(kind)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes)).ok_or(Malformed("not four bytes"))
    }

    /// Eight bytes in network order that must be there.
    ///
    /// # Errors
    /// Where they are not.
    pub fn be64(&self, kind: u16) -> Result<u64, Malformed> {
        self.need(kind)?.first_chunk().map(|bytes| u64::from_be_bytes(*bytes)).ok_or(Malformed("not eight bytes"))
    }

    /// Four bytes, or 0 where there are none.
    ///
    /// # Errors
    /// Where there are too few.
    pub fn be32_or_0(&self, kind: u16) -> Result<u32, Malformed> {
        if self.get(kind).is_none() { Ok(0) } else { self.be32(kind) }
    }

    /// A text that must be there, up to its NUL; what is no UTF-8 is replaced.
    ///
    /// # Errors
    /// Where it is not there.
    pub fn text(&self, kind: u16) -> Result<String, Malformed> {
        let bytes = self.need(kind)?.split(|byte| *byte == 0).next().unwrap_or(&[]);
        Ok(String::from_utf8_lossy(bytes).into_owned())
    }
}

fn split_attribute<'a>(bytes: &mut &'a [u8]) -> Result<(u16, &'a [u8]), Malformed> {
    const HEAD: usize = 4;
    let cut = Malformed("an attribute is cut off");
    let n_bytes = usize::from(host16(bytes, 0).ok_or(cut)?);
    let kind = host16(bytes, 2).ok_or(cut)? & KIND_MASK;
    let value = bytes.get(HEAD..n_bytes).ok_or(cut)?;
    *bytes = bytes.get(n_bytes.next_multiple_of(4)..).unwrap_or(&[]);
    Ok((kind, value))
}
