import assert from "node:assert/strict";
import { test } from "node:test";
import { bare, changesOf, chainsOf, clock, countsOf, effects, rateOf, rows, secondsUntil, stretches, withSample, type Decider, type Plan, type Rule } from "../src/pages/traffic/model";
import { withPort } from "../src/url/address";
import { commandOf } from "../src/url/command";
import { locate } from "../src/url/routes";

const part = (chain: string, text: string, packets: number) => ({ chain, text, packets, bytes: packets * 60 });
const rule = (id: string, text: string, ...parts: Rule["parts"]): Rule => ({ id, text, packets: Math.max(...parts.map((one) => one.packets)), bytes: 0, parts });

const RULES = [
  rule("inbound/1", "redirect: 80 -> 8080", part("prerouting", "tcp dport 80 counter redirect to :8080", 5), part("input", "tcp dport 8080 counter accept", 4)),
  rule("built-in/loopback", 'iifname "lo" counter accept', part("input", 'iifname "lo" counter accept comment "built-in/loopback"', 9)),
  rule("built-in/established", "ct state established counter accept", part("input", "ct state established counter accept", 100)),
  rule("management/ssh", "ssh: 22 from office", part("input", "tcp dport 22 ip saddr @list_office_4 counter accept", 1)),
  rule("built-in/echo", "icmp", part("input", "icmp type echo-request counter accept", 0)),
];

test("rules keep their order, and built-in ones that stand together are one stretch", () => {
  const told = stretches(rows(RULES, "", "")).map((stretch) => `${stretch.builtIn ? "built-in " : ""}${stretch.rows.map((row) => row.place).join(",")}`);
  assert.deepEqual(told, ["1", "built-in 2,3", "4", "built-in 5"]);
});

test("of a chain only its rules are shown, with its counts", () => {
  assert.deepEqual(chainsOf(RULES), ["prerouting", "input"]);
  assert.deepEqual(rows(RULES, "prerouting", "").map((row) => [row.id, row.packets]), [["inbound/1", 5]]);
  assert.deepEqual(rows(RULES, "input", "8080").map((row) => [row.id, row.packets]), [["inbound/1", 4]]);
});

test("a rule is found by its id, its sentence and what the kernel holds of it", () => {
  for (const words of ["inbound/1", "redirect", "dport 8080"]) assert.deepEqual(rows(RULES, "", words).map((row) => row.place), [1], words);
  assert.deepEqual(rows(RULES, "", "nobody"), []);
});

test("rates are of the samples of ten seconds of one set of rules", () => {
  const sample = (atMs: number, generation: number, packets: number) => ({ atMs, generation, packets: { a: packets } });
  let samples = withSample([], sample(0, 4, 10));
  assert.equal(rateOf(samples, "a"), null);
  assert.equal(rateOf(withSample(samples, sample(400, 4, 90)), "a"), null, "too near each other");
  samples = withSample(samples, sample(2_000, 4, 30));
  assert.equal(rateOf(samples, "a"), 10);
  samples = withSample(samples, sample(11_000, 4, 39));
  assert.equal(rateOf(samples, "a"), 1, "the first sample is too old");
  assert.equal(rateOf(withSample(samples, sample(12_000, 5, 0)), "a"), null, "other rules");
  assert.equal(rateOf(withSample(samples, sample(12_000, 4, 2)), "a"), null, "the counter began anew");
});

test("what others do to our rules depends on where they are asked", () => {
  const decider = (hook: string, priority: number, translates: boolean, mayDrop: boolean): Decider => ({ tool: null, table: "ip t", chain: "c", hook, priority, translates, mayDrop });
  assert.deepEqual(effects(decider("prerouting", -150, true, false)), ["translatesBefore"]);
  assert.deepEqual(effects(decider("prerouting", -100, true, false)), ["translatesAfter"]);
  assert.deepEqual(effects(decider("postrouting", 100, true, false)), ["translatesSenders"]);
  assert.deepEqual(effects(decider("input", 0, false, true)), ["dropsAfter"]);
  assert.deepEqual(effects(decider("input", -200, false, true)), ["dropsBefore"]);
  assert.deepEqual(effects(decider("prerouting", 0, true, true)), ["translatesAfter", "dropsBefore"]);
});

test("a change has what goes, what comes and what stays", () => {
  const plan = { rules: [{ id: "a", before: [], after: ["x"] }, { id: "b", before: ["x", 'y counter accept comment "b"'], after: ["x", "z"] }, { id: "c", before: ["x"], after: [] }] } as unknown as Plan;
  const changes = changesOf(plan);
  assert.deepEqual(changes.map(({ id, sign, lines }) => [sign + id, lines.map((line) => line.sign + line.text).join("|")]), [["+a", "+x"], ["~b", "-y accept| x|+z"], ["-c", "-x"]]);
  assert.deepEqual(countsOf(changes), { "+": 1, "~": 1, "-": 1 });
  assert.equal(bare('tcp dport 80 counter accept comment "a"'), "tcp dport 80 accept");
  assert.equal(bare("counter drop"), "drop");
});

test("an address takes a port where it has none", () => {
  assert.equal(withPort("192.0.2.1", "80"), "192.0.2.1:80");
  assert.equal(withPort("2001:db8::1", "80"), "[2001:db8::1]:80");
  assert.equal(withPort("[2001:db8::1]", "80"), "[2001:db8::1]:80");
  for (const whole of ["192.0.2.1:443", "[2001:db8::1]:443"]) assert.equal(withPort(whole, "80"), whole);
  assert.equal(withPort("192.0.2.1", ""), "192.0.2.1");
});

test("a packet that is explained has its command", () => {
  assert.equal(commandOf(locate("/traffic/explain", "?src=203.0.113.7&dst=2001:db8::1&dport=53&proto=udp&iif=eth0&ct=established")), "nines traffic explain 203.0.113.7 '[2001:db8::1]:53' --proto udp --in eth0 --ct established");
  assert.equal(commandOf(locate("/traffic/explain", "?src=203.0.113.7&dst=192.0.2.1:80")), "nines traffic explain 203.0.113.7 192.0.2.1:80");
  assert.equal(commandOf(locate("/traffic/explain", "")), "nines traffic status");
});

test("a countdown ends at nothing", () => {
  assert.equal(secondsUntil("2026-11-28T00:01:05Z", Date.parse("2026-11-28T00:00:00Z")), 65);
  assert.equal(secondsUntil("2026-11-28T00:00:00Z", Date.parse("2026-11-28T00:00:09Z")), 0);
  assert.equal(clock(65), "1:05");
});
