//! Alert policies as definitions give them: OpenSLO's AlertPolicy, AlertCondition and
//! AlertNotificationTarget after reading and checking, references resolved.

use crate::fraction::Fraction;
use crate::model::{Comparison, Place};
use nines_base::DurationUs;

/// Annotation of an AlertCondition that gives its short window.
pub const SHORT_WINDOW_ANNOTATION: &str = "nines.dev/shortWindow";

/// The short window is this part of the long one unless the annotation says otherwise (SRE Workbook, ch. 5).
pub const SHORT_WINDOW_PART: i64 = 12;

/// A policy of an SLO.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AlertPolicy {
    /// `metadata.name`.
    pub name: String,
    /// Its one condition.
    pub condition: AlertCondition,
    /// What of it is told.
    pub when: AlertWhen,
    /// Names of the AlertNotificationTargets that are told, each once.
    pub targets: Vec<String>,
}

/// A burn rate to be compared over two lookbacks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AlertCondition {
    /// `metadata.name`.
    pub name: String,
    /// What names the alert: `page`, `ticket`, or a word of the team's own.
    pub severity: String,
    /// How the burn rate is compared.
    pub op: Comparison,
    /// With what, exactly.
    pub threshold: Fraction,
    /// The lookback that gives weight.
    pub lookback: DurationUs,
    /// The lookback that ends the alert.
    pub short: DurationUs,
    /// How long the condition must hold before the alert fires.
    pub alert_after: DurationUs,
}

/// What of an alert is told: the three `alertWhen…` of an AlertPolicy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AlertWhen {
    /// That it fires.
    pub breaching: bool,
    /// That it no longer does.
    pub resolved: bool,
    /// That the SLO is not measured.
    pub no_data: bool,
}

impl AlertWhen {
    /// What a policy tells that names none of the three.
    pub const ALL: AlertWhen = AlertWhen { breaching: true, resolved: true, no_data: true };

    /// From what the file gives. OpenSLO's SDK writes `true` and leaves `false` out: where one is `true`,
    /// those left out are false. Where none is, whoever wrote the file did not choose, and is told.
    pub fn of(breaching: Option<bool>, resolved: Option<bool>, no_data: Option<bool>) -> AlertWhen {
        let left_out = ![breaching, resolved, no_data].contains(&Some(true));
        AlertWhen {
            breaching: breaching.unwrap_or(left_out),
            resolved: resolved.unwrap_or(left_out),
            no_data: no_data.unwrap_or(left_out),
        }
    }
}

/// Whom a policy can tell. Its name selects the `[notify.NAME]` of the server's configuration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotificationTarget {
    /// `metadata.name`.
    pub name: String,
    /// `spec.target`, as written: what kind of place the author had in mind.
    pub target: String,
    /// Where it is defined.
    pub place: Place,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_left_out_are_false_only_where_another_is_true() {
        let words = |when: AlertWhen| (when.breaching, when.resolved, when.no_data);
        assert_eq!(words(AlertWhen::of(None, None, None)), (true, true, true));
        assert_eq!(words(AlertWhen::of(Some(true), None, None)), (true, false, false));
        assert_eq!(words(AlertWhen::of(None, None, Some(false))), (true, true, false));
        assert_eq!(words(AlertWhen::of(Some(false), Some(true), None)), (false, true, false));
    }
}
