//! A test file: what is defined, what is sent, what is claimed.

use super::claim::{Claim, read_claim};
use super::messages::{ScriptFact as Fact, ScriptHint as Hint};
use crate::model::Place;
use crate::synthetic::{LineFault, Load, Traffic, read_gap, read_length, read_load};
use nines_base::lang::{Lang, Message};
use nines_base::{DurationUs, Timestamp};

/// Largest test file: a hundred thousand claims.
pub const FILE_BYTES_MAX: usize = 4 << 20;

/// A fault of a test file: place, fact and next step.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// File, line and column.
    pub place: Place,
    /// What is wrong.
    pub fact: Fact,
    /// What to do.
    pub hint: Hint,
}

pub(super) fn fault<T>(place: Place, fact: Fact, hint: Hint) -> Result<T, Fault> {
    Err(Fault { place, fact, hint })
}

/// A path of definitions that a test file names.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// As written, relative to the file.
    pub path: String,
    /// Where it stands.
    pub place: Place,
}

/// A test file as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    /// The definitions it names.
    pub definitions: Vec<Named>,
    /// What is sent.
    pub traffic: Traffic,
    /// What is claimed, in the order of the file.
    pub claims: Vec<Claim>,
}

impl Script {
    /// Reads a file called `name` that is a test: all faults, or none. It names definitions and claims something.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Script, Vec<Fault>> {
        let script = Script::parse_scenario(name, bytes)?;
        let whole = |fact, hint| {
            let place = Place { file: name.to_owned(), line: 1, column: 1 };
            Err(vec![Fault { place, fact, hint }])
        };
        if script.claims.is_empty() {
            return whole(Fact::NoClaims, Hint::AddClaim);
        }
        if script.definitions.is_empty() {
            return whole(Fact::NoDefinitions, Hint::NameDefinitions);
        }
        Ok(script)
    }

    /// Reads a file that may also only say what is sent: all faults, or none.
    pub fn parse_scenario(name: &str, bytes: &[u8]) -> Result<Script, Vec<Fault>> {
        let first = Place { file: name.to_owned(), line: 1, column: 1 };
        let one = |fact, hint| Err(vec![Fault { place: first.clone(), fact, hint }]);
        if bytes.len() > FILE_BYTES_MAX {
            return one(Fact::TooLarge { bytes: bytes.len(), limit: FILE_BYTES_MAX }, Hint::Split);
        }
        let Ok(text) = std::str::from_utf8(bytes) else { return one(Fact::NotUtf8, Hint::SaveAsUtf8) };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader { script: Script::empty(), start_line: None };
        let mut faults = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let mut words = Words { file: name, line: number, text: without_comment(line), at: 0 };
            faults.extend(reader.read(&mut words).err());
        }
        if faults.is_empty() { Ok(reader.script) } else { Err(faults) }
    }

    /// When the last event that is sent can end; nothing where nothing is sent.
    pub fn ends(&self) -> DurationUs {
        self.traffic.loads.iter().map(Load::until).max().unwrap_or_default()
    }

    fn empty() -> Script {
        Script { definitions: Vec::new(), traffic: Traffic::default(), claims: Vec::new() }
    }
}

struct Reader {
    script: Script,
    start_line: Option<usize>,
}

impl Reader {
    fn read(&mut self, words: &mut Words<'_>) -> Result<(), Fault> {
        if words.is_at_end() {
            return Ok(());
        }
        let place = words.place();
        let word = words.next("at 6h sli NAME 0.999")?;
        match word.as_str() {
            "start" => self.read_start(words),
            "definitions" => {
                let place = words.place();
                let path = words.next("definitions examples/game")?;
                self.script.definitions.push(Named { path, place });
                words.end()
            }
            "load" => {
                let (text, place) = (words.rest_of_line(), words.place());
                self.script.traffic.loads.push(read_load(&text).map_err(|error| of_load(error, place))?);
                Ok(())
            }
            "gap" => {
                let (text, place) = (words.rest_of_line(), words.place());
                self.script.traffic.gaps.push(read_gap(&text).map_err(|error| of_load(error, place))?);
                Ok(())
            }
            "at" => {
                let place = words.place();
                let time = words.next("at 6h sli NAME 0.999")?;
                let time =
                    read_length(&time).map_err(|(fact, hint)| of_load(LineFault { at: 0..0, fact, hint }, place))?;
                self.script.claims.push(read_claim(words, time)?);
                Ok(())
            }
            _ => fault(place, Fact::UnknownLine { word }, Hint::Lines),
        }
    }

