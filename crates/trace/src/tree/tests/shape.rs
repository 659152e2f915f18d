//! Where spans hang, what rows they make, and a trace in one line.

use super::{show, trace};
use crate::sketch::{ZERO_US, sketch};
use crate::tree::{Attached, Row, Trace, Tree, merge, rows, summary, trace_time_us};
use nines_base::SpanId;
use proptest::prelude::*;

fn check(text: &str, expect: &str) {
    let expect: String =
        expect.lines().map(|line| format!("{}\n", line.strip_prefix("        ").unwrap_or(line))).collect();
    assert_eq!(show(&trace(text)).trim_end(), expect.trim_matches('\n').trim_end(), "{text}");
}

#[test]
fn children_hang_under_their_parents_in_order_of_start() {
    check(
        "1/ s a +0\n 2/1 - a +30\n 3/1 - a +10\n 4/3 - a +11\n 5/1 - a",
        "
        1 a
          5 a
          3 a
            4 a
          2 a",
    );
}

#[test]
fn a_joined_server_hangs_under_its_client_and_its_children_under_it() {
    check(
        "1/ s web\n 2/1 c web\n 2/1 s api@1.1.1.1 shared\n 3/2 - api@1.1.1.1\n 4/2 - web",
        "
        1 web
          2 web
            2 api
              3 api
            4 web",
    );
}

#[test]
fn of_several_joined_servers_each_keeps_its_own_children() {
    check(
        "2/ c web\n 2/ s api@1.1.1.1 shared +1\n 2/ s api@1.1.1.2 shared +2\n 3/2 - api@1.1.1.2\n 4/2 - api@1.1.1.1",
        "
        2 web
          2 api
            4 api
          2 api
            3 api",
    );
}

#[test]
fn a_child_of_the_servers_service_hangs_under_the_server_whatever_its_port() {
    check("2/ c web\n 2/ s api@1.1.1.1:80 shared\n 3/2 c api@1.1.1.1", "2 web\n  2 api\n    3 api");
}

#[test]
fn what_has_no_parent_here_hangs_under_the_root() {
    check("1/ s a\n 3/2 - b", "1 a\n  ?3 b");
    check("3/2 - b +1\n 5/4 - c", "?5 c\n?3 b");
    // The next best place comes before the root.
    check("1/ s a\n 2/1 s a\n 3/2 s b shared", "1 a\n  2 a\n    3 b");
    check("1/ s a\n 3/2 s b shared\n 4/3 - c", "1 a\n  ?3 b\n    4 c");
}

#[test]
fn the_earliest_parentless_span_is_the_root() {
    check("1/ s a +5\n 2/ s b +3\n 3/1 - a +6", "2 b\n  +1 a\n    3 a");
    check("1/ s a\n 2/ s b +3", "2 b\n  +1 a");
}

#[test]
fn missing_parents_are_named_once() {
    let missing = |text: &str| trace(text).tree.missing_parents().to_vec();
    assert_eq!(missing("1/ s a\n 3/2 - b\n 4/2 - b\n 6/5 - c"), [SpanId(2), SpanId(5)]);
    assert_eq!(missing("1/ s a\n 2/9 s b shared"), [SpanId(2)]);
    assert_eq!(missing("1/ s a\n 2/1 - a"), []);
}

#[test]
fn cycles_are_cut_at_their_earliest_span() {
    check("1/ s a\n 2/3 - b +9\n 3/2 - c +4\n 4/3 - d +5", "1 a\n  @3 c\n    4 d\n    2 b");
    check("1/2 - a\n 2/1 - b", "@1 a\n  2 b");
    check("1/1 - a", "@1 a");
    assert_eq!(trace("1/2 - a\n 2/1 - b\n 3/4 - a\n 4/3 - b").tree.n_cycles(), 2);
}

