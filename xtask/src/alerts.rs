//! Prometheus as a second opinion on alerts: random traffic goes to our engine by `nines slo simulate` and, as
//! the counter that it would be, to `promtool test rules` with the rules of `nines slo export prometheus`. Minute
//! by minute both must say the same, but where ours says that nobody knows (`docs/guide/slo.md` names it).
//!
//! Series begin with zeros, as long as the longest lookback; samples stand on the minutes at which rules are
//! evaluated, and no event ends on one, because a window excludes its old edge and Prometheus's ranges do not.

use crate::load::chance::Chance;
use crate::options::Options;
use crate::process::capture;
use crate::server;
use crate::test::prepare;
use serde_json::Value;
use std::fmt::Write;
use std::ops::Range;
use std::path::Path;
use std::process::Command;

/// Random cases in the quick form of the tests, and in the full one.
pub const CASES_QUICK: u64 = 6;
pub const CASES_FULL: u64 = 200;

/// How long a case is.
const CASE_MINUTES: u64 = 2 * 1440;

/// The zeros before it: the longest lookback of the default alerts, and of policies here.
const ZERO_MINUTES: u64 = 3 * 1440;
const ZERO_MINUTES_OWN: u64 = 6 * 60;

/// Events end this long after a full second, so that none ends on a sample.
const OFF_BEAT_US: u64 = 100;

/// Runs it from the command line; `Ok(false)` where both differ.
pub fn command(arguments: &[&str]) -> Result<bool, String> {
    let options = Options::parse(arguments, &["--seeds", "--from", "--profile"])?;
    let binary = server::build(options.text("--profile").unwrap_or("dev"))?;
    let promtool = prepare::promtool()?;
    let scratch = std::env::temp_dir().join(format!("nines-alerts-{}", std::process::id()));
    std::fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    let from =
        options.text("--from").map_or(Ok(0), str::parse).map_err(|_| "--from needs a whole number".to_owned())?;
    let seeds = from..from + options.count("--seeds", CASES_FULL)?;
    match compare_all(seeds, &binary, &promtool, &scratch) {
        Ok(()) => {
            let _ = std::fs::remove_dir_all(&scratch);
            Ok(true)
        }
        Err(why) => {
            println!("{why}");
            Ok(false)
        }
    }
}

/// Runs the cases; the first difference ends it, and leaves its files where it says.
pub fn compare_all(seeds: Range<u64>, binary: &Path, promtool: &Path, scratch: &Path) -> Result<(), String> {
    check_rules(binary, promtool, scratch)?;
    let n_cases = seeds.end - seeds.start;
    let mut n_firing = 0;
    for seed in seeds {
        n_firing += compare(seed, binary, promtool, scratch).map_err(|why| format!("seed {seed}: {why}"))?;
    }
    println!("{n_cases} cases, {n_firing} minutes of firing: both say the same");
    if n_firing > 0 { Ok(()) } else { Err("nothing fired: nothing was compared".to_owned()) }
}

/// The rules of the examples are rules.
fn check_rules(binary: &Path, promtool: &Path, scratch: &Path) -> Result<(), String> {
    let rules = capture(
        Command::new(binary).args(["slo", "export", "prometheus", "examples/game"]).current_dir(crate::tree::root()),
    )?;
    let file = scratch.join("examples-rules.yml");
    write(&file, &rules)?;
    capture(Command::new(promtool).args(["check", "rules"]).arg(&file)).map(|_| ())
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    std::fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}

/// One case; how many minutes an alert fired.
fn compare(seed: u64, binary: &Path, promtool: &Path, scratch: &Path) -> Result<u64, String> {
    let folder = scratch.join(format!("prometheus-{seed}"));
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut chance = Chance::new(seed);
    let (definitions, n_zeros) = definitions(&mut chance);
    let loads = loads(&mut chance);
    write(&folder.join("slo.yaml"), &definitions)?;
    let mut scenario = "definitions slo.yaml\n".to_owned();
    loads.iter().for_each(|load| scenario.push_str(&load.line()));
    write(&folder.join("case.slotest"), &scenario)?;

    let nines = |arguments: &[&str]| {
        let mut command = Command::new(binary);
        capture(command.args(arguments).current_dir(&folder))
    };
    let minutes = format!("{CASE_MINUTES}m");
    let simulated = nines(&["slo", "simulate", "case.slotest", "--for", &minutes, "-o", "json", "-q"])?;
    let simulated: Value = serde_json::from_str(&simulated).map_err(|error| format!("slo simulate: {error}"))?;
    let rules = nines(&["slo", "export", "prometheus", "slo.yaml", "-q"])?;
    write(&folder.join("rules.yml"), &rules)?;
    let (test, n_firing) = promtool_test(&loads, n_zeros, &simulated, &rules)?;
    write(&folder.join("test.yml"), &test)?;
    capture(Command::new(promtool).args(["test", "rules", "test.yml"]).current_dir(&folder))
        .map_err(|why| format!("{why}\nin {}", folder.display()))?;
    std::fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(n_firing)
}

