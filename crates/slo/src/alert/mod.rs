//! Alerts: what an SLO's definition asks to be told of.
//!
//! Start reading at [`policy`].

pub mod policy;
