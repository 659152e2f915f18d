//! Keys with short texts and small numbers, side by side: nearly all tags and attributes there are.
//!
//! Each is a message of its own, and checking two texts of a dozen bytes one by one costs more than all
//! else about them. In a run of such entries every byte between the texts (field tags, lengths and numbers
//! below 128) is ASCII, so the run is UTF-8 as a whole exactly where each of its texts is, and one check
//! serves all. Whatever else stands there, the general reader takes.

use super::Fields;

/// How an entry holds its value: the text itself, or a message whose one field, number 1, is the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Holds {
    /// `{1: key, 2: value}`, as in a map of texts.
    Text,
    /// `{1: key, 2: {1: text}}` or `{1: key, 2: {3: number}}`, as in OTLP's attributes.
    Wrapped,
}

/// `1`, a text or message.
const FIRST: u8 = 1 << 3 | 2;
/// `2`, a text or message.
const SECOND: u8 = 2 << 3 | 2;

/// The field of a wrapped value that holds a whole number: `3`, a varint.
const NUMBER: u8 = 3 << 3;

/// A value as it stands in an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Short<'a> {
    /// A text.
    Text(&'a str),
    /// A whole number below 16 384, as status codes, ports of services and numbers of threads mostly are.
    Number(u16),
}

impl<'a> Fields<'a> {
    /// Takes the entries of field `number`, which is below 16, that come next and are of this kind, and
    /// gives each key and value to `each`.
    #[inline(always)]
    pub fn text_entries(&mut self, number: u32, holds: Holds, mut each: impl FnMut(&'a str, Short<'a>)) {
        let tag = (number << 3) as u8 | 2;
        while self.rest.first() == Some(&tag) && self.take_run(tag, holds, &mut each) {}
    }

    /// Takes one run; whether it ended at a number whose bytes are no ASCII, behind which another may begin.
    #[inline(always)]
    fn take_run(&mut self, tag: u8, holds: Holds, each: &mut impl FnMut(&'a str, Short<'a>)) -> bool {
        let (mut end, mut text_end, mut is_cut) = (0, 0, false);
        while !is_cut && let Some(entry) = Entry::read(self.rest, end, tag, holds) {
            is_cut = matches!(entry.value, ValueAt::Number(number) if number >= 0x80);
            (end, text_end) = (entry.end, if is_cut { entry.key_end } else { entry.end });
        }
        // Where the run is no UTF-8 the general reader finds which text it is.
        let Ok(run) = simdutf8::basic::from_utf8(&self.rest[..text_end]) else { return false };
        let mut at = 0;
        while at < end {
            let entry = Entry::again(self.rest, at, holds);
            let value = match entry.value {
                ValueAt::Text(from) => run.get(from..entry.end).map(Short::Text),
                ValueAt::Number(number) => Some(Short::Number(number)),
            };
            let (Some(key), Some(value)) = (run.get(entry.key_at..entry.key_end), value) else { break };
            each(key, value);
            at = entry.end;
        }
        self.rest = &self.rest[at..];
        is_cut && at == end
    }
}

/// Where the parts of an entry stand. It ends with its value.
struct Entry {
    key_at: usize,
    key_end: usize,
    value: ValueAt,
    end: usize,
}

enum ValueAt {
    /// A text that begins here.
    Text(usize),
    Number(u16),
}

