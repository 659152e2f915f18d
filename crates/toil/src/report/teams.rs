//! How teams stand against the cap.

use super::ask::Ask;
use super::slices::{YEAR_US, hours_by_step, traffic_growth};
use super::{Counted, hours};
use crate::book::{Book, Pages};
use crate::entry::{Class, Evidence};
use crate::interrupts::{SWITCH_COST, n_sessions};
use crate::judge::cap::{self, Standing};
use crate::judge::elasticity::{elasticity, months_to_cap};
use crate::judge::trend::{Way, trend};
use crate::ledger::ByEvidence;
use nines_base::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// From how many persons on what is said of their spread says nothing of one of them.
pub const PERSONS_MIN: usize = 3;

/// Hours by class of evidence.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Hours {
    sums: ByEvidence,
}

impl Hours {
    /// Of one class of evidence.
    #[must_use]
    pub fn of(&self, evidence: Evidence) -> f64 {
        hours(self.sums.of(evidence))
    }

    /// Timed and derived.
    #[must_use]
    pub fn hard(&self) -> f64 {
        hours(self.sums.hard())
    }

    /// All.
    #[must_use]
    pub fn all(&self) -> f64 {
        hours(self.sums.all())
    }

    pub(super) fn add(&mut self, counted: &Counted) {
        self.sums.add(counted.entry.evidence, counted.time);
    }
}

/// A team.
#[derive(Clone, PartialEq, Debug)]
pub struct Team {
    /// Its name; empty for those who say none.
    pub team: String,
    /// Hours that its persons have.
    pub capacity_hours: f64,
    /// Operational work: toil, and what needed judgement or was new.
    pub counted: Hours,
    /// What of it is no toil.
    pub ops_hours: f64,
    /// What switching cost beside it.
    pub switch_hours: f64,
    /// Toil and switches of the capacity.
    pub share: f64,
    /// All operational work and switches of the capacity.
    pub ops_share: f64,
    /// How it stands.
    pub standing: Standing,
    /// What being on call takes by itself.
    pub floor: Option<f64>,
    /// Persons it is of.
    pub n_persons: usize,
    /// How unevenly toil is spread, where that says nothing of one person.
    pub gini: Option<f64>,
    /// Whether somebody is over the cap; who, is nobody's to see.
    pub is_someone_over: bool,
    /// Months until the cap at the growth of traffic, where toil is known to grow with it.
    pub months_to_cap: Option<f64>,
    /// Hours by step.
    pub series: Vec<f64>,
    /// Which way they go.
    pub way: Option<Way>,
}

/// What is gathered of one person of a team.
#[derive(Default)]
pub(super) struct Sums {
    counted: Hours,
    ops: f64,
    interrupts: Vec<(Timestamp, Timestamp)>,
}

impl Sums {
    pub(super) fn of<'a>(counted: impl Iterator<Item = &'a Counted>) -> Sums {
        let mut sums = Sums::default();
        for one in counted {
            sums.counted.add(one);
            if one.entry.class == Class::OpsNovel {
                sums.ops += hours(one.time);
            }
            if one.entry.interrupt {
                sums.interrupts.push((one.entry.start, one.entry.start + one.entry.hands_on()));
            }
        }
        sums
    }

    pub(super) fn hours(&self) -> Hours {
        self.counted
    }

    pub(super) fn switches(&mut self) -> f64 {
        n_sessions(&mut self.interrupts) as f64 * hours(SWITCH_COST)
    }

    /// Toil without switches.
    pub(super) fn toil(&self) -> f64 {
        self.counted.all() - self.ops
    }
}

/// What is known of one team.
#[derive(Default)]
struct Known<'a> {
    counted: Vec<&'a Counted>,
    persons: BTreeSet<&'a str>,
}

