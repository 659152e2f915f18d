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

    /// What was kept: nothing where nothing was; the state of before where the last one is damaged, with why.
    ///
    /// # Errors
    /// Where neither can be read: going on as if nothing held would open the host.
    pub fn load(&self) -> Result<(State, Option<String>), io::Error> {
        match self.read_state("state") {
            Ok(state) => Ok((state, None)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => match self.read_state("state.previous") {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok((State::default(), None)),
                previous => Ok((previous?, Some(error.to_string()))),
            },
            Err(error) => Ok((self.read_state("state.previous")?, Some(error.to_string()))),
        }
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
