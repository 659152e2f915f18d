"""Two services traced by py_zipkin: B3 headers between them, one message a request."""

import json
import os
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import urlsplit

from py_zipkin import Encoding, Kind
from py_zipkin.request_helpers import create_http_headers, extract_zipkin_attrs_from_headers
from py_zipkin.transport import SimpleHTTPTransport
from py_zipkin.zipkin import zipkin_span

ENCODINGS = {"thrift": "V1_THRIFT", "json-v1": "V1_JSON", "json-v2": "V2_JSON", "proto3": "V2_PROTO3"}
ENCODING = getattr(Encoding, ENCODINGS[os.environ["PEER_ENCODING"]])
ZIPKIN = urlsplit(os.environ["PEER_ZIPKIN"])
FRONT, BACK = os.environ["PEER_FRONT"], os.environ["PEER_BACK"]


def server_span(service, port, headers):
    """The span of an incoming request: it joins the caller's where its headers say so."""
    return zipkin_span(
        service_name=service,
        span_name="get",
        kind=Kind.SERVER,
        transport_handler=SimpleHTTPTransport(ZIPKIN.hostname, ZIPKIN.port),
        zipkin_attrs=extract_zipkin_attrs_from_headers(headers),
        sample_rate=100.0,
        host="127.0.0.1",
        port=port,
        encoding=ENCODING,
    )


class Handler(BaseHTTPRequestHandler):
    """What both services share: an answer with the trace's id."""

    def answer(self, status, trace_id):
        self.send_response(status)
        self.send_header("trace-id", trace_id)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Says nothing: standard output is for the report."""


class Back(Handler):
    def do_GET(self):
        broken = self.path.endswith("/broken")
        with server_span(BACK, self.server.server_port, self.headers) as span:
            span.update_binary_annotations({"http.path": self.path})
            if broken:
                span.update_binary_annotations({"error": "no such item"})
        # The span is sent before the answer: py_zipkin sends in the thread of the request.
        self.answer(500 if broken else 200, span.zipkin_attrs.trace_id)


class Front(Handler):
    back_port = 0

    def do_GET(self):
        with server_span(FRONT, self.server.server_port, self.headers) as span:
            span.update_binary_annotations({"http.path": self.path})
            trace_id, status = span.zipkin_attrs.trace_id, 200
            try:
                self.ask_back(self.path.rsplit("/", 1)[1])
            except urllib.error.HTTPError:
                span.update_binary_annotations({"error": "the back failed"})
                status = 502
        self.answer(status, trace_id)

    def ask_back(self, order):
        # An exception that leaves the block becomes the span's `error` tag.
        with zipkin_span(service_name=FRONT, span_name="get", kind=Kind.CLIENT) as span:
            span.add_sa_binary_annotation(port=self.back_port, service_name="peer-of-front", host="127.0.0.1")
            request = urllib.request.Request(
                f"http://127.0.0.1:{self.back_port}/items/{order}",
                headers={name: value for name, value in create_http_headers().items() if value},
            )
            urllib.request.urlopen(request).close()


def serve(handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def ask(port, order):
    """Asks the front as a caller who does not trace; answers the trace's id."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/orders/{order}") as answer:
            return answer.headers["trace-id"]
    except urllib.error.HTTPError as refused:
        return refused.headers["trace-id"]


Front.back_port = serve(Back)
front_port = serve(Front)
traces = [ask(front_port, order) for order in ("1", "2", "broken")]
print(json.dumps({"client": f"py_zipkin {version('py_zipkin')}", "traces": traces[:2], "broken": traces[2]}))
