/** What every drawing on a canvas needs: its size in the screen's pixels, and colours of the theme in force. */

/** Fits a canvas to its box and the screen's pixels; null when there is nothing to draw on. */
export function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio || 1;
  const w = Math.round(width * ratio);
  const h = Math.round(height * ratio);
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const ctx = canvas.getContext("2d");
  ctx?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return ctx;
}

/** Colours as the canvas needs them: variables resolved by the browser, in the theme in force. */
export function coloursOf<K extends string>(el: HTMLElement, names: Record<K, string>): Record<K, string> {
  const probe = document.createElement("span");
  // The canvas keeps its colours where the reader forces others on the page: they tell things apart.
  probe.style.setProperty("forced-color-adjust", "none");
  el.append(probe);
  const colours = {} as Record<K, string>;
  for (const name of Object.keys(names) as K[]) {
    probe.style.color = `var(${names[name]})`;
    colours[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colours;
}

/** A colour between two of `rgb(…)`: 0 gives the first, 1 the second. */
export function mixed(from: string, to: string, share: number): string {
  const [a, b] = [from, to].map((colour) => (colour.match(/[\d.]+/g) ?? []).map(Number));
  return `rgb(${[0, 1, 2].map((i) => Math.round(a[i] + (b[i] - a[i]) * share)).join(",")})`;
}
