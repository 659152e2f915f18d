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
pub fn serve(listener: &UnixListener, keeper: &mut Keeper, stop: &Stop) -> Result<(), io::Error> {
    listener.set_nonblocking(true)?;
    let mut talks: Vec<Talk> = Vec::new();
    loop {
        let ready = wait(listener, keeper, stop, &talks)?;
        if ready.stop {
            return Ok(());
        }
        keeper.look_at_the_clock();
        keeper.watch();
        let time = if talks.len() < TALKS_MAX { TALK_TIME } else { TALK_TIME_CROWDED };
        let mut is_ready = ready.talks.into_iter();
        talks.retain_mut(|talk| {
            let goes_on = !is_ready.next().unwrap_or(false) || talk.go_on(keeper);
            goes_on && talk.since.elapsed() < time
        });
        if ready.connection {
            accept(listener, &mut talks);
        }
    }
}

fn wait(listener: &UnixListener, keeper: &Keeper, stop: &Stop, talks: &[Talk]) -> Result<Ready, io::Error> {
    let longest = if talks.is_empty() && keeper.due_in().is_none() { IDLE_SLEEP } else { PENDING_SLEEP };
    // What is due by now was refused by the disk or the kernel, and is tried again in a while.
    let sleep = keeper.due_in().filter(|due| !due.is_zero()).map_or(longest, |due| due.min(longest));
    let sleep = Timespec::try_from(sleep).map_err(io::Error::other)?;
    let (stop, listener, events) = (stop.as_fd(), listener.as_fd(), keeper.kernel().events());
    // Whoever finds no place waits in the kernel.
    let of_listener = if talks.len() < TALKS_MAX { PollFlags::IN } else { PollFlags::empty() };
    let mut waited: Vec<PollFd<'_>> = [(stop, PollFlags::IN), (listener, of_listener), (events, PollFlags::IN)]
        .into_iter()
        .map(|(fd, asked)| PollFd::from_borrowed_fd(fd, asked))
        .collect();
    let asked = |talk: &Talk| if talk.answer.is_empty() { PollFlags::IN } else { PollFlags::OUT };
    waited.extend(talks.iter().map(|talk| PollFd::from_borrowed_fd(talk.stream.as_fd(), asked(talk))));
    match poll(&mut waited, Some(&sleep)) {
        Ok(_) | Err(rustix::io::Errno::INTR) => {}
        Err(errno) => return Err(errno.into()),
    }
    let mut happened = waited.iter().map(|fd| !fd.revents().is_empty());
    let (stop, connection, _) = (happened.next().unwrap_or(false), happened.next().unwrap_or(false), happened.next());
    Ok(Ready { stop, connection, talks: happened.collect() })
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
        talks.push(Talk { stream, who, since, request: Vec::new(), answer: Vec::new(), n_sent: 0 });
    }
}

impl Talk {
    /// Reads or writes as far as it goes; whether the connection goes on.
    fn go_on(&mut self, keeper: &mut Keeper) -> bool {
        if self.answer.is_empty() { self.read(keeper) } else { self.write() }
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
                Answer::Refused(Refusal::new(Fact::Malformed { reason: error.to_string() }, Hint::SameVersion))
            }
        };
        self.request = Vec::new();
        self.answer = frame(&answer.write());
        self.write()
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
