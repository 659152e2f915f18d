//! A story: what happens to a store, step by step, written so that a person can read it and paste it back.
//!
//! Every choice a step makes is in the step, so that a shorter story still means what the long one did.

use crate::chance::Chance;
use crate::universe::{N_SPANS, SpanNo};
use nines_base::vfs::{Fault, Op};
use std::fmt;
use std::str::FromStr;

/// How a store is set up, and what then happens to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Story {
    /// Shards of the store.
    pub n_shards: usize,
    /// Spans of a segment before it is sealed.
    pub segment_spans: usize,
    /// Whether a consumer is registered, for whose release the inbox waits.
    pub consumer: bool,
    /// What happens.
    pub steps: Vec<Step>,
}

/// One thing that happens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// A batch is sent.
    Append(Vec<SpanNo>),
    /// What is queued is committed.
    Commit,
    /// What is queued is committed, and blocks are written.
    Turn,
    /// The open generation is sealed.
    Seal,
    /// Questions are asked and the answers compared with the model's.
    Ask(u8),
    /// The consumer reads up to so many spans.
    Feed(u16),
    /// The consumer commits how far it has come, and releases it.
    Save,
    /// Retention: age in seconds, and bytes.
    Retain(i64, Option<u64>),
    /// The server's clock moves by seconds.
    Clock(i64),
    /// The directory is checked as it is.
    Check,
    /// A clean end.
    Close,
    /// The process dies.
    Kill,
    /// The power goes; the number decides what of the unsynced survives.
    Power(u64),
    /// The power will go after so many more operations of the disk; the number decides likewise.
    Fuse(u64, u64),
    /// The process will die after so many more operations of the disk.
    Doom(u64),
    /// The nth operation of a kind from now on will fail.
    Fail(Op, u64, Fault),
    /// The disk has room for so many more bytes.
    Fill(u64),
    /// All faults end and there is room again.
    Heal,
    /// A bit turns over in one of the files.
    Flip(u64, u64),
}

const OPS: [(Op, &str); 7] = [
    (Op::Read, "read"),
    (Op::Create, "create"),
    (Op::Write, "write"),
    (Op::Sync, "sync"),
    (Op::Rename, "rename"),
    (Op::SyncDir, "syncdir"),
    (Op::Remove, "remove"),
];

const FAULTS: [(Fault, &str); 3] = [(Fault::Full, "full"), (Fault::Io, "io"), (Fault::Short, "short")];

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Append(numbers) => {
                out.write_str("append")?;
                numbers.iter().try_for_each(|no| write!(out, " {no}"))
            }
            Step::Commit => out.write_str("commit"),
            Step::Turn => out.write_str("turn"),
            Step::Seal => out.write_str("seal"),
            Step::Ask(which) => write!(out, "ask {which}"),
            Step::Feed(n_spans) => write!(out, "feed {n_spans}"),
            Step::Save => out.write_str("save"),
            Step::Retain(age_s, None) => write!(out, "retain {age_s}"),
            Step::Retain(age_s, Some(bytes)) => write!(out, "retain {age_s} {bytes}"),
            Step::Clock(by_s) => write!(out, "clock {by_s}"),
            Step::Check => out.write_str("check"),
            Step::Close => out.write_str("close"),
            Step::Kill => out.write_str("kill"),
            Step::Power(seed) => write!(out, "power {seed}"),
            Step::Fuse(ops, seed) => write!(out, "fuse {ops} {seed}"),
            Step::Doom(ops) => write!(out, "doom {ops}"),
            Step::Fail(op, nth, fault) => write!(out, "fail {} {nth} {}", op_name(*op), fault_name(*fault)),
            Step::Fill(bytes) => write!(out, "fill {bytes}"),
            Step::Heal => out.write_str("heal"),
            Step::Flip(file, bit) => write!(out, "flip {file} {bit}"),
        }
    }
}

/// The word for an operation.
pub fn op_name(op: Op) -> &'static str {
    OPS.iter().find(|(known, _)| *known == op).map_or("?", |(_, name)| name)
}

