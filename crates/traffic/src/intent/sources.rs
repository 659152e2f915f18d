//! Where packets come from, asked of lists that may hold a hundred thousand networks: each is put in order when it is first
//! asked, and halved from then on.

use super::lists::merged;
use super::model::{From, Intents};
use crate::net::{AddressRange, Family, Net, number_of};
use crate::simulate::{Truth, range_in_net};
use std::cell::OnceCell;

/// The lists of intents, made ready for many packets.
#[derive(Debug)]
pub(super) struct Sources<'i> {
    intents: &'i Intents,
    /// For each list its ranges, once it was asked.
    ranges: Vec<OnceCell<Vec<Range>>>,
}

/// A range of addresses: the family, and both ends.
type Range = (Family, u128, u128);

impl<'i> Sources<'i> {
    /// Of these.
    pub fn new(intents: &'i Intents) -> Sources<'i> {
        Sources { intents, ranges: intents.lists.iter().map(|_| OnceCell::new()).collect() }
    }

    /// Whether all of a range come from there, or none.
    pub fn holds(&self, from: &From, range: AddressRange) -> Truth {
        let named = from.nets.iter().fold(Truth::No, |truth, net| truth.or(range_in_net(range, *net, "src")));
        from.lists.iter().fold(named, |truth, list| match truth {
            Truth::Yes => Truth::Yes,
            truth => truth.or(self.list_holds(list, range)),
        })
    }

    fn list_holds(&self, name: &str, range: AddressRange) -> Truth {
        let Some(nth) = self.intents.lists.iter().position(|list| list.name == name) else { return Truth::No };
        let (Some(cell), Some(list)) = (self.ranges.get(nth), self.intents.lists.get(nth)) else { return Truth::No };
        let ranges = cell.get_or_init(|| in_order(&list.nets));
        let asked = (Family::of(range.first), number_of(range.first), number_of(range.last));
        let at = ranges.partition_point(|(family, _, last)| (*family, *last) < (asked.0, asked.1));
        match ranges.get(at) {
            Some((family, first, last)) if *family == asked.0 && *first <= asked.2 => {
                if *first <= asked.1 && asked.2 <= *last { Truth::Yes } else { Truth::lacking("src") }
            }
            _ => Truth::No,
        }
    }
}

/// Disjoint, in order.
fn in_order(nets: &[Net]) -> Vec<Range> {
    let range = |net: Net| net.bounds().map(|(first, last)| (net.family(), first, last));
    merged(nets.to_vec()).into_iter().filter_map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::Dice;
    use crate::net::address_of;

    /// As the networks say one by one.
    #[test]
    fn a_list_in_order_says_what_its_networks_say() {
        let mut dice = Dice::new(7);
        for _ in 0..200 {
            let nets: Vec<Net> = (0..dice.below(9))
                .map(|_| Net::of_length([10, 0, 0, dice.below(256) as u8].into(), 24 + dice.below(9) as u8))
                .chain([Net::of_length("2001:db8::".parse().unwrap(), 64)])
                .collect();
            let mut intents = Intents::default();
            let place = crate::Place { file: "f".to_owned(), line: 1, column: 1 };
            intents.lists.push(super::super::model::List {
                name: "l".to_owned(),
                nets: nets.clone(),
                file: None,
                place,
            });
            let sources = Sources::new(&intents);
            let from = From { lists: vec!["l".to_owned()], nets: Vec::new() };
            for last in 0..=255_u8 {
                let address = address_of(Family::V4, 0x0a00_0000 + u128::from(last));
                let is_in = nets.iter().any(|net| net.contains(address));
                let range = AddressRange { first: address, last: address };
                assert_eq!(sources.holds(&from, range), Truth::of(is_in), "{address} in {nets:?}");
            }
        }
    }
}
