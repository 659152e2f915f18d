//! The rules in force on this host.

use super::Saved;
use super::words::Tell;
use crate::cli::context::Context;
use crate::cli::error::Trouble;
use nines_base::lang::Message;
use nines_replay::{Tool, running};
use nines_traffic::net::Family;

/// Reads both families, each from the one iptables that holds rules of it.
pub(super) fn read(context: &Context) -> Result<Vec<Saved>, Trouble> {
    let mut saved = Vec::new();
    for family in [Family::V4, Family::V6] {
        let held = running(family).map_err(|error| {
            let fact = Tell::NotRead { reason: error.text(context.lang) };
            Trouble::new(context.lang, fact, Tell::NotReadHint)
        })?;
        match held.as_slice() {
            [] => {}
            [(tool, text)] => saved.push((tool.saver(family).to_owned(), text.clone(), family)),
            _ => return Err(both(context, family)),
        }
    }
    if saved.is_empty() {
        context.say(&Tell::NoneInForce);
    }
    Ok(saved)
}

fn both(context: &Context, family: Family) -> Trouble {
    let [one, other] = [Tool::Nft, Tool::Legacy].map(|tool| tool.saver(family).to_owned());
    let name = if family == Family::V4 { "IPv4" } else { "IPv6" };
    let hint = Tell::BothHoldHint { one: one.clone() };
    Trouble::new(context.lang, Tell::BothHold { family: name.to_owned(), one, other }, hint)
}
