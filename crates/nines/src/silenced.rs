//! What people silenced in an Alertmanager that alerts are told to: read now and then, and heeded by who tells others.
//!
//! Where an Alertmanager does not answer, what it said last goes on until it ends by itself.

use nines_base::{Clock, Timestamp};
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
#[derive(Debug, Default)]
pub struct Silenced {
    kept: RwLock<BTreeMap<String, Kept>>,
}

/// What a target said of its silences.
#[derive(Clone, Debug, Default)]
struct Kept {
    silences: Vec<silence::Silence>,
    /// Why it could not be asked last.
    failing: Option<String>,
}

impl Silenced {
    /// How many silences a target keeps, and why that is not known now; `None` where it keeps none.
    pub fn state(&self, target: &str) -> Option<(usize, Option<String>)> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        kept.get(target).map(|kept| (kept.silences.len(), kept.failing.clone()))
    }

    fn note(&self, target: &str, read: Result<Vec<silence::Silence>, String>) {
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
            silenced.kept.write().unwrap_or_else(PoisonError::into_inner).entry(reader.name.clone()).or_default();
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
