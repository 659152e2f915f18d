//! The real program, as a user runs it: started, asked, killed, started again.

mod aggregate;
mod alerts;
mod bad_input;
mod bodies;
mod connections;
mod crash;
mod demo;
mod full_disk;
mod gate;
mod golden;
mod grpc;
mod history;
mod malformed;
mod menu;
mod packing;
mod process;
mod raw;
mod round_trip;
mod sampling;
mod self_tracing;
mod shop;
mod store;
mod ways_in;
mod whatif;
mod zipkin;
