//! Whether automating a task pays, promised and realised.

/// Weeks of a year.
const WEEKS: f64 = 52.0;
/// Share of the runs that automation really takes, unless somebody knows better.
pub const ADOPTION: f64 = 0.8;
/// Upkeep a year as a share of what building takes.
pub const UPKEEP: f64 = 0.2;
/// Minutes of an interrupted person beside the run itself.
pub const SWITCH_MIN: f64 = 10.0;

/// A task, and what automating it is said to take.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Promise {
    /// Runs a year.
    pub runs: f64,
    /// Hands-on minutes of a run now.
    pub minutes: f64,
    /// Hands-on minutes of an automated run.
    pub minutes_after: f64,
    /// Persons it takes.
    pub persons: f64,
    /// Share of the runs that interrupt somebody.
    pub interrupts: f64,
    /// Share of the runs that automation will take: [`ADOPTION`].
    pub adoption: f64,
    /// Minutes of a switch of context: [`SWITCH_MIN`].
    pub switch_minutes: f64,
    /// Hours to build it.
    pub build_hours: f64,
    /// Hours a year to keep it: [`UPKEEP`] of building.
    pub upkeep_hours: f64,
}

/// What is gained.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Gain {
    /// Hours a year that are freed, less the upkeep.
    pub net_hours: f64,
    /// Weeks until building is paid back; nothing where it never is.
    pub payback_weeks: Option<f64>,
    /// Gain over cost in one year.
    pub return_1y: f64,
}

impl Promise {
    /// Its gain: N = a(S + C) − M, payback 52·B/N, return (N − B)/B.
    #[must_use]
    pub fn gain(&self) -> Gain {
        let saved = self.runs * (self.minutes - self.minutes_after) * self.persons / 60.0;
        let switches = self.runs * self.interrupts * self.switch_minutes / 60.0;
        let net_hours = self.adoption * (saved + switches) - self.upkeep_hours;
        let payback_weeks = (net_hours > 0.0).then(|| WEEKS * self.build_hours / net_hours);
        Gain { net_hours, payback_weeks, return_1y: (net_hours - self.build_hours) / self.build_hours }
    }

    /// Weeks until building is paid back, were there neither switches, adoption nor upkeep: what is usually said.
    #[must_use]
    pub fn naive_payback_weeks(&self) -> f64 {
        WEEKS * self.build_hours * 60.0 / (self.runs * self.minutes * self.persons)
    }

    /// Hours a year per hour of building: what comes first.
    #[must_use]
    pub fn rank(&self) -> f64 {
        self.gain().net_hours / self.build_hours
    }
}

/// What an automation has really freed so far, in hours, and which part of building that pays back.
#[must_use]
pub fn realised(n_runs: f64, minutes_before: f64, minutes_now: f64, built_hours: f64) -> (f64, f64) {
    let hours = n_runs * (minutes_before - minutes_now) / 60.0;
    (hours, hours / built_hours)
}

/// Net hours freed over years in which the runs grow by a share each year; switches are left out.
#[must_use]
pub fn grown(promise: &Promise, growth: f64, years: i32) -> f64 {
    (0..years)
        .map(|year| {
            let runs = promise.runs * (1.0 + growth).powi(year);
            let bare = Promise { runs, interrupts: 0.0, ..*promise };
            bare.gain().net_hours
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(got: f64, wanted: f64) -> bool {
        (got - wanted).abs() <= 1e-6 * wanted.abs().max(1.0)
    }

    const POD: Promise = Promise {
        runs: 624.0,
        minutes: 25.0,
        minutes_after: 2.0,
        persons: 1.0,
        interrupts: 1.0,
        adoption: 0.9,
        switch_minutes: SWITCH_MIN,
        build_hours: 40.0,
        upkeep_hours: 8.0,
    };
    const CHORE: Promise = Promise {
        runs: 12.0,
        minutes: 15.0,
        minutes_after: 0.0,
        interrupts: 0.0,
        adoption: 1.0,
        build_hours: 16.0,
        upkeep_hours: 3.2,
        ..POD
    };
    const DEPLOY: Promise = Promise {
        runs: 104.0,
        minutes: 45.0,
        minutes_after: 5.0,
        persons: 2.0,
        interrupts: 0.25,
        adoption: 0.8,
        build_hours: 80.0,
        upkeep_hours: 16.0,
        ..POD
    };
    const CERT: Promise = Promise {
        runs: 26.0,
        minutes: 20.0,
        minutes_after: 0.0,
        interrupts: 0.0,
        adoption: 0.8,
        build_hours: 6.0,
        upkeep_hours: 1.2,
        ..POD
    };

    #[test]
    fn vector_roi_a_to_d() {
        for (name, promise, net, payback, earned) in [
            ("A", POD, 300.88, Some(6.913_055), 6.522),
            ("B", CHORE, -0.2, None, -1.0125),
            ("C", DEPLOY, 98.4, Some(42.276_423), 0.23),
            ("D", Promise { adoption: 1.0, ..CERT }, 7.466_667, Some(41.785_714), 0.244_444),
        ] {
            let gain = promise.gain();
            assert!(near(gain.net_hours, net), "{name}: {gain:?}");
            assert!(near(gain.return_1y, earned), "{name}: {gain:?}");
            match (gain.payback_weeks, payback) {
                (Some(got), Some(wanted)) => assert!(near(got, wanted), "{name}: {gain:?}"),
                (got, wanted) => assert_eq!(got, wanted, "{name}"),
            }
        }
        assert!(near(POD.naive_payback_weeks(), 8.0));
        let d = Promise { adoption: 1.0, ..CERT };
        assert!(near(POD.rank(), 7.522) && near(d.rank(), 1.244_444) && near(DEPLOY.rank(), 1.23));
    }

    #[test]
    fn vector_roi_growth_of_a_without_switches() {
        assert!(near(grown(&POD, 0.3, 3), 834.9672), "{}", grown(&POD, 0.3, 3));
    }

    #[test]
    fn vector_t8_realised_beside_promised() {
        let (hours, part) = realised(52.0, 25.0, 1.5, 46.0);
        assert!(near(hours, 20.366_667) && (part - 0.4428).abs() < 1e-4, "{hours} {part}");
    }
}
