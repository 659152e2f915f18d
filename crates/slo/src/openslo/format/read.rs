//! A file as it is written: the tree with the spelling of its scalars, and the comments with their lines.

use super::super::messages::{Fact, Hint};
use super::super::text::TextFault;
use nines_yaml::Mark;
use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use std::ops::Range;

/// A file.
pub(super) struct Written {
    /// Its documents.
    pub(super) documents: Vec<Document>,
    /// Its comments, in order.
    pub(super) comments: Vec<Comment>,
    /// Lines (from 1) that are empty.
    pub(super) empty_lines: Vec<usize>,
}

/// A document: where it begins, and its root.
pub(super) struct Document {
    pub(super) line: usize,
    pub(super) root: Tree,
}

/// A comment.
pub(super) struct Comment {
    pub(super) line: usize,
    /// With its `#`, without blanks at its end.
    pub(super) text: String,
    /// Whether something stands before it on its line.
    pub(super) is_trailing: bool,
}

/// A node.
pub(super) struct Tree {
    /// The line it begins on, and the one it ends on.
    pub(super) line: usize,
    pub(super) last_line: usize,
    pub(super) holds: Holds,
}

/// What a node holds.
pub(super) enum Holds {
    Scalar(Scalar),
    List { is_flow: bool, items: Vec<Tree> },
    Mapping { is_flow: bool, entries: Vec<(Tree, Tree)> },
}

/// A scalar.
pub(super) struct Scalar {
    /// As the file spells it.
    pub(super) source: String,
    /// What it says.
    pub(super) text: String,
    pub(super) style: ScalarStyle,
}

impl Written {
    pub(super) fn comment_texts(&self) -> Vec<&str> {
        self.comments.iter().map(|comment| comment.text.as_str()).collect()
    }
}

/// Reads a text that is YAML; what would have to be written out is a fault.
pub(super) fn read(text: &str) -> Result<Written, TextFault> {
    let letters: Vec<char> = text.chars().collect();
    let mut reader =
        Reader { letters: &letters, open: Vec::new(), documents: Vec::new(), scalars: Vec::new(), line: 1 };
    let mut parser = Parser::new_from_str(text);
    while let Some(step) = parser.next_event() {
        match step {
            Ok((Event::StreamEnd, _)) => break,
            Ok((event, span)) => reader.take(event, span)?,
            // The text was read before: it is YAML.
            Err(error) => {
                let at = Mark { line: error.marker().line(), column: error.marker().col() + 1 };
                return Err(TextFault { at, fact: Fact::NotFormatted, hint: Hint::FormatByHand });
            }
        }
    }
    let comments = comments(&letters, &reader.scalars);
    if let Some(line) = text.lines().position(|line| line.starts_with('%')) {
        return Err(written_out(Mark { line: line + 1, column: 1 }, "%"));
    }
    let empty_lines =
        (1..).zip(text.lines()).filter(|(_, line)| line.trim().is_empty()).map(|(line, _)| line).collect();
    Ok(Written { documents: reader.documents, comments, empty_lines })
}

fn written_out(at: Mark, what: &str) -> TextFault {
    TextFault { at, fact: Fact::WouldBeWrittenOut { what: what.to_owned() }, hint: Hint::FormatByHand }
}

struct Reader<'t> {
    letters: &'t [char],
    open: Vec<Open>,
    documents: Vec<Document>,
    scalars: Vec<Range<usize>>,
    /// Where the document at hand begins.
    line: usize,
}

