//! Traffic that was never sent: what cells would hold if it had been, by arithmetic.
//!
//! A [`Load`] is a steady stream of one kind of span, a share of it bad; a [`Gap`] is a time in which nothing
//! of a service is measured. A [`Stage`] puts both into cells as a clock goes on. How many events end in a
//! stretch of time is a closed formula, so a month at a thousand a second costs as much as an hour at one.
//! `tests.rs` holds the cells against those that really counting the spans gives.
//!
//! Does not know what is claimed of the cells, nor where definitions come from.

mod load;
mod messages;
mod read;
mod stage;

#[cfg(test)]
mod tests;

pub use load::{Gap, Load, Traffic};
pub use messages::{LoadFact, LoadHint};
pub use read::{LineFault, read_gap, read_length, read_load};
pub use stage::Stage;
