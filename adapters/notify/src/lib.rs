//! Alerts delivered.
