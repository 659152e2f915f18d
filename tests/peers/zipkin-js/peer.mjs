/** Two services traced by zipkin-js: B3 headers between them, spans sent every fifth of a second. */

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { once } from "node:events";

const require = createRequire(import.meta.url);
const { BatchRecorder, ExplicitContext, Instrumentation, Tracer, jsonEncoder, option } = require("zipkin");
const { HttpLogger } = require("zipkin-transport-http");

const { PEER_FRONT, PEER_BACK, PEER_ENCODING, PEER_ZIPKIN } = process.env;
/** The path must fit the encoder, and the transport's own default is the first. */
const WAYS = {
  "json-v1": { path: "/api/v1/spans", jsonEncoder: jsonEncoder.JSON_V1 },
  "json-v2": { path: "/api/v2/spans", jsonEncoder: jsonEncoder.JSON_V2 },
};
const N_SPANS = 9;

const way = WAYS[PEER_ENCODING];
const logger = new HttpLogger({ endpoint: PEER_ZIPKIN + way.path, jsonEncoder: way.jsonEncoder, httpInterval: 200 });
logger.on("error", (error) => {
  console.error(error);
  process.exit(1);
});

/** Spans handed to the transport, which tells only that a message was taken and not which. */
let nSpans = 0;
const counted = { logSpan: (span) => { nSpans += 1; logger.logSpan(span); } };

const tracerOf = (localServiceName) =>
  new Tracer({ ctxImpl: new ExplicitContext(), recorder: new BatchRecorder({ logger: counted }), localServiceName });

/** Serves; `handle` gets the request and the id of its span, and answers a status. */
async function serve(tracer, handle) {
  const server = createServer(async (request, response) => {
    const { port } = server.address();
    const instrumentation = new Instrumentation.HttpServer({ tracer, port });
    const header = (name) => {
      const value = request.headers[name.toLowerCase()];
      return value === undefined ? option.None : new option.Some(value);
    };
    const id = tracer.scoped(() => instrumentation.recordRequest(request.method, request.url, header));
    const status = await handle(request, id);
    tracer.scoped(() => instrumentation.recordResponse(id, status));
    response.writeHead(status, { "trace-id": id.traceId }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

const orderOf = (request) => request.url.split("/").at(-1);

const back = await serve(tracerOf(PEER_BACK), async (request) => (orderOf(request) === "broken" ? 500 : 200));

const frontTracer = tracerOf(PEER_FRONT);
const client = new Instrumentation.HttpClient({ tracer: frontTracer, remoteServiceName: "peer-of-front" });
const front = await serve(frontTracer, async (request, id) => {
  const url = `http://127.0.0.1:${back.address().port}/items/${orderOf(request)}`;
  const [clientId, options] = frontTracer.scoped(() => {
    frontTracer.setId(id);
    const traced = client.recordRequest({ headers: {} }, url, "GET");
    return [frontTracer.id, traced];
  });
  const answer = await fetch(url, { headers: options.headers });
  frontTracer.scoped(() => client.recordResponse(clientId, answer.status));
  return answer.ok ? 200 : 502;
});

const traces = [];
for (const order of ["1", "2", "broken"]) {
  const answer = await fetch(`http://127.0.0.1:${front.address().port}/orders/${order}`);
  traces.push(answer.headers.get("trace-id"));
}
/** The transport is done when it has no span left and has been told that its last message was taken. */
while (nSpans < N_SPANS || logger.queue.length > 0) await new Promise((resolve) => logger.on("success", resolve));

const { version } = require("zipkin/package.json");
console.log(JSON.stringify({ client: `zipkin-js ${version}`, traces: traces.slice(0, 2), broken: traces[2] }));
process.exit(0);
