//! Secrets out of what steps print: by their shapes, and by values that are known to be secret.
//!
//! Works on a stream in pieces of whole lines, so that a secret in two chunks is found; a line that does not end is
//! worked on with what came before. Best effort: a secret without a shape that nobody names is not found.

mod kept;
mod shapes;

#[cfg(test)]
mod tests;

pub use kept::{Kept, OUTPUT_BYTES_MAX};

use regex::bytes::{Regex, RegexBuilder};
use shapes::SHAPES;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

/// Longest part of a line that is held back for what may follow.
const LINE_BYTES_MAX: usize = 64 << 10;

/// Longest secret that is found over the edge of a part: RSA keys in one line have some 3 KiB.
const SECRET_BYTES_MAX: usize = 8 << 10;

/// A private key is longer than this only where its end was lost.
const KEY_BYTES_MAX: usize = 64 << 10;

/// Shorter values are words that stand everywhere.
const VALUE_BYTES_MIN: usize = 6;

/// What a secret is replaced by.
fn mark(label: &str) -> String {
    format!("‹redacted:{label}›")
}

struct Shape {
    label: &'static str,
    pattern: Regex,
}

struct Shapes {
    /// Finds text in which a shape may be; most has none.
    hints: Option<Regex>,
    shapes: Vec<Shape>,
}

fn compiled(pattern: &str) -> Option<Regex> {
    // Every pattern is a constant, or escaped; a test compiles them all.
    RegexBuilder::new(pattern).unicode(false).size_limit(32 << 20).dfa_size_limit(32 << 20).build().ok()
}

static ALL: LazyLock<Shapes> = LazyLock::new(|| {
    let hints: Vec<&str> = SHAPES.iter().map(|(_, hint, _)| *hint).collect();
    let shape = |(label, _, pattern): &(&'static str, &str, &str)| Some(Shape { label, pattern: compiled(pattern)? });
    Shapes { hints: compiled(&hints.join("|")), shapes: SHAPES.iter().filter_map(shape).collect() }
});

static KEY_BEGIN: LazyLock<Option<Regex>> = LazyLock::new(|| compiled("-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----"));
static KEY_END: LazyLock<Option<Regex>> = LazyLock::new(|| compiled("-----END [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----"));

/// What is secret beside what looks like it.
#[derive(Clone, Default)]
pub struct Secrets {
    values: Option<Arc<Regex>>,
}

impl Secrets {
    /// Values that are secret by their names; short ones are left out, longer before shorter ones they contain.
    #[must_use]
    pub fn new<'v>(values: impl IntoIterator<Item = &'v str>) -> Secrets {
        let lines = values.into_iter().flat_map(str::lines).map(str::trim).filter(|line| line.len() >= VALUE_BYTES_MIN);
        let mut lines: Vec<&str> = lines.collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.len()));
        lines.dedup();
        let escaped: Vec<String> = lines.into_iter().map(regex::escape).collect();
        // Bytes are matched as bytes: what is not ASCII is spelt out.
        let pattern = RegexBuilder::new(&escaped.join("|")).size_limit(32 << 20).build().ok();
        Secrets { values: pattern.filter(|_| !escaped.is_empty()).map(Arc::new) }
    }
}

/// Whether what a variable of this name holds is secret.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let words = "passw|passphrase|_pwd|secret|token|credential|api_?key|access_?key|private_?key|auth_?key|signing_?key|encryption_?key|_key$|^key$|_pass$|^pass$";
        compiled(&format!("(?i){words}"))
    });
    NAME.as_ref().is_some_and(|pattern| pattern.is_match(name.as_bytes()))
}

