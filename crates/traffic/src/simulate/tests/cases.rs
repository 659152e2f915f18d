use crate::simulate::{Simulator, compare, read_cases};
use crate::{Services, iptables};

const RULES: &str = "*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT\n";

fn failures(text: &str) -> (String, Vec<String>) {
    let cases = read_cases(text);
    assert!(cases.faults.is_empty(), "{:?}", cases.faults);
    let read = iptables::read("f", RULES, &Services::default());
    let simulator = Simulator::new(&read.rules);
    let told = |case: &crate::simulate::Case| compare(case, &simulator.answer(&case.packet));
    (cases.rules.clone(), cases.cases.iter().flat_map(told).map(|outcome| outcome.text()).collect())
}

#[test]
fn claims_that_hold_say_nothing_and_others_say_what_came() {
    let text = "# ssh only\nrules host.rules\n\n\
        {\"in\":\"e\",\"proto\":\"tcp\",\"dst\":\"10.0.0.2:22\",\"expect\":{\"verdict\":\"accept\",\"rule\":\"filter/INPUT/1\",\"to\":null,\"path\":[\"filter/INPUT/1\"]}}\n\
        {\"in\":\"e\",\"proto\":\"tcp\",\"dst\":\"10.0.0.2:23\",\"expect\":{\"verdict\":\"accept\",\"missing\":[]}}\n";
    let (rules, failures) = failures(text);
    assert_eq!(rules, "host.rules");
    assert_eq!(failures, ["5:55: verdict accept: got drop"]);
}

#[test]
fn wrong_files_of_cases_are_told_with_their_place() {
    let told = |text: &str| {
        let faults = read_cases(text).faults;
        faults
            .iter()
            .map(|fault| format!("{}:{} {}", fault.at.line, fault.at.column, fault.fact))
            .collect::<Vec<_>>()
            .join("|")
    };
    assert_eq!(told(""), "1:1 the first line does not name the rules");
    assert_eq!(told("{\"in\":\"e\"}"), "1:1 the first line does not name the rules");
    assert_eq!(told("rules r\n{\"in\":\"e\"}"), "2:1 the packet expects nothing");
    assert_eq!(told("rules r\n{\"in\":\"e\",\"expect\":{}}"), "2:20 the packet expects nothing");
    assert_eq!(told("rules r\n{\"in\":\"e\",\"expect\":{\"verdit\":\"drop\"}}"), "2:21 unknown field 'verdit'");
    assert_eq!(
        told("rules r\n{\"in\":\"e\",\"expect\":{\"verdict\":\"dropped\"}}"),
        "2:21 'verdict' cannot be 'dropped'"
    );
    assert_eq!(told("rules r\n{\"on\":\"e\",\"expect\":{\"verdict\":\"drop\"}}"), "2:2 unknown field 'on'");
}
