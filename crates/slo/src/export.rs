//! The alerts of SLOs as rules of Prometheus, over the counter that the server serves.
//!
//! For each objective the bad and the valid events (or slices) of every lookback are recorded; alerts compare
//! them as whole numbers, `bad · d > valid · n` with n/d the threshold times the budget, so that no rounding
//! decides and both sides agree. What the rules cannot say (frozen alerts, the low-traffic test, the exact length
//! of a calendar's period) is a difference that `docs/guide/slo.md` names.

use crate::alert::pair::BurnPair;
use crate::alert::rule::{AlertRule, RuleCondition, is_weighted};
use crate::budget::budget_parts;
use crate::cells::slice_seconds;
use crate::fraction::Fraction;
use crate::model::{BudgetingMethod, Comparison, Definitions, Objective, PPB_ONE, Slo};
use nines_base::DurationUs;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The counter the rules read: good and bad events of each objective since the server counts.
pub const COUNTER: &str = "nines_slo_events_total";

/// What all alerts are called: labels tell them apart.
pub const ALERT: &str = "NinesSloBurn";

/// Below this length a window's alerts are evaluated every few seconds.
const SHORT_WINDOW: DurationUs = DurationUs::from_secs(3600);

/// Rules, and what has none.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PrometheusRules {
    /// A file of groups, one for each objective, in which recordings precede alerts.
    pub text: String,
    /// Objectives that a counter of good and bad events does not tell: measured elsewhere, computed from others, or
    /// judged by how many there are.
    pub left_out: Vec<String>,
}

/// The rules of all objectives.
pub fn prometheus_rules(definitions: &Definitions) -> PrometheusRules {
    let mut rules = PrometheusRules { text: "groups:\n".to_owned(), left_out: Vec::new() };
    let mut n_groups = 0;
    for (slo, objective) in definitions.objectives() {
        match Group::of(slo, objective) {
            Some(group) => {
                group.write(&mut rules.text);
                n_groups += 1;
            }
            None => rules.left_out.push(slo.full_name(objective)),
        }
    }
    if n_groups == 0 {
        rules.text = "groups: []\n".to_owned();
    }
    rules
}

/// The rules of one objective.
struct Group<'d> {
    slo: &'d Slo,
    objective: &'d Objective,
    /// Of methods that judge by slices, seconds.
    slice_s: Option<u32>,
    rules: Vec<AlertRule>,
}

