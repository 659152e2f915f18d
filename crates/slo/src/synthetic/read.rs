//! Loads and gaps from text: `service=web kind=server rate=10/s from=0 for=6h bad=0.1%`.
//!
//! Terms are the filter language's, restricted to what makes a span; `rate`, `from`, `for`, `bad`, `duration`
//! and `bad-duration` are the stream's own. A tag with one of these names is `tag.NAME=VALUE`.

use super::load::{Gap, Load};
use super::messages::{LoadFact as Fact, LoadHint as Hint};
use crate::fraction::Fraction;
use nines_base::lang::{Lang, Message};
use nines_base::{DurationUs, FineMicros, SpanId};
use nines_span::{Kind, Span, Status, Value};
use nines_trace::filter::syntax::{Operator, Word, WrittenTerm, written_terms};
use std::collections::BTreeMap;
use std::ops::Range;

/// Events of one stream in a second, at most: with the longest time, counts stay far below 64 bits.
pub const RATE_MAX: u64 = 1_000_000_000;

/// Time of a test, in days, at most: ten years, of which the coarsest cells keep the last 400 days.
pub const DAYS_MAX: i64 = 3653;

/// What a span takes where nothing else is said: fast by any objective, and not "without a duration".
pub const DURATION_DEFAULT: DurationUs = DurationUs(1_000);

/// A fault in a line: characters of the text, fact and next step.
#[derive(Clone, Debug, PartialEq)]
pub struct LineFault {
    /// The characters at fault.
    pub at: Range<usize>,
    /// What is wrong.
    pub fact: Fact,
    /// What to do.
    pub hint: Hint,
}

fn fault<T>(at: &Range<usize>, fact: Fact, hint: Hint) -> Result<T, LineFault> {
    Err(LineFault { at: at.clone(), fact, hint })
}

/// Reads what stands after `load`.
pub fn read_load(text: &str) -> Result<Load, LineFault> {
    let mut line = Line::read(text)?;
    let rate_word = line.require("rate", "rate=10/s")?;
    let rate = read_rate(&rate_word)?;
    let from = read_time(&line.require("from", "from=0")?)?;
    let length = read_time(&line.require("for", "for=1h")?)?;
    let bad_share = read_share(&line.require("bad", "bad=0.1%")?)?;
    let duration = line.take("duration").map(|word| read_time(&word)).transpose()?.unwrap_or(DURATION_DEFAULT);
    let bad_duration = line.take("bad-duration").map(|word| read_time(&word)).transpose()?;
    let good = line.into_span(duration)?;
    let bad = match bad_duration {
        Some(duration) => Span { duration: micros(duration), ..good.clone() },
        None => failed(good.clone()),
    };
    Ok(Load { good, bad, rate, from, length, bad_share })
}

/// Reads what stands after `gap`.
pub fn read_gap(text: &str) -> Result<Gap, LineFault> {
    let mut line = Line::read(text)?;
    let service = line.require("service", "service=user-profile")?.text;
    let from = read_time(&line.require("from", "from=7h")?)?;
    let length = read_time(&line.require("for", "for=5m")?)?;
    match line.rest() {
        Some((name, at)) => fault(&at, Fact::UnknownOption { name }, Hint::GapOptions),
        None => Ok(Gap { service, from, length }),
    }
}

/// A sum of numbers with units, or a bare `0`, and not beyond [`DAYS_MAX`].
pub fn read_length(text: &str) -> Result<DurationUs, (Fact, Hint)> {
    let length = if text == "0" { Ok(DurationUs(0)) } else { text.parse::<DurationUs>() };
    match length {
        Err(_) => Err((Fact::BadLength { value: text.to_owned() }, Hint::WriteLength)),
        Ok(length) if length > DurationUs::from_secs(DAYS_MAX * 86_400) => {
            Err((Fact::TimeTooFar { days: DAYS_MAX }, Hint::Sooner))
        }
        Ok(length) => Ok(length),
    }
}

fn read_time(word: &Word) -> Result<DurationUs, LineFault> {
    read_length(&word.text).or_else(|(fact, hint)| fault(&word.at, fact, hint))
}

/// `N/s`, also by the minute and the hour, as events a microsecond.
fn read_rate(word: &Word) -> Result<Fraction, LineFault> {
    let bad = || Fact::BadRate { value: word.text.clone() };
    let Some((number, unit)) = word.text.split_once('/') else { return fault(&word.at, bad(), Hint::WriteRate) };
    let unit_us: u128 = match unit {
        "s" => 1_000_000,
        "m" => 60_000_000,
        "h" => 3_600_000_000,
        _ => return fault(&word.at, bad(), Hint::WriteRate),
    };
    let rate = decimal(number).and_then(|number| number.over(Fraction::whole(unit_us)));
    let Some(rate) = rate.filter(|rate| rate.numerator() > 0) else { return fault(&word.at, bad(), Hint::WriteRate) };
    if Some(rate) > Fraction::new(u128::from(RATE_MAX), 1_000_000) {
        return fault(&word.at, Fact::RateTooHigh { most: RATE_MAX }, Hint::LowerRate);
    }
    Ok(rate)
}

/// `P%`, as a share.
fn read_share(word: &Word) -> Result<Fraction, LineFault> {
    let share = word.text.strip_suffix('%').and_then(decimal).and_then(|percent| percent.over(Fraction::whole(100)));
    match share.filter(|share| *share <= Fraction::whole(1)) {
        Some(share) => Ok(share),
        None => fault(&word.at, Fact::BadShare { value: word.text.clone() }, Hint::WriteShare),
    }
}

