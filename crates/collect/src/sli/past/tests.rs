//! The past of indicators is counted once, whenever they come and whenever the process ends.

use super::super::tests::{SLO, World, counts, definitions_of};
use super::*;
use nines_base::Clock;

fn minutes(n: i64) -> DurationUs {
    DurationUs::from_secs(60 * n)
}

/// A judge without SLOs counted a hundred spans; then an SLO comes.
fn world() -> (World, Judge) {
    let world = World::new();
    let judge = world.judge_of(Definitions::default());
    judge.know_past().unwrap();
    world.append(1..101);
    while !judge.count().unwrap().is_up {}
    world.clock.advance(minutes(5));
    world.define(&judge, definitions_of(SLO));
    (world, judge)
}

pub(in super::super) fn caught_up(world: &World, judge: &Judge) -> (u64, u64) {
    world.clock.advance(DurationUs::from_secs(4));
    counts(judge);
    while judge.count_past().unwrap() || judge.count_gap().unwrap() {}
    counts(judge)
}

#[test]
fn a_new_objective_counts_what_is_stored_of_before_and_each_span_once() {
    let (world, judge) = world();
    world.append(101..111);
    assert_eq!(counts(&judge), (9, 1), "only what came since is counted at once");
    assert_eq!(caught_up(&world, &judge), (99, 11));
    // A sender that never heard the answer sends old and new once more.
    world.append(1..101);
    world.append(101..111);
    assert_eq!(counts(&judge), (99, 11));
    assert!(!judge.count_past().unwrap(), "nothing is counted twice");
}

#[test]
fn sli_1_the_past_is_counted_once_whenever_the_process_ends() {
    let (world, judge) = world();
    world.append(101..111);
    assert_eq!(counts(&judge), (9, 1));
    judge.commit(true).unwrap();
    // It ends before the past is counted.
    drop(judge);
    let judge = world.judge_of(definitions_of(SLO));
    judge.know_past().unwrap();
    assert_eq!(caught_up(&world, &judge), (99, 11));
    // And once more before that is committed.
    drop(judge);
    let judge = world.judge_of(definitions_of(SLO));
    judge.know_past().unwrap();
    assert_eq!(caught_up(&world, &judge), (99, 11));
    judge.commit(true).unwrap();
    drop(judge);
    let judge = world.judge_of(definitions_of(SLO));
    judge.know_past().unwrap();
    assert_eq!(caught_up(&world, &judge), (99, 11));
}

/// Blocks know the second of an arrival only, rounded down.
#[test]
fn past_and_present_meet_at_a_whole_second() {
    let world = World::new();
    let judge = world.judge_of(Definitions::default());
    judge.know_past().unwrap();
    world.clock.advance(DurationUs(400_000));
    judge.load(definitions_of(SLO), Vec::new());
    world.clock.advance(DurationUs(300_000));
    world.append(1..11);
    assert_eq!(counts(&judge), (0, 0), "of the second of the cut, all is past");
    world.clock.advance(DurationUs(300_000));
    world.append(11..21);
    assert_eq!(counts(&judge), (9, 1));
    assert_eq!(caught_up(&world, &judge), (18, 2));
}

#[test]
fn what_came_on_the_whole_second_at_which_an_objective_came_is_its_past() {
    let world = World::new();
    let judge = world.judge_of(Definitions::default());
    judge.know_past().unwrap();
    world.append(1..11);
    while !judge.count().unwrap().is_up {}
    judge.load(definitions_of(SLO), Vec::new());
    assert_eq!(caught_up(&world, &judge), (9, 1));
}

/// An SLO counted a hundred spans, and ten more came while another was there in its stead.
fn away() -> (World, Judge) {
    let (world, judge) = world();
    assert_eq!(caught_up(&world, &judge), (90, 10));
    judge.commit(true).unwrap();
    world.define(&judge, definitions_of(&SLO.replace("kind=server !error", "kind=server duration<1s")));
    world.append(101..111);
    assert_eq!(caught_up(&world, &judge), (110, 0));
    (world, judge)
}

