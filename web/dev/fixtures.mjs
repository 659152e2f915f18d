/** Invented but lifelike answers of /api/nines/v1, for working on the page without a server. Deterministic. */

const MINUTE_US = 60_000_000;

/** A small generator of numbers in [0, 1) that gives the same ones every time (mulberry32). */
export function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const SERVICES = ["web", "app", "api", "rank", "user-profile", "user", "item", "api-client", "postgres", "redis"];
export const services = { items: SERVICES.map((name, color) => ({ name, color })), next: null };

function slo(name, displayName, service, story, storyTitle, target, budget, burn1h, burn6h, state, more = {}) {
  const events = 38_210;
  const sli = budget === null ? null : target + (1 - target) * budget;
  const bad = sli === null ? 0 : Math.round(events * (1 - sli));
  return {
    name,
    displayName,
    objective: "1",
    description: more.description ?? null,
    service,
    story,
    storyTitle,
    method: "Occurrences",
    objectives: 1,
    isEstimate: false,
    team: more.team ?? "game-team",
    window: more.window ?? "28d",
    target,
    good: sli === null ? 0 : events - bad,
    bad,
    sli,
    budget,
    burn: { "5m": burn1h === null ? null : burn1h * 0.7, "1h": burn1h, "6h": burn6h, "3d": burn6h === null ? null : burn6h * 0.8 },
    coverage: 0.98,
    state,
    page: { long: "1h", short: "5m", threshold: 14.4, longBurn: burn1h, shortBurn: burn1h === null ? null : burn1h * 0.7, firing: more.firing ?? false },
    exhaustsInUs: more.exhaustsInUs ?? null,
    gate: more.gate ?? "allowed",
    ...(more.objective ? { objective: more.objective } : {}),
  };
}

const DAY_US = 24 * 60 * MINUTE_US;
export const slos = () => ({
  items: [
    slo("profile-availability", "Profile page answers", "user-profile", "see-profile", "See a profile", 0.999, -0.18, 2.1, 1.8, "exhausted", {
      gate: "held",
      description: "Requests for a profile that do not fail",
    }),
    slo("profile-latency", "Profile page is quick", "user-profile", "see-profile", "See a profile", 0.99, 0.12, 16.4, 3.1, "burning", { gate: "held", firing: true, exhaustsInUs: 3 * DAY_US }),
    slo("rank-availability", "Ranking answers", "rank", "see-ranking", "See the ranking", 0.995, 0.42, 0.8, 1.1, "healthy", { exhaustsInUs: 19 * DAY_US }),
    slo("rank-latency", "Ranking is quick", "rank", "see-ranking", "See the ranking", 0.9995, 0.21, 3.2, 2.2, "healthy", { exhaustsInUs: 6 * DAY_US, objective: "under 300 ms" }),
    slo("api-availability", "Game API answers", "api", "play", "Play a round", 0.99, 0.61, 0.4, 0.5, "healthy"),
    slo("item-availability", "Items can be bought", "item", "buy-item", "Buy an item", 0.999, 0.7, 0.2, 0.3, "healthy"),
    slo("user-latency", "Sign-in is quick", "user", "buy-item", "Buy an item", 0.99, 0.94, 0.1, 0.1, "healthy"),
    slo("mail-freshness", "Receipts are sent", "mail", "buy-item", "Buy an item", 0.99, null, null, null, "unmeasured"),
  ],
  next: null,
  watermark: new Date().toISOString(),
});

export const stories = {
  items: [
    { name: "see-profile", title: "See a profile", owner: "game-team", slos: ["profile-availability", "profile-latency"], state: "held" },
    { name: "see-ranking", title: "See the ranking", owner: "game-team", slos: ["rank-availability", "rank-latency"], state: "burning" },
    { name: "play", title: "Play a round", owner: "game-team", slos: ["api-availability"], state: "healthy" },
    { name: "buy-item", title: "Buy an item", owner: "shop-team", slos: ["item-availability", "user-latency", "mail-freshness"], state: "healthy" },
  ],
  next: null,
};

