//! Whether a set has a value.

use super::cells::{Cell, compare, known, within};
use crate::nft::keys::CmpOp;
use crate::nft::{Element, Set};

/// Bytes that a part of a concatenation is rounded up to.
const PART_BYTES: usize = 4;

/// What a set says of a value.
pub enum Found<'s> {
    /// It has it.
    Yes(&'s Element),
    /// It has not.
    No,
    /// That depends on what is not known of the value.
    Perhaps,
}

/// Looks a value up. Elements are sorted by their keys, so that a value of one part that is known is found by halving.
pub fn find<'s>(set: &'s Set, key: &[Cell]) -> Found<'s> {
    if let (1, Some(key)) = (set.head.key.len(), known(key)) {
        let after = set.elements.partition_point(|element| element.key.bytes() <= key.as_slice());
        let element = after.checked_sub(1).and_then(|at| set.elements.get(at));
        let last = |element: &Element| element.last.as_ref().unwrap_or(&element.key).bytes() >= key.as_slice();
        return element.filter(|element| last(element)).map_or(Found::No, Found::Yes);
    }
    let mut found = Found::No;
    for element in &set.elements {
        match is_in(set, element, key) {
            Some(true) => return Found::Yes(element),
            None => found = Found::Perhaps,
            Some(false) => {}
        }
    }
    found
}

fn is_in(set: &Set, element: &Element, key: &[Cell]) -> Option<bool> {
    let Some(last) = &element.last else { return compare(key, CmpOp::Eq, element.key.bytes()) };
    if set.head.key.len() == 1 {
        return within(key, element.key.bytes(), last.bytes());
    }
    // Each part of a concatenation has a range of its own.
    let mut at = 0;
    let mut is_in = Some(true);
    for part in &set.head.key {
        let end = at + part.n_bytes().next_multiple_of(PART_BYTES);
        let parts = (key.get(at..end)?, element.key.bytes().get(at..end)?, last.bytes().get(at..end)?);
        match within(parts.0, parts.1, parts.2) {
            Some(false) => return Some(false),
            None => is_in = None,
            Some(true) => {}
        }
        at = end;
    }
    is_in
}
