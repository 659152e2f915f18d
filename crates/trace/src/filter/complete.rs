//! What may stand at the caret while a filter is being typed. The values themselves, which depend on
//! what was seen, are the caller's to offer.

use super::FILTER_CHARS_MAX;
use super::meaning::operators_of;
use super::print;
use super::syntax::{self, Operator, Piece, PieceKind, Quoting};
use super::term::Flag;
use std::ops::Range;

pub use super::meaning::BUILT_INS;

/// What may stand at the caret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Context {
    /// Characters that a suggestion replaces, quotation marks included; empty where it is inserted.
    pub at: Range<usize>,
    /// What is wanted there.
    pub wants: Wants,
}

/// What a suggestion can be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wants {
    /// A name: built in, a bare word, or a tag.
    Name {
        /// What stands of it before the caret, without quotation marks.
        typed: String,
    },
    /// An operator.
    Operator {
        /// The name it would compare.
        name: String,
        /// Those that the name takes; none for a bare word.
        operators: &'static [Operator],
    },
    /// A value.
    Value {
        /// The name it is compared with.
        name: String,
        /// The operator between them.
        operator: Operator,
        /// What stands of it before the caret, without quotation marks.
        typed: String,
        /// Whether it stands in a list.
        in_list: bool,
    },
    /// Inside a list, behind a value: `,` or `)`.
    ListSeparator,
    /// Behind a complete term: a space.
    Space,
    /// Nothing can help here: the text before the caret is broken.
    Nothing,
}

/// The bare words, in the order completion offers them.
pub fn bare_words() -> [&'static str; 4] {
    Flag::ALL.map(Flag::word)
}

/// A value as the language writes it: in quotation marks where it is not one plain word.
pub fn written_value(value: &str) -> String {
    print::print_value(value)
}

/// A tag's name as the language writes it: in quotation marks where it is not plain, and told from what is built in.
pub fn written_name(tag: &str) -> String {
    print::print_key(tag)
}

/// What may stand at the caret, which is behind the first `pos` characters of the text.
pub fn complete(text: &str, pos: usize) -> Context {
    let chars: Vec<char> = text.chars().take(FILTER_CHARS_MAX).collect();
    let pos = pos.min(chars.len());
    let before: String = chars[..pos].iter().collect();
    let (pieces, _) = syntax::read(&before);
    let read_upto = pieces.last().map_or(0, |piece| piece.at.end);
    let unread = &chars[read_upto..pos];
    if unread.iter().any(|c| !c.is_whitespace()) {
        return half_operator(unread, &pieces, pos);
    }
    let caret = Caret { touched: pieces.last().filter(|piece| piece.at.end == pos), pieces: &pieces };
    let wants = caret.wants();
    let at = match (&wants, caret.touched) {
        (Wants::Name { .. } | Wants::Value { .. }, touched) => word_at(&chars, pos, touched, caret.in_list()),
        _ => pos..pos,
    };
    Context { at, wants }
}

/// A lone `!` right behind a name is half of `!=` or `!~`; anything else unread is a fault.
fn half_operator(unread: &[char], pieces: &[Piece], pos: usize) -> Context {
    match pieces.last() {
        Some(Piece { kind: PieceKind::Name(_), text, .. }) if unread == ['!'] => {
            Context { at: pos - 1..pos, wants: operator_for(text) }
        }
        _ => Context { at: pos..pos, wants: Wants::Nothing },
    }
}

fn operator_for(name: &str) -> Wants {
    let is_word = bare_words().contains(&name);
    Wants::Operator { name: name.to_owned(), operators: if is_word { &[] } else { operators_of(name) } }
}

struct Caret<'p> {
    /// The piece that ends at the caret.
    touched: Option<&'p Piece>,
    /// All pieces before the caret.
    pieces: &'p [Piece],
}

impl Caret<'_> {
    fn wants(&self) -> Wants {
        let in_list = self.in_list();
        match self.touched.map(|piece| (piece.kind, piece.text.as_str())) {
            Some((PieceKind::Name(Quoting::Closed), name)) => operator_for(name),
            Some((PieceKind::Name(_), typed)) => Wants::Name { typed: typed.to_owned() },
            Some((PieceKind::Value(Quoting::Bare | Quoting::Open), typed)) => self.value(typed),
            Some((PieceKind::Value(Quoting::Closed), _)) if !in_list => Wants::Space,
            Some((PieceKind::ListEnd, _)) => Wants::Space,
            _ => match self.pieces.last().map(|piece| piece.kind) {
                Some(PieceKind::Operator | PieceKind::ListStart | PieceKind::Comma) => self.value(""),
                Some(PieceKind::Value(_)) if in_list => Wants::ListSeparator,
                _ => Wants::Name { typed: String::new() },
            },
        }
    }

    /// A value, for the nearest name and operator before it.
    fn value(&self, typed: &str) -> Wants {
        let nearest = |wanted: fn(PieceKind) -> bool| self.pieces.iter().rev().find(|piece| wanted(piece.kind));
        let name = nearest(|kind| matches!(kind, PieceKind::Name(_)));
        let sign = nearest(|kind| kind == PieceKind::Operator);
        let operator = sign.and_then(|sign| Operator::ALL.into_iter().find(|operator| operator.sign() == sign.text));
        match (name, operator) {
            (Some(name), Some(operator)) => {
                Wants::Value { name: name.text.clone(), operator, typed: typed.to_owned(), in_list: self.in_list() }
            }
            _ => Wants::Nothing,
        }
    }

    fn in_list(&self) -> bool {
        let bracket = |kind: PieceKind| matches!(kind, PieceKind::ListStart | PieceKind::ListEnd);
        let last = self.pieces.iter().rev().find(|piece| bracket(piece.kind));
        last.is_some_and(|piece| piece.kind == PieceKind::ListStart)
    }
}

/// The characters of the word at the caret: what was read before it and, where it is not quoted,
/// what goes on behind it.
fn word_at(chars: &[char], pos: usize, touched: Option<&Piece>, in_list: bool) -> Range<usize> {
    let behind = |ends: &dyn Fn(char) -> bool| chars[pos..].iter().position(|c| ends(*c)).unwrap_or(chars.len() - pos);
    match touched.map(|piece| (piece.kind, piece.at.start)) {
        Some((PieceKind::Name(Quoting::Bare), start)) => start..pos + behind(&syntax::ends_name),
        Some((PieceKind::Value(Quoting::Bare), start)) => {
            start..pos + behind(&|c| c.is_whitespace() || c == '"' || in_list && matches!(c, ',' | ')'))
        }
        Some((PieceKind::Name(Quoting::Open) | PieceKind::Value(Quoting::Open), start)) => {
            start..if chars.get(pos) == Some(&'"') { pos + 1 } else { pos }
        }
        _ => pos..pos,
    }
}
