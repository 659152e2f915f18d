//! Commands as templates: the words that say what is done stay, whatever it is done to becomes `{}`, or `{url}`.
//!
//! Nothing that could be a value stays: words are kept only where a known tool has its subcommands, and flags only as letters.

/// Commands that say nothing of the work.
const NOISE: [&str; 12] = ["ls", "ll", "la", "l", "cd", "pwd", "clear", "exit", "history", "fg", "bg", "jobs"];
/// Words before a command that are no command.
const BEFORE: [&str; 7] = ["sudo", "time", "nohup", "command", "exec", "env", "builtin"];
/// Beginnings of what is a small program and no command.
const KEYWORDS: [&str; 11] = ["for", "while", "until", "if", "case", "select", "function", "do", "then", "{", "(("];
/// Tools with subcommands, and how many words these have.
const TOOLS: [(&str, usize); 44] = [
    ("kubectl", 1),
    ("oc", 1),
    ("git", 1),
    ("cargo", 1),
    ("docker", 1),
    ("podman", 1),
    ("helm", 1),
    ("terraform", 1),
    ("tofu", 1),
    ("aws", 2),
    ("gcloud", 3),
    ("az", 2),
    ("systemctl", 1),
    ("npm", 1),
    ("pnpm", 1),
    ("yarn", 1),
    ("make", 1),
    ("just", 1),
    ("go", 1),
    ("apt", 1),
    ("apt-get", 1),
    ("dnf", 1),
    ("yum", 1),
    ("brew", 1),
    ("pip", 1),
    ("vault", 1),
    ("consul", 1),
    ("nomad", 2),
    ("gh", 2),
    ("glab", 2),
    ("argocd", 2),
    ("flux", 2),
    ("nines", 2),
    ("rustup", 1),
    ("ip", 2),
    ("nft", 2),
    ("zfs", 1),
    ("zpool", 1),
    ("mc", 1),
    ("rclone", 1),
    ("restic", 1),
    ("tmux", 1),
    ("snap", 1),
    ("crictl", 1),
];
/// Subcommands that are followed by what sort of thing they are about.
const OF_A_SORT: [&str; 17] = [
    "get", "delete", "describe", "edit", "create", "patch", "label", "annotate", "scale", "rollout", "top", "config",
    "auth", "compose", "set", "kv", "run",
];
/// Flags that take a value even before a subcommand.
const WITH_VALUE: [&str; 12] =
    ["-n", "-C", "-c", "-f", "-H", "-i", "-p", "-u", "--namespace", "--context", "--profile", "--project"];
/// Clients that take a password right behind `-p`.
const PASSWORD_CLIENTS: [&str; 6] = ["mysql", "mysqldump", "mysqladmin", "mariadb", "sshpass", "7z"];
/// Tools whose long options begin with one hyphen. Of others, what follows the first letters may be a value.
const LONG_OF_ONE_HYPHEN: [&str; 8] = ["terraform", "tofu", "find", "openssl", "nomad", "consul", "vault", "java"];
/// Most letters behind one hyphen that are flags and no value.
const FLAGS_MAX: usize = 4;
/// Longest word that is kept.
const WORD_CHARS_MAX: usize = 24;
/// Longest command that is looked at: longer ones are programs.
const COMMAND_BYTES_MAX: usize = 2000;

/// A part of a template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// As it is typed every time.
    Text(String),
    /// What differs, with what it was this time, and by what it may be called.
    Value {
        /// What it was.
        value: String,
        /// The flag or word before it.
        name: String,
        /// Whether it is a URL.
        is_url: bool,
    },
}

/// A command as a template.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Template {
    /// Its parts in order; blanks between words are texts.
    pub pieces: Vec<Piece>,
    /// The commands of it: several where it is a pipe.
    pub heads: Vec<String>,
}

/// What a line is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Read {
    /// Says nothing, as if it had not been typed.
    Noise,
    /// A program rather than a command: nothing goes on over it.
    Opaque,
    /// A command.
    Command(Template),
}

/// Reads what was typed.
#[must_use]
pub fn read(text: &str) -> Read {
    let text = text.trim();
    if text.is_empty() || text.starts_with('#') {
        return Read::Noise;
    }
    if text.len() > COMMAND_BYTES_MAX || text.contains("<<") {
        return Read::Opaque;
    }
    let Some(words) = words(text) else { return Read::Opaque };
    let mut template = Template::default();
    for part in words.chunk_by(|_, next| !is_operator(next)) {
        if !template.add(part) {
            return Read::Opaque;
        }
    }
    match template.heads.iter().all(|head| NOISE.contains(&head.as_str())) {
        true => Read::Noise,
        false => Read::Command(template),
    }
}

