//! Starting: the kernel is brought to what was confirmed, whatever happened meanwhile.

use std::io;
use std::time::Duration;

use nines_traffic::nft::Change;
use nines_traffic::plan::Wanted;

use super::Keeper;
use crate::journal::Entry;
use crate::messages::Refusal;
use crate::store::{Loaded, State};

impl Keeper {
    /// Takes up the state that was kept. What waits goes on waiting only where it is of this boot, its time is not over,
    /// and the kernel holds it; an empty state changes nothing.
    pub(super) fn adopt(&mut self, loaded: Loaded) -> Result<(), io::Error> {
        let why = match &loaded {
            Loaded::Previous(_, why) => format!("the state of before is taken: {why}"),
            Loaded::Damaged(why) => format!("what was kept cannot be read: {why}"),
            Loaded::Nothing | Loaded::Last(_) => String::new(),
        };
        self.note(Entry { what: "started", plan: None, who: None, why, generation: None });
        // Of one that was cut short.
        self.kernel.end_trace().map_err(|error| told(Refusal::kernel(&error)))?;
        if let Loaded::Damaged(why) = loaded {
            return self.stand_in(&why);
        }
        let Some(pending) = self.state.pending.clone() else { return self.load_confirmed() };
        let why = if pending.boot != self.boot {
            "the host was started anew before it was confirmed"
        } else if self.due_in() == Some(Duration::ZERO) {
            "nobody confirmed it in time"
        } else if !self.holds_what_waits() {
            "it was not applied to its end"
        } else {
            return Ok(());
        };
        self.take_back(why, None).map_err(told)
    }

    /// Whether the kernel holds the plan that waits; then the table is made ours.
    fn holds_what_waits(&mut self) -> bool {
        let Some((_, wanted)) = self.in_force() else { return false };
        let Ok(Some(steps)) = self.kernel.steps_to(&wanted.table) else { return false };
        // Only an owner may be lacking: the one before is gone.
        let of_owner = |change: &Change| matches!(change, Change::AddTable(_));
        let mut changes = [&steps.fill, &steps.switch, &steps.clear].into_iter().flat_map(|batch| &batch.changes);
        changes.all(of_owner) && self.kernel.put(Some(&wanted.table)).is_ok()
    }

    /// Puts the last confirmed plan that can be read.
    fn load_confirmed(&mut self) -> Result<(), io::Error> {
        match self.last_usable(self.state.clone()) {
            Err(why) => self.stand_in(&why),
            Ok((_, None)) => Ok(()),
            Ok((state, Some(wanted))) => {
                let put = self.kernel.put(Some(&wanted.table));
                let generation = Some(put.map_err(|error| told(Refusal::kernel(&error)))?);
                let id = state.confirmed().cloned();
                self.note(Entry { what: "loaded", plan: id.as_ref(), generation, ..Entry::default() });
                if state == self.state { Ok(()) } else { self.settle_on(state) }
            }
        }
    }

    /// The state whose last confirmed plan can be read: where it is damaged, the one before it, and so on. Nothing to put
    /// where none was ever confirmed.
    ///
    /// # Errors
    /// Why, where there were some and none can be read: that is no leave to open the host.
    pub(super) fn last_usable(&mut self, mut state: State) -> Result<(State, Option<Wanted>), String> {
        let mut last = None;
        while let Some(id) = state.confirmed().cloned() {
            match self.wanted(&id) {
                Ok(wanted) => return Ok((state, Some(wanted))),
                Err(error) => {
                    self.note(Entry { what: "trouble", plan: Some(&id), why: error.to_string(), ..Entry::default() });
                    last = Some(error.to_string());
                    state.history.pop();
                }
            }
        }
        last.map_or(Ok((state, None)), Err)
    }

    /// Where nothing that was confirmed can be read: rules of ours that the kernel still holds stay as they are, and only where
    /// it holds none the host is closed but for management.
    fn stand_in(&mut self, why: &str) -> Result<(), io::Error> {
        match self.kernel.own().map_err(|error| told(Refusal::kernel(&error)))? {
            true => {
                let why = format!("the rules that the kernel holds stay: {why}");
                self.note(Entry { what: "trouble", why, ..Entry::default() });
                Ok(())
            }
            false => self.fall_back(why),
        }
    }
}

pub(super) fn told(refusal: Refusal) -> io::Error {
    io::Error::other(refusal.fact.to_string())
}
