//! What all alerts remember, and what an evaluation changes: who fires, who ends, who is told of it.
//!
//! - One episode for each stretch of firing of an alert; an alert is one severity of one objective.
//! - What does not page waits while a page of the same SLO fires: it fires beside it and is told once the
//!   page has ended, if it still fires then.
//! - An episode that nobody acknowledged is told again after [`REMIND_PAGE_EVERY`] or [`REMIND_EVERY`].
//! - An objective that was measured before and is not now fires [`UNMEASURED`]: after Pyrra's wait where
//!   counting stopped, its window is empty or a firing alert is frozen; at once where nothing came for as
//!   long as its annotation `nines.dev/expectTraffic` says. It pages where a page already fires.
//! - Those whom the page of a story told are not told of the SLOs that it is of while it fires; their alerts wait behind
//!   it as tickets wait behind pages.
//! - Who silenced an alert elsewhere is not told of it: see [`super::telling`].
//! - That an alert wakes somebody from now on is told to all who know that it fires; who may not hear it yet hears it
//!   when nothing keeps it from them any more.
//! - Who was told that an episode fires is told that it ended, whatever the definitions say by then.

use super::episode::{AlertKey, EpisodeId};
use super::policy::AlertWhen;
use super::reading::{AlertReading, Outcome};
use super::rule::{AlertRule, PAGE, Tell, UNMEASURED, tells_of, unmeasured_after};
use super::state::{AlertState, Change, Figures, FreezeReason, Level, Transition};
use super::telling::{Silenceable, Telling};
use crate::fraction::Fraction;
use crate::model::{Definitions, Slo};
use crate::status::Status;
use nines_base::{DurationUs, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Counting this far behind the clock says nothing of now.
pub const STALE_AFTER: DurationUs = DurationUs::from_secs(60);

/// A page that nobody acknowledges is told again: half a shift later it may meet somebody else.
pub const REMIND_PAGE_EVERY: DurationUs = DurationUs::from_secs(4 * 3600);

/// What can wait until morning is told again each morning.
pub const REMIND_EVERY: DurationUs = DurationUs::from_secs(24 * 3600);

/// The memory of all alerts. Those that are inactive and known have none.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct AlertBook {
    states: BTreeMap<AlertKey, Remembered>,
}

/// An alert with what it was last called.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Remembered {
    /// Its state.
    pub state: AlertState,
    /// `NAME` or `NAME/OBJECTIVE`.
    pub name: String,
    /// The SLO's service.
    pub service: String,
}

impl AlertBook {
    /// The book after a transition.
    pub fn apply(&mut self, transition: &Transition) {
        let alert = self.states.entry(transition.key.clone()).or_default();
        alert.state.apply(transition);
        (alert.name, alert.service) = (transition.name.clone(), transition.service.clone());
        if alert.state.is_blank() {
            self.states.remove(&transition.key);
        }
    }

    /// Every alert that remembers something, by key.
    pub fn alerts(&self) -> impl Iterator<Item = (&AlertKey, &Remembered)> {
        self.states.iter()
    }

    /// How far an alert is.
    pub fn level(&self, key: &AlertKey) -> Level {
        self.states.get(key).map_or(Level::Inactive, |alert| alert.state.level)
    }

    /// What an alert remembers, if anything.
    pub fn state(&self, key: &AlertKey) -> Option<&AlertState> {
        self.states.get(key).map(|alert| &alert.state)
    }

    /// Puts what alerts remember into a status.
    pub fn recall(&self, status: &mut Status) {
        let (slo, objective) = (&status.slo, &status.objective);
        for reading in &mut status.alerts {
            let severity = reading.severity.clone();
            reading.level = Some(self.level(&AlertKey { slo: slo.clone(), objective: objective.clone(), severity }));
        }
    }

    /// What an acknowledgement of a firing episode changes; `None` where no such episode fires.
    pub fn acknowledge(&self, id: EpisodeId, by: &str, at: Timestamp) -> Option<Transition> {
        let (key, alert) =
            self.states.iter().find(|(_, alert)| alert.state.episode.as_ref().is_some_and(|of| of.id == id))?;
        let told = alert.state.episode.iter().flat_map(|episode| episode.told.iter().cloned());
        let change = Change::Acknowledged { by: by.to_owned() };
        Some(Transition { tells: told.collect(), ..about(key, alert, change, at) })
    }

