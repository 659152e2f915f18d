//! Exports of a small store on a simulated disk, onto another one.

use super::source::{DirectorySource, Source};
use super::*;
use nines_base::vfs::{SimVfs, read_file};
use nines_base::{Clock, ManualClock, SpanId, Timestamp};
use nines_engine::walk::Directory;
use nines_engine::{Config, Engine};
use nines_span::{Batch, Kind, Value};
use nines_storage::contract::{batch_of, full_zipkin_span, span};
use nines_storage::{SpanStore, Window};
use nines_trace::filter::Filter;
use std::collections::BTreeMap;

const NOW: Timestamp = Timestamp::from_secs(1_795_600_000);

fn engine(vfs: &SimVfs) -> Engine {
    let config = Config { n_shards: 2, reserve_bytes: 0, threads: false, segment_spans: 20, ..Config::default() };
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::new(NOW));
    Engine::open(Arc::new(vfs.clone()), Path::new("/data"), config, clock).unwrap()
}

fn put(engine: &Engine, spans: &[Span]) {
    engine.append(&batch_of(spans), NOW, Box::new(|outcome| outcome.unwrap())).unwrap();
    engine.turn();
}

/// Several blocks, and an inbox that holds more: the store was not closed.
fn stored() -> (SimVfs, Vec<Span>) {
    let vfs = SimVfs::new();
    let engine = engine(&vfs);
    let mut all = Vec::new();
    for batch_idx in 0..12u64 {
        let id = batch_idx * 10;
        let spans: Vec<Span> = (1..=8)
            .map(|nth| span(u128::from(batch_idx % 5 + 1), id + nth, if nth % 2 == 0 { "web" } else { "api" }))
            .collect();
        put(&engine, &spans);
        all.extend(spans);
    }
    let full = [otlp_span(), full_zipkin_span()];
    put(&engine, &full);
    all.extend(full);
    (vfs, all)
}

/// A span as the collector takes it from OTLP: its resource and scope are messages.
fn otlp_span() -> Span {
    let body = nines_span::otlp::encode(&[Span { id: SpanId(99), ..full_zipkin_span() }]);
    let arena = bumpalo::Bump::new();
    let mut batch = Batch::default();
    otlp_decode(&body, &arena, &mut batch);
    let span = batch.views().next().unwrap().to_span();
    assert!(span.otlp.is_some());
    span
}

fn plan(format: Format) -> Plan {
    Plan { format, gzip: false, wanted: Wanted { window: None, filter: Filter::parse("").unwrap() } }
}

fn source(data: &SimVfs) -> DirectorySource {
    DirectorySource(Directory::open(Arc::new(data.clone()), Path::new("/data"), "an export").unwrap())
}

fn export(plan: &Plan, data: &SimVfs, out: &SimVfs) -> Result<Progress, ExportError> {
    let vfs: Arc<dyn Vfs> = Arc::new(out.clone());
    run(plan, &mut source(data), &vfs, Path::new("/out"), &mut |_| {})
}

fn files(out: &SimVfs) -> BTreeMap<String, Vec<u8>> {
    let entries = out.list(Path::new("/out")).unwrap();
    let read = |name: &str| read_file(out, &Path::new("/out").join(name)).unwrap();
    entries.into_iter().map(|entry| (entry.name.clone(), read(&entry.name))).collect()
}

/// Every span of the files, each as text, sorted.
fn spans_in(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut texts = Vec::new();
    for (name, body) in files.iter().filter(|(name, _)| *name != MANIFEST) {
        let arena = bumpalo::Bump::new();
        let mut batch = Batch::default();
        match name.ends_with(".pb") {
            true => otlp_decode(body, &arena, &mut batch),
            false => nines_span::zipkin::json_v2::decode(body, &arena, &mut batch).unwrap(),
        }
        assert!(!batch.spans.is_empty(), "{name}");
        texts.extend(batch.views().map(|view| format!("{:?}", view.to_span())));
    }
    texts.sort();
    texts
}

fn otlp_decode<'a>(body: &'a [u8], arena: &'a bumpalo::Bump, batch: &mut Batch<'a>) {
    nines_span::otlp::decode(body, arena, batch).unwrap();
    assert_eq!(batch.rejected, 0);
}

fn sorted_texts<'s>(spans: impl Iterator<Item = &'s Span>) -> Vec<String> {
    let mut texts: Vec<String> = spans.map(|span| format!("{span:?}")).collect();
    texts.sort();
    texts
}

#[test]
fn every_span_is_copied_once_from_blocks_and_from_the_inbox() {
    let (data, all) = stored();
    let out = SimVfs::new();
    let progress = export(&plan(Format::Zipkin), &data, &out).unwrap();
    let (n_blocks, n_of_otlp) = (progress.n_blocks, all.iter().filter(|span| span.otlp.is_some()).count());
    assert!(n_blocks > 4, "{n_blocks}");
    assert_eq!((progress.n_spans as usize, progress.damage.len()), (all.len(), 0));
    let copied = spans_in(&files(&out));
    assert_eq!(copied.len(), all.len());
    // What came in Zipkin's format comes back as it was, but for what its reader has no room for: the case of
    // names, and a client's span cannot be shared.
    let as_zipkin = |span: &Span| Span {
        name: span.name.to_lowercase(),
        shared: span.shared && span.kind != Kind::Client,
        ..span.clone()
    };
    let lower: Vec<Span> = all.iter().map(as_zipkin).collect();
    let zipkin = sorted_texts(lower.iter().filter(|span| span.otlp.is_none()));
    assert_eq!(zipkin.iter().filter(|text| copied.contains(text)).count(), all.len() - n_of_otlp);

    let again = export(&plan(Format::Zipkin), &data, &out).unwrap();
    assert_eq!((again.n_blocks_before, again.n_files), (n_blocks, 0), "nothing is left to do");
}

