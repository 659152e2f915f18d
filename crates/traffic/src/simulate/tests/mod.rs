//! Tests of the simulator: hooks and their order, chains, translation, what is not known.

mod cases;
mod packets;
mod unknown;
mod ways;

use super::{Simulator, answer_line, read_packet};
use crate::{Services, iptables};

/// The answer of rules to a packet, as a line.
fn ask(rules: &str, packet: &str) -> String {
    let read = iptables::read("f", rules, &Services::default());
    assert!(read.is_whole(), "{:?}", read.findings);
    let packet = read_packet(1, packet).unwrap();
    answer_line(&Simulator::new(&read.rules).answer(&packet))
}
