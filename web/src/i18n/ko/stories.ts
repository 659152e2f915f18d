/** Korean texts of the page of user stories. */

import type { Catalogue } from "../en";

export const storiesTexts: Pick<Catalogue, "stories"> = {
  stories: {
    title: "사용자 스토리",
    find: "스토리, 담당, SLO 찾기",
    none: "정의된 사용자 스토리가 없습니다",
    noneText: "스토리는 사용자가 여러 단계로 하는 일과, 그 일을 위해 지켜져야 하는 SLO입니다. 정의 파일에 다음과 같이 적습니다.",
    nothing: "맞는 스토리가 없습니다",
    window: (window) => `기간 ${window}`,
    target: (target) => `목표 ${target}`,
    counted: (bad, all) => `트레이스 ${all}개 중 ${bad}개 실패`,
    joins: { trace: "트레이스 전체로 판정", weighted: "SLO의 가중 평균", worst: "가장 나쁜 SLO를 따름" },
  },
};
