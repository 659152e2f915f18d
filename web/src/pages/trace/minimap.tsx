/** The whole trace in a strip, and which part of its time is looked at. Dragging chooses a part; so do the zoom keys. */

import { useEffect, useRef } from "preact/hooks";
import { texts } from "../../i18n";
import { paletteVersion } from "../../shell/theme";
import { fitCanvas } from "../../ui/canvas";
import { drawMinimap } from "./bars";
import type { TraceModel } from "./model";
import { readPalette } from "./palette";
import { clampView, isWhole, type TimeView } from "./timescale";

const HEIGHT_PX = 36;
/** A shorter drag was a click. */
const DRAG_PX_MIN = 4;

export function Minimap({ model, view, onView }: { model: TraceModel; view: TimeView; onView(view: TimeView): void }) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drag = useRef<{ fromX: number } | null>(null);
  const version = paletteVersion.value;

  useEffect(() => {
    const el = box.current!; // rendered below, always
    const surface = canvas.current!;
    const draw = () => {
      const ctx = fitCanvas(surface, el.clientWidth, HEIGHT_PX);
      if (ctx && el.isConnected) drawMinimap(ctx, el.clientWidth, HEIGHT_PX, readPalette(el), model);
    };
    const observer = new ResizeObserver(draw);
    observer.observe(el);
    return () => observer.disconnect();
  }, [model, version]);

  const shareAt = (event: PointerEvent) => {
    const rect = box.current!.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - rect.left) / rect.width));
  };
  const moveTo = (event: PointerEvent) => {
    if (!drag.current || Math.abs(event.clientX - drag.current.fromX) < DRAG_PX_MIN) return;
    const rect = box.current!.getBoundingClientRect();
    const a = Math.min(1, Math.max(0, (drag.current.fromX - rect.left) / rect.width));
    const b = shareAt(event);
    onView(clampView({ from: Math.min(a, b) * model.durationUs, to: Math.max(a, b) * model.durationUs }, model.durationUs));
  };

  const left = (view.from / model.durationUs) * 100;
  const width = ((view.to - view.from) / model.durationUs) * 100;
  return (
    <div
      ref={box}
      class="minimap"
      title={texts().trace.minimap}
      onPointerDown={(event) => {
        drag.current = { fromX: event.clientX };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={moveTo}
      onPointerUp={(event) => {
        if (drag.current && Math.abs(event.clientX - drag.current.fromX) < DRAG_PX_MIN && !isWhole(view, model.durationUs)) {
          // A click moves the view there.
          const at = shareAt(event) * model.durationUs;
          const half = (view.to - view.from) / 2;
          onView(clampView({ from: at - half, to: at + half }, model.durationUs));
        }
        drag.current = null;
      }}
      onDblClick={() => onView({ from: 0, to: model.durationUs })}
    >
      <canvas ref={canvas} aria-hidden="true" />
      {!isWhole(view, model.durationUs) && (
        <>
          <i class="shade" style={{ left: 0, width: `${left}%` }} />
          <i class="shade" style={{ left: `${left + width}%`, right: 0 }} />
          <i class="brush" style={{ left: `${left}%`, width: `${width}%` }} />
        </>
      )}
    </div>
  );
}
