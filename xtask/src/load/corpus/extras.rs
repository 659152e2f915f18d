//! What *hard*, *wild* and *many* add to *std*.

use super::super::chance::Chance;
use super::{Corpus, Draw, Kind, Part, Span, fixed};

/// Distinct endings of an operation's name in *wild*: with the system's 200 operations, 50 000.
const IDS_IN_NAMES: u32 = 250;
/// Endings of each operation's name in *many*, from the first: 3 000 operations with the system's 200.
pub const OPERATIONS_EACH: std::ops::Range<u32> = 100..115;
/// Optional keys of *wild*; each is there in half of the spans.
const OPTIONAL_KEYS: [&str; 4] = ["opt.a", "opt.b", "opt.c", "opt.d"];
/// Values of each of them.
const OPTIONAL_VALUES: usize = 10;
/// Share of *hard*'s spans that name a tenant.
const TENANT_SHARE: f64 = 0.5;

/// Adds a corpus's own to the spans of a trace.
pub fn add(corpus: Corpus, spans: &mut [Span], chance: &mut Chance) {
    match corpus {
        Corpus::Std | Corpus::Peer => {}
        Corpus::Hard => spans.iter_mut().for_each(|span| add_entropy(span, chance)),
        Corpus::Wild => spans.iter_mut().for_each(|span| make_wild(span, chance)),
        Corpus::Many => {
            spans.iter_mut().for_each(|span| end_name(span, OPERATIONS_EACH.start, OPERATIONS_EACH.len() as u32));
        }
    }
}

/// Values that nothing can compress: 13.5 bytes of cursor, 2.7 of address, 2 of size, 2 and 0.8 of numbers
/// in the URL, 0.8 of thread, 0.8 of tenant. Only exchanges have them; they are nearly all spans.
fn add_entropy(span: &mut Span, chance: &mut Chance) {
    if !matches!(span.kind, Kind::Client | Kind::Server) {
        return;
    }
    let text = |text: &'static str| Part::Fixed(text.into());
    let number = |first, count, digits| Part::Drawn(Draw::Number { first, count, digits });
    let byte = || number(100, 156, 3);
    span.tags.push(("thread.name", vec![text("http-nio-8080-exec-"), number(100, 200, 3)]));
    span.tags.push((
        "http.url",
        vec![
            text("https://api.acme.example/v1/"),
            number(10_000, 90_000, 5),
            text("?cursor="),
            Part::Drawn(Draw::Cursor),
            text("&limit="),
            number(10, 90, 2),
        ],
    ));
    span.tags.push(("http.response_size", vec![number(10_000, 60_000, 5)]));
    span.tags.push(("net.peer.ip", vec![text("81."), byte(), text("."), byte(), text("."), byte()]));
    if chance.happens(TENANT_SHARE) {
        span.tags.push(("tenant.id", vec![number(1_000, 5_000, 4), text("77e0-0011-4005-a009-0002dfdc1c35")]));
    }
}

/// Optional keys, keys in any order, ids in the names of exchanges.
fn make_wild(span: &mut Span, chance: &mut Chance) {
    for key in OPTIONAL_KEYS {
        if chance.happens(0.5) {
            span.tags.push((key, fixed(format!("value-{}", chance.below(OPTIONAL_VALUES)))));
        }
    }
    for place in (1..span.tags.len()).rev() {
        span.tags.swap(place, chance.below(place + 1));
    }
    end_name(span, 100, IDS_IN_NAMES);
}

/// Ends the name of an exchange with a number of three digits.
fn end_name(span: &mut Span, first: u32, count: u32) {
    let is_exchange = span.tags.iter().any(|(key, _)| *key == "http.method");
    if is_exchange {
        span.name.push(Part::Fixed("/".into()));
        span.name.push(Part::Drawn(Draw::Number { first, count, digits: 3 }));
    }
}
