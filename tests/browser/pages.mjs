/** Every page of a server that holds the game's definitions and two made traces: name, path, what shows that it is there. */

import { READY } from "./browser.mjs";

export const SLO = "profile-availability";

export function pagesOf([a, b]) {
  return [
    ["overview", "/", READY.overview],
    ["slos", "/slos", READY.slos],
    ["slo", `/slos/${SLO}`, READY.slo],
    ["stories", "/stories", READY.stories],
    ["traces", "/traces", READY.traces],
    ["trace", `/trace/${a[0].traceId}`, READY.trace],
    ["compare", `/compare/${a[0].traceId}/${b[0].traceId}`, READY.compare],
    ["map", "/map", READY.map],
    ["alerts", "/alerts?state=all", READY.alerts],
    ["traffic", "/traffic", READY.traffic],
    ["explain", "/traffic/explain", READY.explain],
    ["toil", "/toil", READY.toil],
    ["runbooks", "/runbooks", READY.runbooks],
    ["definitions", "/definitions", READY.definitions],
    ["settings", "/settings", READY.settings],
  ];
}
