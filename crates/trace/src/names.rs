//! Names in lower case: how Zipkin keeps and compares them. Ours are kept as sent.

use std::borrow::Cow;

/// The name in lower case by Unicode's rules.
pub fn lower(name: &str) -> Cow<'_, str> {
    let is_lower = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) }
}

/// Whether the name in lower case is `lower`, which is in lower case.
pub fn lower_is(name: &str, lower: &str) -> bool {
    if name.is_ascii() { name.eq_ignore_ascii_case(lower) } else { name.to_lowercase() == lower }
}
