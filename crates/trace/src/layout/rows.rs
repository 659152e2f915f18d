//! Rows: every item as near as its order allows to where it wants to be.

use super::lanes::{Item, Lanes, apart};

/// Sweeps over all ranks; more change nothing that is seen.
const SWEEPS: usize = 8;

/// Rows that are near to those of neighbours, the topmost at 0.
pub(super) fn settle(lanes: &Lanes) -> Vec<Vec<f64>> {
    let mut rows: Vec<Vec<f64>> = lanes.ranks.iter().map(|items| stacked(items)).collect();
    let n_ranks = lanes.ranks.len();
    let neighbours: Vec<_> = (0..n_ranks).map(|rank| (lanes.neighbours(rank, false), lanes.neighbours(rank, true))).collect();
    for sweep in 0..SWEEPS {
        let forth = sweep % 2 == 0;
        for step in 0..n_ranks {
            let rank = if forth { step } else { n_ranks - 1 - step };
            let (behind, ahead) = &neighbours[rank];
            let wanted = |at: usize| {
                let behind = behind[at].iter().map(|place| rows[rank - 1][*place]);
                let ahead = ahead[at].iter().map(|place| rows[rank + 1][*place]);
                mean(behind.chain(ahead)).unwrap_or(rows[rank][at])
            };
            let wanted: Vec<(f64, f64)> = (0..rows[rank].len()).map(|at| (wanted(at), 1.0)).collect();
            rows[rank] = nearest(&lanes.ranks[rank], &wanted);
        }
    }
    let top = rows.iter().flatten().copied().fold(f64::INFINITY, f64::min);
    rows.iter_mut().flatten().for_each(|row| *row -= top);
    rows
}

/// One below the other, around 0.
fn stacked(items: &[Item]) -> Vec<f64> {
    let offsets = offsets(items);
    let middle = offsets.last().copied().unwrap_or_default() / 2.0;
    offsets.iter().map(|offset| offset - middle).collect()
}

fn offsets(items: &[Item]) -> Vec<f64> {
    let mut offset = 0.0;
    let steps = items.windows(2).map(|pair| {
        offset += apart(pair[0], pair[1]);
        offset
    });
    std::iter::once(0.0).chain(steps).take(items.len()).collect()
}

/// The rows nearest to those wanted (with weights, by least squares) in which the items keep their order and
/// distance: runs that would overlap move together to their common mean.
pub(super) fn nearest(items: &[Item], wanted: &[(f64, f64)]) -> Vec<f64> {
    let offsets = offsets(items);
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
    let bases = runs.iter().flat_map(|(n, _, middle)| std::iter::repeat_n(*middle, *n));
    bases.zip(&offsets).map(|(base, offset)| base + offset).collect()
}

pub(super) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (n, sum) = values.fold((0_usize, 0.0), |(n, sum), value| (n + 1, sum + value));
    (n > 0).then(|| sum / n as f64)
}
