//! What is kept of a step's output: its beginning and its end, however much lies between.

use std::collections::VecDeque;

/// Most bytes kept of one step.
pub const OUTPUT_BYTES_MAX: usize = 256 << 10;

/// Most of the beginning, and most of the end.
const HALF: usize = OUTPUT_BYTES_MAX / 2;

/// Beginning and end of a stream.
#[derive(Default, Debug)]
pub struct Kept {
    head: Vec<u8>,
    tail: VecDeque<u8>,
    left_out: u64,
}

impl Kept {
    /// Takes what comes next.
    pub fn push(&mut self, bytes: &[u8]) {
        let (head, rest) = bytes.split_at(bytes.len().min(HALF - self.head.len()));
        self.head.extend_from_slice(head);
        // Only the end of what comes can stay.
        let passed = rest.len().saturating_sub(HALF);
        let rest = &rest[passed..];
        let pushed_out = (self.tail.len() + rest.len()).saturating_sub(HALF);
        self.tail.drain(..pushed_out);
        self.tail.extend(rest);
        self.left_out += (passed + pushed_out) as u64;
    }

    /// As text: what lies between is said in a line.
    #[must_use]
    pub fn text(&self) -> String {
        let tail: Vec<u8> = self.tail.iter().copied().collect();
        let head = String::from_utf8_lossy(&self.head);
        match self.left_out {
            0 => String::from_utf8_lossy(&[self.head.as_slice(), &tail].concat()).into_owned(),
            bytes => format!("{head}\n‹{bytes} bytes left out›\n{}", String::from_utf8_lossy(&tail)),
        }
    }
}
