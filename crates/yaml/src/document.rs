//! YAML (and JSON, its subset) as a tree whose every node knows its line and column.
//!
//! Knows nothing of what a file is about: aliases and merge keys are resolved here, duplicate keys and text that
//! is no YAML become faults with a place. Everything is limited by name, so that a small file cannot
//! become a large tree.

use crate::messages::{Fact, Hint};
use crate::source::{Mark, TextFault, line_of, mark_of};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};
use std::collections::{HashMap, HashSet};

/// Deepest nesting. OpenSLO's objects nest 12 deep and traffic intents 7; the rest is for a data source's `spec`.
pub const DEPTH_MAX: usize = 64;

/// Most documents in one file: what a file of the largest size can reasonably hold.
pub const DOCUMENTS_MAX: usize = 10_000;

/// Most bytes that anchors may hold and aliases may add to a file: four times the largest file, so
/// honest reuse fits and an alias bomb does not.
pub const EXPANSION_BYTES_MAX: usize = 16 << 20;

/// What a node costs beside its text, for [`EXPANSION_BYTES_MAX`].
const NODE_BYTES: usize = 96;

/// A node of the tree.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// Where it begins.
    pub at: Mark,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// `null`, `~` or nothing at all.
    Null,
    /// A text, number or boolean, as written.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in file order; keys are unique.
    Mapping(Vec<Entry>),
}

/// One key of a mapping with its value.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_at: Mark,
    /// Its value.
    pub value: Node,
}

/// A scalar as written.
#[derive(Clone, PartialEq, Debug)]
pub struct Scalar {
    /// What it says.
    pub text: String,
    /// How it is spelt.
    pub style: Style,
    /// Whether the file says that it is text: quoted, a block, or tagged `!!str`.
    pub quoted: bool,
    /// Bytes of the text before it.
    pub begin: usize,
}

/// How a scalar is spelt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// Bare.
    Plain,
    /// `'…'`.
    Single,
    /// `"…"`.
    Double,
    /// After `|` or `>`.
    Block,
}

/// The documents of a text, and every fault found while reading it. Reading ends at the first text
/// that is no YAML; what stood before it is kept.
pub fn read_documents(text: &str) -> (Vec<Node>, Vec<TextFault>) {
    let mut builder = Builder::of(text);
    let mut parser = Parser::new_from_str(text);
    while let Some(step) = parser.next_event() {
        match step {
            Ok((Event::StreamEnd, _)) => break,
            Ok((event, span)) => {
                if builder.take(event, span).is_err() {
                    break;
                }
            }
            Err(error) => {
                builder.faults.push(yaml_fault(text, &error));
                break;
            }
        }
    }
    (builder.documents, builder.faults)
}

/// A collection that is still open.
struct Frame {
    at: Mark,
    anchor: usize,
    holds: Holds,
    /// Of what it holds so far.
    extent: Extent,
}

/// How large a node is with all that is in it.
#[derive(Clone, Copy)]
struct Extent {
    /// As [`EXPANSION_BYTES_MAX`] counts them.
    bytes: usize,
    /// Levels of nesting, itself included.
    depth: usize,
}

impl Extent {
    /// An empty node.
    const ONE: Extent = Extent { bytes: NODE_BYTES, depth: 1 };

    fn add(&mut self, inside: Extent) {
        self.bytes = self.bytes.saturating_add(inside.bytes);
        self.depth = self.depth.max(inside.depth + 1);
    }
}

enum Holds {
    List(Vec<Node>),
    Mapping { entries: Vec<Entry>, seen: HashMap<String, Mark>, key: Option<Key>, merged: Vec<(Mark, Node)> },
}

/// A key that waits for its value.
enum Key {
    Text(String, Mark),
    /// `<<`: the value's entries become ours.
    Merge(Mark),
    /// Already told; its value is dropped.
    Faulty,
}

struct Builder<'t> {
    text: &'t str,
    /// The last place of the text: the parser puts what is merely implied beyond it.
    end: Mark,
    /// Characters and bytes up to the event before; events come in the order of the text.
    reached: (usize, usize),
    documents: Vec<Node>,
    faults: Vec<TextFault>,
    open: Vec<Frame>,
    anchors: HashMap<usize, (Node, Extent)>,
    expanded_bytes: usize,
}

/// Reading cannot go on; why has been told.
struct Stop;

type Taken = Result<(), Stop>;

