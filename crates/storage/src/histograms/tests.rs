use super::*;
use crate::aggregate::{BUCKETS_LOG2_MAX, GROUPS_SUMMED_MAX, Histogram, bucket_of};
use crate::contract::batch_of;
use crate::{MemStore, SpanStore};
use nines_base::{FineMicros, SpanId, TraceId};
use nines_span::{Endpoint, Kind, Span, Status};

const SLICE: SliceId = SliceId { tier: Tier::FiveMinutes, begin: Timestamp::from_secs(1_790_000_100) };

fn key(service: &str, op: &str, is_error: bool) -> EntryKey {
    EntryKey { service: service.into(), op: op.into(), kind: Kind::Server, is_error }
}

/// A server span that starts so many seconds after the slice begins.
fn span(id: u64, service: &str, op: &str, start_s: i64, duration_us: u64) -> Span {
    Span {
        trace_id: TraceId(u128::from(id)),
        id: SpanId(id),
        kind: Kind::Server,
        name: op.into(),
        start: FineMicros::from_us((SLICE.begin.0 + start_s * 1_000_000) as u64),
        duration: FineMicros::from_us(duration_us),
        local: Endpoint { service: service.into(), ..Endpoint::default() },
        ..Span::default()
    }
}

fn store_of(spans: &[Span]) -> MemStore {
    let store = MemStore::new(1_000_000, 1, &[]);
    store.append(&batch_of(spans), Timestamp(0), Box::new(|_| {})).unwrap();
    store
}

fn sums_of(durations_us: &[u64]) -> SpanSums {
    let mut durations = Histogram::default();
    durations_us.iter().for_each(|us| durations.add(bucket_of(*us, BUCKETS_LOG2_MAX), 1));
    SpanSums { n_untimed: 0, durations }
}

fn summed(store: &MemStore) -> SliceSums {
    sum_slice(store, SLICE, &mut || true).unwrap().unwrap()
}

#[test]
fn a_slice_has_each_span_that_started_in_it_once() {
    let failed = Span { status: Status::Error, ..span(3, "shop", "buy", 299, 400_000) };
    let untimed = span(4, "shop", "buy", 1, 0);
    let nameless = Span { kind: Kind::Client, ..span(6, "", "", 1, 7) };
    let before = span(7, "shop", "buy", -1, 10);
    let after = span(8, "shop", "buy", 300, 10);
    let one = span(1, "shop", "buy", 0, 10);
    let store =
        store_of(&[one.clone(), one, span(2, "shop", "buy", 9, 20_000), failed, untimed, nameless, before, after]);
    let sums = summed(&store);
    let mut expected = SliceSums::default();
    let good = SpanSums { n_untimed: 1, ..sums_of(&[10, 20_000]) };
    expected.entries.insert(key("shop", "buy", false), good);
    expected.entries.insert(key("shop", "buy", true), sums_of(&[400_000]));
    expected.entries.insert(EntryKey { kind: Kind::Client, ..key("", "", false) }, sums_of(&[7]));
    assert_eq!(sums, expected);
    assert_eq!(sums.n_spans(), 5);
}

#[test]
fn more_groups_than_one_question_holds_are_asked_for_by_service_and_every_span_is_in_one() {
    let n_ops = GROUPS_SUMMED_MAX as u64 + 500;
    let mut spans: Vec<Span> = (0..n_ops).map(|id| span(id + 1, "wide", &format!("op-{id}"), 1, 50)).collect();
    // The largest of its operations, and a second service in two spellings.
    spans.extend((0..9).map(|id| span(100_000 + id, "wide", "op-7", 2, 60)));
    spans.extend((0..30).map(|id| span(200_000 + id, "shop", "buy", 3, 70)));
    spans.extend((0..4).map(|id| span(300_000 + id, "Shop", "buy", 3, 70)));
    spans.extend((0..2).map(|id| span(400_000 + id, "wide", "op-8", 1, 80)));
    spans.extend((0..3).map(|id| Span { status: Status::Error, ..span(500_000 + id, "wide", "op-8", 1, 80) }));
    let sums = summed(&store_of(&spans));
    assert_eq!(sums.n_spans(), spans.len() as u64);
    let of =
        |service: &str, op: &str, is_error| sums.entries.get(&key(service, op, is_error)).map_or(0, SpanSums::n_spans);
    assert_eq!((of("wide", "op-7", false), of("shop", "buy", false), of("Shop", "buy", false)), (10, 34, 0));
    // Of either verdict more than one: both are among the largest.
    assert_eq!((of("wide", "op-8", false), of("wide", "op-8", true)), (3, 3));
    let ops: std::collections::BTreeSet<&str> =
        sums.entries.keys().filter(|key| key.service == "wide").map(|key| &*key.op).collect();
    assert_eq!(ops.len(), OPERATIONS_MAX + 1);
    assert_eq!(of("wide", OTHER, false), n_ops - OPERATIONS_MAX as u64);
    let others = &sums.entries[&key("wide", OTHER, false)].durations;
    assert_eq!(others.buckets().collect::<Vec<_>>(), [(bucket_of(50, BUCKETS_LOG2_MAX), others.count())]);
    // Told to stop between two questions, it has no answer.
    assert_eq!(sum_slice(&store_of(&spans), SLICE, &mut || false).unwrap(), None);
}

