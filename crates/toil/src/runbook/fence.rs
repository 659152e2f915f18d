//! The attributes in braces: `{id=look readonly timeout=20s expect="200"}`.

use super::ids::is_id;
use super::messages::{Fact, Hint};
use super::model::{Check, Expect, Kind, Shell, Step, Test, Undo, When};
use super::read::Log;
use super::uses::is_variable;
use nines_base::DurationUs;
use nines_yaml::{Mark, clipped, listed, nearest};
use regex::Regex;

/// Every attribute with an example of it.
const ATTRIBUTES: [(&str, &str); 13] = [
    ("id", "id=look"),
    ("readonly", "readonly"),
    ("confirm", "confirm"),
    ("check", "check"),
    ("interactive", "interactive"),
    ("danger", "danger=prod"),
    ("timeout", "timeout=20s"),
    ("retry", "retry=3"),
    ("undo", "undo=none"),
    ("capture", "capture=version"),
    ("expect", "expect=\"200\""),
    ("when", "when=env=prod"),
    ("interval", "interval=5s"),
];

/// Attributes that are a word alone.
const FLAGS: [&str; 4] = ["readonly", "confirm", "check", "interactive"];

/// Most tries after the first.
const RETRY_MAX: u32 = 100;

/// Time before another try, unless the step says otherwise.
const RETRY_PAUSE: DurationUs = DurationUs(1_000_000);

/// How often a check looks, and how long, unless it says otherwise.
const CHECK: Check = Check { interval: DurationUs(5_000_000), timeout: DurationUs(300_000_000) };
/// The same of a wait for budgets: burn rates of five minutes need as long to fall.
const SLO: Check = Check { interval: DurationUs(15_000_000), timeout: DurationUs(1_800_000_000) };

/// One attribute as written.
pub(super) struct Attribute {
    name: String,
    value: Option<String>,
    at: Mark,
}

/// The attributes of a text that begins with `{`; `at` is its place. What follows the brace is a fault.
pub(super) fn attributes(text: &str, at: Mark, log: &mut Log<'_>) -> Vec<Attribute> {
    let mut reader = Reader { letters: text.chars().collect(), nth: 1, at };
    let mut found: Vec<Attribute> = Vec::new();
    loop {
        reader.skip_white();
        match reader.peek() {
            None => {
                log.error(at, "", Fact::BraceOpen, Hint::CloseBrace);
                return found;
            }
            Some('}') => break,
            Some(_) => {
                let Some(attribute) = reader.attribute(log) else { return found };
                found.push(attribute);
            }
        }
    }
    reader.nth += 1;
    reader.skip_white();
    if reader.peek().is_some() {
        let rest: String = reader.letters[reader.nth..].iter().collect();
        log.error(reader.mark(), "", Fact::AfterBrace { text: clipped(rest.trim()) }, Hint::MoveIntoBrace);
    }
    found
}

struct Reader {
    letters: Vec<char>,
    nth: usize,
    at: Mark,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.nth).copied()
    }

    fn mark(&self) -> Mark {
        Mark { line: self.at.line, column: self.at.column + self.nth }
    }

    fn skip_white(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.nth += 1;
        }
    }

    fn take_while(&mut self, holds: impl Fn(char) -> bool) -> String {
        let begin = self.nth;
        while self.peek().is_some_and(&holds) {
            self.nth += 1;
        }
        self.letters[begin..self.nth].iter().collect()
    }

    fn attribute(&mut self, log: &mut Log<'_>) -> Option<Attribute> {
        let at = self.mark();
        let name = self.take_while(|letter| !letter.is_whitespace() && !matches!(letter, '=' | '}'));
        if self.peek() != Some('=') {
            return Some(Attribute { name, value: None, at });
        }
        self.nth += 1;
        let value = match self.peek() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote, log)?,
            _ => self.take_while(|letter| !letter.is_whitespace() && letter != '}'),
        };
        Some(Attribute { name, value: Some(value), at })
    }

    /// A quoted value; in double quotes `\"` and `\\` stand for what follows the stroke.
    fn quoted(&mut self, quote: char, log: &mut Log<'_>) -> Option<String> {
        let at = self.mark();
        self.nth += 1;
        let mut value = String::new();
        while let Some(letter) = self.peek() {
            self.nth += 1;
            match letter {
                _ if letter == quote => return Some(value),
                '\\' if quote == '"' && matches!(self.peek(), Some('"' | '\\')) => {
                    value.extend(self.peek());
                    self.nth += 1;
                }
                _ => value.push(letter),
            }
        }
        log.error(at, "", Fact::QuoteOpen, Hint::CloseQuote);
        None
    }
}

/// What stands in the file of one step.
pub(super) struct Block<'t> {
    /// `sh`, `slo` or `manual`.
    pub(super) sort: Sort,
    /// Its commands or words.
    pub(super) text: String,
    /// Where it begins.
    pub(super) at: Mark,
    /// The heading above.
    pub(super) heading: &'t str,
}

