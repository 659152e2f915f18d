//! Which variables commands use and set: enough of the shell's grammar to find a parameter that nobody declared.
//!
//! Not a parser of the shell: what stands in single quotes, comments and quoted here-documents is left out, and only
//! names in lower case are held to be a runbook's own, as the environment's are in capitals.

use regex::Regex;
use std::sync::LazyLock;

/// Whether a text can be the name of a variable.
pub(super) fn is_variable(name: &str) -> bool {
    const NAME_BYTES_MAX: usize = 64;
    name.len() <= NAME_BYTES_MAX
        && name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether a variable changes how the shell, the loader or we work.
pub(super) fn is_reserved(name: &str) -> bool {
    const NAMES: [&str; 19] = [
        "PATH",
        "IFS",
        "ENV",
        "HOME",
        "PWD",
        "OLDPWD",
        "SHELL",
        "SHELLOPTS",
        "BASHOPTS",
        "PS4",
        "CDPATH",
        "GLOBIGNORE",
        "UID",
        "EUID",
        "PPID",
        "LANG",
        "TMPDIR",
        "PROMPT_COMMAND",
        "POSIXLY_CORRECT",
    ];
    let prefixes = ["LD_", "DYLD_", "BASH_", "NINES_", "LC_", "__nines"];
    NAMES.contains(&name) || prefixes.iter().any(|prefix| name.starts_with(prefix))
}

/// Whether a name is a runbook's own rather than the environment's.
pub(super) fn is_own(name: &str) -> bool {
    const LOWER_BY_CUSTOM: [&str; 5] = ["http_proxy", "https_proxy", "no_proxy", "ftp_proxy", "all_proxy"];
    name.bytes().any(|byte| byte.is_ascii_lowercase())
        && !name.bytes().any(|byte| byte.is_ascii_uppercase())
        && !LOWER_BY_CUSTOM.contains(&name)
}

/// Names that commands set somewhere, in whatever way.
pub(super) fn assigned(script: &str) -> Vec<&str> {
    static SETS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        [
            r"(?m)(?:^|[\s;&|({`])([A-Za-z_]\w*)(?:\[[^\]\n]*\])?\+?=",
            r"\b(?:for|select)\s+([A-Za-z_]\w*)",
            r"-v\s+([A-Za-z_]\w*)",
            r"\(\([^)\n]*?\b([A-Za-z_]\w*)\s*(?:=|\+\+|--|\+=|-=)",
        ]
        .into_iter()
        // Constant expressions that the tests compile.
        .filter_map(|pattern| Regex::new(pattern).ok())
        .collect()
    });
    // Every word after a builtin that takes names of variables.
    static BUILTINS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\b(?:read|readarray|mapfile|local|declare|typeset|export|readonly|getopts)\b([^;&|\n<]*)").ok()
    });
    let mut names: Vec<&str> = Vec::new();
    for pattern in SETS.iter() {
        names.extend(pattern.captures_iter(script).filter_map(|found| found.get(1)).map(|name| name.as_str()));
    }
    for found in BUILTINS.iter().flat_map(|pattern| pattern.captures_iter(script)) {
        let words = found.get(1).map_or("", |rest| rest.as_str()).split_whitespace();
        names.extend(words.map(|word| word.split('=').next().unwrap_or_default()).filter(|word| is_variable(word)));
    }
    names
}

/// Names that commands use without a value of their own for the case that they are not set, with their line from 1.
pub(super) fn used(script: &str) -> Vec<(&str, usize)> {
    let mut found = Vec::new();
    let mut here: Option<String> = None;
    let mut quotes = Quotes::default();
    for (line, text) in (1..).zip(script.lines()) {
        if let Some(end) = &here {
            if text.trim() == end {
                here = None;
            }
            continue;
        }
        quotes.read(text, |name| found.push((name, line)));
        here = quoted_here_document(text);
    }
    found
}

/// Names that a text for people mentions as `$name`.
pub(super) fn mentioned(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    Quotes { in_double: true, ..Quotes::default() }.read(text, |name| names.push(name));
    names
}

/// The end of a here-document whose text the shell leaves as it is: `<<'EOF'`.
fn quoted_here_document(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("<<")?;
    let rest = rest.strip_prefix('-').unwrap_or(rest).trim_start();
    let quote = rest.chars().next().filter(|first| matches!(first, '\'' | '"' | '\\'))?;
    let word: String = match quote {
        '\\' => rest[1..].chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect(),
        _ => rest[1..].split(quote).next().unwrap_or_default().to_owned(),
    };
    (!word.is_empty()).then_some(word)
}

/// Where in quotes a walk over lines stands.
#[derive(Default)]
struct Quotes {
    in_single: bool,
    in_double: bool,
}

impl Quotes {
    fn read<'t>(&mut self, line: &'t str, mut tell: impl FnMut(&'t str)) {
        let bytes = line.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
            match bytes[at] {
                b'\'' if self.in_single => self.in_single = false,
                _ if self.in_single => {}
                b'\\' => at += 1,
                b'\'' if !self.in_double => self.in_single = true,
                b'"' => self.in_double = !self.in_double,
                b'#' if !self.in_double && before.is_ascii_whitespace() => return,
                b'$' => {
                    if let Some(name) = expansion(&line[at + 1..]) {
                        tell(name);
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }
}

/// The variable of what follows a `$`, where nothing stands in for it.
fn expansion(rest: &str) -> Option<&str> {
    let name_of = |text: &'_ str| text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let Some(braced) = rest.strip_prefix('{') else {
        let name = &rest[..name_of(rest)];
        return is_variable(name).then_some(name);
    };
    let braced = braced.trim_start_matches(['#', '!']);
    let (name, after) = braced.split_at(name_of(braced));
    let has_default = after.starts_with([':', '-', '+', '=', '?']);
    (is_variable(name) && !has_default).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(script: &str) -> Vec<&str> {
        used(script).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn variables_are_found_where_the_shell_would_put_their_value() {
        assert_eq!(names("kubectl delete pod \"$pod\" -n ${ns}"), ["pod", "ns"]);
        assert_eq!(names("echo '$pod' \\$pod # $pod"), [""; 0]);
        assert_eq!(names("echo \"it's $pod\" \"${#list}\" $1 $? $$"), ["pod", "list"]);
        assert_eq!(names("echo ${a:-b} ${c-d} ${e%%.*}"), ["e"]);
        assert_eq!(names("awk '{\n print $name }' x\necho $y"), ["y"]);
        assert_eq!(names("cat <<'EOF'\n$a\nEOF\ncat <<EOF\n$b\nEOF"), ["b"]);
    }

    #[test]
    fn whatever_sets_a_variable_is_found() {
        let script = "a=1\nexport b=2 c\nfor d in x; do :; done\nread -r e f <<< x\nlocal g\nprintf -v h x\nif i=$(x); then :; fi\n((j++))\nmapfile -t k < x";
        let mut found = assigned(script);
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]);
    }

    #[test]
    fn names_in_capitals_are_the_environments() {
        assert!(is_own("pod") && is_own("pod_2"));
        assert!(!is_own("USER") && !is_own("kubeConfig") && !is_own("https_proxy") && !is_own("_"));
        assert!(is_reserved("PATH") && is_reserved("LD_PRELOAD") && !is_reserved("pod"));
    }
}