impl<'d> Group<'d> {
    /// `None` where events are not counted from spans, slices are no whole seconds, or the number of events in them
    /// judges them, which a counter of good and bad ones does not tell.
    fn of(slo: &'d Slo, objective: &'d Objective) -> Option<Group<'d>> {
        if !objective.sli.is_of_spans() || objective.sli.throughput().is_some() {
            return None;
        }
        let slice_s = slice_seconds(slo, objective).ok()?;
        // A composite has no series: Prometheus alerts of its parts instead.
        let rules = AlertRule::of(slo, slo.window.mean_length());
        Some(Group { slo, objective, slice_s, rules })
    }

    fn write(&self, text: &mut String) {
        // Writing to a String cannot fail.
        let is_short = self.slo.window.mean_length() < SHORT_WINDOW;
        let interval = if is_short { "5s" } else { "1m" };
        let name = quoted(&format!("nines-slo-{}", self.slo.full_name(self.objective)));
        let _ = writeln!(text, "  - name: {name}\n    interval: {interval}\n    rules:");
        for lookback in self.lookbacks() {
            self.write_recordings(lookback, text);
        }
        for rule in &self.rules {
            self.write_alerts(rule, text);
        }
    }

    /// Every lookback of its alerts, the shortest first; where traffic weighs, the window too.
    fn lookbacks(&self) -> BTreeSet<DurationUs> {
        let pairs = self.rules.iter().flat_map(|rule| &rule.conditions).map(|condition| condition.pair);
        let mut lookbacks: BTreeSet<DurationUs> = pairs.flat_map(|pair| [pair.long, pair.short]).collect();
        if is_weighted(self.slo) {
            lookbacks.insert(self.slo.window.mean_length());
        }
        lookbacks
    }

    fn write_recordings(&self, lookback: DurationUs, text: &mut String) {
        let (bad, valid) = self.counted(lookback);
        let mut record = |what: &str, expression: &str| {
            let _ = writeln!(text, "      - record: {}", recorded(what, lookback));
            let _ = writeln!(text, "        expr: {}", quoted(expression));
            let _ = writeln!(text, "        labels: {}", self.labels(None));
        };
        record("bad", &bad);
        record("valid", &valid);
        let budget = budget_parts(self.objective.target);
        let of_burn =
            format!("{} * {PPB_ONE} / ({} * {budget})", self.series("bad", lookback), self.series("valid", lookback));
        record("burn", &of_burn);
    }

    /// Expressions for what was bad and what was valid in a lookback.
    fn counted(&self, lookback: DurationUs) -> (String, String) {
        let increase = |verdict: &str, lookback: DurationUs| {
            let verdict = if verdict.is_empty() { String::new() } else { format!(",verdict=\"{verdict}\"") };
            let selector =
                format!("slo={},objective={}{verdict}", quoted(&self.slo.name), quoted(&self.objective.label()));
            format!("sum(increase({COUNTER}{{{selector}}}[{lookback}]))")
        };
        let Some(slice_s) = self.slice_s else { return (increase("bad", lookback), increase("", lookback)) };
        let slice = DurationUs::from_secs(i64::from(slice_s));
        let (bad, valid) = (increase("bad", slice), increase("", slice));
        // Slices that end in the lookback; both ends of a range count, so it is a second shorter. A lookback
        // shorter than a slice is one.
        let range = DurationUs(lookback.max(slice).0 - 1_000_000);
        let over = |function: &str, expression: &str| format!("{function}(({expression})[{range}:{slice}])");
        if self.slo.method == BudgetingMethod::RatioTimeslices {
            // Empty slices have no ratio, and are skipped.
            let missing = format!("({bad} / {valid}) >= 0");
            return (over("sum_over_time", &missing), over("count_over_time", &missing));
        }
        let target = self.objective.time_slice_target.unwrap_or(self.objective.target);
        let permitted =
            Fraction::new(u128::from(target.rest().parts()), u128::from(PPB_ONE)).unwrap_or(Fraction::whole(0));
        let is_bad = format!("{bad} * {} > bool {valid} * {}", permitted.denominator(), permitted.numerator());
        (over("sum_over_time", &is_bad), over("sum_over_time", &format!("{valid} > bool 0")))
    }

    /// One alert for each time that conditions ask for.
    fn write_alerts(&self, rule: &AlertRule, text: &mut String) {
        let times: BTreeSet<DurationUs> = rule.conditions.iter().map(|condition| condition.alert_after).collect();
        for time in times {
            let conditions = rule.conditions.iter().filter(|condition| condition.alert_after == time);
            let holds: Vec<String> = conditions.clone().filter_map(|condition| self.holds(condition)).collect();
            let _ = writeln!(text, "      - alert: {ALERT}");
            let _ = writeln!(text, "        expr: {}", quoted(&holds.join(" or ")));
            if time.0 > 0 {
                let _ = writeln!(text, "        for: {time}");
            }
            let _ = writeln!(text, "        labels: {}", self.labels(Some(&rule.severity)));
            let pairs: Vec<String> = conditions.map(|condition| in_words(condition.pair)).collect();
            let summary =
                format!("{}: the error budget burns, {}", self.slo.full_name(self.objective), pairs.join(" or "));
            let _ = writeln!(text, "        annotations: {{ summary: {} }}", quoted(&summary));
        }
    }

    /// Both lookbacks of a pair compared.
    fn holds(&self, condition: &RuleCondition) -> Option<String> {
        let BurnPair { long, short, op, threshold } = condition.pair;
        let (long, short) = (self.compared(long, op, threshold)?, self.compared(short, op, threshold)?);
        Some(format!("({long} and {short})"))
    }

    /// `bad · d > valid · n`: the burn rate compared, in whole numbers. Where traffic weighs, with the events of
    /// the window, and the lookback's part of it.
    fn compared(&self, lookback: DurationUs, op: Comparison, threshold: Fraction) -> Option<String> {
        let budget = Fraction::new(u128::from(budget_parts(self.objective.target)), u128::from(PPB_ONE))?;
        let (mut share, mut valid_of) = (threshold.times(budget)?, lookback);
        if is_weighted(self.slo) {
            valid_of = self.slo.window.mean_length();
            share = share.times(Fraction::new(lookback.0.unsigned_abs().into(), valid_of.0.unsigned_abs().into())?)?;
        }
        let (bad, valid) = (self.series("bad", lookback), self.series("valid", valid_of));
        let compared = format!("{bad} * {} {} {valid} * {}", share.denominator(), sign(op), share.numerator());
        // Nothing is no burn rate at all, but it is as much as nothing.
        Some(match op {
            Comparison::Gt | Comparison::Lt => compared,
            Comparison::Gte | Comparison::Lte => format!("{compared} and {} > 0", self.series("valid", lookback)),
        })
    }

    /// A recording of this objective.
    fn series(&self, what: &str, lookback: DurationUs) -> String {
        let (slo, objective) = (quoted(&self.slo.name), quoted(&self.objective.label()));
        format!("{}{{slo={slo},objective={objective}}}", recorded(what, lookback))
    }

    fn labels(&self, severity: Option<&str>) -> String {
        let severity = severity.map(|severity| format!(", severity: {}", quoted(severity))).unwrap_or_default();
        let (slo, objective) = (quoted(&self.slo.name), quoted(&self.objective.label()));
        format!("{{ slo: {slo}, objective: {objective}, service: {}{severity} }}", quoted(&self.slo.service))
    }
}

/// Name of what is recorded over a lookback.
fn recorded(what: &str, lookback: DurationUs) -> String {
    format!("slo:nines_slo_{what}:increase{lookback}")
}

fn in_words(pair: BurnPair) -> String {
    let BurnPair { long, short, op, threshold } = pair;
    format!("{} {} over {long} and {short}", sign(op), (threshold.as_f64() * 1000.0).round() / 1000.0)
}

fn sign(op: Comparison) -> &'static str {
    match op {
        Comparison::Gt => ">",
        Comparison::Gte => ">=",
        Comparison::Lt => "<",
        Comparison::Lte => "<=",
    }
}

/// A text in double quotes: as YAML, PromQL and JSON read it.
fn quoted(text: &str) -> String {
    crate::openslo::quoted(text)
}
