//! Rules and what they were imported to, held against each other by the packets at every boundary of the rules.

use super::boundary::{Way, boundary_packets, is_on_its_way};
use crate::intent::{Intents, Walker, effective, read};
use crate::iptables::matches::{Masked, Match, Owner, OwnerId};
use crate::iptables::model::{Address, Go, Not, Rule, Ruleset};
use crate::iptables::targets::Target;
use crate::services::Services;
use crate::simulate::{Answer, Packet, Simulator, State, Verdict, is_idle};

/// Most matches without a model that an import still sees through: each doubles the ways to be tried.
const UNKNOWN_MAX: usize = 4;

/// Most questions of rules that are asked while an import is tried: some seconds.
const ASKED_MAX: usize = 100_000_000;

/// A packet of whose fate both say something else.
#[derive(Clone, PartialEq, Debug)]
pub struct Differs {
    /// The packet.
    pub packet: Packet,
    /// What the rules say.
    pub of_rules: Answer,
    /// What the import says.
    pub of_import: Answer,
}

/// The rules of a family, ready to be compared.
pub(super) struct Proof {
    rules: Ruleset,
    packets: Vec<Packet>,
    unknown: Vec<Match>,
}

impl Proof {
    /// Of rules that are whole; none where they have too many boundaries, or ask too much that has no model.
    pub(super) fn of(rules: &Ruleset) -> Option<Proof> {
        let unknown = unknown(rules)?;
        let packets = boundary_packets(rules)?;
        let n_rules: usize = rules.tables.iter().flat_map(|table| &table.chains).map(|chain| chain.rules.len()).sum();
        let n_ways = 1usize << unknown.len();
        (packets.len() * n_ways * (n_rules + 20) <= ASKED_MAX).then_some(())?;
        let simulator = Simulator::new(rules);
        let packets: Vec<Packet> = packets.into_iter().filter(|packet| is_on_its_way(packet, &simulator)).collect();
        let packets =
            (0..n_ways as u32).flat_map(|bits| packets.iter().map(move |packet| marked(packet, bits))).collect();
        let mut rules = rules.clone();
        see_through(&mut rules, &unknown);
        Some(Proof { rules, packets, unknown })
    }

    /// Packets of whose fate an intent file says something else than the rules, one at a time.
    pub(super) fn differing(&self, yaml: &str, services: &Services) -> Result<Vec<Differs>, Unusable> {
        let loaded = read("", yaml.as_bytes(), services);
        if !loaded.usable() {
            return Err(Unusable);
        }
        let mut intents: Intents = loaded.intents;
        intents.raw.iter_mut().for_each(|raw| see_through(raw, &self.unknown));
        let rules = effective(&intents, None);
        let (simulator, walker) = (Simulator::new(&self.rules), Walker::new(&rules, &intents));
        let differs = |packet: &Packet| {
            let (of_rules, of_import) = (simulator.answer(packet), walker.answer(packet));
            (!agree(packet, &of_rules, &of_import)).then(|| Differs { packet: packet.clone(), of_rules, of_import })
        };
        Ok(self.packets.iter().filter_map(differs).take(DIFFERENCES_MAX).collect())
    }
}

/// The intent file cannot be read.
pub(super) struct Unusable;

/// Differences that are looked at: one of each kind is enough to close it.
const DIFFERENCES_MAX: usize = 2_000;

/// Whether both say the same of a packet. What nobody can know of a packet that the intents are not asked of, or that is
/// not the first of its connection, stays unknown by the same rules.
fn agree(packet: &Packet, of_rules: &Answer, of_import: &Answer) -> bool {
    if of_rules.verdict == Verdict::Unknown {
        let is_raw = Way::of(packet) != Way::In || packet.state != State::New;
        return is_raw && of_import.verdict == Verdict::Unknown && of_rules.missing == of_import.missing;
    }
    (of_rules.verdict, &of_rules.to, &of_rules.from) == (of_import.verdict, &of_import.to, &of_import.from)
}

fn rules_of(rules: &Ruleset) -> impl Iterator<Item = &Rule> {
    rules.tables.iter().flat_map(|table| &table.chains).flat_map(|chain| &chain.rules)
}

/// Matches that have no model, each once; none where they are too many, or marks, which are to stand for them, are used.
fn unknown(rules: &Ruleset) -> Option<Vec<Match>> {
    let mut found: Vec<Match> = Vec::new();
    let decide = rules_of(rules).filter(|rule| !is_idle(rule));
    for of in decide.flat_map(|rule| &rule.matches).filter(|of| is_unknown(of)) {
        if !found.contains(of) {
            found.push(of.clone());
        }
    }
    let by_name = rules_of(rules).any(|rule| {
        let addresses = [&rule.header.source, &rule.header.destination];
        addresses.into_iter().flatten().any(|not| matches!(not, Not { value: Address::Host(_), .. }))
    });
    let marks = |rule: &Rule| {
        rule.matches.iter().any(|of| matches!(of, Match::Mark(_) | Match::Connmark(_)))
            || matches!(rule.go, Some(Go::Jump(Target::Mark(_) | Target::Connmark(_))))
    };
    let seen_through = found.is_empty() || found.len() <= UNKNOWN_MAX && !rules_of(rules).any(marks);
    (seen_through && !by_name).then_some(found)
}

fn is_unknown(of: &Match) -> bool {
    let is_name = |id: &Option<Not<OwnerId>>| matches!(id, Some(Not { value: OwnerId::Name(_), .. }));
    match of {
        // Of a limit only the kernel knows whether it is reached.
        Match::Opaque(_) | Match::Dscp(_) | Match::Tos(_) | Match::Statistic(_) | Match::Limit(_) => true,
        Match::Owner(Owner { user, group, supplementary, .. }) => *supplementary || is_name(user) || is_name(group),
        _ => false,
    }
}

/// Has a bit of the mark stand for each match without a model: whatever it says, both must come to the same.
fn see_through(rules: &mut Ruleset, unknown: &[Match]) {
    let chains = rules.tables.iter_mut().flat_map(|table| &mut table.chains);
    for of in chains.flat_map(|chain| &mut chain.rules).flat_map(|rule| &mut rule.matches) {
        if let Some(nth) = unknown.iter().position(|known| known == of) {
            let bit = 1 << nth;
            *of = Match::Mark(Not { negated: false, value: Masked { value: bit, mask: bit } });
        }
    }
}

/// The packet with these bits, where bits stand for anything.
fn marked(packet: &Packet, bits: u32) -> Packet {
    Packet { mark: packet.mark.map(|mark| mark | bits), ..packet.clone() }
}