    fn read_start(&mut self, words: &mut Words<'_>) -> Result<(), Fault> {
        let place = words.place();
        let text = words.next("start 2026-11-01T00:00:00Z")?;
        if let Some(line) = self.start_line {
            return fault(place, Fact::StartTwice { line }, Hint::KeepOne);
        }
        self.start_line = Some(place.line);
        match text.parse::<jiff::Timestamp>() {
            Ok(start) => self.script.traffic.start = Timestamp(start.as_microsecond()),
            Err(_) => return fault(place, Fact::BadTime { value: text }, Hint::WriteTime),
        }
        words.end()
    }
}

/// A line's fault, at its place in the file.
fn of_load(error: LineFault, line: Place) -> Fault {
    let place = Place { column: line.column + error.at.start, ..line };
    let both = |message: &dyn Message| (message.text(Lang::En), message.text(Lang::Ko));
    let ((fact_en, fact_ko), (hint_en, hint_ko)) = (both(&error.fact), both(&error.hint));
    Fault {
        place,
        fact: Fact::OfLoad { english: fact_en, korean: fact_ko },
        hint: Hint::OfLoad { english: hint_en, korean: hint_ko },
    }
}

/// The line up to a `#` that begins it or follows a blank, outside quotes.
fn without_comment(line: &str) -> &str {
    let (mut is_quoted, mut is_escaped, mut previous) = (false, false, ' ');
    for (at, letter) in line.char_indices() {
        match letter {
            '#' if !is_quoted && previous.is_whitespace() => return &line[..at],
            '"' if !is_escaped => is_quoted = !is_quoted,
            _ => {}
        }
        is_escaped = letter == '\\' && !is_escaped;
        previous = letter;
    }
    line
}

/// A line, word by word. A word with blanks stands in double quotes.
pub(super) struct Words<'t> {
    file: &'t str,
    line: usize,
    text: &'t str,
    /// Bytes read.
    at: usize,
}

impl Words<'_> {
    /// Where the next word stands.
    pub(super) fn place(&mut self) -> Place {
        self.skip_blanks();
        let column = self.text[..self.at].chars().count() + 1;
        Place { file: self.file.to_owned(), line: self.line, column }
    }

    /// The next word; where there is none, the line is not complete, and reads as the example.
    pub(super) fn next(&mut self, example: &str) -> Result<String, Fault> {
        let place = self.place();
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            let line = self.text.split_whitespace().next().unwrap_or_default().to_owned();
            return fault(place, Fact::Incomplete { line }, Hint::WriteAs { example: example.to_owned() });
        }
        let Some(quoted) = rest.strip_prefix('"') else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            // A distance may stand right behind its number.
            let end = rest[..end].find('±').filter(|at| *at > 0).unwrap_or(end);
            self.at += end;
            return Ok(rest[..end].to_owned());
        };
        match quoted.find('"') {
            Some(end) => {
                self.at += end + 2;
                Ok(quoted[..end].to_owned())
            }
            None => fault(place, Fact::QuoteOpen, Hint::CloseQuote),
        }
    }

    /// Takes `±`, or `+-` for keyboards without it; whether one stood there.
    pub(super) fn take_sign(&mut self) -> bool {
        self.skip_blanks();
        let rest = &self.text[self.at..];
        let sign = ["±", "+-", "+/-"].into_iter().find(|sign| rest.starts_with(sign));
        self.at += sign.map_or(0, str::len);
        sign.is_some()
    }

    /// What is left.
    pub(super) fn rest_of_line(&mut self) -> String {
        self.skip_blanks();
        self.text[self.at..].trim_end().to_owned()
    }

    pub(super) fn is_at_end(&mut self) -> bool {
        self.skip_blanks();
        self.at == self.text.len()
    }

    /// Nothing may be left.
    pub(super) fn end(&mut self) -> Result<(), Fault> {
        if self.is_at_end() {
            return Ok(());
        }
        let place = self.place();
        let word = self.next("")?;
        fault(place, Fact::TooMuch { word }, Hint::LeaveOut)
    }

    fn skip_blanks(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }
}