#[test]
fn what_came_while_an_indicator_was_not_defined_is_counted_when_it_comes_again() {
    let (world, judge) = away();
    world.define(&judge, definitions_of(SLO));
    world.append(111..121);
    assert_eq!(counts(&judge), (99, 11), "what it counted before, and what comes now");
    assert_eq!(caught_up(&world, &judge), (108, 12));
    // Of all three times a sender repeats what it sent.
    world.append(1..121);
    assert_eq!(counts(&judge), (108, 12));
    assert!(!judge.count_gap().unwrap(), "once");
    // Away once more, and back before anything came.
    world.define(&judge, Definitions::default());
    world.define(&judge, definitions_of(SLO));
    assert_eq!(caught_up(&world, &judge), (108, 12));
}

#[test]
fn sli_1_a_gap_is_counted_once_whenever_the_process_ends() {
    let (world, judge) = away();
    judge.commit(true).unwrap();
    // It ends while the indicator is away, and comes up with it.
    drop(judge);
    let judge = world.judge_of(definitions_of(SLO));
    judge.know_past().unwrap();
    world.clock.advance(DurationUs::from_secs(1));
    world.append(111..121);
    assert_eq!(counts(&judge), (99, 11));
    judge.commit(true).unwrap();
    // Before what is missing is counted, and before that is committed.
    for _ in 0..2 {
        let judge = world.judge_of(definitions_of(SLO));
        judge.know_past().unwrap();
        assert_eq!(counts(&judge), (99, 11));
        assert_eq!(caught_up(&world, &judge), (108, 12));
    }
    let judge = world.judge_of(definitions_of(SLO));
    judge.know_past().unwrap();
    assert_eq!(caught_up(&world, &judge), (108, 12));
    judge.commit(true).unwrap();
    let judge = world.judge_of(definitions_of(SLO));
    judge.know_past().unwrap();
    assert_eq!(caught_up(&world, &judge), (108, 12));
}

#[test]
fn an_indicator_that_went_while_nobody_ran_has_what_came_since() {
    let (world, judge) = world();
    assert_eq!(caught_up(&world, &judge), (90, 10));
    judge.commit(true).unwrap();
    drop(judge);
    world.clock.advance(minutes(1));
    let judge = world.judge_of(Definitions::default());
    judge.know_past().unwrap();
    world.append(101..111);
    while !judge.count().unwrap().is_up {}
    judge.commit(true).unwrap();
    world.clock.advance(minutes(30));
    world.define(&judge, definitions_of(SLO));
    assert_eq!(caught_up(&world, &judge), (99, 11));
}

#[test]
fn an_indicator_that_means_something_else_begins_anew_with_its_own_past() {
    let (world, judge) = world();
    assert_eq!(caught_up(&world, &judge), (90, 10));
    let changed = SLO.replace("kind=server !error", "kind=server duration<1s");
    world.define(&judge, definitions_of(&changed));
    assert_eq!(caught_up(&world, &judge), (100, 0));
    // Another target is another reading of the same counts.
    world.define(&judge, definitions_of(&changed.replace("0.9", "0.5")));
    assert_eq!(counts(&judge), (100, 0));
    // And the first meaning still has its own.
    world.define(&judge, definitions_of(SLO));
    assert_eq!(counts(&judge), (90, 10));
}

#[test]
fn where_only_a_share_of_spans_is_stored_the_past_is_not_asked() {
    let world = World::new();
    let judge = world.judge_of(Definitions::default());
    world.append(1..101);
    while !judge.count().unwrap().is_up {}
    world.define(&judge, definitions_of(SLO));
    assert_eq!(caught_up(&world, &judge), (0, 0));
}

