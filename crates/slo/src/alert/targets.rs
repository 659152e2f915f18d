//! Do targets lead anywhere? What definitions name against what the server's configuration has.

use crate::model::{Definitions, Place};
use crate::openslo::messages::{Fact, Hint};
use crate::openslo::{Finding, Severity};
use std::collections::BTreeSet;

/// A `[notify.NAME]` of the configuration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotifyPlace {
    /// Its name.
    pub name: String,
    /// Whether it is told where nobody else is named.
    pub is_default: bool,
    /// Where it stands.
    pub place: Place,
}

/// Targets without an entry, targets that no policy of an SLO tells, entries that no target selects.
pub fn check_targets(definitions: &Definitions, entries: &[NotifyPlace]) -> Vec<Finding> {
    let told: BTreeSet<&str> = definitions
        .slos
        .iter()
        .flat_map(|slo| slo.alert_policies.iter().flat_map(|policy| policy.targets.iter().map(String::as_str)))
        .chain(told_by_states(definitions))
        .collect();
    let mut findings = Vec::new();
    let mut known = BTreeSet::new();
    for target in &definitions.notification_targets {
        let name = target.name.clone();
        if !known.insert(target.name.as_str()) {
            continue;
        }
        if entries.iter().all(|entry| entry.name != name) {
            let hint = Hint::WriteEntry { name: name.clone() };
            findings.push(warning(&target.place, Fact::TargetWithoutEntry { name: name.clone() }, hint));
        }
        if !told.contains(name.as_str()) {
            findings.push(warning(&target.place, Fact::TargetUntold { name }, Hint::TellTarget));
        }
    }
    // A state may name a target that no object describes.
    let is_selected = |entry: &&NotifyPlace| {
        entry.is_default
            || known.contains(entry.name.as_str())
            || told_by_states(definitions).any(|name| name == entry.name)
    };
    for entry in entries.iter().filter(|entry| !is_selected(entry)) {
        let name = entry.name.clone();
        let hint = Hint::SelectEntry { name: name.clone() };
        findings.push(warning(&entry.place, Fact::EntryWithoutTarget { name }, hint));
    }
    findings
}

/// Whom error-budget policies tell of their states.
fn told_by_states(definitions: &Definitions) -> impl Iterator<Item = &str> {
    let states = definitions.policies.budgets.iter().flat_map(|policy| &policy.states);
    states.flat_map(|state| state.actions.notify.iter().map(String::as_str))
}

fn warning(place: &Place, fact: Fact, hint: Hint) -> Finding {
    Finding { place: place.clone(), path: "metadata.name".to_owned(), severity: Severity::Warning, fact, hint }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::policy::{AlertCondition, AlertPolicy, AlertWhen, NotificationTarget};
    use crate::fraction::Fraction;
    use crate::model::Comparison;
    use crate::tests::{HOUR, MINUTE, availability, definitions};

    #[test]
    fn what_leads_nowhere_is_told_where_it_stands() {
        let mut slo = availability(HOUR, 99.0);
        slo.alert_policies = vec![AlertPolicy {
            name: "p".into(),
            condition: AlertCondition {
                name: "c".into(),
                severity: "page".into(),
                op: Comparison::Gt,
                threshold: Fraction::whole(2),
                lookback: HOUR,
                short: MINUTE,
                alert_after: MINUTE,
            },
            when: AlertWhen::ALL,
            targets: vec!["on-call".into(), "mail".into()],
        }];
        let mut definitions = definitions([slo]);
        let target = |name: &str, line| NotificationTarget {
            name: name.into(),
            target: "x".into(),
            place: Place { file: "a.yaml".into(), line, column: 1 },
        };
        definitions.notification_targets =
            vec![target("on-call", 1), target("mail", 2), target("mail", 3), target("old", 4)];
        let entry = |name: &str, line| NotifyPlace {
            name: name.into(),
            is_default: name == "usual",
            place: Place { file: "nines.toml".into(), line, column: 1 },
        };
        let shown: Vec<String> =
            check_targets(&definitions, &[entry("on-call", 1), entry("old", 2), entry("spare", 3), entry("usual", 4)])
                .iter()
                .map(|finding| {
                    let fact = format!("{:?}", finding.fact);
                    let fact = fact.split(' ').next().unwrap_or_default().to_owned();
                    format!("{}:{} {fact}", finding.place.file, finding.place.line)
                })
                .collect();
        let expected = ["a.yaml:2 TargetWithoutEntry", "a.yaml:4 TargetUntold", "nines.toml:3 EntryWithoutTarget"];
        assert_eq!(shown, expected);
    }
}
