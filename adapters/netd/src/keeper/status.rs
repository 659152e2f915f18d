//! What holds, for people and programs.

use nines_base::{Clock, DurationUs, SystemClock, Timestamp};
use nines_traffic::nft::text::render_rule;
use nines_traffic::nft::{Count, LiveTable, TableId};
use nines_traffic::plan::{PlanId, deciders};
use serde_json::{Value, json};

use super::Keeper;
use crate::kernel::Foreign;
use crate::messages::Refusal;
use crate::shown;

impl Keeper {
    /// One object: what is confirmed, what waits, what drifted, what others decide, every rule with its counts.
    pub(super) fn status(&mut self) -> Result<String, Refusal> {
        let snapshot = self.kernel.snapshot().map_err(|error| Refusal::kernel(&error))?;
        let legacy = self.kernel.legacy().map_err(|error| Refusal::legacy(&error))?;
        let rules: Vec<Value> = snapshot.table(&TableId::nines()).map(rules).unwrap_or_default();
        let status = json!({
            "confirmed": self.state.confirmed().map(PlanId::as_str),
            "pending": self.pending(),
            "generation": snapshot.generation,
            "drift": self.drift(),
            "foreign": shown::deciders(&deciders(&snapshot)),
            "legacy": legacy.in_use,
            "rules": rules,
        });
        Ok(status.to_string())
    }

    fn pending(&self) -> Option<Value> {
        let pending = self.state.pending.as_ref()?;
        let left = self.due_in().unwrap_or_default();
        let left = DurationUs(i64::try_from(left.as_micros()).unwrap_or(i64::MAX));
        Some(json!({ "id": pending.id.as_str(), "deadline": rfc3339(SystemClock.now() + left) }))
    }

    /// Who changed our table, where it differs from what is in force; without a name where nobody was seen.
    fn drift(&mut self) -> Vec<Value> {
        let Some((_, wanted)) = self.in_force() else { return Vec::new() };
        match self.kernel.steps_to(&wanted.table) {
            Ok(Some(steps)) if steps.is_empty() => Vec::new(),
            _ if self.drift.is_empty() => vec![json!({ "process": null, "pid": null, "generation": null })],
            _ => self.drift.iter().map(change).collect(),
        }
    }
}

fn change(change: &Foreign) -> Value {
    let author = change.author.as_ref();
    json!({
        "process": author.map(|author| &author.process), "pid": author.map(|author| author.pid),
        "generation": change.generation,
    })
}

/// A time as JSON tells it.
fn rfc3339(at: Timestamp) -> Option<String> {
    jiff::Timestamp::from_microsecond(at.0).ok().map(|at| at.to_string())
}

fn rules(table: &LiveTable) -> Vec<Value> {
    let live = table.chains.iter().flat_map(|chain| chain.rules.iter().map(move |live| (&chain.name, live)));
    let object = |(chain, live): (&nines_traffic::nft::Name, &nines_traffic::nft::LiveRule)| {
        let Count { packets, bytes } = live.counted.unwrap_or_default();
        let id = live.rule.id.as_ref().map(|id| id.as_str());
        let text = render_rule(table.id.family, &table.sets, &live.rule);
        json!({ "id": id, "chain": chain.as_str(), "text": text, "packets": packets, "bytes": bytes })
    };
    live.map(object).collect()
}
