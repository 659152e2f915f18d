/** No span has ever arrived: how to send one, with the address of this very server. */

import { useState } from "preact/hooks";
import { texts } from "../../i18n";
import { copyText } from "../../ui/clipboard";
import { Icon } from "../../ui/icons";
import { Seg } from "../../ui/seg";
import { Empty } from "../../ui/states";
import { Pill } from "../../ui/status";

const WAYS = ["curl", "OpenTelemetry", "Spring Boot"] as const;
type Way = (typeof WAYS)[number];

function snippet(way: Way, origin: string): string {
  switch (way) {
    case "curl":
      return `curl -sS ${origin}/api/v2/spans -H 'content-type: application/json' -d '[{
  "traceId":"5af7183fb1d4cf5f","id":"6b221d5bc9e6496c","name":"hello",
  "timestamp":'$(date +%s)000000',"duration":12000,"kind":"SERVER",
  "localEndpoint":{"serviceName":"my-service"}}]'`;
    case "OpenTelemetry":
      return `OTEL_SERVICE_NAME=my-service
OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf
OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=${origin}/v1/traces`;
    case "Spring Boot":
      return `management.tracing.sampling.probability=1.0
management.zipkin.tracing.endpoint=${origin}/api/v2/spans`;
  }
}

export function FirstSpan() {
  const t = texts();
  const [way, setWay] = useState<Way>("curl");
  const code = snippet(way, location.origin);
  return (
    <Empty title={t.first.title}>
      <p>{t.first.text}</p>
      <Seg label={t.first.tabs} values={WAYS} now={way} text={(name) => name} choose={(name) => setWay(name)} />
      <div class="snippet">
        <pre tabIndex={0}>{code}</pre>
        <button type="button" class="btn small" onClick={() => void copyText(code)}>
          <Icon name="copy" />
          {t.shell.copy}
        </button>
      </div>
      <div class="row">
        <Pill tone="none">{t.first.waiting}</Pill>
        <span class="muted">{t.first.demo}</span>
      </div>
    </Empty>
  );
}
