import{E as n}from"./chunk.js";var $={alerts:{title:"알림",table:"알림과 상태",states:{active:"활성",firing:"발생 중",pending:"대기 중",frozen:"판단 보류",all:"전체",inactive:"비활성"},find:"SLO, 서비스, 심각도로 찾기",state:"상태",alert:"\
알림",since:"시작",burn:"소진율",burnText:(e,t,o)=>`${t} 동안 ${e}, 한도 ${o}`,care:"담당자",acknowledge:"확인",acknowledged:(e,t)=>`${e}, ${t}`,nobody:"누군가",yourName:"이름",ackText:e=>`${e}: 끝날 때까지 같은 알림을 다시 보내지 않습니\
다.`,ackFailed:e=>`확인하지 못했습니다: ${e}`,cancel:"취소",silenced:(e,t)=>`${e} 님이 ${t}까지 조용히 함`,told:e=>`알린 곳: ${e}`,frozen:{stale:"집계가 늦음",coverage:"측정된 시간이 부족함",empty:"이벤트가 \
없음"},traces:"트레이스",tracesOf:e=>`${e} 실패 트레이스`,quiet:"발생한 알림이 없습니다",quietText:"대기 중이거나 발생 중이거나 판단이 보류된 알림이 없습니다.",nothing:"일치하는 알림이 없습니다.",
showAll:"모두 보기",history:"이력",noHistory:"아직 바뀐 알림이 없습니다.",more:"이전 이력",who:"알릴 곳",nobodyTold:"설정된 대상이 없습니다. 알림은 이 페이지와 `nines alert list`, 릴리스 게이트에서만 볼 수 있습니다.",
target:"대상",kind:"종류",waiting:"대기",givenUp:"포기",silences:"조용히 한 알림",delivers:"전달 중",failing:"실패",failingText:(e,t,o)=>`${e}부터 ${t}번 시도: ${o}`}};var c={definitions:{title:"정의",refused:e=>`정의를 받아들이지 않았습니다: 오류 ${e}개. 마지막으로 올바른 정의를 계속 씁니다.`,inForceSince:e=>`${e}부터 적용 중`,show:"오류 보기",generation:"세대",
generationHint:"이 서버에서 적용된 서로 다른 정의의 수",loaded:"적용 시작",objects:"객체",files:"파일",nFiles:e=>`파일 ${e}개`,watched:e=>`감시 중: ${e}`,builtIn:"프로그램에 포함된 정의",faults:"거부된 정\
의의 오류",refusedAt:e=>`${e}에 거부`,warnings:"적용 중인 정의의 경고",sound:"문제가 없습니다.",error:"오류",warning:"경고",copyPlace:e=>`${e} 복사`,inForce:"적용 중",find:"종류, 이름, 파일로 찾기",all:"\
전체",kind:"종류",name:"이름",place:"위치",nothing:"일치하는 객체가 없습니다.",emptyTitle:"정의가 없습니다",emptyText:"SLO, 알림, 정책, 스토리는 서버가 지켜보는 파일입니다. 검사한 뒤 폴더를 지정합니다.",
more:e=>`${e}개 더 있습니다. 필터로 목록을 줄이십시오.`}};var p={map:{title:"서비스 맵",focus:"중심",everything:"전체",hops:"호출 단계",min:"숨길 호출",minOf:e=>e==="0"?"없음":`${e}% 미만`,view:"보기",graph:"그래프",table:"표",find:"서비스 찾기",folded:e=>`조용한 서비스 ${e}\
개 더`,unfold:"모두 보기",fold:"바쁜 서비스만",weak:e=>`약한 선 ${e}개 숨김`,over:e=>`호출률은 다음 기간의 평균입니다: ${e}`,label:(e,t)=>`서비스 ${e}개와 선 ${t}개의 맵. 표에도 같은 내용이 있습니다.`,
node:(e,t,o,r)=>`${e}, ${t}, ${o}, 실패 ${r}`,p95:e=>`p95 ${e}`,kinds:{service:"서비스",database:"데이터베이스",queue:"큐",external:"외부"},alarming:"알림 발생 중",zoomIn:"확대",zoomOut:"축소",fit:"전체 맵",walk:"호\
출을 따라, 위아래로",details:"상세",close:"상세 닫기",focusHere:"여기를 중심으로",traces:"이 서비스의 트레이스",through:"이 선을 지난 트레이스",throughEdge:(e,t)=>`${e} → ${t} 트레이스`,rate:"호출",
errors:"실패",slow:"p95",slos:"SLO",noSlos:"이 서비스의 SLO가 없습니다.",callers:"호출하는 서비스",called:"호출되는 서비스",lines:"서비스 사이의 호출",services:"서비스",from:"호출한 쪽",to:"호출된 쪽",
kind:"종류",status:"상태",p50:"p50",p99:"p99",emptyTitle:"이 기간에 서비스 사이의 호출이 없습니다",emptyText:"맵은 서비스 사이를 오간 스팬으로 그립니다.",noFocus:e=>`이 기간에 ${n(e,"을/를")} 오간 \
호출이 없습니다.`,legendWidth:"선 굵기: 초당 호출 수(로그)",legendRed:"붉은 심: 실패한 비율",legendSparse:"확대하거나(Ctrl+휠) 가리키면 이름이 보입니다"}};var d={settings:{title:"설정",appearance:"화면",thisBrowser:"이 브라우저에만 저장됩니다",density:"행 간격",comfortable:"넓게",dense:"촘촘하게",zone:"시각",local:e=>`현지(${e})`,utc:"협정 세계시(UTC)",server:"\
서버",version:"버전",commit:"커밋",started:"시작",listen:"주소",storage:"저장소",dataDir:"데이터 디렉터리",definitions:"정의",memory:"메모리",memoryOf:(e,t)=>`${t} 중 ${e}`,cpu:"프로세서 시간",threads:"스레드, 열\
린 파일",held:"저장된 데이터",spans:"스팬",inMemory:e=>`메모리에 ${e}개`,onDisk:"블록",inbox:"수신함",history:"히스토그램",perSpan:"스팬당",retention:"보관",keeps:e=>`스팬을 ${e} 동안 보관합니다`,keepsBytes:(e,t)=>`\
스팬을 ${e} 동안, 최대 ${t}까지 보관합니다`,keepsAll:"여기서는 아무것도 지우지 않습니다.",next:e=>`가장 오래된 블록은 ${e} 지워집니다.`,byDay:"도착한 날짜별",day:"날짜",bytes:"바이트",bySection:"\
블록의 부분별",part:"부분",byColumn:"열별",byColumnHint:"모든 블록을 읽습니다.",measure:"측정",column:"열",limits:"적용 중인 한도",limit:"한도",value:"최댓값",limitOf:{body_bytes_max:"전송된 메시지 하나",
inflated_bytes_max:"압축을 푼 메시지 하나",in_flight_bytes_max:"동시에 받는 메시지 전체",connections_max:"열린 연결",services_max:"나열하는 서비스",names_per_service_max:"서비스 하나의 이름",groups_held_max:"\
집계의 그룹",filter_chars_max:"필터의 글자 수",terms_max:"필터의 조건 수"},keys:"키보드"}};var m=e=>e==="0"?"":`, 실패 ${e}개`,u={chart:{heatmap:"히트맵",hint:"끌어서 영역을 선택합니다.",hintZoom:"끌어서 영역을 선택합니다. 위쪽 막대를 끌면 확대됩니다.",keys:"화살표 키로 칸을 옮기고, Shift와 함께 누르면 영역을\
 그립니다. Enter로 선택, z로 확대, Escape로 해제합니다.",cell:(e,t,o,r,i,l,S)=>`${e} – ${t} · ${o} – ${r} · 스팬 ${l}개${m(S)}`,column:(e,t,o,r,i)=>`${e} – ${t} · 스팬 ${r}개${m(i)}`,dot:(e,t,o)=>`${e} · ${t}${o?
" · 실패":""}`,asTable:"표로 보기",asChart:"차트로 보기",time:"시작",spans:"스팬",errors:"오류",median:"중앙값",p99:"99번째 백분위"}};var g={state:{loading:"불러오는 중…",page:"페이지",failed:e=>`${n(e,"을/를")} 불러오지 못했습니다`,unreachable:"서버가 응답하지 않습니다. 자동으로 다시 시도합니다.",lost:e=>`${e}부터 서버가 응답하지 않습니다. 지\
금 보이는 것은 그 전의 내용이며, 자동으로 다시 시도합니다.`,partial:e=>`일부가 빠졌습니다: ${e}`,retry:"다시 시도",diagnostic:"진단 정보 복사",stale:e=>`${e} 기준`,notFoundTitle:"페이지를 찾을 수 없습니다",
notFoundText:e=>`${e}에는 아무것도 없습니다.`,notFoundGo:"개요로 이동"},status:{missed:"목표 미달",low:"예산 25% 미만",held:"릴리스 보류",burning:"빠르게 소진",spent:"예산 소진됨",risk:"주의",healthy:"\
정상",none:"데이터 없음",all:"전체"}};var f={compare:{title:"두 트레이스 비교",mark:"비교할 트레이스로 표시",unmark:"표시 해제",marked:"표시했습니다. 다른 트레이스를 표시하면 둘을 비교합니다.",unmarked:"표시를 해제했습니다.",
withMarked:"표시한 트레이스와 비교",otherId:"다른 트레이스 ID",go:"비교",badId:"트레이스 ID는 0-9와 a-f로 된 16자 또는 32자입니다.",heading:(e,t)=>`${n(e,"과/와")} ${t}`,traceA:"트레이스 A",traceB:"트레이\
스 B",swap:"A와 B 바꾸기",open:e=>`${e} 열기`,difference:"차이",all:"모든 스팬",differing:"다른 것만",show:"보이는 스팬",tree:"두 트레이스의 스팬",span:"서비스와 작업",onlyA:"A에만 있음",onlyB:"B에만 있음",
onlyATitle:"A에만 있는 것",onlyBTitle:"B에만 있는 것",moreCalls:"호출이 훨씬 많은 것",selfTime:"자체 시간 차이가 큰 것",nothing:"없음",calls:(e,t)=>`호출 ${e}회 → ${t}회`,times:e=>`${e}배`,same:"변화 없음",
slower:e=>`${e} 느림`,faster:e=>`${e} 빠름`,tags:"다른 태그",tagsSame:"태그가 모두 같습니다.",selectHint:"행을 선택하면 태그를 비교합니다.",nothingDiffers:"트레이스의 백분의 일을 넘는 차이가 없습니다.",
missing:e=>`트레이스 ${n(e,"이/가")} 없습니다`,nextDifference:"다음, 이전 차이"}};var h={overview:{title:"개요",numbers:"한눈에 보기",meeting:"목표를 지키는 SLO",meetingOf:(e,t)=>`${e} / ${t}`,unmeasured:e=>`데이터 없음 ${e}개`,worst:"가장 적게 남은 예산",burning:"지금 소진 중",burningNone:"\
호출 없음",gate:"릴리스 게이트",gateHeld:(e,t)=>`서비스 ${t}개 중 ${e}개 보류`,gateFree:e=>`서비스 ${e}개 모두 릴리스 가능`,stories:"사용자 스토리",storiesNone:"정의된 사용자 스토리가 없습니다.",
storiesAll:"스토리 자세히",storyOwner:e=>`담당: ${e}`,changed:"최근 변경",changes:"변경 내역",changedNone:"아직 없습니다. 배포, 게이트 판정, 정의 불러오기가 여기에 나타납니다.",emptyTitle:"불러온 SLO\
가 없습니다",emptyText:"SLO는 어떤 요청을 세고 그중 얼마가 정상이어야 하는지 정합니다. OpenSLO 파일을 디렉터리에 두고 검사한 다음, 그 디렉터리로 서버를 시작하십시오.",emptySince:e=>`\
정의를 읽는 디렉터리: ${e}`,filtered:(e,t)=>`SLO ${t}개 중 ${e}개`,clear:"모두 보기",story:e=>`스토리: ${e}`,storyBudget:e=>`남은 예산 ${e}`,storyTraces:e=>`트레이스의 ${e} 정상`,storyTracesLink:"이 스토리의 트레이스",
chain:e=>`${e} 단계`,suggested:"받은 데이터에 맞는 제안",achieved:(e,t,o,r)=>`${o} 동안 요청 ${t}건 중 ${e}: 목표 ${r}`,copyYaml:"정의 복사",stepsTitle:(e,t)=>`첫 단계: ${t}개 중 ${e}개`,stepsDismiss:"닫기",steps:{
span:"첫 스팬",slo:"첫 SLO",alert:"알림 채널",policy:"정책",deploy:"배포 표시"},stepsHow:{span:"보내는 방법",slo:"제안된 SLO"},stepDone:"완료",stepOpen:"남음"}};var y={nav:{label:"페이지",overview:"개요",slos:"SLO",stories:"사용자 스토리",traces:"트레이스",map:"서비스 맵",alerts:"알림",traffic:"트래픽",definitions:"정의",settings:"설정",skip:"본문으로 건너뛰기"},
shell:{jump:"검색 또는 이동…",appearance:"테마와 언어",theme:"테마",system:"시스템",light:"밝게",dark:"어둡게",language:"언어",help:"단축키",share:"공유",close:"닫기",live:"실시간",livePaused:"멈춤",liveWaiting:"\
다시 연결하는 중",livePolling:"10초마다",liveHint:"화면이 보이는 동안 서버를 따라갑니다.",copied:e=>`복사했습니다: ${e}`,copyFailed:"브라우저가 복사를 허용하지 않았습니다.",copy:"복사",version:e=>`\
nines ${e}`,title:e=>`${e} · nines`},palette:{label:"검색 또는 이동",placeholder:"페이지, SLO, 서비스, 작업, 트레이스 ID. 시각도 함께: checkout 14:02",none:"그런 이름이 없습니다.",page:"페이지",slo:"SLO",
service:"이 서비스의 트레이스",operation:"이 작업의 트레이스",around:e=>`${e} 전후의 트레이스, 느린 순`,trace:"트레이스 열기",action:"동작",copyLink:"이 페이지 링크 복사",copyPinned:"지금 이 시점의 링크 복사",
copyCommand:"명령으로 복사",useTheme:e=>`테마: ${e}`,useLanguage:e=>`언어: ${e}`,results:e=>`결과 ${e}개`},keys:{groupGlobal:"어디서나",groupList:"목록",groupTrace:"트레이스",groupSlo:"SLO 페이지",acknowledge:"알림 확\
인",nextMarker:"다음 표시",previousMarker:"이전 표시",palette:"검색 또는 이동",filter:"필터로 이동",help:"이 도움말",goTo:e=>`${n(e,"으로/로")} 이동`,copyLink:"링크 복사",copyCommand:"명령으로 복사",next:"\
다음 행",previous:"이전 행",open:"열기",openTab:"새 탭에서 열기",collapse:"접기, 펼치기",collapseAll:"모두 접기, 펼치기",level:"한 단계씩 모두",zoom:"확대, 축소",pan:"왼쪽, 오른쪽으로 이동",fit:"\
선택한 스팬에 맞추기",reset:"트레이스 전체",critical:"임계 경로",error:"다음, 이전 오류",match:"다음, 이전 결과",singleKeys:"한 글자 단축키 사용",foldLike:"이런 호출 합치기",foldAll:"반복 호출 모두 합치\
기",root:"이 부분만, 트레이스 전체",view:"타임라인, 플레임, 표, 맵, JSON"}};var x={slo:{title:"SLO",table:"서비스 수준 목표",name:"SLO",story:"스토리",service:"서비스",target:"목표",now:"현재",budget:"남은 예산",burn:"소진율 1시간 / 6시간",runsOut:"소진 예상",status:"상태",budgetOf:e=>`${e}\
: 남은 예산`,find:"SLO, 서비스, 스토리 찾기",nothing:"일치하는 SLO가 없습니다.",groupBy:"묶기",groups:{none:"없음",story:"스토리",service:"서비스",team:"팀"},ungrouped:"해당 없음",sortBy:"순서",sorts:{risk:"\
위험",budget:"남은 예산",burn:"소진율",name:"이름"},sparkOf:(e,t)=>`${e}: ${t} 동안 남은 예산`,estimate:"추정값입니다. 이벤트 일부를 하나씩 보지 못했습니다",rawIs:e=>`제외 전 ${e}`,window:e=>`최근 ${e}`,
calendar:(e,t)=>`${t} 달력으로 ${e}마다`,heldHint:"이 SLO 때문에 서비스의 릴리스가 보류됩니다.",left:e=>`남은 예산 ${e}`,detailTarget:e=>`목표 ${e}`,goodBad:(e,t)=>`정상 ${e}건, 불량 ${t}건`,goodBadSlices:(e,t)=>`\
시간 구간 정상 ${e}개, 불량 ${t}개`,exceeded:e=>`허용보다 불량 ${e}건 초과`,leftOver:e=>`불량 ${e}건 더 가능`,outage:e=>`현재 트래픽에서 전면 장애 약 ${e}`,oneFailure:e=>`적은 트래픽: 실패 1건 = 예산의 ${e}`,
coverage:e=>`기간의 ${e} 측정됨`,report:"보고서 인쇄",objectives:"목표 목록",composite:"전체",budgetOverTime:"에러 버짓 추이",budgetRolling:e=>`에러 버짓(Error Budget), 최근 ${e}`,budgetCalendar:e=>`에러 버짓(Error \
Budget), ${e}마다, 예측 트래픽 기준`,shows:"차트에 표시",tabs:{budget:"남은 예산",sli:"SLI",requests:"요청"},chartText:(e,t,o,r,i,l)=>`${r}부터 ${i}까지 ${n(e,"이/가")} ${t}에서 ${n(o,"으로/로")} 바뀌었습니다. 표시 ${l}\
개가 함께 있습니다.`,chartNone:"선을 그릴 만큼 측정되지 않았습니다.",chartHint:"끌면 확대, 두 번 누르면 전체 기간, 표시를 누르면 전후를 비교합니다.",lanes:{deploy:{short:"배포",long:"배포"},
alert:{short:"알림",long:"알림"},gate:{short:"게이트",long:"릴리스 게이트"},policy:{short:"정책",long:"정책"},freeze:{short:"동결",long:"동결"},exclusion:{short:"제외",long:"제외"}},below:(e,t)=>`${e}: ${t}까지`,cameBack:(e,t)=>`\
+${e}: ${t}의 실패가 기간에서 빠짐`,until:"끝",good:"정상",bad:"불량",happened:"있었던 일",zoomIn:"확대",earlier:"이전",wholeWindow:"전체 기간",nMarkers:e=>`표시 ${e}개`,markerBefore:"이전 표시",markerAfter:"\
다음 표시",untilTime:e=>`${e}까지`,beforeAfter:(e,t,o,r)=>`이전 실패: ${t}건 중 ${e}. 이후: ${r}건 중 ${o}.`,tracesOfVersion:e=>`${e} 트레이스`,burnByWindow:"구간별 소진율",burnWindow:"구간",burnRate:"소진율",
burnLimit:"알림 기준",burnState:"상태",pair:(e,t)=>`${n(e,"과/와")} ${t}`,unreachable:"도달 불가",firing:"발생",recovering:"회복 중",rising:"상승 중",quiet:"정상",pace:e=>`이 속도라면 남은 예산은 ${e} 동안 갑니다.`,
paceLasts:"이 속도라면 예산이 유지됩니다.",paceGone:"예산이 소진되었습니다.",latency:"지연 시간, 정상과 실패",latencyText:"시간과 소요 시간에 따른 요청. 실패한 요청을 표시합니다",latencyNone:"\
그릴 요청이 없습니다. 이 시간에 저장된 것이 없거나 이벤트가 여러 스팬으로 이루어집니다.",threshold:"임계값",share:"실패한 요청의 공통점",shareNoBad:"이 시간에 저장된 실패 요청이 없습니다.",
shareNone:e=>`실패한 요청 ${e}건에 정상 요청과 다른 공통점이 없습니다.`,value:"값",ofBad:"실패",ofGood:"정상",looked:(e,t)=>`가장 최근의 실패 요청 ${e}건과 전체 시간의 요청 ${t}건을 비교했습니다.`,
include:(e,t)=>`포함: ${e}=${t}인 실패 요청`,exclude:(e,t)=>`제외: ${e}=${t}가 아닌 실패 요청`,seeAll:(e,t)=>`${e}=${t}인 모든 요청`,seeTraces:"트레이스 보기",selected:(e,t,o,r)=>`선택: ${e} – ${t}, ${o} – ${r}`,
clearSelection:"선택 해제",spentIt:"예산을 쓴 트레이스",when:"끝난 때",request:"요청",took:"소요 시간",ofBudget:"예산 비중",moreBad:e=>`외 ${e}건`,allTraces:"모두 검색",whatIf:"만약에…",wouldUse:(e,t,o,r)=>`${e}${t?
`, ${t}`:""}였다면 최근 ${o} 동안 예산의 ${n(r,"을/를")} 썼습니다.`,pagesAre:e=>`호출은 ${e}번이었습니다.`,pagesWould:(e,t)=>`이 목표였다면 ${t}번 대신 ${e}번 호출했습니다.`,whatIfStored:"다른 임계값은 저장된\
 요청으로 셉니다. 호출 횟수는 현재 임계값 기준입니다.",propose:"제안",proposeHow:"여기서는 아무것도 바뀌지 않습니다. 파일에 반영하고 검토를 받은 뒤 불러오십시오.",reset:"되돌리기",
policy:"정책",inState:(e,t)=>`${t} 정책의 ${e} 상태`,gateTitle:"릴리스 정책",gateAllowed:"릴리스 허용",gateAsk:"게이트에 묻기",gateRecorded:e=>`기록됨: ${e}`,rule:"규칙",ruleDefault:"기본: 예산이 없거나 호출 중이거나 측정이 빠지면 보\
류합니다.",stateAbove:e=>`${e} 초과`,stateRest:"그 이하",stateSince:(e,t)=>`${t}부터 ${e}`,doesFreeze:"동결",doesAllow:e=>`${e}만 허용`,doesApprove:e=>`${e} 승인 필요`,doesLimit:e=>`하루 배포 ${e}번`,doesCanary:e=>`\
카나리 ${e}%까지`,inputs:"근거",inputsNone:"릴리스를 막는 것이 없습니다.",freeze:(e,t,o)=>`동결 ${e}, ${t}까지: ${o}`,result:"결과",changesAt:e=>`${e}에 바뀔 것이 있습니다.`,override:"예외",tokens:(e,t,o,r)=>`${o}\
 동안 예외 ${t}번 중 ${e}번 남았습니다. ${r?"요청자가 아닌 사람이 승인합니다":"누구나 승인합니다"}.`,exception:(e,t,o)=>`변경 ${e}: ${o}까지 통과, 승인 ${t}`,alerts:"알림",alertsNone:"이 목표에는 자체 알림\
이 없습니다.",severities:{page:"호출",ticket:"티켓",unmeasured:"데이터 없음"},alertStates:{inactive:"조용함",pending:"대기",firing:"발생",frozen:"판단 보류"},since:e=>`${e}부터`,acknowledge:"확인",acked:"확인했습니다.\
 다시 알리지 않습니다.",ackNone:"여기에는 발생한 알림이 없습니다.",acknowledgedBy:(e,t)=>`${t}부터 ${e?`${n(e,"이/가")} `:""}처리 중`,silencedBy:(e,t,o)=>`${e} 무음 설정, ${t}까지: ${o}`,byTag:e=>`${e}별`,
history:"이력",month:"월",countedFrom:e=>`${e}부터 셉니다.`,estimatedUntil:e=>`${e} 이전은 히스토그램만 있어 추정값입니다.`,monthReport:(e,t,o)=>`${e}: ${t}, 남은 예산 ${o}`,nAmendments:e=>`이후 구간 ${e}개 수\
정`,excluded:(e,t,o,r)=>`${e} 제외(${t}, 승인 ${o}): 이벤트 ${r}건`,amended:(e,t,o)=>`${e}부터 수정: 정상+불량 이전 ${t}, 지금 ${o}`,definedIn:"정의 위치",unknown:e=>`${e}(이)라는 SLO가 없습니다.`,toAll:"모든 \
SLO"}};var k={stories:{title:"사용자 스토리",find:"스토리, 담당, SLO 찾기",none:"정의된 사용자 스토리가 없습니다",noneText:"스토리는 사용자가 여러 단계로 하는 일과, 그 일을 위해 지켜져야 하는 SLO입니다. 정의 파일에 다음과 같이 적습니다.",
nothing:"맞는 스토리가 없습니다",window:e=>`기간 ${e}`,target:e=>`목표 ${e}`,counted:(e,t)=>`트레이스 ${t}개 중 ${e}개 실패`,joins:{trace:"트레이스 전체로 판정",weighted:"SLO의 가중 평균",worst:"가장 나쁜 SL\
O를 따름"}}};var b={trace:{title:"트레이스",spanCount:(e,t)=>`스팬 ${t}개`,serviceCount:e=>`서비스 ${e}개`,errorCount:(e,t)=>`오류 ${t}건`,duration:"소요 시간",critical:"임계 경로",json:"JSON",jsonHint:"Zipkin JSON으로 보기",copyId:"\
트레이스 ID 복사",find:"찾기: 이름이나 태그의 단어, status=503, duration>20ms, >2.5%",findLabel:"트레이스에서 찾기",findCount:(e,t)=>`${e} / ${t}`,findNone:"결과 없음",findNext:"다음 결과",findPrevious:"이전 결\
과",zoomIn:"확대",zoomOut:"축소",zoomReset:"트레이스 전체",collapseAll:"모두 접기",expandAll:"모두 펼치기",dockRight:"상세 정보를 오른쪽에",dockBelow:"상세 정보를 아래에",minimap:"끌어서 시간의 일부만 봅니다",
grid:e=>`${e}의 스팬`,missing:(e,t,o)=>`부모 스팬 ${t}개가 도착하지 않아(${o}) 그 아래 스팬을 가장 가까운 스팬 아래에 두었습니다.`,skew:e=>`시계가 서로 달라 스팬을 호출한 스팬 안으로 옮겼습니다: ${e}\
.`,hidden:e=>`+${e}`,hiddenLabel:e=>`아래 스팬 ${e}개`,startsAt:e=>`${e}에 시작`,error:"오류",errorStatus:e=>`오류 ${e}`,onCritical:"임계 경로에 있음",unnamed:"(이름 없음)",unknownService:"(알 수 없음)",notFound:"\
이 트레이스가 없습니다",notFoundText:e=>`${e}의 스팬이 저장되어 있지 않습니다. 도착하지 않았거나, 표본에서 빠졌거나, 보존 기간이 지났습니다.`,badId:e=>`${n(e,"은/는")} 트레이스 ID가 아닙니다. 0-9와 \
a-f로 된 16자 또는 32자여야 합니다.`,toTraces:"트레이스 검색",openTooLarge:"열 수 있는 트레이스는 최대 10 MiB입니다.",timeline:"타임라인",flameView:"플레임",tableView:"표",mapView:"맵",views:"보는 방법",
flame:e=>`${e} 플레임: 화살표로 호출한 스팬, 첫 호출, 이웃 스팬으로 갑니다`,flameHint:"막대를 가리키거나 화살표 키를 누르십시오.",map:e=>`${e}의 서비스`,mapNone:"서로 호출한 서비스가 없습니다.",
peer:"스스로 보고하지 않음",caller:"호출한 쪽",callee:"호출된 쪽",calls:"호출",meanTime:"평균 시간",times:e=>`×${e}`,foldedCalls:e=>`호출 ${e}회를 합침, 모두`,foldAll:"반복 호출 합치기",findOnly:"이것만",
findAsking:"태그를 살펴보는 중…",more:"더 보기",download:"내려받기",downloadJson:"JSON 내려받기",jsonCut:"처음 100,000자입니다. 파일에는 모두 들어 있습니다.",openFile:"JSON 파일 열기…",openHint:"\
페이지 어디에나 파일을 끌어다 놓거나 Zipkin JSON을 붙여 넣어도 됩니다.",opened:"텍스트에서 연 트레이스입니다. 여기에 저장되어 있지 않습니다.",subtree:(e,t,o)=>`${n(e,"과/와")} 그 호출만 보입니다:\
 ${o}행 중 ${t}행.`},span:{title:"스팬",close:"상세 정보 닫기",selfTime:"자체 시간",kind:"종류",start:"시작",duration:"소요 시간",notKnown:"알 수 없음",id:"스팬 ID",parent:"부모",root:"없음 (루트)",local:"\
서비스",remote:"상대",shared:"클라이언트와 서버가 함께 쓴 스팬",debug:"디버그",tags:"태그",tagsNone:"태그가 없습니다.",annotationsNone:"이벤트나 주석이 없습니다.",resource:"리소스",links:"링크",
halves:"보고한 쪽",status:"상태",summary:"시간을 쓴 곳",summaryHint:"자체 시간: 자식 스팬을 기다리지 않고 스스로 쓴 시간입니다.",share:"비율",logs:"로그",similar:"비슷한 것",similarNone:"앞뒤 30분 안에 \
이런 스팬이 있는 다른 트레이스가 없습니다.",similarAll:"모두 보기",similarNotStored:"저장되지 않은 트레이스는 비교할 것이 없습니다.",linksNone:"링크가 없습니다.",onlyThis:"이 부분만",ofTrace:"\
트레이스에서",itself:"자체",rank:e=>`이 작업의 p${e}`,rankHint:(e,t)=>`앞뒤 30분의 호출 ${t}회 중 ${e}보다 느립니다`,include:e=>`${n(e,"이/가")} 있는 트레이스`,exclude:e=>`${n(e,"이/가")} 없는 트레이스`,
findHere:e=>`이 트레이스에서 ${e} 찾기`,copyValue:e=>`${e} 값 복사`,byService:"서비스",byOperation:"작업"}};var T={traces:{title:"트레이스",live:"실시간",liveHint:"스팬이 도착하는 동안 몇 초마다 다시 조회합니다",views:"조회 결과 보기",tabs:{results:"결과",compare:"선택 비교",groups:"그룹",errors:"오류"},
chart:"요청량, 오류, 소요 시간",chartLabel:(e,t,o)=>`시간과 소요 시간에 따른 ${e}. 실패 ${t}개, 가장 긴 소요 시간 ${o}.`,requests:(e,t)=>`요청 ${t}건`,matching:(e,t)=>`일치하는 스팬 ${t}개`,selected:(e,t)=>`${t}\
 중 ${e}개 선택`,failed:e=>`실패 ${e}개`,zoomIn:"선택 영역 확대",clearSelection:"선택 해제",facets:"속성",facetNames:{service:"서비스",op:"오퍼레이션",remote:"상대",kind:"종류",error:"결과"},failedValue:"실패",
goodValue:"실패 아님",addFacet:"속성 추가",usualFacets:"기본 속성",removeFacet:e=>`${e} 속성 제거`,ofAll:(e,t)=>`${t} 중 ${e}`,exclude:e=>`${e} 제외`,includeShort:"포함",excludeShort:"제외",searchIt:"검색",remove:e=>`${e}\
 제거`,moreValues:e=>`${e}개 더`,fewer:"접기",withoutValue:e=>`값 없음 ${e}개`,theSelection:"선택",theSelectionShort:"선택",theRest:"나머지",failedSpans:"실패",slowestTenth:"가장 느린 10%",against:e=>`${e} 대 나머지`,
sampled:(e,t)=>`표본: 트레이스 ${e}개와 ${t}개`,alike:e=>`같은 특징 +${e}`,fails:e=>`${e} 실패`,nothingSelected:"선택된 것이 없습니다",nothingSelectedText:"실패한 스팬이 없거나 영역이 비어 있습니다. 차트에서 영역을 끌어 나머지와 비교하십시오.",
noRest:"비교할 나머지가 없습니다",noRestText:"조회된 것이 모두 선택되어 있습니다. 일부만 선택하십시오.",nothingApart:"두드러진 차이가 없습니다",nothingApartText:"선택한 트레이스에 나머지보다 자주 나타나는 서비스, 오퍼레\
이션, 태그가 없습니다.",timeSpent:"서비스 자체 시간, 트레이스당 평균",difference:"차이",groupBy:"그룹 기준",groupByMore:"다른 이름이나 태그",groupCount:(e,t)=>`그룹 ${t}개`,groupsOf:(e,t)=>`그룹 ${t}\
개 중 큰 ${e}개`,noValue:"(없음)",errorShare:"실패",median:"중앙값",p90:"90번째",p99:"99번째",timeShare:"시간",noErrors:"실패한 스팬이 없습니다",noErrorsText:"이 범위에서 일치하는 스팬 중 실패한 것이 없습니다.",
expired:"보관 기간이 지났습니다",expiredText:e=>`스팬은 ${e} 동안 보관되며 이 범위는 그보다 이전입니다.`,seenSpans:e=>`살펴본 최신 스팬 중 ${e}개`,filter:"필터",placeholder:"service=checkout duratio\
n>200ms error",hint:"Enter를 누르면 필터를 적용합니다. 트레이스 ID를 넣으면 그 트레이스를 엽니다.",clear:"필터 지우기",range:"시간 범위",last:e=>`최근 ${e}`,from:"시작",to:"끝",apply:"적용",pinned:"\
고정 범위",relative:"지금까지",summary:(e,t)=>`트레이스 ${e}개 · ${t}`,summaryMore:(e,t)=>`최신 트레이스 ${e}개 · ${t}`,summarySorted:(e,t)=>`최신 트레이스 ${e}개를 정렬함 · ${t}`,summarySlowest:(e,t)=>`가장 \
느린 트레이스 ${e}개 · ${t}`,start:"시작",root:"루트",duration:"소요 시간",spans:"스팬",errors:"오류",services:"서비스 (시간순)",servicesShort:"서비스",nServices:e=>`서비스 ${e}개`,nSpans:(e,t)=>`스팬 ${t}\
개`,nErrors:(e,t)=>`오류 ${t}건`,more:e=>`+${e}`,loadMore:"더 불러오기",end:"이 범위의 트레이스를 모두 보았습니다.",fresh:"새 스팬이 도착했습니다",refresh:"새로 고침",suggestions:"제안",suggestionCount:e=>`\
제안 ${e}개`,unnamed:"(루트 스팬 없음)",noneInRange:"이 범위에 트레이스가 없습니다",noneInRangeText:e=>`${e}에 받은 스팬이 없습니다. 범위를 넓혀 보십시오.`,noneMatch:"필터에 맞는 트레이스가 없습니다",
noneMatchText:(e,t,o)=>`${e} 범위에 스팬 ${o}개가 있지만 모든 조건에 맞는 것은 없습니다.`,widen:e=>`${e} 검색`,table:"찾은 트레이스",kinds:{service:"서비스",op:"작업",remote:"상대",kind:"종류",tag:"태그",
word:"조건",value:"값",name:"항목",operator:"비교"},filterFault:"필터를 읽을 수 없습니다",fromTo:(e,t)=>`${e} – ${t}`,badRange:"시작이 끝보다 앞서야 합니다.",help:"필터 쓰는 법",helpTerms:{all:"조건을 나란히 쓰면\
 모두 맞아야 합니다",service:"이 서비스",op:"이 작업. 공백이 있으면 따옴표로 묶습니다",any:"여럿 중 하나",not:"이것이 아닌 것",number:"소요 시간과 숫자 태그는 크기를 비교합니다",exists:"\
값과 상관없이 태그가 있는 것",regex:"정규식"}},first:{title:"아직 트레이스가 없습니다",text:"첫 스팬을 보내 보십시오. 1초 안에 여기에 나타납니다.",tabs:"보내는 방법",waiting:"스팬을 기다리는 중…",
demo:"데이터로 둘러보려면: nines demo"}};var v={traffic:{title:"트래픽",inForce:"실제 = 확인됨",generation:e=>`세대 ${e}`,noneConfirmed:"확인된 규칙 없음",drifted:e=>`커널의 규칙이 적용된 것과 다릅니다. 바꾼 쪽: ${e}. 되돌리려면 파일을 다시 계획하고 적용하십시오.`,
fallback:"확인된 계획을 읽을 수 없어 관리 접속만 허용합니다. 파일을 다시 계획하고 적용하십시오.",unseen:"확인되지 않음",pending:(e,t)=>`계획 ${n(e,"이/가")} 확인을 기다립니다. ${t}에 되돌립니\
다.`,left:e=>`${e} 남음`,takenBack:e=>`계획 ${e}의 시간이 끝나 되돌립니다.`,confirmWith:"새 연결에서:",backWith:"지금 되돌리기:",copy:e=>`${e} 복사`,rules:"패킷이 만나는 순서로 본 규칙",find:"ID, 문장,\
 nft로 찾기",chain:"체인",form:"형식",sentence:"문장",nft:"nft",rule:"규칙",hits:"일치",perSecond:"초당",share:"비율",shareOf:e=>`전체 일치 중 비율: ${e}`,never:"일치 없음",builtIns:e=>`기본 규칙 ${e}개`,nothing:"\
일치하는 규칙이 없습니다.",builtIn:{"built-in/loopback":"이 호스트가 자신에게 보내는 것을 허용","built-in/established":"이미 맺은 연결에 속한 것을 허용","built-in/icmp-errors":"ICMP 오류 알림을 허용",
"built-in/echo":"한도 안에서 핑에 응답","built-in/neighbour-discovery":"IPv6 이웃 탐색을 허용","built-in/dhcp":"DHCP 응답을 허용"},others:"경로에 있는 다른 규칙",othersNone:"여기서 패킷을 버리거나 주소를 바꾸는 다른 프로그램의 규칙이 없습\
니다.",effect:{translatesBefore:"우리 규칙보다 먼저 주소를 바꿉니다. 우리 규칙은 바뀐 패킷을 보고, 다른 호스트나 컨테이너로 가는 패킷은 inbound 규칙을 거치지 않습니다",translatesAfter:"\
우리 규칙이 바꾸지 않은 패킷의 주소를 바꿉니다. 다른 호스트나 컨테이너로 가는 패킷은 inbound 규칙이 거부해도 거치지 않고 지나갑니다",translatesSenders:"보낸 주소를 바꿉니다",dropsBefore:"\
우리 규칙에 묻기 전에 버릴 수 있습니다",dropsAfter:"우리 규칙이 통과시킨 것을 버릴 수 있습니다"},legacy:e=>`${e}에 규칙이 있습니다. 우리 규칙과 함께 적용되며 여기에는 보이지 않습니다`,
events:"있었던 일",eventsNone:"아직 없습니다. 계획, 적용, 확인, 다른 프로그램의 변경이 여기에 나타납니다.",emptyTitle:"여기에는 nines의 규칙이 없습니다",emptyText:"처음 시작해도 아무것도 막지 않습니다. 파일을 쓰고 무\
엇이 바뀌는지 본 뒤 적용하십시오. 확인하지 않으면 되돌립니다.",offTitle:"이 서버는 netd에 묻지 않습니다",offText:"--netd off로 시작했습니다.",absentTitle:"여기서는 netd가 실행되지 않습니다",
silentTitle:"netd가 응답하지 않습니다",noRoot:"살펴보는 데 root 권한은 필요 없습니다. 파일 검사와 시험, iptables 규칙 가져오기는 권한 없이 됩니다.",start:"규칙을 적용하고 보려면 netd를 시작하십시오:",
plan:e=>`계획 ${e}`,planOf:e=>`파일 ${e}`,nothingAsked:"규칙 없음으로",madeFrom:e=>`${e}에서 작성`,stateInForce:"적용 중",stateWaits:"확인 대기 중",stateNot:"적용되지 않음",changes:(e,t,o)=>`추가 ${e}, 변경 ${t}\
, 삭제 ${o}`,nothingChanges:"바뀌는 것 없음",verbose:"모든 줄",moreLines:e=>`${e}줄 더`,list:(e,t,o)=>`목록 ${e}: ${t}개 추가, ${o}개 삭제`,fates:"처리가 바뀌는 패킷",fatesOf:(e,t)=>`시험한 ${t}개 중 ${e}개`,
fatesMore:e=>`${e}개 더`,packet:"패킷",before:"이전",after:"이후",file:"파일",applyWith:"plan --out으로 저장한 파일로 적용합니다:",explain:"패킷 설명",explainText:"커널에 있는 모든 규칙에 따라 패킷이 어떻게 되는지 보여 줍니다. 다른 프로그램의 규칙도\
 포함합니다.",from:"보내는 곳",to:"받는 곳",port:"포트",protocol:"프로토콜",comes:"들어오는 인터페이스",leaves:"나가는 인터페이스",byRoutes:"경로에 따름",connection:"연결 상태",ask:"설명",verdict:{
accept:"허용",drop:"버림",reject:"거부",unknown:"알 수 없음"},by:e=>`규칙 ${e}`,byPolicy:"규칙이 아닌 기본 정책",arrivesAt:e=>`${n(e,"으로/로")} 도착`,seenFrom:e=>`${e}에서 온 것으로 보임`,missing:e=>`알려지지 \
않은 것에 달려 있습니다: ${e}.`,path:"지나는 길",step:e=>`${e}단계`,explaining:"답"}};var w={...y,...g,...u,...h,...x,...k,...T,...b,...f,...d,...p,...c,...$,...v};export{w as ko};
