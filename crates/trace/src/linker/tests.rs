//! Claims about dependency links, one trace a case.

use super::{Link, Linker};
use crate::sketch::sketch;
use nines_span::Span;
use proptest::prelude::*;

fn show(links: &[Link]) -> String {
    let show = |link: &Link| match link.errors {
        0 => format!("{} -> {}: {}", link.parent, link.child, link.calls),
        errors => format!("{} -> {}: {} ({errors} failed)", link.parent, link.child, link.calls),
    };
    links.iter().map(show).collect::<Vec<String>>().join(", ")
}

fn links_of(spans: &[Span]) -> String {
    let mut linker = Linker::default();
    linker.put_trace(spans);
    show(&linker.links())
}

/// The links of a trace, by parent and child, in whatever order its spans come.
fn check(trace: &str, expect: &str) {
    let mut spans = sketch(trace);
    assert_eq!(links_of(&spans), expect, "{trace}");
    spans.reverse();
    assert_eq!(links_of(&spans), expect, "reversed: {trace}");
}

#[test]
fn a_request_through_three_services_has_one_link_a_hop() {
    check(
        "1/  s frontend@127.0.0.1 +0 ~350000
         2/1 c frontend@127.0.0.1 >backend@192.168.99.101:9000 +50000 ~200000
         2/1 s backend@192.168.99.101:9000 shared +100000 ~150000
         3/2 c backend@192.168.99.101:9000 >db@10.1.1.1:3036 +150000 ~50000 error",
        "backend -> db: 1 (1 failed), frontend -> backend: 1",
    );
}

#[test]
fn rule_1_a_client_with_a_child_is_left_to_it() {
    // The server says `api`, whatever the client called it.
    check("1/ c web >proxy\n 2/1 s api", "web -> api: 1");
    check("1/ c web >proxy\n 1/ s api shared", "web -> api: 1");
    check("1/ c web >proxy", "web -> proxy: 1");
    // A local child counts as a child.
    check("1/ c web >db\n 2/1 - web", "");
}

#[test]
fn rule_2_a_span_without_kind_is_a_client_only_with_both_names() {
    check("1/ - web >db", "web -> db: 1");
    check("1/ - web\n 2/1 - >db", "");
    check("1/ s web\n 2/1 - web >db error", "web -> db: 1 (1 failed)");
}

#[test]
fn rule_3_the_root_server_needs_the_other_sides_name() {
    check("1/ s api", "");
    check("1/ s api >web", "web -> api: 1");
    check("1/ s api >api", "api -> api: 1");
}

#[test]
fn rule_4_any_error_tag_fails_the_call_and_nothing_else_does() {
    check("1/ s api >web error", "web -> api: 1 (1 failed)");
    check("1/ s api >web failed", "web -> api: 1");
    // An OTLP span that failed shows the tag to Zipkin's readers.
    check("1/ s api >web otlp failed", "web -> api: 1 (1 failed)");
}

#[test]
fn rule_5_messages_link_to_the_broker_they_name_and_never_across_it() {
    check("1/ p shop >kafka\n 2/1 q mail >kafka", "kafka -> mail: 1, shop -> kafka: 1");
    check("1/ p shop\n 2/1 q mail", "");
    check("1/ p shop >kafka error\n 2/1 q mail", "shop -> kafka: 1 (1 failed)");
    // The ancestor lends no name to a message.
    check("1/ c web >shop\n 2/1 q mail", "");
    check("1/ s shop\n 2/1 p >kafka", "");
    // A call below a message is a call.
    check("1/ q mail >kafka\n 2/1 c mail >smtp", "kafka -> mail: 1, mail -> smtp: 1");
    check("1/ p shop >kafka\n 2/1 s mail", "shop -> kafka: 1, shop -> mail: 1");
}

#[test]
fn rule_6_the_nearest_ancestor_with_a_kind_is_the_caller() {
    // Local spans between are passed over.
    check("1/ c web >x\n 2/1 - web\n 3/2 - web\n 4/3 s api", "web -> api: 1");
    // Its name beats the one that the server was told.
    check("1/ c web >x\n 2/1 s api >gateway", "web -> api: 1");
    check("1/ s web\n 2/1 c >db", "web -> db: 1");
    check("1/ s web\n 2/1 -\n 3/2 s api", "web -> api: 1");
    // Without a name it lends none.
    check("1/ c >x\n 2/1 s api >gateway", "gateway -> api: 1");
}

#[test]
fn rule_6_a_client_named_differently_from_its_ancestor_was_called_too() {
    check("1/ s web\n 2/1 c api >db", "api -> db: 1, web -> api: 1");
    check("1/ s web\n 2/1 c api >db error", "api -> db: 1 (1 failed), web -> api: 1");
    check("1/ s web\n 2/1 c api", "web -> api: 1");
    check("1/ s Web\n 2/1 c weB >db", "web -> db: 1");
}

#[test]
fn rule_6_a_failed_client_is_a_failed_call_where_it_is_the_parent() {
    check("1/ c web error\n 2/1 s api", "web -> api: 1 (1 failed)");
    check("1/ c web error\n 2/1 - web\n 3/2 s api", "web -> api: 1");
    check("1/ c web\n 2/1 s api error", "web -> api: 1 (1 failed)");
    // The halves of a shared span have the same parent; neither is the other's.
    check("1/ s web\n 2/1 c web error\n 2/1 s api shared", "web -> api: 1");
    // A failed server is not its clients' fault.
    check("1/ s web error\n 2/1 c web >db", "web -> db: 1");
}

