//! Netd's journal on the timeline: each entry becomes an event once, whatever of the two is started anew.
//!
//! Where it has come to is written with the events in one commit. It names the last entry by its number and digest, and
//! that entry is asked for again each time: where it is not what it was, the journal is another, and that is told.

use nines_base::Timestamp;
use nines_ledger::{CellCommit, Ledger, LedgerError, NewEvent};
use nines_netd::{Answer, Request, ask};
use nines_traffic::plan::Digest;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// The name under which the ledger keeps where it has come to.
const CONSUMER: &str = "netd";
/// How often netd is asked.
const EVERY: Duration = Duration::from_secs(1);

/// The thread that follows; ends when dropped.
pub struct JournalFollower {
    stop: Option<Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl JournalFollower {
    /// Follows the journal of the netd at a socket, which need not be there yet.
    pub fn start(socket: PathBuf, ledger: Arc<dyn Ledger>) -> std::io::Result<JournalFollower> {
        let (stop, stopped) = channel();
        let thread = std::thread::Builder::new()
            .name("netd-journal".into())
            .spawn(move || follow(&socket, &*ledger, &stopped))?;
        Ok(JournalFollower { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for JournalFollower {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn follow(socket: &Path, ledger: &dyn Ledger, stopped: &Receiver<()>) {
    let mut silent = false;
    loop {
        let outcome = step(socket, ledger);
        if let Err(reason) = &outcome
            && !silent
        {
            tracing::warn!("netd's journal cannot be followed: {reason}");
        }
        silent = outcome.is_err();
        // What there is more is taken at once.
        if outcome.as_ref().is_ok_and(|more| *more) {
            continue;
        }
        if !matches!(stopped.recv_timeout(EVERY), Err(RecvTimeoutError::Timeout)) {
            return;
        }
    }
}

/// Takes what is new; whether there may be more.
fn step(socket: &Path, ledger: &dyn Ledger) -> Result<bool, String> {
    if !socket.exists() {
        return Ok(false);
    }
    let told = |error: LedgerError| error.to_string();
    let progress = ledger.load_position(CONSUMER).map_err(told)?.unwrap_or_default();
    let position = Position::read(&progress.position);
    let after = position.map_or(0, |position| position.number.saturating_sub(1));
    let Answer::Entries(lines) =
        ask(socket, &Request::Journal { after }).map_err(|refusal| refusal.fact.to_string())?
    else {
        return Err("it is no answer to what was asked".to_owned());
    };
    let Some(news) = news(position, &lines) else { return Ok(false) };
    let position = news.position.write();
    let (seq, events) = (progress.seq + 1, &news.events[..]);
    let commit = CellCommit { consumer: CONSUMER, position: &position, seq, events, ..CellCommit::default() };
    ledger.commit(&commit).map_err(told)
}

/// The entry up to which the journal is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Position {
    number: u64,
    digest: Digest,
}

impl Position {
    /// Before the first entry.
    const START: Position = Position { number: 0, digest: Digest([0; 32]) };

    fn read(bytes: &[u8]) -> Option<Position> {
        let (number, digest) = bytes.split_first_chunk::<8>()?;
        Some(Position { number: u64::from_le_bytes(*number), digest: Digest(digest.try_into().ok()?) })
    }

    fn write(self) -> Vec<u8> {
        [&self.number.to_le_bytes()[..], &self.digest.0].concat()
    }
}

/// Events of new entries, and where they lead.
#[derive(Debug)]
struct News {
    events: Vec<NewEvent>,
    position: Position,
}

/// What lines tell that stand from the last entry taken on; nothing where there is nothing new.
fn news(last: Option<Position>, lines: &str) -> Option<News> {
    let mut lines: Vec<&str> = lines.lines().collect();
    if let Some(last) = last.filter(|last| *last != Position::START) {
        if lines.first().map(|line| Digest::of(line.as_bytes())) != Some(last.digest) {
            // All of the other journal is new.
            return Some(News { events: vec![replaced(last)], position: Position::START });
        }
        lines.remove(0);
    }
    let newest = lines.last()?;
    let position = Position { number: number(newest)?, digest: Digest::of(newest.as_bytes()) };
    Some(News { events: lines.iter().filter_map(|line| event(line)).collect(), position })
}

fn number(line: &str) -> Option<u64> {
    serde_json::from_str::<Value>(line).ok()?.get("n")?.as_u64()
}

/// The event of an entry.
fn event(line: &str) -> Option<NewEvent> {
    let entry: Value = serde_json::from_str(line).ok()?;
    Some(NewEvent {
        at: Timestamp(entry["at_us"].as_i64()?),
        kind: format!("traffic.{}", entry["what"].as_str()?),
        service: String::new(),
        subject: entry["plan"].as_str().unwrap_or_default().to_owned(),
        payload: line.to_owned(),
    })
}

/// The journal is not that of before: netd's folder was emptied or put back, or somebody wrote into it.
fn replaced(last: Position) -> NewEvent {
    use nines_base::{Clock, SystemClock};
    NewEvent {
        at: SystemClock.now(),
        kind: "traffic.journal-replaced".to_owned(),
        payload: json!({ "entry": last.number, "digest": last.digest.to_string() }).to_string(),
        ..NewEvent::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: u64, what: &str) -> String {
        json!({ "n": number, "at_us": 5, "what": what, "plan": "3fb0a1c29d4e", "uid": 1000, "pid": 7, "why": "" })
            .to_string()
    }

    fn kinds(news: &News) -> Vec<&str> {
        news.events.iter().map(|event| event.kind.as_str()).collect()
    }

    #[test]
    fn each_entry_is_an_event_once() {
        let lines = [line(1, "started"), line(2, "applied"), line(3, "confirmed")].map(|line| line + "\n");
        let first = news(None, &lines[..2].concat()).unwrap();
        assert_eq!(kinds(&first), ["traffic.started", "traffic.applied"]);
        let kept = Position::read(&first.position.write());
        assert_eq!(kept, Some(first.position));
        let second = news(kept, &lines[1..].concat()).unwrap();
        assert_eq!((kinds(&second), second.position.number), (vec!["traffic.confirmed"], 3));
        assert_eq!(second.events[0].subject, "3fb0a1c29d4e");
        assert!(news(Some(second.position), &lines[2]).is_none(), "nothing is new");
    }

    #[test]
    fn a_journal_that_is_not_that_of_before_is_told_and_taken_from_its_beginning() {
        let first = news(None, &line(9, "applied")).unwrap();
        for other in [String::new(), line(9, "confirmed")] {
            let told = news(Some(first.position), &other).unwrap();
            assert_eq!((kinds(&told), told.position), (vec!["traffic.journal-replaced"], Position::START));
        }
        assert_eq!(kinds(&news(Some(Position::START), &line(1, "started")).unwrap()), ["traffic.started"]);
    }
}
