//! What becomes of real packets, as the kernel takes them. One trace at a time; the loop goes on meanwhile, and gives the
//! answer when its time is over or enough was seen.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use nines_nft::{Step, Trace};
use nines_traffic::nft::{Handle, Name, Snapshot, TableId, Verdict};
use nines_traffic::simulate::rule_name;
use serde_json::{Value, json};

use super::Keeper;
use crate::host::host_facts;
use crate::journal::Entry;
use crate::kernel::is_of_trace;
use crate::messages::{Fact, Hint, Refusal, chain};
use crate::protocol::{self, Answer, TRACE_SECONDS};
use crate::who::Who;

/// Packets after which a trace ends: who wants to know a packet's way has it by then.
const PACKETS_MAX: usize = 64;
/// Steps of a packet that are told: rules that matched, and the ends of chains.
const STEPS_MAX: usize = 512;

/// A trace under way.
#[derive(Debug)]
pub(super) struct Tracing {
    until: Instant,
    packets: Vec<Packet>,
}

/// A packet that was marked, and what the kernel told of it since.
#[derive(Debug)]
struct Packet {
    id: u32,
    iif: Option<u32>,
    steps: Vec<Trace>,
}

impl Keeper {
    /// Begins a trace; its answer comes with [`Keeper::traced`].
    pub(super) fn begin_trace(&mut self, trace: protocol::Trace, who: Who) -> Result<(), Refusal> {
        if self.tracing.is_some() {
            return Err(Refusal::new(Fact::TracedAlready, Hint::TraceLater));
        }
        if !TRACE_SECONDS.contains(&trace.seconds) {
            let (least, most) = (*TRACE_SECONDS.start(), *TRACE_SECONDS.end());
            return Err(Refusal::new(Fact::BadTraceTime { least, most }, Hint::TraceShorter));
        }
        let is_one_family = trace.source.is_ipv4() == trace.destination.is_ipv4();
        if !is_one_family || trace.port.is_some() && !trace.protocol.has_ports() {
            return Err(Refusal::new(Fact::NoSuchPackets, Hint::CorrectPacket));
        }
        self.kernel.begin_trace(&trace).map_err(|error| {
            let _ = self.kernel.end_trace();
            Refusal::kernel(&error)
        })?;
        let until = Instant::now() + Duration::from_secs(trace.seconds.into());
        self.tracing = Some(Tracing { until, packets: Vec::new() });
        let port = trace.port.map(|port| format!(" port {port}")).unwrap_or_default();
        let why = format!("{} {} -> {}{port}, {} s", trace.protocol, trace.source, trace.destination, trace.seconds);
        self.note(Entry { what: "traced", who: Some(who), why, ..Entry::default() });
        Ok(())
    }

    /// The answer of a trace, once it is over.
    pub fn traced(&mut self) -> Option<Answer> {
        let steps = self.tracing.is_some().then(|| self.kernel.steps_traced())?;
        let tracing = self.tracing.as_mut()?;
        let failed = match steps {
            Ok(steps) => {
                steps.into_iter().for_each(|step| tracing.take(step));
                None
            }
            Err(error) => Some(error),
        };
        if failed.is_none() && Instant::now() < tracing.until && tracing.packets.len() < PACKETS_MAX {
            return None;
        }
        let packets = std::mem::take(&mut tracing.packets);
        self.end_trace();
        let told = match failed {
            Some(error) => Err(error),
            None => self.kernel.outline().map(|snapshot| told(&packets, &snapshot)),
        };
        Some(
            told.map_or_else(|error| Answer::Refused(Refusal::kernel(&error)), |told| Answer::Traced(told.to_string())),
        )
    }

    /// Ends a trace, whoever waits for it or not.
    pub fn end_trace(&mut self) {
        if self.tracing.take().is_none() {
            return;
        }
        if let Err(error) = self.kernel.end_trace() {
            self.note(Entry { what: "trouble", why: chain(&error), ..Entry::default() });
        }
    }
}

impl Tracing {
    /// Takes a step: that it was marked begins a packet, whose number another may have had before.
    fn take(&mut self, step: Trace) {
        if is_of_trace(&step.table, &step.chain) {
            let is_marked = matches!(step.step, Step::Rule { .. });
            if is_marked && self.packets.len() < PACKETS_MAX {
                self.packets.push(Packet { id: step.packet, iif: step.iif, steps: Vec::new() });
            }
            return;
        }
        let packet = self.packets.iter_mut().rev().find(|packet| packet.id == step.packet);
        if let Some(packet) = packet.filter(|packet| packet.steps.len() < STEPS_MAX) {
            packet.steps.push(step);
        }
    }
}

/// Names of rules by what the kernel calls them.
type Names = BTreeMap<(TableId, Handle), String>;

fn told(packets: &[Packet], snapshot: &Snapshot) -> Value {
    let mut names = Names::new();
    for table in &snapshot.tables {
        for chain in &table.chains {
            for (at, live) in chain.rules.iter().enumerate() {
                names.insert((table.id.clone(), live.handle), rule_name(table, chain, at, &live.rule));
            }
        }
    }
    let interfaces = host_facts().interfaces;
    let interface = |number: Option<u32>| {
        interfaces.iter().find(|(_, known)| Some(*known) == number).map(|(name, _)| name.as_str())
    };
    let packet = |packet: &Packet| {
        let steps: Vec<(Option<String>, Value)> = packet.steps.iter().map(|step| step_told(step, &names)).collect();
        let is_dropped = packet.steps.iter().any(|step| *verdict_of(&step.step) == Verdict::Drop);
        let mut path: Vec<&String> = steps.iter().filter_map(|(rule, _)| rule.as_ref()).collect();
        // A rule of several parts is one to whoever reads the path.
        path.dedup();
        let rule = is_dropped.then(|| steps.last().and_then(|(_, step)| step.get("rule").cloned())).flatten();
        json!({
            "in": interface(packet.iif),
            "verdict": if is_dropped { "drop" } else { "accept" },
            "rule": rule,
            "path": path,
            "steps": steps.iter().map(|(_, step)| step).collect::<Vec<_>>(),
        })
    };
    json!({ "packets": packets.iter().map(packet).collect::<Vec<_>>() })
}

/// The rule that matched, where it is one, and all that is told of the step.
fn step_told(step: &Trace, names: &Names) -> (Option<String>, Value) {
    let (rule, handle) = match &step.step {
        Step::Rule { handle, .. } => (names.get(&(step.table.clone(), *handle)).cloned(), Some(*handle)),
        Step::Policy { .. } | Step::Return { .. } => (None, None),
    };
    let by_policy = matches!(step.step, Step::Policy { .. }).then(|| "policy".to_owned());
    let told = json!({
        "table": format!("{} {}", step.table.family.word(), step.table.name),
        "chain": step.chain.as_str(),
        "rule": rule.clone().or(by_policy),
        "handle": handle,
        "verdict": verdict_told(verdict_of(&step.step)),
    });
    (rule, told)
}

fn verdict_of(step: &Step) -> &Verdict {
    match step {
        Step::Rule { verdict, .. } | Step::Return { verdict } | Step::Policy { verdict } => verdict,
    }
}

fn verdict_told(verdict: &Verdict) -> String {
    let to = |word: &str, chain: &Name| format!("{word} {chain}");
    match verdict {
        Verdict::Accept => "accept".to_owned(),
        Verdict::Drop => "drop".to_owned(),
        Verdict::Continue => "continue".to_owned(),
        Verdict::Return => "return".to_owned(),
        Verdict::Jump(chain) => to("jump", chain),
        Verdict::Goto(chain) => to("goto", chain),
    }
}