    /// What changes at an evaluation.
    pub fn plan(&self, look: &Look<'_>) -> Vec<Transition> {
        let mut plan = Plan { book: self, look, seen: BTreeSet::new(), transitions: Vec::new() };
        let joined = look.definitions.stories.iter().filter_map(|story| Some((story, story.together.as_ref()?)));
        let mut parents = Vec::new();
        for ((story, slo), status) in joined.zip(look.stories) {
            let heard = plan.look_at(slo, std::slice::from_ref(status), &BTreeSet::new());
            parents.push((story, heard));
        }
        let mut rest = look.statuses;
        for slo in &look.definitions.slos {
            let (of_slo, others) = rest.split_at(slo.objectives.len().min(rest.len()));
            let of_parents = parents.iter().filter(|(story, _)| story.slos.contains(&slo.name));
            let heard = of_parents.flat_map(|(_, heard)| heard.iter().cloned()).collect();
            plan.look_at(slo, of_slo, &heard);
            rest = others;
        }
        plan.remove_the_unseen();
        plan.transitions
    }
}

/// What is looked at, at an instant.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// The definitions in force.
    pub definitions: &'a Definitions,
    /// How every objective stands, in file order.
    pub statuses: &'a [Status],
    /// How every story stands that is joined by trace, in file order; none where stories have no alerts.
    pub stories: &'a [Status],
    /// Who is told beyond what policies say.
    pub telling: Telling<'a>,
    /// The clock, which counting may be behind.
    pub now: Timestamp,
}

/// A transition of an alert that is remembered.
fn about(key: &AlertKey, alert: &Remembered, change: Change, at: Timestamp) -> Transition {
    let episode = alert.state.episode.as_ref();
    Transition {
        key: key.clone(),
        name: alert.name.clone(),
        service: alert.service.clone(),
        at,
        change,
        episode: episode.map(|episode| episode.id),
        started: episode.map(|episode| episode.started),
        is_urgent: episode.is_some_and(|episode| episode.is_urgent),
        tells: Vec::new(),
        figures: episode.and_then(|episode| episode.figures.clone()),
    }
}

/// An evaluation under way.
struct Plan<'a> {
    book: &'a AlertBook,
    look: &'a Look<'a>,
    /// Those looked at that the book remembers.
    seen: BTreeSet<&'a AlertKey>,
    transitions: Vec<Transition>,
}

/// An alert that is being looked at, with what it became.
struct Looked<'a> {
    key: AlertKey,
    alert: Remembered,
    tells: Vec<Tell>,
    status: &'a Status,
    /// What was measured; `None` for [`UNMEASURED`].
    reading: Option<&'a AlertReading>,
    /// Whether it wakes somebody if it fires now.
    is_urgent: bool,
}

impl<'a> Plan<'a> {
    /// Looks at the alerts of an SLO; whoever has heard of what these are a part of is not told of them. Gives whom its own
    /// page has told.
    fn look_at(&mut self, slo: &Slo, statuses: &[Status], heard: &BTreeSet<String>) -> BTreeSet<String> {
        let mut looked = Vec::new();
        for status in statuses {
            let first = looked.len();
            let is_stale = self.look.now - status.at > STALE_AFTER;
            for reading in &status.alerts {
                let outcomes = outcomes(reading, status, is_stale);
                let tells = self.tells_of_severity(slo, &reading.severity);
                looked.push(self.advance(status, Some(reading), tells, &outcomes, reading.severity == PAGE));
            }
            let names_it = status.alerts.iter().any(|reading| reading.severity == UNMEASURED);
            if status.not_evaluated.is_none() && !names_it && !status.is_part {
                let outcomes = unmeasured_outcomes(status, &looked[first..], is_stale);
                let mut tells = self.tells_of(slo);
                // What it is told of is the absence of data.
                tells.iter_mut().for_each(|tell| tell.when.breaching = tell.when.no_data);
                let is_paging = looked[first..].iter().any(Looked::is_paging);
                let mut unmeasured = self.advance(status, None, tells, &outcomes, is_paging);
                self.escalate(&mut unmeasured, is_paging);
                looked.push(unmeasured);
            }
        }
        self.tell(looked, heard)
    }

