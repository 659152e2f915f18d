import {
  josa
} from "./chunk.js";

// src/i18n/ko/chart.ts
var failing = (errors) => errors === "0" ? "" : `, 실패 ${errors}개`, chartTexts = {
  chart: {
    heatmap: "히트맵",
    hint: "끌어서 영역을 선택합니다. 위쪽 막대를 끌면 확대됩니다.",
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
    p99: "99번째 백분위"
  }
};

// src/i18n/ko/common.ts
var commonTexts = {
  state: {
    loading: "불러오는 중…",
    page: "페이지",
    failed: (what) => `${josa(what, "을/를")} 불러오지 못했습니다`,
    unreachable: "서버가 응답하지 않습니다. 자동으로 다시 시도합니다.",
    retry: "다시 시도",
    diagnostic: "진단 정보 복사",
    stale: (age) => `${age} 기준`,
    notFoundTitle: "페이지를 찾을 수 없습니다",
    notFoundText: (path) => `${path}에는 아무것도 없습니다.`,
    notFoundGo: "개요로 이동"
  },
  status: {
    held: "릴리스 보류",
    burning: "빠르게 소진",
    spent: "예산 소진됨",
    risk: "주의",
    healthy: "정상",
    none: "데이터 없음",
    all: "전체"
  }
};

// src/i18n/ko/compare.ts
var compareTexts = {
  compare: {
    title: "두 트레이스 비교",
    mark: "비교할 트레이스로 표시",
    unmark: "표시 해제",
    marked: "표시했습니다. 다른 트레이스를 열고 m을 누르면 비교합니다.",
    unmarked: "표시를 해제했습니다.",
    withMarked: "표시한 트레이스와 비교",
    otherId: "다른 트레이스 ID",
    go: "비교",
    badId: "트레이스 ID는 0-9와 a-f로 된 16자 또는 32자입니다.",
    heading: (a, b) => `${josa(a, "과/와")} ${b}`,
    traceA: "트레이스 A",
    traceB: "트레이스 B",
    swap: "A와 B 바꾸기",
    open: (id) => `${id} 열기`,
    difference: "차이",
    all: "모든 스팬",
    differing: "다른 것만",
    show: "보이는 스팬",
    tree: "두 트레이스의 스팬",
    span: "서비스와 작업",
    onlyA: "A에만 있음",
    onlyB: "B에만 있음",
    onlyATitle: "A에만 있는 것",
    onlyBTitle: "B에만 있는 것",
    moreCalls: "호출이 훨씬 많은 것",
    selfTime: "자체 시간 차이가 큰 것",
    nothing: "없음",
    calls: (a, b) => `호출 ${a}회 → ${b}회`,
    times: (n) => `${n}배`,
    same: "변화 없음",
    slower: (time) => `${time} 느림`,
    faster: (time) => `${time} 빠름`,
    tags: "다른 태그",
    tagsSame: "태그가 모두 같습니다.",
    selectHint: "행을 선택하면 태그를 비교합니다.",
    nothingDiffers: "트레이스의 백분의 일을 넘는 차이가 없습니다.",
    missing: (id) => `트레이스 ${josa(id, "이/가")} 없습니다`,
    nextDifference: "다음, 이전 차이"
  }
};

// src/i18n/ko/overview.ts
var overviewTexts = {
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
    refused: (n) => `정의를 받아들이지 않았습니다: 오류 ${n}개. 마지막으로 올바른 정의를 계속 씁니다.`,
    filtered: (n, all) => `SLO ${all}개 중 ${n}개`,
    clear: "모두 보기",
    story: (title) => `스토리: ${title}`
  }
};

