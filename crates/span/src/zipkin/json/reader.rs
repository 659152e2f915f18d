//! A pull reader over one JSON text: strings are borrowed, only those with escapes are rebuilt in the arena.
//!
//! It accepts what Zipkin's parser accepts, which is less strict than the standard: control characters
//! in strings, `TRUE`, `\'`; numbers where text is asked for and text where numbers are. A caller asks
//! for what it wants next; the fault of a wrong answer is kept in the reader, so that results are small.

use super::number::{self, Literal};
use super::place;
use crate::decode_error::{Fault, Place, quoted};
use bumpalo::Bump;

/// Lists and objects inside one another, the outermost list included: Zipkin's own limit. Skipping an
/// unknown value recurses once a level, so this also bounds the stack.
pub(crate) const NESTING_MAX: usize = 255;

/// A read failed; the reader knows why ([`Reader::into_fault`]).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failed;

/// A value whose type decides what it means.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Scalar<'a> {
    /// A text in quotes.
    Text(&'a str),
    /// A truth value.
    Bool(bool),
    /// Anything else, which was stepped over.
    Other,
}

/// The reader.
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
    arena: &'a Bump,
    fault: Option<Fault>,
}

impl<'a> Reader<'a> {
    /// At the start of `text`.
    pub fn new(text: &'a str, arena: &'a Bump) -> Reader<'a> {
        Reader { text, at: 0, arena, fault: None }
    }

    /// What the last failure was about.
    pub fn into_fault(self) -> Fault {
        self.fault.unwrap_or(Fault::Malformed)
    }

    // -- lists and objects -----------------------------------------------------------------------

    /// Enters a list; whether it has an element.
    pub fn list(&mut self) -> Result<bool, Failed> {
        if self.peek()? != b'[' {
            return self.unexpected("BEGIN_ARRAY");
        }
        self.at += 1;
        let is_empty = self.peek()? == b']';
        self.at += usize::from(is_empty);
        Ok(!is_empty)
    }

    /// After an element: whether another follows.
    #[inline]
    pub fn next_element(&mut self) -> Result<bool, Failed> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b',' => Ok(true),
            b']' => Ok(false),
            _ => self.fail(Fault::Malformed),
        }
    }

    /// Enters an object; its first name, or `None` where it is empty.
    #[inline]
    pub fn object(&mut self) -> Result<Option<&'a str>, Failed> {
        if self.peek()? != b'{' {
            return self.unexpected("BEGIN_OBJECT");
        }
        self.at += 1;
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b'"' => self.name().map(Some),
            b'}' => Ok(None),
            _ => self.fail(Fault::Malformed),
        }
    }

    /// After a value: the next name, or `None` at the object's end.
    #[inline]
    pub fn next_name(&mut self) -> Result<Option<&'a str>, Failed> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b',' if self.peek()? == b'"' => {
                self.at += 1;
                self.name().map(Some)
            }
            b'}' => Ok(None),
            _ => self.fail(Fault::Malformed),
        }
    }

    /// A name after its opening quote, and the colon.
    #[inline]
    fn name(&mut self) -> Result<&'a str, Failed> {
        let name = self.quoted()?;
        if self.peek()? != b':' {
            return self.fail(Fault::Malformed);
        }
        self.at += 1;
        Ok(name)
    }

    // -- values ----------------------------------------------------------------------------------

    /// Consumes `null` if it stands next; whether it did.
    #[inline]
    pub fn null(&mut self) -> Result<bool, Failed> {
        if self.peek()? | 0x20 != b'n' {
            return Ok(false);
        }
        match self.literal() {
            Some((Literal::Null, end)) => {
                self.at = end;
                Ok(true)
            }
            _ => self.fail(Fault::Malformed),
        }
    }

    /// A text, or a number as text.
    #[inline]
    pub fn string(&mut self) -> Result<&'a str, Failed> {
        if self.peek()? == b'"' {
            self.at += 1;
            return self.quoted();
        }
        self.number_as_text()
    }

    #[cold]
    fn number_as_text(&mut self) -> Result<&'a str, Failed> {
        match self.literal() {
            Some((Literal::Whole(_) | Literal::Number, end)) => {
                let text = self.slice(self.at, end)?;
                self.at = end;
                Ok(text)
            }
            _ => self.unexpected("a string"),
        }
    }

    /// A truth value.
    pub fn boolean(&mut self) -> Result<bool, Failed> {
        self.peek()?;
        match self.literal() {
            Some((Literal::Bool(truth), end)) => {
                self.at = end;
                Ok(truth)
            }
            _ => self.unexpected("a boolean"),
        }
    }

    /// A text in quotes or a truth value, told apart; whatever else stands there is stepped over, the reader
    /// being inside `depth` lists and objects.
    pub fn scalar(&mut self, depth: usize) -> Result<Scalar<'a>, Failed> {
        if self.peek()? == b'"' {
            self.at += 1;
            return Ok(Scalar::Text(self.quoted()?));
        }
        if let Some((Literal::Bool(truth), end)) = self.literal() {
            self.at = end;
            return Ok(Scalar::Bool(truth));
        }
        self.skip(depth)?;
        Ok(Scalar::Other)
    }

    /// A whole number of 64 bits, quoted or not.
    #[inline]
    pub fn long(&mut self) -> Result<i64, Failed> {
        // Eighteen digits fit without a check.
        match self.plain_digits(18)? {
            Some(number) => Ok(number),
            None => self.whole("a long", i64::MIN, i64::MAX),
        }
    }

    /// A whole number of 32 bits, quoted or not.
    #[inline]
    pub fn int(&mut self) -> Result<i64, Failed> {
        match self.plain_digits(9)? {
            Some(number) => Ok(number),
            None => self.whole("an int", i64::from(i32::MIN), i64::from(i32::MAX)),
        }
    }

    /// A number of digits alone, as nearly all are; `None` for one with a leading zero, a sign, a fraction,
    /// or more digits than `n_digits_max`, which takes the long way.
    #[inline(always)]
    fn plain_digits(&mut self, n_digits_max: usize) -> Result<Option<i64>, Failed> {
        let first = self.peek()?;
        let bytes = self.text.as_bytes();
        let (mut at, mut number) = (self.at, 0i64);
        while let Some(digit) = bytes.get(at).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
            number = number.wrapping_mul(10).wrapping_add(i64::from(digit));
            at += 1;
        }
        let ends_plainly = matches!(bytes.get(at), Some(b',' | b'}' | b']'));
        if first == b'0' || !ends_plainly || !(1..=n_digits_max).contains(&(at - self.at)) {
            return Ok(None);
        }
        self.at = at;
        Ok(Some(number))
    }

    fn whole(&mut self, expected: &'static str, min: i64, max: i64) -> Result<i64, Failed> {
        let from = self.at;
        let (text, number) = if self.peek()? == b'"' {
            self.at += 1;
            let text = self.quoted()?;
            (text, text.parse().ok())
        } else {
            match self.literal() {
                Some((literal @ (Literal::Whole(_) | Literal::Number), end)) => {
                    let text = self.slice(self.at, end)?;
                    self.at = end;
                    (text, if let Literal::Whole(number) = literal { Some(number) } else { None })
                }
                _ => return self.unexpected(expected),
            }
        };
        match number.filter(|number| (min..=max).contains(number)) {
            Some(number) => Ok(number),
            None => self.whole_from_double(text, from, expected, min, max),
        }
    }

    /// A number such as `1.5e3`, as long as nothing is lost in taking it as a whole one.
    #[cold]
    fn whole_from_double(
        &mut self,
        text: &str,
        from: usize,
        expected: &'static str,
        min: i64,
        max: i64,
    ) -> Result<i64, Failed> {
        let Some(double) = number::parse_double(text) else {
            let bare = number::trimmed(text);
            return self.fail(if bare.is_empty() { Fault::EmptyNumber } else { Fault::NotANumber(quoted(bare)) });
        };
        let whole = (double as i64).clamp(min, max);
        if whole as f64 == double {
            return Ok(whole);
        }
        let place = self.place(from, self.at);
        self.fail(Fault::NotWhole { expected, text: quoted(text), place })
    }

    /// Steps over any value, the reader being inside `depth` lists and objects.
    #[cold]
    pub fn skip(&mut self, depth: usize) -> Result<(), Failed> {
        match self.peek()? {
            b'"' => {
                self.at += 1;
                self.quoted()?;
            }
            b'[' | b'{' if depth >= NESTING_MAX => return self.fail_nesting(NESTING_MAX),
            b'[' => {
                let mut more = self.list()?;
                while more {
                    self.skip(depth + 1)?;
                    more = self.next_element()?;
                }
            }
            b'{' => {
                let mut name = self.object()?;
                while name.is_some() {
                    self.skip(depth + 1)?;
                    name = self.next_name()?;
                }
            }
            _ => match self.literal() {
                Some((_, end)) => self.at = end,
                None => return self.fail(Fault::Malformed),
            },
        }
        Ok(())
    }

    // -- what was read ---------------------------------------------------------------------------

    /// Where the reader stands.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The text from `from`, where the reader stood before, to where it stands.
    pub fn read_since(&self, from: usize) -> &'a str {
        self.text.get(from..self.at).unwrap_or_default()
    }

    /// Steps over `text` if it stands next; whether it did.
    pub fn skip_text(&mut self, text: &str) -> bool {
        let stands = self.text.as_bytes()[self.at..].starts_with(text.as_bytes());
        self.at += if stands { text.len() } else { 0 };
        stands
    }

    // -- faults ----------------------------------------------------------------------------------

    /// Fails for a reason of the caller's.
    #[cold]
    pub fn fail<T>(&mut self, fault: Fault) -> Result<T, Failed> {
        self.fault = Some(fault);
        Err(Failed)
    }

    /// Fails because the list or object that comes next is one more inside others than `limit`.
    #[cold]
    pub fn fail_nesting<T>(&mut self, limit: usize) -> Result<T, Failed> {
        let place = self.place(self.at, self.at + 1);
        self.fail(Fault::Nesting { limit, place })
    }

    /// What a check of the caller's gave, whose fault is the failure.
    #[inline(always)]
    pub fn checked<T>(&mut self, outcome: Result<T, Fault>) -> Result<T, Failed> {
        outcome.or_else(|fault| self.fail(fault))
    }

    /// The path of the value or name that ends `back` bytes before the reader.
    #[cold]
    pub fn path(&self, back: usize) -> String {
        place::path(self.text, self.at.saturating_sub(back))
    }

    /// Place of the token that starts at `token`, told when Zipkin's parser stands at `at`.
    #[cold]
    fn place(&self, token: usize, at: usize) -> Place {
        place::place(self.text, token, at)
    }

    /// The value next in line is of another type.
    #[cold]
    fn unexpected<T>(&mut self, expected: &'static str) -> Result<T, Failed> {
        let (found, end) = match self.peek()? {
            b'{' => ("BEGIN_OBJECT", self.at + 1),
            b'[' => ("BEGIN_ARRAY", self.at + 1),
            b'"' => ("STRING", self.at + 1),
            _ => match self.literal() {
                Some((Literal::Null, end)) => ("NULL", end),
                Some((Literal::Bool(_), end)) => ("BOOLEAN", end),
                Some((Literal::Whole(_), end)) => ("NUMBER", end),
                Some((Literal::Number, _)) => ("NUMBER", self.at),
                None => return self.fail(Fault::Malformed),
            },
        };
        // Zipkin calls a list or an object that stands for another shape malformed, like any other text.
        if expected.starts_with("BEGIN_") {
            return self.fail(Fault::Malformed);
        }
        let place = self.place(self.at, end);
        self.fail(Fault::Unexpected { expected, found, place })
    }

    // -- bytes -----------------------------------------------------------------------------------

    /// The next byte that is no white space, not consumed.
    #[inline(always)]
    fn peek(&mut self) -> Result<u8, Failed> {
        match self.text.as_bytes().get(self.at) {
            Some(&byte) if byte > b' ' => Ok(byte),
            _ => self.peek_past_space(),
        }
    }

    #[cold]
    fn peek_past_space(&mut self) -> Result<u8, Failed> {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Ok(byte);
            }
            self.at += 1;
        }
        let place = self.place(self.at, self.at);
        self.fail(Fault::EndOfInput(place))
    }

    /// The word or number at the reader and its end; `None` where it is neither.
    fn literal(&self) -> Option<(Literal, usize)> {
        number::literal(self.text.as_bytes(), self.at)
    }

    /// Both ends lie beside ASCII bytes, so the slice is always there.
    #[inline(always)]
    fn slice(&mut self, from: usize, end: usize) -> Result<&'a str, Failed> {
        match self.text.get(from..end) {
            Some(text) => Ok(text),
            None => self.fail(Fault::Malformed),
        }
    }

    /// A string after its opening quote.
    #[inline(always)]
    fn quoted(&mut self) -> Result<&'a str, Failed> {
        let from = self.at;
        let end = quote_or_backslash(self.text.as_bytes(), from);
        match self.text.as_bytes().get(end) {
            Some(b'"') => {
                self.at = end + 1;
                self.slice(from, end)
            }
            Some(_) => self.unescaped(from, end),
            None => self.fail(Fault::Malformed),
        }
    }

    /// The rest of a string whose first backslash stands at `backslash`, rebuilt in the arena.
    #[cold]
    fn unescaped(&mut self, from: usize, backslash: usize) -> Result<&'a str, Failed> {
        let mut built = bumpalo::collections::String::new_in(self.arena);
        let (mut from, mut end) = (from, backslash);
        loop {
            built.push_str(self.slice(from, end)?);
            match self.text.as_bytes().get(end) {
                Some(b'"') => {
                    self.at = end + 1;
                    return Ok(built.into_bump_str());
                }
                Some(_) => {
                    let Some((character, next)) = unescape(self.text.as_bytes(), end + 1) else {
                        return self.fail(Fault::Malformed);
                    };
                    built.push(character);
                    from = next;
                    end = quote_or_backslash(self.text.as_bytes(), from);
                }
                None => return self.fail(Fault::Malformed),
            }
        }
    }
}

