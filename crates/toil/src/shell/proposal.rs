//! A runbook proposed of a sequence: Markdown that its author completes. Values that were typed are parameters, those that were
//! always the same as each other the same one.

use super::grams::Gram;
use super::template::{Piece, Template};
use nines_base::Lang;
use nines_base::lang::Message;
use std::collections::{BTreeMap, BTreeSet};

nines_base::catalogue! {
    /// What a proposal says of itself.
    enum Words {
        Origin { n_sessions: usize, n_days: usize, median: String } => {
            en: "Proposed by `nines toil mine`: typed in {n_sessions} sessions on {n_days} days, {median} each time (median).",
            ko: "`nines toil mine`이 제안함: {n_days}일 동안 {n_sessions}개 세션에서 입력됨, 매번 {median} (중앙값).",
        },
        Complete => {
            en: "Say when it is needed, what each step shows and when to stop; then `nines runbook approve` it.",
            ko: "언제 필요한지, 각 단계에서 무엇을 보고 언제 멈추는지 적은 뒤 `nines runbook approve`로 승인하십시오.",
        },
    }
}

/// Commands and subcommands that only look.
const LOOKS: [(&str, &[&str]); 8] = [
    ("kubectl", &["get", "describe", "logs", "top"]),
    ("oc", &["get", "describe", "logs"]),
    ("git", &["status", "log", "diff", "show"]),
    ("systemctl", &["status"]),
    ("docker", &["ps", "logs", "images"]),
    ("helm", &["list", "status", "history"]),
    ("df", &[]),
    ("uptime", &[]),
];
/// Flags by which `curl` does more than look.
const CURL_CHANGES: [&str; 9] = ["-X", "-d", "-T", "-F", "-o", "-O", "--data", "--request", "--upload-file"];

/// A runbook, and the id that names its file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// Its id: letters, digits and hyphens.
    pub id: String,
    /// The file.
    pub markdown: String,
}

/// Proposes a runbook; its id is none of those that are taken, and is taken then.
#[must_use]
pub fn propose(gram: &Gram, lang: Lang, taken: &mut BTreeSet<String>) -> Proposal {
    let steps = gram.occurrences.first().map(Vec::as_slice).unwrap_or_default();
    let names = parameters(gram);
    let id = free(&id(steps), '-', taken);
    let mut markdown = format!("---\nnines: runbook/1\nid: {id}\n");
    let params: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    if !params.is_empty() {
        markdown.push_str("params:\n");
        for name in params {
            markdown.push_str(&format!("  {name}: {{ prompt: \"{name}\" }}\n"));
        }
    }
    markdown.push_str("toil: { category: other }\n---\n\n");
    let median = nines_base::DurationUs(gram.median.0 / 1_000_000 * 1_000_000).to_string();
    let origin = Words::Origin { n_sessions: gram.n_sessions, n_days: gram.n_days, median };
    markdown.push_str(&format!("{}\n{}\n", origin.text(lang), Words::Complete.text(lang)));
    let mut names = names.iter();
    for (at, step) in steps.iter().enumerate() {
        let number = at + 1;
        let attribute = if only_looks(step) { "readonly" } else { "confirm" };
        let line = script(step, &mut names);
        markdown.push_str(&format!("\n## {number}. {}\n\n", heading(step)));
        markdown.push_str(&format!("```sh {{id=step-{number} {attribute}}}\n{line}\n```\n"));
    }
    Proposal { id, markdown }
}

/// The name of the parameter of each value, in the order of all steps.
fn parameters(gram: &Gram) -> Vec<String> {
    let values = |steps: &[Template]| -> Vec<String> {
        let pieces = steps.iter().flat_map(|step| &step.pieces);
        let value = |piece: &Piece| match piece {
            Piece::Value { value, .. } => Some(value.clone()),
            Piece::Text(_) => None,
        };
        pieces.filter_map(value).collect()
    };
    let of_occurrences: Vec<Vec<String>> = gram.occurrences.iter().map(|steps| values(steps)).collect();
    let wanted = gram.occurrences.first().into_iter().flatten().flat_map(|step| {
        let head = step.heads.first().map_or("", String::as_str);
        step.pieces.iter().filter_map(move |piece| name(piece, head))
    });
    let mut by_values: BTreeMap<Vec<&str>, String> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let mut names = Vec::new();
    for (at, wanted) in wanted.enumerate() {
        let values = of_occurrences.iter().map(|values| values.get(at).map_or("", String::as_str)).collect();
        let name = by_values.entry(values).or_insert_with(|| free(&wanted, '_', &mut taken));
        names.push(name.clone());
    }
    names
}

/// A name that nothing else has.
fn free(wanted: &str, hyphen: char, taken: &mut BTreeSet<String>) -> String {
    let numbered =
        (1..).map(|number| if number == 1 { wanted.to_owned() } else { format!("{wanted}{hyphen}{number}") });
    let name = numbered.into_iter().find(|name| !taken.contains(name)).unwrap_or_default();
    taken.insert(name.clone());
    name
}

/// What a value may be called, by what stands before it.
fn name(piece: &Piece, head: &str) -> Option<String> {
    let Piece::Value { name, is_url, .. } = piece else { return None };
    let before = name.trim_matches(['-', '=']).to_ascii_lowercase().replace('-', "_");
    let is_name = before.len() > 1 && before.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let is_name = is_name && before.starts_with(|c: char| c.is_ascii_lowercase());
    Some(match (head, before.as_str()) {
        _ if *is_url => "url".to_owned(),
        ("kubectl" | "oc" | "helm", "n") => "namespace".to_owned(),
        ("ssh" | "scp" | "ping" | "dig", _) => "host".to_owned(),
        _ if name.contains(['>', '<']) => "file".to_owned(),
        _ if before != head && is_name && before.len() <= 24 => before,
        _ => "arg".to_owned(),
    })
}

fn script<'n>(step: &Template, names: &mut impl Iterator<Item = &'n String>) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Value { .. } => names.next().map(|name| format!("\"${name}\"")).unwrap_or_default(),
    };
    step.pieces.iter().map(piece).collect()
}

/// A step without its flags and values.
fn heading(step: &Template) -> String {
    let text = step.text();
    let words = text.split_whitespace().take_while(|word| !word.starts_with('-') && !word.contains('{'));
    words.collect::<Vec<_>>().join(" ")
}

/// Of the first step that changes something, else of the first.
fn id(steps: &[Template]) -> String {
    let telling = steps.iter().find(|step| !only_looks(step)).or(steps.first());
    let words = telling.map(heading).unwrap_or_default().to_lowercase();
    let words: Vec<&str> = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "proposal".to_owned() } else { words.join("-") }
}

fn only_looks(step: &Template) -> bool {
    let text = step.text();
    let words: Vec<&str> = text.split_whitespace().collect();
    if step.heads.len() != 1 || text.contains('>') || words.first() != step.heads.first().map(String::as_str).as_ref() {
        return false;
    }
    let head = words.first().copied().unwrap_or_default();
    if head == "curl" {
        return !words.iter().any(|word| CURL_CHANGES.iter().any(|change| word.starts_with(change)));
    }
    let looks = LOOKS.iter().find(|(name, _)| *name == head).map(|(_, subcommands)| *subcommands);
    looks.is_some_and(|subcommands| {
        subcommands.is_empty() || words.get(1).is_some_and(|word| subcommands.contains(word))
    })
}

#[cfg(test)]
mod tests;
