//! Ctrl-C and its like, as a number that the run looks at: no signal ends a run by itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::signal::unix::{SignalKind, signal};

/// Signals that came.
#[derive(Clone, Default)]
pub struct Signals {
    interrupts: Arc<AtomicU32>,
    others: Arc<AtomicU32>,
}

impl Signals {
    /// Takes SIGINT, SIGTERM and SIGHUP from now on.
    pub fn take() -> std::io::Result<Signals> {
        let signals = Signals::default();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let (mut interrupt, mut terminate, mut hang_up) = {
            let _entered = runtime.enter();
            (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?, signal(SignalKind::hangup())?)
        };
        let theirs = signals.clone();
        std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
            runtime.block_on(async {
                loop {
                    let count = tokio::select! {
                        _ = interrupt.recv() => &theirs.interrupts,
                        _ = terminate.recv() => &theirs.others,
                        _ = hang_up.recv() => &theirs.others,
                    };
                    count.fetch_add(1, Ordering::SeqCst);
                }
            });
        })?;
        Ok(signals)
    }

    /// How often the run was told to end.
    pub fn count(&self) -> u32 {
        self.interrupts.load(Ordering::SeqCst) + self.others.load(Ordering::SeqCst)
    }

    /// Whether it was told to end.
    pub fn came(&self) -> bool {
        self.count() > 0
    }

    /// Whether it was told to by anything but the terminal's Ctrl-C, which an interactive step has for itself.
    pub fn came_from_outside(&self) -> bool {
        self.others.load(Ordering::SeqCst) > 0
    }

    /// Forgets interrupts that were an interactive step's.
    pub fn forget_interrupts(&self) {
        self.interrupts.store(0, Ordering::SeqCst);
    }
}
