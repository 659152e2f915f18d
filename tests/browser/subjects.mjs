/** What the server holds that the tests can look at: a trace, an SLO. */

const API = "/api/nines/v1";

async function ask(base, path) {
  const response = await fetch(base + API + path, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Traces younger than this may still lack spans: a reporter sends every second or so. */
const SETTLED_MS = 5_000;

/** Waits for the server, for traces, and (where SLOs are loaded) for one of them to be measured. */
export async function findSubjects(base, waitSeconds) {
  const until = Date.now() + waitSeconds * 1_000;
  for (;;) {
    try {
      const slos = (await ask(base, "/slos")).items;
      const settled = new Date(Date.now() - SETTLED_MS).toISOString();
      const traces = (await ask(base, `/traces?to=${settled}`)).items;
      const isMeasured = slos.length === 0 || slos.some((slo) => slo.sli !== null);
      if ((traces.length > 0 && isMeasured) || Date.now() > until) return chosen(slos, traces);
    } catch (error) {
      if (Date.now() > until) throw new Error(`the server at ${base} does not answer: ${error.message}`);
    }
    await pause(500);
  }
}

/** The trace with most to look at: errors first, then spans, but none so large that nothing else is seen. */
function chosen(slos, traces) {
  const small = traces.filter((trace) => trace.spans >= 3 && trace.spans < 200);
  const best = [...(small.length > 0 ? small : traces)].sort((a, b) => Number(b.errors > 0) - Number(a.errors > 0) || b.spans - a.spans)[0];
  const worst = [...slos].sort((a, b) => (a.budget ?? Infinity) - (b.budget ?? Infinity))[0];
  return { trace: best ?? null, slo: worst ?? null, nTraces: traces.length };
}
