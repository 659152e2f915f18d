/** Invented toil and runbooks, in the shapes of the API. */

const WEEK_MS = 7 * 24 * 3_600_000;
const at = (fromNowMs) => new Date(Date.now() + fromNowMs).toISOString();
const weeks = (hours) => hours.map((each, i) => ({ from: at((i - hours.length) * WEEK_MS), hours: each }));

const TEAMS = () => [
  {
    team: "payments",
    capacityHours: 520,
    countedHours: { hard: 141.5, all: 187.2, A: 46.3, B: 95.2, C: 31.5, D: 14.2 },
    opsHours: 21,
    switchHours: 12.4,
    share: 0.38,
    opsShare: 0.42,
    state: "watch",
    floor: 0.5,
    nPersons: 4,
    rotationTooSmall: true,
    gini: 0.24,
    someoneOver: true,
    monthsToCap: 4.4,
    weeks: weeks([9, 10, 11, 10, 13, 14, 13, 15, 16, 15, 18, 20, 23]),
    trend: "rising",
  },
  {
    team: "platform",
    capacityHours: 1040,
    countedHours: { hard: 98.1, all: 121.9, A: 12.2, B: 85.9, C: 20, D: 3.8 },
    opsHours: 0,
    switchHours: 3.1,
    share: 0.12,
    opsShare: 0.12,
    state: "ok",
    floor: 0.25,
    nPersons: 8,
    rotationTooSmall: false,
    gini: 0.11,
    someoneOver: false,
    weeks: weeks([12, 11, 10, 10, 9, 9, 8, 9, 9, 8, 9, 9, 9]),
    trend: "steady",
  },
  {
    team: "web",
    capacityHours: 260,
    countedHours: { hard: 120, all: 148.5, A: 4, B: 116, C: 28.5, D: 0 },
    opsHours: 2,
    switchHours: 0.5,
    share: 0.57,
    opsShare: 0.58,
    state: "over",
    floor: 0.333,
    nPersons: 6,
    rotationTooSmall: false,
    gini: null,
    someoneOver: false,
    weeks: weeks([20, 18, 17, 16, 15, 14, 12, 10, 9, 8, 6, 4, 3]),
    trend: "falling",
  },
];

const TOP = [
  {
    task: "cert-renewal",
    title: "Renew partner certificates",
    category: "release",
    team: "payments",
    hoursPerYear: 120.4,
    runs: 26,
    minutesPerRun: 69.5,
    interruptShare: 0.5,
    class: "toil",
    status: "open",
    elasticity: { beta: 0.97, low: 0.86, high: 1.06, label: "O(n)", rSquared: 0.98, weeks: 13, intensityFirst: 0.52, intensityLast: 0.48 },
    elasticityLacking: null,
  },
  { task: "page:disk-full", title: "", category: "oncall", team: "platform", hoursPerYear: 64, runs: 61, minutesPerRun: 15.7, interruptShare: 1, class: "toil", status: "open", elasticity: { beta: 0.04, low: -0.1, high: 0.2, label: "O(1)", rSquared: 0.03, weeks: 9 }, elasticityLacking: null },
  { task: "refund-by-hand", title: "Refund an order by hand", category: "business_process", team: "payments", hoursPerYear: 42.5, runs: 88, minutesPerRun: 7.2, interruptShare: 0.9, class: "toil", status: "open", elasticity: null, elasticityLacking: "too few weeks: 3 of 8" },
  { task: "bump-feed-schema", title: "Bump the schema of the feed", category: "migration", team: "web", hoursPerYear: 18, runs: 12, minutesPerRun: 22, interruptShare: 0, class: "toil", status: "batched", elasticity: null, elasticityLacking: "no traffic of this team is known" },
  { task: "quota-raise", title: "Raise a quota", category: "capacity_cost", team: "platform", hoursPerYear: 9.2, runs: 31, minutesPerRun: 4.4, interruptShare: 1, class: "toil", status: "open", elasticity: null, elasticityLacking: "too few weeks: 5 of 8" },
];

const PROPOSALS = [
  { kind: "reject", task: "quota-raise", hoursPerYear: 9.2, why: "31 requests, none was refused and none was used within a week. Say no, or let the limit be what is used.", paybackWeeks: null, naivePaybackWeeks: null, runbook: null },
  { kind: "batch", task: "refund-by-hand", hoursPerYear: 42.5, why: "88 runs of 7 minutes, 90 % of them in the middle of something else. Once a day at a fixed hour saves what getting back to work costs.", paybackWeeks: null, naivePaybackWeeks: null, runbook: null },
  { kind: "fix", task: "page:disk-full", hoursPerYear: 64, why: "61 pages of the same alert on 4 hosts, and 58 of them ended by themselves.", paybackWeeks: 2.2, naivePaybackWeeks: 3.1, runbook: null },
  { kind: "automate", task: "cert-renewal", hoursPerYear: 120.4, why: "26 runs that go the same way each time, growing with the number of partners.", paybackWeeks: 6.9, naivePaybackWeeks: 8, runbook: "pay-restart" },
];

