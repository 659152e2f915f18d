//! Numbers as people read them, the same in both languages.

/// Three significant digits, whole ones all, without zeros at the end of a fraction: `258`, `13.4`, `2.05`, `0.5`.
pub fn significant(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        _ => 2,
    };
    let text = format!("{value:.decimals$}");
    if decimals == 0 { text } else { text.trim_end_matches('0').trim_end_matches('.').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::significant;

    #[test]
    fn three_digits_are_shown_and_zeros_behind_the_point_are_not() {
        let shown = [1258.4, 258.0, 100.0, 13.44, 10.0, 2.05, 2.0, 0.5, 0.0, -4.031].map(significant);
        assert_eq!(shown, ["1258", "258", "100", "13.4", "10", "2.05", "2", "0.5", "0", "-4.03"]);
    }
}
