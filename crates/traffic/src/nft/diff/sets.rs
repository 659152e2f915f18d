//! Sets: new ones, those that go, and elements of those that stay.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::super::change::Change;
use super::super::live::LiveTable;
use super::super::name::Name;
use super::super::set::{Element, Set};
use super::super::table::Table;
use super::Conflict;

/// What becomes of sets, in the order of the transactions.
#[derive(Default)]
pub struct Changes {
    /// Sets that are made.
    pub made: Vec<Change>,
    /// What they are filled with.
    pub filled: Vec<Change>,
    /// What comes into and goes out of sets that stay.
    pub changed: Vec<Change>,
    /// Sets that go.
    pub gone: Vec<Change>,
}

/// What leads from the sets of a table to those wanted.
pub fn diff(held: &LiveTable, wanted: &Table) -> Result<Changes, Conflict> {
    let mut changes = Changes::default();
    for set in &wanted.sets {
        match held.sets.iter().find(|live| live.head.name == set.head.name) {
            None => {
                changes.made.push(Change::AddSet(set.head.clone()));
                if !set.elements.is_empty() {
                    changes.filled.push(Change::AddElements(set.head.clone(), set.elements.clone()));
                }
            }
            Some(live) if live.head != set.head => return Err(Conflict::Set(set.head.name.clone())),
            // Rules fill these: what is in them is not ours to say.
            Some(live) if live.head.dynamic => {}
            Some(live) => changes.changed.extend(elements(live, set)),
        }
    }
    let names: BTreeSet<&Name> = wanted.sets.iter().map(|set| &set.head.name).collect();
    let gone = held.sets.iter().map(|set| &set.head.name).filter(|name| !names.contains(name));
    changes.gone = gone.map(|name| Change::DeleteSet(name.clone())).collect();
    Ok(changes)
}

/// What goes out before what comes in: ranges may not overlap in between.
fn elements(live: &Set, wanted: &Set) -> Vec<Change> {
    let (gone, come) = differences(&live.elements, &wanted.elements);
    let owned = |elements: Vec<&Element>| elements.into_iter().cloned().collect::<Vec<Element>>();
    let (gone, come) = (owned(gone), owned(come));
    let head = || wanted.head.clone();
    let gone = (!gone.is_empty()).then(|| Change::DeleteElements(head(), gone));
    let come = (!come.is_empty()).then(|| Change::AddElements(head(), come));
    gone.into_iter().chain(come).collect()
}

fn sorted(elements: &[Element]) -> Vec<&Element> {
    let mut sorted: Vec<&Element> = elements.iter().collect();
    sorted.sort_unstable();
    sorted
}

/// What only the first has, and what only the second.
pub(crate) fn differences<'e>(first: &'e [Element], second: &'e [Element]) -> (Vec<&'e Element>, Vec<&'e Element>) {
    let (mut only_first, mut only_second) = (Vec::new(), Vec::new());
    let (mut first, mut second) = (sorted(first).into_iter().peekable(), sorted(second).into_iter().peekable());
    loop {
        let order = match (first.peek(), second.peek()) {
            (None, None) => return (only_first, only_second),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(first), Some(second)) => first.cmp(second),
        };
        let from_first = (order != Ordering::Greater).then(|| first.next()).flatten();
        let from_second = (order != Ordering::Less).then(|| second.next()).flatten();
        if order != Ordering::Equal {
            only_first.extend(from_first);
            only_second.extend(from_second);
        }
    }
}