impl Entry {
    /// The entry at `at`, if one of this form stands there whole.
    #[inline(always)]
    fn read(bytes: &[u8], at: usize, tag: u8, holds: Holds) -> Option<Entry> {
        let [head, length, FIRST, key_length, ..] = bytes.get(at..)? else { return None };
        let key_at = at + 4;
        let key_end = key_at + usize::from(*key_length);
        let (value, end) = match (holds, bytes.get(key_end..)?) {
            (Holds::Text, [SECOND, length, ..]) => (ValueAt::Text(key_end + 2), key_end + 2 + usize::from(*length)),
            (Holds::Wrapped, [SECOND, outer, FIRST, inner, ..]) if usize::from(*outer) == usize::from(*inner) + 2 => {
                (ValueAt::Text(key_end + 4), key_end + 2 + usize::from(*outer))
            }
            (Holds::Wrapped, [SECOND, 2, NUMBER, number @ 0..0x80, ..]) => {
                (ValueAt::Number(u16::from(*number)), key_end + 4)
            }
            (Holds::Wrapped, [SECOND, 3, NUMBER, low @ 0x80..=0xff, high @ 1..0x80, ..]) => {
                (ValueAt::Number(u16::from(*low & 0x7f) | u16::from(*high) << 7), key_end + 5)
            }
            _ => return None,
        };
        let is_whole = *head == tag && end == at + 2 + usize::from(*length) && end <= bytes.len();
        // A length of 128 or more takes two bytes. The others' lengths are below this one.
        (is_whole && *length < 0x80).then_some(Entry { key_at, key_end, value, end })
    }

    /// The entry at `at`, where [`Entry::read`] has found one: lengths alone say where its parts stand.
    #[inline(always)]
    fn again(bytes: &[u8], at: usize, holds: Holds) -> Entry {
        let key_at = at + 4;
        let key_end = key_at + usize::from(bytes[at + 3]);
        let end = at + 2 + usize::from(bytes[at + 1]);
        let value = match holds {
            Holds::Text => ValueAt::Text(key_end + 2),
            Holds::Wrapped if bytes[key_end + 2] == FIRST => ValueAt::Text(key_end + 4),
            Holds::Wrapped => {
                let high = if end == key_end + 5 { u16::from(bytes[key_end + 4]) << 7 } else { 0 };
                ValueAt::Number(u16::from(bytes[key_end + 3] & 0x7f) | high)
            }
        };
        Entry { key_at, key_end, value, end }
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

    fn number_entry(key: &str, number: u64) -> Vec<u8> {
        let mut out = Vec::new();
        put_message(9, &mut out, |out| {
            put_bytes(1, key.as_bytes(), out);
            put_message(2, out, |out| put_varint(3, number, out));
        });
        out
    }

    fn shown(value: Short<'_>) -> String {
        match value {
            Short::Text(text) => text.to_owned(),
            Short::Number(number) => format!("#{number}"),
        }
    }

    /// What is taken of the bytes, and how many are left.
    fn taken(bytes: &[u8], holds: Holds) -> (Vec<(String, String)>, usize) {
        let (mut fields, mut entries) = (Fields::of(bytes), Vec::new());
        fields.text_entries(9, holds, |key, value| entries.push((key.to_owned(), shown(value))));
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
    fn numbers_of_two_bytes_at_most_are_taken_between_texts() {
        let numbers = [0, 1, 127, 128, 200, 16_383];
        let mut run = entry("키", "값", Holds::Wrapped);
        let mut expect = vec![("키".to_owned(), "값".to_owned())];
        for number in numbers {
            run.extend(number_entry("n", number));
            run.extend(entry("é", "b", Holds::Wrapped));
            expect.extend([("n".to_owned(), format!("#{number}")), ("é".to_owned(), "b".to_owned())]);
        }
        assert_eq!(taken(&run, Holds::Wrapped), (expect.clone(), 0));
        let large = number_entry("n", 16_384);
        assert_eq!(taken(&[&run[..], &large].concat(), Holds::Wrapped), (expect.clone(), large.len()));
        for cut in 1..run.len() {
            let (entries, _) = taken(&run[..cut], Holds::Wrapped);
            assert_eq!(entries[..], expect[..entries.len()]);
            assert!(entries.len() < expect.len());
        }
        // Behind a number another run begins, and is looked at by itself.
        let mut wrong = entry("b", "xy", Holds::Wrapped);
        let last = wrong.len() - 1;
        wrong[last] = 0xff;
        let runs = [number_entry("n", 200), wrong.clone()].concat();
        assert_eq!(taken(&runs, Holds::Wrapped), (vec![("n".to_owned(), "#200".to_owned())], wrong.len()));
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
