//! What `netd` refuses and why, in English and Korean.

use nines_base::lang::{Lang, Message};

nines_base::catalogue! {
    /// Why something was not done.
    pub enum Fact {
        /// What another part says, in both languages.
        Of { said_en: String, said_ko: String } => { en: "{said_en}", ko: "{said_ko}" },
        NotRunning { socket: String, reason: String } => { en: "netd cannot be reached at {socket}: {reason}", ko: "{socket}에서 netd에 연결할 수 없습니다: {reason}" },
        Malformed { reason: String } => { en: "the message cannot be read: {reason}", ko: "메시지를 읽을 수 없습니다: {reason}" },
        NotAPlan { reason: String } => { en: "the file is no plan: {reason}", ko: "계획 파일이 아닙니다: {reason}" },
        TracedAlready => { en: "packets are being traced for somebody else", ko: "다른 사람을 위해 패킷을 추적하고 있습니다" },
        BadTraceTime { least: u32, most: u32 } => { en: "the time to trace is not {least} to {most} seconds", ko: "추적 시간은 {least}초 이상 {most}초 이하여야 합니다" },
        NoSuchPackets => { en: "no packet is of two IP families, or has a port in a protocol without ports", ko: "두 IP 버전이 섞이거나 포트가 없는 프로토콜에 포트가 있는 패킷은 없습니다" },
        OtherBoot => { en: "the plan was made before this host started", ko: "이 호스트가 시작되기 전에 만든 계획입니다" },
        CompiledOtherwise => { en: "this netd compiles the plan's rules to another table than was shown", ko: "이 netd가 만드는 테이블이 계획에서 보여 준 것과 다릅니다" },
        Changed { by: String } => { en: "the rules changed since the plan was made: {by}; nothing was applied", ko: "계획을 만든 뒤 규칙이 바뀌었습니다: {by}. 아무것도 적용하지 않았습니다" },
        ChangedUnseen => { en: "the rules changed since the plan was made, by netd itself or by somebody who was not seen; nothing was applied", ko: "계획을 만든 뒤 netd나 확인되지 않은 누군가가 규칙을 바꿨습니다. 아무것도 적용하지 않았습니다" },
        LocksOut { said_en: String, said_ko: String } => { en: "nothing was applied: {said_en}", ko: "아무것도 적용하지 않았습니다: {said_ko}" },
        PendingAlready { id: String } => { en: "plan {id} waits for its confirmation", ko: "계획 {id}이(가) 확인을 기다리고 있습니다" },
        NotPending { id: String } => { en: "plan {id} does not wait for a confirmation", ko: "계획 {id}은(는) 확인을 기다리고 있지 않습니다" },
        Late { id: String } => { en: "the time to confirm plan {id} is over; its rules were taken back", ko: "계획 {id}의 확인 시간이 지나 규칙을 되돌렸습니다" },
        NoSuchConnection { connection: String } => { en: "this host has no connection {connection}", ko: "이 호스트에 {connection} 연결이 없습니다" },
        OlderConnection { connection: String } => { en: "the connection {connection} is older than the plan's rules: it shows nothing of them", ko: "{connection} 연결은 계획의 규칙보다 오래되어 규칙을 확인해 주지 못합니다" },
        NoSuchPlan { id: String } => { en: "plan {id} is not kept", ko: "계획 {id}은(는) 남아 있지 않습니다" },
        NotConfirmed { id: String } => { en: "plan {id} was not confirmed here, or is forgotten", ko: "계획 {id}은(는) 여기서 확인된 적이 없거나 기록에 남아 있지 않습니다" },
        Forgotten { id: String } => { en: "what was before plan {id} is forgotten", ko: "계획 {id} 이전의 상태는 기록에 남아 있지 않습니다" },
        BadTime { least: u32, most: u32 } => { en: "the time to confirm is not {least} to {most} seconds", ko: "확인 시간은 {least}초 이상 {most}초 이하여야 합니다" },
        Kernel { reason: String } => { en: "the kernel did not take the rules: {reason}", ko: "커널이 규칙을 받지 않았습니다: {reason}" },
        Legacy { reason: String } => { en: "the rules of iptables-legacy cannot be read: {reason}", ko: "iptables-legacy의 규칙을 읽을 수 없습니다: {reason}" },
        Kept { reason: String } => { en: "netd cannot keep its state: {reason}", ko: "netd가 상태를 저장할 수 없습니다: {reason}" },
    }
}

