//! Rules of a host's traffic, as far as neither server nor privilege is needed.

use crate::process::run;
use serde_json::Value;
use std::path::{Path, PathBuf};

const INTENTS: &str = r#"traffic:
  lists:
    office: [203.0.113.7, "2001:db8:7::/48"]
    partners: { file: partners.txt }
  inbound:
    - redirect: 80 -> 8080
    - allow: ssh
      from: office
    - allow: 443
      from: partners
  otherwise: deny
"#;

const SAVED: &str = "*filter
:INPUT DROP [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -p tcp --dport 22 -j ACCEPT
-A INPUT -m recent --name seen --rcheck -j DROP
COMMIT
";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        folder.write("traffic.yaml", INTENTS);
        folder.write("partners.txt", "198.51.100.0/24 # the bank\n");
        folder.write("rules.v4", SAVED);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Exit code, stdout and stderr of `nines traffic VERB` with files of the folder.
    fn traffic(&self, verb: &str, files: &[&str], flags: &[&str]) -> (i32, String, String) {
        let files: Vec<String> = files.iter().map(|name| self.path(name).display().to_string()).collect();
        let arguments: Vec<&str> = ["traffic", verb]
            .into_iter()
            .chain(files.iter().map(String::as_str))
            .chain(flags.iter().copied())
            .collect();
        let output = run(&arguments);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    }
}

