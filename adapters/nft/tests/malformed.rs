//! Bytes that claim to be netlink: read to a value or to an error, whatever they are. Needs no kernel.

#[path = "kernel/rules.rs"]
mod rules;

use nines_nft::codec::{self, Elements, family_of, kind, nftables_kind};
use nines_nft::wire::{Malformed, Message, messages};
use nines_traffic::nft::{Batch, Rule};
use proptest::prelude::*;

/// Reads a message by its type, as dumps and notifications are read.
fn read(message: &Message<'_>) -> Result<Option<Rule>, Malformed> {
    let Some(kind) = nftables_kind(message.kind) else { return Ok(None) };
    let (family, attributes) = message.family_and_attributes()?;
    let Some(family) = family_of(family) else { return Ok(None) };
    match kind {
        kind::NEW_TABLE => codec::read_table(family, &attributes).map(|_| None),
        kind::NEW_CHAIN => codec::read_chain(family, &attributes).map(|_| None),
        kind::NEW_OBJECT => codec::read_object(family, &attributes).map(|_| None),
        kind::NEW_GENERATION => codec::read_generation(&attributes).map(|_| None),
        kind::TRACE => codec::read_trace(family, &attributes).map(|_| None),
        kind::NEW_RULE => codec::read_rule(family, &attributes).map(|(_, _, live)| Some(live.rule)),
        kind::NEW_SET => {
            let (_, head) = codec::read_set(family, &attributes)?;
            let mut elements = Elements::default();
            codec::read_elements(&attributes, &mut elements)?;
            let _ = elements.finish(&head);
            Ok(None)
        }
        kind::NEW_ELEMENTS => codec::read_elements(&attributes, &mut Elements::default()).map(|()| None),
        _ => Ok(None),
    }
}

fn read_all(bytes: &[u8]) -> Vec<Result<Option<Rule>, Malformed>> {
    messages(bytes).map(|message| message.and_then(|message| read(&message))).collect()
}

fn everything() -> Vec<u8> {
    codec::encode(&Batch::create(&rules::table_of_everything()), Some(7), 1).unwrap().bytes
}

#[test]
fn what_is_written_reads_back_without_a_kernel() {
    let table = rules::table_of_everything();
    let read: Vec<Rule> = rules_with_handles(&everything()).into_iter().filter_map(|read| read.unwrap()).collect();
    let written: Vec<Rule> = table.chains.into_iter().flat_map(|chain| chain.rules).collect();
    assert_eq!(read, written);
}

/// Reads the rules among requests as if the kernel had given them their handles, which only it can say.
fn rules_with_handles(bytes: &[u8]) -> Vec<Result<Option<Rule>, Malformed>> {
    const HANDLE: [u8; 12] = [12, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    let read_one = |message: Message<'_>| {
        let body = [message.body, &HANDLE].concat();
        read(&Message { body: &body, ..message })
    };
    let of_rule = |message: &Result<Message<'_>, _>| {
        message.is_ok_and(|message| nftables_kind(message.kind) == Some(kind::NEW_RULE))
    };
    messages(bytes).filter(of_rule).map(|message| message.and_then(read_one)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_end_in_a_value_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn any_body_of_any_type_ends_in_a_value_or_an_error(
        kind in 0_u8..21, body in proptest::collection::vec(0_u8..20, 0..200)
    ) {
        let kind = codec::of_nftables(kind);
        let _ = read(&Message { kind, flags: 0, seq: 0, port: 0, body: &[&[1, 0, 0, 0], body.as_slice()].concat() });
    }

    #[test]
    fn a_real_batch_with_bytes_changed_ends_in_values_and_errors(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40)
    ) {
        let mut bytes = everything();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        read_all(&bytes);
        rules_with_handles(&bytes);
    }
}
