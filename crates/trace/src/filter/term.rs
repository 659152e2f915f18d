//! What a filter is made of: terms, each a test of one span's field, negated or not.
//!
//! A comparison never holds where the field is missing (no tag of that name, no service name, no
//! duration), whatever its operator; negation then makes the term true.

use super::value::{self, TagValue};
use nines_base::{FineMicros, SpanId, TraceId};
use nines_span::{Kind, SpanFields, ValueRef};
use regex::{Regex, RegexBuilder};
use std::ops::Range;

/// Bytes one compiled regular expression may take: a tenth of the regex crate's own default, ample
/// for any pattern a person writes, so that a filter of [`super::PATTERNS_MAX`] stays below 16 MiB.
pub const PATTERN_BYTES_MAX: usize = 1 << 20;

/// One condition on a span.
#[derive(Clone, Debug)]
pub struct Term {
    /// Whether the term holds where the test does not.
    pub negated: bool,
    /// What is asked.
    pub test: Test,
    /// Characters of the filter's text it was written in; empty for a term made by a constructor.
    pub at: Range<usize>,
}

impl Term {
    /// A term that holds where `test` does, without a place in a text.
    pub fn new(test: Test) -> Term {
        Term { negated: false, test, at: 0..0 }
    }

    /// The opposite term.
    pub fn negate(self) -> Term {
        Term { negated: !self.negated, ..self }
    }

    /// Whether the span satisfies the term.
    pub fn holds<S: SpanFields + ?Sized>(&self, span: &S) -> bool {
        super::eval::term_holds(self, span)
    }

    /// Whether both terms ask the same, wherever they stand.
    pub fn same(&self, other: &Term) -> bool {
        self.negated == other.negated && self.test == other.test
    }
}

/// Terms are equal when they ask the same; their places do not matter.
impl PartialEq for Term {
    fn eq(&self, other: &Term) -> bool {
        self.same(other)
    }
}

/// What a term asks of a span.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// `service`, `op` or `remote` against names.
    Name {
        /// Which of them.
        field: NameField,
        /// How it is compared.
        compare: NameCompare,
    },
    /// `kind`.
    Kind(KindSet),
    /// `duration`.
    Duration(DurationCompare),
    /// `trace`: the trace id.
    Trace(Membership<TraceId>),
    /// `id`: the span id.
    Id(Membership<SpanId>),
    /// A bare word.
    Flag(Flag),
    /// A tag.
    Tag {
        /// Its exact name.
        key: String,
        /// How it is compared.
        compare: TagCompare,
    },
    /// A condition of Zipkin's query parameters, which has no spelling in the language.
    Zipkin(ZipkinTest),
}

/// The fields that hold a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NameField {
    /// The reporting service.
    Service,
    /// The operation.
    Op,
    /// The service on the other side.
    Remote,
}

impl NameField {
    /// As the language spells it.
    pub const fn word(self) -> &'static str {
        match self {
            NameField::Service => "service",
            NameField::Op => "op",
            NameField::Remote => "remote",
        }
    }
}

/// The bare words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flag {
    /// The span failed, by the rules of [`nines_span::error`].
    Error,
    /// The span has no parent id.
    Root,
    /// The span continues an id made by its caller.
    Shared,
    /// Zipkin's debug flag.
    Debug,
}

impl Flag {
    /// Every bare word.
    pub const ALL: [Flag; 4] = [Flag::Error, Flag::Root, Flag::Shared, Flag::Debug];

    /// As the language spells it.
    pub const fn word(self) -> &'static str {
        match self {
            Flag::Error => "error",
            Flag::Root => "root",
            Flag::Shared => "shared",
            Flag::Debug => "debug",
        }
    }
}

/// `=` or `!=` with one or several values: is the field one of them, or a present one that is none of them?
#[derive(Clone, PartialEq, Debug)]
pub struct Membership<V> {
    /// The values.
    pub any_of: Vec<V>,
    /// `!=`: the field must be there and be none of them.
    pub inverted: bool,
}

/// `=~` or `!~` with one or several patterns.
#[derive(Clone, PartialEq, Debug)]
pub struct Likeness {
    /// The patterns.
    pub any_of: Vec<Pattern>,
    /// `!~`: the field must be there and match none of them.
    pub inverted: bool,
}

impl Likeness {
    pub(super) fn holds(&self, text: &str) -> bool {
        self.any_of.iter().any(|pattern| pattern.regex.is_match(text)) != self.inverted
    }
}

/// An ordering operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Order {
    Lt,
    Le,
    Gt,
    Ge,
}

impl Order {
    /// Whether a value that compares to the limit as `ordering` satisfies the operator.
    pub fn allows(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Order::Lt => ordering.is_lt(),
            Order::Le => ordering.is_le(),
            Order::Gt => ordering.is_gt(),
            Order::Ge => ordering.is_ge(),
        }
    }

    /// As the language spells it.
    pub const fn sign(self) -> &'static str {
        match self {
            Order::Lt => "<",
            Order::Le => "<=",
            Order::Gt => ">",
            Order::Ge => ">=",
        }
    }
}

/// How a name is compared: without regard to ASCII case.
#[derive(Clone, PartialEq, Debug)]
pub enum NameCompare {
    /// With names.
    In(Membership<String>),
    /// With patterns; without regard to case too.
    Like(Likeness),
}

