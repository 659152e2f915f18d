/** The server's own facts, and the limits it keeps. */

import type { ComponentChildren } from "preact";
import { fmt, texts } from "../../i18n";
import { Facts } from "../../ui/facts";
import { Meter } from "../../ui/meter";
import { href } from "../../url/routes";

export interface About {
  version: string;
  commit: string;
  startedAt: string;
  uptimeUs: number;
  listen: string[];
  dataDir: string;
  storage: string;
  memory: { limitBytes: number; residentBytes: number | null; cpuSeconds: number | null; threads: number | null; openFiles: number | null };
  limits: { limit: string; unit: "bytes" | "count"; max: number }[];
}

export function Server({ about }: { about: About }) {
  const t = texts().settings;
  const f = fmt();
  const { memory } = about;
  const startedMs = Date.parse(about.startedAt);
  const used = memory.residentBytes;
  const facts: [string, ComponentChildren][] = [
    [t.version, about.version],
    [t.commit, about.commit && <code>{about.commit}</code>],
    [t.started, `${f.time(startedMs, startedMs + about.uptimeUs / 1000)} (${f.duration(about.uptimeUs)})`],
    [t.listen, about.listen.map((address) => <code key={address}>{address} </code>)],
    [t.storage, about.storage],
    [t.dataDir, <code>{about.dataDir}</code>],
    [t.definitions, <a class="link" href={href("definitions", {})}>{texts().nav.definitions}</a>],
    [
      t.memory,
      used !== null && (
        <>
          {t.memoryOf(f.bytes(used), f.bytes(memory.limitBytes))}
          <Meter share={used / memory.limitBytes} tone={used > memory.limitBytes ? "crit" : "plain"} label={t.memory} valueText={t.memoryOf(f.bytes(used), f.bytes(memory.limitBytes))} />
        </>
      ),
    ],
    [t.cpu, memory.cpuSeconds !== null && f.duration(memory.cpuSeconds * 1e6)],
    [t.threads, memory.threads !== null && `${f.count(memory.threads)}, ${f.count(memory.openFiles ?? 0)}`],
  ];
  return <Facts facts={facts.filter(([, value]) => value)} />;
}

export function Limits({ limits }: { limits: About["limits"] }) {
  const t = texts().settings;
  const f = fmt();
  return (
    <table aria-label={t.limits}>
      <thead>
        <tr>
          <th scope="col">{t.limit}</th>
          <th scope="col" class="num">{t.value}</th>
        </tr>
      </thead>
      <tbody>
        {limits.map(({ limit, unit, max }) => (
          <tr key={limit}>
            <td>
              {t.limitOf[limit] ?? limit} <code class="sub hide-s">{limit}</code>
            </td>
            <td class="num">{unit === "bytes" ? f.bytes(max) : f.count(max)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