/// What sort of block.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Sh,
    Slo,
    Manual,
}

/// The step of a block with its attributes.
pub(super) fn step(block: Block<'_>, attributes: Vec<Attribute>, service: Option<&str>, log: &mut Log<'_>) -> Step {
    let mut draft = Draft::default();
    let mut seen: Vec<String> = Vec::new();
    for attribute in attributes {
        if seen.contains(&attribute.name) {
            let fact = Fact::AttributeTwice { name: attribute.name };
            log.error(attribute.at, "", fact, Hint::KeepOne);
            continue;
        }
        seen.push(attribute.name.clone());
        draft.take(&attribute, log);
    }
    draft.check(&block, &seen, log);
    draft.into_step(block, service, log)
}

#[derive(Default)]
struct Draft {
    id: String,
    shell: Shell,
    is_check: bool,
    interval: Option<DurationUs>,
    when: Option<When>,
}

impl Draft {
    fn take(&mut self, attribute: &Attribute, log: &mut Log<'_>) {
        let Attribute { name, value, at } = attribute;
        let Some((_, example)) = ATTRIBUTES.iter().find(|(known, _)| known == name) else {
            let known = || ATTRIBUTES.iter().map(|(known, _)| *known);
            let hint = match nearest(name, known()) {
                Some(word) => Hint::DidYouMean { word: word.to_owned() },
                None => Hint::OneOf { known: listed(known()) },
            };
            log.error(*at, "", Fact::UnknownAttribute { name: clipped(name) }, hint);
            return;
        };
        let is_flag = FLAGS.contains(&name.as_str());
        let value = match (is_flag, value) {
            (true, None) => "",
            (true, Some(_)) => {
                let hint = Hint::RemoveValue { name: name.clone() };
                log.error(*at, "", Fact::AttributeTakesNoValue { name: name.clone() }, hint);
                return;
            }
            (false, Some(value)) if !value.is_empty() || name == "expect" => value.as_str(),
            (false, _) => {
                let hint = Hint::GiveValue { example: (*example).to_owned() };
                log.error(*at, "", Fact::AttributeNeedsValue { name: name.clone() }, hint);
                return;
            }
        };
        self.set(name, value, *at, log);
    }

    fn set(&mut self, name: &str, value: &str, at: Mark, log: &mut Log<'_>) {
        let shell = &mut self.shell;
        match name {
            "id" if is_id(value) && value != "none" => self.id = value.to_owned(),
            "id" => log.error(at, name, Fact::BadId { id: clipped(value) }, Hint::WriteId),
            "readonly" => shell.readonly = true,
            "confirm" => shell.confirm = true,
            "check" => self.is_check = true,
            "interactive" => shell.interactive = true,
            "danger" if is_id(value) => shell.danger = Some(value.to_owned()),
            "danger" => log.error(at, name, Fact::BadId { id: clipped(value) }, Hint::WriteId),
            "timeout" => shell.timeout = duration(name, value, at, log),
            "interval" => self.interval = duration(name, value, at, log),
            "retry" => shell.retry = retry(value, at, log),
            "undo" if value == "none" => shell.undo = Some(Undo::Nothing),
            "undo" => shell.undo = Some(Undo::By(value.to_owned())),
            "capture" if is_variable(value) && !super::uses::is_reserved(value) => {
                shell.capture = Some(value.to_owned())
            }
            "capture" => log.error(at, name, Fact::BadVariable { name: clipped(value) }, Hint::WriteVariable),
            "expect" => shell.expect = expect(value, at, log),
            "when" => self.when = when(value, at, log),
            // Every name of `ATTRIBUTES` stands above.
            _ => {}
        }
    }

    fn check(&self, block: &Block<'_>, seen: &[String], log: &mut Log<'_>) {
        let has = |name: &str| seen.iter().any(|seen| seen == name);
        let (kind, allowed): (&str, &[&str]) = match block.sort {
            Sort::Manual => ("manual", &["id", "when"]),
            Sort::Slo => ("slo", &["id", "when", "timeout", "interval"]),
            Sort::Sh => ("sh", &[]),
        };
        let misplaced = seen.iter().filter(|name| {
            block.sort != Sort::Sh
                && !allowed.contains(&name.as_str())
                && ATTRIBUTES.iter().any(|(known, _)| known == name)
        });
        for name in misplaced {
            let fact = Fact::AttributeNotHere { name: name.clone(), kind: kind.to_owned() };
            log.error(block.at, "", fact, Hint::OneOf { known: listed(allowed.iter().copied()) });
        }
        // A step that changes nothing endangers nothing; what talks to the terminal itself prints nothing we see.
        let excluding = [
            ("readonly", "danger"),
            ("readonly", "undo"),
            ("check", "retry"),
            ("check", "interactive"),
            ("check", "undo"),
            ("interactive", "capture"),
            ("interactive", "expect"),
            ("interactive", "retry"),
        ];
        for (one, other) in excluding.into_iter().filter(|(one, other)| has(one) && has(other)) {
            let fact = Fact::AttributesExclude { one: one.to_owned(), other: other.to_owned() };
            log.error(block.at, "", fact, Hint::KeepOne);
        }
        if block.sort == Sort::Sh && has("interval") && !has("check") && !has("retry") {
            let fact = Fact::AttributeNotHere { name: "interval".to_owned(), kind: kind.to_owned() };
            log.error(block.at, "", fact, Hint::Add { example: "check".to_owned() });
        }
    }

