//! O(n): whether toil grows with what the service does. The logarithm of a week's hours over the logarithm of its requests,
//! by least squares; the slope is the elasticity. It is association, not cause: head count and time go into it too.

/// Weeks with toil and traffic that are needed.
pub const WEEKS_MIN: usize = 8;
/// How far the busiest week must be above the quietest.
pub const SPREAD_MIN: f64 = 1.3;

/// A week: requests, hours.
pub type Week = (f64, f64);

/// How toil follows traffic.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Elasticity {
    /// Per cent of toil for one per cent of traffic.
    pub beta: f64,
    /// The lower end of where it lies in 95 of 100 cases.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The part of the variation that traffic explains.
    pub r2: f64,
    /// The logarithm of the hours at one request.
    pub intercept: f64,
    /// Weeks it was taken from.
    pub n_weeks: usize,
    /// What it means.
    pub label: Label,
}

/// What an elasticity means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Label {
    /// It lies anywhere.
    Undetermined,
    /// Traffic does not matter.
    Flat,
    /// In proportion: the sign of toil (SRE book, chapter 5).
    Linear,
    /// Faster than traffic.
    SuperLinear,
    /// Slower than traffic.
    SubLinear,
}

impl Label {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Label::Undetermined => "undetermined",
            Label::Flat => "flat",
            Label::Linear => "O(n)",
            Label::SuperLinear => "super-linear",
            Label::SubLinear => "sub-linear",
        }
    }

    fn of(beta: f64, low: f64, high: f64) -> Label {
        if high - low > 1.0 {
            Label::Undetermined
        } else if beta <= 0.3 {
            Label::Flat
        } else if (low..=high).contains(&1.0) || (0.8..=1.2).contains(&beta) {
            Label::Linear
        } else if beta > 1.2 {
            Label::SuperLinear
        } else {
            Label::SubLinear
        }
    }
}

/// Why there is none.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Lacking {
    /// Fewer than [`WEEKS_MIN`] weeks have both.
    Weeks(usize),
    /// The busiest week has this many times the requests of the quietest, less than [`SPREAD_MIN`].
    Spread(f64),
}

/// The elasticity of weeks; those without toil or traffic have no logarithm and are left out.
///
/// # Errors
/// [`Lacking`] where it would say nothing.
pub fn elasticity(weeks: &[Week]) -> Result<Elasticity, Lacking> {
    let weeks: Vec<Week> = weeks.iter().copied().filter(|(requests, hours)| *requests > 0.0 && *hours > 0.0).collect();
    if weeks.len() < WEEKS_MIN {
        return Err(Lacking::Weeks(weeks.len()));
    }
    let requests = || weeks.iter().map(|(requests, _)| *requests);
    let spread = requests().fold(0.0, f64::max) / requests().fold(f64::INFINITY, f64::min);
    if spread < SPREAD_MIN {
        return Err(Lacking::Spread(spread));
    }
    Ok(fit(&weeks))
}

fn fit(weeks: &[Week]) -> Elasticity {
    let logs: Vec<(f64, f64)> = weeks.iter().map(|(requests, hours)| (requests.ln(), hours.ln())).collect();
    let n = logs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / n;
    let (x_mean, y_mean) = (mean(|log| log.0), mean(|log| log.1));
    let sum = |of: &dyn Fn(f64, f64) -> f64| logs.iter().map(|(x, y)| of(x - x_mean, y - y_mean)).sum::<f64>();
    let (xx, xy, yy) = (sum(&|x, _| x * x), sum(&|x, y| x * y), sum(&|_, y| y * y));
    let beta = xy / xx;
    let left = (yy - beta * xy).max(0.0);
    let reach = t_95(n - 2.0) * (left / (n - 2.0) / xx).sqrt();
    let (low, high) = (beta - reach, beta + reach);
    // Hours that never change leave nothing to explain.
    let r2 = if yy > f64::EPSILON * n { 1.0 - left / yy } else { 0.0 };
    let label = Label::of(beta, low, high);
    Elasticity { beta, low, high, r2, intercept: y_mean - beta * x_mean, n_weeks: logs.len(), label }
}

/// Student's t that 95 of 100 values lie within on both sides, for so many degrees of freedom from 6 on: the first terms of
/// its expansion around the normal distribution (Abramowitz and Stegun, 26.7.5).
fn t_95(degrees: f64) -> f64 {
    const Z: f64 = 1.959_963_985;
    let z = |power: i32| Z.powi(power);
    let terms = [
        (z(3) + Z) / 4.0,
        (5.0 * z(5) + 16.0 * z(3) + 3.0 * Z) / 96.0,
        (3.0 * z(7) + 19.0 * z(5) + 17.0 * z(3) - 15.0 * Z) / 384.0,
        (79.0 * z(9) + 776.0 * z(7) + 1482.0 * z(5) - 1920.0 * z(3) - 945.0 * Z) / 92_160.0,
    ];
    Z + (1..).zip(terms).map(|(power, term)| term / degrees.powi(power)).sum::<f64>()
}

