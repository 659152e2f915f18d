//! What a commit's subject says.

/// Words of who corrects; only beside a structural sign do they mean anything.
const CORRECTIVE: [&str; 22] = [
    "fix",
    "fixes",
    "fixed",
    "fixing",
    "fixup",
    "bugfix",
    "hotfix",
    "typo",
    "typos",
    "oops",
    "forgot",
    "forgotten",
    "broke",
    "broken",
    "wrong",
    "mistake",
    "missed",
    "missing",
    "repair",
    "correct",
    "corrects",
    "regression",
];
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
    let mut words = subject.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.any(|word| CORRECTIVE.contains(&word.as_str())) || CORRECTIVE_KO.iter().any(|word| subject.contains(word))
}
