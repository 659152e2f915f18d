//! Errors as RFC 9457 problems, in the language asked for.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use nines_base::Lang;
use nines_base::lang::Message;
use nines_storage::StoreError;
use serde::Serialize;
use serde_json::Value;

nines_base::catalogue! {
    /// What can go wrong with a request to our API.
    pub enum Fault {
        EndsBeforeItBegins { text: String } => { en: "from `{text}` is not before to", ko: "from `{text}`이(가) to보다 앞서지 않습니다" },
        EndsBeforeItBeginsHint => { en: "give a from that lies before to", ko: "to보다 앞선 from을 주십시오" },
        TooManyEntries { given: usize } => { en: "{given} entries in one request", ko: "한 요청에 항목이 {given}개 있습니다" },
        TooManyEntriesHint { most: usize } => { en: "send at most {most} at once", ko: "한 번에 최대 {most}개까지 보내십시오" },
        NotKept { reason: String } => { en: "it cannot be kept: {reason}", ko: "저장할 수 없습니다: {reason}" },
        NotKeptHint => { en: "send less of it", ko: "크기를 줄여 보내십시오" },
        NotAList { name: String } => { en: "`{name}` is not a list", ko: "`{name}`이(가) 목록이 아닙니다" },
        NotAListHint => {
            en: "send one entry, or {{\"entries\": [...], \"pages\": [...]}}",
            ko: "항목 하나 또는 {{\"entries\": [...], \"pages\": [...]}}을(를) 보내십시오",
        },
        AlertmanagerHint => {
            en: "send what a webhook_configs receiver of Alertmanager sends (version 4)",
            ko: "Alertmanager의 webhook_configs 수신자가 보내는 본문(버전 4)을 보내십시오",
        },
        EntryHint => {
            en: "an entry needs title, attendedSeconds and what it is of: see docs/guide/toil.md",
            ko: "항목에는 title, attendedSeconds와 내용이 필요합니다: docs/guide/toil.ko.md 참고",
        },
        OwnHint => {
            en: "entries are shown to whoever they are of: give ?me=NAME",
            ko: "항목은 본인에게만 보입니다: ?me=이름을 주십시오",
        },
        NoEntry { id: String } => { en: "there is no entry `{id}`", ko: "항목 `{id}`이(가) 없습니다" },
        NoEntryHint => { en: "`nines toil entries` lists your own with their ids", ko: "`nines toil entries`가 본인의 항목과 id를 보여 줍니다" },
        NotOwnEntry => {
            en: "only what was timed or declared of yourself can be taken out",
            ko: "본인의 측정(A) 또는 신고(D) 항목만 지울 수 있습니다",
        },
        NotOwnEntryHint => {
            en: "what other systems say is corrected there and imported anew",
            ko: "다른 시스템에서 온 것은 그곳에서 고친 뒤 다시 가져오십시오",
        },
        NoRun { id: String } => { en: "there is no run `{id}`", ko: "실행 `{id}`이(가) 없습니다" },
        NoRunHint => {
            en: "a run is told when it ends and a server is reachable; its transcript is on the machine that ran it",
            ko: "실행은 끝난 뒤 서버에 닿을 때 전달됩니다. 기록은 실행한 컴퓨터에 있습니다",
        },
        NoRunbook { name: String } => { en: "runbook `{name}` is not known here", ko: "런북 `{name}`을(를) 알지 못합니다" },
        NoRunbookHint => {
            en: "it is known once it was approved (`nines runbook approve FILE`) or run",
            ko: "승인(`nines runbook approve FILE`)되거나 실행된 뒤에 알게 됩니다",
        },
        BadTraceId { text: String } => { en: "`{text}` is not a trace id", ko: "`{text}`은(는) 트레이스 id가 아닙니다" },
        BadTraceIdHint => { en: "a trace id has 1 to 32 digits of 0-9a-f", ko: "트레이스 id는 0-9a-f 1~32자리입니다" },
        NoTrace { id: String } => { en: "trace {id} is not here", ko: "트레이스 {id}이(가) 없습니다" },
        NoTraceHint => {
            en: "it may have outlived the retention, have been sampled away by its sender or by this server, or not have arrived yet",
            ko: "보관 기간이 지났거나, 보내는 쪽이나 이 서버가 샘플링으로 제외했거나, 아직 도착하지 않았을 수 있습니다",
        },
        BadTime { text: String } => { en: "`{text}` is not a time", ko: "`{text}`은(는) 시각이 아닙니다" },
        BadTimeHint => { en: "write RFC 3339, for example 2026-11-25T09:00:00Z", ko: "RFC 3339로 쓰십시오. 예: 2026-11-25T09:00:00Z" },
        BadDuration { text: String } => { en: "`{text}` is not a duration", ko: "`{text}`은(는) 기간이 아닙니다" },
        BadDurationHint => { en: "write a number and a unit: 30s, 15m, 1h, 7d", ko: "숫자와 단위로 쓰십시오: 30s, 15m, 1h, 7d" },
        BadNumber { name: String, text: String } => { en: "{name}: `{text}` is not a number in range", ko: "{name}: `{text}`은(는) 범위 안의 숫자가 아닙니다" },
        BadNumberHint { from: u64, to: u64 } => { en: "write a whole number from {from} to {to}", ko: "{from}부터 {to} 사이의 정수를 쓰십시오" },
        NoThreshold { slo: String } => { en: "{slo} has no limit on durations", ko: "{slo}에는 소요 시간 한도가 없습니다" },
        NoThresholdHint => {
            en: "ask it of an SLO that measures duration, or leave threshold out",
            ko: "소요 시간을 재는 SLO에 묻거나 threshold를 빼십시오",
        },
        BadTarget { text: String } => { en: "`{text}` is not a target", ko: "`{text}`은(는) 목표가 아닙니다" },
        BadTargetHint { most: usize } => {
            en: "write per cent below 100, separated by commas, at most {most}: 99,99.5,99.9",
            ko: "100 미만의 퍼센트를 쉼표로 구분하여 최대 {most}개까지 쓰십시오: 99,99.5,99.9",
        },
        BadWord { name: String, text: String } => { en: "{name} cannot be `{text}`", ko: "{name}에 `{text}`은(는) 쓸 수 없습니다" },
        BadWordHint { words: String } => { en: "choose one of {words}", ko: "{words} 중에서 고르십시오" },
        BadSelection { fact: String } => { en: "sel: {fact}", ko: "sel: {fact}" },
        OfFilter { hint: String } => { en: "{hint}", ko: "{hint}" },
        TooManyFacets { given: usize } => { en: "keys names {given} facets", ko: "keys에 항목이 {given}개 있습니다" },
        BadFilter => { en: "the filter cannot be read", ko: "필터를 읽을 수 없습니다" },
        TooManyDimensions { given: usize } => { en: "by names {given} dimensions", ko: "by에 차원이 {given}개 있습니다" },
        TooManyDimensionsHint { max: usize } => { en: "name at most {max}", ko: "최대 {max}개까지 쓰십시오" },
        TooManySlices { given: u64 } => { en: "the window has {given} slices of that step", ko: "이 간격이면 기간이 {given}개의 구간으로 나뉩니다" },
        TooManySlicesHint { max: u64 } => { en: "choose a longer step or a shorter window: at most {max} slices", ko: "step을 늘리거나 기간을 줄이십시오. 최대 {max}개의 구간까지 가능합니다" },
        BadRows { text: String } => { en: "rows `{text}` are not in the trace", ko: "rows `{text}`이(가) 트레이스에 없습니다" },
        BadRowsHint { last: usize, most: usize } => { en: "write FROM-TO between 0 and {last}, at most {most} rows", ko: "0부터 {last} 사이에서 FROM-TO로, 최대 {most}행까지 쓰십시오" },
        NoSpans { detail: String } => { en: "the text is no list of spans: {detail}", ko: "스팬 목록이 아닙니다: {detail}" },
        NoSpansHint => {
            en: "give one trace as Zipkin's JSON: [{{\"traceId\": …, \"id\": …}}, …]",
            ko: "트레이스 하나를 Zipkin JSON으로 주십시오: [{{\"traceId\": …, \"id\": …}}, …]",
        },
        SeveralTraces { traces: usize, id: String } => {
            en: "the text holds spans of {traces} traces, {id} first",
            ko: "트레이스 {traces}개의 스팬이 들어 있습니다. 첫 트레이스는 {id}입니다",
        },
        SeveralTracesHint => { en: "give the spans of one trace", ko: "트레이스 하나의 스팬만 주십시오" },
        TraceTooLarge { bytes_max: usize } => {
            en: "the text is larger than {bytes_max} bytes",
            ko: "{bytes_max}바이트보다 큽니다",
        },
        TraceTooLargeHint => { en: "leave out a part of its spans", ko: "스팬 일부를 빼고 주십시오" },
        NoSlo { name: String } => { en: "there is no SLO `{name}`", ko: "SLO `{name}`이(가) 없습니다" },
        NoSloHint => { en: "GET /api/nines/v1/slos lists those that are loaded", ko: "GET /api/nines/v1/slos에서 불러온 SLO를 볼 수 있습니다" },
        NoService { name: String } => {
            en: "no SLO is of the service `{name}`", ko: "서비스 `{name}`의 SLO가 없습니다",
        },
        NoServiceHint => {
            en: "GET /api/nines/v1/slos tells the service of each", ko: "GET /api/nines/v1/slos에서 각 SLO의 서비스를 볼 수 있습니다",
        },
        BadMonth { text: String } => { en: "`{text}` is not a month", ko: "`{text}`은(는) 달이 아닙니다" },
        BadMonthHint => { en: "write year and month, for example 2026-10", ko: "연도와 달로 쓰십시오. 예: 2026-10" },
        NoObjective { slo: String, name: String } => {
            en: "{slo} has no objective `{name}`",
            ko: "{slo}에 목표 `{name}`이(가) 없습니다",
        },
        NoObjectiveHint { known: String } => { en: "it has: {known}", ko: "있는 목표: {known}" },
        OfParts { slo: String } => {
            en: "{slo} is judged by the targets of its parts, and has none of its own that could be another",
            ko: "{slo}은(는) 하위 목표의 목표값으로 판정되며 따로 바꿔 볼 목표값이 없습니다",
        },
        OfPartsHint { parts: String } => {
            en: "ask it of a part, with objective= and one of: {parts}",
            ko: "objective=에 하위 목표를 지정하십시오: {parts}",
        },
        NoAlert { id: String } => { en: "no alert {id} fires", ko: "발생 중인 알림 {id}이(가) 없습니다" },
        NoAlertHint => {
            en: "GET /api/nines/v1/alerts lists those that do, each with its `id`; one that has ended needs nobody",
            ko: "GET /api/nines/v1/alerts에서 발생 중인 알림과 `id`를 볼 수 있습니다. 끝난 알림은 확인할 필요가 없습니다",
        },
        NoDecision { id: String } => { en: "there is no gate decision {id}", ko: "게이트 결정 {id}이(가) 없습니다" },
        NoDecisionHint => { en: "the `id` of a gate answer names it", ko: "게이트 응답의 `id`가 결정의 이름입니다" },
        NoPath => { en: "there is nothing at this path", ko: "이 경로에는 아무것도 없습니다" },
        NoPathHint => { en: "paths are listed in docs/guide/api.md", ko: "경로 목록은 docs/guide/api.md에 있습니다" },
        NoBlock { name: String } => { en: "there is no block {name}", ko: "블록 {name}이(가) 없습니다" },
        NoBlockHint => {
            en: "GET /api/nines/v1/store/blocks lists those there are; retention may have taken it",
            ko: "GET /api/nines/v1/store/blocks에서 목록을 볼 수 있습니다. 보관 기간이 지나 삭제되었을 수 있습니다",
        },
        NoFiles => { en: "this store keeps nothing on disk", ko: "이 저장소는 디스크에 아무것도 두지 않습니다" },
        NoFilesHint => { en: "only `--storage embedded` has blocks", ko: "블록은 `--storage embedded`에만 있습니다" },
        NotJson { detail: String } => { en: "the body is not what is wanted: {detail}", ko: "본문이 올바르지 않습니다: {detail}" },
        NotJsonHint => { en: "send JSON with content-type: application/json", ko: "content-type: application/json으로 JSON을 보내십시오" },
        OtherOrigin => { en: "writes are taken from this page's own origin only", ko: "쓰기는 이 페이지와 같은 오리진에서만 받습니다" },
        OffLoopback => { en: "writes are taken from this machine only", ko: "쓰기는 이 머신에서만 받습니다" },
        WriteHint => { en: "use the command line on the server's own machine", ko: "서버 머신의 명령줄을 사용하십시오" },
        NeedsText { name: String } => { en: "{name} is missing or empty", ko: "{name}이(가) 없거나 비어 있습니다" },
        NeedsTextHint { name: String } => { en: "give {name} as a text of at most 200 characters", ko: "{name}을(를) 200자 이하의 텍스트로 지정하십시오" },
        OfObject { said_en: String, said_ko: String } => { en: "{said_en}", ko: "{said_ko}" },
        NameTaken { name: String } => { en: "`{name}` is there already", ko: "`{name}`은(는) 이미 있습니다" },
        NameTakenHint => { en: "give it another name", ko: "다른 이름을 지정하십시오" },
        OfFile { name: String, place: String } => {
            en: "`{name}` stands in a file, at {place}, and is lifted only there",
            ko: "`{name}`은(는) 파일 {place}에 있으며 그 파일에서만 해제할 수 있습니다",
        },
        OfFileHint { place: String } => { en: "remove it, or end it, at {place}", ko: "{place}에서 지우거나 끝나는 시각을 바꾸십시오" },
        NoFreeze { name: String } => { en: "there is no freeze `{name}`", ko: "동결 `{name}`이(가) 없습니다" },
        NoFreezeHint { known: String } => { en: "there are: {known}", ko: "있는 동결: {known}" },
        NoToken { service: String, tokens: u32, per: String } => {
            en: "{service} has no exception left: {tokens} in {per} are all taken",
            ko: "{service}에 남은 예외가 없습니다. {per} 동안 {tokens}개를 모두 썼습니다",
        },
        NoTokenHint => {
            en: "wait until one is older than that, release a rollback or a security fix, or change the policy",
            ko: "기간이 지나기를 기다리거나, 롤백·보안 수정을 릴리스하거나, 정책을 바꾸십시오",
        },
        SamePerson { person: String } => {
            en: "{person} cannot both ask for an exception and approve it",
            ko: "{person}이(가) 예외를 요청하면서 승인할 수는 없습니다",
        },
        SamePersonHint => { en: "have another person approve it", ko: "다른 사람의 승인을 받으십시오" },
        Over => { en: "it would be over already", ko: "이미 끝난 시각입니다" },
        OverHint => { en: "give an end that is still to come", ko: "앞으로 올 시각을 끝으로 지정하십시오" },
        NoSpansToTake { slo: String } => {
            en: "the events of SLO '{slo}' are not spans, so no filter can take some of them",
            ko: "SLO '{slo}'의 이벤트는 스팬이 아니어서 필터로 일부만 가려낼 수 없습니다",
        },
        NoSpansToTakeHint => {
            en: "leave 'where' out and give a time",
            ko: "'where'를 빼고 시간을 지정하십시오",
        },
        TooManyFilters { slo: String, most: usize } => {
            en: "the adjustments of SLO '{slo}' have {most} different filters already, as many as are counted apart",
            ko: "SLO '{slo}'의 조정에는 이미 서로 다른 필터가 {most}개 있으며, 따로 셀 수 있는 최대 개수입니다",
        },
        TooManyFiltersHint => {
            en: "use one of those filters, or mark such requests with one tag for all",
            ko: "그 필터 가운데 하나를 쓰거나 그런 요청에 공통 태그 하나를 붙이십시오",
        },
        BackDated { most: String } => {
            en: "it begins more than {most} ago",
            ko: "{most}보다 더 전에 시작합니다",
        },
        BackDatedHint => {
            en: "put it into a file of definitions, where a second person reviews it",
            ko: "다른 사람이 검토하도록 정의 파일에 적으십시오",
        },
        TrafficOff => { en: "this server may not ask netd", ko: "이 서버는 netd에 물을 수 없게 설정되어 있습니다" },
        TrafficOffHint => {
            en: "start it with --netd SOCKET, on Linux",
            ko: "Linux에서 --netd SOCKET으로 시작하십시오",
        },
        TrafficBroke => { en: "asking netd ended abnormally", ko: "netd에 묻는 중 오류가 났습니다" },
        ExplainHint => {
            en: "write src=203.0.113.7&dst=192.0.2.1:443, and where it matters proto=, in=, out=, ct=",
            ko: "src=203.0.113.7&dst=192.0.2.1:443처럼 쓰고 필요하면 proto=, in=, out=, ct=를 더하십시오",
        },
        NoGithub => { en: "deployments are not reviewed for GitHub here", ko: "이 서버는 GitHub 배포를 검토하지 않습니다" },
        NoGithubHint => { en: "set github_secret_file and github_token_file", ko: "github_secret_file과 github_token_file을 설정하십시오" },
        BadSignature => { en: "the signature is not that of this body", ko: "서명이 본문과 맞지 않습니다" },
        BadSignatureHint => {
            en: "the app's webhook secret must be the one in github_secret_file",
            ko: "앱의 웹훅 비밀이 github_secret_file의 것과 같아야 합니다",
        },
        StoreFailed { detail: String } => { en: "reading stored spans failed: {detail}", ko: "저장된 스팬을 읽지 못했습니다: {detail}" },
        LedgerFailed { detail: String } => { en: "the event ledger failed: {detail}", ko: "이벤트 원장에서 오류가 났습니다: {detail}" },
        ServerHint => { en: "the server's log has more; `nines store check` verifies the files", ko: "서버 로그를 보십시오. `nines store check`로 파일을 검증할 수 있습니다" },
    }
}

