use super::*;
use proptest::prelude::*;

fn of(text: &str) -> String {
    match read(text) {
        Read::Command(template) => template.text(),
        other => format!("{other:?}"),
    }
}

#[test]
fn what_is_done_stays_and_what_it_is_done_to_goes() {
    let cases = [
        ("kubectl get pods -n pay", "kubectl get pods -n {}"),
        ("kubectl -n pay get pods", "kubectl -n {} get pods"),
        ("kubectl delete pod pay-7f9c -n pay", "kubectl delete pod {} -n {}"),
        ("kubectl logs pay-7f9c --tail=50 -f", "kubectl logs {} --tail={} -f"),
        ("kubectl delete pod/pay-7f9c", "kubectl delete {}"),
        ("curl -s http://pay.svc/health", "curl -s {url}"),
        ("curl -H 'Authorization: Bearer abc' https://x/y", "curl -H {} {url}"),
        ("git status", "git status"),
        ("cargo test --workspace", "cargo test --workspace"),
        ("npm run build", "npm run build"),
        ("sudo systemctl restart nginx", "sudo systemctl restart {}"),
        ("psql -h db1 -c 'select 1'", "psql -h {} -c {}"),
        ("cat a.log | grep -n5 error | wc -l", "cat {} | grep -n{} {} | wc -l"),
        ("make deploy && ./smoke.sh pay > out.txt 2>&1", "make deploy && ./smoke.sh {} > {} 2>&1"),
        ("echo $(date +%s) `id -u`", "echo {} {}"),
        ("ssh ana@host-1 'systemctl status'", "ssh {} {}"),
        ("aws s3 cp a b", "aws s3 cp {} {}"),
        ("terraform apply -auto-approve", "terraform apply -auto-approve"),
        ("kubectl get pods &>/dev/null", "kubectl get pods &> {}"),
    ];
    for (typed, expected) in cases {
        assert_eq!(of(typed), expected, "{typed}");
    }
}

#[test]
fn no_secret_stays_in_a_template() {
    let typed = [
        "mysql -uroot -phunter -h db",
        "sshpass -phunter ssh x",
        "TOKEN=hunter deploy",
        "export TOKEN=hunter",
        "curl -uana:hunter https://x",
        "curl -u ana:hunter https://ana:hunter@x/",
        "vault login hunter",
        "7z x -phunter a.7z",
        "docker login --password=hunter",
        "docker login -p hunter",
        "echo hunter | docker login --password-stdin",
        "psql postgres://a:hunter@b/c",
        "foo --password hunter",
        "redis-cli -a hunter",
        "kubectl create secret generic x --from-literal=a=hunter",
        "tool -hunter",
        "git clone https://hunter@host/x",
        "gh auth login hunter",
        "echo \"hunter\"",
        "a <<<hunter",
        "HUNTER=1 hunter2=hunter run hunter",
    ];
    for text in typed {
        assert!(!of(text).contains("hunter") || text.starts_with("HUNTER"), "{text} → {}", of(text));
    }
    assert_eq!(of("HUNTER=1 run hunter"), "HUNTER={} run {}");
}

#[test]
fn noise_and_programs_are_no_commands() {
    for text in ["ls -la", "cd /srv/pay", "pwd", "clear", "# a note", "", "cd x && ls"] {
        assert_eq!(read(text), Read::Noise, "{text}");
    }
    for text in [
        "for x in 1 2; do echo $x; done",
        "echo 'open",
        "cat <<EOF\na\nEOF",
        "(cd x; make)",
        "\"$EDITOR\" x",
        "echo `open",
    ] {
        assert_eq!(read(text), Read::Opaque, "{text}");
    }
    assert_eq!(read(&"a ".repeat(2000)), Read::Opaque);
}

#[test]
fn the_heads_of_a_pipe_are_all_its_commands() {
    let Read::Command(template) = read("cat a | /usr/bin/sort | git apply") else { panic!() };
    assert_eq!(template.heads, ["cat", "sort", "git"]);
}

proptest! {
    #[test]
    fn nothing_typed_makes_it_panic(text in "\\PC{0,60}|[a-z|;&<>'\"`$()=\\\\ \n-]{0,40}") {
        let _ = read(&text);
    }
}
