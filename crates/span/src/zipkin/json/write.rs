//! Text and numbers as Zipkin writes them in JSON.

/// Appends `text` between quotes. Escaped are quote, backslash, control characters, and the two line
/// separators that JavaScript once took for line ends.
pub(crate) fn write_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    write_escaped(text, out);
    out.push(b'"');
}

fn write_escaped(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        // The two separators are E2 80 A8 and E2 80 A9 in UTF-8.
        let (width, separator) = match (byte, bytes.get(at + 1), bytes.get(at + 2)) {
            (0..=0x1f | b'"' | b'\\', ..) => (1, None),
            (0xe2, Some(0x80), Some(last @ (0xa8 | 0xa9))) => (3, Some(*last)),
            _ => continue,
        };
        out.extend_from_slice(&bytes[from..at]);
        from = at + width;
        match separator {
            Some(last) => out.extend_from_slice(if last == 0xa8 { b"\\u2028" } else { b"\\u2029" }),
            None => write_escape(byte, out),
        }
    }
    out.extend_from_slice(&bytes[from..]);
}

fn write_escape(byte: u8, out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let short = match byte {
        b'"' | b'\\' => byte,
        b'\t' => b't',
        0x08 => b'b',
        b'\n' => b'n',
        b'\r' => b'r',
        0x0c => b'f',
        _ => {
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

/// Appends a number in decimal.
pub(crate) fn write_number(mut number: u64, out: &mut Vec<u8>) {
    // 20 digits hold the largest.
    let mut digits = [0u8; 20];
    let mut from = digits.len();
    loop {
        from -= 1;
        digits[from] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[from..]);
}
