//! Starting: the kernel is brought to what was confirmed, whatever happened meanwhile.

use std::io;
use std::time::Duration;

use nines_traffic::nft::Change;

use super::Keeper;
use crate::journal::Entry;
use crate::messages::Refusal;
use crate::store::State;

impl Keeper {
    /// Takes up the state that was kept. What waits goes on waiting only where it is of this boot, its time is not over,
    /// and the kernel holds it; an empty state changes nothing.
    pub(super) fn adopt(&mut self, damaged: Option<String>) -> Result<(), io::Error> {
        let why = damaged.map(|why| format!("the state of before is taken: {why}")).unwrap_or_default();
        self.note(Entry { what: "started", plan: None, who: None, why, generation: None });
        // Of one that was cut short.
        self.kernel.end_trace().map_err(|error| told(Refusal::kernel(&error)))?;
        if let Some(pending) = self.state.pending.clone() {
            let why = if pending.boot != self.boot {
                "the host was started anew before it was confirmed"
            } else if self.due_in() == Some(Duration::ZERO) {
                "nobody confirmed it in time"
            } else if !self.holds_what_waits() {
                "it was not applied to its end"
            } else {
                return Ok(());
            };
            return self.take_back(why, None).map_err(told);
        }
        self.load_confirmed()
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

    /// Puts the last confirmed plan; where it is damaged, the one before it, and so on. None is never taken for leave to
    /// open the host: then the kernel stays as it is, and netd does not start.
    fn load_confirmed(&mut self) -> Result<(), io::Error> {
        let mut state = self.state.clone();
        let mut last = None;
        while let Some(id) = state.confirmed().cloned() {
            match self.wanted(&id) {
                Ok(wanted) => {
                    let put = self.kernel.put(Some(&wanted.table));
                    let generation = Some(put.map_err(|error| told(Refusal::kernel(&error)))?);
                    self.note(Entry { what: "loaded", plan: Some(&id), generation, ..Entry::default() });
                    return if state == self.state { Ok(()) } else { self.settle_on(state) };
                }
                Err(error) => {
                    self.note(Entry { what: "trouble", plan: Some(&id), why: error.to_string(), ..Entry::default() });
                    last = Some(error);
                    state = State {
                        history: state.history.split_last().map(|(_, rest)| rest.to_vec()).unwrap_or_default(),
                        pending: None,
                    };
                }
            }
        }
        last.map_or(Ok(()), Err)
    }
}

fn told(refusal: Refusal) -> io::Error {
    io::Error::other(refusal.fact.to_string())
}
