//! The way in: transports → decode → admit → inbox, and the consumers that follow the inbox.
//!
//! Async from here upward. Does not know how the store keeps its bytes, nor any read endpoint.
//!
//! Start reading at [`collector`]: a request's path from bytes to acknowledgement is its one function.
//! A request comes through its [`door`] to [`http`] or [`grpc`]; [`sli`] is the consumer that counts.

pub mod admit;
pub mod body;
pub mod collector;
pub mod door;
pub mod grpc;
pub mod http;
pub mod inflate;
pub mod metrics;
pub mod refusal;
pub mod sli;
pub mod timeline;

pub use admit::{Admission, InFlight};
pub use collector::{Accepted, Collector, Encoding, Message};
pub use door::{Door, Doors};
pub use metrics::{Metrics, Transport};
pub use refusal::{Reason, Refusal};
pub use timeline::Timeline;
