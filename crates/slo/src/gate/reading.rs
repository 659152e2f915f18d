//! What the gate reads of an objective: the integers that were measured, and nothing that only a screen wants.

use crate::alert::book::STALE_AFTER;
use crate::budget::{Budget, Share};
use crate::fraction::Fraction;
use crate::model::Ppb;
use crate::policy::forecast::Thaw;
use crate::status::Status;
use crate::window::NotEvaluated;
use nines_base::{DurationUs, Timestamp};

/// An objective as a verdict sees it.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// `NAME`, or `NAME/OBJECTIVE` where the SLO has several.
    pub slo: String,
    /// The target.
    pub target: Ppb,
    /// Which window it is: `28d`, or the period.
    pub window: String,
    /// Why there are no figures, where there are none for that reason.
    pub not_evaluated: Option<NotEvaluated>,
    /// What was bad of what was valid, without what is excluded; `None` where nothing was valid.
    pub share: Option<Share>,
    /// How many parts of `share` one event or slice is.
    pub unit: u64,
    /// Whether the window has events, of which no slice may be over yet.
    pub has_events: bool,
    /// Whether an event was ever counted.
    pub was_counted: bool,
    /// Whether nothing is known of now, although it was measured before: silent for longer than its
    /// `nines.dev/expectTraffic` allows, counted only up to [`STALE_AFTER`] ago, or not answered by whom it is asked of.
    pub is_silent: bool,
    /// The page that fires.
    pub page: Option<Page>,
    /// When a budget that holds releases will let them pass again.
    pub thaw: Option<Thaw>,
}

/// A page that fires, by the condition that leads it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Page {
    /// The lookback that gives weight.
    pub long: DurationUs,
    /// The lookback that ends the page.
    pub short: DurationUs,
    /// The burn rate to exceed.
    pub threshold: Fraction,
    /// The burn rate over the long lookback; `None` where nothing was valid.
    pub long_burn: Option<Fraction>,
    /// The burn rate over the short lookback.
    pub short_burn: Option<Fraction>,
}

impl Reading {
    /// Of a status as it is read at an instant; the forecast is added by whoever has the cells.
    pub fn of(status: &Status, now: Timestamp) -> Reading {
        let (was_counted, is_stale) = (status.first_counted.is_some(), now - status.at > STALE_AFTER);
        let leading = status.firing_page().and_then(|page| page.leading(status.target));
        Reading {
            slo: status.name.clone(),
            target: status.target,
            window: status.window_text(),
            not_evaluated: status.not_evaluated,
            share: status.measure.share,
            unit: status.measure.unit(),
            has_events: status.measure.events.valid() > 0,
            was_counted,
            is_silent: status.is_silent || (was_counted && (is_stale || status.is_unanswered)),
            page: leading.map(|condition| Page {
                long: condition.pair.long,
                short: condition.pair.short,
                threshold: condition.pair.threshold,
                long_burn: condition.long_burn(status.target),
                short_burn: condition.short_burn(status.target),
            }),
            thaw: None,
        }
    }

    /// The budget left; `None` where it is not known.
    pub fn budget(&self) -> Option<Budget> {
        match self.not_evaluated {
            None => self.share.map(|share| share.budget(self.target)),
            Some(_) => None,
        }
    }
}