/// One SLO of a random method, target and window, with the default alerts or policies of its own, and how many
/// minutes of zeros its lookbacks ask for. The low-traffic test is off: it is a difference by intent. What judges by
/// slices has policies of its own here, because Prometheus takes minutes for a subquery over three days.
fn definitions(chance: &mut Chance) -> (String, u64) {
    let window = *chance.one_of(&["7d", "28d", "30d", "90d"]);
    let target = *chance.one_of(&["0.9", "0.95", "0.99", "0.995", "0.999"]);
    let (method, slices) = *chance.one_of(&[
        ("Occurrences", ""),
        ("Occurrences", ""),
        ("Timeslices", ", timeSliceTarget: 0.95, timeSliceWindow: 1m"),
        ("Timeslices", ", timeSliceTarget: 0.9, timeSliceWindow: 5m"),
        ("RatioTimeslices", ", timeSliceWindow: 5m"),
    ]);
    let has_own = method != "Occurrences" || chance.happens(0.3);
    let policies = if has_own { own_policies(chance) } else { String::new() };
    let definitions = format!(
        "apiVersion: openslo/v1\nkind: Service\nmetadata: {{ name: web }}\n---\napiVersion: openslo/v1\nkind: SLO\nmetadata: {{ name: web-ok, annotations: {{ nines.dev/lowTraffic: \"off\" }} }}\nspec:\n  service: web\n  indicator:\n    metadata: {{ name: web-ok }}\n    spec:\n      ratioMetric:\n        good: {{ metricSource: {{ type: spans, spec: {{ where: service=web kind=server !error }} }} }}\n        total: {{ metricSource: {{ type: spans, spec: {{ where: service=web kind=server }} }} }}\n  timeWindow: [ {{ duration: {window}, isRolling: true }} ]\n  budgetingMethod: {method}\n  objectives: [ {{ target: {target}{slices} }} ]\n{policies}"
    );
    (definitions, if has_own { ZERO_MINUTES_OWN } else { ZERO_MINUTES })
}

fn own_policies(chance: &mut Chance) -> String {
    let mut text = "  alertPolicies:\n".to_owned();
    for (nth, severity) in ["page", "call-me"].into_iter().enumerate() {
        let op = chance.one_of(&["gt", "gte"]);
        let threshold = chance.one_of(&["1", "2", "2.5", "3.75", "6"]);
        let lookback = chance.one_of(&["1h", "2h", "6h"]);
        let after = chance.one_of(&["0m", "5m", "17m"]);
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "    - kind: AlertPolicy\n      metadata: {{ name: policy-{nth} }}\n      spec:\n        alertWhenBreaching: true\n        conditions:\n          - kind: AlertCondition\n            metadata: {{ name: condition-{nth} }}\n            spec: {{ severity: {severity}, condition: {{ kind: burnrate, op: {op}, threshold: {threshold}, lookbackWindow: {lookback}, alertAfter: {after} }} }}\n        notificationTargets:\n          - kind: AlertNotificationTarget\n            metadata: {{ name: mail-{nth} }}\n            spec: {{ target: email }}"
        );
    }
    text
}

/// A stream of spans as a line of the case, and as the counter that it becomes.
struct Load {
    from_s: u64,
    length_s: u64,
    per_second: u64,
    bad_per_mille: u64,
}

impl Load {
    fn line(&self) -> String {
        let Load { from_s, length_s, per_second, bad_per_mille } = self;
        let (whole, tenth) = (bad_per_mille / 10, bad_per_mille % 10);
        format!(
            "load service=web kind=server rate={per_second}/s from={from_s}s{OFF_BEAT_US}us for={length_s}s bad={whole}.{tenth}%\n"
        )
    }

    /// Good and bad events that ended by a minute.
    fn ended_by(&self, minute: u64) -> (u64, u64) {
        let begins_us = self.from_s * 1_000_000 + OFF_BEAT_US;
        let passed_us = (minute * 60_000_000).checked_sub(begins_us);
        let ended = passed_us.map_or(0, |us| us * self.per_second / 1_000_000 + 1).min(self.length_s * self.per_second);
        let bad = ended * self.bad_per_mille / 1000;
        (ended - bad, bad)
    }
}

