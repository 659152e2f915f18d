//! The shape of a filter's text: terms as written, each part with its place. Knows marks, quotes and
//! brackets, not what a name means.

use super::messages::{FilterFact as Fact, FilterHint as Hint};
use super::{FILTER_CHARS_MAX, FilterError, TERMS_MAX};
use std::ops::Range;

/// A term as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrittenTerm {
    /// All its characters, negation included.
    pub at: Range<usize>,
    /// Whether an odd number of `!` and `-` stands before it.
    pub negated: bool,
    /// Its name.
    pub name: Word,
    /// What follows the name.
    pub comparison: Option<WrittenComparison>,
}

/// Operator and values of a term.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrittenComparison {
    /// The operator.
    pub operator: Operator,
    /// Its characters.
    pub operator_at: Range<usize>,
    /// At least one value.
    pub values: Vec<Word>,
    /// Whether the values stand in brackets.
    pub is_list: bool,
    /// The values' characters, brackets included.
    pub values_at: Range<usize>,
}

/// A name or a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// Without quotation marks and escapes.
    pub text: String,
    /// Its characters, quotation marks included.
    pub at: Range<usize>,
}

/// The operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Operator {
    Equal,
    Unequal,
    Like,
    Unlike,
    Lt,
    Le,
    Gt,
    Ge,
}

impl Operator {
    /// Every operator; a longer sign stands before its prefix.
    pub const ALL: [Operator; 8] = [
        Operator::Unequal,
        Operator::Like,
        Operator::Unlike,
        Operator::Le,
        Operator::Ge,
        Operator::Equal,
        Operator::Lt,
        Operator::Gt,
    ];

    /// As written.
    pub const fn sign(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::Unequal => "!=",
            Operator::Like => "=~",
            Operator::Unlike => "!~",
            Operator::Lt => "<",
            Operator::Le => "<=",
            Operator::Gt => ">",
            Operator::Ge => ">=",
        }
    }
}

/// Signs of other languages, and ours for them.
const FOREIGN_OPERATORS: [(&str, &str); 5] = [("==", "="), ("=>", ">="), ("<>", "!="), ("=!", "!="), ("~", "=~")];

/// A part of a text and what it is: for colours and for completion.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Its characters.
    pub at: Range<usize>,
    /// What it says, without quotation marks and escapes.
    pub text: String,
}

/// What a part of a text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PieceKind {
    /// `!` or `-`.
    Negation,
    /// A name.
    Name(Quoting),
    /// An operator.
    Operator,
    /// A value.
    Value(Quoting),
    /// `(`.
    ListStart,
    /// `,` in a list.
    Comma,
    /// `)`.
    ListEnd,
}

/// How a word is quoted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quoting {
    /// Not at all.
    Bare,
    /// With both marks.
    Closed,
    /// The closing mark is missing.
    Open,
}

/// Splits a text into terms. The pieces reach as far as the text could be read.
pub(super) fn read(text: &str) -> (Vec<Piece>, Result<Vec<WrittenTerm>, FilterError>) {
    let mut scanner = Scanner { chars: text.chars().collect(), at: 0, pieces: Vec::new() };
    let result = scanner.terms();
    (scanner.pieces, result)
}

/// A text split into terms without asking what their names mean.
pub fn written_terms(text: &str) -> Result<Vec<WrittenTerm>, FilterError> {
    read(text).1
}

struct Scanner {
    chars: Vec<char>,
    at: usize,
    pieces: Vec<Piece>,
}

fn fault(at: Range<usize>, fact: Fact, hint: Hint) -> FilterError {
    FilterError { at, fact, hint }
}

/// Characters that cannot stand in a bare name.
pub(super) fn ends_name(c: char) -> bool {
    c.is_whitespace() || matches!(c, '=' | '!' | '<' | '>' | '~' | '(' | ')' | ',' | '"' | '\'' | '&' | '|' | ';' | '`')
}

impl Scanner {
    fn terms(&mut self) -> Result<Vec<WrittenTerm>, FilterError> {
        let chars = self.chars.len();
        if chars > FILTER_CHARS_MAX {
            let fact = Fact::TooLong { chars, chars_max: FILTER_CHARS_MAX };
            return Err(fault(FILTER_CHARS_MAX..chars, fact, Hint::Shorten));
        }
        let mut terms = Vec::new();
        loop {
            self.skip_space();
            if self.at == chars {
                return Ok(terms);
            }
            let term = self.term()?;
            if terms.len() == TERMS_MAX {
                return Err(fault(term.at, Fact::TooManyTerms { terms_max: TERMS_MAX }, Hint::Shorten));
            }
            terms.push(term);
        }
    }

