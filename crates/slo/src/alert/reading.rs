//! An alert at one instant: its conditions with what was measured over their lookbacks.

use super::pair::BurnPair;
use super::rule::RuleCondition;
use super::state::{FreezeReason, Level};
use crate::budget::Share;
use crate::cells::Coverage;
use crate::fraction::Fraction;
use crate::model::Ppb;
use nines_base::DurationUs;

/// A lookback must be measured to at least this part, or its condition is not known.
const COVERAGE_MIN: (u64, u64) = (9, 10);

/// An alert with what was measured.
#[derive(Clone, PartialEq, Debug)]
pub struct AlertReading {
    /// What names it.
    pub severity: String,
    /// Its conditions.
    pub conditions: Vec<ConditionReading>,
    /// What the alert's memory says; `None` where nobody keeps one.
    pub level: Option<Level>,
}

/// A condition with what was measured over its lookbacks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ConditionReading {
    /// The pair.
    pub pair: BurnPair,
    /// How long it must hold.
    pub alert_after: DurationUs,
    /// Over the long lookback; `None` where nothing was valid.
    pub long: Option<Share>,
    /// Over the short lookback.
    pub short: Option<Share>,
    /// Whether what was bad over the long lookback is more than bad luck; `None` where it is not asked, because the
    /// condition is not tested for that or its burn rates do not compare as asked anyway.
    pub is_significant: Option<bool>,
    /// How much of the long lookback was measured, since the objective first was.
    pub coverage: Coverage,
    /// How much of the short lookback was.
    pub short_coverage: Coverage,
    /// By what the two burn rates are multiplied where traffic weighs them: the lookback's rate of events
    /// over that of the window.
    pub weights: Option<[Fraction; 2]>,
}

/// What a condition says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It holds.
    Holds,
    /// It does not.
    Ends,
    /// Nobody can say.
    Unknown(FreezeReason),
}

impl AlertReading {
    /// Whether it fires: by its memory, else by what holds at this instant.
    pub fn is_firing(&self, target: Ppb) -> bool {
        match self.level {
            Some(level) => level == Level::Firing,
            None => self.conditions.iter().any(|condition| condition.is_holding(target)),
        }
    }

    /// The condition to show: one that holds, else the one nearest to.
    pub fn leading(&self, target: Ppb) -> Option<&ConditionReading> {
        let rank = |reading: &&ConditionReading| (reading.is_holding(target), reading.pressure(target));
        self.conditions.iter().reduce(|best, other| if rank(&other) > rank(&best) { other } else { best })
    }
}

impl ConditionReading {
    /// The condition without anything measured.
    pub fn of(condition: &RuleCondition) -> ConditionReading {
        ConditionReading {
            pair: condition.pair,
            alert_after: condition.alert_after,
            long: None,
            short: None,
            is_significant: None,
            coverage: Coverage::default(),
            short_coverage: Coverage::default(),
            weights: None,
        }
    }

    /// What it says: nothing where its long lookback is empty, or one of them was not measured well enough. A
    /// short lookback that nobody measured does not end what the long one says.
    pub fn outcome(&self, target: Ppb) -> Outcome {
        let speaks = |burn: Option<Fraction>| burn.is_some_and(|burn| self.pair.matches(burn));
        if self.long.is_none() {
            Outcome::Unknown(FreezeReason::Empty)
        } else if !is_covered(self.coverage) {
            Outcome::Unknown(FreezeReason::Coverage)
        } else if self.burns(target) && self.is_significant != Some(false) {
            Outcome::Holds
        } else if speaks(self.long_burn(target)) && !is_covered(self.short_coverage) {
            Outcome::Unknown(FreezeReason::Coverage)
        } else {
            Outcome::Ends
        }
    }

    /// Whether it holds.
    pub fn is_holding(&self, target: Ppb) -> bool {
        self.outcome(target) == Outcome::Holds
    }

    /// The burn rate over the long lookback, weighed where it is to be.
    pub fn long_burn(&self, target: Ppb) -> Option<Fraction> {
        self.long.map(|share| self.weighed(share.burn(target), 0))
    }

    /// The burn rate over the short lookback.
    pub fn short_burn(&self, target: Ppb) -> Option<Fraction> {
        self.short.map(|share| self.weighed(share.burn(target), 1))
    }

    /// How near it is to holding: the lower of its two burn rates over the threshold, for display.
    /// Undefined counts as zero.
    pub fn pressure(&self, target: Ppb) -> f64 {
        let burn = |burn: Option<Fraction>| burn.map_or(0.0, Fraction::as_f64);
        burn(self.long_burn(target)).min(burn(self.short_burn(target))) / self.pair.threshold.as_f64()
    }

    /// Whether both burn rates compare as asked.
    pub fn burns(&self, target: Ppb) -> bool {
        let matches = |burn: Option<Fraction>| burn.is_some_and(|burn| self.pair.matches(burn));
        matches(self.long_burn(target)) && matches(self.short_burn(target))
    }

    fn weighed(&self, burn: Fraction, lookback: usize) -> Fraction {
        // A product beyond 128 bits has counts beyond all traffic; the burn as it is then stands.
        self.weights.and_then(|weights| burn.times(weights[lookback])).unwrap_or(burn)
    }
}

fn is_covered(coverage: Coverage) -> bool {
    let Coverage { measured_us, unmeasured_us } = coverage;
    let asked = u128::from(COVERAGE_MIN.0) * (u128::from(measured_us) + u128::from(unmeasured_us));
    u128::from(COVERAGE_MIN.1) * u128::from(measured_us) >= asked
}

/// What a lookback's burn rate is multiplied by where traffic weighs it: (N_w / w) / (N_W / W), with the
/// lengths as far as the objective has been counted. The alert then asks for a share of the budget's
/// *events*: B_w ≥ share · b · N_W. `None` where nothing was valid.
pub fn traffic_weight(lookback: (u64, DurationUs), window: (u64, DurationUs), age: DurationUs) -> Option<Fraction> {
    let seconds = |length: DurationUs| u128::try_from((length.min(age).0 / 1_000_000).max(1)).ok();
    let events = Fraction::new(u128::from(lookback.0), u128::from(window.0))?;
    events.times(Fraction::new(seconds(window.1)?, seconds(lookback.1)?)?)
}