nines_base::catalogue! {
    /// What to do next.
    pub enum Hint {
        /// What another part advises, in both languages.
        Advice { said_en: String, said_ko: String } => { en: "{said_en}", ko: "{said_ko}" },
        StartNetd => { en: "start it: systemctl start nines-netd; its socket is open to the group nines", ko: "시작하십시오: systemctl start nines-netd. 소켓은 nines 그룹에 열려 있습니다" },
        SameVersion => { en: "use the nines that netd was started from", ko: "netd를 시작한 것과 같은 nines를 쓰십시오" },
        PlanAgain => { en: "plan again and look at what is shown: nines traffic plan FILE --out P", ko: "다시 계획하고 결과를 확인하십시오: nines traffic plan FILE --out P" },
        Correct => { en: "correct it, and plan again", ko: "고친 뒤 다시 계획하십시오" },
        CorrectPacket => { en: "give both addresses of one family, and a port only with a protocol that has them", ko: "두 주소를 같은 IP 버전으로 쓰고, 포트는 포트가 있는 프로토콜에만 쓰십시오" },
        OverrideGuard => { en: "add who manages this host to 'management:', or say --override-guard REASON", ko: "'management:'에 이 호스트를 관리하는 주소를 추가하거나 --override-guard 이유를 쓰십시오" },
        ConfirmOrRollBack { id: String } => { en: "first nines traffic confirm {id}, or nines traffic rollback {id}", ko: "먼저 nines traffic confirm {id} 또는 nines traffic rollback {id}을(를) 실행하십시오" },
        SeeStatus => { en: "see nines traffic status", ko: "nines traffic status를 보십시오" },
        NewConnection => { en: "open a new connection to this host and confirm from there", ko: "이 호스트에 새로 연결해서 확인하십시오" },
        TraceLater => { en: "wait until it is over: at most a minute", ko: "끝날 때까지 최대 1분 기다리십시오" },
        TraceShorter => { en: "say --live 10s", ko: "--live 10s라고 쓰십시오" },
        StartAnew => { en: "start netd anew, so that it opens what only root may: systemctl restart nines-netd; rules stay in force meanwhile", ko: "netd를 다시 시작하면 root만 열 수 있는 것을 엽니다: systemctl restart nines-netd. 그동안 규칙은 그대로 적용됩니다" },
        SeeJournal => { en: "see netd's journal under its --state", ko: "--state 아래 netd 기록을 보십시오" },
    }
}

impl Fact {
    /// Whether something does not work, rather than that the answer is no.
    fn is_trouble(&self) -> bool {
        use Fact::{BadTime, Kept, Kernel, Legacy, Malformed, NotAPlan, NotRunning};
        matches!(
            self,
            NotRunning { .. }
                | Malformed { .. }
                | NotAPlan { .. }
                | BadTime { .. }
                | Kernel { .. }
                | Legacy { .. }
                | Kept { .. }
        )
    }
}

/// A refusal: the fact and the next step.
#[derive(Clone, PartialEq, Debug)]
pub struct Refusal {
    /// What is the case.
    pub fact: Fact,
    /// What to do next.
    pub hint: Hint,
    /// Whether something does not work, rather than that the answer is no.
    pub is_trouble: bool,
}

impl Refusal {
    /// Of both.
    #[must_use]
    pub fn new(fact: Fact, hint: Hint) -> Refusal {
        let is_trouble = fact.is_trouble();
        Refusal { fact, hint, is_trouble }
    }

    /// Of rules that cannot be had.
    #[must_use]
    pub fn unusable(why: &impl Message) -> Refusal {
        Refusal::new(Fact::Of { said_en: why.text(Lang::En), said_ko: why.text(Lang::Ko) }, Hint::Correct)
    }

    /// Of an error of the kernel.
    #[must_use]
    pub fn kernel(error: &nines_nft::Error) -> Refusal {
        Refusal::new(Fact::Kernel { reason: chain(error) }, Hint::PlanAgain)
    }

    /// Of tables of iptables-legacy that cannot be read.
    #[must_use]
    pub fn legacy(error: &std::io::Error) -> Refusal {
        Refusal::new(Fact::Legacy { reason: error.to_string() }, Hint::StartAnew)
    }

    /// Of an error of the disk.
    #[must_use]
    pub fn kept(error: &std::io::Error) -> Refusal {
        Refusal::new(Fact::Kept { reason: error.to_string() }, Hint::SeeJournal)
    }
}

/// An error with what caused it.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        words = format!("{words}: {source}");
        cause = source.source();
    }
    words
}
