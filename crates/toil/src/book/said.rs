//! What people said beside entries: how much time there is, how much toil they feel, what became of a task.

use crate::entry::Class;
use crate::judge::score::{Signs, Verdict};
use nines_base::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;

/// Hours of a week of one person.
pub const CAPACITY: &str = "toil.capacity";
/// What somebody answered when asked how it goes.
pub const PULSE: &str = "toil.pulse";
/// What became of a task.
pub const TASK: &str = "toil.task";

/// What sort of work a task is, by its signs.
pub const CLASSIFIED: &str = "toil.classified";

/// Hours a week unless somebody says otherwise.
pub const HOURS_A_WEEK: f64 = 40.0;

/// Hours of a week of one person of a team, from some day on.
#[derive(Clone, PartialEq, Debug)]
pub struct Capacity {
    /// The team.
    pub team: String,
    /// The person.
    pub person: String,
    /// Hours a week.
    pub hours: f64,
    /// From when on; nothing is always.
    pub from: Option<Timestamp>,
}

/// An answer to a pulse. Who gave it is known as a digest only, so that one person answers once for a time.
#[derive(Clone, PartialEq, Debug)]
pub struct Pulse {
    /// The team.
    pub team: String,
    /// When.
    pub at: Timestamp,
    /// The share of the past two weeks, from 0 to 1.
    pub share: f64,
    /// Whether toil leaves no time to automate toil.
    pub is_blocked: bool,
}

/// What became of a task.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TaskStatus {
    /// Nothing yet.
    #[default]
    Open,
    /// It is not done any more.
    Rejected,
    /// It waits until several are there.
    Batched,
    /// Somebody builds what does it.
    Automating,
    /// A machine does it.
    Automated,
}

impl TaskStatus {
    /// All with their names.
    pub const ALL: [(TaskStatus, &str); 5] = [
        (TaskStatus::Open, "open"),
        (TaskStatus::Rejected, "rejected"),
        (TaskStatus::Batched, "batched"),
        (TaskStatus::Automating, "automating"),
        (TaskStatus::Automated, "automated"),
    ];

    /// Reads its name.
    #[must_use]
    pub fn parse(text: &str) -> Option<TaskStatus> {
        TaskStatus::ALL.iter().find(|(_, name)| *name == text).map(|(status, _)| *status)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        TaskStatus::ALL.iter().find(|(status, _)| *status == self).map_or("", |(_, name)| name)
    }
}

/// What became of a task, and what automating it takes.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Automation {
    /// What became of it.
    pub status: TaskStatus,
    /// When that was said.
    pub said: Timestamp,
    /// When it was automated.
    pub shipped: Option<Timestamp>,
    /// Hours to build it, estimated or spent.
    pub build_hours: Option<f64>,
    /// Hours a year to keep it.
    pub upkeep_hours: Option<f64>,
    /// Hands-on minutes of a run that will be left.
    pub minutes_after: Option<f64>,
}

/// The fold.
#[derive(Clone, Debug, Default)]
pub struct Said {
    capacities: Vec<Capacity>,
    pulses: BTreeMap<(String, String, i64), Pulse>,
    automations: BTreeMap<String, Automation>,
    verdicts: BTreeMap<String, (Timestamp, Verdict)>,
}

/// A person answers once in so many days.
const PULSE_DAYS: i64 = 14;

impl Said {
    pub(super) fn fold(&mut self, kind: &str, at: Timestamp, payload: &str) -> bool {
        let Ok(json) = serde_json::from_str::<Value>(payload) else { return false };
        match kind {
            CAPACITY => self.fold_capacity(&json).is_some(),
            PULSE => self.fold_pulse(at, &json).is_some(),
            TASK => self.fold_task(at, &json).is_some(),
            CLASSIFIED => self.fold_signs(at, &json).is_some(),
            _ => true,
        }
    }