export function events(lang) {
  const ko = lang === "ko";
  const now = Date.now();
  const list = [
    ["server.started", null, ko ? "서버를 시작했습니다" : "Server started", 340],
    ["definitions.loaded", null, ko ? "SLO 8개를 불러왔습니다" : "8 SLOs loaded from examples/game", 339],
    ["deploy.marked", "user-profile", ko ? "user-profile 2.15.0 배포" : "user-profile 2.15.0 deployed", 42],
    ["slo.state", "user-profile", ko ? "Profile page answers: 빠르게 소진" : "Profile page answers: burning fast", 38],
    ["gate.decided", "user-profile", ko ? "user-profile 릴리스 보류: 소진율 16.4×" : "user-profile held: burn 16.4× over 1 h", 37],
    ["deploy.marked", "user-profile", ko ? "user-profile 2.14.0 배포 (되돌림)" : "user-profile 2.14.0 deployed (rollback)", 12],
  ];
  return {
    items: list.map(([kind, service, text, minutesAgo], i) => ({ id: i + 1, at: new Date(now - minutesAgo * 60_000).toISOString(), kind, service, subject: service, text })),
    next: null,
  };
}

export const definitions = {
  directories: ["examples/game"], slos: 8, generation: 12, loadedAt: new Date().toISOString(), refused: true, refusedAt: new Date().toISOString(),
  findings: [
    { set: "refused", severity: "error", file: "examples/game/profile.yaml", line: 18, column: 14, path: "spec.objectives[0].target", fact: "the target is 1.2; it must be below 1", hint: "write 0.999 for 99.9 %" },
    { set: "inForce", severity: "warning", file: "examples/game/feed.yaml", line: 3, column: 3, path: "metadata.labels", fact: "the label is read by nobody", hint: "remove it" },
  ],
  files: [{ file: "examples/game/profile.yaml", objects: 3 }, { file: "examples/game/feed.yaml", objects: 2 }],
  kinds: [{ kind: "SLO", objects: 2 }, { kind: "Service", objects: 2 }, { kind: "UserStory", objects: 1 }],
  objects: [["Service", "user-profile"], ["SLO", "profile-availability"], ["SLO", "profile-latency"], ["Service", "feed"], ["UserStory", "read-feed"]].map(([kind, name], i) => ({ kind, name, file: `examples/game/${i < 3 ? "profile" : "feed"}.yaml`, line: 4 + 20 * i, column: 11 })),
};

export const map = {
  from: new Date(Date.now() - 900_000).toISOString(), to: new Date().toISOString(), left: { services: 38, edges: 4 },
  nodes: [["web", 0, 0, "service"], ["app", 1, 0, "service"], ["user-profile", 2, 0, "service"], ["rank", 2, 1, "service"], ["kafka", 2, 2, "queue"], ["postgres", 3, 0, "database"], ["psp.example.com", 3, 1, "external"]].map(([service, rank, order, kind], i) => ({
    service, rank, order, row: order + (rank % 2) / 2, kind, color: i, alarming: service === "user-profile", ...(kind === "service" && service !== "web" ? { calls: 90_000 / (i + 1), errors: i === 2 ? 2_000 : 20, p95Us: 12_000 * (i + 1) } : {}),
  })),
  edges: [["web", "app", 90_000, 90], ["app", "user-profile", 30_000, 2_000], ["app", "rank", 22_000, 0], ["app", "kafka", 900, 0], ["user-profile", "postgres", 29_000, 1], ["rank", "psp.example.com", 400, 30], ["rank", "postgres", 9_000, 0]].map(([parent, child, calls, errors]) => ({ parent, child, calls, errors, timedBy: "caller", p50Us: 9_000, p95Us: 31_000, p99Us: 80_000, via: [] })),
};

const minutesAgo = (n) => new Date(Date.now() - n * 60_000).toISOString();

