//! Services and pairs of them as numbers.

use crate::hash::NumberMap;
use nines_trace::names::lower;
use std::collections::HashMap;

/// A call: its pair of services, and in the lowest bit whether it failed.
pub type Call = u32;

/// Names in lower case, and pairs of caller and called.
#[derive(Default)]
pub struct Names {
    numbers: HashMap<Box<str>, u32>,
    list: Vec<Box<str>>,
    pairs: NumberMap<(u32, u32), u32>,
    pair_list: Vec<(u32, u32)>,
}

impl Names {
    /// The number of a name as sent; none for an empty one.
    pub fn number(&mut self, name: &str) -> Option<u32> {
        if name.is_empty() {
            return None;
        }
        let name = lower(name);
        if let Some(number) = self.numbers.get(&*name) {
            return Some(*number);
        }
        let number = self.list.len() as u32;
        self.list.push((&*name).into());
        self.numbers.insert((&*name).into(), number);
        Some(number)
    }

    /// A call of `child` by `parent`.
    pub fn call(&mut self, parent: u32, child: u32, failed: bool) -> Call {
        let pair_list = &mut self.pair_list;
        let pair = *self.pairs.entry((parent, child)).or_insert_with(|| {
            pair_list.push((parent, child));
            pair_list.len() as u32 - 1
        });
        pair << 1 | u32::from(failed)
    }

    /// Caller and called of a pair.
    pub fn pair(&self, pair: usize) -> (&str, &str) {
        let (parent, child) = self.pair_list[pair];
        (&self.list[parent as usize], &self.list[child as usize])
    }
}
