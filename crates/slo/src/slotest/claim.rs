//! What a test file claims of an instant.

use super::messages::{ScriptFact as Fact, ScriptHint as Hint};
use super::script::{Fault, Words, fault};
use crate::model::Place;
use nines_base::DurationUs;

/// A claim of one instant.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Where it stands: behind the time.
    pub place: Place,
    /// When, since time 0.
    pub time: DurationUs,
    /// As written, with single blanks.
    pub text: String,
    /// What is claimed.
    pub question: Question,
}

/// What is claimed.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Good over valid.
    Sli(String, Expected),
    /// What is left of the budget, signed.
    Budget(String, Expected),
    /// The burn rate over a lookback.
    Burn(String, DurationUs, Expected),
    /// How much of the window was measured.
    Coverage(String, Expected),
    /// An alert's state, by severity.
    Alert(String, String, AlertClaim),
    /// The gate's answer for a service.
    Gate(String, bool),
}

/// What a figure must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expected {
    /// This value, up to a distance.
    Value {
        /// The value.
        value: f64,
        /// The most that may lie between.
        within: f64,
    },
    /// No value: nothing was valid.
    Undefined,
}

impl Expected {
    /// Whether a figure is as expected.
    pub fn allows(self, got: Option<f64>) -> bool {
        // Floats of decimals differ in their last bits from what was written.
        const ROUNDING: f64 = 1e-12;
        match (self, got) {
            (Expected::Undefined, None) => true,
            (Expected::Value { value, within }, Some(got)) => (got - value).abs() <= within + ROUNDING,
            _ => false,
        }
    }
}

/// What an alert must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertClaim {
    /// Its condition holds, frozen or not.
    Firing,
    /// Its condition holds, but not long enough yet.
    Pending,
    /// Its condition does not hold.
    Inactive,
    /// What is known does not suffice to judge.
    Frozen,
}

impl AlertClaim {
    /// As files write it.
    pub fn word(self) -> &'static str {
        match self {
            AlertClaim::Firing => "firing",
            AlertClaim::Pending => "pending",
            AlertClaim::Inactive => "inactive",
            AlertClaim::Frozen => "frozen",
        }
    }
}

/// Reads what stands behind the time of an `at` line.
pub(super) fn read_claim(words: &mut Words<'_>, time: DurationUs) -> Result<Claim, Fault> {
    let place = words.place();
    let text = words.rest_of_line().split_whitespace().collect::<Vec<_>>().join(" ");
    let kind = words.next("at 6h sli NAME 0.999")?;
    let question = match kind.as_str() {
        "sli" => Question::Sli(words.next("at 6h sli NAME 0.999")?, read_expected(words)?),
        "budget" => Question::Budget(words.next("at 6h budget NAME 0.5 ± 0.1")?, read_expected(words)?),
        "coverage" => Question::Coverage(words.next("at 6h coverage NAME 1")?, read_expected(words)?),
        "burn" => {
            const EXAMPLE: &str = "at 6h burn NAME 1h 14.4 ± 0.1";
            let name = words.next(EXAMPLE)?;
            let lookback_place = words.place();
            let lookback = words.next(EXAMPLE)?;
            match lookback.parse::<DurationUs>() {
                Ok(lookback) if lookback.0 > 0 => Question::Burn(name, lookback, read_expected(words)?),
                _ => return fault(lookback_place, Fact::BadLength { value: lookback }, Hint::WriteLength),
            }
        }
        "alert" => {
            const EXAMPLE: &str = "at 6h alert NAME page firing";
            let (name, severity) = (words.next(EXAMPLE)?, words.next(EXAMPLE)?);
            Question::Alert(name, severity, read_state(words)?)
        }
        "gate" => {
            let service = words.next("at 6h gate SERVICE held")?;
            let verdict_place = words.place();
            let verdict = words.next("at 6h gate SERVICE held")?;
            match verdict.as_str() {
                "allowed" => Question::Gate(service, true),
                "held" => Question::Gate(service, false),
                _ => return fault(verdict_place, Fact::BadVerdict { value: verdict }, Hint::Verdicts),
            }
        }
        _ => return fault(place, Fact::UnknownClaim { word: kind }, Hint::Claims),
    };
    words.end()?;
    Ok(Claim { place, time, text, question })
}

fn read_state(words: &mut Words<'_>) -> Result<AlertClaim, Fault> {
    let place = words.place();
    let word = words.next("at 6h alert NAME page firing")?;
    let states = [AlertClaim::Firing, AlertClaim::Pending, AlertClaim::Inactive, AlertClaim::Frozen];
    match states.into_iter().find(|state| state.word() == word) {
        Some(state) => Ok(state),
        None => fault(place, Fact::BadState { value: word }, Hint::States),
    }
}

/// `X`, `X ± E` or `undefined`. Without a distance, what was written may be rounded.
fn read_expected(words: &mut Words<'_>) -> Result<Expected, Fault> {
    let place = words.place();
    let word = words.next("at 6h sli NAME 0.999 ± 0.0001")?;
    if word == "undefined" {
        return Ok(Expected::Undefined);
    }
    let Some((value, unit)) = read_number(&word) else {
        return fault(place, Fact::BadNumber { value: word }, Hint::WriteNumber);
    };
    if !words.take_sign() {
        return Ok(Expected::Value { value, within: unit / 2.0 });
    }
    let place = words.place();
    let word = words.next("at 6h sli NAME 0.999 ± 0.0001")?;
    match read_number(&word).filter(|(within, _)| *within >= 0.0) {
        Some((within, _)) => Ok(Expected::Value { value, within }),
        None => fault(place, Fact::BadNumber { value: word }, Hint::WriteNumber),
    }
}

/// A decimal number, or per cent, and what one in its last digit is.
fn read_number(word: &str) -> Option<(f64, f64)> {
    let (digits, scale) = match word.strip_suffix('%') {
        Some(percent) => (percent, 100.0),
        None => (word, 1.0),
    };
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.'));
    let value: f64 = if is_number { digits.parse().ok()? } else { return None };
    let n_decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    Some((value / scale, 10f64.powi(-(n_decimals as i32)) / scale))
}