export const alerts = [
  { id: "e-1", slo: "profile-availability", objective: "", name: "profile-availability", service: "user-profile", severity: "page", state: "firing", level: "firing", frozen: null, since: minutesAgo(38), acknowledged: null, silenced: null, told: ["on-call"], text: "", conditions: [{ long: "1h", short: "5m", threshold: 13.44, longBurn: 25.8, holds: true, reachable: true }] },
  { id: "e-2", slo: "feed-latency", objective: "", name: "feed-latency", service: "feed", severity: "ticket", state: "frozen", level: "firing", frozen: { reason: "coverage", since: minutesAgo(4) }, since: minutesAgo(300), acknowledged: { by: "kim", at: minutesAgo(120) }, silenced: { by: "lee", comment: "migration", until: minutesAgo(-60) }, told: [], text: "", conditions: [{ long: "1d", short: "2h", threshold: 2.8, longBurn: 2.1, holds: null, reachable: true }] },
  { id: null, slo: "feed-latency", objective: "", name: "feed-latency", service: "feed", severity: "page", state: "inactive", level: "inactive", frozen: null, since: null, acknowledged: null, silenced: null, told: null, text: null, conditions: [] },
];

export const alertHistory = [["fired", 38], ["pending", 40], ["resolved", 400], ["acknowledged", 410]].map(([change, at], i) => ({ id: 90 - i, at: minutesAgo(at), change, slo: "profile-availability", objective: "", name: "profile-availability", service: "user-profile", severity: "page", by: null, text: `profile-availability: page ${change}` }));

export const notify = {
  targets: [
    { name: "on-call", type: "pagerduty", status: "ok", waiting: 0, failing: null, givenUp: 0, lastGivenUp: null, silences: null },
    { name: "monitoring", type: "alertmanager", status: "failing", waiting: 2, failing: { since: minutesAgo(7), tries: 9, reason: "connection refused" }, givenUp: 1, lastGivenUp: "400 bad label", silences: { active: 1, failing: null } },
  ],
  findings: [],
};

export const about = {
  version: "0.1.0-dev", commit: "6706bc97", startedAt: minutesAgo(600), uptimeUs: 36_000_000_000, listen: ["127.0.0.1:9411", "127.0.0.1:4318"], dataDir: "/var/lib/nines", storage: "embedded", retention: "7d", spans: 81_234_567, diskBytes: 1_460_000_000, pendingBytes: 0,
  memory: { limitBytes: 419_430_400, residentBytes: 187_000_000, cpuSeconds: 4_321, threads: 14, openFiles: 120 },
  limits: [["body_bytes_max", "bytes", 10_485_760], ["inflated_bytes_max", "bytes", 16_777_216], ["in_flight_bytes_max", "bytes", 41_943_040], ["connections_max", "count", 4_096], ["filter_chars_max", "count", 8_192]].map(([limit, unit, max]) => ({ limit, unit, max })),
};

export const store = {
  storage: "embedded", spans: 81_234_567, spansInMemory: 250_000, blocks: 320, blockBytes: 1_460_000_000, bytesPerSpan: 17.97, inboxBytes: 12_000_000,
  retention: { maxAgeUs: 604_800_000_000, maxBytes: 53_687_091_200, nextAt: minutesAgo(-90), nextFor: "age" }, history: { bytes: 4_000_000 },
  days: [27, 26, 25].map((day) => ({ day: `2026-11-${day}`, spans: 27_000_000, bytes: 486_000_000 + day })), sections: [{ section: "values", storedBytes: 800_000_000 }, { section: "rows", storedBytes: 660_000_000 }],
  columns: [{ service: "app", key: "http.path", storedBytes: 120_000_000 }, { service: "web", key: "version", storedBytes: 9_000 }],
};

export function gate(service) {
  const held = service === "user-profile";
  return {
    schema: "nines.gate/v1",
    id: "g-1",
    service,
    verdict: held ? "held" : "allowed",
    reasons: held ? [{ rule: "budget", slo: "profile-availability", value: -0.18, limit: 0, traceIds: [] }] : [],
    wouldChange: null,
    exception: null,
    policy: "default",
    expiresAt: new Date().toISOString(),
    text: held ? "user-profile is held: profile-availability has −18% of its budget left; it must be above 0." : `${service} may release.`,
  };
}

export function series(budgetNow) {
  const next = random(7);
  const points = [];
  let budget = 1;
  for (let i = 0; i < 280; i++) {
    budget -= 0.0006 + next() * 0.001 + (i > 180 && i < 194 ? 0.05 : 0) * (budgetNow < 0.3 ? 1 : 0.2);
    points.push({ good: 1300, bad: 2, budget, sli: 0.998 });
  }
  return { stepUs: (28 * DAY_US) / 280, start: new Date(Date.now() - 28 * 86_400_000).toISOString(), points };
}