// src/i18n/ko/shell.ts
var shellTexts = {
  nav: {
    label: "페이지",
    overview: "개요",
    slos: "SLO",
    traces: "트레이스",
    skip: "본문으로 건너뛰기"
  },
  shell: {
    jump: "검색 또는 이동…",
    appearance: "테마와 언어",
    theme: "테마",
    system: "시스템",
    light: "밝게",
    dark: "어둡게",
    language: "언어",
    help: "단축키",
    share: "공유",
    close: "닫기",
    live: "실시간",
    livePaused: "멈춤",
    liveWaiting: "다시 연결하는 중",
    livePolling: "10초마다",
    liveHint: "화면이 보이는 동안 서버를 따라갑니다.",
    copied: (what) => `복사했습니다: ${what}`,
    copyFailed: "브라우저가 복사를 허용하지 않았습니다.",
    copy: "복사",
    version: (version) => `nines ${version}`,
    title: (page) => `${page} · nines`
  },
  palette: {
    label: "검색 또는 이동",
    placeholder: "페이지, SLO, 서비스 또는 트레이스 ID",
    none: "그런 이름이 없습니다.",
    page: "페이지",
    slo: "SLO",
    service: "이 서비스의 트레이스",
    trace: "트레이스 열기",
    action: "동작",
    copyLink: "이 페이지 링크 복사",
    copyPinned: "지금 이 시점의 링크 복사",
    copyCommand: "명령으로 복사",
    useTheme: (theme) => `테마: ${theme}`,
    useLanguage: (language) => `언어: ${language}`,
    results: (n) => `결과 ${n}개`
  },
  keys: {
    groupGlobal: "어디서나",
    groupList: "목록",
    groupTrace: "트레이스",
    palette: "검색 또는 이동",
    filter: "필터로 이동",
    help: "이 도움말",
    goOverview: "개요로 이동",
    goSlos: "SLO로 이동",
    goTraces: "트레이스로 이동",
    copyLink: "링크 복사",
    copyCommand: "명령으로 복사",
    next: "다음 행",
    previous: "이전 행",
    open: "열기",
    openTab: "새 탭에서 열기",
    collapse: "접기, 펼치기",
    collapseAll: "모두 접기, 펼치기",
    level: "한 단계씩 모두",
    zoom: "확대, 축소",
    pan: "왼쪽, 오른쪽으로 이동",
    fit: "선택한 스팬에 맞추기",
    reset: "트레이스 전체",
    critical: "임계 경로",
    error: "다음, 이전 오류",
    match: "다음, 이전 결과",
    singleKeys: "한 글자 단축키 사용"
  }
};

// src/i18n/ko/slo.ts
var sloTexts = {
  slo: {
    title: "SLO",
    table: "서비스 수준 목표",
    name: "SLO",
    story: "스토리",
    service: "서비스",
    target: "목표",
    now: "현재",
    budget: "남은 예산",
    burn: "소진율 1시간 / 6시간",
    runsOut: "소진 예상",
    status: "상태",
    budgetOf: (name) => `${name}: 남은 예산`,
    find: "SLO, 서비스, 스토리 찾기",
    nothing: "일치하는 SLO가 없습니다.",
    window: (length) => `최근 ${length}`,
    heldHint: "이 SLO 때문에 서비스의 릴리스가 보류됩니다.",
    detailTarget: (target) => `목표 ${target}`,
    goodBad: (good, bad) => `정상 ${good}건, 불량 ${bad}건`,
    allowed: (n) => `현재 트래픽에서 불량 ${n}건까지 허용`,
    exceeded: (n) => `불량 ${n}건 초과`,
    leftOver: (n) => `불량 ${n}건 더 가능`,
    oneFailure: (share) => `트래픽이 적습니다: 실패 한 건이 예산의 ${share}입니다`,
    coverage: (share) => `기간의 ${share} 측정됨`,
    burnByWindow: "구간별 소진율",
    burnWindow: "구간",
    burnRate: "소진율",
    burnLimit: "호출 기준",
    budgetOverTime: "에러 버짓 추이",
    chartText: (from, to) => `남은 예산이 ${from}에서 ${josa(to, "으로/로")} 바뀌었습니다.`,
    chartNone: "선을 그릴 만큼 측정되지 않았습니다.",
    firing: "발생",
    recovering: "회복 중",
    rising: "상승 중",
    quiet: "정상",
    pageRule: (long, short, threshold) => `${josa(long, "과/와")} ${short} 소진율이 모두 ${threshold} 이상이면 호출합니다.`,
    gateTitle: "릴리스 게이트",
    gateAllowed: "릴리스 허용",
    gateAsk: "게이트에 묻기",
    traces: "실패한 요청",
    tracesLink: (service) => `${service}의 오류 트레이스`,
    definedIn: "정의 위치",
    unknown: (name) => `${name}(이)라는 SLO가 없습니다.`,
    toAll: "모든 SLO",
    pace: (time) => `지금 속도라면 남은 예산은 ${time} 동안 갑니다.`
  }
};

