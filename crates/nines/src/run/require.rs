//! What must hold before a run begins: its lock, and what the gate says.

use super::words::RunSay;
use super::{Book, record, state};
use crate::cli::{Context, Exit, Trouble, escape};
use crate::words;
use nines_base::lang::Message;
use nines_toil::runbook::Gate;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};

/// What leaves the gate out: `--skip require.gate`.
pub const GATE: &str = "require.gate";

/// A lock of the host, given back when the file is closed: a killed run holds nothing.
pub struct Held {
    _file: File,
}

/// Takes the runbook's lock, where it has one.
pub fn lock(context: &Context, book: &Book, actor: &str) -> Result<Option<Held>, Trouble> {
    let Some(name) = book.runbook.lock_name() else { return Ok(None) };
    let folder = state::subfolder(context, "locks")?;
    // A service may be called anything; a file may not.
    let path = folder.join(format!("{}.lock", &record::digest(name.as_bytes())[..32]));
    let opened = state::open(&path, OpenOptions::new().read(true).write(true).create(true).truncate(false));
    let mut file = opened.map_err(|error| state::unwritable(context, &path, &error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = file.read_to_string(&mut holder);
            let fact = RunSay::Locked { name: name.to_owned(), holder: holder.trim().to_owned() };
            return Err(Trouble { exit: Exit::No, ..Trouble::new(context.lang, fact, RunSay::LockedHint) });
        }
        Err(TryLockError::Error(error)) => return Err(state::unwritable(context, &path, &error)),
    }
    let holder = format!("{actor}, {}, {}\n", book.runbook.id, record::now());
    let told = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(holder.as_bytes()));
    told.map_err(|error| state::unwritable(context, &path, &error))?;
    Ok(Some(Held { _file: file }))
}

/// Asks the gate, where the runbook wants that.
pub fn gate(context: &Context, book: &Book) -> Result<(), Trouble> {
    let (Some(gate), Some(service)) = (book.runbook.gate, &book.runbook.service) else { return Ok(()) };
    let path = format!("/api/nines/v1/gate/{}", escape(service));
    let verdict = match context.client().and_then(|client| client.get(&path)) {
        Ok(verdict) => verdict,
        Err(trouble) => {
            let fact = RunSay::GateSilent { why: trouble.fact };
            return Err(Trouble { exit: Exit::No, ..Trouble::new(context.lang, fact, RunSay::GateHint) });
        }
    };
    let reasons = verdict["reasons"].as_array().into_iter().flatten();
    let holding = reasons.filter(|reason| reason["holds"] == true);
    let why: Vec<String> = match gate {
        Gate::Allowed if verdict["verdict"] == "allowed" => return Ok(()),
        Gate::Allowed => holding.map(|reason| words::text(reason, "text")).collect(),
        Gate::NotFrozen => {
            holding.filter(|reason| reason["rule"] == "freeze").map(|reason| words::text(reason, "text")).collect()
        }
    };
    if gate == Gate::NotFrozen && why.is_empty() {
        return Ok(());
    }
    let fact = RunSay::GateHolds { service: service.clone(), why: why.join("; ") };
    let hint = RunSay::GateHint.text(context.lang);
    Err(Trouble { exit: Exit::No, place: None, fact: fact.text(context.lang), hint: Some(hint) })
}
