//! What `netd` keeps on disk: which plans are confirmed, which one waits, and the plans themselves.
//!
//! Every file is written beside its place, synced and renamed there, and ends in a digest of itself; the state of before
//! is kept beside the state.
//!
//! # Invariants
//! - NTD-1: a plan waits on disk before the kernel holds any of it, and its plan file is there before that.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use nines_traffic::plan::bytes::{FormError, Reader, Writer};
use nines_traffic::plan::{Digest, Plan, PlanId, read_plan, write_plan};

use crate::peers::CONNECTIONS_MAX;

/// Confirmed plans that can be gone back to: a day of hourly changes.
pub const HISTORY_MAX: usize = 24;

const MAGIC: &[u8; 8] = b"NINESTAT";
const VERSION: u16 = 1;
const DIGEST_BYTES: usize = 32;
const BOOT_BYTES_MAX: usize = 64;
const ID_BYTES_MAX: usize = 12;

/// What holds, by plans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Confirmed plans, the one in force last.
    pub history: Vec<PlanId>,
    /// One that waits for its confirmation.
    pub pending: Option<Pending>,
}

/// A plan that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Which.
    pub id: PlanId,
    /// The boot that its time is counted in.
    pub boot: String,
    /// When it is taken back, since that boot.
    pub deadline: Duration,
    /// Marks of connections that were there before it.
    pub connections: Vec<u64>,
}

impl State {
    /// The plan that is confirmed.
    #[must_use]
    pub fn confirmed(&self) -> Option<&PlanId> {
        self.history.last()
    }

    /// The plan that the kernel is to hold.
    #[must_use]
    pub fn in_force(&self) -> Option<&PlanId> {
        self.pending.as_ref().map(|pending| &pending.id).or(self.confirmed())
    }
}

/// What was found on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loaded {
    /// Nothing was ever kept.
    Nothing,
    /// The state.
    Last(State),
    /// The one of before, since the last one is damaged or gone: why.
    Previous(State, String),
    /// Something was kept, and none of it can be read: why. It is not for that an open host.
    Damaged(String),
}

impl Loaded {
    /// The state, where there is one.
    #[must_use]
    pub fn state(&self) -> Option<&State> {
        match self {
            Loaded::Last(state) | Loaded::Previous(state, _) => Some(state),
            Loaded::Nothing | Loaded::Damaged(_) => None,
        }
    }
}

/// The folder of it all.
#[derive(Debug)]
pub struct Store {
    root: PathBuf,
}