// src/i18n/ko/trace.ts
var traceTexts = {
  trace: {
    title: "트레이스",
    spanCount: (_n, text) => `스팬 ${text}개`,
    serviceCount: (n) => `서비스 ${n}개`,
    errorCount: (_n, text) => `오류 ${text}건`,
    duration: "소요 시간",
    started: "시작",
    critical: "임계 경로",
    json: "JSON",
    jsonHint: "Zipkin JSON으로 보기",
    copyId: "트레이스 ID 복사",
    find: "트레이스에서 찾기: 서비스, 작업, 상태, duration>20ms",
    findLabel: "트레이스에서 찾기",
    findCount: (at, all) => `${at} / ${all}`,
    findNone: "결과 없음",
    findNext: "다음 결과",
    findPrevious: "이전 결과",
    zoomIn: "확대",
    zoomOut: "축소",
    zoomReset: "트레이스 전체",
    collapseAll: "모두 접기",
    expandAll: "모두 펼치기",
    dockRight: "상세 정보를 오른쪽에",
    dockBelow: "상세 정보를 아래에",
    minimap: "끌어서 시간의 일부만 봅니다",
    grid: (title) => `${title}의 스팬`,
    missing: (_n, text) => `스팬 ${text}개의 부모가 도착하지 않아 가장 가까운 스팬 아래에 두었습니다.`,
    skew: (_n, text) => `시계가 서로 달라 스팬 ${text}개를 호출한 스팬 안으로 옮겼습니다.`,
    hidden: (n) => `+${n}`,
    hiddenLabel: (n) => `아래 스팬 ${n}개`,
    collapse: "접기",
    expand: "펼치기",
    startsAt: (offset) => `${offset}에 시작`,
    error: "오류",
    errorStatus: (status) => `오류 ${status}`,
    onCritical: "임계 경로에 있음",
    unnamed: "(이름 없음)",
    unknownService: "(알 수 없음)",
    notFound: "이 트레이스가 없습니다",
    notFoundText: (id) => `${id}의 스팬이 저장되어 있지 않습니다. 도착하지 않았거나, 표본에서 빠졌거나, 보존 기간이 지났습니다.`,
    badId: (id) => `${josa(id, "은/는")} 트레이스 ID가 아닙니다. 0-9와 a-f로 된 16자 또는 32자여야 합니다.`,
    toTraces: "트레이스 검색",
    openTooLarge: "열 수 있는 트레이스는 최대 10 MiB입니다."
  },
  span: {
    title: "스팬",
    close: "상세 정보 닫기",
    loading: "상세 정보를 불러오는 중…",
    selfTime: "자체 시간",
    kind: "종류",
    start: "시작",
    duration: "소요 시간",
    notKnown: "알 수 없음",
    id: "스팬 ID",
    parent: "부모",
    root: "없음 (루트)",
    local: "서비스",
    remote: "상대",
    shared: "클라이언트와 서버가 함께 쓴 스팬",
    debug: "디버그",
    tags: "태그",
    tagsNone: "태그가 없습니다.",
    annotations: "주석",
    annotationsNone: "주석이 없습니다.",
    resource: "리소스",
    links: "링크",
    halves: "보고한 쪽",
    status: "상태",
    summary: "시간을 쓴 곳",
    summaryHint: "자체 시간: 자식 스팬을 기다리지 않고 스스로 쓴 시간입니다.",
    select: "스팬을 선택하면 태그가 보입니다.",
    share: "비율",
    addFilter: (term) => `${term} 트레이스 검색`
  }
};

