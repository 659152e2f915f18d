//! What an import says.

nines_base::catalogue! {
    /// Words, facts and hints.
    pub enum Tell {
        Classes { rules: usize, exact: usize, equivalent: usize, unsupported: usize } => {
            en: "{rules} rules: {exact} exact, {equivalent} equivalent, {unsupported} not supported",
            ko: "규칙 {rules}개: 그대로 {exact}개, 같은 뜻 {equivalent}개, 지원하지 않음 {unsupported}개",
        },
        Proven { packets: usize, unknown: usize } => {
            en: "proven: {packets} packets fare in the kernel's own iptables as in the import ({unknown} depend on more than the packet)",
            ko: "증명됨: 패킷 {packets}개가 커널의 iptables와 가져온 결과에서 똑같이 처리됩니다 (그중 {unknown}개는 패킷만으로 정해지지 않음)",
        },
        NotProven { reason: String } => { en: "not proven: {reason}", ko: "증명되지 않음: {reason}" },
        CannotProve { reason: String } => { en: "the import cannot be proven: {reason}", ko: "가져온 결과를 증명할 수 없습니다: {reason}" },
        CannotProveHint => {
            en: "use --prove auto to have it unproven, or run it where iptables and a network namespace are at hand, as root",
            ko: "증명 없이 가져오려면 --prove auto를 쓰고, 아니면 iptables와 네트워크 네임스페이스를 쓸 수 있는 곳에서 root로 실행하십시오",
        },
        Differs { differing: usize, packets: usize, packet: String, claimed: String, kernel: String } => {
            en: "{differing} of {packets} packets fare otherwise in the kernel's own iptables, the first is {packet}: import {claimed}, kernel {kernel}",
            ko: "패킷 {packets}개 중 {differing}개가 커널의 iptables에서 달리 처리됩니다. 첫 패킷은 {packet}: 가져온 결과 {claimed}, 커널 {kernel}",
        },
        RawInstead => {
            en: "so no intents are offered: all rules stay under raw:",
            ko: "그래서 의도로 바꾸지 않고 모든 규칙을 raw: 아래에 둡니다",
        },
        OnlyLinux => { en: "only Linux has iptables", ko: "iptables는 Linux에만 있습니다" },
        NotRead { reason: String } => {
            en: "the rules in force cannot be read: {reason}",
            ko: "적용 중인 규칙을 읽을 수 없습니다: {reason}",
        },
        NotReadHint => {
            en: "run it as root, or save them as root and import the file: iptables-save > rules.v4; nines traffic import --iptables-save rules.v4",
            ko: "root로 실행하거나, root로 저장한 파일을 가져오십시오: iptables-save > rules.v4; nines traffic import --iptables-save rules.v4",
        },
        BothHold { family: String, one: String, other: String } => {
            en: "both {one} and {other} hold rules of {family}, and packets meet both: one file cannot say that",
            ko: "{one}과(와) {other}에 모두 {family} 규칙이 있고 패킷은 둘 다 거칩니다. 한 파일로는 나타낼 수 없습니다",
        },
        BothHoldHint { one: String } => {
            en: "import one of them from its file: {one} > rules; then see what the other holds and move it by hand",
            ko: "한쪽을 파일로 저장해 가져오십시오: {one} > rules. 다른 쪽의 규칙은 살펴보고 직접 옮기십시오",
        },
        NoneInForce => { en: "no iptables holds rules here", ko: "iptables에 적용 중인 규칙이 없습니다" },
    }
}