#[test]
fn an_indicator_that_is_gone_before_its_past_is_counted_has_it_when_it_comes_again() {
    let (world, judge) = world();
    judge.commit(true).unwrap();
    world.define(&judge, Definitions::default());
    world.append(101..111);
    world.clock.advance(DurationUs::from_secs(3));
    while !judge.count().unwrap().is_up {}
    assert!(!judge.count_past().unwrap(), "nobody wants it");
    judge.commit(true).unwrap();
    world.define(&judge, definitions_of(SLO));
    assert_eq!(caught_up(&world, &judge), (99, 11), "with what came while it was not defined");
}

/// Spans of a client, each asked for once more a second later; the first of them failed.
fn attempts(world: &World, ids: std::ops::Range<u64>, nth: i64) {
    let spans: Vec<String> = ids
        .map(|id| {
            let (start, tags) = (world.clock.now().0 - 10_000_000 + nth * 1_000_000, [r#","tags":{"error":"x"}"#, ""]);
            format!(
                r#"{{"traceId":"{id:x}","id":"{:x}","parentId":"{id:x}","kind":"CLIENT","timestamp":{start},"duration":10,"localEndpoint":{{"serviceName":"shop"}}{}}}"#,
                id << 8 | nth as u64, tags[nth as usize]
            )
        })
        .collect();
    world.append_spans(&spans);
}

fn retried() -> String {
    SLO.replace("kind=server", "kind=client").replace("kind=client' }", "kind=client', retries: last }")
}

/// A judge without SLOs saw the first attempts; then an SLO of requests comes.
fn under_way(ids: std::ops::Range<u64>) -> (World, Judge) {
    let world = World::new();
    let judge = world.judge_of(Definitions::default());
    judge.know_past().unwrap();
    attempts(&world, ids, 0);
    while !judge.count().unwrap().is_up {}
    world.clock.advance(DurationUs::from_secs(1));
    world.define(&judge, definitions_of(&retried()));
    (world, judge)
}

#[test]
fn what_a_start_remembers_of_the_past_is_no_part_of_the_present() {
    let (world, judge) = under_way(1..101);
    judge.commit(true).unwrap();
    // The process ends before the past is counted, and what goes on with it comes after.
    drop(judge);
    let judge = world.judge_of(definitions_of(&retried()));
    judge.know_past().unwrap();
    while !judge.count().unwrap().is_up {}
    attempts(&world, 1..101, 1);
    world.clock.advance(minutes(2));
    assert_eq!(caught_up(&world, &judge), (100, 0), "a request each, and none that failed");
}

#[test]
fn what_was_under_way_is_put_together_however_long_the_past_takes() {
    let (world, judge) = under_way(1..11);
    for others in [1..11, 100..101, 200..201, 300..301] {
        attempts(&world, others, 1);
        while !judge.count().unwrap().is_up {}
        world.clock.advance(nines_slo::count::HORIZON);
    }
    assert_eq!(caught_up(&world, &judge), (10 + 3, 0), "a request each, and none that failed");
}

#[test]
fn what_is_under_way_where_the_past_ends_is_put_together() {
    let world = World::new();
    let judge = world.judge_of(Definitions::default());
    judge.know_past().unwrap();
    attempts(&world, 1..11, 0);
    while !judge.count().unwrap().is_up {}
    world.clock.advance(DurationUs::from_secs(1));
    let retried = retried();
    world.define(&judge, definitions_of(&retried));
    attempts(&world, 1..11, 1);
    world.clock.advance(minutes(2));
    assert_eq!(counts(&judge), (10, 0), "what comes now is not known to be attempts at something older");
    assert_eq!(caught_up(&world, &judge), (10, 0), "a request each, and none that failed");
    judge.commit(true).unwrap();
    drop(judge);
    let judge = world.judge_of(definitions_of(&retried));
    judge.know_past().unwrap();
    assert_eq!(caught_up(&world, &judge), (10, 0));
}
