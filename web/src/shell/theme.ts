/**
 * Light, dark, or as the system says; and how much room a row has. public/theme.js sets the saved choices before the
 * first paint; this module changes them, and tells those who paint on a canvas.
 */

import { signal } from "@preact/signals";
import { readChoice, saveChoice } from "./storage";

export type Theme = "system" | "light" | "dark";
export const THEMES: readonly Theme[] = ["system", "light", "dark"];

const saved = readChoice("theme");
export const theme = signal<Theme>(saved === "light" || saved === "dark" ? saved : "system");
/** Changes whenever colours do, whoever changed them. */
export const paletteVersion = signal(0);

export function switchTheme(next: Theme): void {
  theme.value = next;
  saveChoice("theme", next === "system" ? null : next);
  if (next === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  paletteVersion.value++;
}

export type Density = "comfortable" | "dense";
export const DENSITIES: readonly Density[] = ["comfortable", "dense"];
export const density = signal<Density>(readChoice("density") === "dense" ? "dense" : "comfortable");

export function switchDensity(next: Density): void {
  density.value = next;
  saveChoice("density", next === "dense" ? next : null);
  if (next === "dense") document.documentElement.dataset.density = next;
  else delete document.documentElement.dataset.density;
}

export function startTheme(): void {
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", () => paletteVersion.value++);
  }
}
