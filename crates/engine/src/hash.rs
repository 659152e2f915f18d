//! One fast hash for strings and ids that live in memory and in fingerprints on disk.
//!
//! A multiply-and-fold hash in the manner of wyhash: good spread, no defence against chosen keys. Where
//! it indexes what senders choose, tables are bounded or compare whole keys. Fingerprints and bloom
//! filters of blocks depend on it, so it is part of the format: `docs/format/block.md`.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose keys are numbers the program made itself.
pub type NumberMap<K, V> = HashMap<K, V, BuildHasherDefault<NumberHasher>>;

/// Hashes the few numbers a key is made of.
#[derive(Default)]
pub struct NumberHasher(u64);

impl Hasher for NumberHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash_after(self.0, bytes);
    }
    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }
    fn write_u64(&mut self, number: u64) {
        self.0 = fold(self.0 ^ number ^ SEED, MIX);
    }
    fn finish(&self) -> u64 {
        self.0
    }
}

const SEED: u64 = 0xa076_1d64_78bd_642f;
const MIX: u64 = 0xe703_7ed1_a0b4_28db;

#[inline(always)]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

#[inline(always)]
fn word(bytes: &[u8], at: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(word)
}

#[inline(always)]
fn half(bytes: &[u8], at: usize) -> u64 {
    let mut half = [0; 4];
    half.copy_from_slice(&bytes[at..at + 4]);
    u64::from(u32::from_le_bytes(half))
}

/// Hash of a byte string.
#[inline]
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    let n = bytes.len();
    let mut state = SEED ^ n as u64;
    let (first, last) = match n {
        0 => (0, 0),
        1..4 => (u64::from(bytes[0]) << 16 | u64::from(bytes[n / 2]) << 8 | u64::from(bytes[n - 1]), 0),
        4..8 => (half(bytes, 0), half(bytes, n - 4)),
        8..16 => (word(bytes, 0), word(bytes, n - 8)),
        _ => {
            let mut at = 0;
            while at + 16 < n {
                state = fold(word(bytes, at) ^ MIX, word(bytes, at + 8) ^ state);
                at += 16;
            }
            (word(bytes, n - 16), word(bytes, n - 8))
        }
    };
    fold(MIX ^ n as u64, fold(first ^ MIX, last ^ state))
}

/// Whether two strings are equal. Most are short, and for those a call to the library's comparison costs
/// more than the comparison: two loads that overlap cover them.
#[inline(always)]
pub fn same_bytes(a: &[u8], b: &[u8]) -> bool {
    let n = a.len();
    if n != b.len() {
        return false;
    }
    match n {
        0 => true,
        1..4 => a[0] == b[0] && a[n / 2] == b[n / 2] && a[n - 1] == b[n - 1],
        4..8 => half(a, 0) == half(b, 0) && half(a, n - 4) == half(b, n - 4),
        8..=16 => word(a, 0) == word(b, 0) && word(a, n - 8) == word(b, n - 8),
        17..=32 => {
            word(a, 0) == word(b, 0)
                && word(a, 8) == word(b, 8)
                && word(a, n - 16) == word(b, n - 16)
                && word(a, n - 8) == word(b, n - 8)
        }
        _ => a == b,
    }
}

/// Hash of a string together with what was hashed before it.
#[inline]
pub fn hash_after(before: u64, bytes: &[u8]) -> u64 {
    fold(before ^ SEED, hash_bytes(bytes) ^ MIX)
}

/// Hash of a number.
#[inline]
pub fn hash_u64(value: u64) -> u64 {
    fold(value ^ SEED, MIX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn strings_of_every_length_and_their_neighbours_differ() {
        let mut seen = HashSet::new();
        let mut text = Vec::new();
        for len in 0..200 {
            assert!(seen.insert(hash_bytes(&text)), "length {len}");
            for at in 0..len {
                text[at] ^= 1;
                assert!(seen.insert(hash_bytes(&text)), "length {len}, byte {at}");
                text[at] ^= 1;
            }
            text.push(b'a' + (len % 26) as u8);
        }
    }

    #[test]
    fn the_hash_is_part_of_the_format_and_does_not_change() {
        let text = b"http.path/api/v1/items/42";
        let of_len = |len: usize| hash_bytes(&text[..len]);
        assert_eq!([0, 1, 3, 4, 7, 8, 15, 16, 17, 25].map(of_len), VECTORS);
        assert_eq!(hash_u64(0x4848_5a39_53bb_6124), 0x32c978e691006339);
        assert_eq!(hash_after(hash_bytes(b"key"), b"value"), 0x262b0c6be61a6b77);
    }

    /// Computed by another implementation of `docs/format/block.md`.
    const VECTORS: [u64; 10] = [
        0x42bc986dc5eec4d3,
        0xa33f6ad596bbbd38,
        0xdf74c4cde2309c70,
        0x4d658328ccbfc5ec,
        0xeef41ea069b00ab8,
        0x85dce72bba09a5a1,
        0x12f294e2f6614d41,
        0x16d85c8b110ff410,
        0x8ac1f750a9ca7f82,
        0xaab98c0a29e46437,
    ];

    #[test]
    fn equal_is_equal_at_every_length_and_place() {
        for len in 0..80usize {
            let text: Vec<u8> = (0..len).map(|at| at as u8).collect();
            assert!(same_bytes(&text, &text.clone()), "length {len}");
            assert!(!same_bytes(&text, &[&text[..], b"x"].concat()));
            for at in 0..len {
                let mut other = text.clone();
                other[at] ^= 0x40;
                assert!(!same_bytes(&text, &other), "length {len}, byte {at}");
            }
        }
    }

    #[test]
    fn high_bits_of_small_numbers_spread() {
        let high: HashSet<u64> = (0..10_000).map(|value| hash_u64(value) >> 44).collect();
        assert!(high.len() > 9_000, "{}", high.len());
    }
}
