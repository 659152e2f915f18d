/**
 * What the first page and the lazily loaded ones have in common. Importing this file from each of them makes
 * the bundler put all of it into one shared file (dist/assets/chunk.js) instead of a dozen small ones. A module that
 * both use and that is missing here shows itself: two shared files would have the same name, and the build stops.
 */

import "preact";
import "preact/hooks";
import "preact/jsx-runtime";
import "@preact/signals";
import "./api/client";
import "./api/heat";
import "./api/live";
import "./api/resource";
import "./boot";
import "./i18n";
import "./i18n/josa";
import "./pages/overview/noslos";
import "./pages/overview/stories";
import "./pages/overview/suggest";
import "./pages/slo/status";
import "./pages/slo/table";
import "./pages/traces/rangemenu";
import "./pages/trace/details";
import "./pages/trace/marks";
import "./pages/trace/model";
import "./pages/trace/palette";
import "./pages/trace/save";
import "./pages/trace/source";
import "./pages/trace/term";
import "./pages/trace/timescale";
import "./shell/actions";
import "./shell/head";
import "./shell/keymap";
import "./shell/keys";
import "./shell/match";
import "./shell/storage";
import "./shell/theme";
import "./ui/canvas";
import "./ui/clipboard";
import "./ui/crosshair";
import "./ui/dialog";
import "./ui/heat";
import "./ui/heatgrid";
import "./ui/icons";
import "./ui/lazy";
import "./ui/meter";
import "./ui/popover";
import "./ui/rowkeys";
import "./ui/search";
import "./ui/seg";
import "./ui/service";
import "./ui/states";
import "./ui/status";
import "./ui/table";
import "./ui/tabs";
import "./ui/toast";
import "./ui/width";
import "./ui/virtual";
import "./ui/windowing";
import "./url/command";
import "./url/location";
import "./url/pinned";
import "./url/routes";
import "./url/scope";
import "./url/settled";
import "./url/timerange";
import "./url/traceid";