/// A problem of one request; boxed, so that every answer does not carry its size.
#[derive(Debug)]
pub struct Problem(Box<Parts>);

#[derive(Debug)]
struct Parts {
    status: StatusCode,
    fact: Fault,
    hint: Fault,
    at: Option<At>,
    lang: Lang,
}

/// Characters of a parameter at fault.
#[derive(Clone, Debug, Serialize)]
pub struct At {
    from: usize,
    to: usize,
    #[serde(skip)]
    detail: Option<(String, String)>,
}

/// The problem as it is sent.
#[derive(Serialize)]
struct Wire {
    r#type: &'static str,
    title: String,
    status: u16,
    detail: String,
    hint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

impl Problem {
    /// With a status of its own.
    pub fn status(status: StatusCode, lang: Lang, fact: Fault, hint: Fault) -> Problem {
        Problem(Box::new(Parts { status, fact, hint, at: None, lang }))
    }

    /// The request is wrong.
    pub fn bad(lang: Lang, fact: Fault, hint: Fault) -> Problem {
        Problem::status(StatusCode::BAD_REQUEST, lang, fact, hint)
    }

    /// What was asked for does not exist.
    pub fn missing(lang: Lang, fact: Fault, hint: Fault) -> Problem {
        Problem::status(StatusCode::NOT_FOUND, lang, fact, hint)
    }

