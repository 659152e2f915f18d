//! What the rules of others do to ours, in words.

use crate::cli::context::Context;
use crate::cli::traffic::words::Tell;
use crate::words;
use nines_base::lang::{Lang, Message};
use nines_traffic::nft::table::priority;
use serde_json::Value;

/// How far before others of its kind a chain of ours is asked.
const OURS_BEFORE: i64 = 5;

/// Lines about what stands on the way of packets beside our rules; none where nothing does.
pub(super) fn lines(context: &Context, document: &Value) -> Vec<String> {
    let foreign = document["foreign"].as_array().into_iter().flatten();
    let told = |decider| {
        let [en, ko] = line(decider);
        format!("  ▲ {}", if context.lang == Lang::Ko { ko } else { en })
    };
    let mut lines: Vec<String> = foreign.map(told).collect();
    let legacy: Vec<&str> = document["legacy"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if !legacy.is_empty() {
        lines.push(format!("  ▲ {}", Tell::LegacyInUse { tables: legacy.join(", ") }.text(context.lang)));
    }
    if let Some(reason) = document["legacyUnread"].as_str() {
        lines.push(format!("  ▲ {}", Tell::LegacyUnread { reason: reason.to_owned() }.text(context.lang)));
    }
    if !lines.is_empty() {
        lines.insert(0, Tell::Others.text(context.lang));
    }
    lines
}

/// `docker: ip nat PREROUTING, prerouting -100: what it does`, in English and Korean.
pub fn line(decider: &Value) -> [String; 2] {
    let text = |name: &str| words::text(decider, name);
    let tool = decider["tool"].as_str().map(|tool| format!("{tool}: ")).unwrap_or_default();
    let at = decider["priority"].as_i64().unwrap_or_default();
    let place = format!("{tool}{} {}, {} {at}", text("table"), text("chain"), text("hook"));
    [Lang::En, Lang::Ko].map(|lang| {
        let effects: Vec<String> = effects(decider, at).iter().map(|effect| effect.text(lang)).collect();
        format!("{place}: {}", effects.join("; "))
    })
}

fn effects(decider: &Value, at: i64) -> Vec<Tell> {
    let is_before = |ours: i32| at < i64::from(ours) - OURS_BEFORE;
    let hook = decider["hook"].as_str().unwrap_or_default();
    let translates = match (hook, decider["translates"] == true) {
        (_, false) => None,
        ("postrouting" | "input", true) => Some(Tell::TranslatesSenders),
        (_, true) if is_before(priority::DSTNAT) => Some(Tell::TranslatesBefore),
        (_, true) => Some(Tell::TranslatesAfter),
    };
    let is_first = matches!(hook, "prerouting" | "ingress") || is_before(priority::FILTER);
    let drops = (decider["mayDrop"] == true).then_some(if is_first { Tell::DropsBefore } else { Tell::DropsAfter });
    translates.into_iter().chain(drops).collect()
}
