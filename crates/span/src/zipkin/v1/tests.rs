//! The rules, each by name. A span of version 1 is written as its time and duration, annotations
//! (`cs 1 web`: value, time, service) and binary annotations (`key=value web`, `sa:db`); what it becomes as a
//! line for each span.

use super::{Annotation, BinaryAnnotation, Converter, Head, id, trace_id};
use crate::Batch;
use crate::batch::{EndpointRef, SpanView};
use crate::model::Kind;

fn endpoint(text: &str) -> EndpointRef<'_> {
    let (service, port) = text.split_once('#').unwrap_or((text, "0"));
    EndpointRef { service, port: port.parse().unwrap(), ..EndpointRef::default() }
}

fn shown_endpoint(endpoint: &EndpointRef<'_>) -> String {
    if endpoint.port == 0 { endpoint.service.to_owned() } else { format!("{}#{}", endpoint.service, endpoint.port) }
}

/// Reads the notation.
fn read<'a>(text: &'a str, converter: &mut Converter<'a>) -> Head<'a> {
    let mut head = Head { trace_id: 1, id: 3, parent_id: 2, ..Head::default() };
    converter.begin();
    for item in text.split(", ") {
        let words: Vec<&str> = item.split(' ').collect();
        let host = |nth: usize| words.get(nth).map(|text| endpoint(text)).unwrap_or_default();
        if let Some(times) = item.strip_prefix('@') {
            let (timestamp, duration) = times.split_once('+').unwrap_or((times, "0"));
            (head.timestamp, head.duration) = (timestamp.parse().unwrap(), duration.parse().unwrap());
        } else if let Some((key, value)) = words[0].split_once('=') {
            converter.binary_annotations.push(BinaryAnnotation { key, value: Some(value), endpoint: host(1) });
        } else if let Some((key, host)) = words[0].split_once(':') {
            converter.binary_annotations.push(BinaryAnnotation { key, value: None, endpoint: endpoint(host) });
        } else if !item.is_empty() {
            let timestamp = words[1].parse().unwrap();
            converter.annotations.push(Annotation { timestamp, value: words[0], endpoint: host(2) });
        }
    }
    head
}

fn shown(view: SpanView<'_, '_>) -> String {
    let span = view.span;
    let mut parts = Vec::new();
    if span.kind != Kind::Unspecified {
        parts.push(format!("{:?}", span.kind).to_lowercase());
    }
    if !span.local.is_empty() || !span.remote.is_empty() {
        let remote =
            if span.remote.is_empty() { String::new() } else { format!(" -> {}", shown_endpoint(&span.remote)) };
        parts.push(format!("{}{remote}", shown_endpoint(&span.local)));
    }
    match (span.start.us, span.duration.us) {
        (0, 0) => {}
        (start, 0) => parts.push(format!("@{start}")),
        (start, duration) => parts.push(format!("@{start}+{duration}")),
    }
    if span.shared {
        parts.push("shared".to_owned());
    }
    parts.extend(view.events().iter().map(|event| format!("[{} {}]", event.name, event.time.us)));
    parts.extend(view.tags().iter().map(|(key, value)| format!("{key}={}", value.text())));
    parts.join(" ").trim().to_owned()
}

#[track_caller]
fn check(text: &str, expect: &[&str]) {
    let (mut converter, mut batch) = (Converter::default(), Batch::default());
    let head = read(text, &mut converter);
    converter.finish(&head, &mut batch);
    let lines: Vec<String> = batch.views().map(shown).collect();
    assert_eq!(lines, expect, "of {text:?}");
}

#[test]
fn both_ends_of_one_side_give_kind_time_and_duration() {
    check("cs 1 web, cr 5 web", &["client web @1+4"]);
    check("sr 1 web, ss 5 web", &["server web @1+4 shared"]);
    check("ms 1 web, ws 5 web", &["producer web @1+4"]);
    check("wr 1 web, mr 5 web", &["consumer web @1+4"]);
    check("cr 5 web, cs 1 web", &["client web @1+4"]);
}