// src/i18n/ko/traces.ts
var tracesTexts = {
  traces: {
    title: "트레이스",
    filter: "필터",
    placeholder: "service=checkout duration>200ms error",
    hint: "Enter를 누르면 필터를 적용합니다. 트레이스 ID를 넣으면 그 트레이스를 엽니다.",
    clear: "필터 지우기",
    range: "시간 범위",
    last: (length) => `최근 ${length}`,
    from: "시작",
    to: "끝",
    apply: "적용",
    pinned: "고정 범위",
    relative: "지금까지",
    summary: (n, took) => `트레이스 ${n}개 · ${took}`,
    summaryMore: (n, took) => `처음 ${n}개 트레이스 · ${took}`,
    start: "시작",
    root: "루트",
    duration: "소요 시간",
    spans: "스팬",
    errors: "오류",
    services: "서비스 (시간순)",
    nServices: (n) => `서비스 ${n}개`,
    nSpans: (_n, text) => `스팬 ${text}개`,
    nErrors: (_n, text) => `오류 ${text}건`,
    more: (n) => `+${n}`,
    loadMore: "더 불러오기",
    end: "이 범위의 트레이스를 모두 보았습니다.",
    fresh: "새 스팬이 도착했습니다",
    refresh: "새로 고침",
    suggestions: "제안",
    suggestionCount: (n) => `제안 ${n}개`,
    unnamed: "(루트 스팬 없음)",
    noneInRange: "이 범위에 트레이스가 없습니다",
    noneInRangeText: (range) => `${range}에 받은 스팬이 없습니다. 범위를 넓혀 보십시오.`,
    noneMatch: "필터에 맞는 트레이스가 없습니다",
    noneMatchText: (range) => `${range}에 트레이스가 있지만 모든 조건에 맞는 것은 없습니다.`,
    widen: (range) => `${range} 검색`,
    table: "찾은 트레이스",
    kinds: { service: "서비스", op: "작업", remote: "상대", kind: "종류", tag: "태그", word: "조건", value: "값", name: "항목", operator: "비교" },
    filterFault: "필터를 읽을 수 없습니다",
    fromTo: (from, to) => `${from} – ${to}`,
    badRange: "시작이 끝보다 앞서야 합니다.",
    help: "필터 쓰는 법",
    helpTerms: {
      all: "조건을 나란히 쓰면 모두 맞아야 합니다",
      service: "이 서비스",
      op: "이 작업. 공백이 있으면 따옴표로 묶습니다",
      any: "여럿 중 하나",
      not: "이것이 아닌 것",
      number: "소요 시간과 숫자 태그는 크기를 비교합니다",
      exists: "값과 상관없이 태그가 있는 것",
      regex: "정규식"
    }
  },
  first: {
    title: "아직 트레이스가 없습니다",
    text: "첫 스팬을 보내 보십시오. 1초 안에 여기에 나타납니다.",
    tabs: "보내는 방법",
    waiting: "스팬을 기다리는 중…",
    demo: "데이터로 둘러보려면: nines demo"
  }
};

// src/i18n/ko.ts
var ko = {
  ...shellTexts,
  ...commonTexts,
  ...chartTexts,
  ...overviewTexts,
  ...sloTexts,
  ...tracesTexts,
  ...traceTexts,
  ...compareTexts
};
export {
  ko
};
