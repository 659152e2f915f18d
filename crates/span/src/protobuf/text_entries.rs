//! Keys with short texts, side by side: nearly all tags and attributes there are.
//!
//! Each is a message of its own, and checking two texts of a dozen bytes one by one costs more than all
//! else about them. In a run of such entries every byte between the texts (field tags, lengths below 128)
//! is ASCII, so the run is UTF-8 as a whole exactly where each of its texts is, and one check serves all.
//! Whatever else stands there, the general reader takes.

use super::Fields;

/// How an entry holds its value: the text itself, or a message whose one field, number 1, is the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Holds {
    /// `{1: key, 2: value}`, as in a map of texts.
    Text,
    /// `{1: key, 2: {1: value}}`, as in OTLP's attributes.
    Wrapped,
}

/// `1`, a text or message.
const FIRST: u8 = 1 << 3 | 2;
/// `2`, a text or message.
const SECOND: u8 = 2 << 3 | 2;

impl<'a> Fields<'a> {
    /// Takes the entries of field `number`, which is below 16, that come next and are of this kind, and
    /// gives each key and value to `each`.
    #[inline(always)]
    pub fn text_entries(&mut self, number: u32, holds: Holds, each: impl FnMut(&'a str, &'a str)) {
        let tag = (number << 3) as u8 | 2;
        if self.rest.first() == Some(&tag) {
            self.take_text_entries(tag, holds, each);
        }
    }

    #[inline(always)]
    fn take_text_entries(&mut self, tag: u8, holds: Holds, mut each: impl FnMut(&'a str, &'a str)) {
        let mut end = 0;
        while let Some(entry) = Entry::read(self.rest, end, tag, holds) {
            end = entry.end;
        }
        // Where the run is no UTF-8 the general reader finds which text it is.
        let Ok(run) = simdutf8::basic::from_utf8(&self.rest[..end]) else { return };
        let mut at = 0;
        while let Some(entry) = Entry::read(run.as_bytes(), at, tag, holds) {
            let key = run.get(entry.key_at..entry.key_end);
            let (Some(key), Some(value)) = (key, run.get(entry.value_at..entry.end)) else { break };
            each(key, value);
            at = entry.end;
        }
        self.rest = &self.rest[at..];
    }
}

/// Where the parts of an entry stand. It ends with its value.
struct Entry {
    key_at: usize,
    key_end: usize,
    value_at: usize,
    end: usize,
}

impl Entry {
    /// The entry at `at`, if one of this form stands there whole.
    #[inline(always)]
    fn read(bytes: &[u8], at: usize, tag: u8, holds: Holds) -> Option<Entry> {
        let [head, length, FIRST, key_length, ..] = bytes.get(at..)? else { return None };
        let key_at = at + 4;
        let key_end = key_at + usize::from(*key_length);
        let (value_at, value_length, is_whole) = match (holds, bytes.get(key_end..)?) {
            (Holds::Text, [SECOND, length, ..]) => (key_end + 2, *length, true),
            (Holds::Wrapped, [SECOND, outer, FIRST, inner, ..]) => {
                (key_end + 4, *inner, usize::from(*outer) == usize::from(*inner) + 2)
            }
            _ => return None,
        };
        let end = value_at + usize::from(value_length);
        let is_whole = is_whole && *head == tag && end == at + 2 + usize::from(*length) && end <= bytes.len();
        // A length of 128 or more takes two bytes. The others' lengths are below this one.
        (is_whole && *length < 0x80).then_some(Entry { key_at, key_end, value_at, end })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{put_bytes, put_message, put_varint};
    use super::*;

    fn entry(key: &str, value: &str, holds: Holds) -> Vec<u8> {
        let mut out = Vec::new();
        put_message(9, &mut out, |out| {
            put_bytes(1, key.as_bytes(), out);
            match holds {
                Holds::Text => put_bytes(2, value.as_bytes(), out),
                Holds::Wrapped => put_message(2, out, |out| put_bytes(1, value.as_bytes(), out)),
            }
        });
        out
    }

    /// What is taken of the bytes, and how many are left.
    fn taken(bytes: &[u8], holds: Holds) -> (Vec<(String, String)>, usize) {
        let (mut fields, mut entries) = (Fields::of(bytes), Vec::new());
        fields.text_entries(9, holds, |key, value| entries.push((key.to_owned(), value.to_owned())));
        (entries, fields.rest.len())
    }

    #[test]
    fn runs_are_taken_up_to_what_is_no_short_text() {
        for holds in [Holds::Text, Holds::Wrapped] {
            let pairs = [("a", "1"), ("", ""), ("키", "값 💩"), ("b", "2")];
            let run: Vec<u8> = pairs.iter().flat_map(|(key, value)| entry(key, value, holds)).collect();
            let expect: Vec<_> = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
            assert_eq!(taken(&run, holds), (expect.clone(), 0));
            let mut other = run.clone();
            put_varint(3, 5, &mut other);
            assert_eq!(taken(&other, holds), (expect.clone(), 2));
            let long = [&run[..], &entry("k", &"v".repeat(200), holds)].concat();
            assert_eq!(taken(&long, holds), (expect.clone(), long.len() - run.len()));
            for cut in 1..run.len() {
                let (entries, _) = taken(&run[..cut], holds);
                assert_eq!(entries[..], expect[..entries.len()]);
                assert!(entries.len() < expect.len());
            }
            assert_eq!(taken(b"", holds), (vec![], 0));
        }
    }

    #[test]
    fn a_run_with_bytes_that_are_no_text_is_left_whole() {
        for holds in [Holds::Text, Holds::Wrapped] {
            let mut run = [entry("a", "1", holds), entry("b", "xy", holds)].concat();
            let last = run.len() - 1;
            run[last] = 0xff;
            assert_eq!(taken(&run, holds), (vec![], run.len()));
            // A character cut in two by the end of its text is no text either.
            let cut = [entry("a", "é", holds), entry("b", "1", holds)].concat();
            let mut cut = cut;
            let at = cut.iter().position(|byte| *byte == 0xc3).unwrap();
            cut[at] = b'x';
            assert_eq!(taken(&cut, holds), (vec![], cut.len()));
        }
    }
}
