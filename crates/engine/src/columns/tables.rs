//! What rows refer to: names, operations, shapes, and OTLP resources and scopes.

use super::names::Names;
use super::value::ValueType;
use nines_span::{Kind, Status};
use std::ops::Range;
use std::sync::Arc;

/// The span's id was made by its caller.
pub const FLAG_SHARED: u8 = 1;
/// Zipkin's debug flag.
pub const FLAG_DEBUG: u8 = 2;
/// The row's values begin with its local address.
pub const FLAG_LOCAL_ADDRESS: u8 = 4;
/// The row's values go on with its remote address.
pub const FLAG_REMOTE_ADDRESS: u8 = 8;
/// OTLP's status takes the two bits from here.
pub const STATUS_SHIFT: u8 = 4;

/// What a span does: the part of it that few spans do not share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Operation {
    /// Name number of the local service.
    pub service: u32,
    /// Name number of the span name.
    pub name: u32,
    /// Name number of the remote service.
    pub remote: u32,
    /// Role.
    pub kind: Kind,
}

/// What a span carries: flags and tags. Apart from operations, so that optional tags do not multiply them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shape {
    /// `FLAG_*` and the status.
    pub flags: u8,
    /// Its tags in [`Tables::shape_tags`], sorted by key.
    pub tags: Range<u32>,
}

impl Shape {
    /// OTLP's status.
    pub fn status(&self) -> Status {
        Status::from_u8(self.flags >> STATUS_SHIFT & 3)
    }

    /// Whether `flag` is set.
    pub fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Values of a row that are addresses and come before its tags.
    pub fn n_addresses(&self) -> usize {
        usize::from(self.has(FLAG_LOCAL_ADDRESS)) + usize::from(self.has(FLAG_REMOTE_ADDRESS))
    }

    /// Values of a row of this shape.
    pub fn n_values(&self) -> usize {
        self.n_addresses() + self.tags.len()
    }
}

/// A tag of a shape.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ShapeTag {
    /// Name number of its key.
    pub key: u32,
    /// Type of its values.
    pub value_type: ValueType,
}

/// Everything rows refer to by number.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Tables {
    /// Service names, span names and tag keys. Shared: a block has them in memory, and who unpacks its other
    /// tables takes no second copy.
    pub names: Arc<Names>,
    /// Operations, shared likewise.
    pub operations: Arc<Vec<Operation>>,
    /// Shapes.
    pub shapes: Vec<Shape>,
    /// Tags of all shapes.
    pub shape_tags: Vec<ShapeTag>,
    /// OTLP resources and scopes, verbatim; added by [`Tables::push_part`].
    pub parts: Vec<Box<[u8]>>,
    /// Bytes of all parts.
    parts_bytes: usize,
    /// Pairs of resource and scope in [`Tables::parts`].
    pub origins: Vec<(u32, u32)>,
}

impl Tables {
    /// A shape's tags.
    pub fn tags_of(&self, shape: &Shape) -> &[ShapeTag] {
        &self.shape_tags[shape.tags.start as usize..shape.tags.end as usize]
    }

    /// Where in a shape's tags `key` stands. Keys are sorted.
    pub fn find_tag(&self, shape: &Shape, key: &str) -> Option<usize> {
        self.tags_of(shape).binary_search_by(|tag| self.names.get(tag.key).cmp(key)).ok()
    }

    /// Adds a resource or scope and returns its number.
    pub fn push_part(&mut self, part: &[u8]) -> u32 {
        self.parts.push(part.into());
        self.parts_bytes += part.len();
        self.parts.len() as u32 - 1
    }

    /// Adds a shape with the given tags and returns its number.
    pub fn push_shape(&mut self, flags: u8, tags: impl Iterator<Item = ShapeTag>) -> u32 {
        let first = self.shape_tags.len() as u32;
        self.shape_tags.extend(tags);
        self.shapes.push(Shape { flags, tags: first..self.shape_tags.len() as u32 });
        self.shapes.len() as u32 - 1
    }

    /// Bytes of names and parts, which grow with what senders choose.
    pub fn n_bytes(&self) -> usize {
        self.names.n_bytes() + self.parts_bytes
    }

    /// Bytes the tables take in memory, about, that are not shared.
    pub fn n_own_bytes(&self) -> usize {
        self.parts_bytes
            + self.shapes.len() * size_of::<Shape>()
            + self.shape_tags.len() * size_of::<ShapeTag>()
            + self.parts.len() * size_of::<Box<[u8]>>()
            + self.origins.len() * size_of::<(u32, u32)>()
    }

    /// Forgets all, keeping most of the memory.
    pub fn clear(&mut self) {
        Arc::make_mut(&mut self.names).clear();
        Arc::make_mut(&mut self.operations).clear();
        self.shapes.clear();
        self.shape_tags.clear();
        self.parts.clear();
        self.parts_bytes = 0;
        self.origins.clear();
    }
}
