//! What `nines doctor` says.

nines_base::catalogue! {
    /// Facts and next steps.
    pub enum Said {
        AsTold { en: String, ko: String } => { en: "{en}", ko: "{ko}" },
        ServerUp => { en: "it is up", ko: "정상 동작 중입니다" },
        ServerDown => { en: "it answers that it is down", ko: "서버가 비정상 상태라고 답합니다" },
        ServerDownHint => { en: "GET /health says which part", ko: "GET /health에서 어느 부분인지 볼 수 있습니다" },
        DefinitionsRefused { errors: u64 } => {
            en: "the definitions were refused for {errors} faults; the last good ones are in force",
            ko: "정의가 결함 {errors}개로 거부되었습니다. 마지막으로 올바른 정의가 적용되고 있습니다",
        },
        DefinitionsRefusedHint => { en: "nines slo check DIR says where", ko: "nines slo check DIR로 위치를 볼 수 있습니다" },
        FilesEnough { files: u64 } => { en: "{files} may be open at once", ko: "동시에 {files}개를 열 수 있습니다" },
        FilesFew { files: u64, wanted: u64 } => {
            en: "only {files} may be open at once; a server wants {wanted}",
            ko: "동시에 {files}개만 열 수 있습니다. 서버에는 {wanted}개가 필요합니다",
        },
        FilesFewHint => {
            en: "raise the hard limit: LimitNOFILE=65536 in the unit, or ulimit -Hn",
            ko: "하드 한도를 올리십시오: 유닛의 LimitNOFILE=65536 또는 ulimit -Hn",
        },
        NetdRuns => { en: "it answers", ko: "응답합니다" },
        NetdOther => { en: "it answers something else than it was asked", ko: "물은 것과 다른 답을 보냅니다" },
        NetdAbsent { socket: String } => {
            en: "none runs at {socket}: this host's rules are not nines' to change",
            ko: "{socket}에 실행 중인 netd가 없습니다. nines는 이 호스트의 규칙을 바꾸지 않습니다",
        },
        NetdAbsentHint => {
            en: "to have nines hold them: systemctl enable --now nines-netd",
            ko: "nines로 관리하려면: systemctl enable --now nines-netd",
        },
        Waits { id: String } => { en: "plan {id} waits for its confirmation", ko: "계획 {id}이(가) 확인을 기다리고 있습니다" },
        WaitsHint { id: String } => {
            en: "nines traffic confirm {id} over a new connection, or it is taken back",
            ko: "새 연결에서 nines traffic confirm {id}을(를) 실행하지 않으면 되돌립니다",
        },
        Drifted => {
            en: "the kernel's rules are not those in force",
            ko: "커널의 규칙이 적용된 것과 다릅니다",
        },
        DriftedHint => {
            en: "nines traffic status names who changed them; plan and apply to set them right",
            ko: "nines traffic status에서 누가 바꿨는지 볼 수 있습니다. 다시 계획하고 적용하면 바로잡힙니다",
        },
        OthersHint => {
            en: "nines never touches it; nines traffic explain tells what becomes of a packet by all of them",
            ko: "nines는 건드리지 않습니다. nines traffic explain으로 모든 규칙을 거친 결과를 볼 수 있습니다",
        },
        Legacy { tables: String } => {
            en: "it holds rules in {tables}, which decide beside ours and which nft does not show",
            ko: "{tables}에 규칙이 있습니다. 우리 규칙과 함께 적용되지만 nft에는 보이지 않습니다",
        },
        LegacyHint => {
            en: "nines traffic import --iptables-save reads what iptables-legacy-save writes",
            ko: "iptables-legacy-save의 출력을 nines traffic import --iptables-save로 가져올 수 있습니다",
        },
        NoForwarding => {
            en: "rules take packets to other hosts, and the kernel forwards nothing",
            ko: "다른 호스트로 보내는 규칙이 있지만 커널이 패킷을 전달하지 않습니다",
        },
        NoForwardingHint { setting: String } => {
            en: "sysctl -w {setting}=1, and write it to /etc/sysctl.d to keep it",
            ko: "sysctl -w {setting}=1을 실행하고, 유지하려면 /etc/sysctl.d에 적으십시오",
        },
        Conntrack { used: u64, most: u64 } => { en: "{used} of {most} connections", ko: "연결 {most}개 중 {used}개" },
        ConntrackFull { used: u64, most: u64 } => {
            en: "{used} of {most} connections: beyond that new ones are dropped",
            ko: "연결 {most}개 중 {used}개입니다. 한도를 넘으면 새 연결이 버려집니다",
        },
        ConntrackFullHint => {
            en: "raise net.netfilter.nf_conntrack_max, or find who opens so many",
            ko: "net.netfilter.nf_conntrack_max를 올리거나 연결을 많이 여는 쪽을 찾으십시오",
        },
        Persists => {
            en: "a table can belong to netd, so that the flush of another leaves it alone",
            ko: "테이블을 netd가 소유할 수 있어 다른 프로그램의 flush에 지워지지 않습니다",
        },
        NoOwner => {
            en: "this kernel knows no table that outlives its owner (6.9 does): the flush of another takes our rules for up to a second",
            ko: "이 커널에는 소유자가 없어도 남는 테이블이 없습니다(6.9부터 있음). 다른 프로그램의 flush로 최대 1초 동안 규칙이 사라질 수 있습니다",
        },
        NoOwnerHint => { en: "netd puts them back within a second", ko: "netd가 1초 안에 되돌려 놓습니다" },
        NoLeak { swaps: u32, packets: u64 } => {
            en: "{swaps} swaps of rules under {packets} packets: none met a half-applied state",
            ko: "패킷 {packets}개가 오가는 동안 규칙을 {swaps}번 바꿨고, 절반만 적용된 상태를 만난 패킷이 없습니다",
        },
        Leaks { swaps: u32, packets: u64, missed: u64 } => {
            en: "{missed} of {packets} packets met a half-applied state in {swaps} swaps of rules",
            ko: "규칙을 {swaps}번 바꾸는 동안 패킷 {packets}개 중 {missed}개가 절반만 적용된 상태를 만났습니다",
        },
        LeaksHint => {
            en: "apply rules while little comes in, and report this kernel's version",
            ko: "들어오는 패킷이 적을 때 적용하고 이 커널의 버전을 알려 주십시오",
        },
        NotTried { reason: String } => { en: "not tried: {reason}", ko: "시험하지 못했습니다: {reason}" },
        NotTriedHint => {
            en: "run it as root: it is tried in a network of its own, and nothing of this host is touched",
            ko: "root로 실행하십시오. 별도의 네트워크에서 시험하며 이 호스트는 건드리지 않습니다",
        },
    }
}