#[test]
fn rule_7_a_link_needs_both_names() {
    check("1/ c web", "");
    check("1/ c >db", "");
    check("1/ s api\n 2/1 s", "");
    check("1/ s >web\n 2/1 c", "");
}

#[test]
fn two_servers_under_one_client_are_two_calls() {
    check("1/ c web >x\n 2/1 s api@10.0.0.1\n 3/1 s api@10.0.0.2", "web -> api: 2");
    check("1/ c web >x\n 1/ s api@10.0.0.1 shared\n 1/ s api@10.0.0.2 shared", "web -> api: 2");
}

#[test]
fn a_lost_shared_flag_is_restored() {
    check("1/ s edge\n 2/1 c edge >x\n 2/1 s api\n 3/2 c api >db", "api -> db: 1, edge -> api: 1");
}

#[test]
fn pieces_of_one_span_are_one_call() {
    check("1/ s web\n 2/1 c web +5\n 2/1 c >db ~3\n 2/1 - web error", "web -> db: 1 (1 failed)");
}

#[test]
fn traces_without_a_head_still_link() {
    check("3/2 s api >web\n 4/3 c api >db", "api -> db: 1, web -> api: 1");
    check("2/1 s api shared\n 3/2 c api >db", "api -> db: 1");
    check("2/1 c web >api\n 3/9 s mail", "web -> api: 1");
}

#[test]
fn names_are_in_lower_case() {
    check("1/ c WEB >DB", "web -> db: 1");
    check("1/ c ΑΣ >DB", "ας -> db: 1");
}

#[test]
fn several_parentless_spans_hang_under_the_first() {
    check("1/ s web\n 2/ s api", "web -> api: 1");
}

#[test]
fn a_cycle_neither_hangs_nor_links() {
    check("1/2 s web >x\n 2/1 s api >y", "");
    check("1/1 s web >x", "");
    check("1/ s web >edge\n 2/3 c web >x\n 3/2 c api >y\n 4/3 s z >q", "edge -> web: 1");
}

#[test]
fn traces_add_up() {
    let mut linker = Linker::default();
    let trace = sketch("1/ c web >db error");
    (0..3).for_each(|_| linker.put_trace(&trace));
    linker.put_link(&Link { parent: "web".into(), child: "db".into(), calls: 10, errors: 1 });
    linker.put_trace(&[]);
    assert_eq!(show(&linker.links()), "web -> db: 13 (4 failed)");
}

#[test]
fn a_long_chain_is_linked_in_one_go() {
    let chain: String = (1..=100_000)
        .map(|n| format!("{n:x}/{} - x\n", if n == 1 { String::new() } else { format!("{:x}", n - 1) }))
        .collect();
    let ends = "1/ s web\n186a1/186a0 c web >db";
    let middle = chain.split_once('\n').map(|(_, rest)| rest).expect("many lines");
    assert_eq!(links_of(&sketch(&format!("{middle}{ends}"))), "web -> db: 1");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn repeats_and_order_change_no_link(
        spans in prop::collection::vec(any_side(), 1..12), repeats in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        seed: u64,
    ) {
        let sketch_text: String = spans.join("\n");
        let spans = sketch(&sketch_text);
        let expect = links_of(&spans);
        let mut again = spans.clone();
        again.extend(repeats.iter().map(|at| at.get(&spans).clone()));
        prop_assert_eq!(links_of(&again), expect.clone(), "with repeats: {}", sketch_text);
        // A cheap shuffle: sorting by a hash of the place.
        let mut order: Vec<usize> = (0..again.len()).collect();
        order.sort_by_key(|at| (*at as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
        let shuffled: Vec<Span> = order.into_iter().map(|at| again[at].clone()).collect();
        prop_assert_eq!(links_of(&shuffled), expect, "shuffled: {}", sketch_text);
    }

    #[test]
    fn no_more_failures_than_calls(spans in prop::collection::vec(any_side(), 1..12)) {
        let mut linker = Linker::default();
        linker.put_trace(&sketch(&spans.join("\n")));
        for link in linker.links() {
            prop_assert!(link.calls > 0 && link.errors <= link.calls && !link.parent.is_empty() && !link.child.is_empty());
        }
    }
}

/// A span of a trace whose ids meet often. One id has one local endpoint, so that a repeat is a repeat
/// and not one of several spans that contend for the id.
fn any_side() -> impl Strategy<Value = String> {
    let kind = prop::sample::select(vec!["c", "s", "p", "q", "-"]);
    let remote = prop::sample::select(vec!["", ">a", ">b", ">x"]);
    let error = prop::sample::select(vec!["", "error"]);
    (1u8..7, 0u8..7, kind, remote, error).prop_map(|(id, parent, kind, remote, error)| {
        let parent = if parent == 0 { String::new() } else { parent.to_string() };
        let service = ["a", "b", "c"][usize::from(id % 3)];
        format!("{id}/{parent} {kind} {service} {remote} {error}")
    })
}