#[test]
fn what_the_span_says_itself_counts_before_its_ends() {
    check("@2+9, cs 1 web, cr 5 web", &["client web @2+9"]);
    check("@2+9, sr 1 web, ss 5 web", &["server web @2+9"]);
    check("@2+9, ms 1 web, ws 5 web", &["producer web @2+9"]);
    check("@2+9, wr 1 web, mr 5 web", &["consumer web @2+9"]);
    // A time without a duration is less than the two ends.
    check("@2, cs 1 web, cr 5 web", &["client web @1+4"]);
}

#[test]
fn a_duration_below_zero_is_none() {
    check("cs 5 web, cr 1 web", &["client web @5"]);
    check("cs 1 web, cr 9 web, sr 5 api, ss 3 api", &["client web @1+8", "server api @5 shared"]);
    check("@-3+9, x 5 web", &["web @0+9 [x 5]"]);
}

#[test]
fn a_side_without_its_end_has_a_time_alone() {
    check("cs 1 web", &["client web @1"]);
    check("sr 1 web", &["server web @1 shared"]);
    check("ms 1 web", &["producer web @1"]);
    check("mr 1 web", &["consumer web @1"]);
    check("@7, cs 1 web", &["client web @7"]);
}

#[test]
fn a_side_without_its_beginning_keeps_the_end_as_an_annotation() {
    check("cr 5 web", &["client web [cr 5]"]);
    check("ss 5 web", &["server web [ss 5]"]);
    check("@2+9, cr 5 web", &["client web @2+9 [cr 5]"]);
    check("ws 5 web", &["web [ws 5]"]);
    check("wr 5 web", &["web [wr 5]"]);
}

#[test]
fn an_end_that_time_and_duration_reach_tells_the_beginning() {
    check("@1+4, cr 5 web", &["client web @1+4"]);
    check("@1+4, ss 5 web", &["server web @1+4"]);
}

#[test]
fn a_span_of_both_sides_is_a_client_and_a_shared_server() {
    check("cs 1 web, sr 2 api, ss 4 api, cr 6 web", &["client web @1+5", "server api @2+2 shared"]);
    check("@1+8, cs 1 web, sr 2 api, ss 4 api, cr 6 web", &["client web @1+8", "server api @2+2 shared"]);
    check("cs 1 web, sr 2 api", &["client web @1", "server api @2 shared"]);
    check("cs 1 web, sr 2 api, ss 4 api", &["client web @1", "server api @2+2 shared"]);
    check("cs 1 web, sr 2 api, cr 6 web", &["client web @1+5", "server api @2 shared"]);
    // The server's clock is early: it is the first half.
    check("sr 1 api, cs 2 web, cr 6 web, ss 4 api", &["server api @1+3 shared", "client web @2+4"]);
}

#[test]
fn a_service_that_calls_itself_is_split_too() {
    check("cs 1 web, sr 2 web, ss 4 web, cr 6 web", &["client web @1+5", "server web @2+2 shared"]);
    check("cs 1 web, sr 2 web", &["client web @1", "server web @2 shared"]);
    check("ms 1 web, mr 4 web", &["producer web @1", "consumer web @4 shared"]);
    check("ms 1 web, ws 2 web, wr 3 web, mr 6 web", &["producer web @1+1", "consumer web @3+3 shared"]);
}

#[test]
fn services_differ_in_more_than_their_case() {
    check("cs 1 Web, cr 5 wEB, x 2 WEB", &["client Web @1+4 [x 2]"]);
    check("cs 1 Straße, cr 5 straße", &["client Straße @1+4"]);
    check("x 1 #80, y 2 #81", &["#80 [x 1] [y 2]"]);
}

