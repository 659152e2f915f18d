//! Files of format 1 as this version wrote them: later versions must read them.

use super::rig::*;
use nines_base::TraceId;
use nines_base::vfs::{SimVfs, Vfs};
use nines_span::Span;
use nines_storage::contract::{full_otlp_span, full_zipkin_span, span};
use nines_storage::{Position, SpanFeed, SpanStore};
use std::path::PathBuf;

const BLOCK: &[u8] = include_bytes!("samples/format-1.blk");
const INBOX: &[u8] = include_bytes!("samples/format-1.wal");

fn spans() -> Vec<Span> {
    let mut spans = vec![full_zipkin_span(), full_otlp_span()];
    for id in 1..=20u64 {
        let mut one = span(7, id, if id % 3 == 0 { "api" } else { "web" });
        one.parent_id = (id > 1).then_some(nines_base::SpanId(id / 2 + 1));
        one.tags.push(("path".into(), format!("/items/{id}").as_str().into()));
        one.tags.push(("trace".into(), format!("{:08x}", id * 77).as_str().into()));
        spans.push(one);
    }
    spans
}

/// A directory of format 1 that holds `bytes` as its only block or inbox file.
fn directory(file: &str, bytes: &[u8]) -> SimVfs {
    let vfs = SimVfs::new();
    for part in ["", "inbox", "blocks", "blocks/2026-11-25"] {
        vfs.create_dir(&dir().join(part)).unwrap();
    }
    vfs.create(&dir().join("FORMAT")).unwrap().append(b"nines 1\n").unwrap();
    vfs.create(&PathBuf::from(dir()).join(file)).unwrap().append(bytes).unwrap();
    vfs
}

fn holds_all(vfs: &SimVfs) {
    let engine = open(vfs, crate::Config { consumers: vec!["slo".into()], ..config() }).unwrap();
    let ids = [full_zipkin_span().trace_id, full_otlp_span().trace_id, TraceId(7)];
    assert_eq!(stored(&engine, ids), sorted_texts(spans()));
    assert!(engine.damage().is_empty());
    let mut n_fed = 0;
    engine.read_after(&Position::default(), 1000, &mut |_, _| n_fed += 1).unwrap();
    assert!(n_fed == 0 || n_fed == spans().len());
    engine.close().unwrap();
}

#[test]
fn a_block_of_format_1_is_read() {
    holds_all(&directory("blocks/2026-11-25/00000001-0.blk", BLOCK));
}

#[test]
fn an_inbox_file_of_format_1_is_read() {
    holds_all(&directory("inbox/00000001.wal", INBOX));
}

#[test]
fn what_is_written_now_is_format_1() {
    let vfs = SimVfs::new();
    let engine = open(&vfs, crate::Config { n_shards: 1, consumers: vec!["slo".into()], ..config() }).unwrap();
    put(&engine, &spans());
    engine.close().unwrap();
    let written = |file: &str| nines_base::vfs::read_file(&vfs, &dir().join(file)).unwrap();
    if std::env::var_os("NINES_BLESS").is_some() {
        // Only while a format is not released: afterwards the samples are what it was.
        let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/samples");
        std::fs::write(samples.join("format-1.wal"), written("inbox/00000001.wal")).unwrap();
        std::fs::write(samples.join("format-1.blk"), written("blocks/2026-11-25/00000001-0.blk")).unwrap();
        return;
    }
    assert_eq!(written("inbox/00000001.wal"), INBOX);
    // The packer may choose other frames for the same bytes, so blocks are compared by what they hold.
    holds_all(&directory("blocks/2026-11-25/00000001-0.blk", &written("blocks/2026-11-25/00000001-0.blk")));
}
