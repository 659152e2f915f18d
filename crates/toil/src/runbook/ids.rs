//! Ids: of files that give none, and of steps that give none.
//!
//! A derived id is that of the heading above and a number, so that it stays the same while other sections change.

use super::model::Step;
use std::collections::HashSet;

/// Longest id, in characters.
const ID_CHARS_MAX: usize = 64;

/// Whether a text may be an id that somebody writes.
pub(super) fn is_id(text: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    text.len() <= ID_CHARS_MAX
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(allowed)
}

/// The id of a runbook that gives none: its file's name without the ending, as an id.
#[must_use]
pub fn id_of_file(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match slug(stem) {
        id if id.is_empty() => "runbook".to_owned(),
        id => id,
    }
}

/// Letters and digits in lower case, with single dashes between them.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars() {
        if slug.chars().count() >= ID_CHARS_MAX {
            break;
        }
        match letter.is_alphanumeric() {
            true => slug.extend(letter.to_lowercase()),
            false if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            false => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// A heading without the number it may begin with: `2. Decide`, `3) Verify`.
fn unnumbered(heading: &str) -> &str {
    let rest = heading.trim_start().trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    rest.trim_start_matches([')', ':', ' '])
}

/// Gives every step without an id one that nobody has.
pub(super) fn derive(steps: &mut [Step]) {
    let mut taken: HashSet<String> = steps.iter().map(|step| step.id.clone()).collect();
    for step in steps.iter_mut().filter(|step| step.id.is_empty()) {
        let base = match slug(unnumbered(&step.heading)) {
            base if base.is_empty() || base == "none" => "step".to_owned(),
            base => base,
        };
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let free = std::iter::once(base.clone()).chain(numbered).find(|id| !taken.contains(id));
        step.id = free.unwrap_or_default();
        taken.insert(step.id.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_an_id_is_called_by_its_name() {
        assert_eq!(id_of_file("docs/Pay Restart (prod).md"), "pay-restart-prod");
        assert_eq!(id_of_file("결제 재시작.md"), "결제-재시작");
        assert_eq!(id_of_file("C:\\wiki\\disk_full.markdown"), "disk-full");
        assert_eq!(id_of_file("..."), "runbook");
    }

    #[test]
    fn the_number_of_a_heading_is_no_part_of_an_id() {
        assert_eq!(slug(unnumbered("1. Look around")), "look-around");
        assert_eq!(slug(unnumbered("2.1) Verify")), "verify");
        assert_eq!(slug(unnumbered("3")), "");
    }

    #[test]
    fn an_id_is_a_word() {
        assert!(is_id("pay-restart") && is_id("A_1"));
        assert!(!is_id("") && !is_id("-x") && !is_id("a b") && !is_id("ask.pod") && !is_id(&"a".repeat(65)));
    }
}
