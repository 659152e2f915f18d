/**
 * Serves dist/ with the answers of fixtures.mjs, so that the page can be worked on without the server.
 *
 *   node dev/server.mjs [--port 9500] [--api URL | --empty] [--fail PATH] [--slow MS]
 *
 * --api passes requests of the API on to a real server instead, so that dist/ can be changed under it;
 * --empty answers as a server that has seen nothing; --fail gives 503 for API paths that begin with PATH.
 */

import { createServer, request as ask } from "node:http";
import { readFileSync } from "node:fs";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import * as fixtures from "./fixtures.mjs";
import * as spans from "./spans.mjs";
import * as toil from "./toil.mjs";

const { values: options } = parseArgs({
  options: { port: { type: "string", default: "9500" }, empty: { type: "boolean", default: false }, fail: { type: "string" }, slow: { type: "string", default: "0" }, api: { type: "string" } },
});
const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8" };
const CSP = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
const API = "/api/nines/v1";

function problem(status, title, detail, more = {}) {
  return { status, body: { type: "about:blank", title, status, detail, ...more } };
}

function answer(url, lang) {
  const path = url.pathname.slice(API.length);
  const get = (name) => url.searchParams.get(name) ?? "";
  if (options.fail !== undefined && path.startsWith(options.fail)) return problem(503, "Service Unavailable", "The fixture was told to fail.", { hint: "Start it without --fail." });
  if (options.empty && path === "/toil/report") return { status: 200, body: toil.emptyReport() };
  if (options.empty && path !== "/complete") return { status: 200, body: { items: [], next: null, directories: ["./definitions"], findings: [], refused: false, nodes: [], edges: [], left: { services: 0, edges: 0 }, spans: 0, targets: [], days: [], sections: [], columns: [], files: [], kinds: [], limits: [], tags: [], selected: null, total: { spans: 0, errors: 0, timed: 0 }, rest: { groups: 0 }, tookUs: 90, cut: null, netd: "absent", why: { fact: "netd cannot be reached at /run/nines/netd.sock", hint: "start it" }, rules: [], drift: [], foreign: [], legacy: [] } };
  const [, first, second, third] = path.split("/").map(decodeURIComponent);
  switch (first) {
    case "slos": {
      const all = fixtures.slos();
      if (!second) return { status: 200, body: all };
      const items = all.items.filter((slo) => slo.name === second);
      if (items.length === 0) return problem(404, "Not Found", `No SLO is called ${second}.`);
      if (third === "latency") return { status: 200, body: fixtures.latency() };
      if (third === "events") return { status: 200, body: fixtures.sloEvents() };
      if (third === "markers") return { status: 200, body: fixtures.markers() };
      if (third === "whatif") return { status: 200, body: fixtures.whatIf(get("target").split(",").map(Number)) };
      if (third === "series") return { status: 200, body: fixtures.series(items[0].budget ?? 1) };
      return { status: 200, body: { items, definition: { file: "examples/game/profile.yaml", line: 12, column: 3 } } };
    }
    case "stories":
      return { status: 200, body: fixtures.stories };
    case "events":
      return { status: 200, body: fixtures.events(lang) };
    case "traffic":
      if (second === "plans") return { status: 200, body: fixtures.plan(third) };
      return { status: 200, body: second === "explain" ? fixtures.explained(get("dst")) : fixtures.traffic() };
    case "toil":
      return second === "report" ? { status: 200, body: toil.report(get) } : { status: 201, body: { imported: 1, duplicate: 0, refused: [] } };
    case "runbooks": {
      const body = second ? toil.runbook(second) : toil.runbooks();
      return body ? { status: 200, body } : problem(404, "Not Found", `No runbook is called ${second}.`);
    }
    case "runs": {
      const body = toil.run(second);
      return body ? { status: 200, body } : problem(404, "Not Found", `No run is called ${second}.`);
    }
    case "definitions":
      return { status: 200, body: fixtures.definitions };
    case "map":
      return { status: 200, body: fixtures.map };
    case "alerts":
      if (get("slo")) return { status: 200, body: fixtures.sloAlerts() };
      return { status: 200, body: get("history") ? { items: fixtures.alertHistory, next: null } : { items: fixtures.alerts, next: null } };
    case "notify":
      return { status: 200, body: fixtures.notify };
    case "about":
      return { status: 200, body: fixtures.about };
    case "store":
      return { status: 200, body: fixtures.store };
    case "services":
      return { status: 200, body: fixtures.services };
    case "policies":
      return { status: 200, body: fixtures.policy(second) };
    case "reports":
      return { status: 200, body: fixtures.reports };
    case "gate":
      return { status: 200, body: fixtures.gate(second) };
    case "aggregate":
      return { status: 200, body: spans.aggregate(get) };
    case "facets":
      return { status: 200, body: spans.facets(get) };
    case "compare":
      return { status: 200, body: spans.compare(get) };
    case "complete":
      return { status: 200, body: fixtures.complete(get("q"), Number(get("pos"))) };
    case "traces": {
      if (second) {
        const rows = /^(\d+)-(\d+)$/.exec(get("rows"));
        if (second.endsWith("ffff")) return problem(404, "Not Found", "No such trace.");
        return { status: 200, body: rows ? fixtures.spanDetails(second, Number(rows[1]), Number(rows[2])) : fixtures.trace(second) };
      }
      const { error } = fixtures.complete(get("q"), get("q").length);
      if (error) return problem(400, "Bad Request", error.message, { at: { from: error.from, to: error.to } });
      return { status: 200, body: fixtures.traceList(get("q"), url.searchParams.get("cursor")) };
    }
    default:
      return problem(404, "Not Found", `Nothing at ${url.pathname}.`);
  }
}

