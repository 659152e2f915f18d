//! Bytes as registers hold them: what is compared, looked up, and handed to NAT.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::fmt;

/// Bytes of a value at most: all registers of the kernel together (`NFT_DATA_VALUE_MAXLEN`).
pub const DATA_BYTES_MAX: usize = 64;
/// Bytes of an interface name, NULs after it included (`IFNAMSIZ`).
pub const INTERFACE_BYTES: usize = 16;
/// A part of a concatenation starts at a multiple of so many bytes.
const REGISTER_BYTES: usize = 4;

/// A value in the kernel's own form: addresses and ports in network order, marks and other numbers of the kernel in
/// the host's. Invariant: 1 to 64 bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Data(Vec<u8>);

impl Data {
    /// Bytes as they are; nothing where there are none or too many.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Option<Data> {
        (1..=DATA_BYTES_MAX).contains(&bytes.len()).then(|| Data(bytes.to_vec()))
    }

    /// One byte: a protocol, a type, a flag.
    #[must_use]
    pub fn byte(value: u8) -> Data {
        Data(vec![value])
    }

    /// Two bytes in network order: a port.
    #[must_use]
    pub fn port(value: u16) -> Data {
        Data(value.to_be_bytes().to_vec())
    }

    /// Two bytes in the host's order: a kind of interface, a zone.
    #[must_use]
    pub fn host16(value: u16) -> Data {
        Data(value.to_ne_bytes().to_vec())
    }

    /// Four bytes in the host's order: a mark, a state, a random number.
    #[must_use]
    pub fn host32(value: u32) -> Data {
        Data(value.to_ne_bytes().to_vec())
    }

    /// Four bytes in network order: a number that is compared by size.
    #[must_use]
    pub fn network32(value: u32) -> Data {
        Data(value.to_be_bytes().to_vec())
    }

    /// So many equal bytes, at least one and at most as many as registers hold.
    #[must_use]
    pub fn repeated(byte: u8, n_bytes: usize) -> Data {
        Data(vec![byte; n_bytes.clamp(1, DATA_BYTES_MAX)])
    }

    /// The whole name of an interface; nothing where the kernel has no room for it.
    #[must_use]
    pub fn interface(name: &str) -> Option<Data> {
        if name.is_empty() || name.len() >= INTERFACE_BYTES || name.contains('\0') {
            return None;
        }
        let mut bytes = name.as_bytes().to_vec();
        bytes.resize(INTERFACE_BYTES, 0);
        Some(Data(bytes))
    }

    /// The beginning of names of interfaces, `eth` for `eth*`; nothing where no name is that long.
    #[must_use]
    pub fn interface_prefix(start: &str) -> Option<Data> {
        let fits = !start.is_empty() && start.len() < INTERFACE_BYTES && !start.contains('\0');
        fits.then(|| Data(start.as_bytes().to_vec()))
    }

    /// Several values side by side, each from a register of its own, as keys of concatenated sets are.
    #[must_use]
    pub fn concat(parts: &[Data]) -> Option<Data> {
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend_from_slice(&part.0);
            bytes.resize(bytes.len().next_multiple_of(REGISTER_BYTES), 0);
        }
        (1..=DATA_BYTES_MAX).contains(&bytes.len()).then_some(Data(bytes))
    }

    /// The mask of a prefix: so many bits of ones over so many bytes.
    #[must_use]
    pub fn mask(n_bits: usize, n_bytes: usize) -> Data {
        let byte = |at: usize| match n_bits.saturating_sub(at * 8) {
            bits @ 0..8 => !(0xff_u8 >> bits),
            _ => 0xff,
        };
        Data((0..n_bytes.clamp(1, DATA_BYTES_MAX)).map(byte).collect())
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// How many there are.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The bytes the other way around where the host's order is not the network's.
    #[must_use]
    pub fn turned(&self) -> Data {
        let little = cfg!(target_endian = "little");
        Data(if little { self.0.iter().rev().copied().collect() } else { self.0.clone() })
    }

    /// The number one above, in network order; nothing after the last.
    #[must_use]
    pub fn next(&self) -> Option<Data> {
        let mut bytes = self.0.clone();
        for byte in bytes.iter_mut().rev() {
            *byte = byte.wrapping_add(1);
            if *byte != 0 {
                return Some(Data(bytes));
            }
        }
        None
    }

    /// The number one below, in network order; nothing before zero.
    #[must_use]
    pub fn previous(&self) -> Option<Data> {
        let mut bytes = self.0.clone();
        for byte in bytes.iter_mut().rev() {
            let was = *byte;
            *byte = was.wrapping_sub(1);
            if was != 0 {
                return Some(Data(bytes));
            }
        }
        None
    }
}

impl From<Ipv4Addr> for Data {
    fn from(address: Ipv4Addr) -> Data {
        Data(address.octets().to_vec())
    }
}

impl From<Ipv6Addr> for Data {
    fn from(address: Ipv6Addr) -> Data {
        Data(address.octets().to_vec())
    }
}

impl From<IpAddr> for Data {
    fn from(address: IpAddr) -> Data {
        match address {
            IpAddr::V4(address) => address.into(),
            IpAddr::V6(address) => address.into(),
        }
    }
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("0x")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
