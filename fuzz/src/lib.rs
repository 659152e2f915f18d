//! What is fuzzed: everything that reads bytes or text from elsewhere.
//!
//! A [`Target`] takes bytes and panics where a claim is broken. Two programs feed it: libFuzzer
//! (`fuzz/libfuzzer`, started by `cargo xtask fuzz`) and, on every test run, `tests/corpus.rs` with the
//! kept files of `fuzz/corpus`. Files of the store are under checksums, so their targets also bring a
//! mutation that changes what is inside and seals the file again.
//!
//! Does not know libFuzzer. Start reading at a target: [`decoders`], [`files`], [`filter`],
//! [`definitions`], [`traffic`], [`toil`].

pub mod block_file;
pub mod decoders;
pub mod definitions;
pub mod files;
pub mod filter;
pub mod inbox_file;
pub mod seeds;
pub mod toil;
pub mod traffic;

/// Something that is fuzzed.
pub struct Target {
    /// Its name on the command line and in `fuzz/corpus`.
    pub name: &'static str,
    /// Checks one input; panics where a claim is broken.
    pub check: fn(&[u8]),
    /// A mutation of its own; without one bytes are changed blindly.
    pub mutate: Option<Mutate>,
    /// Inputs to begin with, by name.
    pub seeds: fn() -> Vec<(String, Vec<u8>)>,
}

/// Changes an input: its bytes, a random number, and a function that changes a part of it blindly.
/// `None` where the input has no parts to tell apart.
pub type Mutate = fn(&[u8], u32, &mut dyn FnMut(&mut Vec<u8>)) -> Option<Vec<u8>>;

/// All targets.
pub const TARGETS: [Target; 17] = [
    Target { name: "json_v2", check: decoders::json_v2, mutate: None, seeds: seeds::json_v2 },
    Target { name: "json_v1", check: decoders::json_v1, mutate: None, seeds: seeds::json_v1 },
    Target { name: "thrift", check: decoders::thrift, mutate: None, seeds: seeds::thrift },
    Target { name: "proto3", check: decoders::proto3, mutate: None, seeds: seeds::proto3 },
    Target { name: "otlp", check: decoders::otlp, mutate: None, seeds: seeds::otlp },
    Target { name: "otlp_json", check: decoders::otlp_json, mutate: None, seeds: seeds::otlp_json },
    Target { name: "block_reader", check: files::block, mutate: Some(block_file::mutate), seeds: seeds::blocks },
    Target { name: "inbox_reader", check: files::inbox, mutate: Some(inbox_file::mutate), seeds: seeds::inboxes },
    Target { name: "filter", check: filter::check, mutate: None, seeds: seeds::filters },
    Target {
        name: "definitions",
        check: definitions::check,
        mutate: Some(definitions::mutate),
        seeds: definitions::seeds,
    },
    Target {
        name: "intents",
        check: traffic::intents,
        mutate: Some(definitions::mutate),
        seeds: traffic::intent_seeds,
    },
    Target { name: "save_file", check: traffic::save_file, mutate: None, seeds: traffic::save_seeds },
    Target { name: "netd_message", check: traffic::netd_message, mutate: None, seeds: traffic::message_seeds },
    Target { name: "netlink", check: traffic::netlink, mutate: None, seeds: traffic::netlink_seeds },
    Target { name: "toil_import", check: toil::import, mutate: None, seeds: toil::import_seeds },
    Target { name: "shell_history", check: toil::shell_history, mutate: None, seeds: toil::history_seeds },
    Target { name: "runbook", check: toil::runbook, mutate: Some(definitions::mutate), seeds: toil::runbook_seeds },
];

/// A target by name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}
