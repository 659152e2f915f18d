//! Numbers of a few bits each, one after the other without gaps, the low bits of each byte first.

/// Writes bits behind the bytes of a list.
pub struct BitOutput<'o> {
    out: &'o mut Vec<u8>,
    /// Bits that do not fill a byte yet.
    pending: u64,
    n_pending: u32,
}

impl<'o> BitOutput<'o> {
    /// Writes behind what `out` has.
    pub fn new(out: &'o mut Vec<u8>) -> BitOutput<'o> {
        BitOutput { out, pending: 0, n_pending: 0 }
    }

    /// Appends the low `width` bits of a number that has no others; at most 32.
    pub fn put(&mut self, number: u64, width: u32) {
        debug_assert!(width <= 32 && number >> width == 0);
        self.pending |= number << self.n_pending;
        self.n_pending += width;
        while self.n_pending >= 8 {
            self.out.push(self.pending as u8);
            self.pending >>= 8;
            self.n_pending -= 8;
        }
    }

    /// Fills the last byte with zeros.
    pub fn finish(self) {
        if self.n_pending > 0 {
            self.out.push(self.pending as u8);
        }
    }
}

/// Reads bits; behind the end all are zero.
#[derive(Clone, Copy)]
pub struct BitInput<'a> {
    bytes: &'a [u8],
}

impl<'a> BitInput<'a> {
    /// The bits of these bytes.
    pub fn new(bytes: &'a [u8]) -> BitInput<'a> {
        BitInput { bytes }
    }

    /// The number in the `width` bits from `at` on; at most 32.
    pub fn get(&self, at: usize, width: u32) -> u64 {
        (self.word(at / 8) >> (at % 8)) & ((1 << width) - 1)
    }

    /// The eight bytes from byte `at` on.
    fn word(&self, at: usize) -> u64 {
        let rest = self.bytes.get(at..).unwrap_or(&[]);
        match rest.first_chunk() {
            Some(word) => u64::from_le_bytes(*word),
            None => rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
        }
    }

    /// Where the zero bit stands that has `n` zeros before it.
    pub fn nth_zero(&self, n: usize) -> Option<usize> {
        let mut before = 0;
        for at in (0..self.bytes.len()).step_by(8) {
            let zeros = !self.word(at);
            let in_word = zeros.count_ones() as usize;
            if before + in_word > n {
                let rest = (before..n).fold(zeros, |rest, _| rest & (rest - 1));
                return self.inside(at * 8 + rest.trailing_zeros() as usize);
            }
            before += in_word;
        }
        None
    }

    /// Where the first zero bit at `from` or later stands.
    pub fn next_zero(&self, from: usize) -> Option<usize> {
        let mut before = (1u64 << (from % 8)) - 1;
        for at in (from / 8..self.bytes.len()).step_by(8) {
            let zeros = !(self.word(at) | before);
            if zeros != 0 {
                return self.inside(at * 8 + zeros.trailing_zeros() as usize);
            }
            before = 0;
        }
        None
    }

    fn inside(&self, at: usize) -> Option<usize> {
        (at < self.bytes.len() * 8).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::hash_u64;

    #[test]
    fn numbers_come_back_at_every_width() {
        for width in 0..=32 {
            let numbers: Vec<u64> = (0..100).map(|at| hash_u64(at) & ((1 << width) - 1)).collect();
            let mut bytes = Vec::new();
            let mut output = BitOutput::new(&mut bytes);
            numbers.iter().for_each(|number| output.put(*number, width));
            output.finish();
            assert_eq!(bytes.len(), (100 * width as usize).div_ceil(8));
            let input = BitInput::new(&bytes);
            let read: Vec<u64> = (0..100).map(|at| input.get(at * width as usize, width)).collect();
            assert_eq!(read, numbers);
        }
    }

    #[test]
    fn zeros_are_found_where_they_stand() {
        let bytes: Vec<u8> = (0..40).map(|at| if at % 13 < 10 { 0xff } else { hash_u64(at) as u8 }).collect();
        let input = BitInput::new(&bytes);
        let zeros: Vec<usize> = (0..bytes.len() * 8).filter(|at| bytes[at / 8] >> (at % 8) & 1 == 0).collect();
        for (n, zero) in zeros.iter().enumerate() {
            assert_eq!(input.nth_zero(n), Some(*zero));
        }
        assert_eq!(input.nth_zero(zeros.len()), None);
        for from in 0..bytes.len() * 8 + 20 {
            assert_eq!(input.next_zero(from), zeros.iter().find(|zero| **zero >= from).copied(), "from {from}");
        }
    }
}
