//! Our table as the kernel holds it, read once for each generation: to read a list of a hundred thousand takes the kernel most of
//! a second. What we put is known without reading it, where nobody came between.

use std::rc::Rc;

use nines_nft::Error;
use nines_nft::connection::following;
use nines_traffic::nft::{LiveTable, Snapshot, Steps, Table, TableId};

use super::Kernel;
use super::trace::{all_without_trace, without_trace};

/// What is held, and at which generation; no table where there is none. Counts are those of when it was read.
#[derive(Debug)]
pub(super) struct Held {
    generation: u32,
    table: Option<Rc<LiveTable>>,
}

impl Kernel {
    /// Every table of the system.
    ///
    /// # Errors
    /// Where the kernel refuses.
    pub fn snapshot(&mut self) -> Result<Snapshot, Error> {
        let read = match &self.held {
            Some(Held { generation, table: Some(table) }) => self.connection.snapshot_beside(*generation, table),
            _ => self.connection.snapshot(),
        };
        read.map(all_without_trace)
    }

    /// The same without the elements of sets.
    ///
    /// # Errors
    /// Where the kernel refuses.
    pub fn outline(&mut self) -> Result<Snapshot, Error> {
        self.connection.outline().map(all_without_trace)
    }

    /// Whether there is a table of ours.
    ///
    /// # Errors
    /// Where the kernel refuses.
    pub fn is_there(&mut self) -> Result<bool, Error> {
        Ok(self.our_outline()?.1.is_some())
    }

    /// Our table without the elements of its sets, and the generation.
    pub(super) fn our_outline(&mut self) -> Result<(u32, Option<LiveTable>), Error> {
        let (generation, table) = self.connection.table_outline(&TableId::nines())?;
        Ok((generation, table.and_then(without_trace)))
    }

    /// Our table, and the generation.
    pub(super) fn ours(&mut self) -> Result<(u32, Option<Rc<LiveTable>>), Error> {
        let now = self.connection.generation()?.id;
        if let Some(Held { generation, table }) = self.held.as_ref().filter(|held| held.generation == now) {
            return Ok((*generation, table.clone()));
        }
        let (generation, table) = self.connection.table(&TableId::nines())?;
        let table = table.and_then(without_trace).map(Rc::new);
        self.held = Some(Held { generation, table: table.clone() });
        Ok((generation, table))
    }

    /// What was held at a generation is what is held at the next: only chains that are no rules of anybody came or went.
    pub(super) fn stays_held(&mut self, at: u32, next: u32) {
        if let Some(held) = self.held.as_mut().filter(|held| held.generation == at) {
            held.generation = next;
        }
    }

    /// The generation now.
    ///
    /// # Errors
    /// Where the kernel does not tell it.
    pub fn generation(&mut self) -> Result<u32, Error> {
        Ok(self.connection.generation()?.id)
    }

    /// Remembers what was put by these steps on a generation, where nobody came between. Sets that rules fill are read by
    /// nobody.
    pub(super) fn remember(&mut self, wanted: &Table, steps: &Steps, on: u32) -> Result<(), Error> {
        let began = [&steps.fill, &steps.switch, &steps.clear].into_iter().filter(|batch| !batch.changes.is_empty());
        let expected = began.fold(on, |generation, _| following(generation));
        let (generation, outline) = self.our_outline()?;
        self.held = None;
        let Some(mut table) = outline.filter(|_| generation == expected) else { return Ok(()) };
        for set in &mut table.sets {
            let Some(put) = wanted.sets.iter().find(|put| put.head == set.head) else { return Ok(()) };
            set.elements.clone_from(&put.elements);
        }
        self.held = Some(Held { generation, table: Some(Rc::new(table)) });
        Ok(())
    }
}
