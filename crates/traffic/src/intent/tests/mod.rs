//! Tests of intents: what is read, what is refused, what a packet meets.

mod packets;
mod refused;
mod right;

use super::{Intents, Loaded, Walker, effective, read};
use crate::Services;
use crate::simulate::{answer_line, read_packet};

fn load(text: &str) -> Loaded {
    read("traffic.yaml", text.as_bytes(), &Services::default())
}

fn intents(text: &str) -> Intents {
    let loaded = load(text);
    assert!(loaded.usable(), "{text}\n{:?}", loaded.findings);
    loaded.intents
}

/// The answer of intents to a packet.
fn ask(text: &str, packet: &str) -> String {
    let intents = intents(text);
    let rules = effective(&intents, None);
    answer_line(&Walker::new(&rules, &intents).answer(&read_packet(1, packet).unwrap()))
}
