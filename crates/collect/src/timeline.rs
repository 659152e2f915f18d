//! What changed, told as it happens: events of the ledger in words, and news for live pages.

use crate::sli::alert_words::sentence;
use crate::sli::alerts::transition_of;
use crate::sli::amendments::AMENDED;
use crate::sli::reports::{CLOSED, MONTH};
use nines_base::Lang;
use nines_base::lang::Message;
use nines_ledger::{Event, Ledger};
use serde_json::Value;
use tokio::sync::broadcast;

/// News a slow page may be behind before it has to ask again.
const NEWS_KEPT: usize = 256;

/// Something a live page wants to know.
#[derive(Clone, Debug)]
pub enum News {
    /// An event was written.
    Event(Box<Event>),
    /// SLO figures changed.
    Slos,
    /// Spans arrived.
    Traces,
    /// The server is shutting down: streams end.
    Bye,
}

/// Where live pages subscribe.
#[derive(Clone, Debug)]
pub struct Timeline {
    sender: broadcast::Sender<News>,
}

impl Default for Timeline {
    fn default() -> Timeline {
        Timeline { sender: broadcast::channel(NEWS_KEPT).0 }
    }
}

impl Timeline {
    /// Tells every event of the ledger from now on.
    pub fn follow(&self, ledger: &dyn Ledger) {
        let sender = self.sender.clone();
        ledger.watch(Box::new(move |events| {
            for event in events {
                // Nobody listening is no failure.
                let _ = sender.send(News::Event(Box::new(event.clone())));
            }
        }));
    }

    /// Tells news that are no events.
    pub fn tell(&self, news: News) {
        let _ = self.sender.send(news);
    }

    /// News from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<News> {
        self.sender.subscribe()
    }
}

