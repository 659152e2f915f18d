//! What a block's filters hold: hashes of values under what they are values of.
//!
//! A value stands under its service, so that a search for a common value of a service passes over the groups
//! where others have it. A search without a service asks for the value under each service that has the tag.

use crate::hash::{hash_after, hash_bytes};

/// The hash of a service and the key of a tag, for [`hash_under`].
pub fn hash_of_tag(service: &str, key: &str) -> u64 {
    hash_after(hash_bytes(service.as_bytes()), key.as_bytes())
}

/// The hash of a value under a service and key; never 0.
pub fn hash_under(tag_hash: u64, value: &[u8]) -> u64 {
    hash_after(tag_hash, value).max(1)
}

/// The hash of an event's name, whoever has it.
pub fn hash_of_event(name: &[u8]) -> u64 {
    hash_under(hash_of_tag("", "\0"), name)
}
