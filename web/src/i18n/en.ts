/**
 * The English catalogue, and with it the type of every catalogue: a message that another language lacks, or
 * has too many of, does not compile. Messages with values are functions; nothing is put together from pieces.
 * A file an area of the page, in both languages.
 */

import { alertsTexts } from "./en/alerts";
import { definitionsTexts } from "./en/definitions";
import { mapTexts } from "./en/map";
import { settingsTexts } from "./en/settings";
import { chartTexts } from "./en/chart";
import { commonTexts } from "./en/common";
import { compareTexts } from "./en/compare";
import { overviewTexts } from "./en/overview";
import { shellTexts } from "./en/shell";
import { sloTexts } from "./en/slo";
import { storiesTexts } from "./en/stories";
import { traceTexts } from "./en/trace";
import { tracesTexts } from "./en/traces";
import { toilTexts } from "./en/toil";
import { runbookTexts } from "./en/runbooks";
import { trafficTexts } from "./en/traffic";

export const en = {
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

export type Catalogue = typeof en;
