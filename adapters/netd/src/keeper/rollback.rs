//! Going back to what was before a plan: at once where it waits, and by a plan of its own where it was confirmed, which is
//! guarded, can wait for a confirmation, and can itself be undone.

use nines_traffic::plan::{Asked, PlanId, Seen};

use super::Keeper;
use super::apply::{Carried, check_time, guard};
use crate::journal::Entry;
use crate::messages::{Fact, Hint, Refusal};
use crate::protocol::{Answer, RollBack};
use crate::store::HISTORY_MAX;
use crate::who::Who;

impl Keeper {
    /// Undoes a plan.
    pub(super) fn roll_back(&mut self, back: RollBack, who: Who) -> Result<Answer, Refusal> {
        if self.state.pending.as_ref().is_some_and(|pending| pending.id == back.id) {
            // Nobody needs to be asked: left alone, it would come to the same.
            self.take_back("rolled back", Some(who))?;
            return Ok(self.settled());
        }
        self.none_pending()?;
        check_time(back.confirm_seconds)?;
        let asked = self.asked_before(&back.id)?;
        let snapshot = self.kernel.snapshot().map_err(|error| Refusal::kernel(&error))?;
        let legacy = self.kernel.legacy().map_err(|error| Refusal::legacy(&error))?;
        let seen = Seen { boot: &self.boot, snapshot: &snapshot, legacy: &legacy };
        let in_force = self.asked_of(self.state.in_force());
        let plan = nines_traffic::plan::plan(asked, seen, in_force.as_ref());
        let plan = plan.map_err(|error| Refusal::unusable(&error))?;
        let wanted = self.judged(&plan)?;
        // Whoever planned what was before may be long gone; who asks now is to get in.
        guard(&wanted, back.peer.map(|peer| peer.operator()), back.override_guard.as_deref())?;
        let (id, undoes) = (plan.id(), format!("undoes {}", back.id));
        self.note(Entry { what: "planned", plan: Some(&id), who: Some(who), why: undoes, ..Entry::default() });
        let generation = snapshot.generation;
        let carried = Carried { plan: &plan, wanted: &wanted, generation, confirm_seconds: back.confirm_seconds };
        let overridden = back.override_guard.map(|reason| format!(", guard overridden: {reason}")).unwrap_or_default();
        let why = format!("by {id}{overridden}");
        self.carry(carried, Entry { what: "rolled-back", plan: Some(&back.id), who: Some(who), why, generation: None })
    }

    /// What was asked before a plan that was confirmed; nothing before the first.
    fn asked_before(&self, id: &PlanId) -> Result<Asked, Refusal> {
        let history = &self.state.history;
        let unknown = || Refusal::new(Fact::NotConfirmed { id: id.to_string() }, Hint::SeeStatus);
        let at = history.iter().rposition(|known| known == id).ok_or_else(unknown)?;
        match at.checked_sub(1).and_then(|before| history.get(before)) {
            Some(before) => Ok(self.store.plan(before).map_err(|error| Refusal::kept(&error))?.asked),
            // What was before the oldest of so many is forgotten, which is not the same as nothing.
            None if history.len() >= HISTORY_MAX => {
                Err(Refusal::new(Fact::Forgotten { id: id.to_string() }, Hint::PlanAgain))
            }
            None => Ok(Asked::default()),
        }
    }
}
