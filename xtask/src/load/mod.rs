//! Load for the real binary: what is sent, how it is sent and read back, what the process uses meanwhile.
//! Shared by the measurements and the soak test.

pub mod chance;
pub mod corpus;
pub mod definitions;
pub mod http;
pub mod message;
pub mod sender;
pub mod usage;