/// How a duration is compared.
#[derive(Clone, PartialEq, Debug)]
pub enum DurationCompare {
    /// With exact lengths.
    In(Membership<FineMicros>),
    /// With a limit.
    Ordered(Order, FineMicros),
}

/// How a tag is compared.
#[derive(Clone, PartialEq, Debug)]
pub enum TagCompare {
    /// Is it there?
    Exists,
    /// With values: text exactly, numbers that the sender sent as numbers by their value.
    In(Membership<TagValue>),
    /// With patterns, on its text.
    Like(Likeness),
    /// By order, where both sides are numbers.
    Ordered(Order, TagValue),
}

/// A condition of Zipkin's `/traces`. Names are given in lower case and compared with the span's name
/// in lower case, by Unicode's rules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ZipkinTest {
    /// The name is exactly this one.
    Name {
        /// Which name.
        field: NameField,
        /// In lower case.
        lower: String,
    },
    /// There is an annotation with exactly this value or a tag with this key.
    AnnotationOrKey(String),
    /// The tag's text is exactly this one.
    Tag {
        /// The tag's name.
        key: String,
        /// Its text.
        value: String,
    },
    /// The duration in whole microseconds lies in these bounds, both included.
    Duration {
        /// The least.
        min_us: u64,
        /// The greatest.
        max_us: Option<u64>,
    },
}

/// A compiled regular expression, equal to another of the same text and case rule.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    ignore_case: bool,
    pub(super) regex: Regex,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.text == other.text && self.ignore_case == other.ignore_case
    }
}

impl Pattern {
    /// Compiles `text`, unanchored, within [`PATTERN_BYTES_MAX`].
    pub fn new(text: &str, ignore_case: bool) -> Result<Pattern, regex::Error> {
        let regex = RegexBuilder::new(text)
            .case_insensitive(ignore_case)
            .size_limit(PATTERN_BYTES_MAX)
            .dfa_size_limit(PATTERN_BYTES_MAX)
            .build()?;
        Ok(Pattern { text: text.to_owned(), ignore_case, regex })
    }

    /// As written.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A set of span kinds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct KindSet(u8);

impl KindSet {
    /// Every kind there is.
    pub const ALL: KindSet = KindSet(0b11_1111);
    /// What the word `local` means: no role in a call.
    pub const LOCAL: KindSet = KindSet(1 << Kind::Unspecified as u8 | 1 << Kind::Internal as u8);

    /// The words of the language.
    pub const WORDS: [(&'static str, KindSet); 5] = [
        ("client", KindSet::one(Kind::Client)),
        ("server", KindSet::one(Kind::Server)),
        ("producer", KindSet::one(Kind::Producer)),
        ("consumer", KindSet::one(Kind::Consumer)),
        ("local", KindSet::LOCAL),
    ];

    /// Only `kind`.
    pub const fn one(kind: Kind) -> KindSet {
        KindSet(1 << kind as u8)
    }

    /// Kinds in either set.
    pub const fn union(self, other: KindSet) -> KindSet {
        KindSet(self.0 | other.0)
    }

    /// Kinds in both sets.
    pub const fn intersection(self, other: KindSet) -> KindSet {
        KindSet(self.0 & other.0)
    }

    /// Kinds not in the set.
    pub const fn complement(self) -> KindSet {
        KindSet(KindSet::ALL.0 & !self.0)
    }

    /// Whether `kind` is in the set.
    pub const fn contains(self, kind: Kind) -> bool {
        self.0 & KindSet::one(kind).0 != 0
    }

    /// Whether every kind of this set is in `other`.
    pub const fn is_subset(self, other: KindSet) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether no kind is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl TagCompare {
    /// Whether the comparison can hold for some value; an order against a text cannot.
    pub(super) fn can_hold(&self) -> bool {
        !matches!(self, TagCompare::Ordered(_, TagValue { number: None, .. }))
    }
}

impl DurationCompare {
    /// Whether a duration that was sent satisfies the comparison.
    pub(super) fn holds(&self, duration: FineMicros) -> bool {
        match self {
            DurationCompare::In(lengths) => lengths.any_of.contains(&duration) != lengths.inverted,
            DurationCompare::Ordered(order, limit) => order.allows(duration.cmp(limit)),
        }
    }
}

impl NameCompare {
    /// Whether a name that was sent satisfies the comparison.
    pub(super) fn holds(&self, name: &str) -> bool {
        match self {
            NameCompare::In(names) => {
                names.any_of.iter().any(|known| known.eq_ignore_ascii_case(name)) != names.inverted
            }
            NameCompare::Like(patterns) => patterns.holds(name),
        }
    }
}

impl TagCompare {
    /// Whether a tag that is there satisfies the comparison.
    pub fn holds(&self, tag: ValueRef<'_>) -> bool {
        match self {
            TagCompare::Exists => true,
            TagCompare::In(values) => values.any_of.iter().any(|wanted| wanted.equals(tag)) != values.inverted,
            TagCompare::Like(patterns) => patterns.holds(&tag.text()),
            TagCompare::Ordered(order, limit) => match (value::number_of(tag), limit.number) {
                (Some(number), Some(limit)) => order.allows(number.cmp(&limit)),
                _ => false,
            },
        }
    }
}
