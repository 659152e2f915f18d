//! Which traces may hold a span twice: told from a few columns, so that hardly any is looked at closely.

use crate::columns::Rows;

/// Rows compared one with another; beyond it a trace is looked at closely without asking.
const ROWS_COMPARED_MAX: usize = 32;

/// Whether two of a trace's rows, given by start, may be repeats of each other: equal as far as the
/// columns tell that are there. Rows without ids tell less.
pub fn may_repeat_sorted(rows: &Rows, mut of_trace: std::ops::Range<u32>) -> bool {
    while let Some(first) = of_trace.next() {
        let start_us = rows.start_us[first as usize];
        let same_start = of_trace.clone().take_while(|row| rows.start_us[*row as usize] == start_us);
        for (n_compared, row) in same_start.enumerate() {
            if n_compared == ROWS_COMPARED_MAX || are_alike(rows, first, row) {
                return true;
            }
        }
    }
    false
}

/// The same of rows in any order.
pub fn may_repeat(rows: &Rows, of_trace: &[u32]) -> bool {
    if of_trace.len() <= ROWS_COMPARED_MAX {
        let later = |at: usize| &of_trace[at + 1..];
        return (0..of_trace.len()).any(|at| later(at).iter().any(|row| are_alike(rows, of_trace[at], *row)));
    }
    let mut starts_and_ids: Vec<(u64, u64)> =
        of_trace.iter().map(|row| (rows.start_us[*row as usize], rows.id[*row as usize])).collect();
    starts_and_ids.sort_unstable();
    starts_and_ids.windows(2).any(|two| two[0] == two[1])
}

#[inline]
fn are_alike(rows: &Rows, a: u32, b: u32) -> bool {
    let (a, b) = (a as usize, b as usize);
    rows.start_us[a] == rows.start_us[b]
        && rows.duration_us[a] == rows.duration_us[b]
        && (rows.id.is_empty() || rows.id[a] == rows.id[b])
        && rows.operation[a] == rows.operation[b]
        && rows.shape[a] == rows.shape[b]
        && rows.origin[a] == rows.origin[b]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(starts_and_ids: &[(u64, u64)]) -> Rows {
        let n = starts_and_ids.len();
        Rows {
            start_us: starts_and_ids.iter().map(|(start_us, _)| *start_us).collect(),
            id: starts_and_ids.iter().map(|(_, id)| *id).collect(),
            duration_us: vec![1; n],
            operation: vec![0; n],
            shape: vec![0; n],
            origin: vec![0; n],
            ..Rows::default()
        }
    }

    fn check(starts_and_ids: &[(u64, u64)], expected: bool) {
        let rows = rows(starts_and_ids);
        let n = starts_and_ids.len() as u32;
        assert_eq!(may_repeat_sorted(&rows, 0..n), expected, "{starts_and_ids:?}");
        assert_eq!(may_repeat(&rows, &(0..n).collect::<Vec<_>>()), expected, "{starts_and_ids:?}");
    }

    #[test]
    fn rows_alike_are_found_wherever_they_stand() {
        check(&[], false);
        check(&[(1, 1)], false);
        check(&[(1, 1), (1, 2), (2, 1), (3, 3)], false);
        check(&[(1, 1), (1, 2), (1, 1)], true);
        check(&[(0, 5), (2, 7), (2, 7)], true);
        let mut long: Vec<(u64, u64)> = (0..1000).map(|at| (at / 5, at)).collect();
        check(&long, false);
        long.push((199, 996));
        check(&long, true);
    }

    #[test]
    fn rows_whose_ids_are_not_there_are_told_apart_by_the_rest() {
        let without_ids = |duration_us: Vec<u64>| Rows { id: Vec::new(), duration_us, ..rows(&[(1, 1), (1, 2)]) };
        assert!(may_repeat_sorted(&without_ids(vec![1, 1]), 0..2));
        assert!(!may_repeat_sorted(&without_ids(vec![1, 2]), 0..2));
    }
}
