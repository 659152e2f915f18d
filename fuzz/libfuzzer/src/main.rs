//! libFuzzer around one target, which the variable `NINES_FUZZ_TARGET` names. Started by `cargo xtask fuzz`.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use nines_fuzz::{Target, target};
use std::sync::LazyLock;

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("NINES_FUZZ_TARGET").unwrap_or_default();
    target(&name).unwrap_or_else(|| panic!("NINES_FUZZ_TARGET={name} names no target"))
});

/// One change in so many is blind, so that what guards a file's parts is tried too.
const BLIND_ONE_IN: u32 = 8;

fuzz_target!(|bytes: &[u8]| (TARGET.check)(bytes));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let changed = match TARGET.mutate {
        Some(mutate) if !seed.is_multiple_of(BLIND_ONE_IN) => {
            mutate(&data[..size], seed / BLIND_ONE_IN, &mut |part| change(part, max_size))
        }
        _ => None,
    };
    match changed {
        Some(bytes) if bytes.len() <= max_size => {
            data[..bytes.len()].copy_from_slice(&bytes);
            bytes.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
});

/// Changes a part blindly; it may become twice as long.
fn change(part: &mut Vec<u8>, max_size: usize) {
    let size = part.len();
    part.resize((size * 2 + 16).min(max_size.max(size)), 0);
    let room = part.len();
    let size = fuzzer_mutate(part, size, room);
    part.truncate(size);
}
