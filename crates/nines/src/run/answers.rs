//! What people answer: questions on stderr, answers from stdin, a line at a time and no byte more, so that an interactive
//! step finds the rest of its input.

use super::signals::Signals;
use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// Longest answer.
const ANSWER_BYTES_MAX: usize = 64 << 10;

/// How often a question looks whether it is still wanted.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// A line, without its end.
    Line(String),
    /// Nobody is there.
    End,
    /// The run was told to end.
    Interrupted,
}

/// Where answers come from.
pub struct Answers {
    wanted: Sender<()>,
    lines: Receiver<Option<String>>,
}

impl Answers {
    /// From stdin, which is not read before something is asked.
    pub fn from_stdin() -> io::Result<Answers> {
        let (wanted, requests) = channel::<()>();
        let (tell, lines) = channel();
        std::thread::Builder::new()
            .name("answers".to_owned())
            .spawn(move || while requests.recv().is_ok() && tell.send(read_line()).is_ok() {})?;
        Ok(Answers { wanted, lines })
    }

    /// Asks, and waits for a line.
    pub fn ask(&self, question: &str, signals: &Signals) -> Answer {
        eprint!("{question}");
        let _ = io::stderr().flush();
        if self.wanted.send(()).is_err() {
            return Answer::End;
        }
        loop {
            match self.lines.recv_timeout(LOOK_EVERY) {
                Ok(Some(line)) => {
                    // What is typed ends its own line on a terminal; what comes from elsewhere is not seen.
                    if !is_terminal() {
                        eprintln!();
                    }
                    return Answer::Line(line);
                }
                Ok(None) | Err(RecvTimeoutError::Disconnected) => {
                    eprintln!();
                    return Answer::End;
                }
                Err(RecvTimeoutError::Timeout) if signals.came() => {
                    eprintln!();
                    return Answer::Interrupted;
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

/// Whether somebody sits there.
pub fn is_terminal() -> bool {
    io::stdin().is_terminal()
}

/// A line; nothing at the end of the input.
fn read_line() -> Option<String> {
    let mut line = Vec::new();
    let mut byte = [0u8; 1];
    loop {
        match rustix::io::read(io::stdin(), &mut byte) {
            Ok(0) if line.is_empty() => return None,
            Ok(0) => break,
            Ok(_) if byte[0] == b'\n' => break,
            Ok(_) if line.len() < ANSWER_BYTES_MAX => line.push(byte[0]),
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return None,
        }
    }
    Some(String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned())
}

/// Whether an answer means yes; `empty` where Enter alone is pressed.
pub fn is_yes(line: &str, empty: bool) -> bool {
    match line.trim() {
        "" => empty,
        word => ["y", "yes", "예", "네", "ㅇ"].contains(&word.to_lowercase().as_str()),
    }
}