#[test]
fn one_node_holds_everything_or_there_is_no_root() {
    assert_eq!(trace("1/ s a\n 3/2 - b").tree.root(), Some(0));
    assert_eq!(trace("4/3 - a\n 3/2 - b").tree.root(), Some(0));
    assert_eq!(trace("4/3 - a\n 6/5 - b").tree.root(), None);
    assert_eq!(trace("4/3 - a\n 6/5 - b").tree.tops().count(), 2);
    assert_eq!(Tree::of(&[]).root(), None);
    assert_eq!(Tree::of(&[]).tops().count(), 0);
}

#[test]
fn a_chain_of_a_hundred_thousand_is_a_tree() {
    let n_spans = 100_000u64;
    let line = |n: u64| if n == 1 { "1/ s a +1 ~9".to_owned() } else { format!("{n:x}/{:x} - a +{n} ~9", n - 1) };
    let deep = trace(&(1..=n_spans).map(line).collect::<Vec<String>>().join("\n"));
    let last = deep.tree.nodes().last().expect("many nodes");
    assert_eq!((u64::from(last.depth), deep.tree.nodes()[0].size), (n_spans - 1, n_spans as usize));
    assert_eq!(rows(&deep).len() as u64, n_spans);
    assert_eq!(summary(&deep).n_spans as u64, n_spans);
}

#[test]
fn two_halves_of_a_call_are_one_row() {
    let check = |text: &str, expect: &[(u64, bool, u32, usize)]| {
        let trace = trace(text);
        let show = |row: &Row| (trace.span(row.node).id.0, row.server.is_some(), row.depth, row.size);
        assert_eq!(rows(&trace).iter().map(show).collect::<Vec<_>>(), expect, "{text}");
    };
    check(
        "1/ s web +0\n 2/1 c web +1\n 2/1 s api shared +3\n 3/2 - web +2\n 4/2 - api +4\n 5/1 - web +9",
        &[(1, false, 0, 5), (2, true, 1, 3), (3, false, 2, 1), (4, false, 2, 1), (5, false, 1, 1)],
    );
    // Which of two servers would the row be?
    check(
        "2/ c web\n 2/ s api@1.1.1.1 shared +1\n 2/ s api@1.1.1.2 shared +2",
        &[(2, false, 0, 3), (2, false, 1, 1), (2, false, 1, 1)],
    );
    check("1/ c web\n 2/1 s api", &[(1, false, 0, 2), (2, false, 1, 1)]);
    check("2/1 s api shared", &[(2, false, 0, 1)]);
}

#[test]
fn a_summary_tells_when_how_long_whose_and_how_bad() {
    let found = summary(&trace(
        "1/ s web +100 ~400 =page
         2/1 c web +150 ~300
         2/1 s API shared +200 ~200 error
         3/2 - api +450 ~200
         9/8 s mail +0",
    ));
    assert_eq!((found.time_us, found.duration_us), (Some(ZERO_US + 100), 650));
    assert_eq!((found.root_service.as_str(), found.root_op.as_str()), ("web", "page"));
    assert_eq!((found.n_spans, found.n_errors), (5, 1));
    let shares: Vec<(&str, usize, usize, i64)> = found
        .services
        .iter()
        .map(|share| (share.service.as_str(), share.n_spans, share.n_errors, share.self_us))
        .collect();
    // web: 100 of the page and 100 of the call; api: the server and what it started, which ran on behind it.
    assert_eq!(shares, [("API", 2, 1, 400), ("web", 2, 0, 200), ("mail", 1, 0, 0)]);
}

#[test]
fn a_summary_of_little_is_little() {
    let none = summary(&Trace::assemble(Vec::new()));
    assert_eq!((none.time_us, none.duration_us, none.n_spans, none.services.len()), (None, 0, 0, 0));
    let headless = summary(&trace("3/2 s api +7 ~2\n 4/9 c web +3"));
    assert_eq!((headless.time_us, headless.duration_us, headless.root_service.as_str()), (Some(ZERO_US + 3), 6, "web"));
    let timeless = summary(&trace("1/ s api =get"));
    assert_eq!((timeless.time_us, timeless.root_op.as_str()), (None, "get"));
}

