use super::*;
use std::collections::{BTreeMap, BTreeSet};

const RECIPE: Recipe =
    Recipe { corpus: Corpus::Std, seed: 7, n_traces: 3_000, spans_per_message: 100, shares_ids: true };

fn messages(recipe: Recipe) -> (Vec<Vec<Span>>, Shape) {
    let mut all = Vec::new();
    let shape = make(recipe, |message| all.push(message.to_vec()));
    (all, shape)
}

fn spans(recipe: Recipe) -> Vec<Span> {
    messages(recipe).0.concat()
}

fn mean(total: usize, count: usize) -> f64 {
    total as f64 / count as f64
}

#[test]
fn a_round_is_the_same_each_time_and_has_the_means_it_is_described_by() {
    let (messages, shape) = messages(RECIPE);
    assert_eq!(format!("{messages:?}"), format!("{:?}", self::messages(RECIPE).0));
    let all = messages.concat();
    let per_trace = mean(all.len(), 3_000);
    assert!((15.5..17.5).contains(&per_trace), "{per_trace} spans a trace");
    assert!(shape.spans_of_trace.iter().all(|n| (5..=42).contains(n)), "{:?}", shape.spans_of_trace.iter().max());
    assert_eq!(shape.spans_of_trace.iter().map(|n| usize::from(*n)).sum::<usize>(), all.len());
    let per_message = mean(all.len(), messages.len());
    assert!((65.0..=100.0).contains(&per_message), "{per_message} spans a message");
    let tags = mean(all.iter().map(|span| span.tags.len()).sum(), all.len());
    assert!((5.3..6.3).contains(&tags), "{tags} tags a span");
    let per_second = all.len() as f64 / (shape.duration_us as f64 / 1e6);
    assert!((8_500.0..11_500.0).contains(&per_second), "{per_second} spans a second");
}

#[test]
fn a_message_is_one_instances_and_a_trace_is_in_many_messages() {
    let (messages, _) = messages(RECIPE);
    assert!(messages.iter().all(|message| message.iter().all(|span| span.reporter == message[0].reporter)));
    let mut of_trace: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for (place, message) in messages.iter().enumerate() {
        message.iter().for_each(|span| _ = of_trace.entry(span.trace).or_default().insert(place));
    }
    let spread = mean(of_trace.values().map(BTreeSet::len).sum(), of_trace.len());
    assert!(spread > 5.0, "a trace is in {spread} messages");
}

#[test]
fn every_parent_exists_and_half_of_the_calls_share_an_id() {
    for corpus in ALL {
        let all = spans(Recipe { corpus, ..RECIPE });
        let ids: BTreeSet<(u32, u32)> = all.iter().map(|span| (span.trace, span.id)).collect();
        assert!(all.iter().all(|span| span.parent.is_none_or(|parent| ids.contains(&(span.trace, parent)))));
        let servers = || all.iter().filter(|span| span.kind == Kind::Server && span.parent.is_some());
        let shared = mean(servers().filter(|span| span.shared).count(), servers().count());
        assert!((0.35..0.65).contains(&shared), "{corpus:?}: {shared} of the servers share");
        let own = spans(Recipe { corpus, shares_ids: false, ..RECIPE });
        assert_eq!(own.iter().map(|span| span.id).collect::<BTreeSet<_>>().len(), own.len());
    }
}

#[test]
fn hard_has_ten_tags_and_wild_has_keys_in_any_order_and_ids_in_names() {
    let hard = spans(Recipe { corpus: Corpus::Hard, ..RECIPE });
    let tags = mean(hard.iter().map(|span| span.tags.len()).sum(), hard.len());
    assert!((9.5..10.7).contains(&tags), "{tags} tags a span");

    let keys = |corpus| {
        let all = spans(Recipe { corpus, ..RECIPE });
        let keys = |span: &Span| span.tags.iter().map(|(key, _)| *key).collect::<Vec<_>>();
        all.iter().map(keys).collect::<BTreeSet<_>>().len()
    };
    assert!(keys(Corpus::Wild) > 100 * keys(Corpus::Std), "{} and {}", keys(Corpus::Wild), keys(Corpus::Std));
    let wild = spans(Recipe { corpus: Corpus::Wild, ..RECIPE });
    let with_ids = wild.iter().filter(|span| matches!(span.name.last(), Some(Part::Drawn(_)))).count();
    assert!(mean(with_ids, wild.len()) > 0.5);
}

#[test]
fn the_peers_load_has_short_traces_scattered_over_an_hour() {
    let (messages, shape) =
        messages(Recipe { corpus: Corpus::Peer, spans_per_message: 1_000, n_traces: 1_000, ..RECIPE });
    assert!(shape.spans_of_trace.iter().all(|n| (8..=12).contains(n)));
    let all = messages.concat();
    let tags = mean(all.iter().map(|span| span.tags.len()).sum(), all.len());
    assert!((5.0..8.0).contains(&tags), "{tags} tags a span");
    assert!(all.iter().any(|span| span.start_us > 3_500_000_000));
}
