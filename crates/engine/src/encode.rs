//! Numbers and byte strings as the files hold them, and a reader that never runs past their end.
//!
//! Three forms, all little-endian: fixed width, *varint* (seven bits a byte, low first), and *packed*
//! (a column of numbers as its smallest value and the differences to it, all of one width). Does not
//! know what the numbers mean.

/// Bytes that are not what their place in the file says they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Malformed(
    /// What was wrong, for the report of damage.
    pub &'static str,
);

/// Appends a varint.
pub fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a signed number as a varint: small magnitudes are short whatever their sign.
pub fn put_signed(out: &mut Vec<u8>, value: i64) {
    put_varint(out, zigzag(value));
}

/// Folds the sign into the lowest bit.
pub fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

/// The opposite of [`zigzag`].
pub fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// Appends a length and that many bytes.
pub fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Appends a column of numbers packed: smallest value, width in bytes, differences.
pub fn put_packed(out: &mut Vec<u8>, values: impl ExactSizeIterator<Item = u64> + Clone) {
    let (base, top) = values.clone().fold((u64::MAX, 0), |(low, high), value| (low.min(value), high.max(value)));
    let base = base.min(top);
    let width = (u64::BITS - (top - base).leading_zeros()).div_ceil(8) as usize;
    put_varint(out, base);
    out.push(width as u8);
    let cells = values.map(|value| value - base);
    match width {
        0 => {}
        1 => out.extend(cells.map(|cell| cell as u8)),
        2 => put_cells::<2>(out, cells),
        3 => put_cells::<3>(out, cells),
        4 => put_cells::<4>(out, cells),
        5 => put_cells::<5>(out, cells),
        6 => put_cells::<6>(out, cells),
        7 => put_cells::<7>(out, cells),
        _ => put_cells::<8>(out, cells),
    }
}

/// Appends the low `WIDTH` bytes of each cell. Widths known when compiled make this a plain copy.
fn put_cells<const WIDTH: usize>(out: &mut Vec<u8>, cells: impl ExactSizeIterator<Item = u64>) {
    let at = out.len();
    out.resize(at + cells.len() * WIDTH, 0);
    for (into, cell) in out[at..].as_chunks_mut::<WIDTH>().0.iter_mut().zip(cells) {
        into.copy_from_slice(&cell.to_le_bytes()[..WIDTH]);
    }
}

/// The bit of each byte that says whether a varint goes on.
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

/// Bytes still to be read.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    bytes: &'a [u8],
}

