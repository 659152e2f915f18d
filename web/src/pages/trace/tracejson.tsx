/** The trace as Zipkin's JSON, as it was sent or opened. */

import "../../shared";
import { useEffect, useState } from "preact/hooks";
import { texts } from "../../i18n";
import { copyText } from "../../ui/clipboard";
import { Icon } from "../../ui/icons";
import { Failure, Skeleton } from "../../ui/states";
import { zipkinJson } from "./source";
import { saveFile } from "./save";
import type { ViewProps } from "./views";

/** More text makes the page slow and nobody read it; the file has all of it. */
const SHOWN_CHARS_MAX = 100_000;

export function TraceJson({ model }: ViewProps) {
  const t = texts();
  const [attempt, setAttempt] = useState(0);
  const [text, setText] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    let isHere = true;
    zipkinJson(model.traceId).then(
      (json) => isHere && setText(json),
      () => isHere && setText(null),
    );
    return () => void (isHere = false);
  }, [model, attempt]);
  if (text === undefined) return <Skeleton rows={10} />;
  if (text === null) return <Failure what={t.trace.json} problem={{ title: "", status: 0 }} retry={() => setAttempt(attempt + 1)} />;
  const isCut = text.length > SHOWN_CHARS_MAX;
  return (
    <>
      <div class="row tight table-tools">
        <span class="sub">{isCut ? t.trace.jsonCut : t.trace.jsonHint}</span>
        <span class="spring" />
        <button type="button" class="btn small" onClick={() => void copyText(text)}>
          <Icon name="copy" />
          {t.shell.copy}
        </button>
        <button type="button" class="btn small" onClick={() => saveFile(`${model.traceId}.json`, "application/json", text)}>
          <Icon name="download" />
          {t.trace.download}
        </button>
      </div>
      <pre class="json" tabIndex={0} aria-label={t.trace.jsonHint}>
        {isCut ? `${text.slice(0, SHOWN_CHARS_MAX)}\n…` : text}
      </pre>
    </>
  );
}