/** Two hours of requests by slice and bucket, four buckets a doubling; one in thirty fails, one in twenty is slow. */
export function latency() {
  const next = random(11);
  const stepUs = 120_000_000;
  const endMs = Date.now();
  const startMs = Math.floor((endMs - 7_200_000) / 120_000) * 120_000;
  const buckets = Array.from({ length: 24 }, (_, i) => {
    const size = 2 ** (Math.floor(i / 4) + 11);
    return [(4 + (i % 4)) * size, (5 + (i % 4)) * size - 1];
  });
  const cells = [];
  for (let slice = 0; slice < 60; slice++) {
    buckets.forEach((_, bucket) => {
      const valid = Math.round(Math.max(0, 40 * Math.exp(-((bucket - 9) ** 2) / 20) * next() + (bucket > 16 ? next() * 2 - 1 : 0)));
      const failing = slice > 38 && slice < 46 ? Math.round(valid * 0.3) : Math.round(valid * 0.03 * next());
      if (valid > 0) cells.push([slice, bucket, valid, failing, valid - failing]);
    });
  }
  return { from: new Date(startMs).toISOString(), to: new Date(endMs).toISOString(), stepUs, bucketsPerDoubling: 4, thresholdUs: 300_000, start: new Date(startMs).toISOString(), buckets, cells, cut: null };
}

const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

export const sloEvents = () => ({
  items: Array.from({ length: 9 }, (_, i) => ({ at: ago(i * 3), traceId: SMALL_ID, spanId: "000000000000100e", service: "user-profile", name: "get /users/{id}", durationUs: 12_000 + i * 9_100, status: i % 2 ? "503" : "500" })),
  next: null,
  shared: [
    { key: "version", value: "2.15.0", badShare: 0.91, goodShare: 0.04 },
    { key: "http.status_code", value: "503", badShare: 0.71, goodShare: 0 },
    { key: "region", value: "ap-northeast-2b", badShare: 0.58, goodShare: 0.33 },
  ],
  looked: { bad: 68, valid: 480 },
  filters: { bad: ['service=user-profile kind=server op="get /users/{id}" error'], valid: ['service=user-profile kind=server op="get /users/{id}"'] },
});

export const markers = () => ({
  items: [
    { lane: "deploy", at: ago(18_000), until: null, service: "user-profile", subject: "2.14.0", text: "user-profile 2.14.0 deployed" },
    { lane: "exclusion", at: ago(12_000), until: ago(11_000), service: null, subject: "move-house", text: "move-house: the old racks go" },
    { lane: "deploy", at: ago(14_000), until: null, service: "user-profile", subject: "2.15.0", text: "user-profile 2.15.0 deployed" },
    { lane: "alert", at: ago(13_900), until: ago(12_500), service: "user-profile", subject: "profile-availability", text: "page fires" },
    { lane: "gate", at: ago(13_800), until: null, service: "user-profile", subject: "", text: "release gate: user-profile held" },
  ],
  next: null,
});

export const policy = (service) => ({
  service,
  policy: "standard",
  verdict: "held",
  text: `${service} is held`,
  state: "exhausted",
  since: ago(900),
  states: [
    { name: "healthy", above: 0.5, freeze: false, allow: null, requireApproval: [], maxDeploysPerDay: null, canaryMax: null },
    { name: "caution", above: 0.25, freeze: false, allow: null, requireApproval: ["feature"], maxDeploysPerDay: null, canaryMax: null },
    { name: "exhausted", above: null, freeze: true, allow: ["security", "rollback"], requireApproval: [], maxDeploysPerDay: null, canaryMax: 10 },
  ],
  place: { file: "policies/standard.yaml", line: 3, column: 1 },
  reasons: [{ rule: "budget", slo: "profile-availability", holds: true, text: "profile-availability has −18 % of its budget left; the state exhausted lets features not pass" }],
  wouldChange: ["more than 5 % of the budget left for an hour"],
  changesAt: null,
  freezes: [],
  exceptions: { left: 2, of: 3, per: "90d", approverNotRequester: true, items: [{ name: "hotfix", change: "4f2a9c1", requestedBy: "kim", approvedBy: "lee", expiresAt: ago(-600) }] },
});

