//! What a span store promises, an in-memory store, and the suite that holds every store to it.
//!
//! Does not know HTTP, SLOs, or how any store keeps its bytes. Start reading at [`store`].

pub mod store;

pub use store::{
    Done, Limits, Position, SpanFeed, SpanStore, StoreError, StoreStats, TraceHit, TraceQuery, Window,
};
