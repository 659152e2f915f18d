/** Korean texts of the overview. */

import type { Catalogue } from "../en";

export const overviewTexts: Pick<Catalogue, "overview"> = {
  overview: {
    title: "개요",
    numbers: "한눈에 보기",
    meeting: "목표를 지키는 SLO",
    meetingOf: (met, all) => `${met} / ${all}`,
    unmeasured: (n) => `데이터 없음 ${n}개`,
    worst: "가장 적게 남은 예산",
    burning: "지금 소진 중",
    burningNone: "호출 없음",
    gate: "릴리스 게이트",
    gateHeld: (held, all) => `서비스 ${all}개 중 ${held}개 보류`,
    gateFree: (all) => `서비스 ${all}개 모두 릴리스 가능`,
    stories: "사용자 스토리",
    storiesNone: "정의된 사용자 스토리가 없습니다.",
    storyOwner: (owner) => `담당: ${owner}`,
    changed: "최근 변경",
    changes: "변경 내역",
    changedNone: "아직 없습니다. 배포, 게이트 판정, 정의 불러오기가 여기에 나타납니다.",
    emptyTitle: "불러온 SLO가 없습니다",
    emptyText: "SLO는 어떤 요청을 세고 그중 얼마가 정상이어야 하는지 정합니다. OpenSLO 파일을 디렉터리에 두고 검사한 다음, 그 디렉터리로 서버를 시작하십시오.",
    emptySince: (dirs) => `정의를 읽는 디렉터리: ${dirs}`,
    filtered: (n, all) => `SLO ${all}개 중 ${n}개`,
    clear: "모두 보기",
    story: (title) => `스토리: ${title}`,
  },
};
