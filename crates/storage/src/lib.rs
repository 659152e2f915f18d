//! What a span store promises, an in-memory store, and the suite that holds every store to it.
//!
//! Does not know HTTP, SLOs, or how any store keeps its bytes. Start reading at [`store`], then
//! [`answer`] for the rules all stores answer by, then [`mem`] for the shortest store that keeps them.
//! A new store proves itself with `contract_suite!` (feature `contract`).

pub mod aggregate;
pub mod answer;
#[cfg(any(test, feature = "contract"))]
pub mod contract;
pub mod files;
pub mod histograms;
pub mod mem;
pub mod names;
pub mod sampler;
pub mod store;

pub use aggregate::{Aggregate, AggregateQuery, Dimension};
pub use answer::{Answer, Gap, Gaps};
pub use files::{BlockFile, ColumnMeasure, DayMeasure, Measure, NextTaken, SectionMeasure, SpanFiles};
pub use histograms::{HistogramMeasure, Histograms};
pub use mem::MemStore;
pub use names::Names;
pub use sampler::{NoRate, Sampler};
pub use store::{
    Done, Limits, Position, SpanFeed, SpanStore, Store, StoreError, StoreStats, TraceHit, TraceQuery, VisitBack, Window,
};