/// The word for a fault.
pub fn fault_name(fault: Fault) -> &'static str {
    FAULTS.iter().find(|(known, _)| *known == fault).map_or("?", |(_, name)| name)
}

impl FromStr for Step {
    type Err = String;

    fn from_str(line: &str) -> Result<Step, String> {
        let mut words = line.split_whitespace();
        let verb = words.next().unwrap_or_default();
        let words: Vec<&str> = words.collect();
        let number = |at: usize| -> Result<u64, String> {
            let word = words.get(at).ok_or_else(|| format!("`{line}`: a number is missing"))?;
            word.parse().map_err(|_| format!("`{line}`: `{word}` is no number"))
        };
        let signed = |at: usize| -> Result<i64, String> {
            let word = words.get(at).ok_or_else(|| format!("`{line}`: a number is missing"))?;
            word.parse().map_err(|_| format!("`{line}`: `{word}` is no number"))
        };
        let op = || OPS.iter().find(|(_, name)| words.first() == Some(name)).map(|(op, _)| *op);
        let fault = || FAULTS.iter().find(|(_, name)| words.get(2) == Some(name)).map(|(fault, _)| *fault);
        Ok(match verb {
            "append" => {
                let numbers: Result<Vec<u64>, String> = (0..words.len()).map(number).collect();
                Step::Append(numbers?.into_iter().map(|no| no as SpanNo).collect())
            }
            "commit" => Step::Commit,
            "turn" => Step::Turn,
            "seal" => Step::Seal,
            "ask" => Step::Ask(number(0)? as u8),
            "feed" => Step::Feed(number(0)? as u16),
            "save" => Step::Save,
            "retain" => Step::Retain(signed(0)?, if words.len() > 1 { Some(number(1)?) } else { None }),
            "clock" => Step::Clock(signed(0)?),
            "check" => Step::Check,
            "close" => Step::Close,
            "kill" => Step::Kill,
            "power" => Step::Power(number(0)?),
            "fuse" => Step::Fuse(number(0)?, number(1)?),
            "doom" => Step::Doom(number(0)?),
            "fail" => match (op(), fault()) {
                (Some(op), Some(fault)) => Step::Fail(op, number(1)?, fault),
                _ => return Err(format!("`{line}`: an operation, a number and a fault are wanted")),
            },
            "fill" => Step::Fill(number(0)?),
            "heal" => Step::Heal,
            "flip" => Step::Flip(number(0)?, number(1)?),
            _ => return Err(format!("`{line}`: there is no step `{verb}`")),
        })
    }
}

impl fmt::Display for Story {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let consumer = u8::from(self.consumer);
        writeln!(out, "store {} {} {consumer}", self.n_shards, self.segment_spans)?;
        self.steps.iter().try_for_each(|step| writeln!(out, "{step}"))
    }
}

/// Reads a story back. Lines that begin with `#` and empty ones say nothing.
impl FromStr for Story {
    type Err = String;

    fn from_str(text: &str) -> Result<Story, String> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let head: Vec<&str> = lines.next().unwrap_or_default().split_whitespace().collect();
        let &["store", shards, segment, consumer] = head.as_slice() else {
            return Err("a story begins with `store SHARDS SEGMENT_SPANS CONSUMER`".into());
        };
        let number = |word: &str| word.parse::<usize>().map_err(|_| format!("`{word}` is no number"));
        Ok(Story {
            n_shards: number(shards)?,
            segment_spans: number(segment)?,
            consumer: number(consumer)? > 0,
            steps: lines.map(Step::from_str).collect::<Result<_, _>>()?,
        })
    }
}

/// What kinds of trouble a story may hold.
#[derive(Clone, Copy)]
struct Weather {
    crashes: bool,
    full: bool,
    io_errors: bool,
    bad_reads: bool,
    flips: bool,
    wild_clock: bool,
    retention: bool,
}