nines_base::catalogue! {
    /// Events in words.
    enum Told {
        Deployed { service: String, version: String } => { en: "{service} {version} deployed", ko: "{service} {version} 배포" },
        DeployedBy { service: String, version: String, by: String } => {
            en: "{service} {version} deployed by {by}", ko: "{service} {version} 배포 ({by})",
        },
        GateAllowed { service: String } => { en: "release gate: {service} allowed", ko: "릴리스 게이트: {service} 허용" },
        GateHeld { service: String } => { en: "release gate: {service} held", ko: "릴리스 게이트: {service} 보류" },
        Frozen { freeze: String, reason: String } => { en: "freeze {freeze} set: {reason}", ko: "동결 {freeze} 설정: {reason}" },
        Lifted { freeze: String, by: String } => { en: "freeze {freeze} lifted by {by}", ko: "동결 {freeze} 해제 ({by})" },
        Granted { service: String, name: String } => { en: "{service}: exception {name} granted", ko: "{service}: 예외 {name} 부여" },
        Declared { service: String, name: String } => { en: "{service}: exception {name} of a file", ko: "{service}: 파일의 예외 {name}" },
        Adjusted { name: String } => { en: "budget adjustment {name}", ko: "에러 버짓 조정 {name}" },
        StateEntered { service: String, policy: String, state: String } => {
            en: "{service} is {state} by {policy}", ko: "{service}: {policy} 정책의 {state} 상태",
        },
        Recovering { service: String, state: String } => {
            en: "{service}: enough budget is back to leave {state}", ko: "{service}: {state} 상태를 벗어날 만큼 에러 버짓이 회복됨",
        },
        NotRecovering { service: String, state: String } => {
            en: "{service}: not enough budget any more to leave {state}", ko: "{service}: {state} 상태를 벗어날 에러 버짓이 다시 부족함",
        },
        PostmortemDue { slo: String, share: String } => {
            en: "{slo}: one incident spent {share} of the budget; a postmortem is due",
            ko: "{slo}: 한 장애가 에러 버짓의 {share}을(를) 소진해 포스트모템이 필요함",
        },
        Amended { slo: String, from: String, before: String, after: String } => {
            en: "{slo}: spans that came late changed the time from {from}: good+bad {before} before, {after} now",
            ko: "{slo}: 늦게 온 스팬으로 {from}부터의 집계(좋음+나쁨)가 바뀜: 이전 {before}, 지금 {after}",
        },
        AmendedMore { slices: u64 } => {
            en: "spans that came late changed {slices} further stretches of time",
            ko: "늦게 온 스팬으로 시간 구간 {slices}개가 더 바뀜",
        },
        Reported { slo: String, month: String, sli: String, left: String } => {
            en: "{slo} in {month}: {sli} good, {left} of the error budget left", ko: "{slo}의 {month} 보고: SLI {sli}, 에러 버짓 {left} 남음",
        },
        ReportedUnmeasured { slo: String, month: String } => {
            en: "{slo} in {month}: nothing valid to judge", ko: "{slo}의 {month} 보고: 판단할 유효한 이벤트가 없음",
        },
        Closed { month: String, zone: String, objectives: u64 } => {
            en: "{month} ({zone}) reported: {objectives} objectives", ko: "{month}({zone}) 보고 완료: 목표 {objectives}개",
        },
        Loaded { slos: u64 } => { en: "{slos} SLOs in force", ko: "SLO {slos}개 적용" },
        Refused { errors: u64 } => { en: "definitions refused: {errors} faults", ko: "정의 거부: 결함 {errors}개" },
        SloHealthy { slo: String } => { en: "{slo} is healthy", ko: "{slo} 정상" },
        SloBurning { slo: String } => { en: "{slo} is burning its budget fast", ko: "{slo} 에러 버짓을 빠르게 소진 중" },
        SloExhausted { slo: String } => { en: "{slo} has spent its budget", ko: "{slo} 에러 버짓 소진" },
        SloUnmeasured { slo: String } => { en: "{slo} is not measured", ko: "{slo} 측정 안 됨" },
        TrafficPlanned { plan: String, who: String } => { en: "traffic plan {plan} made{who}", ko: "트래픽 계획 {plan} 작성{who}" },
        TrafficApplied { plan: String, who: String, why: String } => {
            en: "traffic plan {plan} applied{who}{why}", ko: "트래픽 계획 {plan} 적용{who}{why}",
        },
        TrafficConfirmed { plan: String, who: String, why: String } => {
            en: "traffic plan {plan} confirmed{who} {why}", ko: "트래픽 계획 {plan} 확인{who} {why}",
        },
        TrafficReverted { plan: String, who: String, why: String } => {
            en: "traffic plan {plan} taken back{who}: {why}", ko: "트래픽 계획 {plan} 되돌림{who}: {why}",
        },
        TrafficRolledBack { plan: String, who: String } => {
            en: "traffic plan {plan} rolled back{who}", ko: "트래픽 계획 {plan} 롤백{who}",
        },
        TrafficForeign { why: String } => { en: "rules changed by others: {why}", ko: "다른 프로그램이 규칙을 바꿈: {why}" },
        TrafficRestored { plan: String, why: String } => {
            en: "rules of traffic plan {plan} put back: {why}", ko: "트래픽 계획 {plan}의 규칙 복구: {why}",
        },
        TrafficLoaded { plan: String } => {
            en: "netd loaded traffic plan {plan}", ko: "netd가 트래픽 계획 {plan}을(를) 불러옴",
        },
        TrafficFallback { plan: String, why: String } => {
            en: "nothing that was confirmed can be read; only management gets in, by traffic plan {plan}: {why}",
            ko: "확인된 계획을 읽을 수 없어 트래픽 계획 {plan}으로 관리 접속만 허용: {why}",
        },
        TrafficTraced { who: String, why: String } => { en: "packets traced{who}: {why}", ko: "패킷 추적{who}: {why}" },
        TrafficStarted => { en: "netd started", ko: "netd 시작" },
        TrafficTrouble { why: String } => { en: "netd has trouble: {why}", ko: "netd 문제: {why}" },
        TrafficJournalReplaced => {
            en: "netd's journal is not the one of before", ko: "netd의 기록이 이전 것과 다름",
        },
        Erased { kind: String } => { en: "what {kind} said was erased", ko: "{kind}의 내용이 지워짐" },
        SomethingErased { event: String } => { en: "event {event} was erased", ko: "이벤트 {event}이(가) 지워짐" },
        Recorded { n: usize } => { en: "toil: {n} entries recorded", ko: "토일: 항목 {n}개 기록" },
        Paged { n: usize } => { en: "toil: {n} pages taken in", ko: "토일: 긴급 알림 {n}건 수집" },
        EntryRemoved => { en: "toil: an entry was taken out by whose it was", ko: "토일: 본인이 항목 하나를 지움" },
        CapacitySaid { team: String } => { en: "toil: hours of a person of {team} said", ko: "토일: {team} 팀원 한 명의 근무 시간 입력" },
        PulseAnswered => { en: "toil: a pulse was answered", ko: "토일: 설문 응답 1건" },
        TaskIs { task: String, status: String } => { en: "toil: {task} is {status}", ko: "토일: {task} 상태 {status}" },
        TaskClassified { task: String, verdict: String, score: u64 } => {
            en: "toil: {task} is {verdict} by {score} of 6 signs", ko: "토일: {task}의 징표 6개 중 {score}개, {verdict}",
        },
        RunBegan { runbook: String, by: String } => { en: "runbook {runbook} begun by {by}", ko: "런북 {runbook} 시작 ({by})" },
        RunEnded { runbook: String, outcome: String, by: String, attended: String } => {
            en: "runbook {runbook} {outcome} by {by}: {attended} hands-on", ko: "런북 {runbook} {outcome} ({by}): 실작업 {attended}",
        },
        RunbookApproved { runbook: String, by: String } => { en: "runbook {runbook} approved by {by}", ko: "런북 {runbook} 승인 ({by})" },
        Started { version: String } => { en: "server started, version {version}", ko: "서버 시작, 버전 {version}" },
    }
}

