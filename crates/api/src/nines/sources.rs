//! Systems that measure objectives for us, as answers tell of them.

use super::rfc3339;
use nines_base::lang::Message;
use nines_base::{Lang, Timestamp};
use nines_collect::sli::asking::SourceState;
use nines_slo::asked::Gap;
use serde_json::{Value, json};

/// How a source does: `failing` where it does not answer, `refusing` where it has no answer for some objectives.
pub(crate) fn source_value(state: &SourceState, lang: Lang) -> Value {
    let failing = state.failing.as_ref();
    let gaps: Vec<Value> =
        state.gaps.iter().map(|(name, gap)| json!({ "slo": name, "reason": GapText::of(*gap).text(lang) })).collect();
    let refused = |(name, (since, reason)): (&String, &(Timestamp, String))| json!({ "slo": name, "since": rfc3339(*since), "reason": reason });
    let refused: Vec<Value> = state.refused.iter().map(refused).collect();
    let word = match (failing, refused.is_empty()) {
        (Some(_), _) => "failing",
        (None, false) => "refusing",
        (None, true) => "ok",
    };
    json!({
        "name": state.name, "type": "Prometheus", "status": word,
        "objectives": state.n_objectives, "answeredUpto": state.answered_upto.map(rfc3339),
        "failing": failing.map(|(since, reason)| json!({ "since": rfc3339(*since), "reason": reason })),
        "refused": refused, "gaps": gaps,
    })
}

nines_base::catalogue! {
    /// Why a source that answers gives no figure.
    enum GapText {
        NoFigure => {
            en: "its queries give no figure for the newest minute",
            ko: "쿼리가 최근 1분의 값을 주지 않습니다",
        },
        Jump => {
            en: "a counter jumped: something joined or left a sum, or it began anew, and what the minute had is not known, or only minutes later",
            ko: "카운터가 갑자기 달라졌습니다. 합계에 더해지거나 빠진 것이 있거나 새로 시작해, 해당 1분의 값을 알 수 없거나 몇 분 뒤에야 알 수 있습니다",
        },
        NoShare { value: f64 } => {
            en: "{value} is no share between 0 and 1",
            ko: "{value}은(는) 0과 1 사이의 비율이 아닙니다",
        },
        NoNumber { value: f64 } => {
            en: "{value} is no number of events",
            ko: "{value}은(는) 이벤트 수가 될 수 없습니다",
        },
    }
}

impl GapText {
    fn of(gap: Gap) -> GapText {
        match gap {
            Gap::NoFigure => GapText::NoFigure,
            Gap::Jump => GapText::Jump,
            Gap::NoShare(value) => GapText::NoShare { value },
            Gap::NoNumber(value) => GapText::NoNumber { value },
        }
    }
}
