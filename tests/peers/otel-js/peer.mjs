/** Two services traced by OpenTelemetry's SDK for Node: `traceparent` between them, spans sent over OTLP. */

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { once } from "node:events";
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, defaultTextMapGetter, defaultTextMapSetter, trace } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter as GrpcExporter } from "@opentelemetry/exporter-trace-otlp-grpc";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

const { PEER_FRONT, PEER_BACK, PEER_ENCODING, PEER_OTLP_HTTP, PEER_OTLP_GRPC } = process.env;
const EXPORTERS = {
  protobuf: () => new ProtobufExporter({ url: `${PEER_OTLP_HTTP}/v1/traces` }),
  json: () => new JsonExporter({ url: `${PEER_OTLP_HTTP}/v1/traces` }),
  grpc: () => new GrpcExporter({ url: PEER_OTLP_GRPC }),
};
const propagator = new W3CTraceContextPropagator();

const providerOf = (service) =>
  new NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": service, "deployment.environment.name": "peers" }),
    spanProcessors: [new BatchSpanProcessor(EXPORTERS[PEER_ENCODING]())],
  });

/** Serves; `handle` gets the request, its span and the context to call on with, and answers a status. */
async function serve(tracer, handle) {
  const server = createServer(async (request, response) => {
    const caller = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
    const attributes = { "http.request.method": request.method, "url.path": request.url };
    const span = tracer.startSpan(request.method, { kind: SpanKind.SERVER, attributes }, caller);
    const status = await handle(request, span, trace.setSpan(caller, span));
    span.setAttribute("http.response.status_code", status);
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
    response.writeHead(status, { "trace-id": span.spanContext().traceId }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

const orderOf = (request) => request.url.split("/").at(-1);

const providers = [providerOf(PEER_FRONT), providerOf(PEER_BACK)];
const [frontTracer, backTracer] = providers.map((provider) => provider.getTracer("peer"));

const back = await serve(backTracer, async (request, span) => {
  span.setAttribute("order.id", orderOf(request)).addEvent("stock.read", { rows: 3 });
  return orderOf(request) === "broken" ? 500 : 200;
});

const front = await serve(frontTracer, async (request, _span, context) => {
  const url = `http://127.0.0.1:${back.address().port}/items/${orderOf(request)}`;
  const attributes = { "http.request.method": "GET", "url.full": url };
  const span = frontTracer.startSpan("GET", { kind: SpanKind.CLIENT, attributes }, context);
  const headers = {};
  propagator.inject(trace.setSpan(context, span), headers, defaultTextMapSetter);
  const answer = await fetch(url, { headers });
  span.setAttribute("http.response.status_code", answer.status);
  if (!answer.ok) span.setStatus({ code: SpanStatusCode.ERROR, message: `the back answered ${answer.status}` });
  span.end();
  return answer.ok ? 200 : 502;
});

const traces = [];
for (const order of ["1", "2", "broken"]) {
  const answer = await fetch(`http://127.0.0.1:${front.address().port}/orders/${order}`);
  traces.push(answer.headers.get("trace-id"));
}
for (const provider of providers) await provider.shutdown();

const require = createRequire(import.meta.url);
const { version } = require("@opentelemetry/sdk-trace-node/package.json");
console.log(JSON.stringify({ client: `OpenTelemetry JS ${version}`, traces: traces.slice(0, 2), broken: traces[2] }));
process.exit(0);
