//! Claims about the engine as a whole.

mod counts;
mod crash;
mod faults;
mod feed;
mod measure;
mod model;
mod moments;
mod partial;
mod pins;
mod recovery;
mod rig;
mod sampled;
mod samples;
mod versions;
mod wild;

use crate::Config;
use rig::{Turning, config, open_new};
use std::sync::Arc;

/// The contract with everything in the open segments.
mod hot {
    use super::*;
    nines_storage::contract_suite!(|limits| Arc::new(Turning(open_new(Config { limits, ..config() }))));
}

/// The contract with every batch in a generation of its own: traces are split at every joint.
mod split {
    use super::*;
    nines_storage::contract_suite!(|limits| {
        let consumers = vec!["consumer".to_owned()];
        Arc::new(Turning(open_new(Config { segment_spans: 1, consumers, limits, ..config() })))
    });
}

/// The contract with the engine's own threads.
mod threaded {
    use super::*;
    nines_storage::contract_suite!(|limits| Arc::new(open_new(Config { threads: true, limits, ..config() })));
}
