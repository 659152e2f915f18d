//! Numbers and texts as bytes, little-endian, each length before what it measures: how plans lie on disk and how they
//! are sent. Reading ends in a value or in [`FormError`], whatever the bytes are, and never makes room for more than
//! there is.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Bytes that are not what they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FormError(pub &'static str);

/// Bytes being written.
#[derive(Debug, Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// The bytes.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.0
    }

    /// A byte.
    pub fn byte(&mut self, value: u8) {
        self.0.push(value);
    }

    /// A number of 16 bits.
    pub fn n16(&mut self, value: u16) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    /// A number of 32 bits.
    pub fn n32(&mut self, value: u32) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    /// A number of 64 bits.
    pub fn n64(&mut self, value: u64) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    /// How many follow. More than 32 bits count are never made: a frame is smaller.
    pub fn count(&mut self, n: usize) {
        self.n32(u32::try_from(n).unwrap_or(u32::MAX));
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    /// Bytes whose number both sides know.
    pub fn verbatim(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Something, or that there is nothing.
    pub fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Writer, T)) {
        self.byte(u8::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    /// Several of a kind.
    pub fn list<T>(&mut self, values: &[T], mut write: impl FnMut(&mut Writer, &T)) {
        self.count(values.len());
        values.iter().for_each(|value| write(self, value));
    }

    /// An address with its family.
    pub fn address(&mut self, address: IpAddr) {
        match address {
            IpAddr::V4(address) => {
                self.byte(4);
                self.verbatim(&address.octets());
            }
            IpAddr::V6(address) => {
                self.byte(6);
                self.verbatim(&address.octets());
            }
        }
    }
}

/// Bytes being read.
#[derive(Clone, Debug)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Over these.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader(bytes)
    }

    /// That nothing is left.
    ///
    /// # Errors
    /// Where something is.
    pub fn end(self) -> Result<(), FormError> {
        if self.0.is_empty() { Ok(()) } else { Err(FormError("bytes after the end")) }
    }

    /// So many bytes.
    ///
    /// # Errors
    /// Where there are fewer.
    pub fn verbatim(&mut self, n_bytes: usize) -> Result<&'a [u8], FormError> {
        let (taken, rest) = self.0.split_at_checked(n_bytes).ok_or(FormError("cut off"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], FormError> {
        self.verbatim(N)?.try_into().map_err(|_| FormError("cut off"))
    }

    /// A byte.
    ///
    /// # Errors
    /// Where there is none.
    pub fn byte(&mut self) -> Result<u8, FormError> {
        self.array().map(u8::from_le_bytes)
    }

    /// A number of 16 bits.
    ///
    /// # Errors
    /// Where it is cut off.
    pub fn n16(&mut self) -> Result<u16, FormError> {
        self.array().map(u16::from_le_bytes)
    }

    /// A number of 32 bits.
    ///
    /// # Errors
    /// Where it is cut off.
    pub fn n32(&mut self) -> Result<u32, FormError> {
        self.array().map(u32::from_le_bytes)
    }

    /// A number of 64 bits.
    ///
    /// # Errors
    /// Where it is cut off.
    pub fn n64(&mut self) -> Result<u64, FormError> {
        self.array().map(u64::from_le_bytes)
    }

    /// Thirty-two bytes.
    ///
    /// # Errors
    /// Where there are fewer.
    pub fn digest(&mut self) -> Result<[u8; 32], FormError> {
        self.array()
    }

    /// Yes or no.
    ///
    /// # Errors
    /// Where the byte is neither 0 nor 1.
    pub fn flag(&mut self) -> Result<bool, FormError> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(FormError("neither yes nor no")),
        }
    }

    /// A text of at most so many bytes.
    ///
    /// # Errors
    /// Where it is longer, cut off, or no UTF-8.
    pub fn text(&mut self, bytes_max: usize) -> Result<String, FormError> {
        let n_bytes = self.n32()? as usize;
        if n_bytes > bytes_max {
            return Err(FormError("a text is too long"));
        }
        let bytes = self.verbatim(n_bytes)?;
        std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| FormError("a text is no UTF-8"))
    }

    /// Something, or nothing.
    ///
    /// # Errors
    /// What reading it says.
    pub fn option<T>(
        &mut self,
        read: impl FnOnce(&mut Reader<'a>) -> Result<T, FormError>,
    ) -> Result<Option<T>, FormError> {
        if self.flag()? { read(self).map(Some) } else { Ok(None) }
    }

    /// At most so many of a kind.
    ///
    /// # Errors
    /// Where there are more, or what reading one says.
    pub fn list<T>(
        &mut self,
        n_max: usize,
        mut read: impl FnMut(&mut Reader<'a>) -> Result<T, FormError>,
    ) -> Result<Vec<T>, FormError> {
        let n = self.n32()? as usize;
        if n > n_max {
            return Err(FormError("too many of a kind"));
        }
        // Room is made as they come: a number alone reserves nothing.
        let mut values = Vec::new();
        for _ in 0..n {
            values.push(read(self)?);
        }
        Ok(values)
    }

    /// An address.
    ///
    /// # Errors
    /// Where its family is unknown, or it is cut off.
    pub fn address(&mut self) -> Result<IpAddr, FormError> {
        match self.byte()? {
            4 => Ok(Ipv4Addr::from(self.array::<4>()?).into()),
            6 => Ok(Ipv6Addr::from(self.array::<16>()?).into()),
            _ => Err(FormError("an address of no family")),
        }
    }
}
