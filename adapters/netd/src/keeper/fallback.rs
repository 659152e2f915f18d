//! What stands in where rules were confirmed and none of them can be read: who manages the host gets in, and nobody else. Better
//! too little is open for a while than everything.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::io;

use nines_base::lang::{Lang, Message};
use nines_traffic::Services;
use nines_traffic::intent;
use nines_traffic::plan::{Asked, Plan, PlanId, Seen};

use super::Keeper;
use super::start::told;
use crate::journal::Entry;
use crate::messages::Refusal;

/// The name of the file that nobody wrote.
const FILE: &str = "netd's fallback";
/// Where a host is managed by, where nothing that can be read says otherwise.
const SSH: &str = "22";

impl Keeper {
    /// Puts it, as a plan of its own that is in force from then on.
    pub(super) fn fall_back(&mut self, why: &str) -> Result<(), io::Error> {
        let asked = fallback(&ports(self.store.plans()));
        let unusable = |error: nines_traffic::plan::Unusable| io::Error::other(error.text(Lang::En));
        let wanted = asked.wanted().map_err(unusable)?;
        let before = self.kernel.snapshot().map_err(|error| told(Refusal::kernel(&error)))?;
        // The host is closed first, whatever the disk says afterwards.
        let generation = self.kernel.put(Some(&wanted.table)).map_err(|error| told(Refusal::kernel(&error)))?;
        let legacy = self.kernel.legacy()?;
        let seen = Seen { boot: &self.boot, snapshot: &before, legacy: &legacy };
        let plan = nines_traffic::plan::plan(asked, seen, None).map_err(unusable)?;
        let id = plan.id();
        self.store.keep(&plan)?;
        self.store.set_aside()?;
        self.settle_on(self.state.with(&id))?;
        self.fallback = Some(id.clone());
        let why = why.to_owned();
        self.note(Entry { what: "fallback", plan: Some(&id), why, generation: Some(generation), who: None });
        Ok(())
    }

    /// The plan that was confirmed last, where it is that of a fallback.
    pub(super) fn fallback_kept(&self) -> Option<PlanId> {
        let id = self.state.confirmed()?;
        self.asked_of(Some(id)).filter(|asked| asked.file == FILE).map(|_| id.clone())
    }
}

/// Established connections, the loopback and what IP cannot do without are built in; management is open to all, since where it
/// came from may be what cannot be read.
fn fallback(ports: &BTreeSet<String>) -> Asked {
    let mut text = String::from("traffic:\n  inbound:\n");
    for port in ports {
        let _ = writeln!(text, "  - allow: {port}");
    }
    text.push_str("  otherwise: deny\n");
    Asked { file: FILE.to_owned(), text, ..Asked::default() }
}

/// Ports by which a host is managed, as the newest plan that can be read and says so has them.
fn ports(plans: impl Iterator<Item = Plan>) -> BTreeSet<String> {
    let of_plan = |plan: Plan| {
        let asked = plan.asked;
        let intents = intent::read(&asked.file, asked.text.as_bytes(), &Services::read(&asked.services)).intents;
        let told = intents.management.iter().map(|guard| guard.ports.text());
        told.chain(asked.operator.map(|operator| operator.port.to_string())).collect::<BTreeSet<String>>()
    };
    plans.map(of_plan).find(|ports| !ports.is_empty()).unwrap_or_else(|| BTreeSet::from([SSH.to_owned()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_opens_management_and_nothing_else() {
        for ports in [vec!["22"], vec!["2222", "60000-61000/udp"]] {
            let asked = fallback(&ports.iter().map(|port| (*port).to_owned()).collect());
            let wanted = asked.wanted().expect("it compiles");
            assert_eq!(wanted.rules.iter().filter(|rule| rule.id.starts_with("inbound/")).count(), ports.len());
        }
        assert_eq!(ports(std::iter::empty()).into_iter().collect::<Vec<_>>(), [SSH]);
    }
}