#[test]
fn both_sides_of_a_message_are_split() {
    check(
        "ms 1 web, ws 2 web, wr 3 api, mr 6 api, ma:kafka",
        &["producer web -> kafka @1+1", "consumer api -> kafka @3+3 shared"],
    );
    check("ms 1 web, mr 6 api", &["producer web @1", "consumer api @6 shared"]);
}

#[test]
fn ends_on_the_wire_are_annotations_where_there_is_no_message() {
    check("cs 1 web, ws 2 web, wr 5 web, cr 6 web", &["client web @1+5 [ws 2] [wr 5]"]);
}

#[test]
fn a_server_that_says_no_time_or_no_duration_shares_its_id() {
    check("sr 1 web, ss 5 web", &["server web @1+4 shared"]);
    check("@1, sr 2 web, ss 5 web", &["server web @2+3 shared"]);
    check("@1, sr 2 web", &["server web @1"]);
    check("@1+4, sr 2 web", &["server web @1+4"]);
}

#[test]
fn a_core_annotation_without_an_endpoint_is_a_plain_one() {
    check("@1, sr 2", &["@1 [sr 2]"]);
    check("cs 1, cr 5 web", &["client web [cs 1] [cr 5]"]);
}

#[test]
fn of_a_repeated_core_annotation_the_latest_counts() {
    check("cs 1 web, cs 2 web, cr 6 web", &["client web @2+4"]);
}

#[test]
fn each_service_is_a_span_and_what_has_no_endpoint_is_the_firsts() {
    check(
        "foo 1 web, bar 2 web, baz 3 api, qux 4 api, lost 5, foo=bar web, baz=qux api, lost=",
        &["web [foo 1] [bar 2] [lost 5] foo=bar lost=", "api [baz 3] [qux 4] baz=qux"],
    );
    // By time, not by place in the list; by key where no annotation has an endpoint.
    check("b 2 api, a 1 web", &["web [a 1]", "api [b 2]"]);
    check("b=1 api, a=1 web", &["web a=1", "api b=1"]);
    check("", &[""]);
}

#[test]
fn of_a_repeated_key_the_last_sent_counts() {
    check("k=1 web, k=2 web", &["web k=2"]);
    check("k=1 web, k=2 api", &["web k=1", "api k=2"]);
}

#[test]
fn sa_is_the_remote_side_of_a_client() {
    check("cs 1 web, cr 5 web, sa:db", &["client web -> db @1+4"]);
    check("cr 5 web, sa:db", &["client web -> db [cr 5]"]);
    check("cs 1 web, sa=1 db", &["client web -> db @1"]);
    check("sr 1 web, ss 2 web, sa:web", &["server web @1+1 shared"]);
    // A client may call its own service.
    check("cs 1 web, cr 5 web, ca:web, sa:web", &["client web -> web @1+4"]);
}

#[test]
fn ca_is_the_remote_side_of_a_server() {
    check("@1+4, sr 1 api, ss 5 api, ca:web", &["server api -> web @1+4"]);
    check("ss 5 api, ca:web", &["server api -> web [ss 5]"]);
    check("@1+4, sr 1 api, ca=1 web", &["server api -> web @1+4"]);
    check(
        "cs 1 web, sr 2 api, ss 4 api, cr 6 web, ca:web, sa:api",
        &["client web -> api @1+5", "server api -> web @2+2 shared"],
    );
}

#[test]
fn a_caller_with_the_servers_own_name_has_none() {
    check("@1+4, sr 1 api, ss 5 api, ca:API", &["server api @1+4"]);
    check("@1+4, sr 1 api#80, ss 5 api#80, ca:api#6000", &["server api#80 -> #6000 @1+4"]);
    check("@1+4, sr 1 api#80, ss 5 api#80, ca:Api#80", &["server api#80 @1+4"]);
}

#[test]
fn ma_is_the_remote_side_of_a_message() {
    check("ms 1 web, ma:kafka", &["producer web -> kafka @1"]);
    check("mr 1 web, ma=1 kafka", &["consumer web -> kafka @1"]);
    check("x 1 web, ma:kafka", &["web [x 1]"]);
}

