/** Korean texts of charts that more than one page draws. */

import type { Catalogue } from "../en";

const failing = (errors: string) => (errors === "0" ? "" : `, 실패 ${errors}개`);

export const chartTexts: Pick<Catalogue, "chart"> = {
  chart: {
    heatmap: "히트맵",
    hint: "끌어서 영역을 선택합니다.",
    hintZoom: "끌어서 영역을 선택합니다. 위쪽 막대를 끌면 확대됩니다.",
    keys: "화살표 키로 칸을 옮기고, Shift와 함께 누르면 영역을 그립니다. Enter로 선택, z로 확대, Escape로 해제합니다.",
    cell: (from, to, low, high, _, spans, errors) => `${from} – ${to} · ${low} – ${high} · 스팬 ${spans}개${failing(errors)}`,
    column: (from, to, _, spans, errors) => `${from} – ${to} · 스팬 ${spans}개${failing(errors)}`,
    dot: (at, duration, failed) => `${at} · ${duration}${failed ? " · 실패" : ""}`,
    asTable: "표로 보기",
    asChart: "차트로 보기",
    time: "시작",
    spans: "스팬",
    errors: "오류",
    median: "중앙값",
    p99: "99번째 백분위",
  },
};
