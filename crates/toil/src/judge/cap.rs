//! The cap: toil below half of a team's time, averaged over a quarter because it comes in bursts (SRE book, chapter 5).

/// A team at or above this share is over the cap.
pub const CAP: f64 = 0.5;
/// From this share on it is watched: what SRE teams spend on average (SRE book, chapter 5).
pub const WATCH: f64 = 0.33;
/// The window of the cap, in weeks.
pub const WINDOW_WEEKS: i64 = 13;

/// How a team stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Below the average.
    Ok,
    /// Below the cap.
    Watch,
    /// At or above the cap.
    Over,
}

impl Standing {
    /// Of a share.
    #[must_use]
    pub fn of(share: f64) -> Standing {
        match share {
            share if share >= CAP => Standing::Over,
            share if share >= WATCH => Standing::Watch,
            _ => Standing::Ok,
        }
    }

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Standing::Ok => "ok",
            Standing::Watch => "watch",
            Standing::Over => "over",
        }
    }
}

/// The share of a rotation of `n` that being on call takes by itself: primary and secondary, two of `n` (SRE book,
/// chapter 5). At or above the cap the rotation is too small, whatever the team does.
#[must_use]
pub fn floor(n_persons: u32) -> Option<f64> {
    (n_persons > 0).then(|| 2.0 / f64::from(n_persons))
}

/// How unevenly a sum is spread, 0 evenly to 1 (Gini). Nothing where there is nothing to spread.
#[must_use]
pub fn gini(parts: &[f64]) -> Option<f64> {
    let mut sorted = parts.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (n, sum) = (sorted.len() as f64, sorted.iter().sum::<f64>());
    if sum <= 0.0 {
        return None;
    }
    let weighted: f64 = (1..).zip(&sorted).map(|(rank, part)| f64::from(rank) * part).sum();
    Some((2.0 * weighted / (n * sum) - (n + 1.0) / n).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vector_t1_a_team_below_the_cap_with_one_person_above_it() {
        let hours = [22.0, 88.0, 45.0, 61.0];
        let shares: Vec<f64> = hours.iter().map(|hours| hours / 150.0).collect();
        let standings: Vec<Standing> = shares.iter().map(|share| Standing::of(*share)).collect();
        assert_eq!(standings, [Standing::Ok, Standing::Over, Standing::Ok, Standing::Watch]);
        assert!((shares[1] - 0.586_666_7).abs() < 1e-6);
        let share = hours.iter().sum::<f64>() / 600.0;
        assert!((share - 0.36).abs() < 1e-9);
        assert_eq!(Standing::of(share), Standing::Watch);
        assert!((gini(&hours).unwrap() - 0.247_685).abs() < 1e-6);
        assert!((gini(&[2.0, 4.0, 6.0, 8.0]).unwrap() - 0.25).abs() < 1e-9);
        let floors = [4, 5, 6, 8].map(|n| floor(n).unwrap());
        assert!(floors.iter().zip([0.5, 0.4, 1.0 / 3.0, 0.25]).all(|(floor, wanted)| (floor - wanted).abs() < 1e-9));
        assert!(floors[0] >= CAP, "the rotation is too small");
        assert_eq!((gini(&[]), gini(&[0.0]), floor(0)), (None, None, None));
    }
}