    fn term(&mut self) -> Result<WrittenTerm, FilterError> {
        let start = self.at;
        let mut negated = false;
        while let Some('!' | '-') = self.peek(0) {
            if self.peek(0) == Some('!') && matches!(self.peek(1), Some('=' | '~')) {
                break;
            }
            negated = !negated;
            self.take(PieceKind::Negation, 1);
        }
        if self.at > start && self.peek(0).is_none_or(char::is_whitespace) {
            return Err(fault(start..self.at, Fact::NothingNegated, Hint::NegateTerm));
        }
        let name = self.name()?;
        let comparison = self.comparison(&name)?;
        Ok(WrittenTerm { at: start..self.at, negated, name, comparison })
    }

    fn name(&mut self) -> Result<Word, FilterError> {
        let start = self.at;
        let mut text = self.bare(ends_name);
        let mut quoting = Quoting::Bare;
        if self.peek(0) == Some('"') && (text.is_empty() || text == "tag.") {
            let quoted_start = self.at;
            let (quoted, how) = self.quoted();
            quoting = how;
            text += &quoted;
            if quoting == Quoting::Open {
                self.push(PieceKind::Name(quoting), start, &text);
                return Err(fault(quoted_start..self.at, Fact::QuoteOpen, Hint::CloseQuote));
            }
        }
        if self.at == start {
            return Err(self.not_a_name());
        }
        self.push(PieceKind::Name(quoting), start, &text);
        Ok(Word { text, at: start..self.at })
    }

    /// Why no name starts here; there is a character.
    fn not_a_name(&self) -> FilterError {
        if let Some(sign) = self.operator_here() {
            let at = self.at..self.at + sign.chars().count();
            return fault(at, Fact::StrayOperator { operator: sign.to_owned() }, Hint::NameFirst);
        }
        let character = self.peek(0).unwrap_or(' ');
        let at = self.at..self.at + 1;
        match character {
            '(' => fault(at, Fact::StrayCharacter { character }, Hint::NoGroups),
            '\'' => fault(at, Fact::SingleQuote, Hint::QuoteIt),
            '&' => fault(at, Fact::StrayCharacter { character }, Hint::TermsAreAnded),
            '|' => fault(at, Fact::StrayCharacter { character }, Hint::NoOr),
            _ => fault(at, Fact::StrayCharacter { character }, Hint::QuoteIt),
        }
    }

    fn comparison(&mut self, name: &Word) -> Result<Option<WrittenComparison>, FilterError> {
        let name_end = self.at;
        self.skip_space();
        let spaced = self.at > name_end;
        let Some(sign) = self.operator_here() else {
            self.at = name_end;
            return if spaced || self.peek(0).is_none() { Ok(None) } else { Err(self.glued_to_name()) };
        };
        let operator_start = self.at;
        let Some(operator) = Operator::ALL.into_iter().find(|operator| operator.sign() == sign) else {
            let at = self.at..self.at + sign.chars().count();
            let meant = FOREIGN_OPERATORS.iter().find(|(foreign, _)| *foreign == sign).map_or("=", |(_, ours)| ours);
            let hint = Hint::OperatorMeant { operator: meant.to_owned() };
            return Err(fault(at, Fact::NotAnOperator { text: sign.to_owned() }, hint));
        };
        self.take(PieceKind::Operator, sign.len());
        let operator_at = operator_start..self.at;
        if spaced {
            self.skip_space();
        }
        if self.peek(0).is_none_or(char::is_whitespace) {
            let fact = Fact::ValueMissing { name: name.text.clone(), operator: sign.to_owned() };
            return Err(fault(name.at.start..operator_at.end, fact, Hint::WriteValue));
        }
        let values_start = self.at;
        let is_list = self.peek(0) == Some('(');
        let values = if is_list { self.list()? } else { vec![self.value()?] };
        let closed = is_list || self.chars[self.at - 1] == '"';
        match self.peek(0) {
            Some(next) if !next.is_whitespace() && closed => {
                return Err(fault(self.at..self.at + 1, Fact::Glued, Hint::SpaceBetween));
            }
            _ => {}
        }
        Ok(Some(WrittenComparison { operator, operator_at, values, is_list, values_at: values_start..self.at }))
    }

    fn glued_to_name(&self) -> FilterError {
        let character = self.peek(0).unwrap_or(' ');
        let at = self.at..self.at + 1;
        match character {
            '"' => fault(at, Fact::QuoteInside, Hint::QuoteIt),
            '!' | '&' | '|' | ',' | ';' => fault(at, Fact::StrayCharacter { character }, Hint::SpaceBetween),
            '(' | ')' => fault(at, Fact::StrayCharacter { character }, Hint::NoGroups),
            _ if self.chars[self.at - 1] == '"' => fault(at, Fact::Glued, Hint::SpaceBetween),
            _ => fault(at, Fact::StrayCharacter { character }, Hint::QuoteIt),
        }
    }