fn packet(source: &str, destination: &str) -> String {
    format!(r#"{{"in":"eth0","proto":"tcp","src":"{source}:4000","dst":"{destination}"}}"#)
}

fn answers(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn packets_meet_intents_and_a_lists_file_beside_them() {
    let folder = Folder::new();
    let packets = [
        packet("192.0.2.200", "192.0.2.1:80"),
        packet("192.0.2.200", "192.0.2.1:8080"),
        packet("203.0.113.7", "192.0.2.1:22"),
        packet("198.51.100.9", "192.0.2.1:443"),
        packet("192.0.2.200", "192.0.2.1:443"),
    ];
    folder.write("packets.ndjson", &packets.join("\n"));
    let (code, out, err) = folder.traffic("simulate", &["traffic.yaml", "packets.ndjson"], &[]);
    assert_eq!(code, 0, "{err}");
    let told: Vec<(Value, Value)> =
        answers(&out).iter().map(|answer| (answer["verdict"].clone(), answer["rule"].clone())).collect();
    let said = [
        ("accept", "inbound/1"),
        ("drop", "otherwise"),
        ("accept", "inbound/2"),
        ("accept", "inbound/3"),
        ("drop", "otherwise"),
    ];
    assert_eq!(told, said.map(|(verdict, rule)| (verdict.into(), rule.into())), "{out}");
    assert_eq!(answers(&out)[0]["to"], "192.0.2.1:8080");
}

#[test]
fn what_an_answer_lacks_is_named_and_a_wrong_packet_has_its_place() {
    let folder = Folder::new();
    folder.write(
        "packets.ndjson",
        &[packet("192.0.2.200", "192.0.2.1:80"), packet("192.0.2.200", "192.0.2.1:22")].join("\n"),
    );
    let (code, out, _) = folder.traffic("simulate", &["rules.v4", "packets.ndjson"], &[]);
    let told = answers(&out);
    let lacks = (&told[0]["verdict"], &told[0]["missing"]);
    assert_eq!((code, lacks), (1, (&"unknown".into(), &serde_json::json!(["recent"]))), "{out}");
    assert_eq!(told[1]["rule"], "filter/INPUT/2");
    folder.write("packets.ndjson", "{\"in\":\"eth0\",\"prot\":\"tcp\"}\n");
    let (code, out, err) = folder.traffic("simulate", &["rules.v4", "packets.ndjson"], &[]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(
        err.contains("packets.ndjson:1:14: unknown field 'prot'") && err.contains("hint: did you mean 'proto'?"),
        "{err}"
    );
}

#[test]
fn claims_that_do_not_hold_are_told_with_their_place() {
    let folder = Folder::new();
    let with = |packet: String, expect: &str| packet.replacen('}', &format!(r#","expect":{expect}}}"#), 1);
    let cases = [
        "rules traffic.yaml".to_owned(),
        with(packet("192.0.2.200", "192.0.2.1:80"), r#"{"verdict":"accept","rule":"inbound/1"}"#),
        with(packet("192.0.2.200", "192.0.2.1:22"), r#"{"verdict":"accept"}"#),
    ];
    folder.write("site.traffictest", &cases.join("\n"));
    let (code, out, _) = folder.traffic("test", &["site.traffictest"], &[]);
    let lines: Vec<&str> = out.lines().collect();
    assert!(
        code == 1 && lines[0].contains("site.traffictest:3:") && lines[0].ends_with("verdict accept: got drop"),
        "{out}"
    );
    assert_eq!(lines.last(), Some(&"1 passed, 1 failed"));
}

#[test]
fn warnings_are_told_and_make_a_strict_check_fail() {
    let folder = Folder::new();
    assert_eq!(folder.traffic("check", &["traffic.yaml"], &[]).0, 0);
    folder.write("traffic.yaml", &INTENTS.replace("allow: 443", "allow: 8080"));
    let (code, out, err) = folder.traffic("check", &["traffic.yaml"], &[]);
    assert!(code == 0 && out.is_empty() && err.contains("the rule opens 8080, the backend of 'inbound/1'"), "{err}");
    assert_eq!(folder.traffic("check", &["traffic.yaml"], &["--strict"]).0, 1);
    folder.write("traffic.yaml", &INTENTS.replace("otherwise: deny", "otherwise: denied"));
    let (code, _, err) = folder.traffic("check", &["traffic.yaml"], &[]);
    assert!(code == 1 && err.contains("traffic.yaml:11:14: traffic.otherwise: "), "{err}");
    std::fs::remove_file(folder.path("partners.txt")).unwrap();
    folder.write("traffic.yaml", INTENTS);
    let (code, _, err) = folder.traffic("check", &["traffic.yaml"], &[]);
    assert!(code == 1 && err.contains("partners.txt cannot be read"), "{err}");
}

#[test]
fn an_import_keeps_every_rule_and_says_how_well_it_is_understood() {
    let folder = Folder::new();
    let save = folder.path("rules.v4").display().to_string();
    let out = folder.path("imported.yaml").display().to_string();
    let flags = ["--iptables-save", &save, "--out", &out, "--prove", "never", "-o", "ndjson"];
    let (code, told, err) = folder.traffic("import", &[], &flags);
    let classes: Vec<Value> = answers(&told).iter().map(|line| line["class"].clone()).collect();
    assert_eq!((code, classes), (1, ["exact", "equivalent", "not supported"].map(Value::from).to_vec()), "{told}{err}");
    let imported = std::fs::read_to_string(Path::new(&out)).unwrap();
    assert!(
        imported.contains("# not supported: ") && imported.contains("-m recent --name seen --rcheck"),
        "{imported}"
    );
    assert_eq!(folder.traffic("check", &["imported.yaml"], &[]).0, 0);
}

#[test]
fn an_import_says_whether_it_is_proven_and_makes_intents_of_what_they_say() {
    let folder = Folder::new();
    let rules = "*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A INPUT -i lo -j ACCEPT\n\
                 -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n-A INPUT -p icmp -j ACCEPT\n\
                 -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\nCOMMIT\n";
    folder.write("plain.v4", rules);
    let save = folder.path("plain.v4").display().to_string();
    let (code, out, err) = folder.traffic("import", &[], &["--iptables-save", &save]);
    assert!(code == 0 && out.contains("- allow: 22") && out.contains("otherwise: deny"), "{out}{err}");
    assert!(err.contains("4 rules: 4 exact, 0 equivalent, 0 not supported"), "{err}");
    // What this system lacks for a proof is said, and a proof that is wanted is not left out.
    let (always, _, told) = folder.traffic("import", &[], &["--iptables-save", &save, "--prove", "always"]);
    match err.lines().find(|line| line.starts_with("proven: ")) {
        Some(_) => assert_eq!(always, 0, "{told}"),
        None => assert!(err.contains("not proven: ") && always == 2, "{err}{told}"),
    }
    let (never, _, err) = folder.traffic("import", &[], &["--iptables-save", &save, "--prove", "never"]);
    assert!(never == 0 && !err.contains("proven"), "{err}");
    let (code, _, err) = folder.traffic("import", &[], &["--live", "--iptables-save", &save]);
    assert!(code == 2 && err.contains("--live"), "{err}");
}
