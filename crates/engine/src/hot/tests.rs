//! Claims about segments: what goes in comes out, and a record replays to the same segment.

use super::*;
use crate::inbox::{apply_delta, write_delta};
use crate::testing::{any_span, spans_of};
use nines_base::Timestamp;
use nines_span::Span;
use nines_storage::contract::{batch_of, full_otlp_span, full_zipkin_span, span};
use proptest::prelude::*;

fn append_all(segment: &mut Segment, spans: &[Span]) {
    let batch = batch_of(spans);
    let mut memo = BatchMemo::default();
    for view in batch.views() {
        segment.append(&view, &mut memo);
    }
}

#[test]
fn spans_come_back_whole_in_the_order_taken() {
    let spans = [full_otlp_span(), full_zipkin_span(), span(1, 2, "web"), full_otlp_span(), Span::default()];
    let mut segment = Segment::default();
    append_all(&mut segment, &spans);
    assert_eq!(spans_of(&segment), spans);
    segment.clear();
    append_all(&mut segment, &spans[1..]);
    assert_eq!(spans_of(&segment), spans[1..]);
}

#[test]
fn operations_and_shapes_are_kept_once() {
    let mut segment = Segment::default();
    for id in 1..100 {
        append_all(&mut segment, &[span(id, 7, "web"), full_zipkin_span()]);
    }
    assert_eq!(segment.mark().tables.operations, 2);
    assert_eq!(segment.mark().tables.shapes, 2);
    assert_eq!(segment.mark().traces, 100);
}

#[test]
fn a_trace_is_chained_and_knows_its_time() {
    let mut segment = Segment::default();
    let child = |id, start| Span { parent_id: Some(nines_base::SpanId(9)), ..span(5, id, start) };
    append_all(&mut segment, &[child(4, "a"), span(6, 1, "b"), span(5, 8, "a"), child(3, "a")]);
    let place = segment.traces().find_low(5, &segment.rows().trace_ids).next().unwrap();
    assert_eq!(segment.traces().rows_of(place).collect::<Vec<_>>(), [3, 2, 0]);
    let head = segment.traces().heads()[place as usize];
    assert_eq!((head.time_us(), head.first_start_us(), head.n_rows), (Some(8_000_000), Some(3_000_000), 3));
}

#[test]
fn ids_that_share_their_low_half_are_found_together() {
    let mut segment = Segment::default();
    append_all(&mut segment, &[span(5, 1, "a"), span(1 << 64 | 5, 1, "a"), span(6, 1, "a")]);
    let mut places: Vec<u32> = segment.traces().find_low(2 << 64 | 5, &segment.rows().trace_ids).collect();
    places.sort_unstable();
    assert_eq!(places, [0, 1]);
}

proptest! {
    #[test]
    fn records_replay_to_the_same_segment(batches in prop::collection::vec(prop::collection::vec(any_span(), 0..12), 1..6)) {
        let (mut segment, mut replayed) = (Segment::default(), Segment::default());
        for (second, spans) in batches.iter().enumerate() {
            let mark = segment.mark();
            let arrived = Timestamp::from_secs(second as i64);
            segment.begin_record(arrived);
            append_all(&mut segment, spans);
            let mut record = Vec::new();
            write_delta(&segment, &mark, &mut record);
            apply_delta(&mut replayed, arrived, &record).unwrap();
        }
        prop_assert!(segment.same(&replayed));
        prop_assert_eq!(spans_of(&replayed), batches.concat());
    }

    #[test]
    fn a_wrong_record_is_refused_or_harmless(spans in prop::collection::vec(any_span(), 1..6), flips in prop::collection::vec(any::<u32>(), 1..4)) {
        let mut segment = Segment::default();
        segment.begin_record(Timestamp(0));
        append_all(&mut segment, &spans);
        let mut record = Vec::new();
        write_delta(&segment, &Mark::default(), &mut record);
        for len in 0..record.len() {
            prop_assert!(apply_delta(&mut Segment::default(), Timestamp(0), &record[..len]).is_err());
        }
        for flip in flips {
            let at = flip as usize % record.len();
            record[at] ^= 1 << (flip >> 29);
        }
        let mut replayed = Segment::default();
        if apply_delta(&mut replayed, Timestamp(0), &record).is_ok() {
            // Whatever it says now, reading it must not panic.
            spans_of(&replayed);
        }
    }
}
