//! One client span in every encoding, written field by field, so that no test leans on the code it tests.

/// `kind` of a span that is a client's, in each encoding's own numbers.
const ZIPKIN_CLIENT: u8 = 1;
const OTLP_CLIENT: u8 = 3;

/// The span's id.
const ID: u64 = 0x4848_5a39_53bb_6124;
/// That of its parent.
const PARENT: u64 = 0x6b22_1d5b_c9e6_496c;
/// How long it took.
const DURATION_US: u64 = 207_000;

/// What is posted: the path, the content type, and the span of a trace in the encoding they stand for.
pub struct Form {
    pub path: &'static str,
    pub content_type: &'static str,
    pub body: fn(u64, u64) -> Vec<u8>,
    /// What the server answers to it.
    pub status: u16,
    pub answer: &'static str,
    /// What Zipkin's API shows of it afterwards.
    pub shown: fn(u64, u64) -> String,
}

pub const ZIPKIN_V1: &str = "/api/v1/spans";
pub const ZIPKIN_V2: &str = "/api/v2/spans";
pub const OTLP: &str = "/v1/traces";
pub const JSON: &str = "application/json";
pub const PROTOBUF: &str = "application/x-protobuf";
pub const THRIFT: &str = "application/x-thrift";

/// Every encoding over HTTP.
pub const FORMS: [Form; 6] = [
    Form { path: ZIPKIN_V1, content_type: JSON, body: json_v1, status: 202, answer: "", shown },
    Form { path: ZIPKIN_V1, content_type: THRIFT, body: thrift, status: 202, answer: "", shown },
    Form { path: ZIPKIN_V2, content_type: JSON, body: json_v2, status: 202, answer: "", shown },
    Form { path: ZIPKIN_V2, content_type: PROTOBUF, body: proto3, status: 202, answer: "", shown },
    Form { path: OTLP, content_type: PROTOBUF, body: otlp, status: 200, answer: "", shown: shown_of_otlp },
    Form { path: OTLP, content_type: JSON, body: otlp_json, status: 200, answer: "{}", shown: shown_of_otlp },
];

/// What Zipkin's API shows of the span, whichever of Zipkin's encodings it came in.
pub fn shown(trace: u64, now_us: u64) -> String {
    format!(
        r#"[{{"traceId":"{trace:016x}","parentId":"{PARENT:x}","id":"{ID:x}","kind":"CLIENT","name":"get /orders","timestamp":{now_us},"duration":{DURATION_US},"localEndpoint":{{"serviceName":"frontend","ipv4":"127.0.0.1","port":8080}},"annotations":[{{"timestamp":{now_us},"value":"foo"}}],"tags":{{"http.path":"/api"}}}}]"#
    )
}