/// Traffic that comes and goes, with slow burns, outages and flaps in it.
fn loads(chance: &mut Chance) -> Vec<Load> {
    let mut loads = Vec::new();
    let whole_s = CASE_MINUTES * 60;
    let mut at_s = 0;
    while at_s < whole_s {
        let length_s = 60 * (30 + chance.below(1800) as u64);
        let bad_per_mille = *chance.one_of(&[0, 0, 1, 2, 5, 20]);
        loads.push(Load { from_s: at_s, length_s, per_second: 1 + chance.below(2) as u64, bad_per_mille });
        // Now and then nothing comes for a while.
        at_s += length_s + if chance.happens(0.4) { 60 * chance.below(200) as u64 } else { 0 };
    }
    for _ in 0..chance.below(6) {
        let from_s = chance.below(whole_s as usize) as u64;
        let (length_s, bad_per_mille) = (30 + chance.below(7200) as u64, *chance.one_of(&[50, 150, 400, 1000]));
        loads.push(Load { from_s, length_s, per_second: 1 + chance.below(3) as u64, bad_per_mille });
    }
    // Flaps: minutes of trouble, minutes of none.
    let (mut from_s, every_s) = (chance.below(whole_s as usize) as u64, 60 * (2 + chance.below(20) as u64));
    for _ in 0..chance.below(15) {
        loads.push(Load { from_s, length_s: every_s / 2, per_second: 2, bad_per_mille: 600 });
        from_s += every_s;
    }
    loads
}

/// The counter and what must fire when, as promtool reads it; and how many minutes an alert fires.
fn promtool_test(loads: &[Load], n_zeros: u64, simulated: &Value, rules: &str) -> Result<(String, u64), String> {
    let mut test =
        "rule_files: [rules.yml]\nevaluation_interval: 1m\ntests:\n  - interval: 1m\n    input_series:\n".to_owned();
    for (verdict, of) in [("good", 0), ("bad", 1)] {
        let mut values = format!("0x{}", n_zeros - 1);
        for minute in 0..=CASE_MINUTES {
            let ended = loads.iter().map(|load| load.ended_by(minute)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
            let _ = write!(values, " {}", if of == 0 { ended.0 } else { ended.1 });
        }
        let _ = writeln!(
            test,
            "      - series: 'nines_slo_events_total{{slo=\"web-ok\",objective=\"1\",verdict=\"{verdict}\"}}'\n        values: '{values}'"
        );
    }
    test.push_str("    alert_rule_test:\n");
    let (fired, frozen) = (stretches(&simulated["alerts"]), stretches(&simulated["frozen"]));
    let severities = severities(rules);
    let mut n_firing = 0;
    for minute in 0..=CASE_MINUTES {
        let is_in = |(_, from_s, until_s): &&(String, f64, f64)| (*from_s..*until_s).contains(&(60.0 * minute as f64));
        if frozen.iter().any(|frozen| is_in(&frozen) && severities.iter().any(|(severity, _)| *severity == frozen.0)) {
            continue;
        }
        let _ = writeln!(
            test,
            "      - eval_time: {}m\n        alertname: NinesSloBurn\n        exp_alerts:",
            n_zeros + minute
        );
        let firing: Vec<&(String, String)> = severities
            .iter()
            .filter(|(severity, _)| fired.iter().filter(is_in).any(|(fires, _, _)| fires == severity))
            .collect();
        for (severity, summary) in &firing {
            let _ = writeln!(
                test,
                "          - exp_labels: {{ slo: web-ok, objective: \"1\", service: web, severity: {severity} }}\n            exp_annotations: {{ summary: {summary} }}"
            );
        }
        if firing.is_empty() {
            test.truncate(test.trim_end().len());
            test.push_str(" []\n");
        }
        n_firing += u64::from(!firing.is_empty());
    }
    if severities.is_empty() {
        return Err("the rules have no alert".to_owned());
    }
    Ok((test, n_firing))
}

/// Severity, beginning and end of stretches of time, in seconds; one that lasts has no end.
fn stretches(list: &Value) -> Vec<(String, f64, f64)> {
    let read = |stretch: &Value| {
        let severity = stretch["severity"].as_str().unwrap_or_default().to_owned();
        let from_s = stretch["fromSeconds"].as_f64().unwrap_or(f64::NAN);
        (severity, from_s, stretch["untilSeconds"].as_f64().unwrap_or(f64::INFINITY))
    };
    list.as_array().into_iter().flatten().map(read).collect()
}

/// The severities of the rules' alerts, each with its summary as the file quotes it.
fn severities(rules: &str) -> Vec<(String, String)> {
    let after = |line: &str, mark: &str| {
        let rest = line.split_once(mark)?.1;
        Some(rest.strip_suffix(" }").unwrap_or(rest).to_owned())
    };
    let labels = rules.lines().filter_map(|line| after(line, "severity: "));
    let summaries = rules.lines().filter_map(|line| after(line, "summary: "));
    labels.map(|quoted| quoted.trim_matches('"').to_owned()).zip(summaries).collect()
}