    /// What is there already, or the rules, forbid it.
    pub fn conflict(lang: Lang, fact: Fault, hint: Fault) -> Problem {
        Problem::status(StatusCode::CONFLICT, lang, fact, hint)
    }

    /// An object of the request is wrong, as the reader of files says it.
    pub fn of_object(lang: Lang, field: &str, finding: &nines_slo::openslo::Finding) -> Problem {
        let said = |text: String| if field.is_empty() { text } else { format!("{field}: {text}") };
        let fact =
            Fault::OfObject { said_en: said(finding.fact.text(Lang::En)), said_ko: said(finding.fact.text(Lang::Ko)) };
        let hint = Fault::OfObject { said_en: finding.hint.text(Lang::En), said_ko: finding.hint.text(Lang::Ko) };
        Problem::bad(lang, fact, hint)
    }

    /// The sender may not do this.
    pub fn forbidden(lang: Lang, fact: Fault, hint: Fault) -> Problem {
        Problem::status(StatusCode::FORBIDDEN, lang, fact, hint)
    }

    /// A filter with the place of its fault.
    pub fn filter(lang: Lang, error: &nines_trace::filter::FilterError) -> Problem {
        let detail = Some((error.fact.text(lang), error.hint.text(lang)));
        let mut problem = Problem::bad(lang, Fault::BadFilter, Fault::BadFilter);
        problem.0.at = Some(At { from: error.at.start, to: error.at.end, detail });
        problem
    }

