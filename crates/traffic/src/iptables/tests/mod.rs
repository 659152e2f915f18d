//! Tests of the grammar: what is read, what is told, what is printed.

mod oddities;
mod refused;
mod spelling;
