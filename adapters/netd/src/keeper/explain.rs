//! What becomes of a packet by all that the kernel holds.

use nines_traffic::net::Family;
use nines_traffic::simulate::{Answer, Packet, Tables, Verdict, answer_line};

use super::Keeper;
use crate::host::host_facts;
use crate::messages::Refusal;

/// What stands among the missing where tables of iptables-legacy hold rules.
const LEGACY: &str = "iptables-legacy";

impl Keeper {
    /// One object, as `simulate` answers. Rules of iptables-legacy are not looked at, and where they could say otherwise the
    /// answer is not known.
    pub(super) fn explain(&mut self, packet: &Packet) -> Result<String, Refusal> {
        let snapshot = self.kernel.snapshot().map_err(|error| Refusal::kernel(&error))?;
        let legacy = self.kernel.legacy().map_err(|error| Refusal::legacy(&error))?;
        let host = host_facts();
        let answer = Tables::new(&snapshot, &host).answer(packet);
        Ok(answer_line(&with_legacy(answer, packet.family(), &legacy.in_use)))
    }
}

/// The answer, as far as tables like `ip nat` that were not looked at leave it sure: what is dropped stays dropped, unless one
/// of them makes another packet of it before.
fn with_legacy(mut answer: Answer, family: Option<Family>, in_use: &[String]) -> Answer {
    let word = if family == Some(Family::V6) { "ip6" } else { "ip" };
    let tables: Vec<&str> = in_use.iter().filter_map(|table| table.strip_prefix(word)?.strip_prefix(' ')).collect();
    let only_drop = tables.iter().all(|table| matches!(*table, "filter" | "security"));
    let is_sure = tables.is_empty() || only_drop && matches!(answer.verdict, Verdict::Drop | Verdict::Reject);
    if is_sure {
        return answer;
    }
    answer.missing.insert(LEGACY.to_owned());
    Answer { verdict: Verdict::Unknown, rule: None, to: None, from: None, ..answer }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(verdict: Verdict, in_use: &[&str]) -> Verdict {
        let answer =
            Answer { verdict, rule: None, to: None, from: None, path: Vec::new(), missing: Default::default() };
        let in_use: Vec<String> = in_use.iter().map(|table| (*table).to_owned()).collect();
        with_legacy(answer, Some(Family::V4), &in_use).verdict
    }

    #[test]
    fn what_was_not_looked_at_leaves_only_sure_what_it_cannot_change() {
        assert_eq!(verdict(Verdict::Accept, &[]), Verdict::Accept);
        assert_eq!(verdict(Verdict::Accept, &["ip6 filter"]), Verdict::Accept);
        assert_eq!(verdict(Verdict::Accept, &["ip filter"]), Verdict::Unknown);
        assert_eq!(verdict(Verdict::Drop, &["ip filter"]), Verdict::Drop);
        assert_eq!(verdict(Verdict::Drop, &["ip filter", "ip nat"]), Verdict::Unknown);
    }
}