pub(super) fn teams(book: &Book, ask: &Ask<'_>, counted: &[Counted], seen: &BTreeSet<(u32, u32)>) -> Vec<Team> {
    let mut of_teams: BTreeMap<&str, Known<'_>> = BTreeMap::new();
    for (team, person) in seen {
        of_teams.entry(book.teams.name(*team)).or_default().persons.insert(book.persons.name(*person));
    }
    for (team, person) in book.said().persons().filter(|(team, _)| ask.team.is_none_or(|asked| asked == *team)) {
        of_teams.entry(team).or_default().persons.insert(person);
    }
    // By number first: a name is compared once for a team, and not for each entry.
    let mut of_numbers: BTreeMap<u32, Vec<&Counted>> = BTreeMap::new();
    counted.iter().for_each(|one| of_numbers.entry(one.entry.team).or_default().push(one));
    for (number, of_team) in of_numbers {
        of_teams.entry(book.teams.name(number)).or_default().counted = of_team;
    }
    of_teams.into_iter().map(|(name, known)| team(book, ask, name, known)).collect()
}

fn team(book: &Book, ask: &Ask<'_>, name: &str, known: Known<'_>) -> Team {
    let Known { counted: of_team, persons } = known;
    let mut of_numbers: BTreeMap<u32, Vec<&Counted>> = BTreeMap::new();
    for one in &of_team {
        of_numbers.entry(one.entry.person).or_default().push(one);
    }
    let named = |(number, of_person)| (book.persons.name(number), of_person);
    let of_persons: BTreeMap<&str, Vec<&Counted>> = of_numbers.into_iter().map(named).collect();
    let persons = without_nobody(persons);
    let capacity = |person: &str| book.said().hours(name, person, ask.window.from, ask.window.to);
    let capacity_hours: f64 = persons.iter().map(|person| capacity(person)).sum();
    let (mut all, mut ops_hours, mut switch_hours, mut toil_of, mut is_someone_over) =
        (Hours::default(), 0.0, 0.0, Vec::new(), false);
    of_team.iter().for_each(|one| all.add(one));
    for (person, of_person) in &of_persons {
        let mut sums = Sums::of(of_person.iter().copied());
        let switches = sums.switches();
        let toil = sums.toil() + switches;
        (ops_hours, switch_hours) = (ops_hours + sums.ops, switch_hours + switches);
        if persons.contains(person) {
            is_someone_over |= toil > 0.0 && toil >= cap::CAP * capacity(person);
            toil_of.push(toil);
        }
    }
    toil_of.resize(persons.len(), 0.0);
    let share_of = |hours: f64| if capacity_hours > 0.0 { hours / capacity_hours } else { 0.0 };
    let share = share_of(all.all() - ops_hours + switch_hours);
    let series = hours_by_step(ask, of_team.iter().copied().filter(|one| one.entry.class == Class::Toil));
    let is_private = persons.len() < PERSONS_MIN;
    Team {
        team: name.to_owned(),
        capacity_hours,
        counted: all,
        ops_hours,
        switch_hours,
        share,
        ops_share: share_of(all.all() + switch_hours),
        standing: Standing::of(share),
        floor: u32::try_from(persons.len()).ok().and_then(cap::floor).map(|floor| floor.min(1.0)),
        n_persons: persons.len(),
        gini: cap::gini(&toil_of).filter(|_| !is_private),
        is_someone_over: is_someone_over && !is_private,
        months_to_cap: months(ask, share, &series),
        way: trend(&series).map(|trend| trend.way()),
        series,
    }
}

/// Persons of a team: who has entries, and who is said to have time. Whoever was paged and took nothing is one of them, unless
/// nobody else is known.
fn without_nobody(mut persons: BTreeSet<&str>) -> BTreeSet<&str> {
    if persons.len() > 1 {
        persons.remove(Pages::ON_CALL);
    }
    persons
}

/// Months until the cap: how toil grows with requests, and requests with time.
fn months(ask: &Ask<'_>, share: f64, series: &[f64]) -> Option<f64> {
    let requests = ask.requests.by_step(None, ask.window, ask.step);
    let weeks: Vec<(f64, f64)> = requests
        .iter()
        .zip(series)
        .filter_map(|(requests, hours)| requests.map(|requests| (requests, *hours)))
        .collect();
    let beta = elasticity(&weeks).ok()?.beta;
    months_to_cap(share, cap::CAP, beta, traffic_growth(ask, &requests, YEAR_US / 12.0)?).filter(|_| beta > 0.0)
}
