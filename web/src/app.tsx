/** The page: frame, and inside it whatever the address names. */

import { useEffect, useRef } from "preact/hooks";
import { texts } from "./i18n";
import { NotFound } from "./pages/notfound";
import { Overview } from "./pages/overview/overview";
import { SloListPage } from "./pages/slo/list";
import { copyCommand, copyLink, focusFilter, sheet } from "./shell/actions";
import { Header } from "./shell/header";
import { useKeys, type KeyBinding } from "./shell/keys";
import { Lost } from "./shell/lost";
import { PAGES } from "./shell/pages";
import { Rail } from "./shell/rail";
import { Refused } from "./shell/refused";
import { lazy } from "./ui/lazy";
import { Toasts } from "./ui/toast";
import { moves, navigate, place } from "./url/location";
import { href } from "./url/routes";

const SloDetailPage = lazy(() => import("./pages/slo/detail").then((module) => module.SloDetailPage));
const ComparePage = lazy(() => import("./pages/compare/compare").then((module) => module.ComparePage));
const StoriesPage = lazy(() => import("./pages/stories/stories").then((module) => module.StoriesPage));
const TracesPage = lazy(() => import("./pages/traces/traces").then((module) => module.TracesPage));
const TracePage = lazy(() => import("./pages/trace/trace").then((module) => module.TracePage));
const MapPage = lazy(() => import("./pages/map/map").then((module) => module.MapPage));
const AlertsPage = lazy(() => import("./pages/alerts/alerts").then((module) => module.AlertsPage));
const TrafficPage = lazy(() => import("./pages/traffic/traffic").then((module) => module.TrafficPage));
const TrafficPlanPage = lazy(() => import("./pages/traffic/traffic").then((module) => module.PlanPage));
const TrafficExplainPage = lazy(() => import("./pages/traffic/traffic").then((module) => module.ExplainPage));
const ToilPage = lazy(() => import("./pages/toil/toil").then((module) => module.ToilPage));
const LogToil = lazy(() => import("./pages/toil/toil").then((module) => module.LogToil), true);
const RunbooksPage = lazy(() => import("./pages/runbooks/runbooks").then((module) => module.RunbooksPage));
const RunbookPage = lazy(() => import("./pages/runbooks/runbooks").then((module) => module.RunbookPage));
const RunPage = lazy(() => import("./pages/runbooks/runbooks").then((module) => module.RunPage));
const DefinitionsPage = lazy(() => import("./pages/definitions/definitions").then((module) => module.DefinitionsPage));
const SettingsPage = lazy(() => import("./pages/settings/settings").then((module) => module.SettingsPage));
const HelpSheet = lazy(() => import("./shell/help").then((module) => module.HelpSheet), true);
const Palette = lazy(() => import("./shell/palette").then((module) => module.Palette), true);

export function App() {
  const t = texts();
  const main = useRef<HTMLElement>(null);
  useKeys([
    { keys: "Ctrl+K", label: t.keys.palette, group: "global", run: () => (sheet.value = "palette") },
    { keys: "/", label: t.keys.filter, group: "global", run: focusFilter },
    { keys: "?", label: t.keys.help, group: "global", run: () => (sheet.value = "help") },
    ...PAGES.map(({ name, key }): KeyBinding => ({ keys: `g ${key}`, label: t.keys.goTo(t.nav[name]), group: "global", run: () => navigate(href(name, {})) })),
    { keys: "t", label: t.keys.logToil, group: "global", run: () => (sheet.value = "toil") },
    { keys: "y", label: t.keys.copyLink, group: "global", run: copyLink },
    { keys: "Shift+Y", label: t.keys.copyCommand, group: "global", run: copyCommand },
  ]);

  // A move to another page starts at its top, and screen readers start there too.
  const moved = moves.value;
  useEffect(() => {
    if (moved === 0) return;
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [moved]);

  return (
    <>
      <a class="skip" href="#main">
        {t.nav.skip}
      </a>
      <Rail />
      <div>
        <Header />
        <main id="main" class="wrap" ref={main} tabIndex={-1}>
          <Lost />
          <Refused />
          <CurrentPage />
        </main>
      </div>
      {sheet.value === "palette" && <Palette />}
      {sheet.value === "toil" && <LogToil />}
      {sheet.value === "help" && <HelpSheet />}
      <Toasts />
    </>
  );
}

function CurrentPage() {
  const here = place.value;
  switch (here.name) {
    case "overview":
      return <Overview query={here.query} />;
    case "slos":
      return <SloListPage query={here.query} />;
    case "slo":
      return <SloDetailPage key={here.path.name} name={here.path.name} query={here.query} />;
    case "stories":
      return <StoriesPage query={here.query} />;
    case "traces":
      return <TracesPage query={here.query} />;
    case "trace":
      return <TracePage key={here.path.id} id={here.path.id} query={here.query} />;
    case "compare":
      return <ComparePage key={`${here.path.a} ${here.path.b}`} a={here.path.a} b={here.path.b} query={here.query} />;
    case "map":
      return <MapPage query={here.query} />;
    case "alerts":
      return <AlertsPage query={here.query} />;
    case "traffic":
      return <TrafficPage query={here.query} />;
    case "trafficPlan":
      return <TrafficPlanPage key={here.path.id} id={here.path.id} query={here.query} />;
    case "trafficExplain":
      return <TrafficExplainPage query={here.query} />;
    case "toil":
      return <ToilPage query={here.query} />;
    case "runbooks":
      return <RunbooksPage query={here.query} />;
    case "runbook":
      return <RunbookPage key={here.path.id} id={here.path.id} />;
    case "run":
      return <RunPage key={here.path.id} id={here.path.id} />;
    case "definitions":
      return <DefinitionsPage query={here.query} />;
    case "settings":
      return <SettingsPage />;
    case "missing":
      return <NotFound pathname={here.pathname} />;
  }
}
