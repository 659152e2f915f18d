use super::ask;

const REDIRECT: &str = "traffic:\n  lists: { office: [203.0.113.7, '2001:db8:7::/48'] }\n  inbound:\n    - redirect: 80 -> 8080\n    - allow: ssh\n      from: office\n  otherwise: deny\n";

fn tcp(src: &str, dst: &str) -> String {
    format!("{{\"in\":\"eth0\",\"proto\":\"tcp\",\"src\":\"{src}\",\"dst\":\"{dst}\"}}")
}

#[test]
fn int_2_the_redirect_is_open_and_its_backend_closed() {
    assert_eq!(
        ask(REDIRECT, &tcp("192.0.2.1:4000", "10.0.0.2:80")),
        r#"{"verdict":"accept","rule":"inbound/1","to":"10.0.0.2:8080","path":["inbound/1"]}"#
    );
    assert_eq!(
        ask(REDIRECT, &tcp("[2001:db8::1]:4000", "[2001:db8::2]:80")),
        r#"{"verdict":"accept","rule":"inbound/1","to":"[2001:db8::2]:8080","path":["inbound/1"]}"#
    );
    assert_eq!(
        ask(REDIRECT, &tcp("192.0.2.1:4000", "10.0.0.2:8080")),
        r#"{"verdict":"drop","rule":"otherwise","path":["otherwise"]}"#
    );
    let open = REDIRECT.replace("otherwise: deny", "otherwise: allow");
    assert_eq!(
        ask(&open, &tcp("192.0.2.1:4000", "10.0.0.2:8080")),
        r#"{"verdict":"drop","rule":"inbound/1","path":["inbound/1"]}"#
    );
    assert!(ask(&open, &tcp("192.0.2.1:4000", "10.0.0.2:8081")).contains(r#""accept","rule":"otherwise""#));
}

#[test]
fn local_clients_are_redirected_too() {
    let packet = r#"{"out":"lo","proto":"tcp","src":"127.0.0.1:4000","dst":"10.0.0.2:80"}"#;
    assert_eq!(
        ask(REDIRECT, packet),
        r#"{"verdict":"accept","rule":"policy","to":"127.0.0.1:8080","path":["inbound/1"]}"#
    );
    let arriving = r#"{"in":"lo","proto":"tcp","src":"127.0.0.1:4000","dst":"127.0.0.1:8080"}"#;
    assert!(ask(REDIRECT, arriving).contains("built-in/loopback"));
}

#[test]
fn one_source_is_let_in_and_the_rest_is_not() {
    assert!(ask(REDIRECT, &tcp("203.0.113.7:4000", "10.0.0.2:22")).contains(r#""accept","rule":"inbound/2""#));
    assert!(ask(REDIRECT, &tcp("203.0.113.8:4000", "10.0.0.2:22")).contains(r#""drop","rule":"otherwise""#));
    assert!(ask(REDIRECT, &tcp("[2001:db8:7::9]:4000", "[2001:db8::2]:22")).contains("inbound/2"));
    assert!(ask(REDIRECT, &tcp("[2001:db8:8::9]:4000", "[2001:db8::2]:22")).contains("otherwise"));
}

#[test]
fn built_in_rules_come_before_the_files() {
    let deny = "traffic:\n  inbound:\n    - deny: all\n  otherwise: deny\n";
    for (packet, rule) in [
        (r#"{"in":"lo","proto":"tcp","src":"127.0.0.1:1","dst":"127.0.0.1:9"}"#, "built-in/loopback"),
        (r#"{"in":"e","proto":"tcp","src":"1.1.1.1:1","dst":"2.2.2.2:9","ct":"established"}"#, "built-in/established"),
        (r#"{"in":"e","proto":"icmp","src":"1.1.1.1","dst":"2.2.2.2","icmp":"echo-request"}"#, "built-in/echo"),
        (r#"{"in":"e","proto":"icmp","src":"1.1.1.1","dst":"2.2.2.2","icmp":"3/4"}"#, "built-in/icmp-errors"),
        (
            r#"{"in":"e","proto":"icmpv6","src":"fe80::1","dst":"ff02::1","icmp":"135","ct":"untracked"}"#,
            "built-in/neighbour-discovery",
        ),
        (r#"{"in":"e","proto":"udp","src":"10.0.0.1:67","dst":"255.255.255.255:68"}"#, "built-in/dhcp"),
        (r#"{"in":"e","proto":"udp","src":"[fe80::1]:547","dst":"[fe80::2]:546"}"#, "built-in/dhcp"),
    ] {
        assert!(ask(deny, packet).starts_with(&format!("{{\"verdict\":\"accept\",\"rule\":\"{rule}\"")), "{packet}");
    }
    assert!(
        ask(deny, r#"{"in":"e","proto":"icmp","src":"1.1.1.1","dst":"2.2.2.2","icmp":"redirect"}"#)
            .contains("inbound/1")
    );
    assert!(
        ask(deny, r#"{"in":"e","proto":"gre","src":"1.1.1.1","dst":"2.2.2.2","ct":"invalid"}"#).contains("inbound/1")
    );
}

#[test]
fn int_1_management_cannot_be_denied() {
    let text =
        "traffic:\n  management: { ssh: { from: [10.0.0.0/8] } }\n  inbound:\n    - deny: all\n  otherwise: deny\n";
    assert!(ask(text, &tcp("10.9.9.9:1", "2.2.2.2:22")).contains(r#""accept","rule":"management/ssh""#));
    assert!(ask(text, &tcp("11.9.9.9:1", "2.2.2.2:22")).contains(r#""drop","rule":"inbound/1""#));
}

#[test]
fn a_forward_leaves_the_host_and_is_seen_as_its_own() {
    let text =
        "traffic:\n  inbound:\n    - forward: 5432 -> 10.0.2.5:5433\n      from: 10.0.0.0/8\n  otherwise: deny\n";
    let answer = r#"{"verdict":"accept","rule":"inbound/1","to":"10.0.2.5:5433","path":["inbound/1"]}"#;
    assert_eq!(ask(text, &tcp("10.1.1.1:4000", "10.0.0.2:5432")), answer);
    let through = tcp("10.1.1.1:4000", "10.0.0.2:5432").replace("{", "{\"out\":\"eth1\",");
    assert_eq!(ask(text, &through), answer);
    assert!(ask(text, &tcp("11.1.1.1:4000", "10.0.0.2:5432")).contains("otherwise"));
    let under_way = through.replace('}', ",\"ct\":\"established\"}");
    assert!(ask(text, &under_way).contains(r#""accept","rule":"built-in/established""#));
    // What merely passes through is not ours to judge.
    let other = through.replace("5432", "80");
    assert_eq!(ask(text, &other), r#"{"verdict":"accept","rule":"policy","path":[]}"#);
}

#[test]
fn a_service_leads_to_its_stable_version() {
    let text = "traffic:\n  services: { shop: { listen: 80, stable: 8080, canary: 8081 } }\n  otherwise: reject\n";
    let answer = ask(text, &tcp("10.1.1.1:4000", "10.0.0.2:80"));
    assert_eq!(answer, r#"{"verdict":"accept","rule":"services/shop","to":"10.0.0.2:8080","path":["services/shop"]}"#);
    for port in [8080, 8081, 22] {
        let answer = ask(text, &tcp("10.1.1.1:4000", &format!("10.0.0.2:{port}")));
        assert_eq!(answer, r#"{"verdict":"reject","rule":"otherwise","path":["otherwise"]}"#);
    }
}

#[test]
fn what_the_host_opens_passes_unless_said_otherwise() {
    let out = r#"{"out":"eth0","proto":"tcp","src":"10.0.0.2:4000","dst":"192.0.2.1:443"}"#;
    assert!(ask("traffic: { otherwise: deny }", out).contains(r#""accept","rule":"policy""#));
    let closed = "traffic: { outbound: { otherwise: reject } }";
    assert!(ask(closed, out).contains(r#""reject","rule":"outbound/otherwise""#));
    assert!(ask(closed, &out.replace('}', ",\"ct\":\"established\"}")).contains("built-in/established"));
    assert!(ask(closed, &out.replace("eth0", "lo")).contains("built-in/loopback"));
}

#[test]
fn what_is_not_told_is_named() {
    let packet = r#"{"in":"eth0","proto":"tcp","dst":"10.0.0.2:22"}"#;
    assert_eq!(ask(REDIRECT, packet), r#"{"verdict":"unknown","missing":["src"],"path":[]}"#);
}

#[test]
fn ports_are_what_was_dialled_whatever_they_become() {
    let text = "traffic:\n  inbound:\n    - deny: 80\n      from: 10.0.0.0/8\n    - deny: 5432\n      from: 10.0.0.0/8\n    - redirect: 80 -> 8080\n    - forward: 5432 -> 10.9.9.9\n    - allow: 8080\n  otherwise: deny\n";
    assert!(ask(text, &tcp("10.1.1.1:4", "192.0.2.1:80")).contains(r#""drop","rule":"inbound/1""#));
    assert!(ask(text, &tcp("11.1.1.1:4", "192.0.2.1:80")).contains(r#""accept","rule":"inbound/3""#));
    assert!(ask(text, &tcp("10.1.1.1:4", "192.0.2.1:5432")).contains(r#""drop","rule":"inbound/2""#));
    assert!(ask(text, &tcp("11.1.1.1:4", "192.0.2.1:5432")).contains(r#""accept","rule":"inbound/4""#));
    assert!(ask(text, &tcp("10.1.1.1:4", "192.0.2.1:8080")).contains(r#""accept","rule":"inbound/5""#));
    let closed = text.replace("allow: 8080", "deny: 8080").replace("otherwise: deny", "otherwise: allow");
    assert!(ask(&closed, &tcp("11.1.1.1:4", "192.0.2.1:80")).contains(r#""accept","rule":"inbound/3""#));
    assert!(ask(&closed, &tcp("11.1.1.1:4", "192.0.2.1:8080")).contains(r#""drop","rule":"inbound/5""#));
}

#[test]
fn raw_rules_are_asked_first_at_each_hook() {
    let text = "traffic:\n  raw:\n    ipv4: |\n      *nat\n      -A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080\n      COMMIT\n      *filter\n      -A INPUT -s 10.9.0.0/16 -j DROP\n      -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n      COMMIT\n  inbound:\n    - allow: 8080\n  otherwise: deny\n";
    let answer = ask(text, &tcp("10.1.1.1:4", "192.0.2.1:80"));
    // The intents see the port that the raw translation led to.
    assert_eq!(
        answer,
        r#"{"verdict":"accept","rule":"inbound/1","to":"192.0.2.1:8080","path":["nat/PREROUTING/1","inbound/1"]}"#
    );
    assert!(ask(text, &tcp("10.9.1.1:4", "192.0.2.1:80")).contains(r#""drop","rule":"filter/INPUT/1""#));
    // What raw rules let in the intents may still keep out.
    assert!(ask(text, &tcp("10.1.1.1:4", "192.0.2.1:22")).contains(r#""drop","rule":"otherwise""#));
    // Where a raw rule translates, no intent does.
    let both = text.replace("- allow: 8080", "- redirect: 80 -> 9090\n    - allow: 8080");
    assert!(ask(&both, &tcp("10.1.1.1:4", "192.0.2.1:80")).contains("192.0.2.1:8080"));
}

#[test]
fn a_protocol_without_ports_is_let_in_by_its_name() {
    let text = "traffic:\n  inbound:\n    - allow: [icmp, vrrp]\n      from: 10.0.0.0/8\n  otherwise: deny\n";
    let of = |proto: &str, src: &str| {
        format!(r#"{{"in":"eth0","proto":"{proto}","src":"{src}","dst":"192.0.2.1","icmp":"timestamp-request"}}"#)
    };
    assert!(ask(text, &of("icmp", "10.0.0.9")).contains(r#""accept","rule":"inbound/1""#));
    assert!(ask(text, &of("vrrp", "10.0.0.9")).contains(r#""accept","rule":"inbound/1""#));
    assert!(ask(text, &of("gre", "10.0.0.9")).contains("otherwise"));
    assert!(ask(text, &of("icmp", "11.0.0.9")).contains("otherwise"));
}
