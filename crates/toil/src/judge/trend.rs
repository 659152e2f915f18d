//! Whether a series rises or falls with time: the median of all slopes (Theil and Sen), and how surely it is none of chance
//! (Mann and Kendall).

use super::median::median;

/// Weeks that are needed.
pub const WEEKS_MIN: usize = 8;
/// From here on it is no chance: 95 of 100 on both sides.
const Z_95: f64 = 1.959_963_985;

/// A trend.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Trend {
    /// Change of a step.
    pub slope: f64,
    /// Steps up less steps down, over all pairs.
    pub s: i64,
    /// Its variance were there no trend; ties taken into account.
    pub variance: f64,
    /// Mann and Kendall's z.
    pub z: f64,
}

/// Which way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Way {
    Rising,
    Falling,
    Steady,
}

impl Trend {
    /// Which way it goes, where that is no chance.
    #[must_use]
    pub fn way(&self) -> Way {
        match self.z {
            z if z > Z_95 => Way::Rising,
            z if z < -Z_95 => Way::Falling,
            _ => Way::Steady,
        }
    }
}

/// The trend of a series with a value a step; nothing of fewer than [`WEEKS_MIN`].
#[must_use]
pub fn trend(values: &[f64]) -> Option<Trend> {
    if values.len() < WEEKS_MIN {
        return None;
    }
    let mut slopes = Vec::new();
    let mut s = 0;
    for (at, early) in values.iter().enumerate() {
        for (steps, late) in (1..).zip(&values[at + 1..]) {
            slopes.push((late - early) / f64::from(steps));
            s += i64::from(late > early) - i64::from(late < early);
        }
    }
    let variance = variance(values);
    let z = match s {
        0 => 0.0,
        s if variance > 0.0 => (s - s.signum()) as f64 / variance.sqrt(),
        _ => 0.0,
    };
    Some(Trend { slope: median(&mut slopes)?, s, variance, z })
}

fn variance(values: &[f64]) -> f64 {
    let of = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let ties: f64 = sorted.chunk_by(|a, b| a == b).map(|tie| of(tie.len() as f64)).sum();
    (of(values.len() as f64) - ties) / 18.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vector_t13_hours_that_rise() {
        let trend = trend(&[5.2, 5.9, 7.4, 7.7, 9.3, 9.8, 12.4, 13.6]).unwrap();
        assert!((trend.slope - 1.2).abs() < 1e-9, "{trend:?}");
        assert_eq!(trend.s, 28);
        assert!((trend.variance - 65.333_333).abs() < 1e-6 && (trend.z - 3.340_384).abs() < 1e-6, "{trend:?}");
        assert_eq!(trend.way(), Way::Rising);
    }

    #[test]
    fn what_does_not_change_or_is_short_has_no_trend() {
        let steady = trend(&[4.0; 9]).unwrap();
        assert_eq!((steady.way(), steady.slope, steady.variance), (Way::Steady, 0.0, 0.0));
        assert_eq!(trend(&[1.0; 7]), None);
    }
}