impl Template {
    /// As people read it, and by which it is known: `kubectl get pods -n {}`.
    #[must_use]
    pub fn text(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value { is_url: true, .. } => "{url}".to_owned(),
            Piece::Value { .. } => "{}".to_owned(),
        };
        self.pieces.iter().map(piece).collect()
    }

    /// Adds a command, perhaps with the operator before it. `false` where it is none.
    fn add(&mut self, words: &[Word]) -> bool {
        let mut words = words.iter().peekable();
        if let Some(operator) = words.next_if(|word| is_operator(word)) {
            self.word(Piece::Text(operator.text.clone()));
        }
        while let Some((name, value)) = words.peek().and_then(|word| assignment(word)) {
            self.word(Piece::Text(format!("{name}=")));
            self.value(value, name);
            words.next();
        }
        while let Some(before) = words.next_if(|word| BEFORE.contains(&word.text.as_str())) {
            self.word(Piece::Text(before.text.clone()));
        }
        // Assignments alone are a command, too: `TOKEN=…`.
        let Some(head) = words.next() else { return !self.pieces.is_empty() };
        if !is_head(head) || KEYWORDS.contains(&head.text.as_str()) {
            return false;
        }
        self.word(Piece::Text(head.text.clone()));
        let head = head.text.rsplit('/').next().unwrap_or_default().to_owned();
        self.heads.push(head.clone());
        let n_kept = TOOLS.iter().find(|(tool, _)| *tool == head).map_or(0, |(_, n_words)| *n_words);
        // How many words are kept, and whether one more may be.
        let mut kept = (n_kept, true);
        let mut before = head.clone();
        for word in words {
            self.argument(word, &head, &before, &mut kept);
            before.clone_from(&word.text);
        }
        true
    }

    fn argument(&mut self, word: &Word, head: &str, before: &str, (n_kept, may_add): &mut (usize, bool)) {
        if is_redirection(word) {
            return self.word(Piece::Text(word.text.clone()));
        }
        if let Some((flag, value)) = flag(word, head) {
            self.word(Piece::Text(flag.to_owned()));
            if !value.is_empty() {
                self.value(value, flag.trim_matches(['-', '=']));
            }
            return;
        }
        let is_value = before.starts_with('-') && WITH_VALUE.contains(&before) || is_redirection_text(before);
        if *n_kept > 0 && !is_value && is_word(word) {
            *n_kept -= 1;
            if *n_kept == 0 && OF_A_SORT.contains(&word.text.as_str()) && std::mem::take(may_add) {
                *n_kept = 1;
            }
            return self.word(Piece::Text(word.text.clone()));
        }
        if !is_value {
            *n_kept = 0;
        }
        self.push(Piece::Text(" ".to_owned()));
        self.value(&word.text, before);
    }

    /// Adds a piece after a blank.
    fn word(&mut self, piece: Piece) {
        if !self.pieces.is_empty() {
            self.push(Piece::Text(" ".to_owned()));
        }
        self.push(piece);
    }

    fn push(&mut self, piece: Piece) {
        match (self.pieces.last_mut(), piece) {
            (Some(Piece::Text(text)), Piece::Text(more)) => text.push_str(&more),
            (_, piece) => self.pieces.push(piece),
        }
    }

    fn value(&mut self, value: &str, name: &str) {
        let is_url = ["http://", "https://"].iter().any(|scheme| value.starts_with(scheme));
        self.push(Piece::Value { value: value.to_owned(), name: name.to_owned(), is_url });
    }
}

/// A word of the shell.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Word {
    text: String,
    /// Whether a part of it was quoted, escaped or is expanded: then it is a value.
    is_quoted: bool,
}