    /// What is wrong with the terms of a selection. They stand in a parameter of their own, so there is no place in `q`.
    pub fn selection(lang: Lang, error: &nines_trace::filter::FilterError) -> Problem {
        let fact = Fault::BadSelection { fact: error.fact.text(lang) };
        Problem::bad(lang, fact, Fault::OfFilter { hint: error.hint.text(lang) })
    }

    /// The store failed.
    pub fn store(lang: Lang, error: &StoreError) -> Problem {
        tracing::warn!(%error, "a query failed");
        Problem::server(lang, Fault::StoreFailed { detail: error.to_string() })
    }

    /// The ledger failed, or what was sent is more than an event holds.
    pub fn ledger(lang: Lang, error: &nines_ledger::LedgerError) -> Problem {
        if let nines_ledger::LedgerError::Refused { reason } = error {
            return Problem::bad(lang, Fault::NotKept { reason: reason.clone() }, Fault::NotKeptHint);
        }
        tracing::warn!(%error, "the ledger failed");
        Problem::server(lang, Fault::LedgerFailed { detail: error.to_string() })
    }

    /// Something ended that should not have.
    pub fn internal(lang: Lang, detail: &str) -> Problem {
        Problem::server(lang, Fault::StoreFailed { detail: detail.to_owned() })
    }

    fn server(lang: Lang, fact: Fault) -> Problem {
        Problem::status(StatusCode::INTERNAL_SERVER_ERROR, lang, fact, Fault::ServerHint)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Parts { status, fact, hint, at, lang } = *self.0;
        let place = at.as_ref().and_then(|at| at.detail.clone());
        let (detail, hint) = place.unwrap_or_else(|| (fact.text(lang), hint.text(lang)));
        let title = status.canonical_reason().unwrap_or_default().to_owned();
        let wire = Wire { r#type: "about:blank", title, status: status.as_u16(), detail, hint, at };
        let body = serde_json::to_vec(&wire).unwrap_or_default();
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}

/// The answer to a path that does not exist under our API.
pub async fn no_such_path(asked: super::Asked) -> Problem {
    Problem::missing(asked.lang, Fault::NoPath, Fault::NoPathHint)
}

/// A success: JSON as the handler built it.
pub type Answer = Result<axum::Json<Value>, Problem>;