/// The same where it came in one of OTLP's, whose resource has no address.
pub fn shown_of_otlp(trace: u64, now_us: u64) -> String {
    shown(trace, now_us).replace(r#","ipv4":"127.0.0.1","port":8080"#, "")
}

/// Zipkin JSON v2.
pub fn json_v2(trace: u64, now_us: u64) -> Vec<u8> {
    shown(trace, now_us).replace("get /orders", "GET /orders").into_bytes()
}

/// Zipkin JSON v1: the kind follows from the annotations.
pub fn json_v1(trace: u64, now_us: u64) -> Vec<u8> {
    let host = r#""endpoint":{"serviceName":"frontend","ipv4":"127.0.0.1","port":8080}"#;
    let end_us = now_us + DURATION_US;
    format!(
        r#"[{{"traceId":"{trace:016x}","parentId":"{PARENT:x}","id":"{ID:x}","name":"GET /orders","timestamp":{now_us},"duration":{DURATION_US},"annotations":[{{"timestamp":{now_us},"value":"cs",{host}}},{{"timestamp":{now_us},"value":"foo",{host}}},{{"timestamp":{end_us},"value":"cr",{host}}}],"binaryAnnotations":[{{"key":"http.path","value":"/api",{host}}}]}}]"#
    )
    .into_bytes()
}

/// Zipkin thrift: a list of one struct, in the binary protocol.
pub fn thrift(trace: u64, now_us: u64) -> Vec<u8> {
    let field = |kind: u8, number: u16| [&[kind][..], &number.to_be_bytes()].concat();
    let long = |number: u16, value: u64| [field(10, number), value.to_be_bytes().to_vec()].concat();
    let text = |number: u16, value: &str| {
        [field(11, number), (value.len() as u32).to_be_bytes().to_vec(), value.as_bytes().to_vec()].concat()
    };
    let list = |number: u16, items: &[Vec<u8>]| {
        [field(15, number), vec![12], (items.len() as u32).to_be_bytes().to_vec(), items.concat()].concat()
    };
    let host = |number: u16| {
        let port = [field(6, 2), 8080u16.to_be_bytes().to_vec()].concat();
        [field(12, number), field(8, 1), vec![127, 0, 0, 1], port, text(3, "frontend"), vec![0]].concat()
    };
    let annotation = |at: u64, value: &str| [long(1, at), text(2, value), host(3), vec![0]].concat();
    let tag = [text(1, "http.path"), text(2, "/api"), field(8, 3), 6u32.to_be_bytes().to_vec(), host(4), vec![0]];
    let annotations = [annotation(now_us, "cs"), annotation(now_us, "foo"), annotation(now_us + DURATION_US, "cr")];
    let span = [
        long(1, trace),
        text(3, "GET /orders"),
        long(4, ID),
        long(5, PARENT),
        list(6, &annotations),
        list(8, &[tag.concat()]),
        long(10, now_us),
        long(11, DURATION_US),
        vec![0],
    ];
    [vec![12, 0, 0, 0, 1], span.concat()].concat()
}

/// Zipkin protobuf, `ListOfSpans`.
pub fn proto3(trace: u64, now_us: u64) -> Vec<u8> {
    let local = [text(1, "Frontend"), message(2, &[127, 0, 0, 1]), vec![4 << 3, 0x90, 0x3f]].concat();
    let span = [
        message(1, &trace.to_be_bytes()),
        message(2, &PARENT.to_be_bytes()),
        message(3, &ID.to_be_bytes()),
        vec![4 << 3, ZIPKIN_CLIENT],
        text(5, "GET /orders"),
        fixed64(6, now_us),
        [vec![7 << 3], varint(DURATION_US)].concat(),
        message(8, &local),
        message(10, &[fixed64(1, now_us), text(2, "foo")].concat()),
        message(11, &[text(1, "http.path"), text(2, "/api")].concat()),
    ];
    message(1, &span.concat())
}

/// OTLP protobuf.
pub fn otlp(trace: u64, now_us: u64) -> Vec<u8> {
    otlp_with_ids(&u128::from(trace).to_be_bytes(), now_us)
}

/// OTLP protobuf, with a trace id of any length.
pub fn otlp_with_ids(trace: &[u8], now_us: u64) -> Vec<u8> {
    let attribute = |field: u8, key: &str, value: &[u8]| message(field, &[text(1, key), message(2, value)].concat());
    let span = [
        message(1, trace),
        message(2, &ID.to_be_bytes()),
        message(4, &PARENT.to_be_bytes()),
        text(5, "GET /orders"),
        vec![6 << 3, OTLP_CLIENT],
        fixed64(7, now_us * 1000),
        fixed64(8, (now_us + DURATION_US) * 1000),
        attribute(9, "http.path", &text(1, "/api")),
        message(11, &[fixed64(1, now_us * 1000), text(2, "foo")].concat()),
    ];
    let resource = attribute(1, "service.name", &text(1, "frontend"));
    message(1, &[message(1, &resource), message(2, &message(2, &span.concat()))].concat())
}

/// OTLP JSON.
pub fn otlp_json(trace: u64, now_us: u64) -> Vec<u8> {
    let (start, end) = (now_us * 1000, (now_us + DURATION_US) * 1000);
    format!(
        r#"{{"resourceSpans":[{{"resource":{{"attributes":[{{"key":"service.name","value":{{"stringValue":"frontend"}}}}]}},"scopeSpans":[{{"spans":[{{"traceId":"{trace:032x}","spanId":"{ID:x}","parentSpanId":"{PARENT:x}","name":"GET /orders","kind":{OTLP_CLIENT},"startTimeUnixNano":"{start}","endTimeUnixNano":"{end}","attributes":[{{"key":"http.path","value":{{"stringValue":"/api"}}}}],"events":[{{"timeUnixNano":"{start}","name":"foo"}}]}}]}}]}}]}}"#
    )
    .into_bytes()
}

fn text(field: u8, text: &str) -> Vec<u8> {
    message(field, text.as_bytes())
}

fn fixed64(field: u8, number: u64) -> Vec<u8> {
    [vec![field << 3 | 1], number.to_le_bytes().to_vec()].concat()
}

fn message(field: u8, bytes: &[u8]) -> Vec<u8> {
    [vec![field << 3 | 2], varint(bytes.len() as u64), bytes.to_vec()].concat()
}

fn varint(mut number: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
    out
}
