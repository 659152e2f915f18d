//! `nines traffic simulate RULES PACKETS`: what becomes of packets, one line of JSON each in, one each out.

use super::rules::{load, read_input};
use super::{refused, tell};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome, Trouble};
use crate::cli::output::print;
use nines_base::lang::Message;
use nines_traffic::simulate::{Packet, PacketFault, Verdict, answer_line, read_packets};
use std::path::Path;

pub(super) fn run(context: &Context, rules: &Path, packets: &Path) -> Outcome {
    let loaded = load(context, rules)?;
    tell(context, &loaded.findings);
    if !loaded.is_usable() {
        return refused();
    }
    let read = read_packets(&read_input(context, packets)?);
    let faults: Vec<&PacketFault> = read.iter().filter_map(|(_, packet)| packet.as_ref().err()).collect();
    faults.iter().for_each(|fault| trouble(context, packets, fault).print());
    if !faults.is_empty() {
        return refused();
    }
    let packets: Vec<Packet> = read.into_iter().filter_map(|(_, packet)| packet.ok()).collect();
    let answers = loaded.rules.answers(packets.iter());
    print(&answers.iter().map(|answer| answer_line(answer) + "\n").collect::<String>());
    let is_known = answers.iter().all(|answer| answer.verdict != Verdict::Unknown);
    Ok(if is_known { Exit::Yes } else { Exit::No })
}

/// A fault of a line, as trouble of a command.
pub(super) fn trouble(context: &Context, file: &Path, fault: &PacketFault) -> Trouble {
    Trouble {
        exit: Exit::Trouble,
        place: Some(format!("{}:{}:{}", file.display(), fault.at.line, fault.at.column)),
        fact: fault.fact.text(context.lang),
        hint: Some(fault.hint.text(context.lang)),
    }
}
