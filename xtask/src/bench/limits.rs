//! What a figure is held to, and how it compares.

/// A floor or ceiling that must hold, and an aim beyond it.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    must: f64,
    aim: f64,
    more_is_better: bool,
}

impl Limit {
    /// The figure must be at least `must` and should be at least `aim`.
    pub const fn at_least(must: f64, aim: f64) -> Limit {
        Limit { must, aim, more_is_better: true }
    }

    /// The figure must be at most `must` and should be at most `aim`.
    pub const fn at_most(must: f64, aim: f64) -> Limit {
        Limit { must, aim, more_is_better: false }
    }

    /// The same in another unit.
    pub fn scaled(self, by: f64) -> Limit {
        Limit { must: self.must * by, aim: self.aim * by, ..self }
    }

    /// What it asks of a share of another's figure, as a fraction.
    pub fn as_ratio(&self) -> String {
        let fraction = |share: f64| format!("1/{:.0}", 1.0 / share);
        let aim = if self.aim == self.must { String::new() } else { format!(", aim {}", fraction(self.aim)) };
        format!("(≤ {}{aim})", fraction(self.must))
    }

    /// Whether a figure keeps to it.
    pub fn holds(&self, figure: f64) -> bool {
        reaches(figure, self.must, self.more_is_better)
    }

    fn verdict(&self, figure: f64) -> &'static str {
        if !self.holds(figure) {
            "SHORT"
        } else if reaches(figure, self.aim, self.more_is_better) {
            "ok, aim reached"
        } else {
            "ok"
        }
    }
}

fn reaches(figure: f64, limit: f64, more_is_better: bool) -> bool {
    if more_is_better { figure >= limit } else { figure <= limit }
}

/// A figure with its unit, its limit and how it compares.
pub fn says(figure: f64, unit: &str, limit: &Limit) -> String {
    let sign = if limit.more_is_better { "≥" } else { "≤" };
    let aim = if limit.aim == limit.must { String::new() } else { format!(", aim {}", short(limit.aim)) };
    format!("{} {unit} ({sign} {}{aim}: {})", short(figure), short(limit.must), limit.verdict(figure))
}

/// A figure with three digits that count.
pub fn short(figure: f64) -> String {
    match figure.abs() {
        size if size >= 100.0 => format!("{figure:.0}"),
        size if size >= 10.0 => format!("{figure:.1}"),
        size if size >= 1.0 => format!("{figure:.2}"),
        _ => format!("{figure:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_how_it_compares() {
        let floor = Limit::at_least(300.0, 500.0);
        assert_eq!(says(250.0, "k", &floor), "250 k (≥ 300, aim 500: SHORT)");
        assert_eq!(says(300.0, "k", &floor), "300 k (≥ 300, aim 500: ok)");
        assert_eq!(says(612.5, "k", &floor), "612 k (≥ 300, aim 500: ok, aim reached)");
        assert_eq!(says(0.25, "ms", &Limit::at_most(50.0, 50.0)), "0.250 ms (≤ 50.0: ok, aim reached)");
    }
}