impl Store {
    /// Opens a folder, and makes it where it is not there.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn open(root: &Path) -> Result<Store, io::Error> {
        fs::create_dir_all(root.join("plans"))?;
        Ok(Store { root: root.to_owned() })
    }

    /// What was kept.
    ///
    /// # Errors
    /// Where the disk does not let it be read: what is damaged is told otherwise.
    pub fn load(&self) -> Result<Loaded, io::Error> {
        let is_absent = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
        let is_damaged = |error: &io::Error| error.kind() == io::ErrorKind::InvalidData;
        let last = match self.read_state("state") {
            Ok(state) => return Ok(Loaded::Last(state)),
            Err(error) => error,
        };
        match self.read_state("state.previous") {
            _ if !is_absent(&last) && !is_damaged(&last) => Err(last),
            Ok(previous) => Ok(Loaded::Previous(previous, last.to_string())),
            Err(previous) if is_absent(&previous) && is_absent(&last) => Ok(Loaded::Nothing),
            Err(previous) if is_absent(&previous) || is_damaged(&previous) => Ok(Loaded::Damaged(last.to_string())),
            Err(previous) => Err(previous),
        }
    }

    /// Puts what is damaged beside, for whoever wants to look at it.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub fn set_aside(&self) -> Result<(), io::Error> {
        match self.read_state("state") {
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                fs::rename(self.root.join("state"), self.root.join("state.damaged"))
            }
            _ => Ok(()),
        }
    }

    /// Every plan that can be read, the newest first.
    pub fn plans(&self) -> impl Iterator<Item = Plan> + '_ {
        let entries = fs::read_dir(self.root.join("plans")).into_iter().flatten().flatten();
        let mut named: Vec<(Option<std::time::SystemTime>, PlanId)> = entries
            .filter_map(|entry| {
                let changed = entry.metadata().and_then(|metadata| metadata.modified()).ok();
                Some((changed, PlanId::parse(entry.file_name().to_str()?)?))
            })
            .collect();
        named.sort();
        named.into_iter().rev().filter_map(|(_, id)| self.plan(&id).ok())
    }

    fn read_state(&self, name: &str) -> Result<State, io::Error> {
        let bytes = fs::read(self.root.join(name))?;
        parse_state(&bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }

    /// Keeps a state, and the last one beside it.
    ///
    /// # Errors
    /// Where the disk does not take it; then the last one holds.
    pub fn save(&self, state: &State) -> Result<(), io::Error> {
        if let Ok(last) = fs::read(self.root.join("state"))
            && parse_state(&last).is_ok()
        {
            replace(&self.root, "state.previous", &last)?;
        }
        replace(&self.root, "state", &state_bytes(state))
    }

    /// Keeps a plan.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub fn keep(&self, plan: &Plan) -> Result<(), io::Error> {
        replace(&self.root.join("plans"), plan.id().as_str(), &write_plan(plan))
    }

    /// A plan that was kept.
    ///
    /// # Errors
    /// Where it is not there, or damaged.
    pub fn plan(&self, id: &PlanId) -> Result<Plan, io::Error> {
        let damaged = |error| io::Error::new(io::ErrorKind::InvalidData, format!("plan {id}: {error}"));
        let plan = read_plan(&fs::read(self.root.join("plans").join(id.as_str()))?).map_err(damaged)?;
        if plan.id() == *id { Ok(plan) } else { Err(damaged(FormError("it is another plan"))) }
    }

    /// Removes plans that no state names any more.
    ///
    /// # Errors
    /// Where the folder cannot be read; what could not be removed is removed next time.
    pub fn sweep(&self, state: &State) -> Result<(), io::Error> {
        for entry in fs::read_dir(self.root.join("plans"))? {
            let path = entry?.path();
            let named = path.file_name().and_then(|name| name.to_str()).and_then(PlanId::parse);
            let is_kept = named.is_some_and(|id| state.history.contains(&id) || state.in_force() == Some(&id));
            if !is_kept {
                let _ = fs::remove_file(&path);
            }
        }
        Ok(())
    }
}

/// Puts bytes where a name says, whole or not at all.
fn replace(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), io::Error> {
    let beside = folder.join(format!("{name}.new"));
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, folder.join(name))?;
    File::open(folder)?.sync_all()
}

fn state_bytes(state: &State) -> Vec<u8> {
    let mut out = Writer::default();
    out.verbatim(MAGIC);
    out.n16(VERSION);
    out.list(&state.history, |out, id| out.text(id.as_str()));
    out.option(state.pending.as_ref(), |out, pending| {
        out.text(pending.id.as_str());
        out.text(&pending.boot);
        out.n64(u64::try_from(pending.deadline.as_millis()).unwrap_or(u64::MAX));
        out.list(&pending.connections, |out, mark| out.n64(*mark));
    });
    let mut bytes = out.finish();
    let digest = Digest::of(&bytes);
    bytes.extend_from_slice(&digest.0);
    bytes
}

fn parse_state(bytes: &[u8]) -> Result<State, FormError> {
    let at = bytes.len().checked_sub(DIGEST_BYTES).ok_or(FormError("cut off"))?;
    let (body, digest) = bytes.split_at(at);
    if Digest::of(body).0 != digest {
        return Err(FormError("the state's checksum is another"));
    }
    let mut read = Reader::new(body);
    if read.verbatim(MAGIC.len())? != MAGIC || read.n16()? != VERSION {
        return Err(FormError("no state of this version"));
    }
    let id = |read: &mut Reader<'_>| PlanId::parse(&read.text(ID_BYTES_MAX)?).ok_or(FormError("no plan's id"));
    let history = read.list(HISTORY_MAX, id)?;
    let pending = read.option(|read| {
        Ok(Pending {
            id: id(read)?,
            boot: read.text(BOOT_BYTES_MAX)?,
            deadline: Duration::from_millis(read.n64()?),
            connections: read.list(CONNECTIONS_MAX, Reader::n64)?,
        })
    })?;
    read.end()?;
    Ok(State { history, pending })
}
