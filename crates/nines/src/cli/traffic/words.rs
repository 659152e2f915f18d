//! What the commands say that work on a host's rules.

nines_base::catalogue! {
    /// Words, facts and hints.
    pub enum Tell {
        OnlyLinux => { en: "rules of a host are changed on Linux only", ko: "호스트의 규칙은 Linux에서만 바꿀 수 있습니다" },
        OnlyLinuxHint => {
            en: "check, simulate, test and import work here, too",
            ko: "check, simulate, test, import는 여기서도 쓸 수 있습니다",
        },
        NetdFailed { reason: String } => { en: "netd does not run: {reason}", ko: "netd를 실행할 수 없습니다: {reason}" },
        NetdFailedHint => {
            en: "start it as root, or with CAP_NET_ADMIN; --socket and --state must be folders that it may write",
            ko: "root 또는 CAP_NET_ADMIN 권한으로 시작하십시오. --socket과 --state의 폴더에 쓸 수 있어야 합니다",
        },
        BadId { id: String } => { en: "`{id}` is no plan's id", ko: "`{id}`은(는) 계획 ID가 아닙니다" },
        BadIdHint => {
            en: "plan and apply print it, twelve digits such as 3fb0a1c29d4e; `nines traffic status` has it, too",
            ko: "plan과 apply가 3fb0a1c29d4e처럼 열두 자리로 보여 줍니다. `nines traffic status`에도 있습니다",
        },
        UnexpectedAnswer => { en: "netd answered something else than it was asked", ko: "netd가 물은 것과 다른 답을 보냈습니다" },
        SameVersion => {
            en: "use the nines that netd was started from",
            ko: "netd를 시작한 것과 같은 nines를 쓰십시오",
        },
        Planned { id: String, file: String, generation: u32 } => {
            en: "plan {id} of {file}, on generation {generation}",
            ko: "{file}의 계획 {id}, 세대 {generation} 기준",
        },
        NoChanges => { en: "nothing changes", ko: "바뀌는 것이 없습니다" },
        SetChanges { name: String, added: u32, removed: u32 } => {
            en: "~ list {name}: {added} come, {removed} go",
            ko: "~ 목록 {name}: {added}개 추가, {removed}개 삭제",
        },
        Fates { changed: u32, tried: u32 } => {
            en: "packets whose fate changes: {changed} of {tried} tried",
            ko: "처리가 바뀌는 패킷: 시험한 {tried}개 중 {changed}개",
        },
        MoreFates { more: usize } => { en: "… and {more} more", ko: "… 외 {more}개" },
        Others => { en: "others on the way of packets:", ko: "패킷 경로에 있는 다른 규칙:" },
        /// Before ours, and translates.
        TranslatesBefore => {
            en: "translates before our rules: they meet the translated packet, and what is taken to another host or container passes `inbound` by",
            ko: "우리 규칙보다 먼저 주소를 바꿉니다. 우리 규칙은 바뀐 패킷을 보고, 다른 호스트나 컨테이너로 가는 패킷은 `inbound`를 거치지 않습니다",
        },
        /// After ours, and translates.
        TranslatesAfter => {
            en: "translates what our rules do not: what it takes to another host or container passes `inbound` by, also where that denies it",
            ko: "우리 규칙이 바꾸지 않은 패킷의 주소를 바꿉니다. 다른 호스트나 컨테이너로 가는 패킷은 `inbound`가 거부해도 거치지 않고 지나갑니다",
        },
        TranslatesSenders => { en: "translates senders", ko: "보낸 주소를 바꿉니다" },
        DropsBefore => {
            en: "may drop before our rules are asked",
            ko: "우리 규칙에 묻기 전에 버릴 수 있습니다",
        },
        DropsAfter => {
            en: "may drop what our rules let pass",
            ko: "우리 규칙이 통과시킨 것을 버릴 수 있습니다",
        },
        LegacyInUse { tables: String } => {
            en: "iptables-legacy holds rules in {tables}: they decide beside ours, and are not part of what is shown",
            ko: "iptables-legacy의 {tables}에 규칙이 있습니다. 우리 규칙과 함께 적용되며 여기에는 보이지 않습니다",
        },
        LegacyUnread { reason: String } => {
            en: "whether iptables-legacy holds rules is not known: {reason}",
            ko: "iptables-legacy에 규칙이 있는지 알 수 없습니다: {reason}",
        },
        NoForwarding { setting: String } => {
            en: "the kernel forwards nothing: `forward:` takes effect once {setting} is 1",
            ko: "커널이 패킷을 전달하지 않습니다. {setting}을(를) 1로 해야 `forward:`가 동작합니다",
        },
        ApplyWith { path: String } => {
            en: "apply it with: nines traffic apply {path} --confirm 60s",
            ko: "적용: nines traffic apply {path} --confirm 60s",
        },
        KeepWithOut => {
            en: "to apply it, keep it: --out PLAN",
            ko: "적용하려면 --out PLAN으로 저장하십시오",
        },
        TakenBackAt { at: String } => {
            en: "unless it is confirmed from a new connection, all is taken back at {at}",
            ko: "새 연결에서 확인하지 않으면 {at}에 모두 되돌립니다",
        },
        Confirmed { id: String } => { en: "confirmed {id}", ko: "확인됨 {id}" },
        RolledBackTo { id: String } => { en: "rolled back to {id}", ko: "{id}(으)로 되돌렸습니다" },
        RolledBackToNothing => { en: "rolled back: nines holds no rules", ko: "되돌렸습니다. nines의 규칙이 없습니다" },
        BadConfirm { text: String } => { en: "`{text}` is no time to confirm in", ko: "`{text}`은(는) 확인 시간이 아닙니다" },
        BadConfirmHint => { en: "say whole seconds up to a day, such as 60s or 5m", ko: "60s나 5m처럼 하루 이하의 초 단위로 쓰십시오" },
        InForce { id: String, generation: u64 } => {
            en: "● plan {id} is confirmed and in force, generation {generation}",
            ko: "● 확인된 계획 {id} 적용 중, 세대 {generation}",
        },
        NothingInForce { generation: u64 } => {
            en: "◌ nines holds no confirmed rules, generation {generation}",
            ko: "◌ 확인된 nines 규칙이 없습니다, 세대 {generation}",
        },
        Waits { id: String, deadline: String } => {
            en: "▲ plan {id} waits: taken back at {deadline} unless nines traffic confirm {id}",
            ko: "▲ 계획 {id} 확인 대기 중: nines traffic confirm {id}이(가) 없으면 {deadline}에 되돌립니다",
        },
        Drifted { by: String } => {
            en: "✖ the kernel's rules are not those in force: changed by {by}",
            ko: "✖ 커널의 규칙이 적용된 것과 다릅니다. 바꾼 쪽: {by}",
        },
        Tracing => {
            en: "looking at real packets; send one now",
            ko: "실제 패킷을 살펴보는 중입니다. 지금 보내 보십시오",
        },
        Traced { packets: usize } => { en: "the kernel, {packets} packets:", ko: "커널, 패킷 {packets}개:" },
        BadLive { text: String } => { en: "`{text}` is no time to look at packets", ko: "`{text}`은(는) 패킷을 살펴볼 시간이 아닙니다" },
        BadLiveHint { most: u32 } => { en: "say whole seconds up to {most}s, such as 10s", ko: "10s처럼 {most}s 이하의 초 단위로 쓰십시오" },
        DriftedUnseen => {
            en: "✖ the kernel's rules are not those in force: changed by somebody who was not seen",
            ko: "✖ 커널의 규칙이 적용된 것과 다릅니다. 누가 바꿨는지는 확인되지 않았습니다",
        },
    }
}
