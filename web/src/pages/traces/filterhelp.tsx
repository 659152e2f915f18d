/** The filter language on a card, for the moment when a filter could not be read. */

import { texts } from "../../i18n";

export function FilterHelp({ hint }: { hint?: string }) {
  const t = texts().traces;
  const lines: [string, string][] = [
    ["service=checkout error", t.helpTerms.all],
    ["service=checkout", t.helpTerms.service],
    ['op="get /profile/{id}"', t.helpTerms.op],
    ["service=(rank,user)", t.helpTerms.any],
    ["-service=health", t.helpTerms.not],
    ["duration>200ms http.status_code>=500", t.helpTerms.number],
    ["http.url", t.helpTerms.exists],
    ["op=~^get", t.helpTerms.regex],
  ];
  return (
    <section class="card">
      <h2>{t.help}</h2>
      {hint && <p class="muted">{hint}</p>}
      <table class="pairs filter-help">
        <tbody>
          {lines.map(([term, meaning]) => (
            <tr key={term}>
              <th scope="row">{term}</th>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