/// Splits as a shell does, operators apart. `None` where quotes do not end.
fn words(text: &str) -> Option<Vec<Word>> {
    let mut words: Vec<Word> = Vec::new();
    let mut open: Option<Word> = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\'' | '"' => {
                let word = open.get_or_insert_with(empty);
                word.is_quoted = true;
                loop {
                    match chars.next()? {
                        end if end == c => break,
                        '\\' if c == '"' => word.text.push(chars.next()?),
                        inner => word.text.push(inner),
                    }
                }
            }
            '\\' => {
                let word = open.get_or_insert_with(empty);
                word.is_quoted = true;
                word.text.extend(chars.next().filter(|c| *c != '\n'));
            }
            '`' => {
                let word = open.get_or_insert_with(empty);
                word.is_quoted = true;
                word.text.push(c);
                while word.text.len() == 1 || !word.text.ends_with('`') {
                    word.text.push(chars.next()?);
                }
            }
            '(' => {
                let word = open.get_or_insert_with(empty);
                word.is_quoted = true;
                word.text.push(c);
                let mut depth = 1;
                while depth > 0 {
                    let inner = chars.next()?;
                    depth += i32::from(inner == '(') - i32::from(inner == ')');
                    word.text.push(inner);
                }
            }
            '$' | ')' | '*' | '?' => {
                let word = open.get_or_insert_with(empty);
                word.is_quoted = true;
                word.text.push(c);
            }
            '>' | '<' => {
                // What is redirected may stand before: `2>`, `&>`.
                let is_number = |word: &Word| !word.is_quoted && word.text.bytes().all(|byte| byte.is_ascii_digit());
                let mut text = match open.take() {
                    Some(word) if is_number(&word) => word.text,
                    word => {
                        words.extend(word);
                        String::new()
                    }
                };
                if words.last().is_some_and(|word| is_operator(word) && word.text == "&") {
                    words.pop();
                    text = "&".to_owned();
                }
                text.push(c);
                text.extend(chars.next_if_eq(&'>'));
                if let Some(and) = chars.next_if_eq(&'&') {
                    text.push(and);
                    text.extend(chars.next_if(char::is_ascii_digit));
                }
                words.push(Word { text, is_quoted: false });
            }
            '|' | ';' | '&' | '\n' => {
                words.extend(open.take());
                let mut text = if c == '\n' { ";".to_owned() } else { c.to_string() };
                text.extend(chars.next_if_eq(&c).filter(|c| *c != '\n'));
                words.push(Word { text, is_quoted: false });
            }
            c if c.is_whitespace() => words.extend(open.take()),
            c => open.get_or_insert_with(empty).text.push(c),
        }
    }
    words.extend(open);
    // An operator at the end ends nothing.
    while words.last().is_some_and(is_operator) {
        words.pop();
    }
    Some(words)
}

const fn empty() -> Word {
    Word { text: String::new(), is_quoted: false }
}

fn is_operator(word: &Word) -> bool {
    !word.is_quoted && matches!(word.text.as_str(), "|" | "||" | "&" | "&&" | ";" | ";;")
}

fn is_redirection(word: &Word) -> bool {
    !word.is_quoted && is_redirection_text(&word.text)
}

fn is_redirection_text(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c == '&' || c.is_ascii_digit());
    text.starts_with(['>', '<']) && text.bytes().all(|byte| byte.is_ascii_digit() || b"<>&".contains(&byte))
}

/// `NAME=VALUE` before a command.
fn assignment(word: &Word) -> Option<(&str, &str)> {
    let (name, value) = word.text.split_once('=')?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.bytes().next().is_some_and(|byte| !byte.is_ascii_digit());
    is_name.then_some((name, value))
}

fn is_head(word: &Word) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_./~+-".contains(&byte);
    !word.is_quoted && !word.text.is_empty() && word.text.bytes().all(is_plain) && !word.text.starts_with('-')
}

/// Whether a word can be that of a subcommand; short ones may end with a digit, as `s3` and `ec2` do.
fn is_word(word: &Word) -> bool {
    let text = word.text.as_str();
    let text = if text.len() <= 4 { text.strip_suffix(|c: char| c.is_ascii_digit()).unwrap_or(text) } else { text };
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-' || byte == b'_';
    !word.is_quoted && !text.is_empty() && text.len() <= WORD_CHARS_MAX && text.bytes().all(is_plain)
}

/// A flag, and a value that it holds itself.
fn flag<'w>(word: &'w Word, head: &str) -> Option<(&'w str, &'w str)> {
    let text = word.text.as_str();
    let name = text.strip_prefix('-').filter(|name| !name.is_empty())?;
    if let Some(at) = text.find('=') {
        let is_name = text[..at].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        return is_name.then(|| text.split_at(at + 1));
    }
    if word.is_quoted {
        return None;
    }
    if PASSWORD_CLIENTS.contains(&head) && name.starts_with('p') && name.len() > 1 {
        return Some(text.split_at(2));
    }
    let letters = name.bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'-').count();
    // `-n5` is a value behind a letter; `-5` is a value.
    let is_long = text.starts_with("--") || LONG_OF_ONE_HYPHEN.contains(&head);
    if letters == name.len() && name.len() <= if is_long { WORD_CHARS_MAX } else { FLAGS_MAX } {
        return Some((text, ""));
    }
    Some(text.split_at(1 + letters.min(1)))
}

#[cfg(test)]
mod tests;