impl<'t> Builder<'t> {
    fn of(text: &'t str) -> Builder<'t> {
        Builder {
            text,
            end: mark_of(text, text.len()),
            reached: (0, 0),
            documents: Vec::new(),
            faults: Vec::new(),
            open: Vec::new(),
            anchors: HashMap::new(),
            expanded_bytes: 0,
        }
    }

    /// The byte offset of the character with this number, the next ones of which are asked for later.
    fn byte_of(&mut self, character: usize) -> usize {
        let (seen, bytes) = self.reached;
        let (seen, bytes) = if character < seen { (0, 0) } else { (seen, bytes) };
        let rest = self.text.get(bytes..).unwrap_or_default();
        let width = rest.char_indices().nth(character - seen).map_or(rest.len(), |(width, _)| width);
        self.reached = (character, bytes + width);
        bytes + width
    }

    fn stop(&mut self, at: Mark, fact: Fact, hint: Hint) -> Taken {
        self.faults.push(TextFault { at, fact, hint });
        Err(Stop)
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Taken {
        let at = mark(span.start).min(self.end);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let quoted_by_tag = self.read_tag(tag.as_deref(), at);
                let extent = Extent { bytes: NODE_BYTES + text.len(), ..Extent::ONE };
                let begin = self.byte_of(span.start.index());
                let node = scalar_node(text.into_owned(), style, quoted_by_tag, at, begin);
                self.complete(node, anchor, extent)
            }
            Event::SequenceStart(anchor, tag) => {
                self.read_tag(tag.as_deref(), at);
                self.open(at, anchor, Holds::List(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                self.read_tag(tag.as_deref(), at);
                let holds = Holds::Mapping { entries: Vec::new(), seen: HashMap::new(), key: None, merged: Vec::new() };
                self.open(at, anchor, holds)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => self.resolve(anchor, at),
            Event::DocumentEnd => {
                self.anchors.clear();
                Ok(())
            }
            Event::DocumentStart(_) | Event::StreamStart | Event::StreamEnd | Event::Nothing => Ok(()),
        }
    }

    /// Whether the tag says "text"; tags that the core schema does not have are faults.
    fn read_tag(&mut self, tag: Option<&Tag>, at: Mark) -> bool {
        let Some(tag) = tag else { return false };
        let known = ["str", "int", "float", "bool", "null", "seq", "map"].contains(&tag.suffix.as_str());
        // A lone `!` means "not resolved", which for a scalar is text.
        let non_specific = tag.handle.is_empty() && tag.suffix == "!" || tag.handle == "!" && tag.suffix.is_empty();
        if !(tag.is_yaml_core_schema() && known || non_specific) {
            let fact = Fact::UnknownTag { tag: crate::words::clipped(&tag.to_string()) };
            self.faults.push(TextFault { at, fact, hint: Hint::RemoveTag });
        }
        non_specific || tag.is_yaml_core_schema() && tag.suffix == "str"
    }

    fn open(&mut self, at: Mark, anchor: usize, holds: Holds) -> Taken {
        self.check_depth(Extent::ONE, at)?;
        self.open.push(Frame { at, anchor, holds, extent: Extent::ONE });
        Ok(())
    }

    fn check_depth(&mut self, inside: Extent, at: Mark) -> Taken {
        if self.open.len() + inside.depth > DEPTH_MAX {
            let fact = Fact::TooDeep { limit: DEPTH_MAX };
            return self.stop(at, fact, Hint::NestLess);
        }
        Ok(())
    }

    fn close(&mut self) -> Taken {
        let Some(frame) = self.open.pop() else { return Ok(()) };
        let value = match frame.holds {
            Holds::List(items) => Value::List(items),
            Holds::Mapping { entries, merged, .. } => Value::Mapping(self.merge(entries, merged)),
        };
        self.complete(Node { at: frame.at, value }, frame.anchor, frame.extent)
    }

    /// Adds what `<<` brings: a mapping's own keys win over merged ones, earlier merges over later.
    fn merge(&mut self, mut entries: Vec<Entry>, merged: Vec<(Mark, Node)>) -> Vec<Entry> {
        if merged.is_empty() {
            return entries;
        }
        let mut keys: HashSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
        for (at, node) in merged {
            let sources = match node.value {
                Value::List(items) => items,
                value => vec![Node { at: node.at, value }],
            };
            for source in sources {
                let Value::Mapping(brought) = source.value else {
                    self.faults.push(TextFault { at, fact: Fact::MergeOfNoMapping, hint: Hint::MergeMapping });
                    continue;
                };
                entries.extend(brought.into_iter().filter(|entry| keys.insert(entry.key.clone())));
            }
        }
        entries
    }

    fn resolve(&mut self, anchor: usize, at: Mark) -> Taken {
        let Some(extent) = self.anchors.get(&anchor).map(|(_, extent)| *extent) else {
            // Either the node is still open, or its anchor belongs to an earlier document.
            let inside = self.open.iter().any(|frame| frame.anchor == anchor);
            return if inside {
                self.stop(at, Fact::AliasInsideItself, Hint::WriteItOut)
            } else {
                self.stop(at, Fact::UnknownAnchor, Hint::DefineAnchor)
            };
        };
        self.check_depth(extent, at)?;
        self.expand(extent, at)?;
        match self.anchors.get(&anchor).cloned() {
            Some((node, extent)) => self.complete(node, 0, extent),
            None => Ok(()),
        }
    }

    fn expand(&mut self, extent: Extent, at: Mark) -> Taken {
        self.expanded_bytes = self.expanded_bytes.saturating_add(extent.bytes);
        if self.expanded_bytes > EXPANSION_BYTES_MAX {
            let fact = Fact::ExpansionTooLarge { limit: EXPANSION_BYTES_MAX };
            return self.stop(at, fact, Hint::FewerAliases);
        }
        Ok(())
    }

    /// Puts a finished node where it belongs.
    fn complete(&mut self, node: Node, anchor: usize, extent: Extent) -> Taken {
        if anchor != 0 {
            self.expand(extent, node.at)?;
            self.anchors.insert(anchor, (node.clone(), extent));
        }
        let Some(frame) = self.open.last_mut() else { return self.finish_document(node) };
        frame.extent.add(extent);
        let Holds::Mapping { entries, seen, key, merged } = &mut frame.holds else {
            if let Holds::List(items) = &mut frame.holds {
                items.push(node);
            }
            return Ok(());
        };
        match key.take() {
            None => *key = Some(read_key(node, seen, &mut self.faults)),
            Some(Key::Text(text, key_at)) => entries.push(Entry { key: text, key_at, value: node }),
            Some(Key::Merge(at)) => merged.push((at, node)),
            Some(Key::Faulty) => {}
        }
        Ok(())
    }

    fn finish_document(&mut self, node: Node) -> Taken {
        if self.documents.len() >= DOCUMENTS_MAX {
            let fact = Fact::TooManyDocuments { limit: DOCUMENTS_MAX };
            return self.stop(node.at, fact, Hint::SplitFile);
        }
        self.documents.push(node);
        Ok(())
    }
}

fn read_key(node: Node, seen: &mut HashMap<String, Mark>, faults: &mut Vec<TextFault>) -> Key {
    let at = node.at;
    let text = match node.value {
        Value::Scalar(scalar) if scalar.text == "<<" && scalar.style == Style::Plain => return Key::Merge(at),
        Value::Scalar(scalar) => scalar.text,
        Value::Null => "null".to_owned(),
        Value::List(_) | Value::Mapping(_) => {
            faults.push(TextFault { at, fact: Fact::KeyNotText, hint: Hint::PlainKey });
            return Key::Faulty;
        }
    };
    if let Some(first) = seen.get(&text) {
        let fact = Fact::DuplicateKey { key: crate::words::clipped(&text), line: first.line };
        faults.push(TextFault { at, fact, hint: Hint::KeepOneKey });
        return Key::Faulty;
    }
    seen.insert(text.clone(), at);
    Key::Text(text, at)
}

fn scalar_node(text: String, style: ScalarStyle, quoted_by_tag: bool, at: Mark, begin: usize) -> Node {
    let style = match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
    };
    let quoted = quoted_by_tag || style != Style::Plain;
    let value = if !quoted && matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL") {
        Value::Null
    } else {
        Value::Scalar(Scalar { text, style, quoted, begin })
    };
    Node { at, value }
}

fn mark(marker: saphyr_parser::Marker) -> Mark {
    Mark { line: marker.line(), column: marker.col() + 1 }
}

/// What the parser could not read, in the words of our catalogue where they fit.
fn yaml_fault(text: &str, error: &ScanError) -> TextFault {
    let info = error.info();
    let at = inside(text, mark(*error.marker()));
    let says = |words: &str| info.contains(words);
    let line = line_of(text, at.line);
    let indent = &line[..line.len() - line.trim_start().len()];
    if says("tab") || indent.contains('\t') {
        let column = line.chars().position(|letter| letter == '\t').map_or(at.column, |nth| nth + 1);
        return TextFault { at: Mark { column, ..at }, fact: Fact::TabIndent, hint: Hint::IndentBySpaces };
    }
    // The parser's own words, from the particular to the general.
    let (fact, hint) = if says("unknown anchor") {
        (Fact::UnknownAnchor, Hint::DefineAnchor)
    } else if says("escape") || says("hexadecimal") {
        (Fact::BadEscape, Hint::FixEscape)
    } else if says("quoted scalar") {
        (Fact::OpenQuote, Hint::CloseQuote)
    } else if says("flow") || says("bracket") || says("illegal placement") {
        (Fact::OpenBracket, Hint::CloseBracket)
    } else if says("simple key") || says("mapping values") || says("mapping keys") {
        (Fact::ColonMisplaced, Hint::QuoteColon)
    } else if says("unexpected character") {
        (Fact::ReservedCharacter, Hint::QuoteText)
    } else if says("indent") || says("expected key") || says("'-' indicator") || says("block sequence") {
        (Fact::BadIndent, Hint::AlignKeys)
    } else {
        (Fact::BadYaml { detail: info.to_owned() }, Hint::FixYaml)
    };
    TextFault { at, fact, hint }
}

/// The same place, or the last one of the line or text where the parser points beyond it.
fn inside(text: &str, at: Mark) -> Mark {
    let line = at.line.clamp(1, mark_of(text, text.len()).line);
    Mark { line, column: at.column.clamp(1, line_of(text, line).chars().count() + 1) }
}
