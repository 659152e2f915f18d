//! The keeper: what the kernel is to hold, and every way from one such state to another.
//!
//! Requests are judged here again from what was asked; nothing that a plan shows is believed. The kernel is switched only
//! after the disk knows how to come back.

mod apply;
mod explain;
mod fallback;
mod rollback;
mod settle;
mod start;
mod status;
mod tally;
mod trace;

use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use nines_base::lang::{Lang, Message};
use nines_traffic::plan::{Asked, Plan, PlanId, Seen, Wanted};

use crate::clock::since_boot;
use crate::journal::{Entry, Journal};
use crate::kernel::{Foreign, Kernel};
use crate::messages::{Fact, Hint, Refusal, chain};
use crate::protocol::{Answer, Request};
use crate::store::{State, Store};
use crate::who::Who;

/// Plans that were made lately and are shown to whoever asks for them, applied or not.
const PLANS_SHOWN_MAX: usize = 8;
/// Changes to our own table by others that are remembered for `status`.
const DRIFTS_MAX: usize = 32;

/// What the kernel is to hold.
#[derive(Debug)]
pub struct Keeper {
    kernel: Kernel,
    store: Store,
    journal: Journal,
    boot: String,
    state: State,
    /// Who changed our table since it was put.
    drift: Vec<Foreign>,
    compiled: Option<(PlanId, Rc<Wanted>)>,
    /// Plans that were made lately.
    made: VecDeque<Plan>,
    tally: tally::Tally,
    /// At which generation the kernel held what plan, when both were compared last.
    as_wanted: Option<(u32, PlanId)>,
    tracing: Option<trace::Tracing>,
    /// The plan that stands in for what could not be read.
    fallback: Option<PlanId>,
}

impl Keeper {
    /// Takes up what a folder says, and brings the kernel there.
    ///
    /// # Errors
    /// Where the folder cannot be used, or the kernel does not take what it says.
    pub fn start(kernel: Kernel, root: &Path, boot: &str) -> Result<Keeper, io::Error> {
        let store = Store::open(root)?;
        let journal = Journal::open(root, boot)?;
        let loaded = store.load()?;
        let state = loaded.state().cloned().unwrap_or_default();
        let boot = boot.to_owned();
        let mut keeper = Keeper {
            kernel,
            store,
            journal,
            boot,
            state,
            drift: Vec::new(),
            compiled: None,
            made: VecDeque::new(),
            tally: tally::Tally::new(),
            as_wanted: None,
            tracing: None,
            fallback: None,
        };
        keeper.adopt(loaded)?;
        keeper.fallback = keeper.fallback_kept();
        Ok(keeper)
    }

    /// Answers a request; none where the answer comes later, with [`Keeper::traced`].
    pub fn answer(&mut self, request: Request, who: Who) -> Option<Answer> {
        // What others did is looked at first: a request is judged on what holds.
        self.watch();
        let answered = match request {
            Request::Plan(asked) => self.plan(asked, who).map(|plan| Answer::Planned(Box::new(plan))),
            Request::Apply(apply) => self.apply(*apply, who),
            Request::Confirm { id, peer } => self.confirm(&id, peer, who),
            Request::RollBack(back) => self.roll_back(*back, who),
            Request::Status => self.status().map(Answer::Status),
            Request::Show(id) => self.show(&id).map(|plan| Answer::Planned(Box::new(plan))),
            Request::Journal { after } => {
                self.journal.after(after).map(Answer::Entries).map_err(|error| Refusal::kept(&error))
            }
            Request::Explain(packet) => self.explain(&packet).map(Answer::Explained),
            Request::Trace(trace) => match self.begin_trace(trace, who) {
                Ok(()) => return None,
                Err(refusal) => Err(refusal),
            },
        };
        Some(answered.unwrap_or_else(Answer::Refused))
    }

    /// What to wait for beside requests.
    #[must_use]
    pub fn kernel(&self) -> &Kernel {
        &self.kernel
    }

    /// How long until something is to be taken back.
    #[must_use]
    pub fn due_in(&self) -> Option<Duration> {
        self.state.pending.as_ref().map(|pending| pending.deadline.saturating_sub(since_boot()))
    }

    /// Takes back what was not confirmed in time. Where the kernel refuses, it is tried again with the next call.
    pub fn look_at_the_clock(&mut self) {
        if self.due_in() == Some(Duration::ZERO) {
            let _ = self.take_back("nobody confirmed it in time", None);
        }
    }