export function report(get) {
  const wanted = get("team");
  const teams = TEAMS().filter(({ team }) => !wanted || team === wanted);
  const of = (each) => !wanted || each.team === wanted || TOP.some((task) => task.task === each.task && task.team === wanted);
  const isDark = wanted === "web";
  return {
    window: { from: get("from") || at(-13 * WEEK_MS), to: get("to") || at(0), weeks: 13 },
    teams,
    top: isDark ? [] : TOP.filter(of),
    proposals: isDark ? [] : PROPOSALS.filter(of),
    automations: [
      { task: "restart-pay", shippedAt: at(-9 * WEEK_MS), promisedHoursPerYear: 300.9, realisedHours: 20.4, buildHours: 46, paidBack: 0.44 },
      { task: "new-host", shippedAt: at(-30 * WEEK_MS), promisedHoursPerYear: 52, realisedHours: 61.3, buildHours: 20, paidBack: 3.06 },
    ],
    oncall: { alerts: 46, sessions: 19, shifts: 14, alertsPerIncident: 2.4, incidentsPerShift: 1.36, offHoursShare: 0.4 },
    coverage: isDark ? 0.31 : 0.8,
    darkHours: isDark ? 210 : 54,
    ranks: !isDark,
  };
}

export const emptyReport = () => ({ window: { from: at(-13 * WEEK_MS), to: at(0), weeks: 13 }, teams: [], top: [], proposals: [], automations: [], oncall: null, coverage: null, darkHours: null, ranks: false });

const HASH = "9f2c4e1ab07d6658c1d0e4f2a6b9d3317e5c8f4a2b6d9e0c1f3a5b7d9e1f2a4c";
const RUN = { run: "r-20261127-0931-5f2a", outcome: "finished", startedAt: at(-86_400_000), endedAt: at(-86_400_000 + 730_000), actor: "ana", mode: "run", attendedSeconds: 400, wallSeconds: 730 };
const ITEMS = [
  { runbook: "pay-restart", title: "Restart pay without losing a payment", service: "pay", path: "runbooks/pay-restart.md", sha256: HASH, approvedBy: "ana", approvedAt: at(-20 * 86_400_000), level: "L2", runs: 12, greenInARow: 3, manualFraction: 0.4, medianAttendedSeconds: 312, hoursPerYear: 10.4, lastRun: { run: RUN.run, outcome: "finished", endedAt: RUN.endedAt, actor: "ana" } },
  { runbook: "rotate-tokens", title: "Rotate partner tokens", service: "edge", path: "runbooks/rotate tokens.md", sha256: HASH.replace("9f", "1a"), approvedBy: "bo", approvedAt: at(-3 * 86_400_000), level: "L3", runs: 41, greenInARow: 14, manualFraction: 0, medianAttendedSeconds: 4, hoursPerYear: 0.6, lastRun: { run: "r-20261126-0800-77aa", outcome: "stopped", endedAt: at(-2 * 86_400_000), actor: "cron" } },
  { runbook: "new-partner", title: "Bring a partner in", service: "", path: "runbooks/new-partner.md", sha256: HASH.replace("9f", "2b"), approvedBy: "ana", approvedAt: at(-60 * 86_400_000), level: "L0", runs: 0, greenInARow: 0, manualFraction: null, medianAttendedSeconds: null, hoursPerYear: null, lastRun: null },
];

export const runbooks = () => ({ items: ITEMS, next: null });

export function runbook(id) {
  const item = ITEMS.find((each) => each.runbook === id);
  if (!item) return null;
  return {
    ...item,
    text: "# Restart pay\n\n```sh id=look\nkubectl get pods -l app=pay\n```\n\nPrices must be quiet first.\n\n```manual id=tell\nTell the desk.\n```\n",
    steps: [
      { id: "look", kind: "sh", line: 3, needsHuman: false },
      { id: "tell", kind: "manual", line: 9, needsHuman: true },
      { id: "drain", kind: "confirm", line: 14, needsHuman: true },
      { id: "back", kind: "check", line: 22, needsHuman: false },
      { id: "kept", kind: "slo", line: 30, needsHuman: false },
    ],
    history: [
      { sha256: item.sha256, approvedBy: item.approvedBy, approvedAt: item.approvedAt },
      { sha256: HASH.replace("9f", "77"), approvedBy: "bo", approvedAt: at(-90 * 86_400_000) },
    ],
    runItems: item.runs === 0 ? [] : [RUN, { ...RUN, run: "r-20261120-1010-99be", outcome: "stopped", endedAt: at(-8 * 86_400_000), actor: "bo", attendedSeconds: 95, wallSeconds: 120 }],
  };
}

export function run(id) {
  if (id !== RUN.run) return null;
  const start = Date.parse(RUN.startedAt);
  const step = (id, kind, from, wall, attended, more = {}) => ({ id, kind, startedAt: new Date(start + from * 1000).toISOString(), endedAt: new Date(start + (from + wall) * 1000).toISOString(), exit: null, attendedSeconds: attended, wallSeconds: wall, skipped: null, outputBytes: 0, ...more });
  return {
    ...RUN,
    runbook: "pay-restart",
    title: "Restart pay without losing a payment",
    sha256: HASH,
    service: "pay",
    manualSeconds: 300,
    category: "interrupt",
    team: "payments",
    chainHead: HASH.replace("9f", "c0"),
    deliveredAt: RUN.endedAt,
    steps: [
      step("look", "sh", 0, 12, 12, { exit: 0, outputBytes: 214, output: "NAME    READY  STATUS   AGE\npay-0   1/1    Running  3d\npay-1   1/1    Running  3d\n" }),
      step("tell", "manual", 12, 300, 300),
      step("drain", "confirm", 312, 40, 40),
      step("restart", "sh", 352, 330, 20, { exit: 1, outputBytes: 48_210, output: "rollout restarted\n… 47 kB left out …\nerror: timed out waiting for the condition\n" }),
      { ...step("warm", "sh", 0, 0, 0), startedAt: null, endedAt: null, skipped: "caches were warm" },
      step("back", "check", 690, 40, 8, { exit: 0, outputBytes: 900 }),
    ],
  };
}
