//! The group commit: one write and one sync for all records that came in meanwhile.

use super::generations::Generations;
use super::queue::{Group, Queue, Sealed};
use super::record::{FILE_HEADER_BYTES, begin_group, closing_group, file_header};
use super::space::Space;
use crate::directory::Layout;
use crate::health::Health;
use nines_base::vfs::{Vfs, VfsFile};
use nines_storage::{Done, StoreError};
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;

/// What a turn of the committer came to.
#[derive(Debug)]
pub enum Turn {
    /// Everything it was given is durable. Generations that ended are ready for their blocks.
    Done,
    /// There was no room; what could not be written stays for the next turn.
    NoRoom,
    /// The store has stopped.
    Stopped,
}

/// What a turn leaves to be done when no lock is held any more.
#[derive(Default)]
pub struct Outcome {
    /// Senders and what to tell them, in order.
    pub told: Vec<(Done, Result<(), StoreError>)>,
    /// Generations that ended and whose rows are all durable.
    pub sealed: Vec<Sealed>,
}

/// Writes groups to the inbox file of their generation. There is one, and it alone writes there.
pub struct Committer {
    vfs: Arc<dyn Vfs>,
    layout: Layout,
    file: OpenFile,
    /// Groups that found no room yet.
    carried: VecDeque<Group>,
}

/// The file that records are appended to.
struct OpenFile {
    generation: u64,
    file: Arc<dyn VfsFile>,
    offset: u64,
}

impl Committer {
    /// Creates the file of `generation` and goes on in it.
    pub fn new(vfs: Arc<dyn Vfs>, layout: Layout, generation: u64, n_shards: usize) -> io::Result<Committer> {
        let file = create(&*vfs, &layout, generation, n_shards)?;
        Ok(Committer { vfs, layout, file, carried: VecDeque::new() })
    }

    /// Makes groups durable, in order.
    pub fn turn(
        &mut self,
        groups: Vec<Group>,
        queue: &Queue,
        space: &Space,
        health: &Health,
        generations: &Generations,
        outcome: &mut Outcome,
    ) -> Turn {
        self.carried.extend(groups);
        // WAL-3: a store that has stopped writes nothing more, so it acknowledges nothing more.
        if let Err(stopped) = health.check() {
            self.refuse_all(&stopped, queue, outcome);
            return Turn::Stopped;
        }
        while let Some(mut group) = self.carried.pop_front() {
            match self.commit(&mut group, queue, generations) {
                Ok(()) => {
                    // WAL-1: only here, behind the write and the sync, are senders told that it is done.
                    space.set_refused(false);
                    outcome.told.extend(group.waiters.into_iter().map(|waiter| (waiter, Ok(()))));
                    let ended = group.ends.map(|_| Sealed { generation: group.generation, lives: group.lives });
                    outcome.sealed.extend(ended);
                }
                Err(error) if error.kind() == io::ErrorKind::StorageFull => {
                    space.set_refused(true);
                    let detail = format!("write the inbox: {error}");
                    self.carried.push_front(group);
                    // Their spans are visible and will be written when there is room, but they cannot wait.
                    let waiters = self.carried.iter_mut().flat_map(|group| group.waiters.drain(..));
                    let full = || Err(StoreError::Full { detail: detail.clone() });
                    outcome.told.extend(waiters.map(|waiter| (waiter, full())));
                    return Turn::NoRoom;
                }
                Err(error) => {
                    self.carried.push_front(group);
                    let stopped = health.stop(&format!("write the inbox: {error}"));
                    self.refuse_all(&stopped, queue, outcome);
                    return Turn::Stopped;
                }
            }
        }
        Turn::Done
    }

    /// Writes and syncs a group. It may be tried again: it goes to the same place.
    fn commit(&mut self, group: &mut Group, queue: &Queue, generations: &Generations) -> io::Result<()> {
        debug_assert_eq!(group.generation, self.file.generation, "a generation's file follows its predecessor's end");
        if !group.bytes.is_empty() {
            begin_group(&mut group.bytes, self.file.offset, group.generation);
            self.file.file.write_at(self.file.offset, &group.bytes)?;
            self.sync()?;
            self.file.offset += group.bytes.len() as u64;
            queue.settle(std::mem::take(&mut group.bytes));
            generations.set_bytes(group.generation, self.file.offset);
            for (live, rows) in group.lives.iter().zip(&group.rows) {
                live.set_durable(*rows);
            }
        }
        if let Some(successor) = &group.ends {
            // WAL-4: the next file is there before the ended one may go.
            // WAL-5: it is closed before the next one is begun.
            self.close_file()?;
            self.file = create(&*self.vfs, &self.layout, successor.generation, successor.lives.len())?;
            generations.begin(successor.generation, successor.lives.len());
        }
        Ok(())
    }

    /// Closes the file of a generation that ends. It may be tried again: it goes to the same place.
    fn close_file(&self) -> io::Result<()> {
        let closing = closing_group(self.file.offset, self.file.generation);
        self.file.file.write_at(self.file.offset, &closing)?;
        self.sync()
    }

    /// A failed sync proves nothing about what it covered, so it must not be taken for a lack of room.
    fn sync(&self) -> io::Result<()> {
        self.file.file.sync_data().map_err(|error| io::Error::other(format!("sync: {error}")))
    }

    fn refuse_all(&mut self, stopped: &StoreError, queue: &Queue, outcome: &mut Outcome) {
        for group in self.carried.drain(..) {
            queue.settle(group.bytes);
            outcome.told.extend(group.waiters.into_iter().map(|waiter| (waiter, Err(stopped.clone()))));
        }
    }
}

fn create(vfs: &dyn Vfs, layout: &Layout, generation: u64, n_shards: usize) -> io::Result<OpenFile> {
    let path = layout.inbox_file(generation);
    let file = match vfs.create(&path) {
        // An earlier turn got no further than this.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => vfs.open_write(&path)?,
        created => created?,
    };
    file.write_at(0, &file_header(n_shards))?;
    let not_room = |error| io::Error::other(format!("sync: {error}"));
    file.sync_data().map_err(not_room)?;
    vfs.sync_dir(&layout.inbox()).map_err(not_room)?;
    Ok(OpenFile { generation, file, offset: FILE_HEADER_BYTES as u64 })
}
