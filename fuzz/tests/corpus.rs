//! Every kept input keeps its target's claims, on every test run: `fuzz/corpus/TARGET/*`.

use nines_fuzz::{TARGETS, target};
use std::fs;
use std::path::{Path, PathBuf};

/// All corpora together: they are in the repository.
const CORPUS_BYTES_MAX: u64 = 3 << 19;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn replay(name: &str) {
    let target = target(name).unwrap();
    let files = fs::read_dir(corpus().join(name)).unwrap();
    let mut n_files = 0;
    for file in files {
        let path = file.unwrap().path();
        // Named first: a claim that is broken says only what is broken.
        println!("{}", path.display());
        (target.check)(&fs::read(&path).unwrap());
        n_files += 1;
    }
    assert!(n_files > 0, "the corpus of {name} is empty; `cargo run -p nines-fuzz --example seeds` fills it");
    for (name, bytes) in (target.seeds)() {
        println!("{name}");
        (target.check)(&bytes);
    }
}

#[test]
fn kept_inputs_of_json_v2_keep_the_claims() {
    replay("json_v2");
}

#[test]
fn kept_inputs_of_json_v1_keep_the_claims() {
    replay("json_v1");
}

#[test]
fn kept_inputs_of_thrift_keep_the_claims() {
    replay("thrift");
}

#[test]
fn kept_inputs_of_otlp_json_keep_the_claims() {
    replay("otlp_json");
}

#[test]
fn kept_inputs_of_proto3_keep_the_claims() {
    replay("proto3");
}

#[test]
fn kept_inputs_of_otlp_keep_the_claims() {
    replay("otlp");
}

#[test]
fn kept_inputs_of_the_block_reader_keep_the_claims() {
    replay("block_reader");
}

#[test]
fn kept_inputs_of_the_inbox_reader_keep_the_claims() {
    replay("inbox_reader");
}

#[test]
fn kept_inputs_of_the_filter_keep_the_claims() {
    replay("filter");
}

#[test]
fn kept_inputs_of_definitions_keep_the_claims() {
    replay("definitions");
}

#[test]
fn kept_inputs_of_intents_keep_the_claims() {
    replay("intents");
}

#[test]
fn kept_inputs_of_save_files_keep_the_claims() {
    replay("save_file");
}

#[test]
fn kept_inputs_of_netd_s_messages_keep_the_claims() {
    replay("netd_message");
}

#[test]
fn kept_inputs_of_netlink_keep_the_claims() {
    replay("netlink");
}

#[test]
fn every_corpus_has_its_target_and_all_together_are_small() {
    let mut n_bytes = 0;
    for folder in fs::read_dir(corpus()).unwrap() {
        let folder = folder.unwrap();
        let name = folder.file_name().into_string().unwrap();
        assert!(target(&name).is_some(), "{name} is no target");
        let files = fs::read_dir(folder.path()).unwrap();
        n_bytes += files.map(|file| file.unwrap().metadata().unwrap().len()).sum::<u64>();
    }
    assert_eq!(fs::read_dir(corpus()).unwrap().count(), TARGETS.len());
    assert!(n_bytes <= CORPUS_BYTES_MAX, "{n_bytes} bytes");
}

#[test]
fn kept_inputs_of_imports_keep_the_claims() {
    replay("toil_import");
}

#[test]
fn kept_inputs_of_shell_histories_keep_the_claims() {
    replay("shell_history");
}

#[test]
fn kept_inputs_of_runbooks_keep_the_claims() {
    replay("runbook");
}
