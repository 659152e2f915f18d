//! An import held against the kernel before it is offered.

use super::Proof;
use super::words::Tell;
use crate::cli::context::Context;
use nines_base::lang::Message;
use nines_replay::{Differing, prove};
use nines_traffic::Services;
use nines_traffic::compile::compile;
use nines_traffic::import::{Imported, without_limits};
use nines_traffic::intent::{Intents, Walker, effective, read};
use nines_traffic::simulate::packet_line;

/// Each family's rules against the intent file, and against the table that it becomes, where it becomes one.
pub(super) fn of(context: &Context, imported: &Imported) -> Proof {
    let loaded = read("traffic.yaml", imported.yaml.as_bytes(), &Services::default());
    if let Some(finding) = loaded.findings.iter().find(|_| !loaded.usable()) {
        return Proof::Impossible { reason: finding.fact.text(context.lang) };
    }
    // Before the first thread: a process has its user namespace for good.
    if let Err(error) = nines_nft::scratch::may_have_namespaces() {
        return Proof::Impossible { reason: error.to_string() };
    }
    // A replay sends more in a second than limits let in.
    let raw = loaded.intents.raw.iter().map(without_limits).collect();
    let intents = Intents { raw, ..loaded.intents };
    let mut rules = effective(&intents, None);
    rules.iter_mut().for_each(|rule| rule.limit = None);
    let walker = Walker::new(&rules, &intents);
    let table = compile(&intents, &rules).ok();
    let (mut n_packets, mut n_unknown) = (0, 0);
    for of_family in imported.rules.iter().filter(|rules| !rules.tables.is_empty()) {
        match prove(of_family, |packet| walker.answer(packet), table.as_ref()) {
            Err(error) => return Proof::Impossible { reason: error.text(context.lang) },
            Ok(proof) => {
                n_packets += proof.n_asked;
                n_unknown += proof.n_unknown;
                if let Some(first) = proof.differing.first() {
                    return Proof::Fails(differs(proof.differing.len(), proof.n_asked, first));
                }
            }
        }
    }
    Proof::Holds { n_packets, n_unknown }
}

fn differs(differing: usize, packets: usize, first: &Differing) -> Tell {
    let place = |to: &Option<String>| to.as_ref().map(|to| format!(" to {to}")).unwrap_or_default();
    let arrived = first.outcome.arrived.map(|arrived| arrived.destination.to_string());
    Tell::Differs {
        differing,
        packets,
        packet: packet_line(&first.packet),
        claimed: format!("{}{}", first.claimed.verdict.name(), place(&first.claimed.to)),
        kernel: format!("{}{}", first.outcome.verdict.name(), place(&arrived)),
    }
}
