//! How long a service map takes to be drawn: `cargo run --release -p nines-trace --example layout_speed`.
//!
//! Graphs as systems have them: five tiers, two or three calls a service, a few of them backwards. Each is drawn anew and
//! once more with one service added, as often as fits into a second; the median and the slowest are printed.

use nines_trace::layout::{Call, Drawing, Spot, draw, redraw};
use std::time::{Duration, Instant};

const TIERS: usize = 5;

fn main() {
    println!(
        "{:>9} {:>6} {:>12} {:>12} {:>12} {:>12}",
        "services", "calls", "new, median", "slowest", "kept, median", "slowest"
    );
    for n_services in [20, 100, 300] {
        let calls = calls(n_services);
        let fresh = draw(n_services, &calls);
        let mut spots: Vec<Option<Spot>> = fresh.spots.iter().copied().map(Some).collect();
        spots.push(None);
        let joined = [calls.clone(), vec![Call { from: 0, to: n_services, weight: 5 }]].concat();
        let new = timed(|| draw(n_services, &calls));
        let kept = timed(|| redraw(&joined, &spots));
        let ms = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
        println!(
            "{n_services:>9} {:>6} {:>12} {:>12} {:>12} {:>12}",
            calls.len(),
            ms(new.0),
            ms(new.1),
            ms(kept.0),
            ms(kept.1)
        );
    }
}

/// The median and the slowest of a second's runs.
fn timed(run: impl Fn() -> Drawing) -> (Duration, Duration) {
    let (begun, mut times) = (Instant::now(), Vec::new());
    while begun.elapsed() < Duration::from_secs(1) {
        let started = Instant::now();
        std::hint::black_box(run());
        times.push(started.elapsed());
    }
    times.sort_unstable();
    (times[times.len() / 2], times[times.len() - 1])
}

fn calls(n_services: usize) -> Vec<Call> {
    let mut seed = 7_u64;
    let mut below = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    let mut calls = Vec::new();
    for to in 1..n_services {
        let tier = to * TIERS / n_services;
        for _ in 0..1 + below(3) {
            // Mostly from the tier before; one in thirty from anywhere.
            let (first, n) = match below(30) {
                0 => (0, n_services),
                _ => (tier.saturating_sub(1) * n_services / TIERS, (n_services / TIERS).min(to).max(1)),
            };
            let from = (first + below(n)).min(n_services - 1);
            calls.push(Call { from, to, weight: 1 + below(1000) as u64 });
        }
    }
    calls.sort_unstable();
    calls.dedup_by_key(|call| (call.from, call.to));
    calls
}
