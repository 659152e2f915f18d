//! Random intent files.

use super::Dice;
use crate::net::Family;
use std::collections::BTreeSet;
use std::fmt::Write;

/// An intent file for the host that [`super::Host`] tells of in tests: networks of the peers `10.50.0.0/16` or
/// `fd00:50::/112`, a server behind it.
#[must_use]
pub fn intents(dice: &mut Dice, family: Family) -> String {
    let (nets, servers): (&[&str], &str) = match family {
        Family::V4 => (&["10.50.0.0/24", "10.50.1.0/24", "10.50.2.0/23", "10.50.0.3", "10.50.0.0/16"], "10.60.1.3"),
        Family::V6 => (
            &["fd00:50::/120", "fd00:50::100/120", "fd00:50::200/119", "fd00:50::3", "fd00:50::/112"],
            "[fd00:60::103]",
        ),
    };
    let mut out = format!(
        "traffic:\n  lists: {{ some: ['{}', '{}'] }}\n",
        nets.first().unwrap_or(&""),
        nets.get(2).unwrap_or(&"")
    );
    let otherwise = dice.one_of(&["deny", "reject", "allow"], "deny");
    let _ = writeln!(out, "  otherwise: {otherwise}\n  inbound:");
    let mut dialled = BTreeSet::new();
    for _ in 0..=dice.below(6) {
        let port = dice.one_of(&["22", "53/udp", "79-81", "80", "443", "1023-1024", "8080", "all"], "80");
        let single = dice.one_of(&["22", "53/udp", "80", "443", "79", "1024/udp"], "80");
        let to = dice.one_of(&["8080", "81", "1023"], "8080");
        let is_new = dialled.insert(single);
        let line = match dice.below(6) {
            0 if is_new => format!("redirect: {single} -> {to}"),
            1 if is_new => format!("forward: {single} -> {servers}{}", if dice.once_in(2) { ":8080" } else { "" }),
            2 | 3 => format!("deny: {port}"),
            _ => format!("allow: {port}"),
        };
        let _ = writeln!(out, "  - {line}");
        match dice.below(4) {
            0 => drop(writeln!(out, "    from: some")),
            1 => drop(writeln!(out, "    from: '{}'", dice.one_of(nets, "10.50.0.3"))),
            2 => drop(writeln!(out, "    from: [some, '{}']", dice.one_of(nets, "10.50.0.3"))),
            _ => {}
        }
    }
    if dice.once_in(3) {
        out.push_str("  services: { shop: { listen: 8081, stable: 8082, canary: 8083 } }\n");
    }
    if dice.once_in(4) {
        let _ = writeln!(out, "  outbound: {{ otherwise: {} }}", dice.one_of(&["deny", "reject"], "deny"));
    }
    out
}
