/** The heat-map and its table for any page: their code comes when the first of them is shown. */

import { lazy } from "./lazy";

export const Heatmap = lazy(() => import("./heatmap").then((module) => module.Heatmap), true);
export const HeatTable = lazy(() => import("./heatmap").then((module) => module.HeatTable), true);