    fn fold_capacity(&mut self, json: &Value) -> Option<()> {
        let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
        let from = json["from"].as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok());
        self.capacities.push(Capacity {
            team: text("team"),
            person: text("person"),
            hours: json["hoursPerWeek"].as_f64()?,
            from: from.map(|from| Timestamp(from.as_microsecond())),
        });
        Some(())
    }

    fn fold_pulse(&mut self, at: Timestamp, json: &Value) -> Option<()> {
        let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
        let pulse = Pulse {
            team: text("team"),
            at,
            share: json["percent"].as_f64()? / 100.0,
            is_blocked: json["blocked"].as_bool().unwrap_or_default(),
        };
        let period = at.0.div_euclid(PULSE_DAYS * 86_400_000_000);
        self.pulses.insert((text("team"), text("who"), period), pulse);
        Some(())
    }

    fn fold_task(&mut self, at: Timestamp, json: &Value) -> Option<()> {
        let status = TaskStatus::parse(json["status"].as_str()?)?;
        let automation = self.automations.entry(json["task"].as_str()?.to_owned()).or_default();
        // Once a person is erased, what they said comes anew after what others said later, and changes nothing of that.
        let is_later = at >= automation.said;
        if status == TaskStatus::Automated {
            let shipped = automation.shipped.filter(|_| automation.status == TaskStatus::Automated);
            automation.shipped = Some(shipped.map_or(at, |shipped| shipped.min(at)));
        }
        if is_later {
            (automation.status, automation.said) = (status, at);
        }
        let number = |name: &str, before: Option<f64>| match json[name].as_f64() {
            Some(said) if is_later || before.is_none() => Some(said),
            _ => before,
        };
        automation.build_hours = number("buildHours", automation.build_hours);
        automation.upkeep_hours = number("maintHoursPerYear", automation.upkeep_hours);
        automation.minutes_after = number("minutesAfter", automation.minutes_after);
        Some(())
    }

    fn fold_signs(&mut self, at: Timestamp, json: &Value) -> Option<()> {
        let names = json["signs"].as_array()?.iter().filter_map(Value::as_str);
        let verdict = Signs::read(names).ok()?.verdict();
        let of_task = self.verdicts.entry(json["task"].as_str()?.to_owned()).or_insert((at, verdict));
        if at >= of_task.0 {
            *of_task = (at, verdict);
        }
        Some(())
    }

    /// Tasks of which somebody said by its signs what it is, with the class that follows.
    pub fn classes(&self) -> impl Iterator<Item = (&str, Class)> {
        self.verdicts.iter().filter_map(|(task, (_, verdict))| Some((task.as_str(), verdict.class()?)))
    }

    /// What became of a task.
    #[must_use]
    pub fn automation(&self, task: &str) -> Automation {
        self.automations.get(task).cloned().unwrap_or_default()
    }

    /// Tasks of which somebody said what became of them.
    pub fn automations(&self) -> impl Iterator<Item = (&str, &Automation)> {
        self.automations.iter().map(|(task, automation)| (task.as_str(), automation))
    }

    /// Answers of a time.
    pub fn pulses(&self, from: Timestamp, to: Timestamp) -> impl Iterator<Item = &Pulse> {
        self.pulses.values().filter(move |pulse| from <= pulse.at && pulse.at < to)
    }

    /// Teams, and persons of theirs of whom they said how many hours they have; some more than once.
    pub fn persons(&self) -> impl Iterator<Item = (&str, &str)> {
        self.capacities.iter().map(|one| (one.team.as_str(), one.person.as_str()))
    }

    /// Hours that a person of a team has in a time: what was said last for each part of it, [`HOURS_A_WEEK`] where nothing.
    #[must_use]
    pub fn hours(&self, team: &str, person: &str, from: Timestamp, to: Timestamp) -> f64 {
        let mut steps: Vec<(i64, f64)> = vec![(i64::MIN, HOURS_A_WEEK)];
        for one in self.capacities.iter().filter(|one| one.team == team && one.person == person) {
            let since = one.from.map_or(i64::MIN, |from| from.0);
            // What is said later holds from its day on, whatever was said of that time before.
            steps.retain(|(begins, _)| *begins < since);
            steps.push((since, one.hours));
        }
        let ends = steps.iter().skip(1).map(|(begins, _)| *begins).chain([i64::MAX]);
        let weeks = |begins: i64, ends: i64| (ends.min(to.0) - begins.max(from.0)).max(0) as f64 / WEEK_US;
        steps.iter().zip(ends).map(|((begins, hours), ends)| hours * weeks(*begins, ends)).sum()
    }
}

/// Microseconds of a week.
const WEEK_US: f64 = 7.0 * 86_400.0 * 1e6;
