//! Dark toil: what people say they spend, over what the ledger knows. It calibrates the ledger and is never added to it.

/// Below this part nothing is ranked: what the ledger does not know may be the most of it.
pub const COVERAGE_MIN: f64 = 0.5;

/// What is not known, and which part is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Dark {
    /// Hours that the ledger lacks.
    pub hours: f64,
    /// The part that it has, at most 1.
    pub coverage: f64,
}

/// Of the share that people say, of hours of capacity, and of hours in the ledger; nothing where they say none.
#[must_use]
pub fn dark(said_share: f64, capacity_hours: f64, ledger_hours: f64) -> Option<Dark> {
    let said = said_share * capacity_hours;
    (said > 0.0)
        .then(|| Dark { hours: (said - ledger_hours).max(0.0), coverage: (ledger_hours / said).clamp(0.0, 1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vector_t6_what_a_survey_knows_more() {
        let known = dark(0.45, 600.0, 216.0).unwrap();
        assert!((known.hours - 54.0).abs() < 1e-9 && (known.coverage - 0.8).abs() < 1e-9);
        let full = dark(0.1, 600.0, 216.0).unwrap();
        assert_eq!((full.hours, full.coverage), (0.0, 1.0));
        assert_eq!(dark(0.0, 600.0, 1.0), None);
    }
}
