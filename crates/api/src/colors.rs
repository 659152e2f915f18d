//! A number for each service in order of first sight, kept for good: every viewer sees one service in
//! one colour, today and tomorrow.

use nines_ledger::{Ledger, LedgerError};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Prefix of the ledger's facts that hold the numbers.
const FACT_PREFIX: &str = "service-color/";

/// Numbers by service name.
pub struct Colors {
    ledger: Arc<dyn Ledger>,
    known: RwLock<BTreeMap<String, u32>>,
}

impl Colors {
    /// Reads the numbers given so far.
    pub fn load(ledger: Arc<dyn Ledger>) -> Result<Colors, LedgerError> {
        let facts = ledger.facts(FACT_PREFIX)?;
        let known = facts
            .into_iter()
            .filter_map(|(name, number)| Some((name.strip_prefix(FACT_PREFIX)?.to_owned(), number.parse().ok()?)))
            .collect();
        Ok(Colors { ledger, known: RwLock::new(known) })
    }

    /// The number of a service that has one.
    pub fn known(&self, service: &str) -> Option<u32> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).get(&service.to_lowercase()).copied()
    }

    /// Services that have one.
    pub fn count(&self) -> usize {
        self.known.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The number of a service; a new one gets the next.
    pub fn of(&self, service: &str) -> u32 {
        let name = service.to_lowercase();
        if let Some(number) = self.known(&name) {
            return number;
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let next = known.values().max().map_or(0, |last| last + 1);
        let number = *known.entry(name.clone()).or_insert(next);
        // Once in a service's life; a failed write costs the colour at the next start, nothing else.
        if let Err(error) = self.ledger.set_facts(&[(&format!("{FACT_PREFIX}{name}"), &number.to_string())]) {
            tracing::warn!(%error, service, "the service's colour could not be kept");
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nines_ledger::SqliteLedger;

    #[test]
    fn a_service_keeps_its_number_over_a_restart() {
        let ledger: Arc<dyn Ledger> = Arc::new(SqliteLedger::in_memory().unwrap());
        let colors = Colors::load(ledger.clone()).unwrap();
        assert_eq!((colors.of("web"), colors.of("api"), colors.of("Web")), (0, 1, 0));
        let again = Colors::load(ledger).unwrap();
        assert_eq!((again.of("api"), again.of("rank")), (1, 2));
    }
}
