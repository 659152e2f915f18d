//! What a packet meets: a packet walked through rules, hook by hook in the kernel's order, with the rule that decides.
//!
//! [`Simulator`] answers over a save file's rules; `intent` answers over intents by the same packets and answers. What
//! an answer would need and is not told is named, never guessed: such a rule is walked both ways, and the answer is
//! `unknown` unless both agree.

mod answer;
mod cases;
mod effects;
mod flow;
mod live;
mod matching;
mod packet;
mod truth;
mod walk;
mod ways;
mod wire;

#[cfg(test)]
mod tests;

pub use answer::{Answer, Verdict};
pub use cases::{Case, Cases, Expected, Outcome, compare, read_cases};
pub use flow::{Flow, Spot};
pub(crate) use live::match_of;
pub use live::{HostFacts, Tables, rule_name};
pub use packet::{LINE_BYTES_MAX, Packet, PacketFault, State, read_packet, read_packets};
pub use truth::Truth;
pub(crate) use walk::{Beside, Met, Walk, is_idle};
pub use walk::{ENTERED_MAX, Simulator, Translated};
pub use ways::RUNS_MAX;
pub(crate) use ways::Run;
pub(crate) use wire::quoted;
pub use wire::{answer_line, packet_line};

pub(crate) use matching::{range_in_net, range_within};
