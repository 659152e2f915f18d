/** What is defined, where it stands, and what is wrong with a set that was refused. */

import "../../shared";
import { apiUrl } from "../../api/client";
import { nowMs } from "../../api/live";
import { useResource } from "../../api/resource";
import type { Definitions, Finding } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { score } from "../../shell/match";
import { copyText } from "../../ui/clipboard";
import { IconButton } from "../../ui/iconbutton";
import { SearchField } from "../../ui/search";
import { Seg } from "../../ui/seg";
import { Empty, Loaded, Stale } from "../../ui/states";
import { Pill } from "../../ui/status";
import { navigate } from "../../url/location";
import { href, type QueryOf } from "../../url/routes";
import { DEFINING } from "../overview/noslos";

/** Rows shown at once; who looks for one of more names it. */
const ROWS_MAX = 300;

type Query = QueryOf<"definitions">;

export function DefinitionsPage({ query }: { query: Query }) {
  const t = texts().definitions;
  useTitle(t.title);
  const resource = useResource<Definitions>(apiUrl("/definitions", { objects: "true" }), { topic: "timeline" });
  return (
    <>
      {resource.old && <Stale resource={resource} what={t.title} />}
      <Loaded resource={resource} what={t.title} rows={10} card>
        {(definitions) => (
          <>
            <Findings title={t.faults} note={definitions.refusedAt && t.refusedAt(fmt().time(Date.parse(definitions.refusedAt), nowMs.value))} findings={definitions.findings.filter((finding) => finding.set === "refused")} />
            <Tiles definitions={definitions} />
            <Findings title={t.warnings} findings={definitions.findings.filter((finding) => finding.set === "inForce")} />
            <InForce definitions={definitions} query={query} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Tiles({ definitions }: { definitions: Definitions }) {
  const t = texts().definitions;
  const f = fmt();
  const { directories, files } = definitions;
  const loadedMs = Date.parse(definitions.loadedAt);
  const tiles: [string, string, string][] = [
    [t.generation, f.count(definitions.generation), t.generationHint],
    [t.loaded, f.time(loadedMs, nowMs.value), f.relative(loadedMs, nowMs.value)],
    [t.objects, f.count(definitions.kinds.reduce((sum, kind) => sum + kind.objects, 0)), t.nFiles(files.length)],
    [t.files, f.count(files.length), directories.length > 0 ? t.watched(f.list(directories)) : t.builtIn],
  ];
  return (
    <section class="tiles" aria-label={t.title}>
      {tiles.map(([label, value, note]) => (
        <div key={label} class="card tile">
          <span class="sub">{label}</span>
          <b>{value}</b>
          <span class="sub clip" title={note}>
            {note}
          </span>
        </div>
      ))}
    </section>
  );
}

function Findings({ title, note, findings }: { title: string; note?: string | null; findings: Finding[] }) {
  const t = texts().definitions;
  if (findings.length === 0) return null;
  return (
    <section class="card">
      <div class="card-head">
        <h2>{title}</h2>
        <span class="sub">{note}</span>
      </div>
      <ol class="findings">
        {findings.slice(0, ROWS_MAX).map((finding, i) => {
          const place = `${finding.file}:${finding.line}:${finding.column}`;
          return (
            <li key={i}>
              <div class="row tight">
                <Pill tone={finding.severity === "error" ? "crit" : "warn"}>{t[finding.severity]}</Pill>
                <code>{place}</code>
                <IconButton icon="copy" label={t.copyPlace(place)} run={() => void copyText(place)} />
                {finding.path && <code class="sub">{finding.path}</code>}
              </div>
              <p>{finding.fact}</p>
              <p class="muted">→ {finding.hint}</p>
            </li>
          );
        })}
      </ol>
      {findings.length > ROWS_MAX && <p class="sub">{t.more(fmt().count(findings.length - ROWS_MAX))}</p>}
    </section>
  );
}

function InForce({ definitions, query }: { definitions: Definitions; query: Query }) {
  const t = texts().definitions;
  const f = fmt();
  const set = (change: Partial<Query>, replace: boolean) => navigate(href("definitions", {}, { ...query, ...change }), { replace });
  const objects = definitions.objects ?? [];
  if (objects.length === 0)
    return (
      <section class="card">
        <Empty title={t.emptyTitle}>
          <p>{definitions.directories.length > 0 ? t.watched(f.list(definitions.directories)) : t.emptyText}</p>
          <pre tabIndex={0}>{DEFINING}</pre>
        </Empty>
      </section>
    );
  const found = objects.filter((object) => (!query.kind || object.kind === query.kind) && score(query.q, `${object.name} ${object.kind} ${object.file}`) !== null);
  return (
    <section class="card flush">
      <div class="card-head">
        <h2>{t.inForce}</h2>
        <SearchField label={t.find} text={query.q} onText={(q) => set({ q }, true)} />
        <Seg label={t.kind} values={["", ...definitions.kinds.map((each) => each.kind)]} now={query.kind} text={(kind) => `${kind || t.all} ${f.count(definitions.kinds.find((each) => each.kind === kind)?.objects ?? objects.length)}`} choose={(kind) => set({ kind }, false)} />
      </div>
      {found.length === 0 ? (
        <Empty title={t.nothing}>
          <a class="btn" href={href("definitions", {})}>
            {texts().overview.clear}
          </a>
        </Empty>
      ) : (
        <table aria-label={t.inForce} class="definitions-table">
          <thead>
            <tr>
              <th scope="col">{t.kind}</th>
              <th scope="col">{t.name}</th>
              <th scope="col">{t.place}</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, ROWS_MAX).map((object) => {
              const to = pageOf(object.kind, object.name);
              return (
                <tr key={`${object.kind} ${object.name}`}>
                  <td class="sub">{object.kind}</td>
                  <td>{to ? <a class="link" href={to}>{object.name}</a> : object.name}</td>
                  <td class="mono">{`${object.file}:${object.line}:${object.column}`}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {found.length > ROWS_MAX && <p class="state sub">{t.more(fmt().count(found.length - ROWS_MAX))}</p>}
    </section>
  );
}

function pageOf(kind: string, name: string): string | null {
  if (kind === "SLO") return href("slo", { name });
  if (kind === "Service") return href("slos", {}, { q: name });
  return kind === "UserStory" ? href("stories", {}, { q: name }) : null;
}
