use super::load;

/// What is told of rules under `inbound`, as `line:column Fact`.
fn told(text: &str) -> String {
    let short = |finding: &crate::Finding| {
        let fact = format!("{:?}", finding.fact);
        let at = format!("{}:{}", finding.place.line, finding.place.column);
        format!("{at} {}", fact.split([' ', '{']).next().unwrap())
    };
    load(text).findings.iter().map(short).collect::<Vec<_>>().join(" | ")
}

fn check(cases: &[(&str, &str)], wrap: impl Fn(&str) -> String) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expect)| told(&wrap(text)) != *expect)
        .map(|(text, expect)| format!("{text}: {} instead of {expect}", told(&wrap(text))))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn wrong_rules_are_told_with_their_place() {
    let cases = [
        ("{ allow: ssh, form: 10.0.0.1 }", "3:20 UnknownField"),
        ("{ allow: 70000 }", "3:15 NotAPort"),
        ("{ allow: 0 }", "3:15 NotAPort"),
        ("{ allow: 22/tpc }", "3:18 NotATransport"),
        ("{ allow: shh }", "3:15 UnknownService"),
        ("{ allow: ntp/tcp }", "3:15 ServiceOfOtherProtocol"),
        ("{ allow: 90-80 }", "3:15 PortsReversed"),
        ("{ allow: 80-x }", "3:15 NotAPort"),
        ("{ allow: }", "3:8 Empty"),
        ("{ allow: [] }", "3:15 Empty"),
        ("{ allow: [80, 80] }", "3:20 Twice"),
        ("{ allow: { port: 80 } }", "3:15 NotText"),
        ("{ from: 10.0.0.1 }", "3:6 WantsNothing"),
        ("{ allow: 80, deny: 80 }", "3:19 WantsSeveral"),
        ("{ deny: all, limit: { new_connections: 1/s } }", "3:19 NoEffectWith"),
        ("{ allow: 80, masquerade: no }", "3:19 NoEffectWith"),
        ("just words", "3:6 NotMapping"),
        ("{ redirect: 80 }", "3:18 NoArrow"),
        ("{ redirect: 80 -> }", "3:18 NoArrow"),
        ("{ redirect: 80 -> 8080 -> 9090 }", "3:18 NoArrow"),
        ("{ redirect: 80 -> 80808 }", "3:24 NotAPort"),
        ("{ redirect: 80 -> 10.0.0.1:8080 }", "3:24 RedirectElsewhere"),
        ("{ redirect: all -> 8080 }", "3:18 RedirectAll"),
        ("{ redirect: 80 -> 8000-8010 }", "3:24 RedirectToSeveral"),
        ("{ redirect: 53/udp -> 5353/tcp }", "3:28 TwoProtocols"),
        ("{ redirect: 80 -> 80 }", "3:18 RedirectToItself"),
        ("{ redirect: 80-90 -> 85 }", "3:18 RedirectIntoItself"),
        ("{ forward: 5432 -> 5432 }", "3:25 ForwardWithoutHost"),
        ("{ forward: 5432 -> db.example.org:5432 }", "3:25 HostName"),
        ("{ forward: 5432 -> 10.0.2.5.6:5432 }", "3:25 NotAnEndpoint"),
        ("{ forward: all -> 10.0.2.5 }", "3:24 ForwardAll"),
        ("{ forward: icmp -> 10.0.2.5 }", "3:25 ForwardAll"),
        ("{ redirect: 80 -> gre }", "3:18 RedirectAll"),
        ("{ allow: igpm }", "3:15 UnknownService"),
        ("{ forward: 80 -> 127.0.0.1:8080 }", "3:23 ForwardNowhere"),
        ("{ forward: 80-90 -> 10.0.2.5:80 }", "3:26 ForwardSeveralToOne"),
        ("{ forward: 80 -> 10.0.2.5:80, from: 2001:db8::/32 }", "3:23 ForwardAcrossFamilies"),
        ("{ forward: 80 -> 10.0.2.5:80, masquerade: perhaps }", "3:48 NotBoolean"),
        ("{ allow: 80, from: 10.0.0.1/8 }", "3:25 HostBits"),
        ("{ allow: 80, from: 10.0.0.300 }", "3:25 NotANetwork"),
        ("{ allow: 80, from: 10.0.0.0/255.0.255.0 }", "3:25 MaskWithHoles"),
        ("{ allow: 80, from: example.org }", "3:25 HostName"),
        ("{ allow: 80, from: ofice }", "3:25 UnknownList"),
        ("{ allow: 80, from: [] }", "3:25 Empty"),
        ("{ allow: 80, limit: 50/s }", "3:26 NotMapping"),
        ("{ allow: 80, limit: { connections: 50/s } }", "3:19 Missing | 3:28 UnknownField"),
        ("{ allow: 80, limit: { new_connections: 50 } }", "3:45 NotARate"),
        ("{ allow: 80, limit: { new_connections: 0/s } }", "3:45 NotARate"),
        ("{ allow: 80, limit: { new_connections: 50/s per host } }", "3:45 LimitPer"),
        ("{ allow: 80, limit: { new_connections: 50/s, burst: 0 } }", "3:58 NotWhole"),
        ("{ allow: 80, log: sometimes }", "3:24 NotALog"),
    ];
    check(&cases, |rule| {
        format!("traffic:\n  inbound:\n   - {rule}\n  otherwise: deny\n  lists: {{ office: [203.0.113.7] }}\n")
    });
}