    /// Looks at what others did, notes it, and puts back our table where it is gone.
    pub fn watch(&mut self) {
        let found = match self.kernel.foreign() {
            Ok(found) => found,
            Err(error) => return self.note(Entry { what: "trouble", why: chain(&error), ..Entry::default() }),
        };
        for change in &found {
            if change.generation.is_some() {
                self.tally.note_foreign(change.author.as_ref().map(|author| author.process.as_str()));
            }
            let (what, why) = match change.generation {
                Some(_) => ("foreign", change.to_string()),
                None => ("lost", "more happened at once than could be read".to_owned()),
            };
            self.note(Entry { what, why, generation: change.generation, ..Entry::default() });
        }
        for change in found.into_iter().filter(|change| change.is_ours) {
            self.repair(change);
        }
    }

    fn repair(&mut self, change: Foreign) {
        let Some((id, wanted)) = self.in_force() else { return };
        let is_nothing = wanted.table.chains.is_empty();
        if is_nothing || !matches!(self.kernel.is_there(), Ok(false)) {
            self.drift.push(change);
            let n_over = self.drift.len().saturating_sub(DRIFTS_MAX);
            self.drift.drain(..n_over);
            return;
        }
        let put = self.kernel.put(Some(&wanted.table));
        let (what, why) = match &put {
            Ok(_) => ("restored", format!("{change}: the table was gone")),
            Err(error) => ("trouble", chain(error)),
        };
        self.note(Entry { what, plan: Some(&id), why, generation: put.ok(), who: None });
    }

    /// The plan that the kernel is to hold, compiled; once, since `status` asks by the second.
    fn in_force(&mut self) -> Option<(PlanId, Rc<Wanted>)> {
        let id = self.state.in_force()?.clone();
        if self.compiled.as_ref().is_none_or(|(known, _)| *known != id) {
            let wanted = Rc::new(self.wanted(&id).ok()?);
            self.compiled = Some((id, wanted));
        }
        self.compiled.clone()
    }

    /// The plan that is confirmed; none where it is that there are no rules.
    fn confirmed(&mut self) -> Option<PlanId> {
        let id = self.state.confirmed()?.clone();
        let is_nothing = match self.in_force() {
            Some((in_force, wanted)) if in_force == id => wanted.table.chains.is_empty(),
            _ => self.asked_of(Some(&id)).is_some_and(|asked| asked.is_nothing()),
        };
        (!is_nothing).then_some(id)
    }

    fn settled(&mut self) -> Answer {
        Answer::Settled(self.confirmed())
    }

    /// A plan that was kept, compiled again.
    fn wanted(&self, id: &PlanId) -> Result<Wanted, io::Error> {
        let plan = self.store.plan(id)?;
        plan.asked.wanted().map_err(|error| io::Error::other(error.text(Lang::En)))
    }

    fn asked_of(&self, id: Option<&PlanId>) -> Option<Asked> {
        self.store.plan(id?).ok().map(|plan| plan.asked)
    }

    fn plan(&mut self, asked: Asked, who: Who) -> Result<Plan, Refusal> {
        let plan = self.planned(asked)?;
        self.note(Entry { what: "planned", plan: Some(&plan.id()), who: Some(who), ..Entry::default() });
        self.made.truncate(PLANS_SHOWN_MAX - 1);
        self.made.push_front(plan.clone());
        Ok(plan)
    }

    /// A plan that is kept, or was made lately.
    fn show(&self, id: &PlanId) -> Result<Plan, Refusal> {
        let made = self.made.iter().find(|plan| plan.id() == *id).cloned();
        let unknown = || Refusal::new(Fact::NoSuchPlan { id: id.to_string() }, Hint::PlanAgain);
        made.or_else(|| self.store.plan(id).ok()).ok_or_else(unknown)
    }

    fn planned(&mut self, asked: Asked) -> Result<Plan, Refusal> {
        let snapshot = self.kernel.snapshot().map_err(|error| Refusal::kernel(&error))?;
        let legacy = self.kernel.legacy().map_err(|error| Refusal::legacy(&error))?;
        let seen = Seen { boot: &self.boot, snapshot: &snapshot, legacy: &legacy };
        let before = self.asked_of(self.state.in_force());
        let asked = match &before {
            Some(before) => asked.keeping(before),
            None => asked,
        };
        nines_traffic::plan::plan(asked, seen, before.as_ref()).map_err(|error| Refusal::unusable(&error))
    }

    /// Writes into the journal. Where the disk is full, the rules still go on: what is lost is only told.
    fn note(&mut self, entry: Entry<'_>) {
        self.tally.note(entry.what);
        if let Err(error) = self.journal.write(&entry) {
            eprintln!("error: the journal does not take `{}`: {error}\nhint: make room under --state", entry.what);
        }
    }

    /// Keeps a state and goes on with it.
    fn settle_on(&mut self, state: State) -> Result<(), io::Error> {
        self.store.save(&state)?;
        self.state = state;
        Ok(())
    }
}
