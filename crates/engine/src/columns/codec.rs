//! The tables as bytes, the same in an inbox record and in a block: lists without their counts.

use super::tables::{Operation, Shape, ShapeTag, Tables};
use super::value::ValueType;
use crate::encode::{Input, Malformed, put_bytes, put_varint};
use nines_span::Kind;
use std::sync::Arc;

/// How many of each thing there are: of a whole table, or of what a record adds to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct TableCounts {
    pub names: usize,
    pub operations: usize,
    pub shapes: usize,
    pub parts: usize,
    pub origins: usize,
}

impl Tables {
    /// How many of each thing there are.
    pub fn counts(&self) -> TableCounts {
        TableCounts {
            names: self.names.len(),
            operations: self.operations.len(),
            shapes: self.shapes.len(),
            parts: self.parts.len(),
            origins: self.origins.len(),
        }
    }

    /// Appends the names from number `from` on.
    pub fn write_names(&self, from: usize, out: &mut Vec<u8>) {
        for name in from..self.names.len() {
            put_bytes(out, self.names.get(name as u32).as_bytes());
        }
    }

    /// Appends the operations from number `from` on.
    pub fn write_operations(&self, from: usize, out: &mut Vec<u8>) {
        for operation in &self.operations[from..] {
            for name in [operation.service, operation.name, operation.remote] {
                put_varint(out, name.into());
            }
            out.push(operation.kind as u8);
        }
    }

    /// Appends the shapes from number `from` on.
    pub fn write_shapes(&self, from: usize, out: &mut Vec<u8>) {
        for shape in &self.shapes[from..] {
            let tags = self.tags_of(shape);
            out.push(shape.flags);
            put_varint(out, tags.len() as u64);
            for tag in tags {
                put_varint(out, tag.key.into());
                out.push(tag.value_type as u8);
            }
        }
    }

    /// Appends the parts from number `from` on.
    pub fn write_parts(&self, from: usize, out: &mut Vec<u8>) {
        for part in &self.parts[from..] {
            put_bytes(out, part);
        }
    }

    /// Appends the origins from number `from` on.
    pub fn write_origins(&self, from: usize, out: &mut Vec<u8>) {
        for (resource, scope) in &self.origins[from..] {
            put_varint(out, (*resource).into());
            put_varint(out, (*scope).into());
        }
    }

    /// Adds `n` names.
    pub fn read_names(&mut self, n: usize, input: &mut Input<'_>) -> Result<(), Malformed> {
        let names = Arc::make_mut(&mut self.names);
        for _ in 0..n {
            names.push(input.text()?);
        }
        Ok(())
    }

    /// Adds `n` operations; the names they use are there.
    pub fn read_operations(&mut self, n: usize, input: &mut Input<'_>) -> Result<(), Malformed> {
        let n_names = self.names.len();
        let operations = Arc::make_mut(&mut self.operations);
        for _ in 0..n {
            let (service, name, remote) = (input.index(n_names)?, input.index(n_names)?, input.index(n_names)?);
            operations.push(Operation { service, name, remote, kind: Kind::from_u8(input.u8()?) });
        }
        Ok(())
    }

    /// Adds `n` shapes; the names of their keys are there.
    pub fn read_shapes(&mut self, n: usize, input: &mut Input<'_>) -> Result<(), Malformed> {
        let n_names = self.names.len();
        for _ in 0..n {
            let flags = input.u8()?;
            let first = self.shape_tags.len() as u32;
            for _ in 0..input.count(2)? {
                let key = input.index(n_names)?;
                self.shape_tags.push(ShapeTag { key, value_type: ValueType::from_u8(input.u8()?)? });
            }
            self.shapes.push(Shape { flags, tags: first..self.shape_tags.len() as u32 });
        }
        Ok(())
    }

    /// Adds `n` parts.
    pub fn read_parts(&mut self, n: usize, input: &mut Input<'_>) -> Result<(), Malformed> {
        for _ in 0..n {
            self.push_part(input.bytes()?);
        }
        Ok(())
    }

    /// Adds `n` origins; the parts they use are there.
    pub fn read_origins(&mut self, n: usize, input: &mut Input<'_>) -> Result<(), Malformed> {
        let n_parts = self.parts.len();
        for _ in 0..n {
            self.origins.push((input.index(n_parts)?, input.index(n_parts)?));
        }
        Ok(())
    }
}

/// Bytes that one of each thing takes at least, for checking counts before reading.
pub const LEAST_BYTES: TableCounts = TableCounts { names: 1, operations: 4, shapes: 2, parts: 1, origins: 2 };
