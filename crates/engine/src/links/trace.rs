//! Links one trace from columns: finds each row's place by ids, then asks the rules.
//!
//! Places are found as the trace crate finds them by Zipkin's rules, for traces where that is simple: no
//! two rows have both id and shared flag in common, so there is nothing to merge, and no row is its own
//! ancestor. Any other trace is refused, and its spans are linked whole.

use super::names::{Call, Names};
use super::sides::RowSide;
use crate::columns::Rows;
use crate::hash::NumberMap;
use nines_span::Kind;
use nines_trace::linker::link;

/// Rows of a trace that are compared with each other; ids of larger traces are looked up in a map.
const SCANNED_ROWS_MAX: usize = 32;

/// No row.
const NONE: u32 = u32::MAX;

/// Links traces one after the other; keeps its lists.
#[derive(Default)]
pub struct TraceLinker {
    /// The rows of the trace that is linked; everything below is by place among them.
    pub rows: Vec<u32>,
    /// Their sides.
    pub sides: Vec<RowSide>,
    ids: Vec<u64>,
    parents: Vec<u32>,
    has_children: Vec<bool>,
    walked_by: Vec<u32>,
    /// Places by id: without the shared flag, and with it.
    places: NumberMap<u64, (u32, u32)>,
}

impl TraceLinker {
    /// Adds the calls of the trace of [`TraceLinker::rows`] to `calls`; `false`, and nothing added, when its
    /// spans must be linked whole. `same_address` says whether two rows have the same local address.
    pub fn link(
        &mut self,
        columns: &Rows,
        names: &mut Names,
        same_address: impl Fn(u32, u32) -> bool,
        calls: &mut Vec<Call>,
    ) -> bool {
        self.ids.clear();
        self.ids.extend(self.rows.iter().map(|row| columns.id[*row as usize]));
        if !self.index() {
            return false;
        }
        let root = self.root(columns);
        self.parents.clear();
        self.has_children.clear();
        self.has_children.resize(self.rows.len(), false);
        for at in 0..self.rows.len() {
            let parent = if at as u32 == root { NONE } else { self.parent_of(at, columns, root, &same_address) };
            self.parents.push(parent);
            if let Some(has_children) = self.has_children.get_mut(parent as usize) {
                *has_children = true;
            }
        }
        if self.has_cycle() {
            return false;
        }
        for at in 0..self.rows.len() {
            self.link_one(at, columns, root, names, calls);
        }
        true
    }

    /// Makes ids findable; `false` when two rows have id and flag in common.
    fn index(&mut self) -> bool {
        let (ids, sides) = (&self.ids, &self.sides);
        if ids.len() <= SCANNED_ROWS_MAX {
            let repeats =
                |at: usize| (0..at).any(|other| ids[other] == ids[at] && sides[other].shared == sides[at].shared);
            return !(1..ids.len()).any(repeats);
        }
        self.places.clear();
        for (at, id) in ids.iter().enumerate() {
            let places = self.places.entry(*id).or_insert((NONE, NONE));
            let place = if sides[at].shared { &mut places.1 } else { &mut places.0 };
            if std::mem::replace(place, at as u32) != NONE {
                return false;
            }
        }
        true
    }

    /// The row with an id, shared or not.
    #[inline]
    fn find(&self, id: u64, shared: bool) -> u32 {
        if self.ids.len() > SCANNED_ROWS_MAX {
            return self.places.get(&id).map_or(NONE, |places| if shared { places.1 } else { places.0 });
        }
        let is = |at: &usize| self.ids[*at] == id && self.sides[*at].shared == shared;
        (0..self.ids.len()).find(is).map_or(NONE, |at| at as u32)
    }

    /// Of the rows that name no parent and share no id, the one with the smallest id.
    fn root(&self, columns: &Rows) -> u32 {
        let is_parentless = |at: &usize| columns.parent[self.rows[*at] as usize] == 0 && !self.sides[*at].shared;
        (0..self.rows.len()).filter(is_parentless).min_by_key(|at| self.ids[*at]).map_or(NONE, |at| at as u32)
    }

    fn parent_of(&self, at: usize, columns: &Rows, root: u32, same_address: &impl Fn(u32, u32) -> bool) -> u32 {
        let named = columns.parent[self.rows[at] as usize];
        let parent = match (self.sides[at].shared, named) {
            (true, _) => self.find(self.ids[at], false),
            (false, 0) => NONE,
            (false, _) => {
                // The server's side of the parent where that ran at the same endpoint.
                let server = self.find(named, true);
                let same_endpoint = |server: u32| {
                    self.sides[server as usize].side.local == self.sides[at].side.local
                        && same_address(self.rows[at], self.rows[server as usize])
                };
                if server != NONE && same_endpoint(server) { server } else { self.find(named, false) }
            }
        };
        if parent == NONE { root } else { parent }
    }

    /// Walks up from every row; a walk that meets itself has found a cycle.
    fn has_cycle(&mut self) -> bool {
        self.walked_by.clear();
        self.walked_by.resize(self.rows.len(), NONE);
        for walk in 0..self.rows.len() as u32 {
            let mut at = walk;
            while at != NONE && self.walked_by[at as usize] == NONE {
                self.walked_by[at as usize] = walk;
                at = self.parents[at as usize];
            }
            if at != NONE && self.walked_by[at as usize] == walk {
                return true;
            }
        }
        false
    }

    fn link_one(&self, at: usize, columns: &Rows, root: u32, names: &mut Names, calls: &mut Vec<Call>) {
        let RowSide { side, shared } = &self.sides[at];
        if side.kind == Some(Kind::Client) && self.has_children[at] {
            return;
        }
        let mut ancestor = self.parents[at];
        while ancestor != NONE && self.sides[ancestor as usize].side.kind.is_none() {
            ancestor = self.parents[ancestor as usize];
        }
        let ancestor = (ancestor != NONE).then(|| {
            // A server that shares its client's id and names no parent has its client's.
            let named = columns.parent[self.rows[at] as usize];
            let client = if *shared && named == 0 { self.find(self.ids[at], false) } else { NONE };
            let named = if client == NONE { named } else { columns.parent[self.rows[client as usize] as usize] };
            (&self.sides[ancestor as usize].side, named != 0 && named == self.ids[ancestor as usize])
        });
        let is_root = at as u32 == root;
        link(side, ancestor, is_root, self.has_children[at], &mut |parent, child, failed| {
            calls.push(names.call(*parent, *child, failed));
        });
    }
}
