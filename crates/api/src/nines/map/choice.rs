//! Which part of a map is shown: what a service has to do with, calls that are not too few, and no more services than
//! can be read.

use nines_trace::linker::Link;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Calls of which at least this share failed make both ends worth showing: one in so many.
const FAILING_ONE_IN: u64 = 100;

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Choice {
    /// The service in the middle, in lower case; `None` for everything.
    pub(super) focus: Option<String>,
    /// Calls from it, and to it, that are followed.
    pub(super) hops: u64,
    /// Per cent of the busiest calls below which calls are left out.
    pub(super) least_percent: u64,
    /// Services shown; `None` for all, which are not drawn then.
    pub(super) services_max: Option<usize>,
}

/// What is shown.
pub(super) struct Chosen<'l> {
    pub(super) names: Vec<&'l str>,
    pub(super) links: Vec<&'l Link>,
    /// Services left out because others have more to say, and calls left out because they are few.
    pub(super) n_quiet: usize,
    pub(super) n_weak: usize,
}

impl Choice {
    /// Chooses. `is_alarming` says of whom an alert fires.
    pub(super) fn of<'l>(&self, links: &'l [Link], is_alarming: impl Fn(&str) -> bool) -> Chosen<'l> {
        let near = self.near(links);
        let is_near =
            |link: &&Link| near.as_ref().is_none_or(|near| near.contains(&*link.parent) && near.contains(&*link.child));
        let links: Vec<&Link> = links.iter().filter(is_near).collect();
        let busiest = links.iter().map(|link| link.calls).max().unwrap_or_default();
        let n_links = links.len();
        let is_strong =
            |link: &&Link| u128::from(link.calls) * 100 >= u128::from(busiest) * u128::from(self.least_percent);
        let links: Vec<&Link> = links.into_iter().filter(is_strong).collect();
        let n_weak = n_links - links.len();
        let mut weights = weights(&links, is_alarming);
        if let Some(focus) = near.and_then(|near| near.into_iter().find(|name| Some(*name) == self.focus.as_deref())) {
            weights.insert(focus, Weight { is_first: true, ..Weight::default() });
        }
        let n_services = weights.len();
        let mut ranked: Vec<(&str, Weight)> = weights.into_iter().collect();
        // Twice the traffic goes before; within that the name decides, so that two of like traffic do not take turns.
        ranked.sort_by_key(|(name, weight)| (Reverse((weight.is_first, weight.calls.checked_ilog2())), *name));
        ranked.truncate(self.services_max.unwrap_or(usize::MAX));
        let shown: BTreeSet<&str> = ranked.iter().map(|(name, _)| *name).collect();
        let links =
            links.into_iter().filter(|link| shown.contains(&*link.parent) && shown.contains(&*link.child)).collect();
        Chosen { n_quiet: n_services - shown.len(), names: shown.into_iter().collect(), links, n_weak }
    }

    /// Who is at most so many calls before or behind the focus.
    fn near<'l>(&self, links: &'l [Link]) -> Option<BTreeSet<&'l str>> {
        let focus = self.focus.as_deref()?;
        let names = links.iter().flat_map(|link| [link.parent.as_str(), &link.child]);
        let Some(focus) = names.into_iter().find(|name| *name == focus) else { return Some(BTreeSet::new()) };
        let mut near = BTreeSet::from([focus]);
        for is_ahead in [true, false] {
            let mut reached = BTreeSet::from([focus]);
            for _ in 0..self.hops {
                let ends = links.iter().map(|link| match is_ahead {
                    true => (link.parent.as_str(), link.child.as_str()),
                    false => (link.child.as_str(), link.parent.as_str()),
                });
                let next: Vec<&str> = ends.filter(|(from, _)| reached.contains(from)).map(|(_, to)| to).collect();
                let n_before = reached.len();
                reached.extend(next);
                if reached.len() == n_before {
                    break;
                }
            }
            near.extend(reached);
        }
        Some(near)
    }
}

/// How much a service has to say.
#[derive(Clone, Copy, Default)]
struct Weight {
    is_first: bool,
    calls: u64,
}

fn weights<'l>(links: &[&'l Link], is_alarming: impl Fn(&str) -> bool) -> BTreeMap<&'l str, Weight> {
    let mut weights: BTreeMap<&str, Weight> = BTreeMap::new();
    for link in links {
        for name in [link.parent.as_str(), &link.child] {
            let weight = weights.entry(name).or_default();
            weight.calls = weight.calls.saturating_add(link.calls);
            weight.is_first |= link.errors > 0 && link.errors >= link.calls / FAILING_ONE_IN;
        }
    }
    for (name, weight) in &mut weights {
        weight.is_first |= is_alarming(name);
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(parent: &str, child: &str, calls: u64, errors: u64) -> Link {
        Link { parent: parent.into(), child: child.into(), calls, errors }
    }

    fn chain() -> Vec<Link> {
        vec![link("web", "app", 100, 0), link("app", "db", 90, 0), link("cron", "db", 1, 0), link("db", "disk", 5, 0)]
    }

    #[test]
    fn a_focus_shows_callers_of_callers_and_called_of_called_but_not_its_neighbours_neighbours() {
        let names = |focus: &str, hops| {
            let choice = Choice { focus: Some(focus.into()), hops, ..Choice::default() };
            choice.of(&chain(), |_| false).names.join(" ")
        };
        assert_eq!(names("app", 1), "app db web");
        assert_eq!(names("app", 2), "app db disk web");
        assert_eq!(names("db", 2), "app cron db disk web");
        assert_eq!(names("nobody", 2), "");
    }

    #[test]
    fn calls_that_are_few_against_the_busiest_are_left_out() {
        let links = chain();
        let chosen = Choice { least_percent: 5, ..Choice::default() }.of(&links, |_| false);
        assert_eq!((chosen.n_weak, chosen.names), (1, vec!["app", "db", "disk", "web"]));
        let all = Choice { least_percent: 100, ..Choice::default() }.of(&links, |_| false);
        assert_eq!(all.names, ["app", "web"]);
    }

    #[test]
    fn the_busy_and_the_failing_are_shown_first() {
        let links = [link("a", "b", 1000, 0), link("c", "d", 2, 1), link("e", "f", 3, 0), link("a", "g", 900, 8)];
        let shown = |n, alarming: &str| {
            let choice = Choice { services_max: Some(n), ..Choice::default() };
            let chosen = choice.of(&links, |name| name == alarming);
            (chosen.names.join(" "), chosen.links.len(), chosen.n_quiet)
        };
        assert_eq!(shown(4, ""), ("a b c d".into(), 2, 3));
        assert_eq!(shown(3, "f"), ("c d f".into(), 1, 4));
        assert_eq!(shown(9, ""), ("a b c d e f g".into(), 4, 0));
    }

    #[test]
    fn a_focus_is_shown_however_quiet_it_is() {
        let links = [link("a", "b", 1000, 0), link("b", "z", 1, 0)];
        let choice = Choice { focus: Some("z".into()), hops: 3, services_max: Some(1), ..Choice::default() };
        assert_eq!(choice.of(&links, |_| false).names, ["z"]);
    }
}
