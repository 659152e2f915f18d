//! Definitions: OpenSLO and our own kinds, as files bring them.
//!
//! Claims: no text makes the reader panic, in any mode; every finding stands in the text and says something in both
//! languages; a set without errors has a canonical form that is its own and means the same; conversion takes any text.

use nines_base::lang::{Lang, Message};
use nines_slo::openslo::{Form, Loaded, Mode, Severity, SourceFile, convert, format, load, read_object};

const NAME: &str = "fuzzed.yaml";

/// Checks one file.
pub fn check(bytes: &[u8]) {
    let file = SourceFile { name: NAME.to_owned(), bytes: bytes.to_vec() };
    let files = [file];
    // YAML also ends a line at a carriage return alone.
    let n_lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
    let [loaded, ..] = [Mode::Spec, Mode::Sdk, Mode::Lenient].map(|mode| {
        let loaded = load(&files, mode);
        check_findings(&loaded, n_lines);
        loaded
    });
    let _ = convert(&files, Form::Yaml, true);
    let text = String::from_utf8_lossy(bytes);
    let _ = read_object(&text);
    match format(&files[0]) {
        Ok(canonical) => check_canonical(&loaded, canonical),
        Err(findings) => assert!(!findings.is_empty(), "what cannot be formatted says why"),
    }
}

fn check_findings(loaded: &Loaded, n_lines: usize) {
    for finding in &loaded.findings {
        let place = &finding.place;
        assert_eq!(place.file, NAME);
        let is_inside = (1..=n_lines).contains(&place.line) && place.column >= 1;
        assert!(is_inside, "{place:?} of {n_lines} lines");
        for lang in [Lang::En, Lang::Ko] {
            assert!(!finding.fact.text(lang).is_empty() && !finding.hint.text(lang).is_empty(), "{finding:?}");
        }
    }
}

fn check_canonical(loaded: &Loaded, canonical: String) {
    let file = SourceFile { name: NAME.to_owned(), bytes: canonical.clone().into_bytes() };
    assert_eq!(format(&file).as_deref(), Ok(canonical.as_str()), "the canonical form is its own");
    let again = load(&[file], Mode::Spec);
    let errors = |loaded: &Loaded| loaded.findings.iter().filter(|one| one.severity == Severity::Error).count();
    assert_eq!(errors(loaded) == 0, errors(&again) == 0, "{:?} became {:?}", loaded.findings, again.findings);
    let names = |loaded: &Loaded| loaded.definitions.slos.iter().map(|slo| slo.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(loaded), names(&again));
}

/// Words of the files, to stand where others stood.
const WORDS: [&str; 48] = [
    "SLO",
    "SLI",
    "Service",
    "DataSource",
    "AlertPolicy",
    "AlertCondition",
    "AlertNotificationTarget",
    "UserStory",
    "ErrorBudgetPolicy",
    "Freeze",
    "Exception",
    "BudgetAdjustment",
    "openslo/v1",
    "openslo/v1alpha",
    "nines.dev/v1alpha1",
    "Occurrences",
    "Timeslices",
    "RatioTimeslices",
    "28d",
    "1M",
    "1Q",
    "0.999",
    "1",
    "0",
    "-1",
    "1e309",
    "99.9%",
    "true",
    "null",
    "~",
    "[]",
    "{}",
    "&a",
    "*a",
    "!!str 1",
    "\"\\u0000\"",
    "2026-11-24T00:00:00Z",
    "Asia/Seoul",
    "RRULE:FREQ=DAILY;INTERVAL=1",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "service=web kind=server !error",
    "duration<=300ms",
    "gt",
    "lte",
    "worst",
    "trace",
    "|",
    "'",
];