#[test]
fn a_traces_time_is_its_first_parentless_start() {
    let time = |text: &str| trace_time_us(&sketch(text)).map(|us| us - ZERO_US);
    assert_eq!(time("2/1 - a +1\n 1/ s a +5\n 3/ s a +2"), Some(5));
    assert_eq!(time("1/ s a\n 3/ s a +2"), Some(2));
    assert_eq!(time("2/1 - a +4\n 3/1 - a +3"), Some(3));
    assert_eq!(time("1/ s a"), None);
}

/// A span of a small, wild trace: ids and parents meet, parents miss, cycles close.
pub(super) fn any_line() -> impl Strategy<Value = String> {
    let kind = prop::sample::select(vec!["c", "s", "p", "q", "-"]);
    let service = prop::sample::select(vec!["a@1.1.1.1", "a@1.1.1.1:80", "b@1.1.1.2", "c", ""]);
    let start = prop::option::of(0i64..100);
    let duration = prop::option::of(1u64..100);
    (1u8..12, 0u8..14, kind, service, (any::<bool>(), start, duration)).prop_map(
        |(id, parent, kind, service, (shared, start, duration))| {
            let parent = if parent == 0 { String::new() } else { format!("{parent:x}") };
            let shared = if shared && kind == "s" { "shared" } else { "" };
            let start = start.map(|start| format!("+{start}")).unwrap_or_default();
            let duration = duration.map(|duration| format!("~{duration}")).unwrap_or_default();
            format!("{id:x}/{parent} {kind} {service} {shared} {start} {duration}")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn tre_1_each_span_once_and_behind_its_parent(lines in prop::collection::vec(any_line(), 0..20)) {
        let trace = trace(&lines.join("\n"));
        let nodes = trace.tree.nodes();
        let mut spans: Vec<usize> = nodes.iter().map(|node| node.span).collect();
        spans.sort_unstable();
        prop_assert_eq!(spans, (0..trace.spans.len()).collect::<Vec<usize>>());
        for (at, node) in nodes.iter().enumerate() {
            match node.parent {
                Some(parent) => {
                    prop_assert!(parent < at && at < parent + nodes[parent].size);
                    prop_assert_eq!(node.depth, nodes[parent].depth + 1);
                }
                None => prop_assert_eq!(node.depth, 0),
            }
            let children: Vec<usize> = trace.tree.children(at).collect();
            prop_assert_eq!(children.iter().map(|child| nodes[*child].size).sum::<usize>() + 1, node.size);
            prop_assert!(children.iter().all(|child| nodes[*child].parent == Some(at)));
            prop_assert!(children.is_sorted_by_key(|child| trace.span(*child).start));
        }
        prop_assert!(nodes.iter().filter(|node| node.attached == Attached::Root).count() <= 1);
    }

    #[test]
    fn every_node_is_in_one_row(lines in prop::collection::vec(any_line(), 0..20)) {
        let trace = trace(&lines.join("\n"));
        let rows = rows(&trace);
        let mut nodes: Vec<usize> = rows.iter().flat_map(|row| [Some(row.node), row.server]).flatten().collect();
        nodes.sort_unstable();
        prop_assert_eq!(nodes, (0..trace.spans.len()).collect::<Vec<usize>>());
        for (at, row) in rows.iter().enumerate() {
            if let Some(parent) = row.parent {
                prop_assert!(parent < at && at < parent + rows[parent].size && row.depth == rows[parent].depth + 1);
            }
        }
    }

    #[test]
    fn merging_minds_neither_order_nor_repeats(
        lines in prop::collection::vec(any_line(), 1..20), repeats in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let spans = sketch(&lines.join("\n"));
        let merged = merge(spans.clone());
        let mut again = spans.clone();
        again.extend(repeats.iter().map(|at| at.get(&spans).clone()));
        again.reverse();
        prop_assert_eq!(merge(again), merged);
    }
}
