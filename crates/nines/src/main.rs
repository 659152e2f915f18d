//! nines
fn main() {}
