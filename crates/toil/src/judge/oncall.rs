//! How on-call goes: at most two incidents in a shift of twelve hours, since one takes six with all that follows, and an
//! alert for each incident (SRE book, chapter 11).

/// Incidents of a shift of twelve hours, at most.
pub const INCIDENTS_MAX: f64 = 2.0;

/// How it went.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Health {
    /// Alerts of an incident; one is wanted.
    pub alerts_per_incident: Option<f64>,
    /// Incidents of a shift.
    pub incidents_per_shift: Option<f64>,
}

/// Of so many alerts, incidents and shifts of twelve hours.
#[must_use]
pub fn health(n_alerts: u32, n_incidents: u32, n_shifts: u32) -> Health {
    let ratio = |part: u32, whole: u32| (whole > 0).then(|| f64::from(part) / f64::from(whole));
    Health { alerts_per_incident: ratio(n_alerts, n_incidents), incidents_per_shift: ratio(n_incidents, n_shifts) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vector_h_alerts_and_incidents_of_shifts() {
        let health = health(46, 19, 14);
        assert!((health.alerts_per_incident.unwrap() - 2.421_053).abs() < 1e-6);
        assert!((health.incidents_per_shift.unwrap() - 1.357_143).abs() < 1e-6);
        assert!(health.incidents_per_shift.unwrap() < INCIDENTS_MAX);
        assert_eq!(super::health(3, 0, 0), Health { alerts_per_incident: None, incidents_per_shift: None });
    }
}
