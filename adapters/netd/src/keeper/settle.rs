//! What becomes of a plan that was applied: kept, or taken back.

use std::time::Duration;

use nines_traffic::plan::{PlanId, Wanted};

use super::Keeper;
use crate::journal::Entry;
use crate::messages::{Fact, Hint, Refusal};
use crate::peers::{self, Peer};
use crate::protocol::Answer;
use crate::store::State;
use crate::who::Who;

impl Keeper {
    /// Keeps what waits; over a connection that came after it, or from a console.
    pub(super) fn confirm(&mut self, id: &PlanId, peer: Option<Peer>, who: Who) -> Result<Answer, Refusal> {
        let Some(pending) = self.state.pending.as_ref().filter(|pending| pending.id == *id) else {
            return Err(Refusal::new(Fact::NotPending { id: id.to_string() }, Hint::SeeStatus));
        };
        if self.due_in() == Some(Duration::ZERO) {
            self.look_at_the_clock();
            return Err(Refusal::new(Fact::Late { id: id.to_string() }, Hint::PlanAgain));
        }
        if let Some(peer) = peer {
            let connection = peer.to_string();
            let there = peers::marks().map_err(|error| Refusal::kept(&error))?;
            if !there.contains(&peer.mark()) {
                return Err(Refusal::new(Fact::NoSuchConnection { connection }, Hint::NewConnection));
            }
            if pending.connections.contains(&peer.mark()) {
                return Err(Refusal::new(Fact::OlderConnection { connection }, Hint::NewConnection));
            }
        }
        self.settle_on(self.state.with(id)).map_err(|error| Refusal::kept(&error))?;
        let why = peer.map_or_else(|| "from a console".to_owned(), |peer| format!("over {peer}"));
        self.note(Entry { what: "confirmed", plan: Some(id), who: Some(who), why, generation: None });
        let _ = self.store.sweep(&self.state);
        Ok(Answer::Settled(Some(id.clone())))
    }

    /// Takes back what waits.
    pub(super) fn take_back(&mut self, why: &str, who: Option<Who>) -> Result<(), Refusal> {
        let Some(pending) = self.state.pending.clone() else { return Ok(()) };
        let state = State { pending: None, ..self.state.clone() };
        let generation = match self.last_usable(state.clone()) {
            Ok((usable, wanted)) => Some(self.go_to(usable, wanted.as_ref())?),
            Err(lost) => {
                // What nobody confirmed does not stay for that what was confirmed is lost.
                self.state = state;
                self.fall_back(&lost).map_err(|error| Refusal::kept(&error))?;
                None
            }
        };
        self.note(Entry { what: "reverted", plan: Some(&pending.id), who, why: why.to_owned(), generation });
        Ok(())
    }

    /// Brings the kernel to a state, and keeps the state after that: were it cut short, it would be done again.
    fn go_to(&mut self, state: State, wanted: Option<&Wanted>) -> Result<u32, Refusal> {
        let put = self.kernel.put(wanted.map(|wanted| &wanted.table));
        let generation = put.map_err(|error| Refusal::kernel(&error))?;
        self.drift.clear();
        self.settle_on(state).map_err(|error| Refusal::kept(&error))?;
        Ok(generation)
    }
}