impl Elasticity {
    /// Hours a week at so many requests a week.
    #[must_use]
    pub fn hours_at(&self, requests: f64) -> f64 {
        (self.intercept + self.beta * requests.ln()).exp()
    }
}

/// Hours for a million requests: where it stays the same, toil is O(n).
#[must_use]
pub fn intensity((requests, hours): Week) -> f64 {
    hours / (requests / 1e6)
}

/// Months until a share of the time reaches the cap, where traffic grows by a part each month; nothing where it never does.
#[must_use]
pub fn months_to_cap(share: f64, cap: f64, beta: f64, growth: f64) -> Option<f64> {
    let months = (cap / share).ln() / (beta * growth.ln_1p());
    (share > 0.0 && months.is_finite() && months >= 0.0).then_some(months)
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: [f64; 8] = [10.0, 12.0, 14.0, 16.0, 18.0, 20.0, 24.0, 28.0];
    const ROW_4: [f64; 8] = [5.2, 5.9, 7.4, 7.7, 9.3, 9.8, 12.4, 13.6];
    const ROW_5: [f64; 8] = [9.1, 9.4, 9.2, 10.1, 10.4, 10.2, 11.3, 11.6];

    fn weeks(hours: [f64; 8]) -> Vec<Week> {
        X.iter().zip(hours).map(|(millions, hours)| (millions * 1e6, hours)).collect()
    }

    fn near(got: f64, wanted: f64, within: f64) -> bool {
        (got - wanted).abs() <= within
    }

    #[test]
    fn vector_elasticity_rows_1_to_5() {
        for (hours, beta, low, high, r2, first, last, label) in [
            (X.map(|x| 0.5 * x), 1.0, 1.0, 1.0, 1.0, 0.5, 0.5, Label::Linear),
            (X.map(|x| 3.0 * x.sqrt()), 0.5, 0.5, 0.5, 1.0, 0.9487, 0.5669, Label::SubLinear),
            ([10.0; 8], 0.0, 0.0, 0.0, 0.0, 1.0, 0.3571, Label::Flat),
            (ROW_4, 0.9673, 0.8670, 1.0676, 0.9893, 0.52, 0.4857, Label::Linear),
            (ROW_5, 0.2493, 0.1713, 0.3273, 0.9106, 0.91, 0.4143, Label::Flat),
        ] {
            let weeks = weeks(hours);
            let got = elasticity(&weeks).unwrap();
            let figures = [(got.beta, beta), (got.low, low), (got.high, high), (got.r2, r2)];
            assert!(figures.iter().all(|(got, wanted)| near(*got, *wanted, 1e-4)), "{got:?}");
            assert!(near(intensity(weeks[0]), first, 1e-4) && near(intensity(weeks[7]), last, 1e-4));
            assert_eq!(got.label, label, "{got:?}");
        }
    }

    #[test]
    fn vector_elasticity_predicts_and_says_when_the_cap_is_reached() {
        let row_4 = elasticity(&weeks(ROW_4)).unwrap();
        assert!(near(row_4.hours_at(56e6), 27.1116, 1e-3), "{}", row_4.hours_at(56e6));
        let row_5 = elasticity(&weeks(ROW_5)).unwrap();
        let months = |beta| months_to_cap(0.36, 0.5, beta, 0.08).unwrap();
        assert!(near(months(row_4.beta), 4.4127, 1e-3) && near(months(row_5.beta), 17.1217, 2e-3));
        assert_eq!(months_to_cap(0.36, 0.5, 0.9, 0.0), None, "traffic that does not grow");
        assert_eq!(months_to_cap(0.6, 0.5, 0.9, 0.08), None, "it is over already");
    }

    #[test]
    fn too_little_to_go_by_is_said() {
        assert_eq!(elasticity(&weeks(ROW_4)[..7]), Err(Lacking::Weeks(7)));
        let steady: Vec<Week> = (0..10).map(|week| (1e6 + f64::from(week), 2.0)).collect();
        assert!(matches!(elasticity(&steady), Err(Lacking::Spread(spread)) if spread < 1.001));
        let wild = [(1e6, 1.0), (2e6, 9.0), (3e6, 1.0), (4e6, 12.0), (5e6, 1.0), (6e6, 30.0), (7e6, 1.0), (8e6, 2.0)];
        assert_eq!(elasticity(&wild).unwrap().label, Label::Undetermined);
        assert!((t_95(6.0) - 2.446_912).abs() < 2e-4 && (t_95(30.0) - 2.042_272).abs() < 1e-6);
    }
}