#[test]
fn services_that_do_not_fit_are_counted_together_the_smallest_first() {
    let mut sums = SliceSums::default();
    for service in 0..40 {
        for op in 0..OPERATIONS_MAX {
            let n_spans = 1 + u64::from(service == 39);
            sums.add(key(&format!("s{service:02}"), &format!("op-{op}"), false), &sums_of(&vec![5; n_spans as usize]));
        }
    }
    let n_spans = sums.n_spans();
    sums.keep_to_limits();
    assert!(sums.entries.len() <= ENTRIES_MAX);
    assert_eq!(sums.n_spans(), n_spans);
    let n_dropped =
        40 - sums.entries.keys().map(|key| &key.service).collect::<std::collections::BTreeSet<_>>().len() + 1;
    assert_eq!(sums.entries[&key(OTHER, OTHER, false)].n_spans(), (n_dropped * OPERATIONS_MAX) as u64);
    assert!(sums.entries.contains_key(&key("s39", "op-0", false)), "the largest stays");
    let once = sums.clone();
    sums.keep_to_limits();
    assert_eq!(sums, once);
}

#[test]
fn hist_3_an_hour_is_the_sum_of_its_slices() {
    let part = |n: u64| {
        let mut part = SliceSums { has_gaps: n == 3, ..SliceSums::default() };
        part.add(key("shop", "buy", n.is_multiple_of(2)), &sums_of(&[n * 1000, 7]));
        part.add(key("shop", &format!("op-{n}"), false), &SpanSums { n_untimed: n, ..SpanSums::default() });
        part
    };
    let parts: Vec<SliceSums> = (0..12).map(part).collect();
    let hour = SliceSums::join(&parts);
    assert_eq!((hour.n_parts, hour.has_gaps), (12, true));
    assert_eq!(hour.n_spans(), parts.iter().map(SliceSums::n_spans).sum::<u64>());
    let even: Vec<u64> = (0..12).step_by(2).flat_map(|n| [n * 1000, 7]).collect();
    assert_eq!(hour.entries[&key("shop", "buy", true)], sums_of(&even));
}

fn kept(tier: Tier, begin_s: i64, n_parts: u16) -> KeptSlice {
    KeptSlice { id: SliceId { tier, begin: Timestamp::from_secs(begin_s) }, n_parts }
}

#[test]
fn each_instant_is_covered_by_the_finest_slices_that_are_all_there() {
    const DAY: i64 = 86_400;
    let fives = |hour_s: i64, n: i64| (0..n).map(move |n| kept(Tier::FiveMinutes, hour_s + n * 300, 0));
    let mut slices = vec![kept(Tier::Day, 0, 24), kept(Tier::Day, DAY, 2), kept(Tier::Day, 2 * DAY, 2)];
    // The first day's hours are gone; of the second day both are there; of the third one is damaged.
    slices.extend([kept(Tier::Hour, DAY, 12), kept(Tier::Hour, DAY + 3600, 12), kept(Tier::Hour, 2 * DAY, 12)]);
    // The fourth day is not over: an hour with its slices, one that misses one, and one not joined yet.
    slices.extend([kept(Tier::Hour, 3 * DAY, 12), kept(Tier::Hour, 3 * DAY + 3600, 12)]);
    slices.extend(fives(3 * DAY, 12).chain(fives(3 * DAY + 3600, 11)).chain(fives(3 * DAY + 7200, 2)));
    let covered = cover(&slices);
    let mut expected: Vec<SliceId> = vec![kept(Tier::Day, 0, 0).id];
    expected.extend([kept(Tier::Hour, DAY, 0).id, kept(Tier::Hour, DAY + 3600, 0).id, kept(Tier::Day, 2 * DAY, 0).id]);
    expected.extend(fives(3 * DAY, 12).map(|slice| slice.id));
    expected.push(kept(Tier::Hour, 3 * DAY + 3600, 0).id);
    expected.extend(fives(3 * DAY + 7200, 2).map(|slice| slice.id));
    assert_eq!(covered, expected);
    assert!(covered.windows(2).all(|pair| pair[0].end() <= pair[1].begin), "none overlap");
}

#[test]
fn slices_lie_on_multiples_of_their_lengths() {
    let at = Timestamp::from_secs(-1);
    assert_eq!(SliceId::holding(Tier::Hour, at).times(), Timestamp::from_secs(-3600)..Timestamp(0));
    assert_eq!(Tier::FiveMinutes.begin_after(Timestamp::from_secs(300)), Timestamp::from_secs(300));
    assert_eq!(Tier::FiveMinutes.begin_after(Timestamp(300_000_001)), Timestamp::from_secs(600));
    let five = SliceId::holding(Tier::FiveMinutes, Timestamp::from_secs(90_000));
    assert_eq!(five.whole(), Some(SliceId::holding(Tier::Hour, Timestamp::from_secs(90_000))));
}
