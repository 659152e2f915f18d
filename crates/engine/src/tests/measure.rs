//! What a measurement says adds up to what lies on the disk.

use super::rig::*;
use crate::Engine;
use nines_base::vfs::{SimVfs, Vfs};
use nines_span::{Span, Value};
use nines_storage::contract::{full_otlp_span, full_zipkin_span, span};
use nines_storage::{Measure, SpanFiles, SpanStore};
use std::path::Path;

/// Two hundred spans of two services, with a constant, a coded, a text and a hex column.
fn load(engine: &Engine) {
    let tagged = |id: u64| Span {
        tags: vec![
            ("code".into(), Value::Str(format!("{}", id % 3))),
            ("fixed".into(), Value::from("same")),
            ("hex".into(), Value::Str(format!("{:016x}", id.wrapping_mul(0x9e37_79b9_7f4a_7c15)))),
            ("path".into(), Value::Str(format!("/orders/{}-{}", id * 7919, "x".repeat(id as usize % 30)))),
        ],
        ..span(u128::from(id / 4 + 1), id, if id.is_multiple_of(2) { "web" } else { "api" })
    };
    put(engine, &(1..=200).map(tagged).collect::<Vec<_>>());
    put(engine, &[full_otlp_span(), full_zipkin_span()]);
    engine.seal();
    engine.turn();
}

fn block_bytes_on_disk(vfs: &SimVfs) -> u64 {
    let blocks = Path::new("/data/blocks");
    let days = vfs.list(blocks).unwrap();
    days.iter().flat_map(|day| vfs.list(&blocks.join(&day.name)).unwrap()).map(|file| file.len_bytes).sum()
}

fn sum_of_sections(measure: &Measure, names: &[&str]) -> u64 {
    names.iter().map(|name| measure.section_bytes(name)).sum()
}

#[test]
fn sections_add_up_to_the_bytes_of_the_files_and_columns_to_those_of_their_sections() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, config()).unwrap();
    load(&engine);
    let measure = engine.measure(true).unwrap();
    assert_eq!(measure.block_bytes(), block_bytes_on_disk(&vfs));
    let all: u64 = measure.sections.iter().map(|section| section.stored_bytes).sum();
    assert_eq!(all, measure.block_bytes());
    assert_eq!((measure.n_spans_in_blocks(), measure.n_spans_in_memory), (202, 0));
    assert_eq!((measure.n_unreadable, measure.n_columns_left_out), (0, 0));

    let of_columns: u64 = measure.columns.iter().map(|column| column.stored_bytes).sum();
    let of_sections = sum_of_sections(&measure, &["codes", "lengths", "text", "hex", "columns"]);
    // A byte each for rounding, and for the count in front of each block's table.
    let off = of_columns.abs_diff(of_sections);
    assert!(off <= measure.columns.len() as u64 + measure.n_blocks(), "{of_columns} {of_sections}");
}

#[test]
fn a_column_counts_the_rows_that_have_it_and_their_bytes() {
    let engine = open_new(config());
    load(&engine);
    let measure = engine.measure(true).unwrap();
    let column = |key: &str| {
        let of_key = measure.columns.iter().filter(|column| column.key == key && column.service == "web");
        of_key.fold((0, 0), |sum, column| (sum.0 + column.n_values, sum.1 + column.raw_bytes))
    };
    assert_eq!(column("code").0, 100);
    assert_eq!(column("fixed").0, 100);
    // Sixteen hex digits are eight bytes and their length.
    assert!((900..1000).contains(&column("hex").1), "{:?}", column("hex"));
    assert!(column("fixed").1 < 40, "a constant stands in the table alone: {:?}", column("fixed"));
    assert!(column("path").1 > 1500, "{:?}", column("path"));
    assert!(measure.columns.is_sorted_by(|a, b| a.stored_bytes >= b.stored_bytes));
    assert!(engine.measure(false).unwrap().columns.is_empty());
}

#[test]
fn what_is_not_in_a_block_yet_is_counted_as_in_memory() {
    let engine = open_new(config());
    put(&engine, &[span(1, 1, "web"), span(1, 2, "web")]);
    let measure = engine.measure(true).unwrap();
    assert_eq!((measure.n_spans_in_memory, measure.n_blocks(), measure.n_inbox_files), (2, 0, 1));
    assert_eq!(measure.inbox_bytes, engine.stats().disk_bytes);
    assert_eq!(measure.arrived(), None);
}
