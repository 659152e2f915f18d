//! The nearest of the words that were possible, and words as a line of output shows them.

/// The candidate that the word most likely meant: the same but for case, else one few edits away.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    // Words are compared by a quadratic algorithm; nothing that long is a misspelt name.
    const WORD_BYTES_MAX: usize = 100;
    // A suggestion is a courtesy: it is not looked for in thousands of names.
    const CANDIDATES_MAX: usize = 2000;
    if word.len() > WORD_BYTES_MAX {
        return None;
    }
    let lower = word.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.into_iter().take(CANDIDATES_MAX).filter(|candidate| *candidate != word) {
        let allowed = (candidate.len().max(word.len()) / 3).max(1);
        if candidate.len().abs_diff(word.len()) > allowed {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Words as a list for people: `a, b, c`.
pub fn listed<'c>(words: impl IntoIterator<Item = &'c str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(", ")
}

/// The text, cut so that a line of output stays a line.
pub fn clipped(text: &str) -> String {
    const SHOWN_CHARS_MAX: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    let short: String =
        line.chars().take(SHOWN_CHARS_MAX).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if short.chars().count() < text.chars().count() { format!("{short}…") } else { short }
}