    /// Whom an alert of an SLO tells.
    fn tells_of_severity(&self, slo: &Slo, severity: &str) -> Vec<Tell> {
        if slo.alert_policies.is_empty() {
            return self.defaults();
        }
        // The window's length changes pairs, not who is told.
        let mut rules = AlertRule::of(slo, DurationUs(0)).into_iter();
        rules.find(|rule| rule.severity == severity).map(|rule| rule.tells).unwrap_or_default()
    }

    fn tells_of(&self, slo: &Slo) -> Vec<Tell> {
        if slo.alert_policies.is_empty() { self.defaults() } else { tells_of(slo) }
    }

    fn defaults(&self) -> Vec<Tell> {
        let tell = |target: &String| Tell { target: target.clone(), when: AlertWhen::ALL };
        self.look.telling.defaults.iter().map(tell).collect()
    }

    /// Brings one alert up to the instant.
    fn advance<'s>(
        &mut self,
        status: &'s Status,
        reading: Option<&'s AlertReading>,
        tells: Vec<Tell>,
        outcomes: &[(DurationUs, Outcome)],
        is_urgent: bool,
    ) -> Looked<'s> {
        let severity = reading.map_or(UNMEASURED, |reading| &reading.severity).to_owned();
        let key = AlertKey { slo: status.slo.clone(), objective: status.objective.clone(), severity };
        let remembered = self.book.states.get_key_value(&key);
        self.seen.extend(remembered.map(|(key, _)| key));
        let mut alert = remembered.map(|(_, alert)| alert.clone()).unwrap_or_default();
        (alert.name, alert.service) = (status.name.clone(), status.service.clone());
        let mut looked = Looked { key, alert, tells, status, reading, is_urgent };
        for change in looked.alert.state.changes(outcomes, status.at) {
            self.change(&mut looked, change);
        }
        looked
    }

    fn escalate(&mut self, unmeasured: &mut Looked<'_>, is_paging: bool) {
        let Some(episode) = &unmeasured.alert.state.episode else { return };
        if is_paging && !episode.is_urgent {
            self.change(unmeasured, Change::Escalated);
        }
    }

    /// Notes a change; who is told comes later.
    fn change(&mut self, looked: &mut Looked<'_>, change: Change) {
        let mut transition = about(&looked.key, &looked.alert, change, looked.status.at);
        match transition.change {
            Change::Fired => {
                transition.episode = Some(EpisodeId::of(&looked.key, looked.status.at));
                transition.started = Some(looked.status.at);
                transition.is_urgent = looked.is_urgent;
                transition.figures = looked.figures();
            }
            Change::Resolved => {
                transition.tells = looked.told_of_the_end();
                transition.figures = looked.figures();
            }
            Change::Escalated => transition.is_urgent = true,
            _ => {}
        }
        looked.alert.state.apply(&transition);
        self.transitions.push(transition);
    }

    /// Decides who of an SLO's firing alerts is told now, but for those who have heard of what it is a part of. Gives whom
    /// a page has told, now or before.
    fn tell(&mut self, looked: Vec<Looked<'_>>, heard: &BTreeSet<String>) -> BTreeSet<String> {
        let is_paging = looked.iter().any(Looked::is_paging);
        let mut hear = BTreeSet::new();
        for alert in looked {
            let Some(episode) = &alert.alert.state.episode else { continue };
            if is_paging && !episode.is_urgent {
                continue;
            }
            let silences = self.look.telling.silences;
            let is_silenced = silences.silence_of(alert.silenceable(), self.look.now).is_some();
            let may_hear = |target: &String| !heard.contains(target) && (!is_silenced || silences.is_kept_by(target));
            let wants = |tell: &&Tell| tell.when.breaching && !episode.told.contains(&tell.target);
            let mut tells: Vec<String> = alert.tells.iter().filter(wants).map(|tell| tell.target.clone()).collect();
            let remind_every = if episode.is_urgent { REMIND_PAGE_EVERY } else { REMIND_EVERY };
            let is_due = episode.told_at.is_some_and(|told_at| alert.status.at - told_at >= remind_every);
            let now = self.transitions.iter_mut().find(|transition| {
                transition.key == alert.key && matches!(transition.change, Change::Fired | Change::Escalated)
            });
            let is_known = alert.alert.state.frozen.is_none();
            if is_due && is_known && episode.acknowledged.is_none() {
                tells.extend(episode.told.iter().cloned());
            } else {
                // That it wakes somebody now is told to all who know of it, as soon as they may hear.
                tells.extend(episode.unaware.iter().cloned());
            }
            tells.retain(may_hear);
            if alert.is_paging() {
                hear.extend(episode.told.iter().chain(&tells).cloned());
            }
            match now {
                Some(transition) => transition.tells = tells,
                None if tells.is_empty() => {}
                None => {
                    let mut told = about(&alert.key, &alert.alert, Change::Told, alert.status.at);
                    (told.tells, told.figures) = (tells, alert.figures());
                    self.transitions.push(told);
                }
            }
        }
        hear
    }

    /// Ends what the definitions no longer have.
    fn remove_the_unseen(&mut self) {
        for (key, alert) in &self.book.states {
            if !self.seen.contains(key) {
                let told = alert.state.episode.iter().flat_map(|episode| episode.told.iter().cloned());
                let removed = about(key, alert, Change::Removed, self.look.now);
                self.transitions.push(Transition { tells: told.collect(), ..removed });
            }
        }
    }
}

