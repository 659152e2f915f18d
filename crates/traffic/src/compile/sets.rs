//! Named sets: lists, sources of a rule, and what a limit for each source remembers.

use super::alternatives::Way;
use crate::intent::{From, Intents};
use crate::messages::Fact;
use crate::net::{Family, Net, address_of};
use crate::nft::{Data, Datatype, Element, Field, Match, Name, Set, SetHead};
use core::net::IpAddr;
use std::collections::HashMap;

/// Sources that a limit remembers at most: each takes about 100 bytes of the kernel's memory.
const SOURCES_REMEMBERED_MAX: u32 = 65_535;

/// How long a source is remembered after its last connection: longer than any rate's own time but a day's.
const REMEMBERED_MS: u64 = 3_600_000;

/// So many single addresses of a list stand in a set of their own, which the kernel hashes: to look among a hundred
/// thousand ranges costs a packet a third of its time more, among as many addresses a twentieth.
const HOSTS_APART_MIN: usize = 1024;

/// The sets that rules ask for, made as they do.
pub(super) struct Sets<'i> {
    pub(super) intents: &'i Intents,
    made: Vec<Set>,
    /// Names of the sets that hold what a name and a family stand for.
    held: HashMap<(String, Family), Vec<Name>>,
}

impl<'i> Sets<'i> {
    pub(super) fn of(intents: &'i Intents) -> Sets<'i> {
        Sets { intents, made: Vec::new(), held: HashMap::new() }
    }

    pub(super) fn into_sets(self) -> Vec<Set> {
        self.made
    }

    /// Adds a set; where one of its name is there already, under another name.
    pub(super) fn put(&mut self, mut set: Set) -> Name {
        let is_taken = |name: &Name, made: &[Set]| made.iter().any(|known| known.head.name == *name);
        let base = set.head.name.clone();
        let mut further = (2..).filter_map(|nth: u32| Name::new(format!("{base}_{nth}")).ok());
        while is_taken(&set.head.name, &self.made) {
            let Some(name) = further.next() else { break };
            set.head.name = name;
        }
        let name = set.head.name.clone();
        self.made.push(set);
        name
    }

    /// Ways to come from somewhere: one for each family and each set.
    pub(super) fn sources(&mut self, id: &str, from: &From) -> Result<Vec<Way>, Fact> {
        let mut ways = Vec::new();
        for family in [Family::V4, Family::V6] {
            for list in &from.lists {
                let nets = self.intents.list(list).map(|list| list.nets.as_slice()).unwrap_or_default();
                // A list is a set even while it is empty: it may be filled without touching a rule.
                ways.extend(self.within(&format!("list_{list}"), family, nets)?);
            }
            let nets: Vec<Net> = from.nets.iter().copied().filter(|net| net.family() == family).collect();
            match nets.as_slice() {
                [] => {}
                [net] => {
                    let asked = Match::from_net(net.address(), net.length().unwrap_or(family.bits()));
                    ways.push((Some(family), vec![asked]));
                }
                several => ways.extend(self.within(&format!("from_{}", plain(id)), family, several)?),
            }
        }
        Ok(ways)
    }

    /// Ways to come from networks of a family: one for each set that holds some of them.
    fn within(&mut self, base: &str, family: Family, nets: &[Net]) -> Result<Vec<Way>, Fact> {
        let key = (base.to_owned(), family);
        if !self.held.contains_key(&key) {
            let made = sets_of(base, family, nets)?;
            self.held.insert(key.clone(), made.iter().map(|set| set.head.name.clone()).collect());
            self.made.extend(made);
        }
        let names = self.held.get(&key).into_iter().flatten();
        Ok(names.map(|name| (Some(family), vec![super::source_field(family).in_set(name)])).collect())
    }

    /// What a limit counts by: nothing, or the source of each family in a set of its own.
    pub(super) fn limited(&mut self, id: &str, per_source: bool) -> Result<Vec<Counted>, Fact> {
        if !per_source {
            return Ok(vec![(Vec::new(), None)]);
        }
        let mut ways = Vec::new();
        for (suffix, field, datatype) in
            [("4", Field::IP_SADDR, Datatype::Ipv4), ("6", Field::IP6_SADDR, Datatype::Ipv6)]
        {
            let name = name(format!("limit_{}_{suffix}", plain(id)))?;
            if self.made.iter().all(|set| set.head.name != name) {
                let head = SetHead::of(name.clone(), datatype);
                let head = head.with_timeout_ms(REMEMBERED_MS).filled_by_rules(SOURCES_REMEMBERED_MAX);
                self.made.push(Set { head, elements: Vec::new() });
            }
            ways.push((vec![field], Some(name)));
        }
        Ok(ways)
    }
}

/// The fields that a limit counts by, and the set that remembers them; of a limit for everyone none.
type Counted = (Vec<Field>, Option<Name>);

/// An id as part of a set's name.
pub(super) fn plain(id: &str) -> String {
    id.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect()
}

fn name(text: String) -> Result<Name, Fact> {
    Name::new(text.clone()).map_err(|_| Fact::BadRuleId { id: text })
}

/// The sets that hold networks of a family: ranges, and where there are very many, single addresses apart.
fn sets_of(base: &str, family: Family, nets: &[Net]) -> Result<Vec<Set>, Fact> {
    let (suffix, datatype) = match family {
        Family::V4 => ("4", Datatype::Ipv4),
        Family::V6 => ("6", Datatype::Ipv6),
    };
    let merged = crate::intent::merged(nets.iter().copied().filter(|net| net.family() == family).collect());
    let is_host = |net: &Net| net.length() == Some(family.bits());
    let is_apart = merged.iter().filter(|net| is_host(net)).count() >= HOSTS_APART_MIN;
    let (hosts, ranges): (Vec<Net>, Vec<Net>) = merged.into_iter().partition(|net| is_apart && is_host(net));
    let mut made = Vec::new();
    if is_apart {
        let elements = hosts.iter().map(|net| Element::one(data_of(net.address()))).collect();
        made.push(Set { head: SetHead::of(name(format!("{base}_{suffix}_hosts"))?, datatype), elements });
    }
    if !is_apart || !ranges.is_empty() {
        let elements = ranges.into_iter().filter_map(range).collect();
        made.push(Set { head: SetHead::of(name(format!("{base}_{suffix}"))?, datatype).with_intervals(), elements });
    }
    Ok(made)
}

/// A network as a range of keys.
fn range(net: Net) -> Option<Element> {
    let (first, last) = net.bounds()?;
    let data = |number| data_of(address_of(net.family(), number));
    Some(Element::range(data(first), data(last)))
}

/// An address as the kernel has it.
pub(super) fn data_of(address: IpAddr) -> Data {
    address.into()
}
