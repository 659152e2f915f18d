/** The pages there are, in the order of the rail. Only what exists: a page appears here when it is built. */

import type { IconName } from "../ui/icons";
import type { RouteName } from "../url/routes";

interface PageEntry {
  name: Extract<RouteName, "overview" | "slos" | "stories" | "traces" | "map" | "alerts" | "toil" | "runbooks" | "traffic" | "definitions" | "settings">;
  icon: IconName;
  /** What leads to it after `g`. */
  key: string;
  /** A phone's bar has no room for it, so that its menu has it; some stand in the menu of every window. */
  menu?: "narrow" | "always";
}

export const PAGES: readonly PageEntry[] = [
  { name: "overview", icon: "house", key: "o" },
  { name: "slos", icon: "target", key: "s" },
  { name: "stories", icon: "book", key: "u", menu: "narrow" },
  { name: "traces", icon: "traces", key: "t" },
  { name: "map", icon: "map", key: "m" },
  { name: "alerts", icon: "bell", key: "a" },
  { name: "toil", icon: "clock", key: "l", menu: "narrow" },
  { name: "runbooks", icon: "terminal", key: "b", menu: "narrow" },
  { name: "traffic", icon: "shield", key: "f", menu: "narrow" },
  { name: "definitions", icon: "file", key: "d", menu: "always" },
  { name: "settings", icon: "settings", key: "c", menu: "always" },
];
