//! What people silenced in an Alertmanager that alerts are told to: read now and then, and heeded by who tells others.
//!
//! Where an Alertmanager does not answer, what it said last goes on until it ends by itself, across restarts too: it is
//! kept as a fact, `silences/TARGET`, in Alertmanager's own form.

use nines_base::{Clock, Timestamp};
use nines_ledger::Ledger;
use nines_notify::Target;
use nines_notify::TargetFault;
use nines_notify::silence::{self, SilenceReader};
use nines_notify::sink::AlertLabels;
use nines_slo::alert::telling::{Silence, Silenceable, Silences};
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// How often silences are read. One that is made later is heeded by what is told after that.
const READ_EVERY: Duration = Duration::from_secs(15);

/// A start waits so long for the first reading, so that it tells nobody of what is silenced already.
const FIRST_MAX: Duration = Duration::from_secs(2);

/// Silences of all targets that keep any.
pub struct Silenced {
    kept: RwLock<BTreeMap<String, Kept>>,
    ledger: Arc<dyn Ledger>,
}

/// What a target said of its silences.
#[derive(Clone, Debug, Default)]
struct Kept {
    silences: Vec<silence::Silence>,
    /// Why it could not be asked last.
    failing: Option<String>,
}

fn fact(target: &str) -> String {
    format!("silences/{target}")
}

impl Silenced {
    /// Nothing yet, kept in a ledger.
    pub fn kept_in(ledger: Arc<dyn Ledger>) -> Silenced {
        Silenced { kept: RwLock::default(), ledger }
    }

    /// Takes up what a target said last before this process began.
    fn recall(&self, target: &str, now: Timestamp) {
        let told = self.ledger.fact(&fact(target)).unwrap_or_else(|error| {
            tracing::warn!(%error, "silences of {target} before this start cannot be read");
            None
        });
        let silences = told.and_then(|text| silence::parse(text.as_bytes(), now)).unwrap_or_default();
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        kept.insert(target.to_owned(), Kept { silences, failing: None });
    }

    /// Keeps what a target says for the next start, where it is news.
    fn keep(&self, target: &str, silences: &[silence::Silence]) {
        let (name, text) = (fact(target), silence::written(silences));
        let kept = self.ledger.fact(&name).and_then(|known| match known.as_ref() == Some(&text) {
            true => Ok(()),
            false => self.ledger.set_facts(&[(&name, &text)]),
        });
        if let Err(error) = kept {
            tracing::warn!(%error, "silences of {target} are not kept for the next start");
        }
    }

    /// How many silences a target keeps, and why that is not known now; `None` where it keeps none.
    pub fn state(&self, target: &str) -> Option<(usize, Option<String>)> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        kept.get(target).map(|kept| (kept.silences.len(), kept.failing.clone()))
    }

    fn note(&self, target: &str, read: Result<Vec<silence::Silence>, String>) {
        read.iter().for_each(|silences| self.keep(target, silences));
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.entry(target.to_owned()).or_default();
        match read {
            Ok(silences) => *kept = Kept { silences, failing: None },
            Err(reason) => {
                if kept.failing.is_none() {
                    tracing::warn!("silences of {target} cannot be read: {reason}");
                }
                kept.failing = Some(reason);
            }
        }
    }
}

impl Silences for Silenced {
    fn silence_of(&self, alert: Silenceable<'_>, at: Timestamp) -> Option<Silence> {
        let Silenceable { key, service, is_measured, is_urgent } = alert;
        let (slo, objective, severity) = (&*key.slo, &*key.objective, &*key.severity);
        let labels = AlertLabels { slo, objective, service, severity, is_measured, is_urgent };
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let all = kept.iter().flat_map(|(target, kept)| kept.silences.iter().map(move |silence| (target, silence)));
        let of_alert = all.filter(|(_, silence)| silence.is_of(&labels, at));
        // The one that lasts longest says when it is over.
        let (target, silence) = of_alert.max_by_key(|(_, silence)| silence.until)?;
        Some(Silence {
            id: silence.id.clone(),
            kept_by: target.clone(),
            by: silence.by.clone(),
            comment: silence.comment.clone(),
            until: silence.until,
        })
    }

    fn is_kept_by(&self, target: &str) -> bool {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).contains_key(target)
    }
}

/// The thread that reads; ends when dropped, after what it is waiting for.
pub struct ReadingThread {
    _stop: Sender<()>,
}

impl ReadingThread {
    /// Reads silences of these targets, those that keep any, from now on.
    pub fn start(
        targets: &[Target],
        silenced: Arc<Silenced>,
        clock: Arc<dyn Clock>,
    ) -> Result<Option<ReadingThread>, anyhow::Error> {
        let readers = targets.iter().filter_map(|target| SilenceReader::of(target).transpose());
        let readers: Vec<SilenceReader> = readers.collect::<Result<_, TargetFault>>()?;
        if readers.is_empty() {
            return Ok(None);
        }
        for reader in &readers {
            silenced.recall(&reader.name, clock.now());
        }
        let ((stop, stopped), (first, was_first)) = (channel(), channel());
        std::thread::Builder::new()
            .name("silences".into())
            .spawn(move || read(&readers, &silenced, &*clock, &stopped, &first))?;
        // Later is not too late: the next look heeds what is known then.
        let _ = was_first.recv_timeout(FIRST_MAX);
        Ok(Some(ReadingThread { _stop: stop }))
    }
}

fn read(readers: &[SilenceReader], silenced: &Silenced, clock: &dyn Clock, stopped: &Receiver<()>, first: &Sender<()>) {
    loop {
        for reader in readers {
            silenced.note(&reader.name, reader.read(clock.now()));
        }
        let _ = first.send(());
        if !matches!(stopped.recv_timeout(READ_EVERY), Err(RecvTimeoutError::Timeout)) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nines_ledger::SqliteLedger;
    use nines_slo::alert::episode::AlertKey;

    const NOW: Timestamp = Timestamp::from_secs(1_790_000_000);

    #[test]
    fn what_an_alertmanager_said_last_outlives_a_restart_while_it_is_down() {
        let ledger = Arc::new(SqliteLedger::in_memory().unwrap());
        let started = || {
            let silenced = Silenced::kept_in(ledger.clone());
            silenced.recall("am", NOW);
            silenced
        };
        let list = r#"[{"id":"s1","status":{"state":"active"},"createdBy":"kim","comment":"the move",
            "endsAt":"2026-09-22T00:00:00Z","matchers":[{"name":"service","value":"w.b","isRegex":true}]}]"#;
        let first = started();
        first.note("am", Ok(silence::parse(list.as_bytes(), NOW).unwrap()));
        let second = started();
        second.note("am", Err("no connection".into()));
        let key = AlertKey { slo: "web".into(), objective: "1".into(), severity: "page".into() };
        let alert = || Silenceable { key: &key, service: "web", is_measured: true, is_urgent: true };
        let found = second.silence_of(alert(), NOW).unwrap();
        assert_eq!((found.id.as_str(), found.kept_by.as_str(), found.comment.as_str()), ("s1", "am", "the move"));
        assert!(second.silence_of(alert(), found.until).is_none());
        assert_eq!(second.state("am"), Some((1, Some("no connection".into()))));
        // One that was taken back meanwhile is gone for good.
        second.note("am", Ok(Vec::new()));
        assert!(started().silence_of(alert(), NOW).is_none());
    }
}
