//! Applying a plan: exactly what was shown, on what it was shown on, with the way back kept first.

use std::time::Duration;

use nines_base::lang::{Lang, Message};
use nines_base::{Clock, DurationUs, SystemClock};
use nines_nft::Error;
use nines_traffic::plan::{Plan, PlanId, Seen, Wanted, foreign_digest, table_digest};

use super::Keeper;
use crate::clock::since_boot;
use crate::journal::Entry;
use crate::messages::{Fact, Hint, Refusal};
use crate::peers;
use crate::protocol::{Answer, Apply, CONFIRM_SECONDS};
use crate::store::{HISTORY_MAX, Pending, State};
use crate::who::Who;

/// How long rules that are applied for good wait until the disk says so too.
const KEPT_SECONDS: u32 = 60;

impl Keeper {
    pub(super) fn apply(&mut self, apply: Apply, who: Who) -> Result<Answer, Refusal> {
        let plan = &apply.plan;
        if let Some(pending) = &self.state.pending {
            let id = pending.id.to_string();
            return Err(Refusal::new(Fact::PendingAlready { id: id.clone() }, Hint::ConfirmOrRollBack { id }));
        }
        if apply.confirm_seconds.is_some_and(|seconds| !CONFIRM_SECONDS.contains(&seconds)) {
            let (least, most) = (*CONFIRM_SECONDS.start(), *CONFIRM_SECONDS.end());
            return Err(Refusal::new(Fact::BadTime { least, most }, Hint::PlanAgain));
        }
        let wanted = self.judged(plan)?;
        guard(&wanted, &apply)?;
        let generation = self.standing(plan, apply.if_unaffected)?;
        let id = plan.id();
        self.store.keep(plan).map_err(|error| Refusal::kept(&error))?;
        let seconds = apply.confirm_seconds.unwrap_or(KEPT_SECONDS);
        let generation = self.apply_for(&id, &wanted, generation, seconds)?;
        if apply.confirm_seconds.is_none() {
            // Where the disk does not take it, the timer takes it back.
            self.settle_on(self.state.with(&id)).map_err(|error| Refusal::kept(&error))?;
            let _ = self.store.sweep(&self.state);
        }
        self.drift.clear();
        let why = apply.override_guard.map(|reason| format!("guard overridden: {reason}")).unwrap_or_default();
        let generation = Some(generation);
        self.note(Entry { what: "applied", plan: Some(&id), who: Some(who), why, generation });
        Ok(match apply.confirm_seconds {
            Some(seconds) => {
                let deadline = SystemClock.now() + DurationUs::from_secs(i64::from(seconds));
                Answer::Pending { id, deadline_us: deadline.0 }
            }
            None => Answer::Settled(Some(id)),
        })
    }

    /// What the plan asks, compiled here: it must come out as it was shown.
    fn judged(&self, plan: &Plan) -> Result<Wanted, Refusal> {
        if plan.ground.boot != self.boot {
            return Err(Refusal::new(Fact::OtherBoot, Hint::PlanAgain));
        }
        let wanted = plan.asked.wanted().map_err(|error| Refusal::unusable(&error))?;
        if table_digest(&wanted.table) == plan.table {
            Ok(wanted)
        } else {
            Err(Refusal::new(Fact::CompiledOtherwise, Hint::SameVersion))
        }
    }

    /// The generation to apply on: the plan's, or, where others changed nothing that matters to it, the one now.
    fn standing(&mut self, plan: &Plan, if_unaffected: bool) -> Result<u32, Refusal> {
        let snapshot = self.kernel.snapshot().map_err(|error| Refusal::kernel(&error))?;
        let legacy = self.kernel.legacy().map_err(|error| Refusal::legacy(&error))?;
        let ground = &plan.ground;
        let is_of_legacy = legacy.digest != ground.legacy;
        let is_same = self.kernel.is_same_ground(ground.generation, snapshot.generation)
            && foreign_digest(&snapshot) == ground.foreign;
        let is_unaffected = || {
            let before = self.asked_of(self.state.in_force());
            let seen = Seen { boot: &self.boot, snapshot: &snapshot, legacy: &legacy };
            let again = nines_traffic::plan::plan(plan.asked.clone(), seen, before.as_ref());
            again.is_ok_and(|again| again.changes == plan.changes)
        };
        // What rules of iptables-legacy do to ours is not modelled: no plan goes on over their change.
        if is_of_legacy {
            return Err(Refusal::new(Fact::Changed { by: "iptables-legacy".to_owned() }, Hint::PlanAgain));
        }
        if is_same || if_unaffected && is_unaffected() {
            return Ok(snapshot.generation);
        }
        Err(self.changed(ground.generation))
    }

    fn changed(&self, since: u32) -> Refusal {
        let fact = self.kernel.authors_since(since).map_or(Fact::ChangedUnseen, |by| Fact::Changed { by });
        Refusal::new(fact, Hint::PlanAgain)
    }

    /// Applies for so long, and gives the generation afterwards.
    fn apply_for(&mut self, id: &PlanId, wanted: &Wanted, generation: u32, seconds: u32) -> Result<u32, Refusal> {
        let connections = peers::marks().map_err(|error| Refusal::kept(&error))?;
        let deadline = since_boot() + Duration::from_secs(u64::from(seconds));
        let pending = Pending { id: id.clone(), boot: self.boot.clone(), deadline, connections };
        let before = self.state.clone();
        // NTD-1: the disk knows the deadline before the kernel knows the rules.
        let waiting = State { pending: Some(pending), ..before.clone() };
        self.settle_on(waiting).map_err(|error| Refusal::kept(&error))?;
        self.kernel.put_on(&wanted.table, generation).map_err(|error| {
            // Were this not kept either, the timer takes back what was never there, which changes nothing.
            let _ = self.settle_on(before);
            self.not_put(&error, generation)
        })
    }

    /// Clears what was filled for rules that were not switched, and says why they were not.
    fn not_put(&mut self, error: &Error, generation: u32) -> Refusal {
        self.watch();
        if let Some((_, wanted)) = self.in_force() {
            let _ = self.kernel.put(Some(&wanted.table));
        }
        match error {
            Error::Stale(_) => self.changed(generation),
            other => Refusal::kernel(other),
        }
    }
}

impl State {
    /// The same with a plan confirmed, the oldest forgotten where there are too many.
    pub(super) fn with(&self, id: &PlanId) -> State {
        let mut history = self.history.clone();
        history.push(id.clone());
        let n_over = history.len().saturating_sub(HISTORY_MAX);
        history.drain(..n_over);
        State { history, pending: None }
    }
}

/// That who asks is not locked out, unless they say why.
fn guard(wanted: &Wanted, apply: &Apply) -> Result<(), Refusal> {
    if apply.override_guard.is_some() {
        return Ok(());
    }
    // Both count: who planned, and who applies.
    let operators = apply.peer.map(|peer| peer.operator()).into_iter().chain(apply.plan.asked.operator);
    match operators.into_iter().find_map(|operator| wanted.locks_out(operator)) {
        None => Ok(()),
        Some(finding) => {
            let said = |lang: Lang| finding.fact.text(lang);
            let fact = Fact::LocksOut { said_en: said(Lang::En), said_ko: said(Lang::Ko) };
            Err(Refusal::new(fact, Hint::OverrideGuard))
        }
    }
}