impl Looked<'_> {
    fn silenceable(&self) -> Silenceable<'_> {
        let is_urgent = self.alert.state.episode.as_ref().is_some_and(|episode| episode.is_urgent);
        Silenceable { key: &self.key, service: &self.alert.service, is_measured: self.reading.is_some(), is_urgent }
    }

    /// Whether it is a page that fires. What only wakes somebody beside a page is none: it keeps nobody else waiting.
    fn is_paging(&self) -> bool {
        self.key.severity == PAGE && self.alert.state.episode.is_some()
    }

    /// What was measured over the condition that speaks for it.
    fn figures(&self) -> Option<Figures> {
        let target = self.status.target;
        let leading = self.reading?.leading(target)?;
        Some(Figures {
            long: leading.pair.long,
            short: leading.pair.short,
            threshold: leading.pair.threshold.as_f64(),
            long_burn: leading.long_burn(target).map(Fraction::as_f64),
            short_burn: leading.short_burn(target).map(Fraction::as_f64),
            budget: self.status.budget().map(|budget| budget.as_f64()),
        })
    }

    /// Whoever was told that it fires, unless a policy in force says that they need not hear.
    fn told_of_the_end(&self) -> Vec<String> {
        let is_wanted = |target: &&String| {
            let tell = self.tells.iter().find(|tell| tell.target == **target);
            tell.is_none_or(|tell| tell.when.resolved)
        };
        let told = self.alert.state.episode.iter().flat_map(|episode| episode.told.iter());
        told.filter(is_wanted).cloned().collect()
    }
}

fn outcomes(reading: &AlertReading, status: &Status, is_stale: bool) -> Vec<(DurationUs, Outcome)> {
    let outcome = |condition: &super::reading::ConditionReading| match status.first_counted {
        // What was never measured has nothing to be frozen.
        None => Outcome::Ends,
        Some(_) if is_stale => Outcome::Unknown(FreezeReason::Stale),
        Some(_) => condition.outcome(status.target),
    };
    reading.conditions.iter().map(|condition| (condition.alert_after, outcome(condition))).collect()
}

/// Whether an objective that was measured before is not now: by what is seen here, and by its annotation.
fn unmeasured_outcomes(status: &Status, alerts: &[Looked<'_>], is_stale: bool) -> [(DurationUs, Outcome); 2] {
    let length = status.window.or_else(|| status.period.as_ref().map(|period| period.length())).unwrap_or_default();
    let is_frozen = |looked: &Looked<'_>| {
        let state = &looked.alert.state;
        state.level == Level::Firing && state.frozen.is_some()
    };
    // A calendar's period that has just begun is empty without anything being wrong.
    let is_empty = status.period.is_none() && status.measure.events.valid() == 0;
    let is_blind = is_stale || is_empty || status.is_unanswered || alerts.iter().any(is_frozen);
    let holds = |is_so: bool| if is_so { Outcome::Holds } else { Outcome::Ends };
    let was_measured = status.first_counted.is_some();
    [
        (unmeasured_after(status.target, length), holds(was_measured && is_blind)),
        (DurationUs(0), holds(was_measured && status.is_silent)),
    ]
}
