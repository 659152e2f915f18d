//! The loop: one thread waits for requests, for what others do to the rules, for the clock, and for the word to stop.
//!
//! A connection carries one request and one answer. Slow and silent ones hold nobody up for long: nothing blocks, and
//! where there are many each has less time.

use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::keeper::Keeper;
use crate::messages::{Fact, Hint, Refusal};
use crate::notify::Notify;
use crate::protocol::{Answer, Request, frame, unframe};
use crate::signal::Stop;
use crate::who::Who;

/// Connections at once: people and one server ask; each holds at most one message.
const TALKS_MAX: usize = 16;
/// How long a connection may take for its request and answer.
const TALK_TIME: Duration = Duration::from_secs(10);
/// How long while others wait for its place.
const TALK_TIME_CROWDED: Duration = Duration::from_millis(500);
/// Longest sleep while something waits for its confirmation: the clock of deadlines goes on while the host is suspended,
/// the clock of a sleep does not.
const PENDING_SLEEP: Duration = Duration::from_millis(250);
/// Longest sleep otherwise.
const IDLE_SLEEP: Duration = Duration::from_secs(5);
/// Bytes that are read at once.
const CHUNK_BYTES: usize = 64 << 10;

/// A connection.
struct Talk {
    stream: UnixStream,
    who: Who,
    since: Instant,
    request: Vec<u8>,
    answer: Vec<u8>,
    n_sent: usize,
    /// Whether it waits for a trace to end.
    is_waiting: bool,
}

/// What happened while waiting.
struct Ready {
    stop: bool,
    connection: bool,
    talks: Vec<bool>,
}

/// Serves until told to stop.
///
/// # Errors
/// Where waiting fails: nothing else ends it.
pub fn serve(listener: &UnixListener, keeper: &mut Keeper, stop: &Stop, notify: &mut Notify) -> Result<(), io::Error> {
    listener.set_nonblocking(true)?;
    let mut talks: Vec<Talk> = Vec::new();
    loop {
        notify.alive();
        let ready = wait(listener, keeper, stop, &talks, notify.patience())?;
        if ready.stop {
            keeper.end_trace();
            return Ok(());
        }
        keeper.look_at_the_clock();
        keeper.watch();
        if let Some(answer) = keeper.traced() {
            talks.iter_mut().filter(|talk| talk.is_waiting).for_each(|talk| talk.give(&answer));
        }
        let time = if talks.len() < TALKS_MAX { TALK_TIME } else { TALK_TIME_CROWDED };
        let mut is_ready = ready.talks.into_iter();
        talks.retain_mut(|talk| {
            let goes_on = !is_ready.next().unwrap_or(false) || talk.go_on(keeper);
            // A trace has its own time.
            goes_on && (talk.is_waiting || talk.since.elapsed() < time)
        });
        if ready.connection {
            accept(listener, &mut talks);
        }
    }
}

fn wait(
    listener: &UnixListener,
    keeper: &Keeper,
    stop: &Stop,
    talks: &[Talk],
    patience: Option<Duration>,
) -> Result<Ready, io::Error> {
    let longest = if talks.is_empty() && keeper.due_in().is_none() { IDLE_SLEEP } else { PENDING_SLEEP };
    let longest = patience.map_or(longest, |patience| longest.min(patience));
    // What is due by now was refused by the disk or the kernel, and is tried again in a while.
    let sleep = keeper.due_in().filter(|due| !due.is_zero()).map_or(longest, |due| due.min(longest));
    let sleep = Timespec::try_from(sleep).map_err(io::Error::other)?;
    let (stop, listener, kernel) = (stop.as_fd(), listener.as_fd(), keeper.kernel());
    // Whoever finds no place waits in the kernel.
    let of_listener = if talks.len() < TALKS_MAX { PollFlags::IN } else { PollFlags::empty() };
    let fixed = [
        (stop, PollFlags::IN),
        (listener, of_listener),
        (kernel.events(), PollFlags::IN),
        (kernel.traces(), PollFlags::IN),
    ];
    let n_fixed = fixed.len();
    let of_talks = talks.iter().map(|talk| (talk.stream.as_fd(), talk.waits_for()));
    let mut waited: Vec<PollFd<'_>> =
        fixed.into_iter().chain(of_talks).map(|(fd, asked)| PollFd::from_borrowed_fd(fd, asked)).collect();
    match poll(&mut waited, Some(&sleep)) {
        Ok(_) | Err(rustix::io::Errno::INTR) => {}
        Err(errno) => return Err(errno.into()),
    }
    let happened: Vec<bool> = waited.iter().map(|fd| !fd.revents().is_empty()).collect();
    let at = |nth: usize| happened.get(nth).copied().unwrap_or(false);
    Ok(Ready { stop: at(0), connection: at(1), talks: happened.get(n_fixed..).unwrap_or_default().to_vec() })
}

fn accept(listener: &UnixListener, talks: &mut Vec<Talk>) {
    while talks.len() < TALKS_MAX
        && let Ok((stream, _)) = listener.accept()
    {
        let Ok(who) = Who::of(&stream) else { continue };
        if stream.set_nonblocking(true).is_err() {
            continue;
        }
        let since = Instant::now();
        talks.push(Talk { stream, who, since, request: Vec::new(), answer: Vec::new(), n_sent: 0, is_waiting: false });
    }
}

impl Talk {
    /// Reads or writes as far as it goes; whether the connection goes on.
    fn go_on(&mut self, keeper: &mut Keeper) -> bool {
        if self.is_waiting {
            // Nothing is asked of it meanwhile: it hung up.
            keeper.end_trace();
            return false;
        }
        if self.answer.is_empty() { self.read(keeper) } else { self.write() }
    }

    /// What is to happen on it next; that it was hung up is told anyway.
    fn waits_for(&self) -> PollFlags {
        match (self.is_waiting, self.answer.is_empty()) {
            (true, _) => PollFlags::empty(),
            (false, true) => PollFlags::IN,
            (false, false) => PollFlags::OUT,
        }
    }

    /// The answer that it waited for.
    fn give(&mut self, answer: &Answer) {
        self.is_waiting = false;
        self.since = Instant::now();
        self.answer = frame(&answer.write());
    }

    fn read(&mut self, keeper: &mut Keeper) -> bool {
        let mut chunk = vec![0; CHUNK_BYTES];
        match self.stream.read(&mut chunk) {
            Ok(0) => return false,
            Ok(n_bytes) => self.request.extend_from_slice(chunk.get(..n_bytes).unwrap_or_default()),
            Err(error) => return matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted),
        }
        let request = match unframe(&self.request) {
            Ok(None) => return true,
            Ok(Some(body)) => Request::read(body),
            Err(error) => Err(error),
        };
        let answer = match request {
            Ok(request) => keeper.answer(request, self.who),
            Err(error) => {
                let fact = Fact::Malformed { reason: error.to_string() };
                Some(Answer::Refused(Refusal::new(fact, Hint::SameVersion)))
            }
        };
        self.request = Vec::new();
        match answer {
            None => {
                self.is_waiting = true;
                true
            }
            Some(answer) => {
                self.give(&answer);
                self.write()
            }
        }
    }

    fn write(&mut self) -> bool {
        let rest = self.answer.get(self.n_sent..).unwrap_or_default();
        match self.stream.write(rest) {
            Ok(n_bytes) => {
                self.n_sent += n_bytes;
                n_bytes > 0 && self.n_sent < self.answer.len()
            }
            Err(error) => matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted),
        }
    }
}
