//! What is made of a span on its way in: ids, names, times, endpoints, annotations, tags.

use super::ask::{Case, Host, round};

/// A span of these fields comes back with those, between the ids that every case has.
macro_rules! span {
    ($name:literal, $sent:literal, $told:literal) => {
        round(
            $name,
            concat!(r#"[{"traceId":"@t1","id":"1""#, $sent, "}]"),
            "/api/v2/trace/@t1",
            concat!(r#"[{"traceId":"@t1","id":"0000000000000001""#, $told, "}]"),
        )
    };
}

/// One span as sent and as told.
macro_rules! whole {
    ($name:literal, $sent:literal, $ask:literal, $told:literal) => {
        round($name, concat!("[", $sent, "]"), concat!("/api/v2/trace/", $ask), concat!("[", $told, "]"))
    };
}

pub const CASES: &[Case] = &[
    whole!(
        "ids are filled up to 16 digits",
        r#"{"traceId":"@t1","parentId":"1","id":"2"}"#,
        "@t1",
        r#"{"traceId":"@t1","parentId":"0000000000000001","id":"0000000000000002"}"#
    ),
    whole!(
        "a trace id of 31 digits is filled up to 32",
        r#"{"traceId":"63ac35c9f6413ad@low1","id":"1"}"#,
        "063ac35c9f6413ad@low1",
        r#"{"traceId":"063ac35c9f6413ad@low1","id":"0000000000000001"}"#
    ),
    whole!(
        "a trace id of 17 digits is filled up to 32",
        r#"{"traceId":"1@low1","id":"1"}"#,
        "1@low1",
        r#"{"traceId":"0000000000000001@low1","id":"0000000000000001"}"#
    ),
    whole!(
        "a trace id whose high half is zeros is cut",
        r#"{"traceId":"0000000000000000@low1","id":"1"}"#,
        "@low1",
        r#"{"traceId":"@low1","id":"0000000000000001"}"#
    ),
    whole!(
        "a trace id of 16 digits stays",
        r#"{"traceId":"@low1","id":"1"}"#,
        "@low1",
        r#"{"traceId":"@low1","id":"0000000000000001"}"#
    ),
    whole!(
        "a parent of zeros is none",
        r#"{"traceId":"@t1","parentId":"0","id":"2"}"#,
        "@t1",
        r#"{"traceId":"@t1","id":"0000000000000002"}"#
    ),
    whole!(
        "a span that is its own parent has none",
        r#"{"traceId":"@t1","parentId":"2","id":"2"}"#,
        "@t1",
        r#"{"traceId":"@t1","id":"0000000000000002"}"#
    ),
    whole!(
        "an id given as a number",
        r#"{"traceId":"@t1","id":12}"#,
        "@t1",
        r#"{"traceId":"@t1","id":"0000000000000012"}"#
    ),
    whole!(
        "fields come in Zipkin's order",
        r#"{"shared":true,"debug":true,"tags":{"b":"2","a":"1"},"annotations":[{"value":"x","timestamp":5}],"remoteEndpoint":{"port":2,"ipv6":"2001:db8::1","ipv4":"1.2.3.4","serviceName":"b"},"localEndpoint":{"port":1,"serviceName":"a"},"duration":7,"timestamp":@us,"name":"n","kind":"SERVER","id":"2","parentId":"1","traceId":"@t1"}"#,
        "@t1",
        r#"{"traceId":"@t1","parentId":"0000000000000001","id":"0000000000000002","kind":"SERVER","name":"n","timestamp":@us,"duration":7,"localEndpoint":{"serviceName":"a","port":1},"remoteEndpoint":{"serviceName":"b","ipv4":"1.2.3.4","ipv6":"2001:db8::1","port":2},"annotations":[{"timestamp":5,"value":"x"}],"tags":{"a":"1","b":"2"},"debug":true,"shared":true}"#
    ),
    span!("a name is told in lower case", r#","name":"GET /Users""#, r#","name":"get /users""#),
    span!("an empty name is none", r#","name":"""#, ""),
    span!("a name of spaces stays", r#","name":" ""#, r#","name":" ""#),
    span!(
        "a service is told in lower case",
        r#","localEndpoint":{"serviceName":"Front"}"#,
        r#","localEndpoint":{"serviceName":"front"}"#
    ),
    span!(
        "an empty service is none",
        r#","localEndpoint":{"serviceName":"","ipv4":"1.2.3.4"}"#,
        r#","localEndpoint":{"ipv4":"1.2.3.4"}"#
    ),
    span!("an endpoint without anything is none", r#","localEndpoint":{},"remoteEndpoint":{}"#, ""),
    span!(
        "an endpoint of nulls is none",
        r#","localEndpoint":{"serviceName":null,"ipv4":null,"ipv6":null,"port":null}"#,
        ""
    ),
    span!("an endpoint of a zero port is none", r#","remoteEndpoint":{"port":0}"#, ""),
    span!(
        "a negative port is none",
        r#","localEndpoint":{"serviceName":"a","port":-1}"#,
        r#","localEndpoint":{"serviceName":"a"}"#
    ),
    span!("the largest port", r#","localEndpoint":{"port":65535}"#, r#","localEndpoint":{"port":65535}"#),
    span!(
        "an address that is none is left out",
        r#","localEndpoint":{"serviceName":"a","ipv4":"1.2.3"}"#,
        r#","localEndpoint":{"serviceName":"a"}"#
    ),
    span!(
        "a host's name is no address",
        r#","localEndpoint":{"serviceName":"a","ipv4":"localhost"}"#,
        r#","localEndpoint":{"serviceName":"a"}"#
    ),
    span!(
        "an IPv6 address is told in its shortest form",
        r#","localEndpoint":{"ipv6":"2001:0DB8:0000:0000:0000:0000:0000:C001"}"#,
        r#","localEndpoint":{"ipv6":"2001:db8::c001"}"#
    ),
    span!(
        "an IPv4 address in IPv6's clothes is IPv4",
        r#","localEndpoint":{"ipv6":"::ffff:43.0.192.2"}"#,
        r#","localEndpoint":{"ipv4":"43.0.192.2"}"#
    ),
    span!(
        "and in its older ones",
        r#","localEndpoint":{"ipv6":"::43.0.192.2"}"#,
        r#","localEndpoint":{"ipv4":"43.0.192.2"}"#
    ),
    span!("loopback stays IPv6", r#","localEndpoint":{"ipv6":"::1"}"#, r#","localEndpoint":{"ipv6":"::1"}"#),
    span!(
        "an endpoint may have both",
        r#","localEndpoint":{"ipv4":"1.2.3.4","ipv6":"2001:db8::1"}"#,
        r#","localEndpoint":{"ipv4":"1.2.3.4","ipv6":"2001:db8::1"}"#
    ),
    span!(
        "an IPv6 address under IPv4's name",
        r#","localEndpoint":{"ipv4":"2001:db8::1"}"#,
        r#","localEndpoint":{"ipv6":"2001:db8::1"}"#
    ),
    span!("a client is never the joining side", r#","kind":"CLIENT","shared":true"#, r#","kind":"CLIENT""#),
    span!("a server may be", r#","kind":"SERVER","shared":true"#, r#","kind":"SERVER","shared":true"#),
    span!("a producer", r#","kind":"PRODUCER""#, r#","kind":"PRODUCER""#),
    span!("a consumer", r#","kind":"CONSUMER""#, r#","kind":"CONSUMER""#),
    span!("a zero time is none", r#","timestamp":0,"duration":0"#, ""),
    span!("a negative time is none", r#","timestamp":-1,"duration":-1"#, ""),
    span!("the shortest duration", r#","duration":1"#, r#","duration":1"#),
    span!(
        "annotations are sorted by time, then by value",
        r#","annotations":[{"timestamp":2,"value":"b"},{"timestamp":1,"value":"z"},{"timestamp":2,"value":"a"}]"#,
        r#","annotations":[{"timestamp":1,"value":"z"},{"timestamp":2,"value":"a"},{"timestamp":2,"value":"b"}]"#
    ),
    span!(
        "a repeated annotation is one",
        r#","annotations":[{"timestamp":1,"value":"a"},{"timestamp":1,"value":"a"}]"#,
        r#","annotations":[{"timestamp":1,"value":"a"}]"#
    ),
    span!("an empty list of annotations is none", r#","annotations":[]"#, ""),
    span!("tags are sorted by key", r#","tags":{"b":"1","a":"2","B":"3"}"#, r#","tags":{"B":"3","a":"2","b":"1"}"#),
    span!("the last value of a tag counts", r#","tags":{"a":"1","a":"2"}"#, r#","tags":{"a":"2"}"#),
    span!("an empty value is legal", r#","tags":{"a":""}"#, r#","tags":{"a":""}"#),
    span!("no tags are none", r#","tags":{}"#, ""),
    span!("a tag's case stays", r#","tags":{"Http.Path":"/API"}"#, r#","tags":{"Http.Path":"/API"}"#),
    span!("a number as a tag is text", r#","tags":{"a":500}"#, r#","tags":{"a":"500"}"#),
    span!("debug", r#","debug":true"#, r#","debug":true"#),
    span!("not debug is left out", r#","debug":false,"shared":false"#, ""),
    span!(
        "control characters are escaped",
        r#","tags":{"a":"\u0000\u001f\b\f\n\r\t"}"#,
        r#","tags":{"a":"\u0000\u001f\b\f\n\r\t"}"#
    ),
    span!("quotes, backslashes, and slashes that are none", r#","tags":{"a":"\"\\\/"}"#, r#","tags":{"a":"\"\\/"}"#),
    span!("line separators are escaped", r#","tags":{"a":"\u2028\u2029"}"#, r#","tags":{"a":"\u2028\u2029"}"#),
    span!(
        "line separators beside other letters",
        r#","tags":{"a":"é\u2028⻩\u2029💩"}"#,
        r#","tags":{"a":"é\u2028⻩\u2029💩"}"#
    )
    .ours(),
    span!("escaped letters are told as they are", r#","tags":{"a":"\u00e9\ud83d\udca9"}"#, r#","tags":{"a":"é💩"}"#),
    span!(
        "an unknown field is skipped at any depth",
        r#","extra":{"a":[1,{"b":null}]},"localEndpoint":{"serviceName":"a","zone":[1]}"#,
        r#","localEndpoint":{"serviceName":"a"}"#
    ),
    span!(
        "nulls of optional fields are none",
        r#","parentId":null,"kind":null,"name":null,"timestamp":null,"duration":null,"localEndpoint":null,"remoteEndpoint":null,"annotations":null,"tags":null,"debug":null,"shared":null"#,
        ""
    ),
    span!(
        "numbers in quotes are numbers",
        r#","timestamp":"@us","duration":"7","localEndpoint":{"port":"80"}"#,
        r#","timestamp":@us,"duration":7,"localEndpoint":{"port":80}"#
    ),
];

#[test]
fn spans_are_normalised_as_zipkin_normalises_them() {
    Host::start(&[]).check(CASES);
}