#[test]
fn addresses_alone_say_who_was_called() {
    check("sa:db", &["-> db"]);
    check("ca:web", &["server  -> web"]);
    check("ca:web, sa:db", &["web -> db"]);
    check("@1+4, lc= web, sa:db", &["web -> db @1+4"]);
    check("k=v api, ca:web, sa:db", &["api k=v", "web -> db"]);
    // A message is no call.
    check("ms 1 web, ma:kafka, sa:db", &["producer web -> db @1"]);
}

#[test]
fn lc_names_the_local_endpoint_and_is_a_tag_where_it_says_more() {
    check("@1+4, lc= web", &["web @1+4"]);
    check("@1+4, lc=reader web", &["web @1+4 lc=reader"]);
}

#[test]
fn ids_flags_and_name_stand_in_every_half() {
    let (mut converter, mut batch) = (Converter::default(), Batch::default());
    let head = read("cs 1 web, sr 2 api", &mut converter);
    converter.finish(&Head { name: "Get", debug: true, ..head }, &mut batch);
    assert_eq!(batch.spans.len(), 2);
    for span in &batch.spans {
        let ids = (span.trace_id.0, span.id.0, span.parent_id.map(|id| id.0));
        assert_eq!((ids, span.name, span.debug), ((1, 3, Some(2)), "Get", true));
    }
}

#[test]
fn many_services_are_found_by_name() {
    let n_services = 40;
    let text: Vec<String> = (0..2 * n_services).map(|nth| format!("x {nth} S{}", nth % n_services)).collect();
    let expect: Vec<String> = (0..n_services).map(|nth| format!("S{nth} [x {nth}] [x {}]", nth + n_services)).collect();
    check(&text.join(", "), &expect.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn dec_2_as_many_services_as_annotations_do_not_take_a_square_of_time() {
    let n_services = 100_000;
    let names: Vec<String> = (0..n_services).map(|nth| format!("service-{nth}")).collect();
    let (mut converter, mut batch) = (Converter::default(), Batch::default());
    converter.annotations =
        names.iter().map(|name| Annotation { timestamp: 1, value: "cs", endpoint: endpoint(name) }).collect();
    converter.finish(&Head { trace_id: 1, id: 2, ..Head::default() }, &mut batch);
    assert_eq!(batch.spans.len(), n_services);
}

#[test]
fn ids_have_up_to_32_digits_of_which_the_last_sixteen_count() {
    let check = |text: &str, expect: Option<u64>| assert_eq!(id(text).ok(), expect, "of {text:?}");
    check("1", Some(1));
    check("0", Some(0));
    check("48485a3953bb61246b221d5bc9e6496c", Some(0x6b22_1d5b_c9e6_496c));
    check("Xy😀6b221d5bc9e6496c", Some(0x6b22_1d5b_c9e6_496c));
    for none in ["", "48485A", "0x1", "é1", "1é", "148485a3953bb61246b221d5bc9e6496c", "g"] {
        check(none, None);
    }
    let error = id("48485A").unwrap_err().to_string();
    assert_eq!(error, "48485A should be a 1 to 32 character lower-hex string with no prefix");
}

#[test]
fn a_trace_id_has_its_high_half_where_it_has_32_digits() {
    let check = |text: &str, expect: Option<u128>| assert_eq!(trace_id(text).ok(), expect, "of {text:?}");
    check("48485a3953bb61246b221d5bc9e6496c", Some(0x4848_5a39_53bb_6124_6b22_1d5b_c9e6_496c));
    check("8485a3953bb61246b221d5bc9e6496c", Some(0x6b22_1d5b_c9e6_496c));
    check("48485A3953bb61246b221d5bc9e6496c", None);
    check("8485A3953bb61246b221d5bc9e6496c", Some(0x6b22_1d5b_c9e6_496c));
    check("x", None);
}
