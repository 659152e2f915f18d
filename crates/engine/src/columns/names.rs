//! Names one after the other in one text: services, operations, tag keys. Referred to by number.

use crate::hash::same_bytes;

/// An append-only list of names.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Names {
    text: String,
    ends: Vec<u32>,
}

impl Names {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Name `id`; empty for an id that was never given, which no checked file holds.
    #[inline]
    pub fn get(&self, id: u32) -> &str {
        let Some(end) = self.ends.get(id as usize) else { return "" };
        let start = if id == 0 { 0 } else { self.ends[id as usize - 1] };
        // Both ends lie between two pushed texts.
        &self.text[start as usize..*end as usize]
    }

    /// Whether name `id` is `name`.
    #[inline]
    pub fn is(&self, id: u32, name: &str) -> bool {
        let start = if id == 0 { 0 } else { self.ends[id as usize - 1] };
        same_bytes(&self.text.as_bytes()[start as usize..self.ends[id as usize] as usize], name.as_bytes())
    }

    /// Adds a name and returns its number.
    pub fn push(&mut self, name: &str) -> u32 {
        self.text.push_str(name);
        self.ends.push(self.text.len() as u32);
        self.ends.len() as u32 - 1
    }

    /// Bytes of all names together.
    pub fn n_bytes(&self) -> usize {
        self.text.len()
    }

    /// All names in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|id| self.get(id))
    }

    /// Forgets all, keeping the memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }
}