#[test]
fn what_came_by_otlp_comes_back_field_for_field() {
    let (data, all) = stored();
    let out = SimVfs::new();
    export(&plan(Format::Otlp), &data, &out).unwrap();
    let copied = spans_in(&files(&out));
    assert_eq!(copied.len(), all.len());
    for text in sorted_texts(all.iter().filter(|span| span.otlp.is_some())) {
        assert!(copied.contains(&text), "{text}");
    }
}

#[test]
fn exp_1_an_export_cut_off_anywhere_goes_on_and_ends_with_the_same_files() {
    let (data, _) = stored();
    let mut plans = vec![plan(Format::Otlp), Plan { gzip: true, ..plan(Format::Zipkin) }];
    if cfg!(feature = "parquet") {
        plans.push(plan(Format::Parquet));
    }
    for plan in plans {
        let whole = SimVfs::new();
        export(&plan, &data, &whole).unwrap();
        let wanted = files(&whole);
        let n_ops = whole.n_ops();
        assert!(n_ops > 30, "{n_ops}");
        for crash_after in 0..n_ops {
            for seed in 0..2 {
                let out = SimVfs::new();
                out.crash_after(crash_after);
                assert!(export(&plan, &data, &out).is_err());
                out.crash(seed);
                let case = format!("crash after operation {crash_after}, seed {seed}");
                export(&plan, &data, &out).unwrap_or_else(|error| panic!("{case}: {error:?}"));
                assert!(files(&out) == wanted, "{case}");
            }
        }
    }
}

#[test]
fn a_file_is_a_body_a_server_takes_however_large_the_block() {
    let data = SimVfs::new();
    let engine = engine(&data);
    let large = |id: u64| Span {
        tags: vec![("blob".into(), Value::Str(format!("{id}-{}", "x".repeat(1 << 20))))],
        ..span(1, id, "web")
    };
    let all: Vec<Span> = (1..=19).map(large).collect();
    put(&engine, &all);
    engine.close().unwrap();
    drop(engine);
    for format in [Format::Otlp, Format::Zipkin] {
        let out = SimVfs::new();
        let progress = export(&plan(format), &data, &out).unwrap();
        assert!(progress.n_files >= 3, "{}", progress.n_files);
        let files = files(&out);
        assert!(files.values().all(|body| body.len() <= body::BODY_BYTES_MAX));
        assert_eq!(spans_in(&files).len(), 19);
    }
}

#[test]
fn a_window_and_a_filter_choose_spans() {
    let (data, all) = stored();
    let mut starts: Vec<u64> = all.iter().map(|span| span.start.us).collect();
    starts.sort_unstable();
    let middle = Timestamp(starts[starts.len() / 2] as i64);
    let window = Window { from: middle, to: Timestamp(i64::MAX) };
    let filter = Filter::parse("service=web").unwrap();
    let plan = Plan { wanted: Wanted { window: Some(window), filter: filter.clone() }, ..plan(Format::Zipkin) };
    let out = SimVfs::new();
    let progress = export(&plan, &data, &out).unwrap();
    let wanted = all.iter().filter(|span| window.contains(span.start.us) && filter.matches(*span)).count();
    assert!(wanted > 0 && wanted < all.len());
    assert_eq!((progress.n_spans as usize, spans_in(&files(&out)).len()), (wanted, wanted));
}

#[test]
fn a_directory_of_something_else_is_left_alone() {
    let (data, _) = stored();
    let out = SimVfs::new();
    out.create_dir(Path::new("/out")).unwrap();
    out.create(Path::new("/out/photo.jpg")).unwrap();
    assert!(matches!(export(&plan(Format::Otlp), &data, &out), Err(ExportError::Foreign { .. })));
    let out = SimVfs::new();
    export(&plan(Format::Otlp), &data, &out).unwrap();
    let before = files(&out);
    assert!(matches!(export(&plan(Format::Zipkin), &data, &out), Err(ExportError::OtherExport { .. })));
    assert!(files(&out) == before);
}

#[test]
fn what_is_damaged_is_told_and_the_rest_copied_and_tried_again() {
    let (data, all) = stored();
    let entry = source(&data).entries().unwrap().remove(0);
    let day = data.list(Path::new("/data/blocks")).unwrap().remove(0).name;
    let path = Path::new("/data/blocks").join(day).join(format!("{}.blk", entry.name));
    // A bit of the first section, which is of the first row group.
    data.flip_bit(&path, 17 * 8).unwrap();
    let out = SimVfs::new();
    for _ in 0..2 {
        let progress = export(&plan(Format::Otlp), &data, &out).unwrap();
        assert_eq!(progress.damage.len(), 1, "{:?}", progress.damage);
        assert!(progress.damage[0].to_string().contains(&entry.name), "{:?}", progress.damage);
    }
    let n_copied = spans_in(&files(&out)).len();
    assert!(n_copied > 0 && n_copied < all.len());
}