/** Of one SLO. */
export const sloAlerts = () => ({
  items: [
    {
      id: "e-1",
      objective: "1",
      severity: "page",
      state: "firing",
      since: ago(38),
      acknowledged: null,
      silenced: null,
      conditions: [
        { long: "1h", short: "5m", threshold: 14.4, longBurn: 2.1, shortBurn: 0.9, holds: false, reachable: true },
        { long: "6h", short: "30m", threshold: 6, longBurn: 6.8, shortBurn: 7.2, holds: true, reachable: true },
      ],
      text: "page of profile-availability: burn 6.8 over 6h",
    },
    { id: null, objective: "1", severity: "ticket", state: "inactive", since: null, acknowledged: null, silenced: null, conditions: [{ long: "3d", short: "6h", threshold: 1, longBurn: 1.2, shortBurn: 0.4, holds: false, reachable: true }], text: null },
  ],
  next: null,
});

export const whatIf = (targets) => ({ items: targets.map((percent) => ({ target: percent / 100, budget: 0.5, pages: Math.round((percent - 98) * 3), otherAlerts: 2, days: 28, daysMet: 20 })), advice: [], next: null });
export const reports = { month: "2026-10", months: ["2026-10", "2026-09"], items: [{ slo: "profile-availability", objective: "1", month: "2026-10", target: 0.999, good: 99_000, bad: 80, sli: 0.9992, budget: 0.2, measuredFrom: null, amendments: 1 }], next: null };

/** The trace of the design: eleven spans, eight services, one error. */
const CHECKOUT = [
  ["web", "post /api/checkout", 0, 842_000, -1, "SERVER", "", 1],
  ["app", "post /checkout", 12_000, 818_000, 0, "SERVER", "", 1],
  ["api", "get /cart/{id}", 20_000, 96_000, 1, "SERVER", "", 0],
  ["redis", "get cart:9213", 28_000, 6_000, 2, "CLIENT", "", 0],
  ["item", "rpc reserve", 120_000, 210_000, 1, "SERVER", "", 0],
  ["postgres", "select … for update", 130_000, 188_000, 4, "CLIENT", "", 0],
  ["user-profile", "post /charge", 338_000, 472_000, 1, "SERVER", "", 1],
  ["user-profile", "post psp.example/charge", 352_000, 201_000, 6, "CLIENT", "503", 0],
  ["user-profile", "retry post psp.example/charge", 566_000, 238_000, 6, "CLIENT", "", 1],
  ["user-profile", "tls handshake", 570_000, 41_000, 8, "", "", 1],
  ["user", "enqueue receipt", 812_000, 9_000, 1, "PRODUCER", "", 0],
];

/** The same request another time: the bank answers, the items are asked for one by one, and there is no cache. */
const CHECKOUT_AGAIN = [
  ...CHECKOUT.filter(([service, name]) => service !== "redis" && !name.includes("psp.example")).slice(0, 4),
  ...Array.from({ length: 4 }, (_, i) => ["postgres", "select … for update", 130_000 + i * 60_000, 48_000, 3, "CLIENT", "", 0]),
  ["user-profile", "post /charge", 400_000, 120_000, 1, "SERVER", "", 1],
  ["user-profile", "post psp.example/charge", 410_000, 100_000, 8, "CLIENT", "", 0],
];

export const SMALL_ID = "5f2c9d1e7b3a4c60a1b2c3d4e5f6a91e";