/// An event in a sentence; its kind and subject where there is none.
pub fn describe(event: &Event, lang: Lang) -> String {
    if let Some(transition) = transition_of(event) {
        return sentence(&transition).text(lang);
    }
    if event.payload.is_none() {
        return Told::Erased { kind: event.kind.clone() }.text(lang);
    }
    let payload: Value = event.payload.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let text = |name: &str| payload[name].as_str().unwrap_or_default().to_owned();
    let number = |name: &str| payload[name].as_u64().unwrap_or_default();
    let (service, slo) = (event.service.clone(), event.subject.clone());
    let told = match event.kind.as_str() {
        "deploy.marked" if text("by").is_empty() => Told::Deployed { service, version: text("version") },
        "deploy.marked" => Told::DeployedBy { service, version: text("version"), by: text("by") },
        "gate.decided" if text("verdict") == "allowed" => Told::GateAllowed { service },
        "gate.decided" => Told::GateHeld { service },
        "freeze.on" => {
            Told::Frozen { freeze: slo, reason: payload["spec"]["reason"].as_str().unwrap_or_default().to_owned() }
        }
        "freeze.off" => Told::Lifted { freeze: slo, by: text("by") },
        "exception.granted" => Told::Granted { service, name: slo },
        "exception.declared" => Told::Declared { service, name: slo },
        "adjustment.added" => Told::Adjusted { name: slo },
        "policy.state" => Told::StateEntered { service, policy: slo, state: text("state") },
        "policy.recovery" if payload["recoveringSinceUs"].is_null() => {
            Told::NotRecovering { service, state: text("state") }
        }
        "policy.recovery" => Told::Recovering { service, state: text("state") },
        "incident.postmortem-due" => {
            let percent = payload["shareOfBudget"].as_f64().unwrap_or_default() * 100.0;
            Told::PostmortemDue { slo, share: format!("{percent:.0} %") }
        }
        AMENDED if slo.is_empty() => Told::AmendedMore { slices: number("slices") },
        AMENDED => {
            let from = payload["fromUs"].as_i64().and_then(|us| jiff::Timestamp::from_microsecond(us).ok());
            let counts = |name: &str| {
                let (good, bad) = (payload[name]["good"].as_u64(), payload[name]["bad"].as_u64());
                format!("{}+{}", good.unwrap_or_default(), bad.unwrap_or_default())
            };
            let from = from.map(|from| from.to_string()).unwrap_or_default();
            Told::Amended { slo, from, before: counts("before"), after: counts("after") }
        }
        MONTH => {
            let percent = |name: &str| payload[name].as_f64().map(|share| format!("{:.3} %", share * 100.0));
            match (percent("sli"), percent("budget")) {
                (Some(sli), Some(left)) => Told::Reported { slo, month: text("month"), sli, left },
                _ => Told::ReportedUnmeasured { slo, month: text("month") },
            }
        }
        CLOSED => Told::Closed { month: slo, zone: text("zone"), objectives: number("objectives") },
        "traffic.planned" => Told::TrafficPlanned { plan: slo, who: who(&payload) },
        "traffic.applied" => Told::TrafficApplied { plan: slo, who: who(&payload), why: because(&text("why")) },
        "traffic.confirmed" => Told::TrafficConfirmed { plan: slo, who: who(&payload), why: text("why") },
        "traffic.reverted" => Told::TrafficReverted { plan: slo, who: who(&payload), why: text("why") },
        "traffic.rolled-back" => Told::TrafficRolledBack { plan: slo, who: who(&payload) },
        "traffic.foreign" | "traffic.lost" => Told::TrafficForeign { why: text("why") },
        "traffic.restored" => Told::TrafficRestored { plan: slo, why: text("why") },
        "traffic.loaded" => Told::TrafficLoaded { plan: slo },
        "traffic.fallback" => Told::TrafficFallback { plan: slo, why: text("why") },
        "traffic.traced" => Told::TrafficTraced { who: who(&payload), why: text("why") },
        "traffic.started" => Told::TrafficStarted,
        "traffic.trouble" => Told::TrafficTrouble { why: text("why") },
        "traffic.journal-replaced" => Told::TrafficJournalReplaced,
        "event.erased" => Told::SomethingErased { event: slo },
        "toil.recorded" => Told::Recorded { n: payload["entries"].as_array().map_or(0, Vec::len) },
        "toil.paged" => Told::Paged { n: payload["pages"].as_array().map_or(0, Vec::len) },
        "toil.removed" => Told::EntryRemoved,
        "toil.capacity" => Told::CapacitySaid { team: text("team") },
        "toil.pulse" => Told::PulseAnswered,
        "toil.task" => Told::TaskIs { task: text("task"), status: text("status") },
        "toil.classified" => {
            Told::TaskClassified { task: text("task"), verdict: text("verdict"), score: number("score") }
        }
        "run.started" => Told::RunBegan { runbook: text("runbook"), by: text("actor") },
        "run.finished" => {
            let attended = payload["attendedSeconds"].as_f64().unwrap_or_default().round() as i64;
            let attended = format!("{}:{:02}", attended / 60, attended % 60);
            Told::RunEnded { runbook: text("runbook"), outcome: text("outcome"), by: text("actor"), attended }
        }
        "runbook.approved" => Told::RunbookApproved { runbook: text("runbook"), by: text("by") },
        "definitions.loaded" => Told::Loaded { slos: number("slos") },
        "definitions.refused" => Told::Refused { errors: number("errors") },
        "server.started" => Told::Started { version: text("version") },
        "slo.state" => match text("state").as_str() {
            "healthy" => Told::SloHealthy { slo },
            "burning" => Told::SloBurning { slo },
            "exhausted" => Told::SloExhausted { slo },
            _ => Told::SloUnmeasured { slo },
        },
        _ => return format!("{} {} {}", event.kind, event.service, event.subject).trim_end().to_owned(),
    };
    told.text(lang)
}