    fn list(&mut self) -> Result<Vec<Word>, FilterError> {
        let start = self.at;
        self.take(PieceKind::ListStart, 1);
        let mut values = Vec::new();
        loop {
            self.skip_space();
            match self.peek(0) {
                None => return Err(fault(start..self.at, Fact::ListOpen, Hint::CloseList)),
                Some(')') if values.is_empty() => {
                    return Err(fault(start..self.at + 1, Fact::ListEmpty, Hint::FillList));
                }
                Some(')' | ',') => {
                    return Err(fault(self.at..self.at + 1, Fact::ListValueMissing, Hint::FillList));
                }
                Some(_) => {}
            }
            values.push(if self.peek(0) == Some('"') {
                self.quoted_word()?
            } else {
                self.bare_value(|c| c.is_whitespace() || matches!(c, ',' | ')' | '"'))?
            });
            self.skip_space();
            match self.peek(0) {
                Some(',') => self.take(PieceKind::Comma, 1),
                Some(')') => {
                    self.take(PieceKind::ListEnd, 1);
                    return Ok(values);
                }
                None => return Err(fault(start..self.at, Fact::ListOpen, Hint::CloseList)),
                Some(_) => return Err(fault(self.at..self.at + 1, Fact::ListSeparator, Hint::FillList)),
            }
        }
    }

    fn value(&mut self) -> Result<Word, FilterError> {
        if self.peek(0) == Some('"') {
            return self.quoted_word();
        }
        let word = self.bare_value(|c| c.is_whitespace() || c == '"')?;
        if self.peek(0) == Some('"') {
            return Err(fault(self.at..self.at + 1, Fact::QuoteInside, Hint::QuoteIt));
        }
        if let Some(character @ (',' | ';')) = self.chars[..self.at].last().copied() {
            return Err(fault(self.at - 1..self.at, Fact::StrayCharacter { character }, Hint::SpaceBetween));
        }
        Ok(word)
    }

    fn bare_value(&mut self, ends: impl Fn(char) -> bool) -> Result<Word, FilterError> {
        let start = self.at;
        if self.peek(0) == Some('\'') {
            return Err(fault(start..start + 1, Fact::SingleQuote, Hint::QuoteIt));
        }
        let text = self.bare(ends);
        self.push(PieceKind::Value(Quoting::Bare), start, &text);
        Ok(Word { text, at: start..self.at })
    }

    fn bare(&mut self, ends: impl Fn(char) -> bool) -> String {
        let start = self.at;
        while self.peek(0).is_some_and(|c| !ends(c)) {
            self.at += 1;
        }
        self.chars[start..self.at].iter().collect()
    }

    fn quoted_word(&mut self) -> Result<Word, FilterError> {
        let start = self.at;
        let (text, quoting) = self.quoted();
        self.push(PieceKind::Value(quoting), start, &text);
        match quoting {
            Quoting::Open => Err(fault(start..self.at, Fact::QuoteOpen, Hint::CloseQuote)),
            _ => Ok(Word { text, at: start..self.at }),
        }
    }

    /// Reads `"…"`; a backslash before anything but `"` and `\` is itself, so that patterns stay readable.
    fn quoted(&mut self) -> (String, Quoting) {
        self.at += 1;
        let mut text = String::new();
        while let Some(c) = self.peek(0) {
            self.at += 1;
            match (c, self.peek(0)) {
                ('"', _) => return (text, Quoting::Closed),
                ('\\', Some(escaped @ ('"' | '\\'))) => {
                    text.push(escaped);
                    self.at += 1;
                }
                (c, _) => text.push(c),
            }
        }
        (text, Quoting::Open)
    }

    /// The sign that starts here, ours or foreign; `!` alone is none.
    fn operator_here(&self) -> Option<&'static str> {
        let ours = Operator::ALL.map(Operator::sign);
        let foreign = FOREIGN_OPERATORS.map(|(foreign, _)| foreign);
        ours.into_iter()
            .chain(foreign)
            .filter(|sign| sign.chars().enumerate().all(|(ahead, c)| self.peek(ahead) == Some(c)))
            .max_by_key(|sign| sign.len())
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn take(&mut self, kind: PieceKind, chars: usize) {
        let start = self.at;
        self.at += chars;
        let text: String = self.chars[start..self.at].iter().collect();
        self.push(kind, start, &text);
    }

    fn push(&mut self, kind: PieceKind, start: usize, text: &str) {
        self.pieces.push(Piece { kind, at: start..self.at, text: text.to_owned() });
    }

    fn skip_space(&mut self) {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }
}
