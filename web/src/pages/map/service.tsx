/** One service on the map: a shape that says what it is, and as much text as its size on the screen has room for. */

import { fmt, texts } from "../../i18n";
import { HUES } from "../../ui/service";
import { Shape, type Tone } from "../../ui/status";
import { detailOf, fitted, LETTER, NAME_PX, type Sizes } from "./layout";
import { FAILING, flowOf, secondsOf, shareOf, type MapNode, type ServiceMap } from "./model";

const FIGURES_PX = 11;
/** What a digit or a space takes of that. */
const DIGIT = 0.5;
/** A shorter line has room for the name alone. */
const BESIDE_FROM_PX = 66;

interface ServiceProps {
  node: MapNode;
  map: ServiceMap;
  sizes: Sizes;
  zoom: number;
  tone: Tone | null;
  /** Whether there is room for its name; it is shown under the pointer all the same. */
  isNamed: boolean;
  /** From its left to the right end of the drawing. */
  free: number;
}

export function Service({ node, map, sizes, zoom, tone, isNamed, free }: ServiceProps) {
  const t = texts().map;
  const f = fmt();
  const { width, height } = sizes;
  /** Pixels of the screen in the units of the drawing. */
  const px = (n: number) => n / zoom;
  const flow = flowOf(map, node);
  const share = shareOf(flow);
  const rate = f.rate(flow.calls / secondsOf(map));
  const detail = detailOf(height * zoom);
  const isTold = tone !== null && tone !== "ok";
  const hue = Math.min(px(8), height * 0.7);
  const inset = detail === "figures" ? px(10) : px(5);
  const left = inset + hue + px(detail === "figures" ? 6 : 4);
  const below = node.kind === "database" ? px(3) : 0;
  const middle = below + (detail === "figures" ? height / 2 - px(8) : height / 2);
  const mark = detail === "sparse" ? 0 : px(12);
  const failing = share >= FAILING ? f.share(share) : "";
  const room = (width - left) * zoom;
  // Where there is one line, what fails is told beside the name; where there is hardly that, only as much as stands before the next rank.
  const line = detail === "sparse" ? (Math.min(free, sizes.column) - left) * zoom : room - (isTold ? mark * zoom + 10 : 6);
  const beside = detail === "figures" || (detail === "sparse" && line < BESIDE_FROM_PX) ? "" : failing;
  const slow = node.p95Us ? ` · ${f.duration(node.p95Us)}` : "";
  const isSlowFitting = (`${rate} · ${f.share(share)}${slow}`.length + 1) * FIGURES_PX * DIGIT < room;
  return (
    <>
      <title>{[t.node(node.service, t.kinds[node.kind], rate, f.share(share)), node.p95Us && t.p95(f.duration(node.p95Us)), node.alarming && t.alarming].filter(Boolean).join(", ")}</title>
      <path class={`box${isTold && detail === "sparse" ? ` told ${tone}` : ""}`} d={outline(node.kind, width, height)} style={{ strokeWidth: `${px(1)}px` }} />
      <rect class={`hue c${node.color % HUES}`} x={inset} y={middle - hue / 2} width={hue} height={hue} rx={px(2)} />
      <text class={`name d-${detail}${isNamed ? "" : " unseen"}`} x={left} y={middle + px(NAME_PX[detail] * 0.36)} style={{ fontSize: `${px(NAME_PX[detail])}px`, strokeWidth: `${px(3)}px` }}>
        {fitted(node.service, line - beside.length * 6.5, NAME_PX[detail] * LETTER)}
        {beside && <tspan class="bad"> {beside}</tspan>}
      </text>
      {detail === "figures" && (
        <text class="figures" x={left} y={below + height / 2 + px(13)} style={{ fontSize: `${px(FIGURES_PX)}px` }}>
          {rate} · <tspan class={failing ? "bad" : undefined}>{f.share(share)}</tspan>
          {isSlowFitting && slow}
        </text>
      )}
      {isTold && mark > 0 && (
        <g class={`tone ${tone}`} transform={`translate(${width - mark - px(5)} ${middle - mark / 2})`}>
          <svg width={mark} height={mark} viewBox="0 0 12 12">
            <Shape tone={tone} />
          </svg>
        </g>
      )}
    </>
  );
}

/** A box; a drum for a database, a tube for a queue, a lozenge for what is not ours. */
function outline(kind: MapNode["kind"], w: number, h: number): string {
  const end = Math.min(10, h / 2);
  const lid = Math.min(5, h / 6);
  const round = Math.min(6, h / 4);
  if (kind === "database") return `M0 ${lid}a${w / 2} ${lid} 0 0 1 ${w} 0v${h - 2 * lid}a${w / 2} ${lid} 0 0 1 ${-w} 0zM0 ${lid}a${w / 2} ${lid} 0 0 0 ${w} 0`;
  if (kind === "queue") return `M${end} 0h${w - 2 * end}a${end} ${h / 2} 0 0 1 0 ${h}h${2 * end - w}a${end} ${h / 2} 0 0 1 0 ${-h}zM${w - end} 0a${end} ${h / 2} 0 0 0 0 ${h}`;
  if (kind === "external") return `M${end} 0h${w - 2 * end}l${end} ${h / 2}l${-end} ${h / 2}h${2 * end - w}l${-end} ${-h / 2}z`;
  const [across, down, corner] = [w - 2 * round, h - 2 * round, `a${round} ${round} 0 0 1`];
  return `M${round} 0h${across}${corner} ${round} ${round}v${down}${corner} ${-round} ${round}h${-across}${corner} ${-round} ${-round}v${-down}${corner} ${round} ${-round}z`;
}
