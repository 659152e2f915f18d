//! Histories as shells write them: zsh with `EXTENDED_HISTORY` (`: BEGAN:SECONDS;COMMAND`), and bash with `HISTTIMEFORMAT`
//! (`#BEGAN` on a line before the command).

use super::{COMMANDS_MAX, Command};
use nines_base::{DurationUs, Timestamp};

nines_base::catalogue! {
    /// Why a history cannot be looked at.
    pub enum HistoryFact {
        NoTimes => { en: "it says of no command when it ran", ko: "명령이 언제 실행됐는지 나와 있지 않습니다" },
    }
}

/// What was read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct History {
    /// Commands in the order of the file; the last [`COMMANDS_MAX`].
    pub commands: Vec<Command>,
    /// Commands without a time, which are not looked at.
    pub n_untimed: usize,
}

/// Reads a history of either shell.
///
/// # Errors
/// No command has a time.
pub fn read(bytes: &[u8]) -> Result<History, HistoryFact> {
    let mut history = History::default();
    let mut open: Option<Command> = None;
    for line in bytes.split(|byte| *byte == b'\n') {
        if let Some((began, ran, text)) = zsh(line) {
            history.keep(open.take());
            open = Some(Command { duration: Some(ran), ..command(began, &unmetafied(text)) });
        } else if let Some(began) = bash(line) {
            history.keep(open.take());
            open = Some(command(began, ""));
        } else if let Some(command) = &mut open {
            continued(command, line, &mut history);
        } else if !line.trim_ascii().is_empty() {
            history.n_untimed += 1;
        }
    }
    history.keep(open);
    if history.commands.is_empty() { Err(HistoryFact::NoTimes) } else { Ok(history) }
}

impl History {
    fn keep(&mut self, command: Option<Command>) {
        let Some(command) = command.filter(|command| !command.text.trim().is_empty()) else { return };
        // Twice the most is kept at once, so that dropping the first is rare.
        if self.commands.len() >= 2 * COMMANDS_MAX {
            self.commands.drain(..COMMANDS_MAX);
        }
        self.commands.push(command);
    }

    /// The commands to look at.
    #[must_use]
    pub fn last(&self) -> &[Command] {
        &self.commands[self.commands.len().saturating_sub(COMMANDS_MAX)..]
    }
}

fn command(began: i64, text: &str) -> Command {
    Command { at: Timestamp::from_secs(began), duration: None, session: String::new(), text: text.to_owned() }
}

/// A line that goes on with a command, or one without a time after it.
fn continued(command: &mut Command, line: &[u8], history: &mut History) {
    let line = unmetafied(line);
    match command.text.strip_suffix('\\') {
        // zsh writes a line break of a command as a backslash before it.
        Some(before) if command.duration.is_some() => command.text = format!("{before}\n{line}"),
        // A line of zsh that ends nothing was typed before times were kept.
        None if command.duration.is_some() => history.n_untimed += usize::from(!line.trim().is_empty()),
        _ if command.text.is_empty() => command.text = line,
        _ if line.is_empty() => {}
        _ => command.text = format!("{}\n{line}", command.text),
    }
}

/// `: BEGAN:SECONDS;COMMAND`.
fn zsh(line: &[u8]) -> Option<(i64, DurationUs, &[u8])> {
    let rest = line.strip_prefix(b": ")?;
    let end = rest.iter().position(|byte| *byte == b';')?;
    let (began, ran) = std::str::from_utf8(&rest[..end]).ok()?.split_once(':')?;
    Some((seconds(began)?, DurationUs::from_secs(seconds(ran)?), &rest[end + 1..]))
}

/// `#BEGAN`, in seconds of this or the last century.
fn bash(line: &[u8]) -> Option<i64> {
    let digits = line.trim_ascii_end().strip_prefix(b"#")?;
    if digits.len() < 9 { None } else { seconds(std::str::from_utf8(digits).ok()?) }
}

/// Whole seconds that can be a time.
fn seconds(text: &str) -> Option<i64> {
    let is_number = (1..=11).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// What zsh wrote: it marks bytes that mean something to it with 0x83 and flips their sixth bit, in UTF-8 of Hangul, too.
fn unmetafied(bytes: &[u8]) -> String {
    const META: u8 = 0x83;
    let mut plain = Vec::with_capacity(bytes.len());
    let mut bytes = bytes.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            &META => plain.extend(bytes.next().map(|next| next ^ 0x20)),
            byte => plain.push(*byte),
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests;
