//! What a commit's subject says.

/// Words of who corrects, wherever they stand; only beside a structural sign do they mean anything.
const CORRECTIVE: [&str; 11] =
    ["fix", "fixes", "fixup", "bugfix", "hotfix", "typo", "typos", "oops", "whoops", "forgot", "regression"];
/// Words that mean as much only where they begin what is said: `fixed typo`, but not `a fixed size`.
const CORRECTIVE_FIRST: [&str; 5] = ["fixed", "fixing", "repair", "repaired", "correct"];
/// The same in Korean, whose words take endings.
const CORRECTIVE_KO: [&str; 6] = ["오타", "버그", "핫픽스", "고침", "누락", "잘못"];

/// Whether it is a revert: as git writes it, or as conventional commits do.
pub(super) fn is_revert(subject: &str) -> bool {
    let subject = subject.trim_start();
    let conventional = subject.strip_prefix("revert").or_else(|| subject.strip_prefix("Revert"));
    // `revert: …`, `revert(scope): …`, and `Revert "…"` of git itself.
    conventional.is_some_and(|rest| rest.starts_with(':') || rest.starts_with('(') || rest.starts_with(" \""))
}

/// Whether it names a hotfix, as the branches of one do: `Merge branch 'hotfix/pay-timeout'`.
pub(super) fn names_a_hotfix(subject: &str) -> bool {
    let mut words = subject.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.any(|word| matches!(word.as_str(), "hotfix" | "hotfixes")) || subject.contains("핫픽스")
}

/// Whether it says that something is corrected.
pub(super) fn is_corrective(subject: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    // What is said stands after `area: `.
    let said = subject.split_once(": ").map_or(subject, |(_, said)| said);
    let first = words(said).into_iter().next().unwrap_or_default();
    CORRECTIVE_FIRST.contains(&first.as_str())
        || words(subject).iter().any(|word| CORRECTIVE.contains(&word.as_str()))
        || CORRECTIVE_KO.iter().any(|word| subject.contains(word))
}
