//! Messages of the socket: one request, one answer, each a length of four bytes and a body of at most
//! [`MESSAGE_BYTES_MAX`]. Whatever the bytes are, reading ends in a message or in an error.

use core::net::{IpAddr, SocketAddr};

use nines_base::lang::{Lang, Message};
use nines_traffic::net::Protocol;
use nines_traffic::plan::bytes::{FormError, Reader, Writer};
use nines_traffic::plan::{Asked, PLAN_BYTES_MAX, Plan, PlanId, read_asked, read_plan, write_asked, write_plan};
use nines_traffic::simulate::{LINE_BYTES_MAX, Packet, packet_line, read_packet};

use crate::messages::{Fact, Hint, Refusal};
use crate::peers::Peer;

/// Bytes of a body at most: the largest plan, and room for what is said with it.
pub const MESSAGE_BYTES_MAX: usize = PLAN_BYTES_MAX + (64 << 10);
/// Bytes of a reason that a person gives.
pub const REASON_BYTES_MAX: usize = 1000;
/// Seconds that a confirmation may take: at least so many that a person can open a connection, at most a day.
pub const CONFIRM_SECONDS: std::ops::RangeInclusive<u32> = 1..=86_400;
/// Seconds that packets may be traced: a person waits for the answer.
pub const TRACE_SECONDS: std::ops::RangeInclusive<u32> = 1..=60;

const VERSION: u8 = 1;
const ID_BYTES_MAX: usize = 12;

/// What is asked of `netd`.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// To plan on what the kernel holds now.
    Plan(Asked),
    /// To apply a plan.
    Apply(Box<Apply>),
    /// To keep what waits.
    Confirm {
        /// Which plan.
        id: PlanId,
        /// The connection that it is confirmed over; none from a console.
        peer: Option<Peer>,
    },
    /// To go back to what was before a plan.
    RollBack(Box<RollBack>),
    /// To tell what holds.
    Status,
    /// To tell what becomes of a packet by all that the kernel holds.
    Explain(Box<Packet>),
    /// To tell what becomes of real packets, as the kernel takes them.
    Trace(Trace),
    /// To show a plan that is kept, or was made lately.
    Show(PlanId),
    /// To read on in the journal, after the entry of this number.
    Journal {
        /// The number; 0 for all that is kept.
        after: u64,
    },
}

/// A plan to be applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Apply {
    /// The plan.
    pub plan: Plan,
    /// Seconds until it is taken back unless confirmed; none for good.
    pub confirm_seconds: Option<u32>,
    /// The connection of who asks, which must stay open; none from a console.
    pub peer: Option<Peer>,
    /// Why that connection may be lost.
    pub override_guard: Option<String>,
    /// Whether it goes on where others changed something that makes no difference to the plan.
    pub if_unaffected: bool,
}

/// A plan to be undone. One that waits is taken back at once and for good, whatever else is said: the state before it was
/// confirmed. For one that was confirmed, what was asked before it is planned and applied anew.
#[derive(Clone, Debug, PartialEq)]
pub struct RollBack {
    /// Which.
    pub id: PlanId,
    /// Seconds until it is taken back unless confirmed; none for good.
    pub confirm_seconds: Option<u32>,
    /// The connection of who asks, which must stay open; none from a console.
    pub peer: Option<Peer>,
    /// Why that connection may be lost.
    pub override_guard: Option<String>,
}

/// Which packets are traced, and for how long. Both addresses are of one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trace {
    /// From whom.
    pub source: IpAddr,
    /// To whom, as they come: before translation.
    pub destination: IpAddr,
    /// What they carry.
    pub protocol: Protocol,
    /// To which port; every one where none is said.
    pub port: Option<u16>,
    /// How long: [`TRACE_SECONDS`].
    pub seconds: u32,
}

/// What `netd` answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The plan.
    Planned(Box<Plan>),
    /// The plan is in force and waits.
    Pending {
        /// Which.
        id: PlanId,
        /// When it is taken back, in microseconds of Unix time as it is set now.
        deadline_us: i64,
    },
    /// This plan is in force for good; none where no rules are.
    Settled(Option<PlanId>),
    /// What holds, as one object of JSON.
    Status(String),
    /// What becomes of the packet, as one object of JSON: as `simulate` answers.
    Explained(String),
    /// What became of packets, as one object of JSON.
    Traced(String),
    /// Lines of the journal, in order; none where there are no more.
    Entries(String),
    /// It was not done.
    Refused(Refusal),
}