function columns(traceId, rows) {
  const names = [...new Set(rows.map((row) => row[1]))];
  const used = [...new Set(rows.map((row) => row[0]))];
  const size = rows.map(() => 1);
  const depth = rows.map(() => 0);
  for (let i = rows.length - 1; i >= 0; i--) if (rows[i][4] >= 0) size[rows[i][4]] += size[i];
  for (let i = 0; i < rows.length; i++) if (rows[i][4] >= 0) depth[i] = depth[rows[i][4]] + 1;
  const startUs = Date.now() * 1000 - 4 * MINUTE_US;
  return {
    traceId,
    start: new Date(startUs / 1000).toISOString(),
    startUs,
    durationUs: Math.max(...rows.map((row) => row[2] + row[3])),
    spans: rows.length,
    errors: rows.filter((row) => row[6] !== "").length,
    missingParents: 0,
    skewCorrected: 0,
    services: used.map((name) => ({ name, color: SERVICES.indexOf(name) })),
    names,
    rows: {
      id: rows.map((_, i) => (0x1000 + i * 7).toString(16).padStart(16, "0")),
      parent: rows.map((row) => row[4]),
      depth,
      size,
      service: rows.map((row) => used.indexOf(row[0])),
      name: rows.map((row) => names.indexOf(row[1])),
      kind: rows.map((row) => row[5]),
      startUs: rows.map((row) => row[2]),
      durationUs: rows.map((row) => row[3]),
      error: rows.map((row) => (row[6] ? 1 : 0)),
      critical: rows.map((row) => row[7]),
      remote: rows.map((row) => (row[5] === "CLIENT" ? "psp.example" : "")),
      status: rows.map((row) => row[6]),
    },
  };
}

/** A tree of `count` spans: a batch whose jobs run one after the other, each a call tree with a few retries. */
function grow(count) {
  const next = random(count);
  const totalUs = 12_000_000;
  const rows = [["web", "post /batch", 0, totalUs, -1, "SERVER", "", 1]];
  const names = ["get /profile/{id}", "select profile", "get rank:{id}", "post /score", "rpc reserve", "publish"];
  const fill = (parent, from, to, level, budget) => {
    let at = from;
    const end = rows.length + budget;
    while (rows.length < Math.min(count, end) && at < to) {
      const lengthUs = Math.max(30, (to - from) * (0.08 + next() * 0.45));
      const isError = next() < 0.004;
      const row = rows.push([SERVICES[1 + Math.floor(next() * 9)], names[Math.floor(next() * names.length)], Math.round(at), Math.round(lengthUs), parent, next() < 0.5 ? "CLIENT" : "SERVER", isError ? "503" : "", 0]) - 1;
      if (level < 12 && next() < 0.75) fill(row, at + lengthUs * 0.04, at + lengthUs * 0.94, level + 1, end - rows.length);
      at += lengthUs * (0.7 + next() * 0.5);
    }
  };
  const jobs = Math.ceil(count / 60);
  for (let job = 0; job < jobs && rows.length < count; job++) {
    const from = Math.round((job / jobs) * totalUs * 0.98);
    const lengthUs = Math.round((totalUs / jobs) * (0.6 + next() * 0.5));
    const row = rows.push(["app", `job ${job % 12}`, from, lengthUs, 0, "SERVER", "", 1]) - 1;
    fill(row, from, from + lengthUs, 1, Math.ceil((count - rows.length) / (jobs - job)));
  }
  while (rows.length < count) rows.push(["redis", "get rank:{id}", Math.round(next() * totalUs * 0.99), 800, 0, "CLIENT", "", 0]);
  return rows;
}

const traces = new Map();

/** Small, 10 000 and 100 000 spans; others by their number. */
export function trace(id) {
  if (!traces.has(id)) {
    const n = Number.parseInt(id.replace(/^0+/, "") || "0", 10);
    traces.set(id, id.startsWith("0000") ? columns(id, grow(n)) : columns(id, id.startsWith("5f2d") ? CHECKOUT_AGAIN : CHECKOUT));
  }
  return traces.get(id);
}

export function spanDetails(id, from, to) {
  const of = trace(id);
  const items = [];
  for (let row = from; row <= Math.min(to, of.rows.id.length - 1); row++) {
    const service = of.services[of.rows.service[row]].name;
    const base = {
      row,
      id: of.rows.id[row],
      parentId: of.rows.parent[row] < 0 ? null : of.rows.id[of.rows.parent[row]],
      kind: of.rows.kind[row],
      service,
      name: of.names[of.rows.name[row]],
      shared: false,
      debug: false,
      startUs: of.startUs + of.rows.startUs[row],
      durationUs: of.rows.durationUs[row],
      local: { service, ipv4: "127.0.0.1", ipv6: null, port: 8080 + row },
      remote: of.rows.remote[row] ? { service: of.rows.remote[row], ipv4: null, ipv6: "::1", port: 443 } : null,
      tags: [
        ["http.method", "POST"],
        ["http.path", "/charge"],
        ["http.status_code", of.rows.status[row] || "200"],
        ...(of.rows.error[row] ? [["error", "upstream connect timeout"]] : []),
        ["version", "2.15.0"],
      ],
      resource: [["service.instance.id", `${service}-1`]],
      annotations: [
        { timeUs: of.startUs + of.rows.startUs[row] + 400, value: "ws" },
        { timeUs: of.startUs + of.rows.startUs[row] + of.rows.durationUs[row] - 100, value: "wr" },
      ],
      links: [],
    };
    if (row === 1) base.halves = [{ ...base, kind: "CLIENT", local: { service: "web", ipv4: "127.0.0.1", port: 8080 } }, { ...base, shared: true, startUs: base.startUs + 800, durationUs: base.durationUs - 1500 }];
    items.push(base);
  }
  return { from, items };
}

