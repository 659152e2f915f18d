//! Who is no person.

/// Names by which agents sign the commands they run, as Atuin's `author` has them.
const AGENTS: [&str; 14] = [
    "claude-code",
    "claude",
    "codex",
    "copilot",
    "github-copilot",
    "opencode",
    "pi",
    "gemini",
    "gemini-cli",
    "cursor",
    "aider",
    "amp",
    "goose",
    "crush",
];

/// Whether commands of this author are an agent's. Persons are signed with the names of their accounts.
#[must_use]
pub fn is_agent(author: &str) -> bool {
    let author = author.trim().to_ascii_lowercase();
    author.starts_with("agent:") || author.ends_with("[bot]") || AGENTS.contains(&author.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agents_are_known_by_name_and_persons_are_not_agents() {
        for author in ["claude-code", "Codex", "agent:anything", "deploy[bot]", " pi "] {
            assert!(is_agent(author), "{author}");
        }
        for author in ["", "ana", "pia", "claudette"] {
            assert!(!is_agent(author), "{author}");
        }
    }
}
