/** Korean texts of definitions, and of the banner about a set that was refused. */

import type { Catalogue } from "../en";

export const definitionsTexts: Pick<Catalogue, "definitions"> = {
  definitions: {
    title: "정의",
    refused: (n) => `정의를 받아들이지 않았습니다: 오류 ${n}개. 마지막으로 올바른 정의를 계속 씁니다.`,
    inForceSince: (time) => `${time}부터 적용 중`,
    show: "오류 보기",
    generation: "세대",
    generationHint: "이 서버에서 적용된 서로 다른 정의의 수",
    loaded: "적용 시작",
    objects: "객체",
    files: "파일",
    nFiles: (n) => `파일 ${n}개`,
    watched: (folders) => `감시 중: ${folders}`,
    builtIn: "프로그램에 포함된 정의",
    faults: "거부된 정의의 오류",
    refusedAt: (time) => `${time}에 거부`,
    warnings: "적용 중인 정의의 경고",
    sound: "문제가 없습니다.",
    error: "오류",
    warning: "경고",
    copyPlace: (place) => `${place} 복사`,
    inForce: "적용 중",
    find: "종류, 이름, 파일로 찾기",
    all: "전체",
    kind: "종류",
    name: "이름",
    place: "위치",
    nothing: "일치하는 객체가 없습니다.",
    emptyTitle: "정의가 없습니다",
    emptyText: "SLO, 알림, 정책, 스토리는 서버가 지켜보는 파일입니다. 검사한 뒤 폴더를 지정합니다.",
    more: (n) => `${n}개 더 있습니다. 필터로 목록을 줄이십시오.`,
  },
};