/// The story of a seed.
pub fn story_of(seed: u64) -> Story {
    let chance = &mut Chance::new(seed);
    let weather = Weather {
        crashes: chance.happens(80),
        full: chance.happens(35),
        io_errors: chance.happens(25),
        bad_reads: chance.happens(25),
        flips: chance.happens(20),
        wild_clock: chance.happens(30),
        retention: chance.happens(40),
    };
    let n_steps = 12 + chance.below(50);
    Story {
        n_shards: chance.pick(&[1, 2, 2, 3]),
        segment_spans: chance.pick(&[1, 3, 6, 6, 20, 1000]),
        consumer: chance.happens(70),
        steps: (0..n_steps).map(|_| any_step(chance, weather)).collect(),
    }
}

fn any_step(chance: &mut Chance, weather: Weather) -> Step {
    loop {
        let step = match chance.below(100) {
            0..32 => Step::Append(any_batch(chance)),
            32..40 => Step::Commit,
            40..52 => Step::Turn,
            52..55 => Step::Seal,
            55..63 => Step::Ask(chance.below(256) as u8),
            63..68 => Step::Feed(chance.pick(&[1, 3, 10, 100])),
            68..71 => Step::Save,
            71..73 if weather.retention => any_retention(chance),
            73..76 if weather.wild_clock || weather.retention => any_clock(chance, weather.wild_clock),
            76..77 => Step::Check,
            77..79 => Step::Close,
            79..81 if weather.crashes => Step::Kill,
            81..83 if weather.crashes => Step::Power(chance.below(1 << 32)),
            83..86 if weather.crashes => Step::Fuse(chance.below(24), chance.below(1 << 32)),
            86..88 if weather.crashes => Step::Doom(chance.below(24)),
            88..92 if weather.full || weather.io_errors => any_fault(chance, weather),
            92..94 if weather.bad_reads => {
                Step::Fail(Op::Read, chance.below(12), chance.pick(&[Fault::Io, Fault::Short]))
            }
            94..95 if weather.full => Step::Fill(chance.below(6000)),
            95..98 if weather.full || weather.io_errors || weather.bad_reads => Step::Heal,
            98..99 if weather.flips => Step::Flip(chance.below(1 << 16), chance.below(1 << 32)),
            _ => continue,
        };
        return step;
    }
}

fn any_batch(chance: &mut Chance) -> Vec<SpanNo> {
    let n_spans = chance.pick(&[1, 1, 2, 3, 5, 9, 30]);
    // A narrow choice now and then, so that repeats and late spans are frequent.
    let bound = chance.pick(&[8, N_SPANS as u64, N_SPANS as u64]);
    (0..n_spans).map(|_| chance.below(bound) as SpanNo).collect()
}

fn any_fault(chance: &mut Chance, weather: Weather) -> Step {
    let full = weather.full && (!weather.io_errors || chance.happens(60));
    let fault = if full { Fault::Full } else { Fault::Io };
    let op = chance.pick(&[Op::Create, Op::Write, Op::Write, Op::Sync, Op::Sync, Op::Rename, Op::SyncDir, Op::Remove]);
    Step::Fail(op, chance.below(6), fault)
}

const HOUR_S: i64 = 3600;
const DAY_S: i64 = 24 * HOUR_S;

fn any_retention(chance: &mut Chance) -> Step {
    let bytes = chance.happens(20).then(|| chance.below(20_000));
    Step::Retain(chance.pick(&[HOUR_S, DAY_S, 7 * DAY_S]), bytes)
}

fn any_clock(chance: &mut Chance, wild: bool) -> Step {
    let forward = [60, HOUR_S, 5 * HOUR_S, DAY_S, 8 * DAY_S];
    let anywhere = [-HOUR_S, -DAY_S, -20_000 * DAY_S, 100_000 * DAY_S, 3 * HOUR_S, DAY_S];
    Step::Clock(if wild { chance.pick(&anywhere) } else { chance.pick(&forward) })
}
