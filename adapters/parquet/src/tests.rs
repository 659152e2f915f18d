//! Tables read back with the format's own reader.

use crate::SpanTable;
use arrow_array::{Array, RecordBatch, cast::AsArray, types::TimestampMicrosecondType};
use nines_base::{FineMicros, SpanId, TraceId};
use nines_span::{Endpoint, Event, Kind, Span, Value};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

fn sample(id: u64) -> Span {
    Span {
        trace_id: TraceId(0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c),
        id: SpanId(id),
        parent_id: (id > 1).then_some(SpanId(1)),
        kind: Kind::Server,
        name: "get /".into(),
        start: FineMicros::from_us(1_795_600_000_000_000 + id),
        duration: FineMicros::from_us(207),
        local: Endpoint { service: "웹".into(), ipv4: Some([10, 0, 0, 1].into()), port: 80, ..Endpoint::default() },
        tags: vec![("error".into(), Value::from("boom")), ("n".into(), Value::Int(7))],
        events: vec![Event { time: FineMicros::from_us(1_795_600_000_000_009), name: "retry".into(), otlp: vec![] }],
        ..Span::default()
    }
}

fn read_back(spans: &[Span]) -> RecordBatch {
    let mut table = SpanTable::new(Vec::new()).unwrap();
    spans.chunks(2).for_each(|some| table.write(some).unwrap());
    let file = bytes::Bytes::from(table.finish().unwrap());
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    let batches: Vec<RecordBatch> = reader.map(Result::unwrap).collect();
    assert_eq!(batches.len(), 1);
    batches.into_iter().next().unwrap()
}

#[test]
fn a_span_reads_back_column_by_column() {
    let rows = read_back(&[sample(1), sample(2), sample(3)]);
    assert_eq!(rows.num_rows(), 3);
    let text = |name: &str, row: usize| rows.column_by_name(name).unwrap().as_string::<i32>().value(row).to_owned();
    assert_eq!(text("trace_id", 0), "0af7651916cd43dd8448eb211c80319c");
    assert_eq!((text("span_id", 1), text("parent_id", 1)), ("0000000000000002".into(), "0000000000000001".into()));
    assert!(rows.column_by_name("parent_id").unwrap().is_null(0), "the root has no parent");
    assert_eq!(
        (text("service", 2), text("kind", 2), text("local_ip", 2)),
        ("웹".into(), "server".into(), "10.0.0.1".into())
    );
    let start = rows.column_by_name("start").unwrap().as_primitive::<TimestampMicrosecondType>();
    assert_eq!(start.value(1), 1_795_600_000_000_002);
    assert!(rows.column_by_name("error").unwrap().as_boolean().value(0), "a tag `error` is a failure");
    let tags = rows.column_by_name("tags").unwrap().as_map().value(0);
    let tag = |row: usize| (tags.column(0).as_string::<i32>().value(row), tags.column(1).as_string::<i32>().value(row));
    assert_eq!((tag(0), tag(1)), (("error", "boom"), ("n", "7")));
    let events = rows.column_by_name("events").unwrap().as_list::<i32>().value(0);
    assert_eq!(events.as_struct().column(1).as_string::<i32>().value(0), "retry");
}

#[test]
fn what_was_not_sent_is_null() {
    let rows = read_back(&[Span { id: SpanId(1), trace_id: TraceId(1), ..Span::default() }]);
    for name in ["parent_id", "service", "name", "kind", "start", "duration_us", "status", "local_ip", "local_port"] {
        assert!(rows.column_by_name(name).unwrap().is_null(0), "{name}");
    }
    assert_eq!(rows.column_by_name("trace_id").unwrap().as_string::<i32>().value(0), "0000000000000001");
    assert_eq!(rows.column_by_name("tags").unwrap().as_map().value(0).len(), 0);
}
