"""Two services traced by OpenTelemetry's SDK for Python: `traceparent` between them, spans sent over OTLP."""

import json
import os
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from opentelemetry import trace
from opentelemetry.exporter.otlp.json.http.trace_exporter import OTLPSpanExporter as JsonExporter
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as GrpcExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as ProtobufExporter
from opentelemetry.propagate import extract, inject
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode

OTLP_HTTP, OTLP_GRPC = os.environ["PEER_OTLP_HTTP"], os.environ["PEER_OTLP_GRPC"]
EXPORTERS = {
    "protobuf": lambda: ProtobufExporter(endpoint=f"{OTLP_HTTP}/v1/traces"),
    "json": lambda: JsonExporter(endpoint=f"{OTLP_HTTP}/v1/traces"),
    "grpc": lambda: GrpcExporter(endpoint=OTLP_GRPC, insecure=True),
}


def provider_of(service):
    resource = Resource.create({"service.name": service, "deployment.environment.name": "peers"})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(EXPORTERS[os.environ["PEER_ENCODING"]]()))
    return provider


class Handler(BaseHTTPRequestHandler):
    """What both services share: a server span around the work, and an answer with the trace's id."""

    def do_GET(self):
        attributes = {"http.request.method": "GET", "url.path": self.path}
        tracer, order = self.server.tracer, self.path.rsplit("/", 1)[1]
        # The propagator asks for `traceparent` in lower case, and urllib writes `Traceparent`.
        caller = extract({name.lower(): value for name, value in self.headers.items()})
        with tracer.start_as_current_span("GET", caller, SpanKind.SERVER, attributes) as span:
            status = self.work(order, span)
            span.set_attribute("http.response.status_code", status)
            if status >= 500:
                span.set_status(Status(StatusCode.ERROR))
        self.send_response(status)
        self.send_header("trace-id", trace.format_trace_id(span.get_span_context().trace_id))
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Says nothing: standard output is for the report."""


class Back(Handler):
    def work(self, order, span):
        span.set_attribute("order.id", order)
        span.add_event("stock.read", {"rows": 3})
        return 500 if order == "broken" else 200


class Front(Handler):
    back_port = 0

    def work(self, order, _span):
        url = f"http://127.0.0.1:{self.back_port}/items/{order}"
        attributes = {"http.request.method": "GET", "url.full": url}
        try:
            # An exception that leaves the block becomes an event and the status ERROR.
            with self.server.tracer.start_as_current_span("GET", kind=SpanKind.CLIENT, attributes=attributes):
                headers = {}
                inject(headers)
                urllib.request.urlopen(urllib.request.Request(url, headers=headers)).close()
            return 200
        except urllib.error.HTTPError:
            return 502


def serve(handler, provider):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.tracer = provider.get_tracer("peer")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def ask(port, order):
    """Asks the front as a caller who does not trace; answers the trace's id."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/orders/{order}") as answer:
            return answer.headers["trace-id"]
    except urllib.error.HTTPError as refused:
        return refused.headers["trace-id"]


providers = [provider_of(os.environ["PEER_FRONT"]), provider_of(os.environ["PEER_BACK"])]
Front.back_port = serve(Back, providers[1])
front_port = serve(Front, providers[0])
traces = [ask(front_port, order) for order in ("1", "2", "broken")]
for provider in providers:
    provider.shutdown()
client = f"OpenTelemetry Python {version('opentelemetry-sdk')}"
print(json.dumps({"client": client, "traces": traces[:2], "broken": traces[2]}))
