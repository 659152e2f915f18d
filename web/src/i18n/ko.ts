/** The Korean catalogue. 합니다체 in sentences, nouns on buttons. */

import type { Catalogue } from "./en";
import { alertsTexts } from "./ko/alerts";
import { definitionsTexts } from "./ko/definitions";
import { mapTexts } from "./ko/map";
import { settingsTexts } from "./ko/settings";
import { chartTexts } from "./ko/chart";
import { commonTexts } from "./ko/common";
import { compareTexts } from "./ko/compare";
import { overviewTexts } from "./ko/overview";
import { shellTexts } from "./ko/shell";
import { sloTexts } from "./ko/slo";
import { storiesTexts } from "./ko/stories";
import { traceTexts } from "./ko/trace";
import { tracesTexts } from "./ko/traces";
import { runbookTexts } from "./ko/runbooks";
import { toilTexts } from "./ko/toil";
import { trafficTexts } from "./ko/traffic";

export const ko: Catalogue = {
  ...shellTexts,
  ...commonTexts,
  ...chartTexts,
  ...overviewTexts,
  ...sloTexts,
  ...storiesTexts,
  ...tracesTexts,
  ...traceTexts,
  ...compareTexts,
  ...settingsTexts,
  ...mapTexts,
  ...definitionsTexts,
  ...alertsTexts,
  ...trafficTexts,
  ...toilTexts,
  ...runbookTexts,
};
