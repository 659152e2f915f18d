//! What a block's filters hold: hashes of values under what they are values of.
//!
//! A value stands under its service, so that a search for a common value of a service passes over the groups
//! where others have it. A search without a service asks for the value under each service that has the tag.

use super::value_columns::ValueKey;
use crate::columns::{Tables, ValueType, decode_value};
use crate::hash::{hash_after, hash_bytes};
use nines_span::otlp::resource_attributes;
use std::borrow::Cow;

/// Hashes of keys that a search must not look up in filters: attributes of resources, which are not
/// in them, and tags with values that [`filter_text`] has no text for.
pub fn unfiltered_keys(tables: &Tables, columns: impl Iterator<Item = ValueKey>) -> Vec<u64> {
    let resources = tables.origins.iter().map(|(resource, _)| &tables.parts[*resource as usize]);
    let of_resources = resources.flat_map(|resource| resource_attributes(resource)).map(|(key, _)| hash_of_key(key));
    let without_text = columns.filter(|column| !has_filter_text(column.value_type));
    let of_tags = without_text.filter_map(|column| column.tag()).map(|tag| hash_of_key(tables.names.get(tag)));
    of_resources.chain(of_tags).collect()
}

/// The hash of a key alone.
pub fn hash_of_key(key: &str) -> u64 {
    hash_bytes(key.as_bytes())
}

/// The hash of a service and the key of a tag, for [`hash_under`].
pub fn hash_of_tag(service: &str, key: &str) -> u64 {
    hash_after(hash_bytes(service.as_bytes()), key.as_bytes())
}

/// The hash of a value under a service and key; never 0.
pub fn hash_under(tag_hash: u64, value: &[u8]) -> u64 {
    hash_after(tag_hash, value).max(1)
}

/// The hash of having a tag with this key, under whatever service and with whatever value.
pub fn hash_of_having(key: &str) -> u64 {
    hash_under(hash_of_tag("", "\u{1}"), key.as_bytes())
}

/// The hash of an event's name, whoever has it.
pub fn hash_of_event(name: &[u8]) -> u64 {
    hash_under(hash_of_tag("", "\0"), name)
}

/// Whether values of a type stand in filters. Texts equal a fraction, a list or bytes in ways of their own.
pub fn has_filter_text(value_type: ValueType) -> bool {
    matches!(value_type, ValueType::Str | ValueType::Int | ValueType::Bool)
}

/// The text under which a value stands in filters: its own, a whole number's digits, `true` or `false`.
pub fn filter_text(value_type: ValueType, bytes: &[u8]) -> Cow<'_, [u8]> {
    match value_type {
        ValueType::Int | ValueType::Bool => match decode_value(value_type, bytes) {
            Ok(value) => Cow::Owned(value.text().into_owned().into_bytes()),
            Err(_) => Cow::Borrowed(bytes),
        },
        _ => Cow::Borrowed(bytes),
    }
}