/** Fifty summaries a page, three pages, the small and the large trace among them. */
export function traceList(q, cursor) {
  const page = Number(cursor ?? 0);
  const next = random(page + 1);
  const now = Date.now() * 1000;
  const wanted = /service=([\w-]+)/.exec(q)?.[1];
  let items = Array.from({ length: 50 }, (_, i) => {
    const names = [...new Set(Array.from({ length: 1 + Math.floor(next() * 6) }, () => SERVICES[Math.floor(next() * SERVICES.length)]))];
    const durationUs = Math.round(1_500 + next() ** 4 * 1_200_000);
    return {
      traceId: Math.floor(next() * 2 ** 52).toString(16).padStart(16, "a") + "a1b2c3d4e5f6a91e",
      start: "",
      startUs: now - (page * 50 + i) * 7_000_000,
      durationUs,
      root: { service: names[0], name: ["get /profile/{id}", "post /score", "get /ranking", "post /items/{id}/buy"][Math.floor(next() * 4)] },
      spans: names.length * 2 + Math.floor(next() * 5),
      errors: next() < 0.12 ? 1 + Math.floor(next() * 3) : 0,
      services: names.map((name) => ({ name, spans: 2, durationUs })),
    };
  });
  if (page === 0) {
    const summaryOf = (id) => {
      const of = trace(id);
      return {
        traceId: id,
        start: of.start,
        startUs: of.startUs,
        durationUs: of.durationUs,
        root: { service: of.services[of.rows.service[0]].name, name: of.names[of.rows.name[0]] },
        spans: of.spans,
        errors: of.errors,
        services: of.services.map(({ name }) => ({ name, spans: 1, durationUs: 1 })),
      };
    };
    items.splice(2, 0, summaryOf(SMALL_ID));
    items.splice(5, 0, summaryOf("00000000000000000000000000010000"));
  }
  if (q.includes("nothing")) items = [];
  if (wanted) items = items.filter((item) => item.services.some((service) => service.name === wanted));
  if (/\berror\b/.test(q)) items = items.filter((item) => item.errors > 0);
  for (const item of items) item.start = new Date(item.startUs / 1000).toISOString();
  return { items, next: page < 2 && items.length > 0 ? String(page + 1) : null, tookUs: 41_200, cut: null };
}

/** Suggestions for the word before the caret. */
export function complete(q, pos) {
  const before = [...q].slice(0, pos).join("");
  const from = before.length - (/(\S*)$/.exec(before)?.[1].length ?? 0);
  const word = before.slice(from);
  const value = /^service=(.*)$/.exec(word);
  const options = value
    ? SERVICES.filter((name) => name.startsWith(value[1])).map((name) => ({ text: `service=${name}`, kind: "service" }))
    : [
        { text: "service=", kind: "tag" },
        { text: "op=", kind: "tag" },
        { text: "duration>", kind: "tag" },
        { text: "error", kind: "word" },
        { text: "root", kind: "word" },
        { text: "http.status_code=", kind: "tag" },
      ].filter((option) => option.text.startsWith(word));
  const bad = /duration>[^\s\d]\S*/.exec(q);
  return {
    items: options.map((option) => ({ ...option, from, to: pos })),
    error: bad ? { message: `“${bad[0].slice(9)}” is not a duration; write 200ms or 1.5s`, from: bad.index + 9, to: bad.index + bad[0].length } : null,
  };
}