mod kind {
    pub const PLAN: u8 = 1;
    pub const APPLY: u8 = 2;
    pub const CONFIRM: u8 = 3;
    pub const ROLL_BACK: u8 = 4;
    pub const STATUS: u8 = 5;
    pub const EXPLAIN: u8 = 6;
    pub const TRACE: u8 = 7;
    pub const SHOW: u8 = 8;
    pub const JOURNAL: u8 = 9;
    pub const PLANNED: u8 = 129;
    pub const PENDING: u8 = 130;
    pub const SETTLED: u8 = 131;
    pub const STATUS_IS: u8 = 132;
    pub const REFUSED: u8 = 133;
    pub const EXPLAINED: u8 = 134;
    pub const TRACED: u8 = 135;
    pub const ENTRIES: u8 = 136;
}

/// Bytes of a body with its length before them.
#[must_use]
pub fn frame(body: &[u8]) -> Vec<u8> {
    let n_bytes = u32::try_from(body.len()).unwrap_or(u32::MAX);
    [&n_bytes.to_le_bytes(), body].concat()
}

/// The body of a frame, once all of it is there.
///
/// # Errors
/// Where its length is more than a message has: what follows is not read.
pub fn unframe(bytes: &[u8]) -> Result<Option<&[u8]>, FormError> {
    let Some((length, rest)) = bytes.split_first_chunk::<4>() else { return Ok(None) };
    let n_bytes = u32::from_le_bytes(*length) as usize;
    if n_bytes > MESSAGE_BYTES_MAX {
        return Err(FormError("more bytes than a message has"));
    }
    Ok(rest.get(..n_bytes))
}

impl Request {
    /// Its body.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.byte(VERSION);
        match self {
            Request::Plan(asked) => {
                out.byte(kind::PLAN);
                write_asked(&mut out, asked);
            }
            Request::Apply(apply) => {
                out.byte(kind::APPLY);
                write_apply(&mut out, apply);
            }
            Request::Confirm { id, peer } => {
                out.byte(kind::CONFIRM);
                out.text(id.as_str());
                out.option(*peer, write_peer);
            }
            Request::RollBack(back) => {
                out.byte(kind::ROLL_BACK);
                out.text(back.id.as_str());
                out.option(back.confirm_seconds, Writer::n32);
                out.option(back.peer, write_peer);
                out.option(back.override_guard.as_deref(), Writer::text);
            }
            Request::Status => out.byte(kind::STATUS),
            Request::Show(id) => {
                out.byte(kind::SHOW);
                out.text(id.as_str());
            }
            Request::Journal { after } => {
                out.byte(kind::JOURNAL);
                out.n64(*after);
            }
            Request::Explain(packet) => {
                out.byte(kind::EXPLAIN);
                out.text(&packet_line(packet));
            }
            Request::Trace(trace) => {
                out.byte(kind::TRACE);
                write_trace(&mut out, trace);
            }
        }
        out.finish()
    }

    /// Reads a body.
    ///
    /// # Errors
    /// Where it is no request.
    pub fn read(body: &[u8]) -> Result<Request, FormError> {
        let mut read = Reader::new(body);
        let request = match (version(&mut read)?, read.byte()?) {
            ((), kind::PLAN) => Request::Plan(read_asked(&mut read)?),
            ((), kind::APPLY) => Request::Apply(Box::new(read_apply(&mut read)?)),
            ((), kind::CONFIRM) => Request::Confirm { id: read_id(&mut read)?, peer: read.option(read_peer)? },
            ((), kind::ROLL_BACK) => Request::RollBack(Box::new(read_roll_back(&mut read)?)),
            ((), kind::STATUS) => Request::Status,
            ((), kind::SHOW) => Request::Show(read_id(&mut read)?),
            ((), kind::JOURNAL) => Request::Journal { after: read.n64()? },
            ((), kind::EXPLAIN) => Request::Explain(Box::new(read_one_packet(&mut read)?)),
            ((), kind::TRACE) => Request::Trace(read_trace(&mut read)?),
            _ => return Err(FormError("no such request")),
        };
        read.end()?;
        Ok(request)
    }
}

