//! Numbers, ids and bytes as JSON writes them for protobuf.

/// A whole number without a sign: digits, or a number that is whole (`1.5e3`).
pub(super) fn unsigned(text: &str, max: u64) -> Option<u64> {
    let number = text.parse().ok().or_else(|| {
        let double = double(text)?;
        // 2^64 as a double; a whole one below it loses nothing.
        (double.fract() == 0.0 && (0.0..18_446_744_073_709_551_616.0).contains(&double)).then_some(double as u64)
    });
    number.filter(|number| *number <= max)
}

/// A floating-point number, with the three words for those that JSON has no digits for.
pub(super) fn double(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => {
            let is_decimal =
                text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
            if is_decimal { text.parse().ok().filter(|number: &f64| number.is_finite()) } else { None }
        }
    }
}

/// Appends the bytes that pairs of hexadecimal digits stand for; whether the text is made of such pairs.
pub(super) fn put_hex(text: &str, out: &mut Vec<u8>) -> bool {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let (pairs, odd) = text.as_bytes().as_chunks::<2>();
    odd.is_empty()
        && pairs.iter().all(|[high, low]| match (digit(*high), digit(*low)) {
            (Some(high), Some(low)) => {
                out.push((high << 4 | low) as u8);
                true
            }
            _ => false,
        })
}

/// Appends the bytes of a Base64 text, in either alphabet and with or without padding; whether it is one.
pub(super) fn put_base64(text: &str, out: &mut Vec<u8>) -> bool {
    let bare = text.trim_end_matches('=');
    let n_padding = text.len() - bare.len();
    if n_padding > 2 || n_padding > 0 && !text.len().is_multiple_of(4) || bare.len() % 4 == 1 {
        return false;
    }
    let (mut bits, mut n_bits) = (0u32, 0);
    for byte in bare.bytes() {
        let Some(digit) = base64_digit(byte) else { return false };
        bits = bits << 6 | u32::from(digit);
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            out.push((bits >> n_bits) as u8);
        }
    }
    true
}

fn base64_digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}
