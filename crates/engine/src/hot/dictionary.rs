//! Finds names, operations, shapes and origins again, or adds them to the tables.

use crate::columns::{Names, Operation, ShapeTag, Tables, ValueType};
use crate::hash::{hash_after, hash_bytes, hash_u64};
use hashbrown::HashTable;
use nines_span::{Kind, ValueRef};
use std::sync::Arc;

/// Places of things in a table, by hash. Keys are the things themselves.
#[derive(Default)]
struct Index {
    places: HashTable<(u32, u32)>,
}

impl Index {
    #[inline]
    fn find(&self, hash: u64, is: impl Fn(u32) -> bool) -> Option<u32> {
        let short = hash as u32;
        self.places.find(hash_u64(u64::from(short)), |(known, place)| *known == short && is(*place)).map(|at| at.1)
    }

    fn add(&mut self, hash: u64, place: u32) {
        let rehash = |entry: &(u32, u32)| hash_u64(u64::from(entry.0));
        let entry = (hash as u32, place);
        self.places.insert_unique(rehash(&entry), entry, rehash);
    }
}

/// The tables of a segment that is being filled.
#[derive(Default)]
pub struct Dictionary {
    /// What rows refer to.
    pub tables: Tables,
    names: Index,
    operations: Index,
    shapes: Index,
    parts: Index,
    origins: Index,
    /// The shape last seen with each operation: mostly the next one's too.
    last_shapes: Vec<u32>,
}

impl Dictionary {
    /// The number of an operation.
    #[inline]
    pub fn operation(&mut self, service: &str, name: &str, remote: &str, kind: Kind) -> u32 {
        let by_service = hash_after(kind as u64, service.as_bytes());
        let hash = hash_after(hash_after(by_service, name.as_bytes()), remote.as_bytes());
        let tables = &self.tables;
        let found = self.operations.find(hash, |place| {
            let known = &tables.operations[place as usize];
            let is = |id, name| tables.names.is(id, name);
            known.kind == kind && is(known.name, name) && is(known.service, service) && is(known.remote, remote)
        });
        found.unwrap_or_else(|| {
            let operation =
                Operation { service: self.name(service), name: self.name(name), remote: self.name(remote), kind };
            let place = self.tables.operations.len() as u32;
            Arc::make_mut(&mut self.tables.operations).push(operation);
            self.operations.add(hash, place);
            place
        })
    }

    /// The number of a shape: flags, and tags whose keys are sorted. `operation` is the row's, by which
    /// the shape is guessed first.
    #[inline]
    pub fn shape(&mut self, operation: u32, flags: u8, tags: &[(&str, ValueRef<'_>)]) -> u32 {
        let operation = operation as usize;
        if self.last_shapes.len() <= operation {
            self.last_shapes.resize(operation + 1, u32::MAX);
        }
        let guess = self.last_shapes[operation];
        if guess != u32::MAX && is_shape(&self.tables, guess, flags, tags) {
            return guess;
        }
        let place = self.shape_by_hash(flags, tags);
        self.last_shapes[operation] = place;
        place
    }

    fn shape_by_hash(&mut self, flags: u8, tags: &[(&str, ValueRef<'_>)]) -> u32 {
        let hash = tags.iter().fold(hash_u64(u64::from(flags)), |hash, (key, value)| {
            hash_after(hash ^ ValueType::of(*value) as u64, key.as_bytes())
        });
        let tables = &self.tables;
        if let Some(place) = self.shapes.find(hash, |place| is_shape(tables, place, flags, tags)) {
            return place;
        }
        let shape_tags: Vec<ShapeTag> = tags
            .iter()
            .map(|(key, value)| ShapeTag { key: self.name(key), value_type: ValueType::of(*value) })
            .collect();
        let place = self.tables.push_shape(flags, shape_tags.into_iter());
        self.shapes.add(hash, place);
        place
    }

    /// 1 + the number of a pair of resource and scope.
    pub fn origin(&mut self, resource: &[u8], scope: &[u8]) -> u32 {
        let pair = (self.part(resource), self.part(scope));
        let hash = hash_u64(u64::from(pair.0) << 32 | u64::from(pair.1));
        let tables = &self.tables;
        let found = self.origins.find(hash, |place| tables.origins[place as usize] == pair);
        let place = found.unwrap_or_else(|| {
            let place = self.tables.origins.len() as u32;
            self.tables.origins.push(pair);
            self.origins.add(hash, place);
            place
        });
        place + 1
    }

    fn part(&mut self, bytes: &[u8]) -> u32 {
        let hash = hash_bytes(bytes);
        let tables = &self.tables;
        self.parts.find(hash, |place| *tables.parts[place as usize] == *bytes).unwrap_or_else(|| {
            let place = self.tables.push_part(bytes);
            self.parts.add(hash, place);
            place
        })
    }

    fn name(&mut self, name: &str) -> u32 {
        let hash = hash_bytes(name.as_bytes());
        let names: &Names = &self.tables.names;
        self.names.find(hash, |place| names.is(place, name)).unwrap_or_else(|| {
            let place = Arc::make_mut(&mut self.tables.names).push(name);
            self.names.add(hash, place);
            place
        })
    }

    /// Forgets all, keeping most of the memory.
    pub fn clear(&mut self) {
        self.tables.clear();
        for index in [&mut self.names, &mut self.operations, &mut self.shapes, &mut self.parts, &mut self.origins] {
            index.places.clear();
        }
        self.last_shapes.clear();
    }
}

#[inline]
fn is_shape(tables: &Tables, place: u32, flags: u8, tags: &[(&str, ValueRef<'_>)]) -> bool {
    let shape = &tables.shapes[place as usize];
    shape.flags == flags
        && shape.tags.len() == tags.len()
        && tables
            .tags_of(shape)
            .iter()
            .zip(tags)
            .all(|(known, (key, value))| known.value_type == ValueType::of(*value) && tables.names.is(known.key, key))
}
