/** Korean texts of states of a panel and of an SLO, used on every page. */

import type { Catalogue } from "../en";
import { josa } from "../josa";

export const commonTexts: Pick<Catalogue, "state" | "status"> = {
  state: {
    loading: "불러오는 중…",
    page: "페이지",
    failed: (what) => `${josa(what, "을/를")} 불러오지 못했습니다`,
    unreachable: "서버가 응답하지 않습니다. 자동으로 다시 시도합니다.",
    lost: (since) => `${since}부터 서버가 응답하지 않습니다. 지금 보이는 것은 그 전의 내용이며, 자동으로 다시 시도합니다.`,
    partial: (why) => `일부가 빠졌습니다: ${why}`,
    retry: "다시 시도",
    diagnostic: "진단 정보 복사",
    stale: (age) => `${age} 기준`,
    notFoundTitle: "페이지를 찾을 수 없습니다",
    notFoundText: (path) => `${path}에는 아무것도 없습니다.`,
    notFoundGo: "개요로 이동",
  },

  status: {
    missed: "목표 미달",
    low: "예산 25% 미만",
    held: "릴리스 보류",
    burning: "빠르게 소진",
    spent: "예산 소진됨",
    risk: "주의",
    healthy: "정상",
    none: "데이터 없음",
    all: "전체",
  },
};
