/** Starts the page. */

import "./shared";
import { render } from "preact";
import { startLive } from "./api/live";
import { App } from "./app";
import { startLang } from "./i18n";
import { startOpening } from "./pages/trace/source";
import { startKeys } from "./shell/keys";
import { startTheme } from "./shell/theme";
import { startLocation } from "./url/location";

await startLang();
startTheme();
startLocation();
startKeys();
startOpening();
startLive();
render(<App />, document.getElementById("app")!); // index.html has it
