/** Over every page, while the server does not answer: since when, and that what is shown is from before. */

import { lostAt } from "../api/client";
import { nowMs, reconnect } from "../api/live";
import { fmt, texts } from "../i18n";
import { Banner, RetryButton } from "../ui/states";

export function Lost() {
  const since = lostAt.value;
  if (since === 0) return null;
  return (
    <Banner tone="warn" action={<RetryButton retry={reconnect} />}>
      {texts().state.lost(fmt().time(since, nowMs.value))}
    </Banner>
  );
}
