//! The real program, as a user runs it: started, asked, killed, started again.

mod aggregate;
mod bad_input;
mod crash;
mod demo;
mod full_disk;
mod golden;
mod process;
mod round_trip;
mod store;
mod zipkin;
