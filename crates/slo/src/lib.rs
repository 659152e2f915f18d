//! From definitions and counted events to a verdict: OpenSLO files, span → good or bad event, integer
//! cells, windows, budget, burn, page, gate.
//!
//! Pure: does not know where spans are stored, what time it is, or that HTTP exists. Counts first,
//! ratios last: everything that pages or gates is computed from integers.
//!
//! Start reading at [`model`]; then `openslo` (files → model) and `count` (span → cells), `budget` and `gate`.

pub mod model;
