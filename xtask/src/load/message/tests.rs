use super::super::chance::Chance;
use super::*;

fn filled(corpus: Corpus, format: Format, round: u64) -> Vec<u8> {
    let messages = Round::make(corpus, format, 1, 300, 100).messages;
    let mut out = Vec::new();
    let fill = Fill { round, start_us: 1_790_000_000_000_000 };
    messages[messages.len() / 2].fill(fill, &mut Chance::new(round), &mut out);
    out
}

#[test]
fn a_round_is_filled_with_ids_of_its_own() {
    for corpus in corpus::ALL {
        for format in ALL {
            let (first, second) = (filled(corpus, format, 1), filled(corpus, format, 2));
            assert_eq!(first, filled(corpus, format, 1));
            assert_eq!(first.len(), second.len());
            assert_ne!(first, second);
        }
    }
    let text = String::from_utf8(filled(Corpus::Std, Format::Json, 1)).unwrap();
    assert!(text.starts_with("[{\"traceId\":\"") && text.ends_with("}]"));
    assert!(text.contains("\"timestamp\":17900000"), "{text}");
}

#[test]
fn a_traces_id_can_be_told_before_it_is_sent() {
    let round = Round::make(Corpus::Std, Format::Json, 1, 300, 100);
    let mut out = Vec::new();
    let fill = Fill { round: 5, start_us: 1_790_000_000_000_000 };
    round.messages.iter().for_each(|message| message.fill(fill, &mut Chance::new(1), &mut out));
    let text = String::from_utf8(out).unwrap();
    for (trace, n_spans) in round.shape.spans_of_trace.iter().enumerate() {
        let id = format!("\"traceId\":\"{:032x}\"", trace_id(5, trace as u32));
        assert_eq!(text.matches(&id).count(), usize::from(*n_spans));
    }
}

#[test]
fn spans_have_the_sizes_that_the_corpora_are_described_by() {
    let check = |corpus, format, expected: std::ops::Range<usize>| {
        let spans_per_message = if corpus == Corpus::Peer { 1_000 } else { 100 };
        let round = Round::make(corpus, format, 1, 2_000, spans_per_message);
        let bytes: usize = round.messages.iter().map(Template::len).sum();
        let per_span = bytes / round.n_spans as usize;
        assert!(expected.contains(&per_span), "{corpus:?} {format:?}: {per_span} B a span");
    };
    check(Corpus::Std, Format::Json, 505..535);
    check(Corpus::Std, Format::Proto3, 300..325);
    check(Corpus::Std, Format::Otlp, 290..320);
    check(Corpus::Hard, Format::Json, 690..730);
    check(Corpus::Peer, Format::Json, 480..550);
    check(Corpus::Peer, Format::Proto3, 280..330);
    check(Corpus::Peer, Format::Otlp, 290..360);
}
