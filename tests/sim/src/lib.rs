//! The span store simulated by seed: a random program of sends, reads, consumers, retention, clocks and
//! restarts, on a disk that loses power, runs full, fails, reads short and turns bits over; held against a
//! plain model of what was promised.
//!
//! A seed makes a [`story::Story`]; [`world::run`] plays it; what must hold is checked at every opening, at
//! every question and at the end. A story that fails is made as short as it will go ([`shrink`]) and kept
//! under `stories/` with a line of why once its fault is mended. Knows the store by its public face only.
//!
//! `cargo xtask sim` runs thousands of seeds; the tests of this crate run the kept stories and a few hundred
//! seeds more.
//!
//! # What is checked
//! - WAL-1: a span that was acknowledged is read by its trace, by searches and by the feed.
//! - WAL-2, SEG-2: what is read was sent; each span once; what a flipped bit took is told with its file.
//! - WAL-3: a store that has stopped acknowledges nothing; one that found no room goes on without a restart.
//! - WAL-4: a consumer goes on from its position and misses nothing, whatever happened in between.
//! - SEG-1: no opening and no check finds damage that nobody did.
//!
//! # That it would find them
//! Faults planted in the engine, one at a time, and when the first seed from 0 on met them:
//! see `docs/decisions/0009-faults-by-simulation.md`.

pub mod book;
pub mod chance;
pub mod consumer;
pub mod flips;
pub mod questions;
pub mod shrink;
pub mod story;
pub mod tally;
#[cfg(test)]
mod tests;
pub mod universe;
pub mod world;