const rulePart = (chain, text, packets) => ({ chain, text, packets, bytes: packets * 74 });
const hits = (perSecond) => Math.floor((Date.now() % 3_600_000) / 1000) * perSecond;
const rule = (id, text, ...parts) => ({ id, text, packets: Math.max(...parts.map((part) => part.packets)), bytes: 0, parts });

/** With drift, a plan that waits, and others on the way: everything that can be told at once. */
export const traffic = () => ({
  netd: "live", why: null, confirmed: "3fb0a1c29d4e", pending: { id: "12c4c9137523", deadline: new Date(Math.ceil(Date.now() / 60_000) * 60_000).toISOString() }, generation: 41,
  drift: [{ process: "nft", pid: 4711, generation: 41 }],
  foreign: [
    { tool: "docker", table: "ip nat", chain: "PREROUTING", hook: "prerouting", priority: -100, mayDrop: false, translates: true },
    { tool: "firewalld", table: "inet firewalld", chain: "filter_INPUT", hook: "input", priority: 10, mayDrop: true, translates: false },
  ],
  legacy: ["ip filter"],
  rules: [
    rule("inbound/1", "redirect: 80 -> 8080", rulePart("prerouting", "tcp dport 80 counter redirect to :8080", hits(61)), rulePart("input", "tcp dport 8080 ct status dnat counter accept", hits(60))),
    rule("built-in/loopback", 'iifname "lo" counter accept', rulePart("input", 'iifname "lo" counter accept', hits(3))),
    rule("built-in/established", "ct state established,related counter accept", rulePart("input", "ct state established,related counter accept", hits(812))),
    rule("management/ssh", "ssh: 22 from office", rulePart("input", "tcp dport 22 ip saddr @list_office_4 counter accept", 7)),
    rule("built-in/echo", "icmp", rulePart("input", "icmp type echo-request counter accept", 31)),
    rule("inbound/2", "deny: all from 146.66.156.0/23", rulePart("input", "ip saddr 146.66.156.0/23 counter drop", 0)),
    rule("otherwise", "otherwise: deny", rulePart("input", "counter drop", hits(2))),
  ],
});

export const plan = (id) => ({
  id, file: "traffic.yaml", operator: { client: "203.0.113.7", own: "192.0.2.1", port: 22 }, boot: "b", generation: 40,
  rules: [
    { id: "inbound/1", before: ["input: tcp dport 8080 accept"], after: ["prerouting: tcp dport 80 counter redirect to :8080", "input: tcp dport 8080 ct status dnat counter accept"] },
    { id: "inbound/2", before: [], after: ["input: ip saddr 146.66.156.0/23 counter drop"] },
    { id: "inbound/3", before: ["input: tcp dport 23 counter accept"], after: [] },
  ],
  sets: [{ name: "list_office_4", added: 2, removed: 1 }],
  fates: { changed: 3, tried: 748, shown: [{ packet: "tcp 198.51.100.9 -> 192.0.2.1:80", before: "drop by otherwise", after: "accept to 192.0.2.1:8080 by inbound/1" }, { packet: "tcp 146.66.156.9 -> 192.0.2.1:443", before: "accept", after: "drop by inbound/2" }, { packet: "tcp 198.51.100.9 -> 192.0.2.1:23", before: "accept by inbound/3", after: "drop by otherwise" }] },
  foreign: traffic().foreign, legacy: [], text: "traffic:\n  inbound:\n    - redirect: 80 -> 8080\n    - deny: all\n      from: 146.66.156.0/23\n  otherwise: deny\n",
});

/** Port 25 is not known, 80 is led elsewhere, 443 is somebody else's, everything else is dropped. */
export function explained(destination) {
  const port = destination.split(":").at(-1);
  if (port === "25") return { verdict: "unknown", missing: ["mark", "iptables-legacy"], path: ["inbound/1"] };
  if (port === "80") return { verdict: "accept", rule: "inbound/1", to: "192.0.2.1:8080", path: ["inbound/1"] };
  if (port === "443") return { verdict: "drop", rule: "inet firewalld/filter_INPUT/policy", path: ["management/ssh"] };
  return { verdict: "drop", rule: "otherwise", path: ["ip nat/PREROUTING/1", "built-in/echo", "otherwise"] };
}