/// A text without its secrets.
#[must_use]
pub fn redacted(text: &str, secrets: &Secrets) -> String {
    let mut redactor = Redactor::new(secrets.clone());
    let mut out = Vec::with_capacity(text.len());
    redactor.push(text.as_bytes(), &mut out);
    redactor.finish(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// A stream without its secrets.
pub struct Redactor {
    secrets: Secrets,
    pending: Vec<u8>,
    /// Bytes of a private key whose end has not come.
    in_key: Option<usize>,
}

impl Redactor {
    /// A stream that begins.
    #[must_use]
    pub fn new(secrets: Secrets) -> Redactor {
        Redactor { secrets, pending: Vec::new(), in_key: None }
    }

    /// Takes a chunk, and gives what is certain by now.
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) {
        self.pending.extend_from_slice(chunk);
        if let Some(end) = self.pending.iter().rposition(|byte| *byte == b'\n') {
            self.release(end + 1, out);
        }
        while self.pending.len() > LINE_BYTES_MAX + SECRET_BYTES_MAX {
            let cut = self.cut();
            self.release(cut, out);
        }
    }

    /// Gives the rest.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        let rest = self.pending.len();
        self.release(rest, out);
    }

    /// Where an endless line can be cut without cutting a secret.
    fn cut(&self) -> usize {
        let cut = self.pending.len() - SECRET_BYTES_MAX;
        let crossed = self.found(&self.pending).into_iter().map(|(range, _)| range).find(|range| range.contains(&cut));
        match crossed {
            None => cut,
            Some(range) if range.start > 0 => range.start,
            // All of it is one secret.
            Some(range) => range.end,
        }
    }

    fn release(&mut self, length: usize, out: &mut Vec<u8>) {
        let rest = self.pending.split_off(length);
        let piece = std::mem::replace(&mut self.pending, rest);
        let piece = self.without_keys(piece);
        let mut at = 0;
        for (range, label) in self.found(&piece) {
            out.extend_from_slice(&piece[at..range.start]);
            out.extend_from_slice(mark(label).as_bytes());
            at = range.end;
        }
        out.extend_from_slice(&piece[at..]);
    }

    /// The piece with each private key, whose lines may be many, as one mark.
    fn without_keys(&mut self, piece: Vec<u8>) -> Vec<u8> {
        let (Some(begin), Some(end)) = (KEY_BEGIN.as_ref(), KEY_END.as_ref()) else { return piece };
        if self.in_key.is_none() && !begin.is_match(&piece) {
            return piece;
        }
        let mut out = Vec::with_capacity(piece.len());
        let mut rest = piece.as_slice();
        loop {
            if let Some(n_bytes) = self.in_key {
                match end.find(rest) {
                    Some(found) => {
                        self.in_key = None;
                        rest = &rest[found.end()..];
                    }
                    None if n_bytes + rest.len() <= KEY_BYTES_MAX => {
                        self.in_key = Some(n_bytes + rest.len());
                        return out;
                    }
                    // Its end was lost: what comes from here on is no key any more.
                    None => {
                        self.in_key = None;
                        rest = &rest[(KEY_BYTES_MAX - n_bytes.min(KEY_BYTES_MAX)).min(rest.len())..];
                    }
                }
            }
            let Some(found) = begin.find(rest) else {
                out.extend_from_slice(rest);
                return out;
            };
            out.extend_from_slice(&rest[..found.start()]);
            out.extend_from_slice(mark("private-key").as_bytes());
            self.in_key = Some(0);
            rest = &rest[found.end()..];
        }
    }

    /// Secrets of a piece in order, none over another; of those that share a byte the first in the table has it.
    fn found(&self, piece: &[u8]) -> Vec<(Range<usize>, &'static str)> {
        let mut found: Vec<(Range<usize>, &'static str)> = Vec::new();
        if let Some(values) = &self.secrets.values {
            found.extend(values.find_iter(piece).map(|value| (value.range(), "value")));
        }
        if ALL.hints.as_ref().is_some_and(|hints| hints.is_match(piece)) {
            for shape in &ALL.shapes {
                for captures in shape.pattern.captures_iter(piece) {
                    let Some(secret) = captures.name("s").or_else(|| captures.get(0)) else { continue };
                    let range = unquoted(secret.as_bytes(), secret.range());
                    if !piece[range.clone()].starts_with("‹redacted:".as_bytes()) {
                        found.push((range, shape.label));
                    }
                }
            }
        }
        merged(found)
    }
}

/// The range without the quotes around it.
fn unquoted(secret: &[u8], range: Range<usize>) -> Range<usize> {
    match secret {
        [b'"', .., b'"'] | [b'\'', .., b'\''] => range.start + 1..range.end - 1,
        _ => range,
    }
}

/// Ranges that touch become one, under the label of the one that was found first.
fn merged(found: Vec<(Range<usize>, &'static str)>) -> Vec<(Range<usize>, &'static str)> {
    let mut ranked: Vec<(usize, Range<usize>, &'static str)> =
        found.into_iter().enumerate().map(|(rank, (range, label))| (rank, range, label)).collect();
    ranked.sort_by_key(|(rank, range, _)| (range.start, *rank));
    let mut merged: Vec<(usize, Range<usize>, &'static str)> = Vec::new();
    for (rank, range, label) in ranked {
        match merged.last_mut().filter(|(_, last, _)| range.start < last.end) {
            Some((first, last, known)) => {
                last.end = last.end.max(range.end);
                if rank < *first {
                    (*first, *known) = (rank, label);
                }
            }
            None => merged.push((rank, range, label)),
        }
    }
    merged.into_iter().map(|(_, range, label)| (range, label)).collect()
}