impl Answer {
    /// Its body.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.byte(VERSION);
        match self {
            Answer::Planned(plan) => {
                out.byte(kind::PLANNED);
                write_whole_plan(&mut out, plan);
            }
            Answer::Pending { id, deadline_us } => {
                out.byte(kind::PENDING);
                out.text(id.as_str());
                out.n64(deadline_us.cast_unsigned());
            }
            Answer::Settled(id) => {
                out.byte(kind::SETTLED);
                out.option(id.as_ref(), |out, id| out.text(id.as_str()));
            }
            Answer::Status(status) => {
                out.byte(kind::STATUS_IS);
                out.text(status);
            }
            Answer::Explained(answer) => {
                out.byte(kind::EXPLAINED);
                out.text(answer);
            }
            Answer::Traced(answer) => {
                out.byte(kind::TRACED);
                out.text(answer);
            }
            Answer::Entries(lines) => {
                out.byte(kind::ENTRIES);
                out.text(lines);
            }
            Answer::Refused(Refusal { fact, hint, is_trouble }) => {
                out.byte(kind::REFUSED);
                out.byte(u8::from(*is_trouble));
                [fact.text(Lang::En), fact.text(Lang::Ko), hint.text(Lang::En), hint.text(Lang::Ko)]
                    .iter()
                    .for_each(|text| out.text(text));
            }
        }
        out.finish()
    }

    /// Reads a body. What was refused comes back in the words of both languages.
    ///
    /// # Errors
    /// Where it is no answer.
    pub fn read(body: &[u8]) -> Result<Answer, FormError> {
        let mut read = Reader::new(body);
        let text = |read: &mut Reader<'_>| read.text(MESSAGE_BYTES_MAX);
        let answer = match (version(&mut read)?, read.byte()?) {
            ((), kind::PLANNED) => Answer::Planned(Box::new(read_whole_plan(&mut read)?)),
            ((), kind::PENDING) => Answer::Pending { id: read_id(&mut read)?, deadline_us: read.n64()?.cast_signed() },
            ((), kind::SETTLED) => Answer::Settled(read.option(read_id)?),
            ((), kind::STATUS_IS) => Answer::Status(text(&mut read)?),
            ((), kind::EXPLAINED) => Answer::Explained(text(&mut read)?),
            ((), kind::TRACED) => Answer::Traced(text(&mut read)?),
            ((), kind::ENTRIES) => Answer::Entries(text(&mut read)?),
            ((), kind::REFUSED) => {
                let is_trouble = read.flag()?;
                let fact = Fact::Of { said_en: text(&mut read)?, said_ko: text(&mut read)? };
                let hint = Hint::Advice { said_en: text(&mut read)?, said_ko: text(&mut read)? };
                Answer::Refused(Refusal { fact, hint, is_trouble })
            }
            _ => return Err(FormError("no such answer")),
        };
        read.end()?;
        Ok(answer)
    }
}

fn version(read: &mut Reader<'_>) -> Result<(), FormError> {
    if read.byte()? == VERSION { Ok(()) } else { Err(FormError("it is of another version")) }
}

fn read_id(read: &mut Reader<'_>) -> Result<PlanId, FormError> {
    PlanId::parse(&read.text(ID_BYTES_MAX)?).ok_or(FormError("no plan's id"))
}

fn write_whole_plan(out: &mut Writer, plan: &Plan) {
    let bytes = write_plan(plan);
    out.count(bytes.len());
    out.verbatim(&bytes);
}

fn read_whole_plan(read: &mut Reader<'_>) -> Result<Plan, FormError> {
    let n_bytes = read.n32()? as usize;
    read_plan(read.verbatim(n_bytes)?)
}

fn write_apply(out: &mut Writer, apply: &Apply) {
    write_whole_plan(out, &apply.plan);
    out.option(apply.confirm_seconds, Writer::n32);
    out.option(apply.peer, write_peer);
    out.option(apply.override_guard.as_deref(), Writer::text);
    out.byte(u8::from(apply.if_unaffected));
}

fn read_apply(read: &mut Reader<'_>) -> Result<Apply, FormError> {
    Ok(Apply {
        plan: read_whole_plan(read)?,
        confirm_seconds: read.option(Reader::n32)?,
        peer: read.option(read_peer)?,
        override_guard: read.option(|read| read.text(REASON_BYTES_MAX))?,
        if_unaffected: read.flag()?,
    })
}

fn read_roll_back(read: &mut Reader<'_>) -> Result<RollBack, FormError> {
    Ok(RollBack {
        id: read_id(read)?,
        confirm_seconds: read.option(Reader::n32)?,
        peer: read.option(read_peer)?,
        override_guard: read.option(|read| read.text(REASON_BYTES_MAX))?,
    })
}

/// A packet is sent as the line of JSON that people write: it has no other form.
fn read_one_packet(read: &mut Reader<'_>) -> Result<Packet, FormError> {
    read_packet(1, &read.text(LINE_BYTES_MAX)?).map_err(|_| FormError("no packet"))
}

fn write_trace(out: &mut Writer, trace: &Trace) {
    out.address(trace.source);
    out.address(trace.destination);
    out.byte(trace.protocol.0);
    out.option(trace.port, Writer::n16);
    out.n32(trace.seconds);
}

fn read_trace(read: &mut Reader<'_>) -> Result<Trace, FormError> {
    Ok(Trace {
        source: read.address()?,
        destination: read.address()?,
        protocol: Protocol(read.byte()?),
        port: read.option(Reader::n16)?,
        seconds: read.n32()?,
    })
}

fn write_peer(out: &mut Writer, peer: Peer) {
    for end in [peer.client, peer.own] {
        out.address(end.ip());
        out.n16(end.port());
    }
}

fn read_peer(read: &mut Reader<'_>) -> Result<Peer, FormError> {
    let end = |read: &mut Reader<'_>| Ok(SocketAddr::new(read.address()?, read.n16()?));
    Ok(Peer { client: end(read)?, own: end(read)? })
}
