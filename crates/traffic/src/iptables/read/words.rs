//! A line of a save file as words, each with its column; quotes and backslashes are gone.

use super::Fault;
use crate::messages::{Fact, Hint};

/// A word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Word {
    /// What it says.
    pub(super) text: String,
    /// Where it begins, in characters from 1.
    pub(super) column: usize,
    /// Whether it was in quotes: then it is never an option.
    pub(super) quoted: bool,
}

impl Word {
    /// Whether it can be an option: `-s`, `--dport`.
    pub(super) fn is_option(&self) -> bool {
        !self.quoted && self.text.len() > 1 && self.text.starts_with('-') && !is_number(&self.text)
    }

    /// Whether it is the `!` that negates.
    pub(super) fn is_not(&self) -> bool {
        !self.quoted && self.text == "!"
    }
}

fn is_number(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Takes a line apart. Inside double quotes a backslash keeps what follows it; single quotes keep everything.
pub(super) fn split(line: &str) -> Result<Vec<Word>, Fault> {
    let mut words: Vec<Word> = Vec::new();
    let mut open: Option<Word> = None;
    let mut quote: Option<(char, usize)> = None;
    let mut letters = (1..).zip(line.chars());
    while let Some((column, letter)) = letters.next() {
        match (quote, letter) {
            (Some((mark, _)), _) if letter == mark => quote = None,
            (Some(('"', _)), '\\') => push(&mut open, column, letters.next().map_or('\\', |(_, next)| next), true),
            (Some(_), _) => push(&mut open, column, letter, true),
            (None, '"' | '\'') => {
                quote = Some((letter, column));
                open.get_or_insert_with(|| Word { text: String::new(), column, quoted: true }).quoted = true;
            }
            (None, ' ' | '\t' | '\r') => words.extend(open.take()),
            (None, _) => push(&mut open, column, letter, false),
        }
    }
    if let Some((_, column)) = quote {
        return Err(Fault { column, fact: Fact::QuoteOpen, hint: Hint::CloseQuote });
    }
    words.extend(open);
    Ok(words)
}

fn push(open: &mut Option<Word>, column: usize, letter: char, quoted: bool) {
    let word = open.get_or_insert_with(|| Word { text: String::new(), column, quoted });
    word.text.push(letter);
}
