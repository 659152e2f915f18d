//! Transitions of alerts in a sentence, for timelines and for whoever is told.

use nines_base::figures::significant;
use nines_slo::alert::rule::UNMEASURED;
use nines_slo::alert::state::{Change, Figures, FreezeReason, Transition};

nines_base::catalogue! {
    /// What happened to an alert.
    pub enum AlertText {
        Fires { severity: String, slo: String, long_burn: String, long: String, short_burn: String, short: String, threshold: String } => {
            en: "{severity}: {slo} burns its budget at a rate of {long_burn} over {long} and {short_burn} over {short}; the limit is {threshold}",
            ko: "{severity}: {slo} 소진율이 {long} 동안 {long_burn}, {short} 동안 {short_burn}입니다. 기준은 {threshold}입니다",
        },
        FiresUnmeasured { slo: String } => {
            en: "{slo} is not measured any more",
            ko: "{slo}이(가) 더 이상 측정되지 않습니다",
        },
        StillFires { severity: String, slo: String } => {
            en: "{severity}: {slo} still fires",
            ko: "{severity}: {slo} 알림이 계속되고 있습니다",
        },
        StillUnmeasured { slo: String } => {
            en: "{slo} is still not measured",
            ko: "{slo}이(가) 여전히 측정되지 않습니다",
        },
        Escalated { slo: String } => {
            en: "{slo} is not measured while it pages",
            ko: "{slo}이(가) 긴급 알림 중에 측정되지 않습니다",
        },
        Ended { severity: String, slo: String } => {
            en: "{severity} of {slo} has ended",
            ko: "{slo} {severity} 알림이 끝났습니다",
        },
        MeasuredAgain { slo: String } => {
            en: "{slo} is measured again",
            ko: "{slo}이(가) 다시 측정됩니다",
        },
        Removed { severity: String, slo: String } => {
            en: "{severity} of {slo} went with its definition",
            ko: "{slo} {severity} 알림이 정의와 함께 사라졌습니다",
        },
        Pending { severity: String, slo: String } => {
            en: "{severity} of {slo} is pending",
            ko: "{slo} {severity} 알림 대기 중",
        },
        Cleared { severity: String, slo: String } => {
            en: "{severity} of {slo} is pending no longer",
            ko: "{slo} {severity} 알림 대기 해제",
        },
        FrozenStale { severity: String, slo: String } => {
            en: "{severity} of {slo} is frozen: counting is behind",
            ko: "{slo} {severity} 알림 동결: 집계가 늦습니다",
        },
        FrozenCoverage { severity: String, slo: String } => {
            en: "{severity} of {slo} is frozen: too little of its window was measured",
            ko: "{slo} {severity} 알림 동결: 기간의 측정 범위가 부족합니다",
        },
        FrozenEmpty { severity: String, slo: String } => {
            en: "{severity} of {slo} is frozen: nothing valid in its window",
            ko: "{slo} {severity} 알림 동결: 기간에 유효한 이벤트가 없습니다",
        },
        Thawed { severity: String, slo: String } => {
            en: "{severity} of {slo} is known again",
            ko: "{slo} {severity} 알림 동결 해제",
        },
        Acknowledged { severity: String, slo: String } => {
            en: "{severity} of {slo} was acknowledged",
            ko: "{slo} {severity} 알림 확인",
        },
        AcknowledgedBy { severity: String, slo: String, by: String } => {
            en: "{severity} of {slo} was acknowledged by {by}",
            ko: "{slo} {severity} 알림 확인 ({by})",
        },
    }
}

/// A transition in a sentence.
pub fn sentence(transition: &Transition) -> AlertText {
    let (severity, slo) = (transition.key.severity.clone(), transition.name.clone());
    let is_unmeasured = severity == UNMEASURED && transition.figures.is_none();
    match &transition.change {
        Change::Fired | Change::Told if is_unmeasured && transition.change == Change::Told => {
            AlertText::StillUnmeasured { slo }
        }
        Change::Fired if is_unmeasured => AlertText::FiresUnmeasured { slo },
        Change::Fired | Change::Told => match &transition.figures {
            Some(figures) => fires(severity, slo, figures),
            None => AlertText::StillFires { severity, slo },
        },
        Change::Escalated => AlertText::Escalated { slo },
        Change::Resolved if is_unmeasured => AlertText::MeasuredAgain { slo },
        Change::Resolved => AlertText::Ended { severity, slo },
        Change::Removed => AlertText::Removed { severity, slo },
        Change::Pending { .. } => AlertText::Pending { severity, slo },
        Change::Cleared { .. } => AlertText::Cleared { severity, slo },
        Change::Frozen { reason: FreezeReason::Stale } => AlertText::FrozenStale { severity, slo },
        Change::Frozen { reason: FreezeReason::Coverage } => AlertText::FrozenCoverage { severity, slo },
        Change::Frozen { reason: FreezeReason::Empty } => AlertText::FrozenEmpty { severity, slo },
        Change::Thawed => AlertText::Thawed { severity, slo },
        Change::Acknowledged { by } if by.is_empty() => AlertText::Acknowledged { severity, slo },
        Change::Acknowledged { by } => AlertText::AcknowledgedBy { severity, slo, by: by.clone() },
    }
}

/// What an alert says while it fires.
pub fn fires(severity: String, slo: String, figures: &Figures) -> AlertText {
    let rate = |burn: Option<f64>| burn.map_or("–".to_owned(), significant);
    AlertText::Fires {
        severity,
        slo,
        long_burn: rate(figures.long_burn),
        long: figures.long.to_string(),
        short_burn: rate(figures.short_burn),
        short: figures.short.to_string(),
        threshold: rate(Some(figures.threshold)),
    }
}
