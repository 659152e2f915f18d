//! Which of the rules become intents: as many as are found to say the same of every packet at every boundary.

use super::beside::Closing;
use super::join::joined;
use super::parts::{Parts, Share, parts};
use super::proof::{Differs, Proof, Unusable};
use super::yaml;
use crate::iptables::Read;
use crate::iptables::matches::TcpFlags;
use crate::iptables::model::Ruleset;
use crate::net::{Family, Protocol};
use crate::services::Services;
use crate::simulate::{Packet, State, Verdict};
use std::collections::BTreeSet;

/// Most times that rules are parted anew because something was left open.
const ROUNDS_MAX: usize = 4;

/// The intent file, and its parts.
pub(super) fn mixed(reads: &[Read], services: &Services) -> (String, Vec<Parts>) {
    let proofs: Vec<Option<Proof>> =
        reads.iter().map(|read| may_be_said(read).then(|| Proof::of(&read.rules)).flatten()).collect();
    let found = reads.iter().zip(&proofs).map(|(read, proof)| match proof {
        Some(proof) => of_family(read, proof, services),
        None => Parts::raw(&read.rules),
    });
    let found: Vec<Parts> = found.collect();
    let yaml = file(&found, reads);
    // Apart both were proven; together they must be.
    let holds = |proof: &Proof| matches!(proof.differing(&yaml, services), Ok(differs) if differs.is_empty());
    let says_anything = found.iter().any(Parts::says_anything);
    if !says_anything
        || proofs.iter().zip(&found).all(|(proof, parts)| !parts.says_anything() || proof.as_ref().is_some_and(holds))
    {
        return (yaml, found);
    }
    all_raw(reads)
}

/// The same with nothing said by intents.
pub(super) fn all_raw(reads: &[Read]) -> (String, Vec<Parts>) {
    let raw: Vec<Parts> = reads.iter().map(|read| Parts::raw(&read.rules)).collect();
    (file(&raw, reads), raw)
}

/// Whether intents could say any of the rules; what cannot be read they cannot.
fn may_be_said(read: &Read) -> bool {
    let says = |share: &Share| parts(&read.rules, *share, &BTreeSet::new()).is_some_and(|parts| parts.says_anything());
    read.is_whole() && Share::ALL.iter().any(says)
}

/// The parts of one family with the largest share that is proven, the other family left as it is.
fn of_family(read: &Read, proof: &Proof, services: &Services) -> Parts {
    let found = Share::ALL.into_iter().find_map(|share| proven(read, share, proof, services));
    found.unwrap_or_else(|| Parts::raw(&read.rules))
}

fn proven(read: &Read, share: Share, proof: &Proof, services: &Services) -> Option<Parts> {
    let mut closings = BTreeSet::new();
    for _ in 0..ROUNDS_MAX {
        let parts = parts(&read.rules, share, &closings).filter(Parts::says_anything)?;
        let yaml = file(std::slice::from_ref(&parts), std::slice::from_ref(read));
        let differs = match proof.differing(&yaml, services) {
            Ok(differs) => differs,
            Err(Unusable) => return None,
        };
        if differs.is_empty() {
            return Some(parts);
        }
        // What is open too much can be closed; what is closed too much cannot be opened, nor closed again.
        let open: BTreeSet<Closing> = differs.iter().map(closing).collect::<Option<_>>()?;
        (!open.is_subset(&closings)).then(|| closings.extend(open))?;
    }
    None
}

/// What would close a packet that the import alone lets in.
fn closing(differs: &Differs) -> Option<Closing> {
    let Packet { protocol, state, flags, destination, .. } = &differs.packet;
    let opens = differs.of_import.verdict == Verdict::Accept && differs.of_rules.verdict != Verdict::Accept;
    let protocol = (*protocol)?;
    let port = destination.and_then(|end| end.port);
    let is_icmp = matches!(protocol, Protocol::ICMP | Protocol::ICMP6);
    opens.then_some(())?;
    if matches!(state, State::Invalid | State::Untracked) {
        Some(Closing::Stateless)
    } else if is_icmp {
        Some(Closing::Icmp)
    } else if protocol == Protocol::UDP && matches!(port, Some(68 | 546)) {
        Some(Closing::Dhcp)
    } else if protocol == Protocol::TCP && flags.is_some_and(|flags| flags & TcpFlags::SYN.mask != TcpFlags::SYN.set) {
        Some(Closing::NoSyn)
    } else {
        None
    }
}

fn file(found: &[Parts], reads: &[Read]) -> String {
    let of = |family: Family| {
        let own = found.iter().find(|parts| parts.raw.family == family).cloned();
        own.unwrap_or_else(|| Parts::raw(&Ruleset { family, tables: Vec::new() }))
    };
    let says_anything = found.iter().any(Parts::says_anything);
    let both = says_anything.then(|| joined(&of(Family::V4), &of(Family::V6)));
    yaml::file(both.as_ref(), found, reads)
}
