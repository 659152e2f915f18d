//! Steps of a CommonMark text: fences of `sh`, `bash` and `slo`, and task-list items. Everything else is documentation.

use super::fence::{Block, Sort, attributes, step};
use super::messages::{Fact, Hint};
use super::model::Step;
use super::read::Log;
use nines_yaml::{Mark, clipped};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Most steps: more is not read by anybody at three in the morning.
const STEPS_MAX: usize = 500;

/// Most bytes of one step: what systems take as one argument, with a margin.
const STEP_BYTES_MAX: usize = 64 << 10;

/// What a text holds.
#[derive(Default)]
pub(super) struct Body {
    pub(super) title: Option<String>,
    pub(super) steps: Vec<Step>,
}

/// Steps of the text from a byte on.
pub(super) fn read(text: &str, from: usize, service: Option<&str>, log: &mut Log<'_>) -> Body {
    let mut walk =
        Walk { text, from, reached: (0, 1), service, body: Body::default(), heading: String::new(), now: Now::Prose };
    let parser = Parser::new_ext(&text[from..], Options::ENABLE_TASKLISTS).into_offset_iter();
    for (event, range) in parser {
        walk.take(event, range.start + from..range.end + from, log);
        if walk.body.steps.len() > STEPS_MAX {
            let at = walk.body.steps.last().map_or(Mark::START, |step| step.at);
            log.error(at, "", Fact::TooManySteps { limit: STEPS_MAX }, Hint::Split);
            break;
        }
    }
    walk.body
}

/// What is being read.
enum Now {
    Prose,
    Heading(String),
    Fence {
        range: Range<usize>,
        text: String,
    },
    /// A task, and how deep lists are nested inside it.
    Task {
        range: Range<usize>,
        text: String,
    },
}

struct Walk<'t> {
    text: &'t str,
    from: usize,
    /// A byte and its line: events come nearly in order.
    reached: (usize, usize),
    service: Option<&'t str>,
    body: Body,
    heading: String,
    now: Now,
}

impl Walk<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>, log: &mut Log<'_>) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.now = Now::Heading(String::new()),
            Event::End(TagEnd::Heading(_)) => self.end_heading(),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                self.end_task(log);
                self.now = Now::Fence { range, text: String::new() };
            }
            Event::End(TagEnd::CodeBlock) => self.end_fence(log),
            Event::TaskListMarker(_) => {
                self.end_task(log);
                self.now = Now::Task { range, text: String::new() };
            }
            // A list inside an item belongs to what the person reads only in the file.
            Event::End(TagEnd::Item | TagEnd::Paragraph) | Event::Start(Tag::List(_)) => self.end_task(log),
            Event::Text(piece) | Event::InlineHtml(piece) if self.is_comment(&piece) => {}
            Event::Text(piece) => self.push(&piece),
            Event::Code(piece) => match &self.now {
                Now::Task { .. } => self.push(&format!("`{piece}`")),
                _ => self.push(&piece),
            },
            Event::SoftBreak | Event::HardBreak => self.push(" "),
            _ => {}
        }
    }

    fn is_comment(&self, piece: &str) -> bool {
        piece.starts_with("<!--") && matches!(self.now, Now::Task { .. } | Now::Heading(_))
    }

    fn push(&mut self, piece: &str) {
        match &mut self.now {
            Now::Prose => {}
            Now::Heading(text) | Now::Fence { text, .. } | Now::Task { text, .. } => text.push_str(piece),
        }
    }

    fn end_heading(&mut self) {
        let Now::Heading(text) = std::mem::replace(&mut self.now, Now::Prose) else { return };
        let text = text.trim().to_owned();
        if !text.is_empty() {
            self.body.title.get_or_insert_with(|| text.clone());
        }
        self.heading = text;
    }

    fn end_task(&mut self, log: &mut Log<'_>) {
        if !matches!(self.now, Now::Task { .. }) {
            return;
        }
        let Now::Task { range, text } = std::mem::replace(&mut self.now, Now::Prose) else { return };
        let at = self.mark(range.start);
        let text = text.trim();
        // Attributes end the words of a task; a brace inside them is a brace.
        let brace =
            text.ends_with('}').then(|| text.rfind('{')).flatten().filter(|brace| is_attributes(&text[*brace..]));
        let (words, given) = match brace {
            Some(brace) => (text[..brace].trim(), attributes(&text[brace..], at, log)),
            None => (text, Vec::new()),
        };
        if words.is_empty() {
            log.error(at, "", Fact::EmptyStep, Hint::FillOrRemove);
        }
        let block = Block { sort: Sort::Manual, text: words.to_owned(), at, heading: &self.heading };
        self.body.steps.push(step(block, given, self.service, log));
    }

    fn end_fence(&mut self, log: &mut Log<'_>) {
        if !matches!(self.now, Now::Fence { .. }) {
            return;
        }
        let Now::Fence { range, text } = std::mem::replace(&mut self.now, Now::Prose) else { return };
        let at = self.mark(range.start);
        // As the file writes it: an info string is text with escapes to CommonMark, not to us.
        let line = self.text[range.start..].lines().next().unwrap_or_default();
        let marker = line.chars().take_while(|letter| matches!(letter, '`' | '~')).count();
        let info = &line[marker..];
        let language_at = info.len() - info.trim_start().len();
        let language: String =
            info[language_at..].chars().take_while(|letter| !letter.is_whitespace() && *letter != '{').collect();
        let rest = &info[language_at + language.len()..];
        let gap = rest.len() - rest.trim_start().len();
        let rest_at = Mark { column: at.column + marker + language_at + language.chars().count() + gap, ..at };
        let rest = rest.trim();
        let sort = match language.as_str() {
            "sh" | "bash" => Sort::Sh,
            "slo" => Sort::Slo,
            _ => {
                if rest.starts_with('{') && is_attributes(rest) {
                    log.warning(at, "", Fact::NotRun { lang: clipped(&language) }, Hint::WriteSh);
                }
                return;
            }
        };
        let given = match rest {
            "" => Vec::new(),
            _ if rest.starts_with('{') => attributes(rest, rest_at, log),
            // Words that other tools read, such as a title.
            _ => Vec::new(),
        };
        if sort == Sort::Sh && text.trim().is_empty() {
            log.error(at, "", Fact::EmptyStep, Hint::FillOrRemove);
        }
        if text.len() > STEP_BYTES_MAX {
            let fact = Fact::StepTooLarge { bytes: text.len(), limit: STEP_BYTES_MAX };
            log.error(at, "", fact, Hint::MoveToScript);
        }
        let block = Block { sort, text, at, heading: &self.heading };
        self.body.steps.push(step(block, given, self.service, log));
    }

    /// The place of a byte.
    fn mark(&mut self, byte: usize) -> Mark {
        let (seen, line) = if byte < self.reached.0 { (0, 1) } else { self.reached };
        let line = line + self.text[seen..byte].matches('\n').count();
        self.reached = (byte, line);
        debug_assert!(byte >= self.from, "events stand in the body");
        let begin = self.text[..byte].rfind('\n').map_or(0, |at| at + 1);
        Mark { line, column: self.text[begin..byte].chars().count() + 1 }
    }
}

/// Whether braces look like ours: they name an attribute that only we have.
fn is_attributes(text: &str) -> bool {
    let inner = text.trim_start_matches('{');
    let first =
        inner.split(|letter: char| letter.is_whitespace() || matches!(letter, '=' | '}')).find(|word| !word.is_empty());
    first
        .is_some_and(|word| ["id", "when", "check", "confirm", "readonly", "timeout", "danger", "undo"].contains(&word))
}
