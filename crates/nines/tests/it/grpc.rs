//! gRPC as a client that is not ours speaks it: tonic's, on every address, with and without compression.

use crate::bodies::{otlp, otlp_with_ids, proto3, shown, shown_of_otlp};
use crate::process::{Server, free_port, now_us};
use crate::raw::{Connection, post};
use bytes::{Buf, BufMut, Bytes};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tonic::codec::{Codec, CompressionEncoding, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::{Code, Status};

const EXPORT: &str = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
const REPORT: &str = "/zipkin.proto3.SpanService/Report";

/// Messages as bytes: what is in them is not the client's affair.
#[derive(Clone, Copy)]
struct Raw;

impl Codec for Raw {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Raw;
    type Decoder = Raw;

    fn encoder(&mut self) -> Raw {
        *self
    }

    fn decoder(&mut self) -> Raw {
        *self
    }
}

impl Encoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, item: Bytes, out: &mut EncodeBuf<'_>) -> Result<(), Status> {
        out.put(item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(from.copy_to_bytes(from.remaining())))
    }
}

/// Calls a method at `http://HOST:PORT` and waits for its end.
fn call(
    url: &str,
    method: &'static str,
    message: Vec<u8>,
    packing: Option<CompressionEncoding>,
) -> Result<Bytes, Status> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let address = url.strip_prefix("http://").unwrap();
        let io = TokioIo::new(tokio::net::TcpStream::connect(address).await.unwrap());
        let (sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await.unwrap();
        tokio::spawn(connection);
        let service = tower::service_fn(move |request: http::Request<tonic::body::Body>| {
            let mut sender = sender.clone();
            async move { sender.send_request(request).await as Result<http::Response<Incoming>, hyper::Error> }
        });
        let mut client = tonic::client::Grpc::with_origin(service, url.parse().unwrap());
        if let Some(packing) = packing {
            client = client.send_compressed(packing).accept_compressed(packing);
        }
        let request = tonic::Request::new(Bytes::from(message));
        client.unary(request, method.parse().unwrap(), Raw).await.map(tonic::Response::into_inner)
    })
}

#[test]
fn spans_come_over_grpc_on_every_address_whatever_packs_them() {
    let folder = tempfile::tempdir().unwrap();
    let (otlp_http, otlp_grpc) = (format!("127.0.0.1:{}", free_port()), format!("127.0.0.1:{}", free_port()));
    let more = ["--storage", "mem", "--otlp-http", &otlp_http, "--otlp-grpc", &otlp_grpc];
    let server = Server::start(&folder.path().join("data"), &more);
    let now = now_us();
    let mut trace = 0;
    for url in [server.url.clone(), format!("http://{otlp_grpc}"), format!("http://{otlp_http}")] {
        for packing in [None, Some(CompressionEncoding::Gzip), Some(CompressionEncoding::Zstd)] {
            let check = |method, body: Vec<u8>, trace: u64, shown: String| {
                assert_eq!(call(&url, method, body, packing).expect(method), "", "{url} {packing:?}");
                assert_eq!(server.get(&format!("/api/v2/trace/{trace:x}")).text, shown, "{url}");
            };
            trace += 2;
            check(EXPORT, otlp(trace, now), trace, shown_of_otlp(trace, now));
            check(REPORT, proto3(trace + 1, now), trace + 1, shown(trace + 1, now));
        }
    }
    let metrics = server.get("/metrics").json();
    for transport in ["grpc", "otel/grpc"] {
        assert_eq!(metrics[format!("counter.zipkin_collector.messages.{transport}")], 9);
        assert_eq!(metrics[format!("counter.zipkin_collector.spans.{transport}")], 9);
        assert_eq!(metrics[format!("counter.zipkin_collector.messages_dropped.{transport}")], 0);
    }
}

#[test]
fn what_is_wrong_with_a_call_is_said_in_its_status() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &["--storage", "mem"]);
    let refused = |method, message, packing| {
        let status = call(&server.url, method, message, packing).expect_err(method);
        // No answer to a sender's fault asks for the same again.
        assert!(status.details().is_empty(), "{status:?}");
        (status.code(), status.message().to_owned())
    };
    let (code, text) = refused(EXPORT, vec![0xff], None);
    assert_eq!(code, Code::InvalidArgument);
    assert!(text.ends_with("reading ExportTraceServiceRequest from protobuf"), "{text}");
    let (code, text) = refused(REPORT, vec![10, 66, 1], None);
    assert_eq!(code, Code::InvalidArgument);
    assert!(text.ends_with("reading List<Span> from proto3"), "{text}");
    let (code, text) = refused(REPORT, b"hello".to_vec(), None);
    // The line feed at the end of Zipkin's sentence comes through a header all the same.
    assert_eq!((code, text.as_str()), (Code::InvalidArgument, "Expected a PROTO3 encoded list\n"));
    let (code, text) = refused(EXPORT, vec![0; (10 << 20) + 1], None);
    assert_eq!((code, text.contains("larger than 10485760 bytes")), (Code::ResourceExhausted, true), "{text}");
    let (code, text) = refused(EXPORT, vec![b' '; 17 << 20], Some(CompressionEncoding::Gzip));
    assert_eq!((code, text.contains("larger than 16777216 bytes")), (Code::ResourceExhausted, true), "{text}");

    // A span that is none is left out and counted; the others are taken.
    let two = [otlp_with_ids(&[1; 15], now_us()), otlp(7, now_us())].concat();
    let reply = call(&server.url, EXPORT, two, None).unwrap();
    assert!(reply[0] == 0x0a && reply[2..4] == [8, 1], "{reply:?}");
    assert_eq!(server.get("/api/v2/trace/7").status, 200);

    let unknown = call(&server.url, "/opentelemetry.proto.collector.logs.v1.LogsService/Export", Vec::new(), None);
    assert_eq!(unknown.expect_err("a method that is not there").code(), Code::Unimplemented);
    let mut connection = Connection::to(&server.url);
    connection.send(post(EXPORT, &[("content-type", "application/grpc")], b"\0\0\0\0\0"));
    let answer = connection.answer().unwrap();
    assert_eq!(answer.status, 415, "gRPC over HTTP/1.1: {answer:?}");
    assert!(String::from_utf8_lossy(&answer.body).contains("HTTP/2"));
}

#[test]
fn closed_to_grpc_every_method_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &["--storage", "mem", "--collector-grpc", "false"]);
    for method in [EXPORT, REPORT] {
        let status = call(&server.url, method, Vec::new(), None).expect_err(method);
        assert_eq!(
            (status.code(), status.message()),
            (Code::Unimplemented, &*format!("there is no method {method} here"))
        );
    }
}