/// `: guard overridden: …`, where something is to be said for it.
fn because(why: &str) -> String {
    if why.is_empty() { String::new() } else { format!(": {why}") }
}

/// ` (uid 1000)`, where somebody asked.
fn who(payload: &Value) -> String {
    payload["uid"].as_u64().map(|uid| format!(" (uid {uid})")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use nines_base::Timestamp;
    use nines_ledger::{NewEvent, SqliteLedger};

    #[test]
    fn who_applied_rules_and_why_is_told() {
        let ledger = SqliteLedger::in_memory().unwrap();
        let told = |payload: &str| {
            let event = NewEvent {
                kind: "traffic.applied".into(),
                subject: "3fb0a1c29d4e".into(),
                payload: payload.into(),
                ..NewEvent::default()
            };
            describe(&ledger.append(&[event]).unwrap()[0], Lang::En)
        };
        assert_eq!(told("{\"uid\":0,\"why\":\"\"}"), "traffic plan 3fb0a1c29d4e applied (uid 0)");
        let why = "{\"uid\":0,\"why\":\"guard overridden: console at hand\"}";
        assert_eq!(told(why), "traffic plan 3fb0a1c29d4e applied (uid 0): guard overridden: console at hand");
    }

    #[test]
    fn events_read_in_both_languages_and_reach_subscribers() {
        let ledger = SqliteLedger::in_memory().unwrap();
        let timeline = Timeline::default();
        timeline.follow(&ledger);
        let mut news = timeline.subscribe();
        let event = NewEvent {
            at: Timestamp::from_secs(1),
            kind: "deploy.marked".into(),
            service: "user-profile".into(),
            subject: "2.0.0".into(),
            payload: "{\"version\":\"2.0.0\",\"by\":\"demo\"}".into(),
        };
        let written = ledger.append(&[event]).unwrap();
        assert_eq!(describe(&written[0], Lang::En), "user-profile 2.0.0 deployed by demo");
        assert_eq!(describe(&written[0], Lang::Ko), "user-profile 2.0.0 배포 (demo)");
        assert!(matches!(news.try_recv(), Ok(News::Event(event)) if event.id == written[0].id));
    }
}
