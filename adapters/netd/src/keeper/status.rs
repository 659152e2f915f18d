//! What holds, for people and programs.

use std::collections::BTreeMap;

use nines_base::{Clock, DurationUs, SystemClock, Timestamp};
use nines_traffic::intent::said;
use nines_traffic::nft::text::render_rule;
use nines_traffic::nft::{Count, LiveTable, TableId};
use nines_traffic::plan::{PlanId, Wanted, deciders};
use serde_json::{Value, json};

use super::Keeper;
use super::tally::conntrack;
use crate::kernel::Foreign;
use crate::messages::Refusal;
use crate::shown;

impl Keeper {
    /// One object: what is confirmed, what waits, what drifted, what others decide, every rule with its counts.
    pub(super) fn status(&mut self) -> Result<String, Refusal> {
        let snapshot = self.kernel.outline().map_err(|error| Refusal::kernel(&error))?;
        // What cannot be read is told; the rest is known all the same.
        let (legacy, unread) = match self.kernel.legacy() {
            Ok(legacy) => (legacy.in_use, self.kernel.legacy_unread()),
            Err(error) => (Vec::new(), Some(error.to_string())),
        };
        let confirmed = self.confirmed();
        let wanted = self.in_force().map(|(_, wanted)| wanted);
        let rules = snapshot.table(&TableId::nines()).map(|table| rules(table, wanted.as_deref())).unwrap_or_default();
        let status = json!({
            "confirmed": confirmed.as_ref().map(PlanId::as_str),
            "pending": self.pending(),
            "fallback": self.fallback.is_some() && self.fallback.as_ref() == self.state.confirmed(),
            "generation": snapshot.generation,
            "drift": self.drift(),
            "foreign": shown::deciders(&deciders(&snapshot)),
            "legacy": legacy,
            "legacyUnread": unread,
            "rules": rules,
            "counted": self.tally.told(),
            "conntrack": conntrack(),
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
        let Some((id, wanted)) = self.in_force() else { return Vec::new() };
        let now = self.kernel.generation().ok().map(|generation| (generation, id));
        // What was compared at this generation is as it was.
        if now.is_some() && self.as_wanted == now {
            return Vec::new();
        }
        match self.kernel.steps_to(&wanted.table) {
            Ok(Some(steps)) if steps.is_empty() => {
                self.as_wanted = now;
                Vec::new()
            }
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
pub(super) fn rfc3339(at: Timestamp) -> Option<String> {
    jiff::Timestamp::from_microsecond(at.0).ok().map(|at| at.to_string())
}

/// Rules by their ids, in the order a packet meets them. A rule that takes several of the kernel's has the counts of that
/// chain in which it matched most: a packet that is taken elsewhere and let in there is one packet.
fn rules(table: &LiveTable, wanted: Option<&Wanted>) -> Vec<Value> {
    let mut rules: Vec<Shown> = Vec::new();
    for chain in &table.chains {
        for live in &chain.rules {
            let id = live.rule.id.as_ref().map_or("-", |id| id.as_str());
            // `inbound/1#2` is part of `inbound/1` (CMP-2).
            let id = id.split('#').next().unwrap_or_default();
            let at = rules.iter().position(|rule| rule.id == id).unwrap_or(rules.len());
            if at == rules.len() {
                rules.push(Shown { id: id.to_owned(), ..Shown::default() });
            }
            let text = render_rule(table.id.family, &table.sets, &live.rule);
            rules[at].add(chain.name.as_str(), text, live.counted.unwrap_or_default());
        }
    }
    rules.iter().map(|rule| rule.object(wanted)).collect()
}

/// A rule and what the kernel holds of it.
#[derive(Default)]
struct Shown {
    id: String,
    /// Chain, text and counts.
    parts: Vec<(String, String, Count)>,
}

impl Shown {
    fn add(&mut self, chain: &str, text: String, counted: Count) {
        self.parts.push((chain.to_owned(), text, counted));
    }

    fn object(&self, wanted: Option<&Wanted>) -> Value {
        let mut by_chain: BTreeMap<&str, Count> = BTreeMap::new();
        for (chain, _, counted) in &self.parts {
            let sum = by_chain.entry(chain).or_default();
            *sum = Count { packets: sum.packets + counted.packets, bytes: sum.bytes + counted.bytes };
        }
        let Count { packets, bytes } = by_chain.into_values().max_by_key(|count| count.packets).unwrap_or_default();
        let of_kernel = || self.parts.first().map(|(_, text, _)| text.clone()).unwrap_or_default();
        let text = wanted.and_then(|wanted| said(&wanted.intents, &self.id)).unwrap_or_else(of_kernel);
        let part = |(chain, text, Count { packets, bytes }): &(String, String, Count)| json!({ "chain": chain, "text": text, "packets": packets, "bytes": bytes });
        let parts: Vec<Value> = self.parts.iter().map(part).collect();
        json!({ "id": self.id, "text": text, "packets": packets, "bytes": bytes, "parts": parts })
    }
}
