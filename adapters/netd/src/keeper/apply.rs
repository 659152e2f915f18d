//! Applying a plan: exactly what was shown, on what it was shown on, with the way back kept first.

use std::time::{Duration, Instant};

use nines_base::lang::{Lang, Message};
use nines_base::{Clock, DurationUs, SystemClock};
use nines_nft::Error;
use nines_traffic::plan::{Operator, Plan, PlanId, Seen, Wanted, foreign_digest, table_digest};

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

/// A plan that was judged, and what it is carried out on.
pub(super) struct Carried<'p> {
    pub plan: &'p Plan,
    pub wanted: &'p Wanted,
    pub generation: u32,
    pub confirm_seconds: Option<u32>,
}

impl Keeper {
    pub(super) fn apply(&mut self, apply: Apply, who: Who) -> Result<Answer, Refusal> {
        let plan = &apply.plan;
        self.none_pending()?;
        check_time(apply.confirm_seconds)?;
        let wanted = self.judged(plan)?;
        // Both count: who planned, and who applies.
        let operators = apply.peer.map(|peer| peer.operator()).into_iter().chain(plan.asked.operator);
        guard(&wanted, operators, apply.override_guard.as_deref())?;
        let generation = self.standing(plan, apply.if_unaffected)?;
        let carried = Carried { plan, wanted: &wanted, generation, confirm_seconds: apply.confirm_seconds };
        let why = apply.override_guard.as_ref().map(|reason| format!("guard overridden: {reason}")).unwrap_or_default();
        let id = plan.id();
        self.carry(carried, Entry { what: "applied", plan: Some(&id), who: Some(who), why, generation: None })
    }

    /// That nothing waits for its confirmation.
    pub(super) fn none_pending(&self) -> Result<(), Refusal> {
        let Some(pending) = &self.state.pending else { return Ok(()) };
        let id = pending.id.to_string();
        Err(Refusal::new(Fact::PendingAlready { id: id.clone() }, Hint::ConfirmOrRollBack { id }))
    }

    /// Carries a plan out that was judged; the entry goes into the journal then.
    pub(super) fn carry(&mut self, carried: Carried<'_>, entry: Entry<'_>) -> Result<Answer, Refusal> {
        let Carried { plan, wanted, generation, confirm_seconds } = carried;
        let id = plan.id();
        let start = Instant::now();
        self.store.keep(plan).map_err(|error| Refusal::kept(&error))?;
        let seconds = confirm_seconds.unwrap_or(KEPT_SECONDS);
        let generation = self.apply_for(&id, wanted, generation, seconds)?;
        if confirm_seconds.is_none() {
            // Where the disk does not take it, the timer takes it back.
            self.settle_on(self.state.with(&id)).map_err(|error| Refusal::kept(&error))?;
            let _ = self.store.sweep(&self.state);
        }
        self.tally.note_apply(start.elapsed());
        self.drift.clear();
        self.note(Entry { generation: Some(generation), ..entry });
        Ok(match confirm_seconds {
            Some(seconds) => {
                let deadline = SystemClock.now() + DurationUs::from_secs(i64::from(seconds));
                Answer::Pending { id, deadline_us: deadline.0 }
            }
            None => self.settled(),
        })
    }

    /// What the plan asks, compiled here: it must come out as it was shown.
    pub(super) fn judged(&self, plan: &Plan) -> Result<Wanted, Refusal> {
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

/// That the time to confirm is one.
pub(super) fn check_time(confirm_seconds: Option<u32>) -> Result<(), Refusal> {
    if confirm_seconds.is_none_or(|seconds| CONFIRM_SECONDS.contains(&seconds)) {
        return Ok(());
    }
    let (least, most) = (*CONFIRM_SECONDS.start(), *CONFIRM_SECONDS.end());
    Err(Refusal::new(Fact::BadTime { least, most }, Hint::PlanAgain))
}

/// That nobody of these is locked out, unless it is said why.
pub(super) fn guard(
    wanted: &Wanted,
    operators: impl IntoIterator<Item = Operator>,
    override_guard: Option<&str>,
) -> Result<(), Refusal> {
    if override_guard.is_some() {
        return Ok(());
    }
    match operators.into_iter().find_map(|operator| wanted.locks_out(operator)) {
        None => Ok(()),
        Some(finding) => {
            let said = |lang: Lang| finding.fact.text(lang);
            let fact = Fact::LocksOut { said_en: said(Lang::En), said_ko: said(Lang::Ko) };
            Err(Refusal::new(fact, Hint::OverrideGuard))
        }
    }
}
