//! Tests of alerts: pairs on counted events, states, episodes, who is told.

mod book;
mod pairs;
mod states;
