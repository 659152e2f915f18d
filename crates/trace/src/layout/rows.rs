//! Rows: every item as near as its order allows to where it wants to be.

use super::lanes::Lanes;

/// Sweeps over all ranks; more change nothing that is seen.
const SWEEPS: usize = 8;

/// The row of every item, near to those of whom it is joined to; the topmost is 0.
pub(super) fn settle(lanes: &Lanes) -> Vec<f64> {
    let mut rows = vec![0.0; lanes.ahead.len()];
    for items in &lanes.ranks {
        let offsets = offsets(lanes, items);
        let middle = offsets.last().copied().unwrap_or_default() / 2.0;
        items.iter().zip(&offsets).for_each(|(item, offset)| rows[*item] = offset - middle);
    }
    for sweep in 0..SWEEPS {
        let forth: Box<dyn Iterator<Item = &Vec<usize>>> =
            if sweep % 2 == 0 { Box::new(lanes.ranks.iter()) } else { Box::new(lanes.ranks.iter().rev()) };
        for items in forth {
            let joined = |item: usize| lanes.behind[item].iter().chain(&lanes.ahead[item]).map(|other| rows[*other]);
            let wanted = items.iter().map(|item| (mean(joined(*item)).unwrap_or(rows[*item]), 1.0));
            let settled = nearest(lanes, items, &wanted.collect::<Vec<_>>());
            items.iter().zip(settled).for_each(|(item, row)| rows[*item] = row);
        }
    }
    let top = rows.iter().copied().fold(f64::INFINITY, f64::min);
    rows.iter_mut().for_each(|row| *row -= top);
    rows
}

/// How far each item is at least below the first.
fn offsets(lanes: &Lanes, items: &[usize]) -> Vec<f64> {
    let mut offset = 0.0;
    let steps = items.windows(2).map(|pair| {
        offset += lanes.apart(pair[0], pair[1]);
        offset
    });
    std::iter::once(0.0).chain(steps).take(items.len()).collect()
}

/// The rows nearest to those wanted (with weights, by least squares, to a sixteenth) in which the items keep their order
/// and distance: runs that would overlap move together to their common mean.
pub(super) fn nearest(lanes: &Lanes, items: &[usize], wanted: &[(f64, f64)]) -> Vec<f64> {
    let offsets = offsets(lanes, items);
    // Runs of items with their weight and mean.
    let mut runs: Vec<(usize, f64, f64)> = Vec::new();
    for ((row, weight), offset) in wanted.iter().zip(&offsets) {
        let (mut n, mut heavy, mut middle) = (1, *weight, row - offset);
        while let Some((n_above, heavy_above, middle_above)) = runs.last().copied().filter(|run| run.2 > middle) {
            middle = (middle * heavy + middle_above * heavy_above) / (heavy + heavy_above);
            n += n_above;
            heavy += heavy_above;
            runs.pop();
        }
        runs.push((n, heavy, middle));
    }
    // Distances are sixteenths too, so that none becomes shorter.
    let bases = runs.iter().flat_map(|(n, _, middle)| std::iter::repeat_n((middle * 16.0).round() / 16.0, *n));
    bases.zip(&offsets).map(|(base, offset)| base + offset).collect()
}

pub(super) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (n, sum) = values.fold((0_usize, 0.0), |(n, sum), value| (n + 1, sum + value));
    (n > 0).then(|| sum / n as f64)
}
