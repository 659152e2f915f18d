//! Where in a JSON text a fault lies. Read again from the start, because faults are rare and readers busy.

use crate::decode_error::{Place, quoted};

/// A list or object that is open at some point of the text.
enum Frame<'a> {
    /// Index of the element that stands there or comes next.
    List(usize),
    /// The last name read, and whether a name comes next.
    Object { name: Option<&'a str>, before_name: bool },
}

/// Line and column of `at`, and the path of the token that starts at `token`.
pub(super) fn place(text: &str, token: usize, at: usize) -> Place {
    let before = text.get(..at).unwrap_or(text);
    let line_from = before.rfind('\n').map_or(0, |line_feed| line_feed + 1);
    Place {
        line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
        column: before[line_from..].encode_utf16().count() + 1,
        path: path(text, token),
    }
}

/// The path at `until`, in the notation of Zipkin's parser: `$[0].tags.foo`. A path that ends in a
/// point stands where a name is still to come.
pub(super) fn path(text: &str, until: usize) -> String {
    let mut path = String::from("$");
    for frame in open_frames(text, until) {
        match frame {
            Frame::List(index) => path.push_str(&format!("[{index}]")),
            Frame::Object { name, .. } => {
                path.push('.');
                path.push_str(&quoted(name.unwrap_or_default()));
            }
        }
    }
    path
}

/// What is open at `until`. The text before is known to be well formed.
fn open_frames(text: &str, until: usize) -> Vec<Frame<'_>> {
    let bytes = &text.as_bytes()[..until.min(text.len())];
    let mut frames = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let from = at;
        at += 1;
        match byte {
            b'[' => frames.push(Frame::List(0)),
            b'{' => frames.push(Frame::Object { name: None, before_name: true }),
            b']' | b'}' => {
                frames.pop();
                end_value(&mut frames);
            }
            b',' => {
                if let Some(Frame::Object { before_name, .. }) = frames.last_mut() {
                    *before_name = true;
                }
            }
            b'"' => {
                let Some(end) = string_end(bytes, at) else { break };
                match frames.last_mut() {
                    Some(Frame::Object { name, before_name: before_name @ true }) => {
                        *name = text.get(from + 1..end);
                        *before_name = false;
                    }
                    _ => end_value(&mut frames),
                }
                at = end + 1;
            }
            b':' | b' ' | b'\n' | b'\r' | b'\t' => {}
            _ => {
                let is_literal = |byte: &u8| !matches!(byte, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t');
                at += bytes[at..].iter().take_while(|byte| is_literal(byte)).count();
                end_value(&mut frames);
            }
        }
    }
    frames
}

/// Index of the quote that ends the string whose text starts at `at`.
fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    while *bytes.get(at)? != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    Some(at)
}

fn end_value(frames: &mut [Frame<'_>]) {
    if let Some(Frame::List(index)) = frames.last_mut() {
        *index += 1;
    }
}