/** Compressed, as the server does it. */
function send(response, status, type, body) {
  response.writeHead(status, { "content-type": type, "content-encoding": "gzip", "cache-control": "no-cache" });
  response.end(gzipSync(body));
}

/** Lets a real server answer. */
function pass(request, response) {
  const upstream = ask(new URL(request.url, options.api), { method: request.method, headers: { ...request.headers, host: new URL(options.api).host } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  upstream.on("error", () => response.destroy());
  response.on("close", () => upstream.destroy());
  request.pipe(upstream);
}

function stream(response) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write(": open\n\n");
  const timer = setInterval(() => {
    response.write("event: slos\ndata: {}\n\n");
    response.write("event: traces\ndata: {}\n\n");
  }, 2_000);
  response.on("close", () => clearInterval(timer));
}

function page(lang) {
  const boot = JSON.stringify({ lang, version: "0.1.0-dev", path: "", data: {} }).replaceAll("<", "\\u003c");
  return readFileSync(join(dist, "index.html"), "utf8")
    .replace('<html lang="en">', `<html lang="${lang}">`)
    .replace('id="boot">{}<', `id="boot">${boot}<`);
}

createServer((request, response) => {
  const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
  const cookie = /(?:^|; )lang=(\w+)/.exec(request.headers.cookie ?? "")?.[1];
  const lang = (url.searchParams.get("lang") ?? cookie ?? request.headers["accept-language"] ?? "en").startsWith("ko") ? "ko" : "en";
  if (url.pathname.startsWith(API) || url.pathname.startsWith("/api/v2/")) {
    if (options.api) return pass(request, response);
    if (request.headers.accept?.includes("text/event-stream")) return stream(response);
    const { status, body } = answer(url, lang);
    setTimeout(() => {
      send(response, status, status === 200 ? "application/json" : "application/problem+json", JSON.stringify(body));
    }, Number(options.slow));
    return undefined;
  }
  if (url.pathname.startsWith("/assets/")) {
    const file = normalize(url.pathname);
    try {
      const bytes = readFileSync(join(dist, file));
      return send(response, 200, TYPES[extname(file)] ?? "application/octet-stream", bytes);
    } catch {
      response.writeHead(404);
      return response.end();
    }
  }
  response.writeHead(200, { "content-type": TYPES[".html"], "content-security-policy": CSP, "cache-control": "no-store" });
  return response.end(page(lang));
}).listen(Number(options.port), "127.0.0.1", () => console.log(`http://127.0.0.1:${options.port}/`));
