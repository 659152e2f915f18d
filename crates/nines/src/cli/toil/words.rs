//! What the commands of toil say.

nines_base::catalogue! {
    /// Words of `nines toil`.
    pub enum ToilSay {
        Added { title: String, length: String, task: String } => {
            en: "noted: {title}, {length} (task {task})", ko: "기록: {title}, {length} (작업 {task})",
        },
        AddHint => {
            en: "for example: nines toil add \"rotated pay cert\" 20m --category release",
            ko: "예: nines toil add \"결제 인증서 교체\" 20m --category release",
        },
        NoEntries => { en: "no entries of yours", ko: "본인의 항목이 없습니다" },
        Removed { id: String } => { en: "taken out: {id}", ko: "지움: {id}" },
        Forgotten { n: u64, pseudonym: String } => {
            en: "erased in {n} events; what is left is of `{pseudonym}`", ko: "이벤트 {n}개에서 지웠습니다. 남은 시간은 `{pseudonym}`의 것입니다",
        },
        BadHours { text: String } => { en: "`{text}` is not a number of hours a week", ko: "`{text}`은(는) 주당 시간이 아닙니다" },
        BadHoursHint => { en: "write 32h/week or 32", ko: "32h/week 또는 32로 쓰십시오" },
        CapacitySet { team: String, person: String, hours: String } => {
            en: "{person} of {team} has {hours} hours a week", ko: "{team}의 {person}: 주 {hours}시간",
        },
        TaskIs { task: String, status: String } => { en: "{task} is {status}", ko: "{task}: {status}" },
        NoPercent => { en: "no share from 0 to 100", ko: "0에서 100 사이의 비율이 없습니다" },
        NoPercentHint => { en: "give --percent N, or answer on a terminal", ko: "--percent N을 주거나 터미널에서 답하십시오" },
        PulseShare => {
            en: "How much of your past two weeks was toil, in per cent?", ko: "지난 두 주 가운데 토일은 몇 퍼센트였습니까?",
        },
        PulseTop => { en: "What took most (a number or a word; nothing to skip)?", ko: "가장 많은 시간이 든 것은 (번호나 이름, 넘기려면 Enter)?" },
        PulseBlocked => {
            en: "Is there toil you could automate if toil left you the time (y/n)?",
            ko: "토일 때문에 시간이 없어 자동화하지 못하는 토일이 있습니까 (y/n)?",
        },
        PulseThanks => { en: "thank you; who answered is not kept", ko: "고맙습니다. 누가 답했는지는 남기지 않습니다" },
        NothingRecorded => {
            en: "nothing is recorded yet: `nines toil import git .`, `nines toil import alertmanager FILE` or `nines toil add \"what\" 20m`",
            ko: "아직 기록이 없습니다: `nines toil import git .`, `nines toil import alertmanager FILE`, `nines toil add \"내용\" 20m`",
        },
        Window { from: String, to: String } => { en: "toil from {from} to {to}", ko: "{from}부터 {to}까지의 토일" },
        Ok => { en: "● ok", ko: "● 정상" },
        Watch => { en: "◐ watch", ko: "◐ 주의" },
        Over => { en: "▲ over", ko: "▲ 초과" },
        OverMeans { team: String } => {
            en: "{team} is over the cap: take on no new service, hand the pager back, or keep part of the next sprint for automation",
            ko: "{team}: 한도를 넘었습니다. 새 서비스를 맡지 않거나, 긴급 알림을 개발팀에 돌려주거나, 다음 스프린트의 일부를 자동화에 쓰십시오",
        },
        RotationTooSmall { team: String, persons: u64 } => {
            en: "{team}: with {persons} on call, that alone takes half of everybody's time or more: the rotation is too small",
            ko: "{team}: {persons}명이면 당직만으로 시간의 절반이 듭니다. 당직 인원이 부족합니다",
        },
        SomeoneOver { team: String } => {
            en: "{team}: somebody is over the cap: spread the load", ko: "{team}: 한도를 넘은 사람이 있습니다. 일을 나누십시오",
        },
        MonthsToCap { team: String, months: String } => {
            en: "{team}: at this growth of traffic the team crosses 50 % in {months} months",
            ko: "{team}: 트래픽이 이대로 늘면 {months}개월 뒤에 50 %를 넘습니다",
        },
        Own { hours: String, share: String, state: String } => {
            en: "you: {hours} h, {share} of your time, {state}", ko: "본인: {hours}시간, 근무 시간의 {share}, {state}",
        },
        TooLittleKnown => {
            en: "nothing is ranked: the ledger knows less than half of what people feel; import more, or note it with `nines toil add`",
            ko: "순위를 매기지 않습니다: 체감하는 토일의 절반도 기록되지 않았습니다. 더 가져오거나 `nines toil add`로 기록하십시오",
        },
        NothingToPropose => { en: "nothing to propose: no task came five times", ko: "제안이 없습니다: 다섯 번 이상 되풀이된 작업이 없습니다" },
        Reject => { en: "reject", ko: "그만두기" },
        Batch => { en: "batch", ko: "모아 하기" },
        Fix => { en: "fix at the source", ko: "원인 고치기" },
        SelfService => { en: "self-service", ko: "셀프서비스" },
        Automate => { en: "automate", ko: "자동화" },
        Weeks { weeks: String } => { en: "{weeks} wk", ko: "{weeks}주" },
        OnCall { alerts: u64, sessions: u64, of_incident: String, of_shift: String } => {
            en: "on call: {alerts} alerts in {sessions} incidents; {of_incident} alerts an incident (1 wanted), {of_shift} incidents a shift (2 at most)",
            ko: "당직: 알림 {alerts}건, 장애 {sessions}건. 장애당 알림 {of_incident}건(1건 목표), 근무조당 장애 {of_shift}건(최대 2건)",
        },
        Unread { n: u64 } => {
            en: "{n} events of the ledger could not be read and are in none of this: a newer version wrote them",
            ko: "원장의 이벤트 {n}개를 읽지 못해 이 수치에 없습니다. 더 새로운 버전이 쓴 것입니다",
        },
        AtDouble { hours: String } => {
            en: "at twice the traffic: {hours} h a step", ko: "트래픽이 두 배가 되면 구간당 {hours}시간",
        },
        Untaken { n: u64 } => {
            en: "{n} of them were taken by nobody that is known: only the interruption is counted",
            ko: "그중 {n}건은 누가 맡았는지 알 수 없어 중단 비용만 셉니다",
        },
        Coverage { part: String, dark: String } => {
            en: "the ledger knows {part} of the toil that people feel; {dark} h are dark",
            ko: "체감하는 토일의 {part}이 기록되어 있고, {dark}시간은 기록되지 않았습니다",
        },
        Evidence => {
            en: "A timed, B derived from machines, C imported, D declared; hard is A and B",
            ko: "A 측정, B 기계에서 추론, C 가져옴, D 신고. HARD는 A와 B",
        },
    }
}
