//! Changes inputs of a target at random and checks each, without a fuzzer:
//! `cargo run --release -p nines-fuzz --example many -- definitions 1000000`.

use nines_fuzz::{Target, target};
use std::path::Path;
use std::time::Instant;

/// Changes of one input, at most.
const CHANGES_MAX: u32 = 8;

/// A small generator of random numbers: the same every time (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let found = arguments.first().and_then(|name| target(name));
    let number = arguments.get(1).and_then(|text| text.parse::<u64>().ok());
    let (Some(target), Some(n_inputs)) = (found, number) else {
        eprintln!("error: name a target and how many inputs\nhint: many definitions 1000000");
        std::process::exit(2);
    };
    let (inputs, mut chance, started) = (inputs(target), Chance(9411), Instant::now());
    for _ in 0..n_inputs {
        let input = changed(target, &inputs, &mut chance);
        if std::panic::catch_unwind(|| (target.check)(&input)).is_err() {
            let file = std::env::temp_dir().join(format!("{}-finding", target.name));
            let _ = std::fs::write(&file, &input);
            eprintln!("error: a claim is broken\nhint: the input is in {}", file.display());
            std::process::exit(1);
        }
    }
    println!("{n_inputs} inputs of {} in {:.0?}: no finding", target.name, started.elapsed());
}

/// The seeds and what is kept.
fn inputs(target: &Target) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let kept = files.filter_map(|file| std::fs::read(file.path()).ok());
    (target.seeds)().into_iter().map(|(_, bytes)| bytes).chain(kept).collect()
}

fn changed(target: &Target, inputs: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut input = inputs[chance.below(inputs.len())].clone();
    for _ in 0..=chance.below(CHANGES_MAX as usize) {
        let number = chance.next() as u32;
        let mut blind = |bytes: &mut Vec<u8>| change_blindly(bytes, chance);
        match target.mutate.and_then(|mutate| mutate(&input, number, &mut blind)) {
            Some(next) => input = next,
            None => change_blindly(&mut input, chance),
        }
    }
    input
}

/// One byte is another, one more, or gone.
fn change_blindly(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let place = chance.below(bytes.len());
    match chance.below(3) {
        0 if !bytes.is_empty() => bytes[place] = chance.next() as u8,
        1 if !bytes.is_empty() => drop(bytes.remove(place)),
        _ => bytes.insert(place, chance.next() as u8),
    }
}
