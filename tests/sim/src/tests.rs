//! The kept stories, some hundred seeds, and that a story reads back as it was printed.

use crate::flips::Subject;
use crate::shrink::shrink;
use crate::story::{Story, story_of};
use crate::tally::Tally;
use crate::world;
use std::path::Path;

/// Seeds played with every run of the tests.
const SEEDS_QUICK: u64 = 400;

#[test]
fn every_kept_story_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("stories");
    let mut n_stories = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# "), "{}: a line of why comes first", path.display());
        let story: Story = text.parse().unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        world::run(&story).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        n_stories += 1;
    }
    assert!(n_stories > 0, "stories are kept");
}

#[test]
fn some_hundred_seeds_hold() {
    let mut tally = Tally::default();
    for seed in 0..SEEDS_QUICK {
        let story = story_of(seed);
        match world::run(&story) {
            Ok(counts) => tally.join(counts),
            Err(fault) => {
                let (short, short_fault) = shrink(&story);
                panic!("seed {seed}: {fault}\nin short:\n{short}\nfails: {short_fault}");
            }
        }
    }
    assert!(tally.missing().is_empty(), "never met: {:?}", tally.missing());
}

/// A process that dies leaves what it wrote in the system's cache: the next one sees it, and it is not
/// durable. Seeds seldom meet such a death and a loss of power in a row, so here are all of them.
#[test]
fn a_process_that_dies_at_any_operation_and_then_the_power_lose_nothing() {
    for ops in 0..40 {
        for seed in 0..12 {
            let doom = format!("append 1 2 3\nappend 4\ndoom {ops}\nturn\nfeed 9\nsave\nseal\nturn");
            let story = format!("store 2 3 {}\n{doom}\nask 0\npower {seed}\n", seed % 2);
            let story: Story = story.parse().unwrap();
            world::run(&story).unwrap_or_else(|fault| panic!("{story}\nfails: {fault}"));
        }
    }
}

#[test]
fn seg_2_a_flipped_bit_of_a_block_is_told_or_changes_no_answer() {
    for (n_bytes, step) in [(16_000, 211), (1_000_000, 80_021)] {
        let subject = Subject::new(n_bytes);
        let told: Vec<bool> =
            (0..subject.n_bytes() * 8).step_by(step).map(|bit_idx| subject.flip(bit_idx).unwrap()).collect();
        assert!(told.iter().filter(|told| **told).count() * 3 > told.len(), "most are met by the questions");
    }
}

#[test]
fn a_story_reads_back_as_it_was_printed() {
    for seed in 0..200 {
        let story = story_of(seed);
        assert_eq!(story.to_string().parse(), Ok(story));
    }
}

#[test]
fn a_seed_gives_the_same_story_and_the_same_end_every_time() {
    for seed in 0..20 {
        assert_eq!(world::run(&story_of(seed)), world::run(&story_of(seed)), "seed {seed}");
    }
}