#[test]
fn wrong_files_are_told_with_their_place() {
    let cases = [
        ("", "1:1 Missing"),
        ("trafic: {}", "1:1 UnknownField"),
        ("traffic: []", "1:10 NotMapping"),
        ("traffic:\n  inbound: { allow: ssh }\n", "2:12 NotList"),
        ("traffic:\n  inbound:\n    - allow: ssh\n", "1:1 OtherwiseMissing"),
        ("traffic:\n  otherwise: denny\n", "2:14 UnknownValue"),
        ("traffic:\n  inbund: []\n", "2:3 UnknownField"),
        ("traffic:\n  otherwise: deny\n  otherwise: allow\n", "3:3 OfText"),
        ("traffic:\n\totherwise: deny\n", "2:1 OfText"),
        ("traffic: { otherwise: deny }\n---\ntraffic: {}\n", "3:1 SeveralDocuments"),
        ("traffic:\n  outbound: { otherwise: maybe }\n", "2:26 UnknownValue"),
        ("traffic:\n  outbound: {}\n", "2:3 Missing"),
        ("traffic:\n  outbound: { rules: [] }\n", "2:3 Missing | 2:15 UnknownField"),
        (
            "traffic:\n  otherwise: deny\n  inbound:\n  - redirect: 80 -> 8080\n  - redirect: 80 -> 8081\n",
            "5:5 PortTaken",
        ),
        (
            "traffic:\n  otherwise: deny\n  inbound:\n  - redirect: 80 -> 8080\n  services: { shop: { listen: 80, stable: 81 } }\n",
            "5:15 PortTaken",
        ),
        ("traffic:\n  management: {}\n", "2:15 Empty"),
        ("traffic:\n  management: { ssh: { form: [10.0.0.1] } }\n", "2:17 Missing | 2:24 UnknownField"),
        ("traffic:\n  management: { shh: { from: [10.0.0.1] } }\n", "2:17 UnknownService"),
        ("traffic:\n  management: { all: { from: [10.0.0.1] } }\n", "2:17 AllPortsManaged"),
        ("traffic:\n  management: { icmp: { from: [10.0.0.1] } }\n", "2:17 AllPortsManaged"),
        ("traffic:\n  management: [ssh]\n", "2:15 NotMapping"),
        ("traffic:\n  lists: [10.0.0.1]\n", "2:10 NotMapping"),
        ("traffic:\n  lists: { Office: [10.0.0.1] }\n", "2:12 BadListName"),
        ("traffic:\n  lists: { a: [10.0.0.1, 10.0.0.1] }\n", "2:26 ListedTwice"),
        ("traffic:\n  lists: { a: [example.org] }\n", "2:16 HostName"),
        ("traffic:\n  lists: { a: [10.0.0.5/24] }\n", "2:16 HostBits"),
        ("traffic:\n  lists: { a: [2001:db8::] }\n", "2:16 AddressReadAsMapping"),
        ("traffic:\n  lists:\n    a:\n      - 2001:db8::\n", "4:9 AddressReadAsMapping"),
        ("traffic:\n  lists: { a: { path: x } }\n", "2:12 Missing | 2:17 UnknownField"),
        ("traffic:\n  lists: { a: { file: x, max: 0 } }\n", "2:31 NotWhole"),
        ("traffic:\n  lists: { a: { file: x, on_missing: ignore } }\n", "2:38 UnknownValue"),
    ];
    check(&cases, str::to_owned);
}

