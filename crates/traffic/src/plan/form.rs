//! A plan as bytes: `NINEPLAN`, a version, what it holds, and a digest of all before it. Read back strictly: a byte too
//! many, too few or another is no plan (PLN-1).

use super::bytes::{FormError, Reader, Writer};
use super::{Asked, Changes, Decider, Digest, FATES_SHOWN_MAX, FateChange, Fates, Ground, Operator, Plan};
use super::{RuleChange, SetChange};
use crate::intent::INBOUND_MAX;

/// Bytes of a plan at most: lists of two hundred thousand networks, and the rules of a large file twice.
pub const PLAN_BYTES_MAX: usize = 8 << 20;

const MAGIC: &[u8; 8] = b"NINEPLAN";
const VERSION: u16 = 1;
const DIGEST_BYTES: usize = 32;

/// Names and addresses, in bytes: paths of files are the longest.
const NAME_BYTES_MAX: usize = 4096;
/// Files that lists stand in.
const LISTS_MAX: usize = 1000;
/// Rules that change: all of a file, those built in, and as many that go.
const RULES_MAX: usize = 4 * INBOUND_MAX;
/// Lines of one rule: each family and list of each port has its own.
const LINES_MAX: usize = 10_000;
/// Base chains of others: Docker and Kubernetes have tens.
const DECIDERS_MAX: usize = 10_000;
/// Tables of iptables-legacy: five of each family.
const LEGACY_MAX: usize = 10;

/// Writes a plan.
#[must_use]
pub fn write_plan(plan: &Plan) -> Vec<u8> {
    let mut out = Writer::default();
    out.verbatim(MAGIC);
    out.n16(VERSION);
    write_asked(&mut out, &plan.asked);
    out.text(&plan.ground.boot);
    out.n32(plan.ground.generation);
    out.verbatim(&plan.ground.foreign.0);
    out.verbatim(&plan.ground.legacy.0);
    out.verbatim(&plan.table.0);
    write_changes(&mut out, &plan.changes);
    let mut bytes = out.finish();
    let digest = Digest::of(&bytes);
    bytes.extend_from_slice(&digest.0);
    bytes
}

/// Reads one.
///
/// # Errors
/// Where the bytes are no plan, a part of one, one that was touched, or one of another version.
pub fn read_plan(bytes: &[u8]) -> Result<Plan, FormError> {
    if bytes.len() > PLAN_BYTES_MAX {
        return Err(FormError("more bytes than a plan has"));
    }
    let at = bytes.len().checked_sub(DIGEST_BYTES).ok_or(FormError("cut off"))?;
    let (body, digest) = bytes.split_at(at);
    let mut read = Reader::new(body);
    if read.verbatim(MAGIC.len())? != MAGIC {
        return Err(FormError("it does not begin as a plan does"));
    }
    if read.n16()? != VERSION {
        return Err(FormError("it is of another version"));
    }
    // PLN-1: whatever was touched.
    if Digest::of(body).0 != digest {
        return Err(FormError("its checksum is another: it was cut off or changed"));
    }
    let asked = read_asked(&mut read)?;
    let boot = read.text(NAME_BYTES_MAX)?;
    let generation = read.n32()?;
    let (foreign, legacy) = (Digest(read.digest()?), Digest(read.digest()?));
    let ground = Ground { boot, generation, foreign, legacy };
    let table = Digest(read.digest()?);
    let changes = read_changes(&mut read)?;
    read.end()?;
    Ok(Plan { asked, ground, table, changes })
}

/// Writes what was asked.
pub fn write_asked(out: &mut Writer, asked: &Asked) {
    out.text(&asked.file);
    out.text(&asked.text);
    out.text(&asked.services);
    out.list(&asked.lists, |out, (name, text)| {
        out.text(name);
        out.text(text);
    });
    out.option(asked.operator, |out, operator| {
        out.address(operator.client);
        out.address(operator.own);
        out.n16(operator.port);
    });
}

/// Reads it.
///
/// # Errors
/// Where it is cut off, or a part of it is larger than it can be.
pub fn read_asked(read: &mut Reader<'_>) -> Result<Asked, FormError> {
    Ok(Asked {
        file: read.text(NAME_BYTES_MAX)?,
        text: read.text(PLAN_BYTES_MAX)?,
        services: read.text(PLAN_BYTES_MAX)?,
        lists: read.list(LISTS_MAX, |read| Ok((read.text(NAME_BYTES_MAX)?, read.text(PLAN_BYTES_MAX)?)))?,
        operator: read
            .option(|read| Ok(Operator { client: read.address()?, own: read.address()?, port: read.n16()? }))?,
    })
}

fn write_changes(out: &mut Writer, changes: &Changes) {
    out.list(&changes.rules, |out, change| {
        out.text(&change.id);
        out.list(&change.before, |out, line| out.text(line));
        out.list(&change.after, |out, line| out.text(line));
    });
    out.list(&changes.sets, |out, change| {
        out.text(&change.name);
        out.n32(change.n_added);
        out.n32(change.n_removed);
    });
    out.n32(changes.fates.n_changed);
    out.n32(changes.fates.n_tried);
    out.list(&changes.fates.shown, |out, change| {
        out.text(&change.packet);
        out.text(&change.before);
        out.text(&change.after);
    });
    out.list(&changes.deciders, |out, decider| {
        out.option(decider.tool.as_deref(), Writer::text);
        out.text(&decider.table);
        out.text(&decider.chain);
        out.text(&decider.hook);
        out.n32(decider.priority.cast_unsigned());
        out.byte(u8::from(decider.may_drop));
        out.byte(u8::from(decider.translates));
    });
    out.list(&changes.legacy, |out, table| out.text(table));
}

fn read_changes(read: &mut Reader<'_>) -> Result<Changes, FormError> {
    let line = |read: &mut Reader<'_>| read.text(PLAN_BYTES_MAX);
    let name = |read: &mut Reader<'_>| read.text(NAME_BYTES_MAX);
    let rules = read.list(RULES_MAX, |read| {
        Ok(RuleChange { id: name(read)?, before: read.list(LINES_MAX, line)?, after: read.list(LINES_MAX, line)? })
    })?;
    let sets =
        read.list(RULES_MAX, |read| Ok(SetChange { name: name(read)?, n_added: read.n32()?, n_removed: read.n32()? }))?;
    let (n_changed, n_tried) = (read.n32()?, read.n32()?);
    let shown = read.list(FATES_SHOWN_MAX, |read| {
        Ok(FateChange { packet: name(read)?, before: name(read)?, after: name(read)? })
    })?;
    let deciders = read.list(DECIDERS_MAX, |read| {
        Ok(Decider {
            tool: read.option(name)?,
            table: name(read)?,
            chain: name(read)?,
            hook: name(read)?,
            priority: read.n32()?.cast_signed(),
            may_drop: read.flag()?,
            translates: read.flag()?,
        })
    })?;
    let legacy = read.list(LEGACY_MAX, name)?;
    Ok(Changes { rules, sets, fates: Fates { shown, n_changed, n_tried }, deciders, legacy })
}
