//! `cargo xtask bench`: measurements of the real binary. Each prints its method with its figures; they are
//! recorded in `docs/benchmarks.md`.

mod gate;
mod ingest;
mod judge;
mod limits;
mod overload;
mod page;
mod peer;
mod query;
mod replay;
pub mod rig;
mod size;
mod timing;

/// A measurement: its name, what it measures, what runs it.
type Bench = (&'static str, &'static str, fn(&[&str]) -> Result<bool, String>);

/// All measurements.
const BENCHES: [Bench; 9] = [
    ("ingest", ingest::WHAT, ingest::run),
    ("size", size::WHAT, size::run),
    ("query", query::WHAT, query::run),
    ("replay", replay::WHAT, replay::run),
    ("overload", overload::WHAT, overload::run),
    ("gate", gate::WHAT, gate::run),
    ("judge", judge::WHAT, judge::run),
    ("page", page::WHAT, page::run),
    ("peer", peer::WHAT, peer::run),
];

/// Runs one measurement by name.
pub fn run(arguments: &[&str]) -> Result<bool, String> {
    let list = || BENCHES.iter().map(|(name, what, _)| format!("  {name:8} {what}\n")).collect::<String>();
    let Some((name, options)) = arguments.split_first() else {
        print!("measurements:\n{}", list());
        return Ok(true);
    };
    match BENCHES.iter().find(|(known, ..)| known == name) {
        Some((_, _, run)) => run(options),
        None => Err(format!("there is no measurement `{name}`\nhint: there are\n{}", list())),
    }
}