#[test]
fn wrong_services_are_told_with_their_place() {
    let cases = [
        ("shop: { stable: 81 }", "4:5 Missing"),
        ("shop: { listen: 80 }", "4:5 Missing"),
        ("Shop: { listen: 80, stable: 81 }", "4:5 BadServiceName"),
        ("shop: { listen: 80, stable: 80 }", "4:33 BackendListens"),
        ("shop: { listen: 80, stable: 81, canary: 81 }", "4:45 CanaryIsStable"),
        ("shop: { listen: 80-90, stable: 81 }", "4:21 NotOnePort"),
        ("shop: { listen: 80, stable: 81, rollout: { steps: [100], bake: 5m } }", "4:37 RolloutWithoutCanary"),
    ];
    check(&cases, |service| format!("traffic:\n  otherwise: deny\n  services:\n    {service}\n"));
    let rollouts = [
        ("bake: 5m", "5:7 Missing"),
        ("steps: [100]", "5:7 Missing"),
        ("{ steps: [], bake: 5m }", "5:25 StepsCount"),
        ("{ steps: [0, 100], bake: 5m }", "5:26 NotAStep"),
        ("{ steps: [1.234, 100], bake: 5m }", "5:26 NotAStep"),
        ("{ steps: [10, 5, 100], bake: 5m }", "5:30 StepsFall"),
        ("{ steps: [10, 50], bake: 5m }", "5:30 StepsEndBelow"),
        ("{ steps: [100], bake: soon }", "5:38 NotADuration"),
        ("{ steps: [100], bake: 31d }", "5:38 NotADuration"),
        ("{ steps: [100], bake: 5m, sticky: cookie }", "5:50 UnknownValue"),
        ("{ steps: [100], bake: 5m, min_requests: many }", "5:56 NotWhole"),
        ("{ steps: [100], bake: 5m, rollback: {} }", "5:52 NoWayBack"),
        ("{ steps: [100], bake: 5m, rollback: { burn: 14.4 } }", "5:60 NotABurn"),
        ("{ steps: [100], bake: 5m, rollback: { burn: 14.4 over 5m and 1m } }", "5:60 WindowsReversed"),
        ("{ steps: [100], bake: 5m, rollback: { worse_than_stable: { alpha: 2 } } }", "5:82 OutOfBounds"),
        ("{ steps: [100], bake: 5m, rollback: { burn: 2 over 1m and 5m, connections: cut } }", "5:91 NotAnEnding"),
    ];
    check(&rollouts, |rollout| {
        let body = if rollout.starts_with('{') { rollout.to_owned() } else { format!("{{ {rollout} }}") };
        format!(
            "traffic:\n  otherwise: deny\n  services:\n    shop: {{ listen: 80, stable: 81, canary: 82,\n      rollout: {body} }}\n"
        )
    });
}

#[test]
fn a_finding_says_place_fact_and_next_step() {
    let findings = load("traffic:\n  otherwise: deny\n  inbound:\n    - { allow: ssh, form: 10.0.0.1/8 }\n").findings;
    let lines = findings[0].render(nines_base::lang::Lang::En);
    assert_eq!(
        lines,
        "error: traffic.yaml:4:21: traffic.inbound[0].form: unknown field 'form'\nhint: did you mean 'from'?"
    );
    let findings = load("traffic:\n  lists: { a: [10.0.0.5/24] }\n").findings;
    assert_eq!(findings[0].hint.to_string(), "write 10.0.0.0/24 for the network, or 10.0.0.5 for the one address");
    let findings =
        load("traffic:\n  otherwise: deny\n  inbound:\n  - redirect: 80 -> 8080\n  - redirect: 80 -> 8081\n").findings;
    assert_eq!(findings[0].hint.to_string(), "keep one of lines 4 and 5");
}

#[test]
fn lists_of_files_are_told_in_their_own_lines() {
    let mut intents = super::intents("traffic:\n  lists: { bad: { file: bad.txt, max: 3 } }\n");
    assert!(intents.fill("bad", "# known\n10.0.0.0/9\n10.128.0.0/9 ; half\n\n2001:db8::/32\n").is_empty());
    let nets: Vec<String> = intents.lists[0].nets.iter().map(ToString::to_string).collect();
    assert_eq!(nets, ["10.0.0.0/8", "2001:db8::/32"]);
    let told = intents.fill("bad", "10.0.0.1\n  example.org\n10.0.0.5/24\n");
    let told: Vec<String> =
        told.iter().map(|f| format!("{}:{}:{} {}", f.place.file, f.place.line, f.place.column, f.fact)).collect();
    assert_eq!(told[0], "bad.txt:2:3 'example.org' is a host's name; rules hold addresses");
    assert_eq!(told.len(), 2);
    assert_eq!(intents.lists[0].nets.len(), 2, "a list with a fault stays as it was");
    assert_eq!(intents.fill("bad", "1.1.1.1\n2.2.2.2\n3.3.3.3\n4.4.4.4\n").len(), 1);
}
