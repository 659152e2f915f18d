//! Tests of the grammar: what is read, what is told, what is printed.

mod refused;
mod spelling;