/// Index of the first quote or backslash from `at` on; the length where there is none.
#[inline(always)]
fn quote_or_backslash(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = u64::from_le_bytes([0x01; 8]);
    const HIGHS: u64 = u64::from_le_bytes([0x80; 8]);
    // Eight bytes a step: x ^ pattern is zero in the bytes wanted, and only those borrow from above.
    // The lowest mark is exact; marks above a true one may be false, and are not looked at.
    while let Some(word) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let word = u64::from_le_bytes(*word);
        let quote = word ^ (ONES * b'"' as u64);
        let backslash = word ^ (ONES * b'\\' as u64);
        let marks = (quote.wrapping_sub(ONES) & !quote | backslash.wrapping_sub(ONES) & !backslash) & HIGHS;
        if marks != 0 {
            return at + (marks.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| !matches!(byte, b'"' | b'\\')) {
        at += 1;
    }
    at.min(bytes.len())
}

/// The character an escape stands for, `at` being just past its backslash, and where it ends.
///
/// Half a surrogate pair stands for `?`, which is what Zipkin answers for it.
fn unescape(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    let plain = |character| Some((character, at + 1));
    match *bytes.get(at)? {
        b'n' => plain('\n'),
        b't' => plain('\t'),
        b'r' => plain('\r'),
        b'b' => plain('\u{8}'),
        b'f' => plain('\u{c}'),
        byte @ (b'"' | b'\\' | b'/' | b'\'' | b'\n') => plain(char::from(byte)),
        b'u' => {
            let unit = hex4(bytes, at + 1)?;
            let after = at + 5;
            if let 0xd800..=0xdbff = unit
                && bytes.get(after..after + 2) == Some(b"\\u")
                && let Some(low @ 0xdc00..=0xdfff) = hex4(bytes, after + 2)
            {
                let pair = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                return Some((char::from_u32(pair)?, after + 6));
            }
            Some((char::from_u32(unit).unwrap_or('?'), after))
        }
        _ => None,
    }
}

fn hex4(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..at + 4)?;
    digits.iter().try_fold(0, |value, &byte| Some(value << 4 | char::from(byte).to_digit(16)?))
}
