//! Groups as the ledger keeps them: a fact for each, committed with the cells that it is counted in first.

use super::JudgeError;
use nines_ledger::Ledger;
use nines_slo::count::Groups;
use nines_slo::key::ObjectiveKey;

/// Begins the name of the fact that says a group's value; then come the keys of the indicator and of the group.
const FACT: &str = "slo/group/";

/// The fact of a group.
pub(super) fn fact_of(of: ObjectiveKey, value: &str) -> (String, String) {
    (format!("{FACT}{of}/{}", of.of_group(value)), value.to_owned())
}

/// The groups that facts tell of.
pub(super) fn read(ledger: &dyn Ledger) -> Result<Groups, JudgeError> {
    let mut groups = Groups::default();
    for (name, value) in ledger.facts(FACT)? {
        let of = name.strip_prefix(FACT).and_then(|keys| ObjectiveKey::parse(keys.split('/').next()?));
        if let Some(of) = of {
            groups.restore(of, &value);
        }
    }
    Ok(groups)
}