/// A decimal number that is not negative, exactly; `None` beyond nine decimals or twelve digits before them.
fn decimal(text: &str) -> Option<Fraction> {
    const WHOLE_DIGITS_MAX: usize = 12;
    const DECIMALS_MAX: usize = 9;
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let are_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let fits = whole.len() <= WHOLE_DIGITS_MAX && decimals.len() <= DECIMALS_MAX && whole.len() + decimals.len() > 0;
    if !fits || !are_digits(whole) || !are_digits(decimals) {
        return None;
    }
    let digits: u128 = format!("{whole}{decimals}").parse().ok()?;
    Fraction::new(digits, 10u128.pow(decimals.len() as u32))
}

/// A line as its settings, each once.
struct Line {
    /// By name as written.
    settings: BTreeMap<String, (Option<Word>, Range<usize>)>,
    /// All of the line.
    all: Range<usize>,
}

impl Line {
    fn read(text: &str) -> Result<Line, LineFault> {
        let terms = written_terms(text).map_err(|error| {
            let fact = Fact::NotATerm { english: error.fact.text(Lang::En), korean: error.fact.text(Lang::Ko) };
            LineFault { at: error.at, fact, hint: Hint::AsFilter }
        })?;
        let mut settings = BTreeMap::new();
        for term in terms {
            let value = read_setting(text, &term)?;
            let name = term.name.text.clone();
            if settings.insert(name.clone(), (value, term.at.clone())).is_some() {
                return fault(&term.at, Fact::SetTwice { name }, Hint::KeepOne);
            }
        }
        Ok(Line { settings, all: 0..text.chars().count() })
    }

    /// The value of a setting, which is then no longer there.
    fn take(&mut self, name: &str) -> Option<Word> {
        self.settings.remove(name).map(|(word, at)| word.unwrap_or(Word { text: String::new(), at }))
    }

    fn require(&mut self, name: &str, example: &str) -> Result<Word, LineFault> {
        match self.take(name) {
            Some(word) => Ok(word),
            None => {
                fault(&self.all, Fact::Missing { name: name.to_owned() }, Hint::Add { example: example.to_owned() })
            }
        }
    }

    /// One that nobody took.
    fn rest(self) -> Option<(String, Range<usize>)> {
        self.settings.into_iter().next().map(|(name, (_, at))| (name, at))
    }

    /// The span that what is left describes.
    fn into_span(self, duration: DurationUs) -> Result<Span, LineFault> {
        let mut span = Span { duration: micros(duration), parent_id: Some(SpanId(u64::MAX)), ..Span::default() };
        let mut is_error = false;
        for (name, (value, at)) in self.settings {
            match (name.as_str(), value) {
                ("service", Some(word)) => span.local.service = word.text,
                ("op", Some(word)) => span.name = word.text,
                ("remote", Some(word)) => span.remote.service = word.text,
                ("kind", Some(word)) => span.kind = read_kind(&word)?,
                ("trace" | "id", _) => return fault(&at, Fact::NotSettable { name }, Hint::LeaveOut),
                ("error", None) => is_error = true,
                ("root", None) => span.parent_id = None,
                ("shared", None) => span.shared = true,
                ("debug", None) => span.debug = true,
                (tag, value) => {
                    let key = tag.strip_prefix("tag.").unwrap_or(tag).to_owned();
                    span.tags.push((key, Value::from(value.map(|word| word.text).unwrap_or_default().as_str())));
                }
            }
        }
        // DEC-3: by key, each once.
        span.tags.sort_by(|one, other| one.0.cmp(&other.0));
        span.tags.dedup_by(|one, other| one.0 == other.0);
        Ok(if is_error { failed(span) } else { span })
    }
}

/// The one value that a term sets its name to; `None` for a bare word.
fn read_setting(text: &str, term: &WrittenTerm) -> Result<Option<Word>, LineFault> {
    let written = || text.chars().skip(term.at.start).take(term.at.len()).collect::<String>();
    match &term.comparison {
        _ if term.negated => fault(&term.at, Fact::NotEquality { term: written() }, Hint::OneValue),
        None => Ok(None),
        Some(comparison) => match (comparison.operator, comparison.values.as_slice()) {
            (Operator::Equal, [value]) => Ok(Some(value.clone())),
            _ => fault(&term.at, Fact::NotEquality { term: written() }, Hint::OneValue),
        },
    }
}

fn read_kind(word: &Word) -> Result<Kind, LineFault> {
    Ok(match word.text.as_str() {
        "client" => Kind::Client,
        "server" => Kind::Server,
        "producer" => Kind::Producer,
        "consumer" => Kind::Consumer,
        "local" => Kind::Internal,
        other => return fault(&word.at, Fact::BadKind { value: other.to_owned() }, Hint::Kinds),
    })
}

/// The span as one that failed, whatever its other tags say: by status, and by the tag that Zipkin shows.
fn failed(mut span: Span) -> Span {
    span.status = Status::Error;
    match span.tags.binary_search_by(|(key, _)| key.as_str().cmp("error")) {
        Ok(_) => {}
        Err(at) => span.tags.insert(at, ("error".to_owned(), Value::from("true"))),
    }
    span
}

fn micros(length: DurationUs) -> FineMicros {
    FineMicros::from_us(length.0.max(0) as u64)
}
