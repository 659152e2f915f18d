/** Starts the page. */

import { render } from "preact";
import { startLive } from "./api/live";
import { App } from "./app";
import { startKeys } from "./shell/keys";
import { startTheme } from "./shell/theme";
import { startLocation } from "./url/location";
import "./styles/app.css";

startTheme();
startLocation();
startKeys();
startLive();
render(<App />, document.getElementById("app")!); // index.html has it
