//! The alerts of an SLO: by default a page and a ticket, else what its own policies say, one alert for
//! each severity.

use super::pair::BurnPair;
use super::policy::{AlertPolicy, AlertWhen};
use crate::model::{BudgetingMethod, Ppb, Slo};
use nines_base::DurationUs;

/// The severity that wakes somebody: the gate holds while one fires, and what is less waits behind it.
pub const PAGE: &str = "page";

/// The severity that can wait until morning.
pub const TICKET: &str = "ticket";

/// The alert that an objective is not measured. A policy may take the name for a severity of its own;
/// then there is no other.
pub const UNMEASURED: &str = "unmeasured";

/// Annotation that turns the low-traffic test off when its value is `off`.
pub const LOW_TRAFFIC_ANNOTATION: &str = "nines.dev/lowTraffic";

/// Annotation that weighs burn rates by traffic when its value is `weighted`.
pub const BURN_ANNOTATION: &str = "nines.dev/burn";

/// Annotation that says how long silence may last before it counts as unmeasured.
pub const EXPECT_TRAFFIC_ANNOTATION: &str = "nines.dev/expectTraffic";

/// An alert of an SLO.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AlertRule {
    /// What names it.
    pub severity: String,
    /// It fires where any of these holds for as long as it asks.
    pub conditions: Vec<RuleCondition>,
    /// Who is told.
    pub tells: Vec<Tell>,
}

/// A condition of an alert.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RuleCondition {
    /// What is compared.
    pub pair: BurnPair,
    /// How long it must hold.
    pub alert_after: DurationUs,
    /// Whether more than bad luck must be shown: see [`crate::low_traffic`].
    pub is_tested: bool,
}

/// A target with what of the alert it is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tell {
    /// Name of the AlertNotificationTarget.
    pub target: String,
    /// What of it.
    pub when: AlertWhen,
}

impl AlertRule {
    /// The alerts of an SLO whose window has this length, the page first.
    pub fn of(slo: &Slo, window: DurationUs) -> Vec<AlertRule> {
        let is_tested = slo.annotations.get(LOW_TRAFFIC_ANNOTATION).is_none_or(|value| value != "off");
        if slo.alert_policies.is_empty() {
            let condition = |is_tested| move |pair| RuleCondition { pair, alert_after: DurationUs(0), is_tested };
            let rule = |severity: &str, conditions: Vec<RuleCondition>| AlertRule {
                severity: severity.to_owned(),
                conditions,
                tells: Vec::new(),
            };
            let pages = BurnPair::pages(window).into_iter().map(condition(is_tested)).collect();
            let tickets = BurnPair::tickets(window).into_iter().map(condition(false)).collect();
            let rules = [rule(PAGE, pages), rule(TICKET, tickets)];
            return rules.into_iter().filter(|rule| !rule.conditions.is_empty()).collect();
        }
        let mut rules: Vec<AlertRule> = Vec::new();
        for policy in &slo.alert_policies {
            let severity = &policy.condition.severity;
            let known = rules.iter().position(|rule| rule.severity == *severity);
            let at = known.unwrap_or_else(|| {
                rules.push(AlertRule { severity: severity.clone(), conditions: Vec::new(), tells: Vec::new() });
                rules.len() - 1
            });
            rules[at].add(policy, is_tested);
        }
        rules.sort_by_key(|rule| !rule.is_page());
        rules
    }

    /// Whether it wakes somebody.
    pub fn is_page(&self) -> bool {
        self.severity == PAGE
    }

    fn add(&mut self, policy: &AlertPolicy, is_tested: bool) {
        let condition = &policy.condition;
        self.conditions.push(RuleCondition {
            pair: BurnPair {
                long: condition.lookback,
                short: condition.short,
                op: condition.op,
                threshold: condition.threshold,
            },
            alert_after: condition.alert_after,
            is_tested: is_tested && self.is_page(),
        });
        add_tells(&mut self.tells, policy);
    }
}

/// Whom an SLO's policies tell, each target with all that any policy tells it.
pub fn tells_of(slo: &Slo) -> Vec<Tell> {
    let mut tells = Vec::new();
    slo.alert_policies.iter().for_each(|policy| add_tells(&mut tells, policy));
    tells
}

fn add_tells(tells: &mut Vec<Tell>, policy: &AlertPolicy) {
    for target in &policy.targets {
        match tells.iter_mut().find(|tell| tell.target == *target) {
            None => tells.push(Tell { target: target.clone(), when: policy.when }),
            Some(Tell { when, .. }) => {
                when.breaching |= policy.when.breaching;
                when.resolved |= policy.when.resolved;
                when.no_data |= policy.when.no_data;
            }
        }
    }
}

/// Whether an SLO's burn rates are weighed by traffic: asked for, and judged by events.
pub fn is_weighted(slo: &Slo) -> bool {
    slo.method == BudgetingMethod::Occurrences
        && slo.annotations.get(BURN_ANNOTATION).is_some_and(|value| value == "weighted")
}

/// How long an objective may be unmeasured before that is told: Pyrra's wait for absent metrics,
/// int(14 · (1 − T) · 3600) + 120 seconds rounded to minutes, and never longer than the window.
pub fn unmeasured_after(target: Ppb, window: DurationUs) -> DurationUs {
    const BURN: u64 = 14;
    let seconds = BURN * 3600 * u64::from(target.rest().parts()) / u64::from(crate::model::PPB_ONE) + 120;
    let minutes = (seconds + 30) / 60;
    // At most 14 hours and two minutes.
    DurationUs::from_secs(60 * minutes as i64).min(window)
}
