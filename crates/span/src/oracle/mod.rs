//! Second readers of the wire formats, to check the decoders against: slow, made of generated types or
//! of `serde_json`, written from the formats' descriptions and not from our decoders.
//!
//! For tests and fuzzing only (feature `oracle`). Each says what a body means, or that it has no opinion.

mod json;
pub mod json_v1;
pub mod json_v2;
pub mod otlp;
pub mod otlp_json;
pub mod proto3;
pub mod thrift;
pub mod v1;