impl<'a> Input<'a> {
    /// Reads `bytes` from their start.
    pub fn new(bytes: &'a [u8]) -> Input<'a> {
        Input { bytes }
    }

    /// Whether all was read.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Bytes left.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Fails unless all was read.
    pub fn finish(&self) -> Result<(), Malformed> {
        if self.is_empty() { Ok(()) } else { Err(Malformed("bytes are left over")) }
    }

    /// The next `n_bytes`.
    pub fn take(&mut self, n_bytes: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.bytes.split_at_checked(n_bytes).ok_or(Malformed("the bytes end early"))?;
        self.bytes = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (taken, rest) = self.bytes.split_first_chunk::<N>().ok_or(Malformed("the bytes end early"))?;
        self.bytes = rest;
        Ok(*taken)
    }

    /// A byte.
    pub fn u8(&mut self) -> Result<u8, Malformed> {
        Ok(self.array::<1>()?[0])
    }

    /// A fixed 16-bit number.
    pub fn u16(&mut self) -> Result<u16, Malformed> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    /// A fixed 32-bit number.
    pub fn u32(&mut self) -> Result<u32, Malformed> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    /// A fixed 64-bit number.
    pub fn u64(&mut self) -> Result<u64, Malformed> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    /// A fixed 128-bit number.
    pub fn u128(&mut self) -> Result<u128, Malformed> {
        Ok(u128::from_le_bytes(self.array()?))
    }

    /// A varint. Most numbers of a column are short, so one of one byte takes the near way.
    #[inline]
    pub fn varint(&mut self) -> Result<u64, Malformed> {
        match self.bytes.split_first() {
            Some((first, rest)) if *first < 0x80 => {
                self.bytes = rest;
                Ok(u64::from(*first))
            }
            _ => self.long_varint(),
        }
    }

    /// A varint of up to eight bytes, taken as one word: the gaps at each byte's high bit are closed by
    /// halves. Longer ones, and those at the very end, go byte by byte.
    fn long_varint(&mut self) -> Result<u64, Malformed> {
        let Some(word) = self.bytes.first_chunk::<8>() else { return self.varint_by_bytes() };
        let word = u64::from_le_bytes(*word);
        let ends = !word & HIGH_BITS;
        if ends == 0 {
            return self.varint_by_bytes();
        }
        let n_bits = ends.trailing_zeros() + 1;
        let sevens = word & (u64::MAX >> (64 - n_bits)) & !HIGH_BITS;
        let fourteens = (sevens & 0x007f_007f_007f_007f) | (sevens & 0x7f00_7f00_7f00_7f00) >> 1;
        let halves = (fourteens & 0x0000_3fff_0000_3fff) | (fourteens & 0x3fff_0000_3fff_0000) >> 2;
        self.bytes = &self.bytes[n_bits as usize / 8..];
        Ok((halves & 0x0fff_ffff) | (halves & 0x0fff_ffff_0000_0000) >> 4)
    }

    fn varint_by_bytes(&mut self) -> Result<u64, Malformed> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.u8()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                // The tenth byte holds one bit; more would not fit and is never written.
                return if shift == 63 && byte > 1 { Err(Malformed("a varint is too large")) } else { Ok(value) };
            }
        }
        Err(Malformed("a varint is too long"))
    }

    /// Passes over `n` varints, eight bytes at a time.
    pub fn skip_varints(&mut self, mut n: usize) -> Result<(), Malformed> {
        // A word ends at most eight of them, so none beyond the last one wanted.
        while n >= 8
            && let Some((word, rest)) = self.bytes.split_first_chunk::<8>()
        {
            n -= (!u64::from_le_bytes(*word) & HIGH_BITS).count_ones() as usize;
            self.bytes = rest;
        }
        while n > 0 {
            n -= usize::from(self.u8()? < 0x80);
        }
        Ok(())
    }

    /// A signed varint.
    pub fn signed(&mut self) -> Result<i64, Malformed> {
        Ok(unzigzag(self.varint()?))
    }

    /// A varint that fits 32 bits.
    pub fn varint_u32(&mut self) -> Result<u32, Malformed> {
        u32::try_from(self.varint()?).map_err(|_| Malformed("a number is beyond 32 bits"))
    }

    /// A varint that indexes something of which there are `n`.
    pub fn index(&mut self, n: usize) -> Result<u32, Malformed> {
        let index = self.varint_u32()?;
        if (index as usize) < n { Ok(index) } else { Err(Malformed("an index is out of range")) }
    }

    /// A varint count of things that take at least `bytes_each` of what is left, so that a wrong
    /// count cannot ask for more memory than the file has bytes.
    pub fn count(&mut self, bytes_each: usize) -> Result<usize, Malformed> {
        let count = usize::try_from(self.varint()?).map_err(|_| Malformed("a count is impossible"))?;
        match count.checked_mul(bytes_each) {
            Some(least) if least <= self.len() => Ok(count),
            _ => Err(Malformed("a count is beyond the bytes there are")),
        }
    }

    /// A length and that many bytes.
    pub fn bytes(&mut self) -> Result<&'a [u8], Malformed> {
        let n_bytes = self.count(1)?;
        self.take(n_bytes)
    }

    /// A length and that many bytes of UTF-8.
    pub fn text(&mut self) -> Result<&'a str, Malformed> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Malformed("a text is not UTF-8"))
    }

    /// A packed column of `n` numbers, each given to `visit`.
    pub fn packed(&mut self, n: usize, mut visit: impl FnMut(u64)) -> Result<(), Malformed> {
        let base = self.varint()?;
        let width = usize::from(self.u8()?);
        if width > 8 {
            return Err(Malformed("a packed column is wider than a number"));
        }
        let n_bytes = n.checked_mul(width).ok_or(Malformed("a count is impossible"))?;
        let column = self.take(n_bytes)?;
        if width == 0 {
            (0..n).for_each(|_| visit(base));
            return Ok(());
        }
        for cell in column.chunks_exact(width) {
            let mut word = [0; 8];
            word[..width].copy_from_slice(cell);
            visit(base.wrapping_add(u64::from_le_bytes(word)));
        }
        Ok(())
    }

    /// A packed column of `n` 64-bit numbers.
    pub fn packed_u64(&mut self, n: usize, into: &mut Vec<u64>) -> Result<(), Malformed> {
        self.packed(n, |value| into.push(value))
    }

    /// A packed column of `n` numbers below `limit`.
    pub fn packed_below(&mut self, n: usize, limit: usize, into: &mut Vec<u32>) -> Result<(), Malformed> {
        let mut top = 0;
        self.packed(n, |value| {
            top = top.max(value);
            into.push(value as u32);
        })?;
        let limit = u32::try_from(limit).map_or(1 << 32, u64::from);
        if n == 0 || top < limit { Ok(()) } else { Err(Malformed("an index is out of range")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varints_come_back_and_overlong_ones_are_refused() {
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), 1 << 63, u64::MAX] {
            let mut bytes = Vec::new();
            put_varint(&mut bytes, value);
            let mut input = Input::new(&bytes);
            assert_eq!((input.varint(), input.finish()), (Ok(value), Ok(())));
        }
        assert!(Input::new(&[0xff; 10]).varint().is_err());
        assert!(Input::new(&[0x80; 11]).varint().is_err());
        assert!(Input::new(&[0x80]).varint().is_err());
        for value in [0, -1, 1, i64::MIN, i64::MAX] {
            assert_eq!(unzigzag(zigzag(value)), value);
        }
    }

    #[test]
    fn varints_side_by_side_are_read_and_passed_over_alike() {
        let values: Vec<u64> = (0..200u32).map(|at| u64::MAX >> (at * 37 % 64)).chain([0, 5, 1 << 62]).collect();
        let mut bytes = Vec::new();
        values.iter().for_each(|value| put_varint(&mut bytes, *value));
        for n_skipped in 0..=values.len() {
            let mut input = Input::new(&bytes);
            input.skip_varints(n_skipped).unwrap();
            for value in &values[n_skipped..] {
                assert_eq!(input.varint(), Ok(*value), "after {n_skipped}");
            }
            input.finish().unwrap();
        }
        assert!(Input::new(&bytes).skip_varints(values.len() + 1).is_err());
    }

    #[test]
    fn packed_columns_take_only_the_width_they_need() {
        let check = |values: &[u64], n_bytes| {
            let mut bytes = Vec::new();
            put_packed(&mut bytes, values.iter().copied());
            assert_eq!(bytes.len(), n_bytes, "{values:?}");
            let (mut input, mut back) = (Input::new(&bytes), Vec::new());
            input.packed_u64(values.len(), &mut back).unwrap();
            input.finish().unwrap();
            assert_eq!(back, values);
        };
        check(&[], 2);
        check(&[7, 7, 7], 2);
        check(&[1000, 1255, 1001], 3 + 3);
        check(&[0, 256], 2 + 4);
        check(&[0, u64::MAX, 5], 2 + 24);
        check(&[u64::MAX], 11);
    }

    #[test]
    fn indexes_and_counts_beyond_what_is_there_are_refused() {
        assert!(Input::new(&[5]).index(5).is_err());
        assert_eq!(Input::new(&[4]).index(5), Ok(4));
        assert!(Input::new(&[4, 0, 0]).count(1).is_err());
        let mut packed = Vec::new();
        put_packed(&mut packed, [3, 9].into_iter());
        assert!(Input::new(&packed).packed_below(2, 9, &mut Vec::new()).is_err());
        assert!(Input::new(&packed).packed_below(2, 10, &mut Vec::new()).is_ok());
        assert!(Input::new(&[0, 9, 1]).packed(1, |_| {}).is_err());
    }
}