/// Changes one line, or what stands where: lines left out, written twice, moved, indented, given another value.
pub fn mutate(file: &[u8], chance: u32, change: &mut dyn FnMut(&mut Vec<u8>)) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(file).ok()?;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let place = (chance as usize / 64).checked_rem(lines.len())?;
    let other = (chance as usize / 4099) % lines.len();
    match chance % 64 {
        0..8 => drop(lines.remove(place)),
        8..14 => lines.insert(other, lines[place].clone()),
        14..20 => lines.swap(place, other),
        20..26 => lines[place].insert_str(0, "  "),
        26..32 => lines[place] = lines[place].strip_prefix("  ").unwrap_or_default().to_owned(),
        32..52 => {
            let word = WORDS[other % WORDS.len()];
            let key_end = lines[place].find(": ").map_or(0, |at| at + 2);
            lines[place].truncate(key_end);
            lines[place].push_str(word);
        }
        52..56 => lines.insert(place, "---".to_owned()),
        _ => {
            let mut line = std::mem::take(&mut lines[place]).into_bytes();
            change(&mut line);
            lines[place] = String::from_utf8_lossy(&line).into_owned();
        }
    }
    Some(lines.join("\n").into_bytes())
}

/// The examples, and what they lack.
pub fn seeds() -> Vec<(String, Vec<u8>)> {
    let files = [
        ("seed-view-profile", include_str!("../../examples/game/view-profile.yaml")),
        ("seed-play-and-score", include_str!("../../examples/game/play-and-score.yaml")),
        ("seed-log-in", include_str!("../../examples/game/log-in.yaml")),
        ("seed-alerts", include_str!("../../examples/alerts/checkout.yaml")),
        ("seed-policy", POLICY),
        ("seed-v1alpha", V1ALPHA),
    ];
    files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()
}

const POLICY: &str = r#"apiVersion: nines.dev/v1alpha1
kind: ErrorBudgetPolicy
metadata: { name: standard }
spec:
  services: [web]
  states:
    - { name: healthy, above: 0.5 }
    - { name: exhausted, actions: { freeze: true, allow: [security, rollback] } }
  leave: { above: 0.05, dwell: 1h }
  exceptions: { tokens: 3, per: 90d, approverNotRequester: true, expires: 24h }
  onUnknown: held
---
apiVersion: nines.dev/v1alpha1
kind: BudgetAdjustment
metadata: { name: nights }
spec: { slos: [web-ok], mode: removed, from: "2026-11-01T00:00:00Z", for: 1h, rrule: FREQ=DAILY, category: maintenance, reason: backups, approvedBy: lee }
---
apiVersion: nines.dev/v1alpha1
kind: Freeze
metadata: { name: new-year }
spec: { services: ["*"], from: "2026-12-30T00:00:00+09:00", until: "2027-01-02T00:00:00+09:00", rrule: null, reason: holidays, by: ops }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: web-ok }
spec:
  service: web
  indicator:
    metadata: { name: web-ok }
    spec:
      thresholdMetric: { metricSource: { type: spans, spec: { where: service=web, value: duration } } }
  timeWindow: [ { duration: 1M, isRolling: false, calendar: { startTime: "2026-01-31 00:00:00", timeZone: Asia/Seoul } } ]
  budgetingMethod: Timeslices
  objectives: [ { target: 0.99, op: lte, value: 0.3, timeSliceTarget: 0.95, timeSliceWindow: 5m, compositeWeight: 2 } ]
"#;

const V1ALPHA: &str = r#"apiVersion: openslo/v1alpha
kind: SLO
metadata: { name: old, displayName: Old }
spec:
  service: web
  budgetingMethod: Occurrences
  indicator: { thresholdMetric: { source: prometheus, queryType: promql, query: latency } }
  timeWindows: [ { unit: Day, count: 28, isRolling: true } ]
  objectives: [ { op: lte, value: 0.3, target: 0.99 } ]
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mutation_of_a_seed_keeps_the_claims() {
        for (at, (_, seed)) in seeds().into_iter().enumerate() {
            let mut file = seed;
            for step in 0..200u32 {
                let chance = (step * 7_919 + at as u32 * 31).wrapping_mul(2_654_435_761);
                let blind = &mut |line: &mut Vec<u8>| line.push(b'?');
                let Some(next) = mutate(&file, chance, blind) else { break };
                check(&next);
                file = next;
            }
        }
    }
}