/// A collection that is not closed yet.
struct Open {
    line: usize,
    is_flow: bool,
    is_mapping: bool,
    nodes: Vec<Tree>,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), TextFault> {
        let at = Mark { line: span.start.line(), column: span.start.col() + 1 };
        match event {
            Event::Alias(_) => return Err(written_out(at, "*")),
            Event::Scalar(_, _, anchor, _) | Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _)
                if anchor != 0 =>
            {
                return Err(written_out(at, "&"));
            }
            Event::Scalar(_, _, _, Some(_)) | Event::SequenceStart(_, Some(_)) | Event::MappingStart(_, Some(_)) => {
                return Err(written_out(at, "!"));
            }
            Event::DocumentStart(_) => self.line = at.line,
            Event::Scalar(text, style, _, _) => {
                let mut range = span.start.index()..span.end.index().max(span.start.index());
                if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
                    range.start = self.header_of(range.start);
                }
                let source: String = self.letters.get(range.clone()).unwrap_or_default().iter().collect();
                let mut source = source.trim_end().to_owned();
                // Of a node that is not there the parser says the place of what comes next.
                if style == ScalarStyle::Plain && text.is_empty() {
                    source.clear();
                }
                if !source.is_empty() {
                    self.scalars.push(range.start..range.start + source.chars().count());
                }
                let last_line = at.line + source.lines().count().saturating_sub(1);
                let scalar = Scalar { source, text: text.into_owned(), style };
                self.complete(Tree { line: at.line, last_line, holds: Holds::Scalar(scalar) });
            }
            Event::SequenceStart(..) => self.open(at.line, span, false),
            Event::MappingStart(..) => self.open(at.line, span, true),
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return Ok(()) };
                let last_line = match open.is_flow {
                    true => span.end.line(),
                    false => open.nodes.last().map_or(open.line, |node| node.last_line),
                };
                let Open { line, is_flow, is_mapping, nodes } = open;
                let holds = match is_mapping {
                    true => Holds::Mapping { is_flow, entries: pairs(nodes) },
                    false => Holds::List { is_flow, items: nodes },
                };
                self.complete(Tree { line, last_line, holds });
            }
            Event::DocumentEnd | Event::StreamStart | Event::StreamEnd | Event::Nothing => {}
        }
        Ok(())
    }

    /// Where the `|` or `>` stands whose text begins here: on the last line before that is not empty.
    fn header_of(&self, begin: usize) -> usize {
        let before = &self.letters[..begin.min(self.letters.len())];
        let filled = before.iter().rposition(|letter| !letter.is_whitespace()).unwrap_or(0);
        let line = before[..filled].iter().rposition(|letter| *letter == '\n').map_or(0, |end| end + 1);
        let mark = (line..=filled)
            .find(|at| matches!(before.get(*at), Some('|' | '>')) && (*at == line || before[*at - 1] == ' '));
        mark.unwrap_or(begin)
    }

    fn open(&mut self, line: usize, span: Span, is_mapping: bool) {
        let is_flow = matches!(self.letters.get(span.start.index()), Some('{' | '['));
        self.open.push(Open { line, is_flow, is_mapping, nodes: Vec::new() });
    }

    fn complete(&mut self, node: Tree) {
        match self.open.last_mut() {
            Some(open) => open.nodes.push(node),
            None => self.documents.push(Document { line: self.line, root: node }),
        }
    }
}

/// Keys with their values.
fn pairs(nodes: Vec<Tree>) -> Vec<(Tree, Tree)> {
    let mut entries = Vec::with_capacity(nodes.len() / 2);
    let mut nodes = nodes.into_iter();
    while let (Some(key), Some(value)) = (nodes.next(), nodes.next()) {
        entries.push((key, value));
    }
    entries
}

/// What stands between `#` and the line's end, outside every scalar.
fn comments(letters: &[char], scalars: &[Range<usize>]) -> Vec<Comment> {
    let mut comments = Vec::new();
    let mut scalars = scalars.iter().peekable();
    let (mut at, mut line, mut is_blank) = (0, 1, true);
    while at < letters.len() {
        if let Some(scalar) = scalars.next_if(|scalar| scalar.start <= at) {
            let end = scalar.end.max(at);
            line += letters[at..end.min(letters.len())].iter().filter(|letter| **letter == '\n').count();
            is_blank &= end == at;
            at = end;
            continue;
        }
        let letter = letters[at];
        let follows_blank = at == 0 || letters[at - 1].is_whitespace();
        if letter == '#' && follows_blank {
            let end = letters[at..].iter().position(|letter| *letter == '\n').map_or(letters.len(), |width| at + width);
            let text: String = letters[at..end].iter().collect();
            comments.push(Comment { line, text: text.trim_end().to_owned(), is_trailing: !is_blank });
            at = end;
            continue;
        }
        if letter == '\n' {
            (line, is_blank) = (line + 1, true);
        } else if !letter.is_whitespace() {
            is_blank = false;
        }
        at += 1;
    }
    comments
}
