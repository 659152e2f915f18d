//! The load that other trace backends were measured with: short traces, seven tags on most spans, start
//! times spread over an hour, and the spans of a trace scattered over two thousand, as when several
//! reporters send large messages.

use super::super::chance::Chance;
use super::system::{N_INSTANCES, RESOURCES, SERVICES, System};
use super::{Draw, Endpoint, Kind, Part, Recipe, Span, fixed};

/// Start times are spread over this long.
const SPREAD_US: usize = 3_600_000_000;
/// A trace's spans are scattered over so many.
const SCATTER: usize = 2_000;
/// Share of failures.
const FAILED_SHARE: f64 = 0.015;
/// Share of spans with the rare tag that searches look for.
const RARE_SHARE: f64 = 0.001;
/// Sigma of the log-normal durations.
const DURATION_SIGMA: f64 = 0.8;
const REGIONS: [&str; 3] = ["eu-west-1", "us-east-1", "ap-northeast-2"];

/// Makes a round; returns the time until the next one.
pub fn make(recipe: Recipe, system: &System, chance: &mut Chance, send: &mut impl FnMut(&[Span])) -> u64 {
    let mut spans: Vec<(usize, Span)> = Vec::new();
    let mut next_id = 0;
    for trace in 0..recipe.n_traces {
        let place = spans.len();
        for span in one_trace(recipe, system, trace, &mut next_id, chance) {
            spans.push((place + chance.below(SCATTER), span));
        }
    }
    spans.sort_by_key(|(place, _)| *place);
    let spans: Vec<Span> = spans.into_iter().map(|(_, span)| span).collect();
    spans.chunks(recipe.spans_per_message).for_each(send);
    // Rounds lie over one another: all of them are of the same hour.
    0
}

fn one_trace(recipe: Recipe, system: &System, trace: u32, next_id: &mut u32, chance: &mut Chance) -> Vec<Span> {
    let n_spans = 8 + chance.below(5);
    let start_us = chance.below(SPREAD_US) as u64;
    let mut id = || {
        *next_id += 1;
        *next_id - 1
    };
    let mut service = chance.below(4);
    let root = Span { trace, id: id(), ..half(system, service, Kind::Server, start_us, chance) };
    let (mut spans, mut parent) = (vec![root], 0);
    while spans.len() < n_spans {
        let target = (service + 1 + chance.zipf_below(SERVICES.len(), 0.7)) % SERVICES.len();
        let at_us = start_us + spans.len() as u64 * 300;
        let client_id = id();
        let mut client = Span { trace, id: client_id, ..half(system, service, Kind::Client, at_us, chance) };
        client.parent = Some(spans[parent].id);
        client.remote = Some(Endpoint { service: Some(SERVICES[target]), ..Endpoint::default() });
        let mut server = Span { trace, ..half(system, target, Kind::Server, at_us + 100, chance) };
        let joins = recipe.shares_ids && target.is_multiple_of(2);
        (server.id, server.parent, server.shared) =
            if joins { (client_id, client.parent, true) } else { (id(), Some(client_id), false) };
        spans.push(client);
        if spans.len() < n_spans {
            spans.push(server);
            (service, parent) = (target, spans.len() - 1);
        }
    }
    spans
}

fn half(system: &System, service: usize, kind: Kind, start_us: u64, chance: &mut Chance) -> Span {
    let instance = chance.below(N_INSTANCES);
    let operation = chance.zipf_below(RESOURCES.len(), 0.9);
    let what = &system.services[service].operations[operation];
    let failed = chance.happens(FAILED_SHARE);
    let mut tags = vec![
        ("http.method", fixed(what.method)),
        ("http.path", vec![Part::Fixed(format!("{}/", what.path).into()), Part::Drawn(Draw::Zipf)]),
        ("http.route", fixed(format!("{}/{{id}}", what.path))),
        ("http.status_code", fixed(if failed { "500" } else { "200" })),
        (
            "customer.id",
            vec![Part::Fixed("c-".into()), Part::Drawn(Draw::Number { first: 100_000, count: 400_000, digits: 6 })],
        ),
    ];
    if chance.happens(0.8) {
        tags.push(("region", fixed(REGIONS[service % REGIONS.len()])));
        tags.push(("instance", fixed(system.services[service].instances[instance].name.clone())));
    }
    if failed {
        tags.push(("error", fixed("upstream request timeout")));
    }
    if chance.happens(RARE_SHARE) {
        tags.push(("rare", fixed("yes")));
    }
    Span {
        trace: 0,
        id: 0,
        parent: None,
        kind,
        shared: false,
        name: fixed(what.name.clone()),
        start_us,
        duration_us: chance.log_normal(what.median_us * 4.0, DURATION_SIGMA).max(20.0) as u64,
        reporter: service * N_INSTANCES + instance,
        local: Endpoint {
            service: Some(SERVICES[service]),
            ip: system.services[service].instances[instance].ip,
            port: 8080,
        },
        remote: None,
        tags,
        events: Vec::new(),
    }
}
