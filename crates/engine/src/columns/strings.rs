//! Values one after the other in one run of bytes, referred to by number. Repeats are allowed.

/// An append-only list of byte strings.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Strings {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Strings {
    /// How many there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// String `id`; empty for an id that was never given, which no checked file holds.
    #[inline]
    pub fn get(&self, id: u32) -> &[u8] {
        let Some(end) = self.ends.get(id as usize) else { return &[] };
        let start = if id == 0 { 0 } else { self.ends[id as usize - 1] };
        &self.bytes[start as usize..*end as usize]
    }

    /// Adds a string and returns its number.
    #[inline]
    pub fn push(&mut self, string: &[u8]) -> u32 {
        self.bytes.extend_from_slice(string);
        self.end()
    }

    /// Ends the string whose bytes were written to [`Strings::bytes_mut`].
    #[inline]
    pub fn end(&mut self) -> u32 {
        self.ends.push(self.bytes.len() as u32);
        self.ends.len() as u32 - 1
    }

    /// The bytes, to append the next string piece by piece before [`Strings::end`].
    pub fn bytes_mut(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Bytes of all strings together.
    pub fn n_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// The strings from number `from` on as their lengths and their bytes.
    pub fn tail(&self, from: usize) -> (impl ExactSizeIterator<Item = u64> + Clone + '_, &[u8]) {
        let first_byte = if from == 0 { 0 } else { self.ends[from - 1] };
        let lens = (from..self.len()).map(|id| {
            let start = if id == 0 { 0 } else { self.ends[id - 1] };
            u64::from(self.ends[id] - start)
        });
        (lens, &self.bytes[first_byte as usize..])
    }

    /// Forgets all, keeping the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }
}
