/** No SLO is loaded: what one is, where it would come from, and what to type. */

import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import type { Definitions } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { Empty } from "../../ui/states";

const COMMANDS = "nines slo check definitions/\nnines serve --definitions definitions/";

export function NoSlos() {
  const t = texts().overview;
  const definitions = useResource<Definitions>(apiUrl("/definitions"), { topic: "slos" }).data;
  return (
    <Empty title={t.emptyTitle}>
      <p>{t.emptyText}</p>
      <pre tabIndex={0}>{COMMANDS}</pre>
      {definitions && definitions.directories.length > 0 && <p>{t.emptySince(fmt().list(definitions.directories))}</p>}
    </Empty>
  );
}