    fn into_step(self, block: Block<'_>, service: Option<&str>, log: &mut Log<'_>) -> Step {
        let Draft { id, mut shell, is_check, interval, when } = self;
        let wait = |usual: Check| Check {
            interval: interval.unwrap_or(usual.interval),
            timeout: shell.timeout.unwrap_or(usual.timeout),
        };
        let kind = match block.sort {
            Sort::Manual => Kind::Manual { text: block.text },
            Sort::Slo => {
                let (service, below) = burn(&block.text, service, block.at, log);
                Kind::Slo { service, below, wait: wait(SLO) }
            }
            Sort::Sh if is_check => {
                let check = wait(CHECK);
                shell.script = block.text;
                Kind::Check(shell, check)
            }
            Sort::Sh => {
                shell.script = block.text;
                shell.pause = interval.unwrap_or(RETRY_PAUSE);
                Kind::Sh(shell)
            }
        };
        Step { id, at: block.at, heading: block.heading.to_owned(), when, kind }
    }
}

/// `burn(SERVICE) < 1`, or nothing: the runbook's own service, below 1.
fn burn(text: &str, service: Option<&str>, at: Mark, log: &mut Log<'_>) -> (String, f64) {
    let inside = Mark { line: at.line + 1, column: 1 };
    if text.trim().is_empty() {
        if service.is_none() {
            log.error(at, "", Fact::BurnWithoutService, Hint::NameService);
        }
        return (service.unwrap_or_default().to_owned(), 1.0);
    }
    let parsed = text.trim().strip_prefix("burn(").and_then(|rest| rest.split_once(')')).and_then(|(name, rest)| {
        let below: f64 = rest.trim().strip_prefix('<')?.trim().parse().ok()?;
        let name = name.trim();
        (!name.is_empty() && below.is_finite() && below > 0.0).then(|| (name.to_owned(), below))
    });
    parsed.unwrap_or_else(|| {
        log.error(inside, "", Fact::BadBurn { text: clipped(text.trim()) }, Hint::WriteBurn);
        (String::new(), 1.0)
    })
}

fn duration(name: &str, value: &str, at: Mark, log: &mut Log<'_>) -> Option<DurationUs> {
    let Ok(length) = value.parse::<DurationUs>() else {
        log.error(at, name, Fact::BadDuration { value: clipped(value) }, Hint::WriteDuration);
        return None;
    };
    if length.0 <= 0 {
        log.error(at, name, Fact::ZeroDuration { name: name.to_owned() }, Hint::WriteDuration);
        return None;
    }
    Some(length)
}

fn retry(value: &str, at: Mark, log: &mut Log<'_>) -> u32 {
    let times = value.parse().ok().filter(|times| *times <= RETRY_MAX);
    times.unwrap_or_else(|| {
        let fact = Fact::BadRetry { value: clipped(value), limit: RETRY_MAX };
        log.error(at, "retry", fact, Hint::GiveValue { example: "retry=3".to_owned() });
        0
    })
}

fn expect(value: &str, at: Mark, log: &mut Log<'_>) -> Option<Expect> {
    let inner = value.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).filter(|inner| !inner.is_empty());
    let Some(inner) = inner else { return Some(Expect::Exactly(value.to_owned())) };
    if let Err(error) = Regex::new(inner) {
        let detail = error.to_string().lines().last().unwrap_or_default().trim().to_owned();
        log.error(at, "expect", Fact::BadPattern { detail: clipped(&detail) }, Hint::FixPattern);
        return None;
    }
    Some(Expect::Found(inner.to_owned()))
}

fn when(value: &str, at: Mark, log: &mut Log<'_>) -> Option<When> {
    let (name, test) = match (value.split_once("!="), value.split_once('=')) {
        (Some((name, other)), _) => (name, Test::IsNot(other.trim().to_owned())),
        (None, Some((name, wanted))) => (name, Test::Is(wanted.trim_start_matches('=').trim().to_owned())),
        (None, None) => (value, Test::Set),
    };
    let name = name.trim().trim_start_matches('$');
    if !is_variable(name) {
        log.error(at, "when", Fact::BadCondition { value: clipped(value) }, Hint::WriteCondition);
        return None;
    }
    Some(When { name: name.to_owned(), test })
}
