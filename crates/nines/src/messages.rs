//! What the command line says, in every language of the product.

use nines_base::lang::{Lang, Message};
use nines_notify::Wanted;

nines_base::catalogue! {
    /// What a value of the configuration must be, as a part of a sentence.
    pub enum Kind {
        TableOfNames { table: String } => { en: "a table: [{table}.NAME]", ko: "[{table}.NAME] 테이블" },
        Text => { en: "a text", ko: "텍스트" },
        Texts => { en: "a text or a list of texts", ko: "텍스트 또는 텍스트 목록" },
        Truth => { en: "true or false", ko: "true 또는 false" },
        Plain => { en: "a text, a number or true/false", ko: "텍스트, 숫자, true/false 중 하나" },
        HttpUrl => { en: "http://HOST… or https://HOST…", ko: "http://HOST… 또는 https://HOST…" },
        SmtpUrl => { en: "smtp://HOST:PORT or smtps://HOST:PORT", ko: "smtp://HOST:PORT 또는 smtps://HOST:PORT" },
        NamedHost => { en: "a host with a name", ko: "이름이 있는 호스트" },
        RoutingKey => { en: "the integration's routing key", ko: "통합(integration)의 라우팅 키" },
        WebhookAddress => { en: "the webhook's address", ko: "웹훅 주소" },
        WebhookSecret => {
            en: "the secret, whsec_… as standard-webhooks writes it",
            ko: "standard-webhooks 형식의 비밀 whsec_…",
        },
        SigningKey => { en: "whsec_ and 24 to 64 bytes in base64", ko: "whsec_ 뒤에 24~64바이트를 base64로 쓴" },
        UserPassword => { en: "USER:PASSWORD", ko: "USER:PASSWORD" },
    }
}

impl Kind {
    /// Of a value of a notification target.
    pub fn of_target(wanted: Wanted) -> Kind {
        match wanted {
            Wanted::HttpUrl => Kind::HttpUrl,
            Wanted::SmtpUrl => Kind::SmtpUrl,
            Wanted::NamedHost => Kind::NamedHost,
            Wanted::RoutingKey => Kind::RoutingKey,
            Wanted::WebhookAddress => Kind::WebhookAddress,
            Wanted::WebhookSecret => Kind::WebhookSecret,
            Wanted::SigningKey => Kind::SigningKey,
            Wanted::UserPassword => Kind::UserPassword,
        }
    }

    /// In both languages, for a sentence around it.
    pub fn both(&self) -> (String, String) {
        (self.text(Lang::En), self.text(Lang::Ko))
    }
}

