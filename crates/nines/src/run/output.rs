//! What a step prints: shown as it comes, kept without secrets, never held whole.

use nines_toil::runbook::redact::{Kept, Redactor, Secrets};
use std::io::{self, IsTerminal, Read, Write};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Most that a variable or an expectation takes of what is printed.
pub const CAPTURED_BYTES_MAX: usize = 64 << 10;

/// Read at a time: what a pipe holds.
const CHUNK_BYTES: usize = 64 << 10;

/// A process that goes on in the background may hold the pipes for ever: they count as empty once nothing came so long.
const QUIET_AFTER: Duration = Duration::from_millis(300);

/// Where a stream is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// On stdout.
    Out,
    /// On stderr.
    Err,
    /// Nowhere.
    Nowhere,
}

/// What was printed until the step's shell ended.
pub struct Printed {
    /// Beginning and end, without secrets.
    pub kept: String,
    /// All of it.
    pub n_bytes: u64,
    /// What came on stdout, as it is; cut at [`CAPTURED_BYTES_MAX`].
    pub captured: Vec<u8>,
    /// Whether it was cut.
    pub is_cut: bool,
}

#[derive(Default)]
struct Collected {
    kept: Kept,
    captured: Vec<u8>,
    is_cut: bool,
}

struct Shared {
    collected: Mutex<Collected>,
    n_bytes: AtomicU64,
    n_open: AtomicUsize,
    /// The step is over: what still comes is shown, and no more.
    is_sealed: AtomicBool,
}

/// The streams of a running step.
pub struct Streams {
    shared: Arc<Shared>,
}

impl Streams {
    /// Follows both, each in a thread of its own.
    pub fn follow(
        out: impl Read + Send + 'static,
        err: impl Read + Send + 'static,
        shown: [Shown; 2],
        secrets: &Secrets,
    ) -> io::Result<Streams> {
        let shared = Arc::new(Shared {
            collected: Mutex::default(),
            n_bytes: AtomicU64::new(0),
            n_open: AtomicUsize::new(2),
            is_sealed: AtomicBool::new(false),
        });
        let streams: [(Box<dyn Read + Send>, bool); 2] = [(Box::new(out), true), (Box::new(err), false)];
        for ((stream, is_out), shown) in streams.into_iter().zip(shown) {
            let (shared, secrets) = (shared.clone(), secrets.clone());
            std::thread::Builder::new()
                .name("output".to_owned())
                .spawn(move || Follower { shared, is_out, shown }.run(stream, secrets))?;
        }
        Ok(Streams { shared })
    }

    /// What was printed, once the shell has ended: waits until both streams end, or are quiet because somebody else holds
    /// them.
    pub fn seal(self) -> Printed {
        let shared = &self.shared;
        let (mut seen, mut since) = (shared.n_bytes.load(Ordering::SeqCst), Instant::now());
        while shared.n_open.load(Ordering::SeqCst) > 0 && since.elapsed() < QUIET_AFTER {
            std::thread::sleep(Duration::from_millis(2));
            let now = shared.n_bytes.load(Ordering::SeqCst);
            if now != seen {
                (seen, since) = (now, Instant::now());
            }
        }
        shared.is_sealed.store(true, Ordering::SeqCst);
        let collected = std::mem::take(&mut *shared.collected.lock().unwrap_or_else(PoisonError::into_inner));
        Printed {
            kept: collected.kept.text(),
            n_bytes: shared.n_bytes.load(Ordering::SeqCst),
            captured: collected.captured,
            is_cut: collected.is_cut,
        }
    }
}

struct Follower {
    shared: Arc<Shared>,
    is_out: bool,
    shown: Shown,
}

impl Follower {
    fn run(self, mut stream: impl Read, secrets: Secrets) {
        let mut redactor = Redactor::new(secrets);
        let mut chunk = vec![0u8; CHUNK_BYTES];
        let mut clean = Vec::new();
        loop {
            let n_bytes = match stream.read(&mut chunk) {
                Ok(0) => break,
                Ok(n_bytes) => n_bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => break,
            };
            redactor.push(&chunk[..n_bytes], &mut clean);
            self.take(&chunk[..n_bytes], &mut clean);
            self.shared.n_bytes.fetch_add(n_bytes as u64, Ordering::SeqCst);
        }
        redactor.finish(&mut clean);
        self.take(&[], &mut clean);
        self.shared.n_open.fetch_sub(1, Ordering::SeqCst);
    }

    /// Shows what came as it is to a person, and without secrets to anything that keeps it: a log is no terminal.
    fn take(&self, raw: &[u8], clean: &mut Vec<u8>) {
        match self.shown {
            Shown::Out => show(&mut io::stdout(), raw, clean),
            Shown::Err => show(&mut io::stderr(), raw, clean),
            Shown::Nowhere => {}
        }
        if !self.shared.is_sealed.load(Ordering::SeqCst) {
            let mut collected = self.shared.collected.lock().unwrap_or_else(PoisonError::into_inner);
            collected.kept.push(clean);
            if self.is_out {
                let room = CAPTURED_BYTES_MAX - collected.captured.len();
                collected.is_cut |= raw.len() > room;
                collected.captured.extend_from_slice(&raw[..raw.len().min(room)]);
            }
        }
        clean.clear();
    }
}

/// Nobody reading any more is no failure of the step.
fn show(to: &mut (impl Write + IsTerminal), raw: &[u8], clean: &[u8]) {
    let bytes = if to.is_terminal() { raw } else { clean };
    if !bytes.is_empty() {
        let _ = to.write_all(bytes).and_then(|()| to.flush());
    }
}
