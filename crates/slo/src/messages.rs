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
        PageFrozen { slo: String, long: String } => {
            en: "{slo}: the page fires and is frozen: nothing was measured over {long}, so nobody can say that it ended",
            ko: "{slo}: 긴급 알림이 발생한 뒤 동결되었습니다. {long} 동안 측정된 것이 없어 끝났는지 알 수 없습니다",
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
        Silent { slo: String } => {
            en: "{slo}: nothing is known of now: no event came for longer than it expects, or counting is behind",
            ko: "{slo}: 예상보다 오래 이벤트가 없거나 집계가 늦어 지금 상태를 알 수 없습니다",
        },
        SilentPassed { slo: String } => {
            en: "{slo}: nothing is known of now: no event came for longer than it expects, or counting is behind; passes as asked",
            ko: "{slo}: 예상보다 오래 이벤트가 없거나 집계가 늦어 지금 상태를 알 수 없습니다. 요청에 따라 통과합니다",
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
        NotEvaluatedMixed { slo: String } => {
            en: "{slo}: its objectives have time slices of different lengths, so it says nothing about this release",
            ko: "{slo}: 목표들의 시간 구간 길이가 서로 달라 이 릴리스에 대해 판단할 수 없습니다",
        },
        StateHolds { slo: String, left: String, policy: String, state: String, kind: String, allowed: String } => {
            en: "{slo}: {left} of the error budget is left, so {policy} is in state {state}, which lets pass {allowed} and not {kind}",
            ko: "{slo}: 에러 버짓이 {left} 남아 정책 {policy}이(가) {state} 상태입니다. {allowed}만 통과하며 {kind}은(는) 통과하지 못합니다",
        },
        StateFreezes { slo: String, left: String, policy: String, state: String, since: String, allowed: String } => {
            en: "{slo}: {left} of the error budget is left; {policy} has frozen releases since {since} ({state}) and lets pass {allowed}",
            ko: "{slo}: 에러 버짓이 {left} 남았습니다. 정책 {policy}이(가) {since}부터 릴리스를 동결했습니다({state}). 통과 가능: {allowed}",
        },
        StatePassed { slo: String, left: String, policy: String, state: String, kind: String } => {
            en: "{slo}: {left} of the error budget is left ({policy}: {state}); kind {kind} passes and is recorded",
            ko: "{slo}: 에러 버짓이 {left} 남았습니다({policy}: {state}). {kind} 종류의 릴리스는 통과하며 기록됩니다",
        },
        ApprovalWanted { slo: String, left: String, policy: String, state: String, kind: String } => {
            en: "{slo}: {left} of the error budget is left; in state {state} {policy} wants somebody's approval of kind {kind}",
            ko: "{slo}: 에러 버짓이 {left} 남았습니다. 정책 {policy}의 {state} 상태에서는 {kind} 종류에 승인이 필요합니다",
        },
        DeploysSpent { n_deploys: u32, most: u32, state: String } => {
            en: "{n_deploys} deploys in the last 24 hours; state {state} allows {most}",
            ko: "지난 24시간 동안 {n_deploys}번 배포했습니다. {state} 상태에서는 {most}번까지 가능합니다",
        },
        CanaryMost { most: u32, state: String } => {
            en: "a canary may get {most} % of the traffic at most in state {state}",
            ko: "{state} 상태에서 카나리는 트래픽의 최대 {most} %까지 받을 수 있습니다",
        },
        Frozen { freeze: String, until: String, reason: String, by: String } => {
            en: "freeze {freeze} until {until}: {reason} (by {by})",
            ko: "동결 {freeze}, {until}까지: {reason} (요청: {by})",
        },
        FreezePassed { freeze: String, until: String, kind: String } => {
            en: "freeze {freeze} until {until}; kind {kind} passes and is recorded",
            ko: "동결 {freeze}, {until}까지. {kind} 종류의 릴리스는 통과하며 기록됩니다",
        },
        PostmortemDue { slo: String, from: String, share: String } => {
            en: "{slo}: the incident from {from} spent {share} of the error budget; its postmortem is due",
            ko: "{slo}: {from}에 시작한 장애가 에러 버짓의 {share}을(를) 소진했습니다. 포스트모템을 작성해야 합니다",
        },
        ExceptionUsed { name: String, change: String, by: String } => {
            en: "exception {name} lets change {change} pass, approved by {by}",
            ko: "예외 {name}에 따라 변경 {change}이(가) 통과합니다. 승인: {by}",
        },
        ExceptionOfFile { name: String, change: String, by: String } => {
            en: "exception {name} lets change {change} pass; unverified approver {by}, named in a file",
            ko: "예외 {name}에 따라 변경 {change}이(가) 통과합니다. 확인되지 않은 승인자 {by}(파일에 적힘)",
        },
        ExceptionExpired { name: String, at: String } => {
            en: "exception {name} ended {at}",
            ko: "예외 {name}은(는) {at}에 끝났습니다",
        },
        ExceptionWithoutToken { name: String, tokens: u32, per: String } => {
            en: "exception {name} does not count: all {tokens} tokens of {per} were taken before it",
            ko: "예외 {name}은(는) 인정되지 않습니다. {per} 동안의 토큰 {tokens}개를 이미 모두 썼습니다",
        },
        ExceptionOfOnePerson { name: String, person: String } => {
            en: "exception {name} does not count: {person} both asked for it and approved it",
            ko: "예외 {name}은(는) 인정되지 않습니다. {person}이(가) 요청과 승인을 모두 했습니다",
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
        ThawsIn { slo: String, after: String } => {
            en: "{slo}: expected in {after} if errors go on as they are",
            ko: "{slo}: 오류가 지금과 같다면 {after} 뒤로 예상됩니다",
        },
        NeverThaws { slo: String } => {
            en: "{slo}: never while errors go on as they are",
            ko: "{slo}: 오류가 지금처럼 계속되면 회복되지 않습니다",
        },
        StateLeft { slo: String, above: String } => {
            en: "{slo}: more than {above} of the error budget left",
            ko: "{slo}: 에러 버짓이 {above}보다 많이 남아야 합니다",
        },
        StateLeftAfter { slo: String, above: String, dwell: String } => {
            en: "{slo}: more than {above} of the error budget left for {dwell} without a break",
            ko: "{slo}: 에러 버짓이 {above}보다 많은 상태가 {dwell} 동안 끊김 없이 이어져야 합니다",
        },
        StateLeftAt { slo: String, above: String, at: String } => {
            en: "{slo}: more than {above} of the error budget is left again; if that stays so, from {at} on",
            ko: "{slo}: 에러 버짓이 다시 {above}보다 많습니다. 이 상태가 이어지면 {at}부터 가능합니다",
        },
        Approved { service: String } => {
            en: "an approval, which is an exception for the change: nines exception grant {service} --change ID",
            ko: "승인(변경에 대한 예외): nines exception grant {service} --change ID",
        },
        DayPasses { most: u32 } => {
            en: "fewer than {most} deploys in the last 24 hours",
            ko: "지난 24시간의 배포가 {most}번보다 적어야 합니다",
        },
        FreezeEnds { freeze: String, until: String } => {
            en: "freeze {freeze} ends {until}",
            ko: "동결 {freeze}이(가) {until}에 끝납니다",
        },
        ExceptionGranted { service: String, left: u32 } => {
            en: "an exception for the change (nines exception grant {service} --change ID); {left} left",
            ko: "변경에 대한 예외 (nines exception grant {service} --change ID). 남은 횟수 {left}",
        },
        NoTokenLeft => {
            en: "no exception can be granted: every token is taken",
            ko: "토큰을 모두 써서 예외를 둘 수 없습니다",
        },
        UrgentKind => {
            en: "a fix, a security fix or a rollback passes now (--kind fix|security|rollback)",
            ko: "수정, 보안 수정, 롤백은 지금도 통과합니다 (--kind fix|security|rollback)",
        },
    }
}
