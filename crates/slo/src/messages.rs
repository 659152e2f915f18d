//! What the gate says, in every language.

nines_base::catalogue! {
    /// The verdict in a sentence.
    pub enum GateVerdictText {
        Allowed { service: String } => {
            en: "{service} may release",
            ko: "{service}: 릴리스할 수 있습니다",
        },
        Held { service: String, n_reasons: usize } => {
            en: "{service} is held, for {n_reasons} reason(s)",
            ko: "{service}: 릴리스가 보류되었습니다 (이유 {n_reasons}가지)",
        },
    }
}

nines_base::catalogue! {
    /// A rule with what was measured and the limit.
    pub enum GateReasonText {
        BudgetEmpty { slo: String, left: String, window: String } => {
            en: "{slo}: {left} of the error budget of {window} is left; it must be above 0 %",
            ko: "{slo}: {window} 에러 버짓이 {left} 남았습니다. 0 %보다 커야 합니다",
        },
        BudgetEmptyPassed { slo: String, left: String, window: String, kind: String } => {
            en: "{slo}: {left} of the error budget of {window} is left; kind {kind} passes and is recorded",
            ko: "{slo}: {window} 에러 버짓이 {left} 남았습니다. {kind} 종류의 릴리스는 통과하며 기록됩니다",
        },
        PageFires { slo: String, long_burn: String, long: String, short_burn: String, short: String, threshold: String } => {
            en: "{slo}: burn rate {long_burn} over {long} and {short_burn} over {short}; the page fires above {threshold}",
            ko: "{slo}: 소진율이 {long} 동안 {long_burn}, {short} 동안 {short_burn}입니다. {threshold}보다 크면 호출합니다",
        },
        PageFiresPassed { slo: String, long_burn: String, long: String, threshold: String, kind: String } => {
            en: "{slo}: burn rate {long_burn} over {long}, and the page fires above {threshold}; kind {kind} passes and is recorded",
            ko: "{slo}: 소진율이 {long} 동안 {long_burn}로 호출 기준 {threshold}보다 큽니다. {kind} 종류의 릴리스는 통과하며 기록됩니다",
        },
        Unmeasured { slo: String, window: String } => {
            en: "{slo}: no event in its window ({window}), although there were events before",
            ko: "{slo}: 전에는 이벤트가 있었지만 기간({window}) 안에는 하나도 없습니다",
        },
        UnmeasuredPassed { slo: String, window: String } => {
            en: "{slo}: no event in its window ({window}), although there were events before; passes as asked",
            ko: "{slo}: 전에는 이벤트가 있었지만 기간({window}) 안에는 하나도 없습니다. 요청에 따라 통과합니다",
        },
        NeverMeasured { slo: String } => {
            en: "{slo}: never measured yet, so it says nothing about this release",
            ko: "{slo}: 아직 측정된 적이 없어 이 릴리스에 대해 판단할 수 없습니다",
        },
        NoSliceYet { slo: String } => {
            en: "{slo}: no time slice is over yet, so it says nothing about this release",
            ko: "{slo}: 끝난 시간 구간이 아직 없어 이 릴리스에 대해 판단할 수 없습니다",
        },
        NoPeriodYet { slo: String } => {
            en: "{slo}: the first period of its calendar has not begun, so it says nothing about this release",
            ko: "{slo}: 달력의 첫 기간이 아직 시작되지 않아 이 릴리스에 대해 판단할 수 없습니다",
        },
        NotEvaluatedSource { slo: String } => {
            en: "{slo}: its data source is not read by this version, so it says nothing about this release",
            ko: "{slo}: 이 버전은 해당 데이터 소스를 읽지 않으므로 이 릴리스에 대해 판단할 수 없습니다",
        },
        NotEvaluatedSlice { slo: String } => {
            en: "{slo}: its time slice is not a whole number of seconds, so it says nothing about this release",
            ko: "{slo}: 시간 구간이 초 단위로 나누어떨어지지 않아 이 릴리스에 대해 판단할 수 없습니다",
        },
        NoSlo { service: String } => {
            en: "{service} has no SLO, so nothing is judged",
            ko: "{service}에 SLO가 없어 판단할 것이 없습니다",
        },
    }
}

nines_base::catalogue! {
    /// What would turn a held verdict.
    pub enum GateChangeText {
        BudgetRises { slo: String, n_bad: u64 } => {
            en: "{slo}: above 0 % again once {n_bad} of what was bad have left the window, or enough good has joined it",
            ko: "{slo}: 나쁜 것 {n_bad}건이 기간에서 벗어나거나 좋은 것이 충분히 늘면 다시 0 %보다 커집니다",
        },
        PageEnds { slo: String, threshold: String, short: String, long: String } => {
            en: "{slo}: burn rate at or below {threshold} over {short} or over {long}",
            ko: "{slo}: 소진율이 {short} 또는 {long} 동안 {threshold} 이하가 되어야 합니다",
        },
        EventsArrive { slo: String } => {
            en: "{slo}: events arrive again; or pass --on-unknown allow",
            ko: "{slo}: 이벤트가 다시 들어와야 합니다. 또는 --on-unknown allow를 지정하십시오",
        },
        UrgentKind => {
            en: "a fix, a security fix or a rollback passes now (--kind fix|security|rollback)",
            ko: "수정, 보안 수정, 롤백은 지금도 통과합니다 (--kind fix|security|rollback)",
        },
    }
}
