//! What rules say, and what leads from one table to another.

mod steps;
mod texts;

use super::*;
use crate::nft::table::priority;

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn rule(id: &str) -> Rule {
    Rule::new(RuleId::new(id).unwrap())
}

/// A table of one chain of ours.
fn table(rules: Vec<Rule>, sets: Vec<Set>) -> Table {
    let base = BaseChain {
        kind: ChainKind::Filter,
        hook: Hook::Input,
        priority: priority::FILTER - 5,
        policy: Policy::Accept,
    };
    let chain = Chain { name: name("in"), base: Some(base), rules };
    Table { id: TableId::nines(), flags: TableFlags::default(), objects: Vec::new(), sets, chains: vec![chain] }
}

#[test]
fn names_and_ids_hold_only_what_the_kernel_keeps_and_nft_shows() {
    assert_eq!(Name::new(""), Err(NameError::Empty));
    assert_eq!(Name::new("a\0"), Err(NameError::Character));
    assert_eq!(Name::new("a".repeat(256)), Err(NameError::TooLong(256, 255)));
    assert_eq!(RuleId::new("a\"b"), Err(NameError::Character));
    assert_eq!(RuleId::new("가".repeat(43)), Err(NameError::TooLong(129, 127)));
    assert!(RuleId::new("in/1 허용").is_ok());
}

#[test]
fn masks_and_neighbours_are_of_numbers_in_network_order() {
    assert_eq!(Data::mask(12, 4), Data::new(&[0xff, 0xf0, 0, 0]).unwrap());
    assert_eq!(Data::mask(32, 4), Data::repeated(0xff, 4));
    assert_eq!(Data::port(0x00ff).next(), Some(Data::port(0x0100)));
    assert_eq!(Data::port(0xffff).next(), None);
    assert_eq!(Data::port(0x0100).previous(), Some(Data::port(0x00ff)));
    assert_eq!(Data::port(0).previous(), None);
    assert_eq!(Data::concat(&[Data::byte(1), Data::port(2)]), Data::new(&[1, 0, 0, 0, 0, 2, 0, 0]));
    assert_eq!(Data::concat(&vec![Data::byte(1); 17]), None);
    assert_eq!(Data::interface("a-name-too-long-"), None);
}

#[test]
fn numbers_of_the_kernel_lead_back_to_their_values() {
    for key in keys::MetaKey::ALL {
        assert_eq!(keys::MetaKey::from_number(key.number()), Some(*key));
    }
    assert_eq!(keys::MetaKey::from_number(999), None);
    for datatype in [Datatype::Ipv4, Datatype::InterfaceName, Datatype::Integer(3), Datatype::Other(23, 4)] {
        let n_bytes = u8::try_from(datatype.n_bytes()).unwrap();
        assert_eq!(Datatype::from_number(datatype.number(), n_bytes), datatype);
    }
}
