// Runs before the first paint, so that a page chosen dark does not flash white, nor a dense one jump. The rest is in src/shell/theme.ts.
try {
  const theme = localStorage.getItem("nines.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  if (localStorage.getItem("nines.density") === "dense") document.documentElement.dataset.density = "dense";
} catch {
  // Storage can be forbidden; the system's choice then holds.
}
