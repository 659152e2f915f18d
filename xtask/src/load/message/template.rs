//! A message with places to fill.

use super::super::chance::{Chance, mix};
use super::super::corpus::{Draw, Part, Text};

/// Users and orders behind [`Draw::Zipf`].
const N_USERS: usize = 100_000;
/// Zipf's exponent of them.
const USERS_EXPONENT: f64 = 0.8;
/// Keep the two halves of a trace id apart from each other and from span ids, which are below 2^30.
const TRACE_LOW: u32 = 1 << 31;
const TRACE_HIGH: u32 = 3 << 30;

/// What stands at a place of a template.
#[derive(Clone, Copy, Debug)]
pub enum Slot {
    /// A trace's id in 32 hex digits.
    TraceHex(u32),
    /// A trace's id in 16 bytes.
    TraceBytes(u32),
    /// A span's id in 16 hex digits.
    SpanHex(u32),
    /// A span's id in 8 bytes.
    SpanBytes(u32),
    /// Microseconds after the round's start, as 16 decimal digits of the epoch's.
    MicrosDecimal(u64),
    /// The same as a little-endian number.
    MicrosFixed(u64),
    /// The same in nanoseconds.
    NanosFixed(u64),
    /// A value drawn each time.
    Drawn(Draw),
}

impl Slot {
    fn n_bytes(self) -> usize {
        match self {
            Slot::TraceHex(_) => 32,
            Slot::TraceBytes(_) | Slot::SpanHex(_) | Slot::MicrosDecimal(_) => 16,
            Slot::SpanBytes(_) | Slot::MicrosFixed(_) | Slot::NanosFixed(_) => 8,
            Slot::Drawn(Draw::Zipf) => 6,
            Slot::Drawn(Draw::Hex(digits) | Draw::Number { digits, .. }) => usize::from(digits),
            Slot::Drawn(Draw::Cursor) => 18,
        }
    }

    fn fill(self, fill: Fill, chance: &mut Chance, place: &mut [u8]) {
        let id = |number: u32| span_id(fill.round, number);
        match self {
            Slot::TraceHex(trace) => {
                let id = trace_id(fill.round, trace);
                hex(place, (id >> 64) as u64);
                hex(&mut place[16..], id as u64);
            }
            Slot::TraceBytes(trace) => place.copy_from_slice(&trace_id(fill.round, trace).to_be_bytes()),
            Slot::SpanHex(span) => hex(place, id(span)),
            Slot::SpanBytes(span) => place.copy_from_slice(&id(span).to_be_bytes()),
            Slot::MicrosDecimal(after_us) => decimal(place, fill.start_us + after_us),
            Slot::MicrosFixed(after_us) => place.copy_from_slice(&(fill.start_us + after_us).to_le_bytes()),
            Slot::NanosFixed(after_us) => place.copy_from_slice(&((fill.start_us + after_us) * 1000).to_le_bytes()),
            Slot::Drawn(draw) => fill_drawn(draw, chance, place),
        }
    }
}

fn fill_drawn(draw: Draw, chance: &mut Chance, place: &mut [u8]) {
    const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    match draw {
        Draw::Zipf => decimal(place, (N_USERS + chance.zipf_below(N_USERS, USERS_EXPONENT)) as u64),
        Draw::Hex(digits) => {
            let mut whole = [0; 16];
            hex(&mut whole, chance.bits());
            place.copy_from_slice(&whole[..usize::from(digits)]);
        }
        Draw::Cursor => {
            for nine in place.chunks_mut(9) {
                let bits = chance.bits();
                for (byte, shift) in nine.iter_mut().zip((0..).step_by(6)) {
                    *byte = BASE64[(bits >> shift & 63) as usize];
                }
            }
        }
        Draw::Number { first, count, .. } => decimal(place, u64::from(first) + chance.below(count as usize) as u64),
    }
}

/// The id that a trace of a round has.
pub fn trace_id(round: u64, trace: u32) -> u128 {
    u128::from(span_id(round, trace | TRACE_HIGH)) << 64 | u128::from(span_id(round, trace | TRACE_LOW))
}

fn span_id(round: u64, number: u32) -> u64 {
    mix(round << 32 | u64::from(number)).max(1)
}

/// The round of ids and times to fill in.
#[derive(Clone, Copy, Debug)]
pub struct Fill {
    /// Number of the round, unique in the run.
    pub round: u64,
    /// Start of the round, microseconds since the epoch.
    pub start_us: u64,
}

/// A message with places to fill.
#[derive(Clone, Debug, Default)]
pub struct Template {
    bytes: Vec<u8>,
    slots: Vec<(usize, Slot)>,
    /// Spans in it.
    pub n_spans: usize,
}

impl Template {
    /// An empty message that is to hold so many spans.
    pub fn of(n_spans: usize) -> Template {
        Template { n_spans, ..Template::default() }
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Appends the message with a round's ids and times filled in.
    pub fn fill(&self, fill: Fill, chance: &mut Chance, out: &mut Vec<u8>) {
        let base = out.len();
        out.extend_from_slice(&self.bytes);
        for (at, slot) in &self.slots {
            let from = base + at;
            slot.fill(fill, chance, &mut out[from..from + slot.n_bytes()]);
        }
    }

    /// Adds bytes that stay.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Adds text that stays.
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Adds a place to fill.
    pub fn slot(&mut self, slot: Slot) {
        self.slots.push((self.bytes.len(), slot));
        self.bytes.resize(self.bytes.len() + slot.n_bytes(), b'0');
    }

    /// Adds a text of a span, its fixed parts through `escape`.
    pub fn parts(&mut self, text: &Text, escape: impl Fn(&str, &mut Template)) {
        for part in text {
            match part {
                Part::Fixed(fixed) => escape(fixed, self),
                Part::Drawn(draw) => self.slot(Slot::Drawn(*draw)),
            }
        }
    }

    /// Adds another template.
    pub fn append(&mut self, other: Template) {
        let base = self.bytes.len();
        self.bytes.extend(other.bytes);
        self.slots.extend(other.slots.into_iter().map(|(at, slot)| (base + at, slot)));
    }
}

/// Writes the 16 hex digits of a number.
fn hex(place: &mut [u8], number: u64) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for (pair, byte) in place[..16].chunks_exact_mut(2).zip(number.to_be_bytes()) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
}

/// Writes a number over the whole place, with zeros in front.
fn decimal(place: &mut [u8], mut number: u64) {
    for byte in place.iter_mut().rev() {
        *byte = b'0' + (number % 10) as u8;
        number /= 10;
    }
}