nines_base::catalogue! {
    /// Facts and hints of the command line.
    pub enum Say {
        NewData { path: String } => { en: "{path} is new", ko: "{path}을(를) 새로 만들었습니다" },
        KeptForLater { server: String } => {
            en: "no server at {server}: kept, and delivered by the next command that reaches one",
            ko: "{server}에 서버가 없습니다. 보관했다가 서버에 닿는 다음 명령이 전달합니다",
        },
        OutboxDelivered { n: usize } => { en: "{n} kept earlier delivered", ko: "보관해 둔 {n}건을 전달했습니다" },
        OutboxRefused { file: String, reason: String } => {
            en: "kept earlier, and refused by the server: {reason} ({file})", ko: "보관해 둔 것을 서버가 거부했습니다: {reason} ({file})",
        },
        Unreachable { server: String, reason: String } => {
            en: "no answer from {server}: {reason}",
            ko: "{server}에서 응답이 없습니다: {reason}",
        },
        UnreachableHint => {
            en: "start one with `nines serve` or `nines demo`, or name another with --server",
            ko: "`nines serve` 또는 `nines demo`로 시작하거나 --server로 다른 서버를 지정하십시오",
        },
        OnlyHttp { server: String } => {
            en: "`{server}` is not an http:// address",
            ko: "`{server}`은(는) http:// 주소가 아닙니다",
        },
        OnlyHttpHint => {
            en: "this build speaks plain HTTP; name the server as http://HOST:PORT",
            ko: "이 빌드는 일반 HTTP만 사용합니다. http://HOST:PORT 형식으로 지정하십시오",
        },
        UnexpectedAnswer { url: String, status: u16 } => {
            en: "{url} answered {status} with something that is not JSON",
            ko: "{url}이(가) {status}와 JSON이 아닌 내용을 보냈습니다",
        },
        UnexpectedAnswerHint => {
            en: "check that the address is a nines server of this version",
            ko: "이 버전의 nines 서버 주소인지 확인하십시오",
        },
        ServerSaid { status: u16, detail: String } => { en: "{detail} (status {status})", ko: "{detail} (상태 {status})" },
        NoSuchPath { path: String } => { en: "{path} does not exist", ko: "{path} 경로가 없습니다" },
        NoSuchPathHint => { en: "name a file or a folder of definitions", ko: "정의 파일이나 폴더를 지정하십시오" },
        CannotRead { path: String, reason: String } => { en: "cannot read {path}: {reason}", ko: "{path}을(를) 읽을 수 없습니다: {reason}" },
        CannotReadHint => { en: "check that it exists and that this user may read it", ko: "파일이 있는지, 읽기 권한이 있는지 확인하십시오" },
        NoDefinitionFiles { path: String } => {
            en: "{path} holds no .yaml, .yml or .json file",
            ko: "{path}에 .yaml, .yml, .json 파일이 없습니다",
        },
        TrafficClean { file: String } => { en: "{file}: nothing to object to", ko: "{file}: 문제가 없습니다" },
        NoTrafficTests { path: String } => {
            en: "{path} holds no .traffictest file",
            ko: "{path}에 .traffictest 파일이 없습니다",
        },
        NoTrafficTestsHint => {
            en: "name a file of tests, or a folder of files that end in .traffictest",
            ko: "테스트 파일이나 .traffictest로 끝나는 파일이 있는 폴더를 지정하십시오",
        },
        NoTestFiles { path: String } => {
            en: "{path} holds no .slotest file",
            ko: "{path}에 .slotest 파일이 없습니다",
        },
        NoTestFilesHint => {
            en: "name a file of tests, or a folder of files that end in .slotest",
            ko: "테스트 파일이나 .slotest로 끝나는 파일이 있는 폴더를 지정하십시오",
        },
        TestDefinitionsRefused { errors: usize, places: String } => {
            en: "its definitions have {errors} errors, at {places}",
            ko: "정의에 오류가 {errors}개 있습니다: {places}",
        },
        TestDefinitionsRefusedHint { paths: String } => {
            en: "mend them first; `nines slo check {paths}` says how",
            ko: "먼저 고치십시오. `nines slo check {paths}`로 방법을 볼 수 있습니다",
        },
        TestDefinitionsHint => {
            en: "name a file or a folder of definitions, relative to this file",
            ko: "이 파일을 기준으로 정의 파일이나 폴더를 지정하십시오",
        },
        ScenarioIsFolder { path: String } => { en: "{path} is a folder", ko: "{path}은(는) 폴더입니다" },
        ScenarioHint => {
            en: "name one file of loads, such as profile.slotest; folders of definitions go to --definitions",
            ko: "profile.slotest처럼 부하를 적은 파일 하나를 지정하십시오. 정의 폴더는 --definitions로 지정합니다",
        },
        Formatted { files: usize, changed: usize } => {
            en: "{files} files, {changed} not in the canonical form",
            ko: "파일 {files}개 중 {changed}개가 표준 형식이 아니었습니다",
        },
        CannotWrite { path: String, reason: String } => { en: "cannot write {path}: {reason}", ko: "{path}에 쓸 수 없습니다: {reason}" },
        CannotWriteHint => {
            en: "check that this user may write there and that the disk has room",
            ko: "쓰기 권한과 디스크 여유 공간을 확인하십시오",
        },
        SimulatedTooLong { longest: String } => {
            en: "that is longer than {longest}: alerts are evaluated each minute of it",
            ko: "{longest}보다 깁니다. 알림을 매분 평가하므로 그보다 짧아야 합니다",
        },
        PastJudged { name: String, from: String, to: String, days: u64 } => {
            en: "{name}: judged from {from} to {to}, {days} windows; alerts older than 35 days are rounded to hours",
            ko: "{name}: {from}부터 {to}까지 기간 {days}개를 다시 판정했습니다. 35일보다 오래된 알림은 시간 단위로 근사합니다",
        },
        NoPast { name: String } => { en: "{name}: nothing was counted yet", ko: "{name}: 아직 집계된 것이 없습니다" },
        NoAlertsSimulated => { en: "no alert would have fired", ko: "발생했을 알림이 없습니다" },
        ExportLeftOut { objectives: String } => {
            en: "left out, because no counter is theirs (measured elsewhere, or computed from other objectives): {objectives}",
            ko: "자체 카운터가 없어(다른 곳에서 측정하거나 다른 목표에서 계산) 뺐습니다: {objectives}",
        },
        Converted { objects: usize, converted: usize } => {
            en: "{objects} objects, {converted} of them converted; comments are not carried over",
            ko: "객체 {objects}개 중 {converted}개를 변환했습니다. 주석은 옮기지 않습니다",
        },
        CheckClean { files: usize, slos: usize } => {
            en: "{files} files, {slos} SLOs: no fault",
            ko: "파일 {files}개, SLO {slos}개: 결함 없음",
        },
        CheckFound { errors: usize, warnings: usize } => {
            en: "{errors} errors, {warnings} warnings",
            ko: "오류 {errors}개, 경고 {warnings}개",
        },
        Page { url: String } => { en: "page: {url}", ko: "페이지: {url}" },
        CutAtLimit { name: String, max: String } => {
            en: "this is not all: cut at the limit {name} = {max}; a narrower window or filter shows the rest",
            ko: "전부가 아닙니다: 한도 {name} = {max}에서 잘렸습니다. 기간이나 필터를 좁히면 나머지를 볼 수 있습니다",
        },
        DamageLeftOut { place: String, fact: String } => {
            en: "this may not be all: a damaged part was left out, {place}: {fact}; `nines store check` lists all damage",
            ko: "전부가 아닐 수 있습니다: 손상된 부분을 제외했습니다({place}: {fact}). `nines store check`로 손상 목록을 볼 수 있습니다",
        },
        NothingFound => { en: "nothing found", ko: "찾은 것이 없습니다" },
        NoSlos => {
            en: "no SLO is loaded; put OpenSLO files into a folder and name it with `nines serve --definitions DIR`",
            ko: "불러온 SLO가 없습니다. OpenSLO 파일을 폴더에 두고 `nines serve --definitions DIR`로 지정하십시오",
        },
        NoReports => {
            en: "no month has been reported yet; one is half an hour after its end, where an SLO was measured in it",
            ko: "아직 보고된 달이 없습니다. SLO가 측정된 달은 끝나고 30분 뒤에 보고됩니다",
        },
        NoReportOf { months: String } => {
            en: "nothing was reported of that month; there are {months}", ko: "그 달의 보고가 없습니다. 있는 달: {months}",
        },
        MeasuredFrom { slo: String, from: String } => {
            en: "{slo}: its slices are known from {from} on only; the figures are of that part of the month",
            ko: "{slo}: 구간별 기록이 {from}부터만 있습니다. 수치는 그 달의 그 뒤 부분만 나타냅니다",
        },
        AmendedSince { slo: String, count: u64 } => {
            en: "{slo}: spans that came late changed {count} stretches of that month since; `nines slo explain` names them",
            ko: "{slo}: 늦게 온 스팬으로 그 달의 시간 구간 {count}개가 그 뒤에 바뀌었습니다. `nines slo explain`에서 볼 수 있습니다",
        },
        UnknownSlo { name: String } => { en: "there is no SLO `{name}`", ko: "SLO `{name}`이(가) 없습니다" },
        DidYouMean { nearest: String } => { en: "did you mean `{nearest}`?", ko: "`{nearest}`을(를) 찾으십니까?" },
        ListHint => { en: "`nines slo list` shows those that are loaded", ko: "`nines slo list`로 불러온 SLO를 볼 수 있습니다" },
        NoAlerts => { en: "no alert is pending, firing or frozen", ko: "대기, 발생, 동결 중인 알림이 없습니다" },
        NoAlertHistory => { en: "nothing has changed about alerts yet", ko: "알림에 아직 변화가 없습니다" },
        AlertFiring => { en: "✖ firing", ko: "✖ 발생" },
        AlertPending => { en: "▲ pending", ko: "▲ 대기" },
        AlertFrozen => { en: "◌ frozen", ko: "◌ 동결" },
        AlertFrozenFiring => { en: "◌ frozen, firing", ko: "◌ 동결 (발생)" },
        AlertFrozenPending => { en: "◌ frozen, pending", ko: "◌ 동결 (대기)" },
        AlertInactive => { en: "● inactive", ko: "● 조용함" },
        NeedsServer => { en: "a data directory takes no changes", ko: "데이터 디렉터리에는 변경을 할 수 없습니다" },
        NeedsServerHint => { en: "leave out --data, and name the server with --server", ko: "--data를 빼고 --server로 서버를 지정하십시오" },
        Allowed { service: String } => { en: "● ALLOWED  {service}", ko: "● 허용  {service}" },
        Held { service: String } => { en: "▲ HELD  {service}", ko: "▲ 보류  {service}" },
        WouldChange { changes: String } => { en: "what would change it: {changes}", ko: "바뀌려면: {changes}" },
        ByPolicy { policy: String, state: String } => { en: "policy {policy}, state {state}", ko: "정책 {policy}, 상태 {state}" },
        ReplaysSame { at: String } => {
            en: "the record of {at} gives the same verdict",
            ko: "{at}의 기록에서 같은 판정이 나옵니다",
        },
        ReplaysOther { at: String, recorded: String } => {
            en: "the record of {at} says {recorded}, which does not follow from what it holds",
            ko: "{at}의 기록은 {recorded}(이)라고 하지만 기록된 내용과 맞지 않습니다",
        },
        NotReplayable { id: String } => {
            en: "the record of decision {id} does not hold what its verdict follows from",
            ko: "결정 {id}의 기록에는 판정의 근거가 들어 있지 않습니다",
        },
        NotReplayableHint => {
            en: "an earlier version wrote it, or it was erased",
            ko: "이전 버전이 기록했거나 삭제된 기록입니다",
        },
        NeedsBoth { key: String } => { en: "{key} is missing", ko: "{key}이(가) 없습니다" },
        NeedsBothHint => {
            en: "reviewing GitHub's deployments takes github_secret_file and github_token_file",
            ko: "GitHub 배포를 검토하려면 github_secret_file과 github_token_file이 모두 필요합니다",
        },
        NoFreezes => { en: "there is no freeze", ko: "동결이 없습니다" },
        NoExceptions => { en: "there is no exception", ko: "예외가 없습니다" },
        NoAdjustments => { en: "there is no adjustment", ko: "조정이 없습니다" },
        TokensLeft { service: String, left: u64, of: u64, per: String } => {
            en: "{service}: {left} of {of} exceptions left in {per}",
            ko: "{service}: {per} 동안 예외 {of}개 중 {left}개 남음",
        },
        UnknownServices { names: String } => {
            en: "no SLO and no file names {names}; check the spelling",
            ko: "{names}을(를) 언급하는 SLO나 파일이 없습니다. 철자를 확인하십시오",
        },
        EstimateOfSource { slo: String, name: String } => {
            en: "{slo}: these are estimates by source {name}; no trace stands behind them",
            ko: "{slo}: 소스 {name}의 추정값이며 뒷받침하는 트레이스는 없습니다",
        },
        Estimate { slo: String } => {
            en: "{slo} is an estimate: senders left spans out, and those that came are weighted by what they say of that",
            ko: "{slo}은(는) 추정값입니다. 보내는 쪽에서 일부 스팬을 뺐으므로 받은 스팬에 그 비율로 가중치를 둡니다",
        },
        Interval { slo: String, low: String, high: String } => {
            en: "{slo}: what was counted puts its SLI between {low} and {high} (95%, as if failures had nothing to do with each other)",
            ko: "{slo}: 센 것으로 보면 SLI는 {low}에서 {high} 사이입니다(95%, 실패가 서로 무관하다고 볼 때)",
        },
        HistoryFrom { slo: String, from: String } => {
            en: "{slo} counts events from {from} on",
            ko: "{slo}은(는) {from}부터의 이벤트를 셉니다",
        },
        EstimatedPast { slo: String, until: String } => {
            en: "{slo} is an estimate: of the time before {until} no spans are stored any more, only histograms, and these do not tell its events exactly",
            ko: "{slo}은(는) 추정값입니다. {until} 이전은 스팬이 남아 있지 않고 히스토그램만 있어 이벤트를 정확히 가려낼 수 없습니다",
        },
        Excluded { slo: String, name: String, mode: String, good: u64, bad: u64 } => {
            en: "{slo}: adjustment {name} ({mode}) leaves out {good} good and {bad} bad",
            ko: "{slo}: 조정 {name}({mode})이(가) 좋은 이벤트 {good}건과 나쁜 이벤트 {bad}건을 제외합니다",
        },
        RawValue { slo: String, sli: String, budget: String } => {
            en: "{slo}: without any adjustment {sli}, and {budget} of the error budget left",
            ko: "{slo}: 조정하지 않으면 {sli}이며 에러 버짓이 {budget} 남습니다",
        },
        Named { name: String } => { en: "its name: {name}", ko: "이름: {name}" },
        InForce { until: String } => { en: "▲ in force until {until}", ko: "▲ 적용 중, {until}까지" },
        Begins { from: String } => { en: "from {from}", ko: "{from}부터" },
        IsOver => { en: "over", ko: "종료" },
        ExceptionValid => { en: "● valid", ko: "● 유효" },
        ExceptionExpired => { en: "expired", ko: "만료" },
        ExceptionNoToken => { en: "✖ no token", ko: "✖ 토큰 없음" },
        ExceptionSamePerson => { en: "✖ approver asked for it", ko: "✖ 요청자가 승인" },
        UnverifiedApprover { person: String } => { en: "{person} (unverified approver)", ko: "{person} (확인되지 않은 승인자)" },
        Listening { addresses: String, data: String, page: String } => {
            en: "nines is ready: listening on {addresses}; data in {data}; page {page}",
            ko: "nines 준비 완료: {addresses}에서 수신 중, 데이터 {data}, 페이지 {page}",
        },
        LoopbackOnly { port: u16 } => {
            en: "QUERY_PORT sets the port only; senders on other machines need --listen 0.0.0.0:{port}",
            ko: "QUERY_PORT는 포트만 바꿉니다. 다른 머신에서 보내려면 --listen 0.0.0.0:{port}이 필요합니다",
        },
        OtlpPortTaken { address: String, reason: String, silence: String } => {
            en: "{address} is not available for OTLP ({reason}); OTLP stays on the main port. `{silence}` silences this",
            ko: "{address}에서 OTLP를 받을 수 없습니다({reason}). OTLP는 기본 포트에서 계속 받습니다. `{silence}`로 이 알림을 끌 수 있습니다",
        },
        QueueNotRead { variable: String, queue: String } => {
            en: "{variable} is set, but this server does not read from {queue}: senders post their spans over HTTP or gRPC",
            ko: "{variable} 변수가 있지만 이 서버는 {queue}에서 읽지 않습니다. HTTP나 gRPC로 스팬을 보내십시오",
        },
        CannotListen { address: String, reason: String } => {
            en: "cannot listen on {address}: {reason}",
            ko: "{address}에서 수신할 수 없습니다: {reason}",
        },
        CannotListenHint => {
            en: "stop what holds the port, or choose another with --listen HOST:PORT",
            ko: "포트를 점유한 프로세스를 끝내거나 --listen HOST:PORT로 다른 포트를 고르십시오",
        },
        OldDefinitions { errors: usize, first: String, since: String } => {
            en: "the newest definitions have {errors} errors and are not in force; those of {since} are. The first: {first}",
            ko: "최신 정의에 오류가 {errors}개 있어 적용되지 않았습니다. {since}의 정의가 적용 중입니다. 첫 오류: {first}",
        },
        DefinitionsRefused { errors: usize } => {
            en: "the definitions have {errors} faults and are not in force; `nines slo check` shows them",
            ko: "정의에 결함이 {errors}개 있어 적용하지 않았습니다. `nines slo check`로 확인하십시오",
        },
        Stopping => { en: "stopping: no new spans, finishing what was taken", ko: "종료 중: 새 스팬을 받지 않고 받은 것을 마무리합니다" },
        DemoReady { page: String } => {
            en: "the demo is alive at {page}",
            ko: "데모가 실행 중입니다: {page}",
        },
        DemoNext => {
            en: "in 30 s a bad release of user-profile starts; watch `nines slo status` and `nines gate check user-profile`",
            ko: "30초 뒤 user-profile의 나쁜 배포가 시작됩니다. `nines slo status`와 `nines gate check user-profile`을 보십시오",
        },
        DemoBadRelease { version: String } => {
            en: "user-profile {version} is out: one request in five fails",
            ko: "user-profile {version} 배포: 요청 다섯 중 하나가 실패합니다",
        },
        DemoRolledBack { version: String } => {
            en: "user-profile is back at {version}; the budget recovers",
            ko: "user-profile을 {version}(으)로 되돌렸습니다. 에러 버짓이 회복됩니다",
        },
        ForeignStore { names: String } => {
            en: "{names}: not read. Spans are kept in the data directory (--data), so no other store is needed",
            ko: "{names}: 읽지 않습니다. 스팬은 데이터 디렉터리(--data)에 보관하므로 다른 저장소가 필요 없습니다",
        },
        ForeignThrottle { names: String } => {
            en: "{names}: not read. What is too much at once is refused with 429 and Retry-After, always",
            ko: "{names}: 읽지 않습니다. 한꺼번에 너무 많으면 항상 429와 Retry-After로 거절합니다",
        },
        ForeignPage { names: String } => {
            en: "{names}: not read. The page is our own; serve it at the root of a host name",
            ko: "{names}: 읽지 않습니다. 페이지는 자체 것이며 호스트 이름의 루트에서 제공해야 합니다",
        },
        ForeignProcess { names: String } => {
            en: "{names}: not read. Memory is --memory, logging is -v or RUST_LOG, figures are on /prometheus",
            ko: "{names}: 읽지 않습니다. 메모리는 --memory, 로그는 -v 또는 RUST_LOG, 지표는 /prometheus를 쓰십시오",
        },
        ForeignAttributes { names: String } => {
            en: "{names}: not read. Attributes of resources are tags under their own names",
            ko: "{names}: 읽지 않습니다. 리소스 속성은 원래 이름 그대로 태그가 됩니다",
        },
        ForeignCache { names: String } => {
            en: "{names}: not read. Suggested values are read from the stored spans, at most 20000 a key",
            ko: "{names}: 읽지 않습니다. 제안 값은 저장된 스팬에서 읽으며 키마다 최대 20000개입니다",
        },
        SourceFails { name: String, since: String, reason: String } => {
            en: "source {name} does not answer since {since}: {reason}; what it measures is unmeasured until it does",
            ko: "소스 {name}이(가) {since}부터 응답하지 않습니다: {reason}. 응답할 때까지 이 소스의 SLO는 측정되지 않습니다",
        },
        SourceRefuses { slo: String, name: String, since: String, reason: String } => {
            en: "{slo}: source {name} gives no figures of it since {since}: {reason}; it is unmeasured until it does",
            ko: "{slo}: 소스 {name}이(가) {since}부터 이 SLO의 값을 주지 않습니다: {reason}. 값을 줄 때까지 측정되지 않습니다",
        },
        SourceGap { slo: String, name: String, reason: String } => {
            en: "{slo}: source {name} answers, but {reason}",
            ko: "{slo}: 소스 {name}이(가) 응답했지만 {reason}",
        },
        Silenced { by: String, until: String, comment: String } => {
            en: "by {by} until {until}: {comment}",
            ko: "{by}, {until}까지: {comment}",
        },
        BadCollector { value: String } => {
            en: "`{value}` is not the address of a collector",
            ko: "`{value}`은(는) 컬렉터의 주소가 아닙니다",
        },
        BadCollectorHint => {
            en: "write http://HOST:4318, or https://HOST/PATH where it takes metrics elsewhere than at /v1/metrics",
            ko: "http://호스트:4318처럼 쓰고, /v1/metrics가 아닌 곳에서 받으면 https://호스트/경로로 쓰십시오",
        },
        NotifyNoDefault { name: String } => {
            en: "`notify.default` names {name}, and there is no [notify.{name}]",
            ko: "`notify.default`에 {name}이(가) 있지만 [notify.{name}]이 없습니다",
        },
        NotifyNoDefaultHint { name: String } => {
            en: "write a [notify.{name}], or take the name out of the list",
            ko: "[notify.{name}]을 쓰거나 목록에서 이름을 빼십시오",
        },
        SourceBadUrl { name: String } => {
            en: "`{name}.url` is not http://HOST… or https://HOST… without a user, a query or a fragment",
            ko: "`{name}.url`이 http://호스트… 또는 https://호스트… 형식이 아니거나 사용자, 쿼리, 조각이 들어 있습니다",
        },
        SourceUrlHint => {
            en: "for example url = \"https://prometheus.example.com\"; /api/v1/query_range is added to it, and a user stands in `key_file`",
            ko: "예: url = \"https://prometheus.example.com\". 뒤에 /api/v1/query_range를 붙이며, 사용자와 암호는 `key_file`에 씁니다",
        },
        SourceKeyWithoutUrl { name: String } => {
            en: "`{name}` has a key and no `url`",
            ko: "`{name}`에 키는 있고 `url`이 없습니다",
        },
        SourceKeyWithoutUrlHint => {
            en: "write beside it where the source is: a key is never sent where only a definition says",
            ko: "소스의 주소를 함께 쓰십시오. 정의에만 적힌 주소로는 키를 보내지 않습니다",
        },
        NotifyNoType { name: String } => { en: "`{name}` has no `type`", ko: "`{name}`에 `type`이 없습니다" },
        NotifyNoUrl { name: String } => { en: "`{name}` needs `urls`", ko: "`{name}`에 `urls`가 필요합니다" },
        NotifySeveralUrls { name: String, n: usize } => {
            en: "`{name}` has {n} addresses; only an Alertmanager has several",
            ko: "`{name}`에 주소가 {n}개 있습니다. 여러 주소는 Alertmanager에만 쓸 수 있습니다",
        },
        NotifySeveralUrlsHint => {
            en: "write a [notify.NAME] for each of them",
            ko: "주소마다 [notify.NAME]을 따로 쓰십시오",
        },
        NotifyBadUrl { name: String, en: String, ko: String } => {
            en: "an address of `{name}` is not {en}",
            ko: "`{name}`의 주소가 {ko} 형식이 아닙니다",
        },
        NotifyUrlHint => {
            en: "for example urls = [\"https://alertmanager.example.com\"], or smtp://mail.example.com:587 for mail",
            ko: "예: urls = [\"https://alertmanager.example.com\"], 메일은 smtp://mail.example.com:587",
        },
        NotifyNoKey { name: String, en: String, ko: String } => {
            en: "`{name}` needs `key_file`: {en}",
            ko: "`{name}`에 `key_file`이 필요합니다: {ko}",
        },
        NotifyBadKey { name: String, en: String, ko: String } => {
            en: "the key file of `{name}` does not hold {en}",
            ko: "`{name}`의 키 파일 내용이 {ko} 형식이 아닙니다",
        },
        NotifyKeyHint => {
            en: "put it into a file that only this user can read, and name the file in key_file",
            ko: "이 사용자만 읽을 수 있는 파일에 넣고 key_file로 지정하십시오",
        },
        NotifyBadMailbox { name: String, field: String } => {
            en: "`{field}` of `{name}` is missing, or no mail address",
            ko: "`{name}`의 `{field}`가 없거나 메일 주소가 아닙니다",
        },
        NotifyBadMailboxHint => {
            en: "for example from = \"nines <nines@example.com>\" and to = [\"on-call@example.com\"]",
            ko: "예: from = \"nines <nines@example.com>\", to = [\"on-call@example.com\"]",
        },
        UnknownKey { key: String } => { en: "unknown key `{key}`", ko: "알 수 없는 키 `{key}`" },
        BadToml { detail: String } => { en: "not TOML: {detail}", ko: "TOML이 아닙니다: {detail}" },
        KnownKeys { keys: String } => { en: "known keys: {keys}", ko: "사용할 수 있는 키: {keys}" },
        WrongKind { key: String, en: String, ko: String } => {
            en: "`{key}` must be {en}",
            ko: "`{key}`의 값은 {ko}(이)어야 합니다",
        },
        EmptySecret { path: String } => { en: "{path} is empty", ko: "{path}이(가) 비어 있습니다" },
        EmptySecretHint => {
            en: "put the secret into it; an empty one would be anybody's",
            ko: "비밀 값을 넣으십시오. 빈 값은 누구나 알 수 있습니다",
        },
        BadAddress { value: String } => { en: "`{value}` is not an address", ko: "`{value}`은(는) 주소가 아닙니다" },
        BadAddressHint => { en: "write HOST:PORT, for example 127.0.0.1:9411", ko: "HOST:PORT로 쓰십시오. 예: 127.0.0.1:9411" },
        BadSize { value: String } => { en: "`{value}` is not a size", ko: "`{value}`은(는) 크기가 아닙니다" },
        BadSizeHint => { en: "write bytes or a unit: 400MiB, 50GiB", ko: "바이트 또는 단위로 쓰십시오: 400MiB, 50GiB" },
        BadDuration { value: String } => { en: "`{value}` is not a duration", ko: "`{value}`은(는) 기간이 아닙니다" },
        BadDurationHint => { en: "write a number and a unit: 30s, 15m, 1h, 7d", ko: "숫자와 단위로 쓰십시오: 30s, 15m, 1h, 7d" },
        BadPort { value: String } => { en: "`{value}` is not a port", ko: "`{value}`은(는) 포트가 아닙니다" },
        BadPortHint => { en: "write a number from 1 to 65535", ko: "1부터 65535 사이의 숫자를 쓰십시오" },
        BadCount { value: String } => { en: "`{value}` is not a count", ko: "`{value}`은(는) 개수가 아닙니다" },
        BadCountHint => { en: "write a whole number from 1 on", ko: "1 이상의 정수를 쓰십시오" },
        BadLimitHint => { en: "write a whole number; 0 is no limit", ko: "정수를 쓰십시오. 0은 제한 없음입니다" },
        BadShare { value: String } => { en: "`{value}` is not a share", ko: "`{value}`은(는) 비율이 아닙니다" },
        BadShareHint => { en: "write a number from 0 to 1, such as 0.1", ko: "0에서 1 사이의 수를 쓰십시오. 예: 0.1" },
        BadOrigin { value: String } => { en: "`{value}` is not an origin", ko: "`{value}`은(는) 출처(origin)가 아닙니다" },
        BadOriginHint => {
            en: "write scheme, host and port as browsers do, without a path: https://ops.example.com; or * for all",
            ko: "브라우저처럼 스킴, 호스트, 포트를 경로 없이 쓰십시오(예: https://ops.example.com). 모두 허용하려면 *",
        },
        BadWord { value: String, words: String } => { en: "`{value}` is not one of {words}", ko: "`{value}`은(는) {words} 중 하나가 아닙니다" },
        BadWordHint { words: String } => { en: "choose one of {words}", ko: "{words} 중에서 고르십시오" },
        TooSmall { key: String, least: String } => { en: "`{key}` is below {least}", ko: "`{key}`이(가) {least}보다 작습니다" },
        TooSmallHint { least: String } => { en: "give at least {least}", ko: "{least} 이상으로 지정하십시오" },
        StoreClean { files: u64, spans: u64, events: u64 } => {
            en: "{files} files, {spans} spans, {events} events: no damage",
            ko: "파일 {files}개, 스팬 {spans}개, 이벤트 {events}개: 손상 없음",
        },
        NextTakenForAge { at: String, age: String } => {
            en: "retention takes the oldest block next at {at}, when it will be {age} old: by then it has outlived the keep",
            ko: "보관 기간이 끝나는 {at}에 가장 오래된 블록(그때 나이 {age})이 다음으로 삭제됩니다",
        },
        NextTakenForBytes { at: String, age: String } => {
            en: "retention takes the oldest block next at about {at}, when it will be {age} old: at the rate so far the disk's share is used up then",
            ko: "지금까지의 속도라면 {at}쯤 디스크 한도에 이르러 가장 오래된 블록(그때 나이 {age})이 다음으로 삭제됩니다",
        },
        StatsHistory { slices: String, files: String, bytes: String, from: String } => {
            en: "history: {slices} slices since {from} in {files} files, {bytes}",
            ko: "히스토리: {from}부터 구간 {slices}개, 파일 {files}개, {bytes}",
        },
        StatsUnreadable { groups: u64 } => {
            en: "{groups} row groups could not be read and are missing in the columns; `nines store check` names them",
            ko: "행 그룹 {groups}개를 읽지 못해 열 집계에서 빠졌습니다. `nines store check`로 위치를 확인하십시오",
        },
        BadTime { value: String } => { en: "`{value}` is not a time", ko: "`{value}`은(는) 시각이 아닙니다" },
        BadTimeHint => {
            en: "write RFC 3339 or a day in UTC: 2026-11-25T09:00:00Z, 2026-11-25",
            ko: "RFC 3339 또는 UTC 날짜로 쓰십시오: 2026-11-25T09:00:00Z, 2026-11-25",
        },
        BadFilter { filter: String, fact: String } => {
            en: "filter `{filter}`: {fact}",
            ko: "필터 `{filter}`: {fact}",
        },
        NoParquet => {
            en: "this build cannot write Parquet: it was made without the feature `parquet`",
            ko: "이 빌드는 Parquet를 쓸 수 없습니다. `parquet` 기능 없이 만들어졌습니다",
        },
        NoParquetHint => {
            en: "build one with `cargo build --release --features parquet`, or export with --format otlp or zipkin",
            ko: "`cargo build --release --features parquet`로 빌드하거나 --format otlp 또는 zipkin으로 내보내십시오",
        },
        GzipOfParquet => {
            en: "--gzip is for otlp and zipkin; Parquet packs its own pages",
            ko: "--gzip은 otlp와 zipkin에만 씁니다. Parquet는 스스로 압축합니다",
        },
        GzipOfParquetHint => { en: "leave --gzip out", ko: "--gzip을 빼십시오" },
        NotSealed { reason: String } => {
            en: "spans that arrived last and are in no block yet are left out: {reason}",
            ko: "최근에 도착해 아직 블록에 없는 스팬은 빠집니다: {reason}",
        },
        NotSealedInTime => {
            en: "the server is still writing them; run the same command again later to get them too",
            ko: "서버가 아직 쓰는 중입니다. 나중에 같은 명령을 다시 실행하면 함께 내보냅니다",
        },
        ExportProgress { blocks: u64, all: u64, spans: String, bytes: String, rate: String, left: String } => {
            en: "{blocks} of {all} blocks, {spans} spans, {bytes}, {rate} spans/s, {left} left",
            ko: "블록 {blocks}/{all}개, 스팬 {spans}개, {bytes}, 초당 스팬 {rate}개, 남은 시간 {left}",
        },
        ExportDone { spans: String, files: u64, bytes: String, out: String } => {
            en: "{spans} spans in {files} files, {bytes}, in {out}",
            ko: "스팬 {spans}개, 파일 {files}개, {bytes}: {out}",
        },
        ExportBefore { blocks: u64 } => {
            en: "{blocks} blocks were there from a run before",
            ko: "블록 {blocks}개는 이전 실행에서 이미 내보냈습니다",
        },
        ExportGone { blocks: u64 } => {
            en: "{blocks} blocks went while this ran: retention took them",
            ko: "실행하는 동안 블록 {blocks}개가 보관 기간이 지나 삭제되었습니다",
        },
        ExportDamaged { places: usize } => {
            en: "{places} places could not be read and are left out; `nines store check` says what to do about them",
            ko: "{places}곳을 읽지 못해 뺐습니다. 조치 방법은 `nines store check`로 확인하십시오",
        },
        TornEnd { place: String } => {
            en: "{place}: the last write is not all there; if a crash tore it, nothing in it was acknowledged; or the file was cut short since",
            ko: "{place}: 마지막 기록이 온전하지 않습니다. 비정상 종료로 끊긴 것이라면 그 안에 확인 응답한 스팬은 없습니다. 이후에 파일이 잘렸을 수도 있습니다",
        },
        StoreDamaged { files: u64, spans: u64, places: usize } => {
            en: "{files} files, {spans} spans read; {places} places are damaged",
            ko: "파일 {files}개, 스팬 {spans}개를 읽었습니다. {places}곳이 손상되었습니다",
        },
        CheckProgress { files: u64, done: String, all: String, left: String } => {
            en: "file {files}, {done} of {all}, {left} left",
            ko: "파일 {files}번째, {done}/{all}, 남은 시간 {left}",
        },
        StoreNeedsData => {
            en: "`nines store check` reads the files themselves and needs the data directory",
            ko: "`nines store check`는 파일을 직접 읽으므로 데이터 디렉터리가 필요합니다",
        },
        StoreNeedsDataHint => { en: "name it with --data DIR", ko: "--data DIR로 지정하십시오" },
        Internal { detail: String } => { en: "{detail}", ko: "{detail}" },
        InternalHint => {
            en: "run again with -v for more, and report it if it stays",
            ko: "-v를 붙여 다시 실행하고, 계속되면 알려 주십시오",
        },
    }
}
