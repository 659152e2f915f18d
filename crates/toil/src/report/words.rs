//! Why something is proposed, in words.

use nines_base::Lang;
use nines_base::lang::Message;

/// A reason.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Why {
    /// The greatest share of a budget that burned around any run, in per cent.
    NeverBurned { runs: usize, most: String, service: String },
    /// Interrupts, and days on which there were any.
    OnceADay { interrupts: usize, days: usize },
    /// Runs in weeks.
    ComesBack { runs: usize, weeks: u64 },
    /// Changes of one file.
    SmallEdits { runs: usize, file: String },
    /// Requests.
    AskedFor { runs: usize },
    /// Runs a year, minutes of each, hours of building, weeks until that is paid back.
    PaysBack { runs: u64, minutes: String, build: String, weeks: String, is_assumed: bool },
}

nines_base::catalogue! {
    enum Said {
        NeverBurned { runs: usize, most: String, service: String } => {
            en: "{runs} pages, and at most {most} % of a budget of {service} burned around any of them: make it a ticket, or delete it",
            ko: "긴급 알림 {runs}번 동안 {service}의 에러 버짓이 많아야 {most} % 소진되었습니다. 티켓으로 낮추거나 없애세요",
        },
        OnceADay { interrupts: usize, days: usize } => {
            en: "{interrupts} interruptions on {days} days: done once a day, the switches between are saved",
            ko: "{days}일 동안 {interrupts}번 중단되었습니다. 하루에 한 번 모아서 하면 그 사이의 전환 비용이 줄어듭니다",
        },
        ComesBack { runs: usize, weeks: u64 } => {
            en: "it came back {runs} times in {weeks} weeks: what causes it is still there",
            ko: "{weeks}주 동안 {runs}번 되풀이되었습니다. 원인이 그대로 남아 있습니다",
        },
        SmallEdits { runs: usize, file: String } => {
            en: "{runs} changes of a few lines in {file}: let those make them who need them, or generate the file",
            ko: "{file}에서 몇 줄짜리 변경이 {runs}번 있었습니다. 필요한 사람이 직접 바꾸게 하거나 파일을 생성하세요",
        },
        AskedFor { runs: usize } => {
            en: "asked for {runs} times: let those do it who need it",
            ko: "{runs}번 요청되었습니다. 필요한 사람이 직접 할 수 있게 하세요",
        },
        PaysBack { runs: u64, minutes: String, build: String, weeks: String } => {
            en: "{runs} runs a year of {minutes} min: {build} hours of building are paid back in {weeks} weeks",
            ko: "연 {runs}번, 한 번에 {minutes}분: 만드는 데 드는 {build}시간을 {weeks}주 만에 되찾습니다",
        },
        PaysBackAssumed { runs: u64, minutes: String, build: String, weeks: String } => {
            en: "{runs} runs a year of {minutes} min: if building takes {build} hours (an assumption), it is paid back in {weeks} weeks",
            ko: "연 {runs}번, 한 번에 {minutes}분: 만드는 데 {build}시간이 든다고 가정하면 {weeks}주 만에 되찾습니다",
        },
    }
}

impl Message for Why {
    fn text(&self, lang: Lang) -> String {
        let said = match self.clone() {
            Why::NeverBurned { runs, most, service } => Said::NeverBurned { runs, most, service },
            Why::OnceADay { interrupts, days } => Said::OnceADay { interrupts, days },
            Why::ComesBack { runs, weeks } => Said::ComesBack { runs, weeks },
            Why::SmallEdits { runs, file } => Said::SmallEdits { runs, file },
            Why::AskedFor { runs } => Said::AskedFor { runs },
            Why::PaysBack { runs, minutes, build, weeks, is_assumed: false } => {
                Said::PaysBack { runs, minutes, build, weeks }
            }
            Why::PaysBack { runs, minutes, build, weeks, .. } => Said::PaysBackAssumed { runs, minutes, build, weeks },
        };
        said.text(lang)
    }
}
