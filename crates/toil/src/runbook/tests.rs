use super::attended::{Attended, Spent, is_agent};
use super::ladder::{Level, PastRun, level};
use super::model::{Kind, Runbook, Undo};
use super::plan::{Fate, Wanted, plan};
use super::{Loaded, read};
use nines_base::DurationUs;
use proptest::prelude::*;

fn loaded(text: &str) -> Loaded {
    read("pay-restart.md", text.as_bytes())
}

fn runbook(text: &str) -> Runbook {
    let Loaded { runbook, findings } = loaded(text);
    runbook.unwrap_or_else(|| panic!("{findings:#?}"))
}

/// Findings as a person sees them, without hints.
fn faults(text: &str) -> Vec<String> {
    let findings = loaded(text).findings;
    findings.iter().map(|it| it.to_string_line()).collect()
}

trait Line {
    fn to_string_line(&self) -> String;
}

impl Line for super::Finding {
    fn to_string_line(&self) -> String {
        let path = if self.path.is_empty() { String::new() } else { format!("{}: ", self.path) };
        format!("{}:{}: {path}{}", self.place.line, self.place.column, self.fact)
    }
}

const PAY: &str = "---
nines: runbook/1
id: pay-restart           # stable task key
service: pay
trigger: [alert:PayHigh5xx]
params: { pod: { prompt: \"Pod name\", match: \"^pay-[a-z0-9-]+$\" }, env: { enum: [stg, prod] } }
toil: { category: interrupt }
require: { gate: not-frozen-or-break-glass, lock: service }
---
# Restart a pay pod
## 1. Look
```sh {id=look readonly timeout=20s}
kubectl get pods -n pay
```
## 2. Decide
- [ ] Traffic is already drained from `$pod`      <!-- a person does this -->
```sh {id=kill confirm danger=prod undo=none}
kubectl delete pod \"$pod\" -n pay --context \"$env\"
```
## 3. Verify
```sh {id=ok check interval=5s timeout=3m expect=\"200\"}
curl -so /dev/null -w '%{http_code}' http://pay.svc/health
```
";

#[test]
fn the_format_of_the_study_is_read_as_it_stands() {
    let book = runbook(PAY);
    assert!(loaded(PAY).findings.is_empty(), "{:?}", faults(PAY));
    assert_eq!(
        (book.id.as_str(), book.title.as_str(), book.service.as_deref()),
        ("pay-restart", "Restart a pay pod", Some("pay"))
    );
    let steps: Vec<(&str, &str, usize)> =
        book.steps.iter().map(|step| (step.id.as_str(), step.kind.name(), step.at.line)).collect();
    let expected = [
        ("ask.pod", "ask", 6),
        ("ask.env", "ask", 6),
        ("look", "sh", 12),
        ("decide", "manual", 16),
        ("kill", "confirm", 17),
        ("ok", "check", 21),
    ];
    assert_eq!(steps, expected);
    let Kind::Manual { text } = &book.steps[3].kind else { panic!("a person does it") };
    assert_eq!(text, "Traffic is already drained from `$pod`");
    let kill = book.steps[4].shell().unwrap();
    assert_eq!((kill.danger.as_deref(), &kill.undo), (Some("prod"), &Some(Undo::Nothing)));
    assert_eq!(kill.script, "kubectl delete pod \"$pod\" -n pay --context \"$env\"\n");
    assert_eq!(book.lock_name(), Some("pay"));
    assert_eq!(book.category.name(), "interrupt");
}

#[test]
fn carriage_returns_and_a_byte_order_mark_change_nothing() {
    let windows = format!("\u{feff}{}", PAY.replace('\n', "\r\n"));
    let (ours, theirs) = (runbook(PAY), runbook(&windows));
    assert_eq!(ours.steps, theirs.steps);
    assert_eq!((ours.id, ours.title), (theirs.id, theirs.title));
}

#[test]
fn vector_r1_a_manual_and_a_confirmed_step_need_a_person() {
    let text = "# R\n```sh {id=first}\ntrue\n```\n- [ ] look {id=look}\n```sh {id=kill confirm}\ntrue\n```\n";
    let book = runbook(text);
    let needs: Vec<&str> = plan(&book, &Wanted::default())
        .into_iter()
        .filter(|(_, fate)| *fate == Fate::NeedsPerson)
        .map(|(step, _)| step.id.as_str())
        .collect();
    assert_eq!(needs, ["look", "kill"]);
}

#[test]
fn vector_r3_a_fence_of_anything_else_is_documentation() {
    let text = "# R\n```\nrm -rf /\n```\n```yaml\na: 1\n```\n    indented\n\n```console\n$ true\n```\n```sh\ntrue\n```\n~~~bash {id=b}\ntrue\n~~~\n";
    let ids: Vec<String> = runbook(text).steps.into_iter().map(|step| step.id).collect();
    assert_eq!(ids, ["r", "b"]);
}

#[test]
fn a_page_without_front_matter_runs_under_its_files_name() {
    let book = read("wiki/Disk Full.md", b"# Disk is full\n\nFirst look:\n\n```sh\ndf -h\n```\n\n1. Then\n   ```sh\n   du -sh .\n   ```\n- [ ] Tell them\n").runbook.unwrap();
    assert_eq!((book.id.as_str(), book.title.as_str()), ("disk-full", "Disk is full"));
    let steps: Vec<(&str, &str)> = book.steps.iter().map(|step| (step.id.as_str(), step.kind.name())).collect();
    assert_eq!(steps, [("disk-is-full", "sh"), ("disk-is-full-2", "sh"), ("disk-is-full-3", "manual")]);
    assert_eq!(book.steps[1].shell().unwrap().script, "du -sh .\n");
    // Front matter of another tool is none of ours, and a rule is no front matter.
    assert!(loaded("---\nlayout: page\n---\n```sh\ntrue\n```\n").findings.is_empty());
    assert!(loaded("---\n\n```sh\ntrue\n```\n").findings.is_empty());
}

#[test]
fn derived_ids_stay_while_other_sections_change() {
    let ids = |text: &str| runbook(text).steps.into_iter().map(|step| step.id).collect::<Vec<_>>();
    let before = ids("# R\n## Look\n```sh\na\n```\n## 확인\n```sh\nb\n```\n");
    let after = ids("# R\n## New\n```sh\nc\n```\n## Look\n```sh\na\n```\n## 확인\n```sh\nb\n```\n");
    assert_eq!(before, ["look", "확인"]);
    assert_eq!(after, ["new", "look", "확인"]);
}

#[test]
fn every_fault_has_its_place() {
    let step = |info: &str| faults(&format!("# R\n```sh {info}\ntrue\n```\n"));
    assert_eq!(step("{id=a tiemout=20s}"), ["2:13: there is no attribute 'tiemout'"]);
    assert_eq!(step("{timeout=20}"), ["2:8: timeout: '20' is no length of time"]);
    assert_eq!(step("{timeout=0s}"), ["2:8: timeout: 'timeout' must be longer than nothing"]);
    assert_eq!(step("{id}"), ["2:8: 'id' needs a value"]);
    assert_eq!(step("{confirm=yes}"), ["2:8: 'confirm' takes no value"]);
    assert_eq!(step("{confirm confirm}"), ["2:16: 'confirm' stands twice"]);
    assert_eq!(step("{id=\"a"), ["2:11: the quoted value is not closed"]);
    assert_eq!(step("{id=a"), ["2:7: '{' is not closed on this line"]);
    assert_eq!(step("{id=a} x"), ["2:14: 'x' stands after the attributes"]);
    assert_eq!(step("{undo=gone}"), ["2:1: undo: there is no step 'gone' to undo this by"]);
    assert_eq!(step("{id=a undo=a}"), ["2:1: undo: a step cannot undo itself"]);
    assert_eq!(step("{retry=x}"), ["2:8: retry: 'x' is no number from 0 to 100"]);
    assert_eq!(step("{capture=1x}"), ["2:8: capture: '1x' cannot be the name of a variable"]);
    assert_eq!(step("{expect=\"/(/\"}"), ["2:8: expect: this is no regular expression: error: unclosed group"]);
    assert_eq!(step("{when=\"a b\"}"), ["2:8: when: 'a b' is no condition"]);
    assert_eq!(step("{readonly danger=prod}"), ["2:1: 'readonly' and 'danger' exclude each other"]);
    assert_eq!(step("{interval=5s}"), ["2:1: 'interval' has no meaning for a step of kind 'sh'"]);
    assert_eq!(
        faults("# R\n- [ ] do it {id=x timeout=3s}\n"),
        ["2:3: 'timeout' has no meaning for a step of kind 'manual'"]
    );
    assert_eq!(
        faults("# R\n```sh {id=a}\ntrue\n```\n```sh {id=a}\ntrue\n```\n"),
        ["5:1: the id 'a' is taken by the step on line 2"]
    );
    assert_eq!(faults("# R\n```sh\n```\n"), ["2:1: the step does nothing"]);
    assert_eq!(
        faults("# R\n```slo {id=a}\nburn(pay) > 1\n```\n"),
        ["3:1: 'burn(pay) > 1' is nothing that can be waited for"]
    );
    assert_eq!(
        faults("# R\n```slo\n```\n"),
        ["2:1: the step waits for a service's burn rate, and the runbook names no service"]
    );
    assert_eq!(faults("just words"), ["1:1: nothing here is a step"]);
    assert_eq!(
        faults("> - [ ] quoted {id=q}\n>\n> ```sh {oops}\n> true\n> ```\n"),
        ["3:10: there is no attribute 'oops'"]
    );
}

#[test]
fn front_matter_is_read_strictly() {
    let front = |yaml: &str| faults(&format!("---\nnines: runbook/1\n{yaml}\n---\n```sh\necho $a\n```\n"));
    assert_eq!(front("params: { a: { prompt: x } }\nsrevice: pay"), ["4:1: srevice: a runbook has no 'srevice'"]);
    assert_eq!(
        front("params: { a: { match: '(' } }"),
        ["3:23: params.a.match: this is no regular expression: error: unclosed group"]
    );
    assert_eq!(
        front("params: { a: { match: 'x)(y' } }"),
        ["3:23: params.a.match: this is no regular expression: error: unopened group"]
    );
    assert_eq!(
        front("params: { a: { enum: [b], default: c } }"),
        ["3:36: params.a.default: the default 'c' is not among the values allowed"]
    );
    assert_eq!(front("params: { a: , PATH: }"), ["3:16: params.PATH: 'PATH' changes how the shell itself works"]);
    assert_eq!(front("params: { a: , a-b: }"), ["3:16: params.a-b: 'a-b' cannot be the name of a parameter"]);
    assert_eq!(
        front("params: { a: }\nrequire: { lock: service }"),
        ["4:12: require.lock: the lock is that of a service, and the runbook names none"]
    );
    assert_eq!(
        front("params: { a: }\ntoil: { class: overhead }"),
        ["4:16: toil.class: 'overhead' is none of toil, ops_novel, engineering"]
    );
    assert_eq!(front("params: { a: , b: }"), ["3:16: no step uses 'b'"]);
    assert_eq!(front("id: 'a b'\nparams: { a: }"), ["3:5: id: 'a b' cannot be an id"]);
    assert_eq!(front("id: x"), ["6:1: the step uses '$a', which nothing declares or sets"]);
    assert_eq!(
        faults("---\nnines: runbook/2\n---\n```sh\ntrue\n```\n"),
        ["2:8: nines: 'runbook/2' is no format this version reads"]
    );
    assert_eq!(faults("---\nparams: { a: }\n---\n```sh\necho $a\n```\n"), ["2:1: nines: 'nines' is missing"]);
    assert_eq!(
        faults("---\nnines: runbook/1\n```sh\ntrue\n```\n"),
        ["1:1: the front matter is not ended by a line '---'"]
    );
    assert_eq!(faults("---\nnines: [\n---\n```sh\ntrue\n```\n").len(), 1);
}

#[test]
fn a_variable_nobody_sets_is_an_error_of_a_runbook_and_a_warning_on_a_page() {
    let page = loaded("# R\n```sh\nsystemctl stop $unit\nx=1; echo $x\n```\n");
    assert!(page.runbook.is_some());
    assert_eq!(
        faults("# R\n```sh\nsystemctl stop $unit\nx=1; echo $x\n```\n"),
        ["3:1: the step uses '$unit', which nothing declares or sets"]
    );
    let captured = "---\nnines: runbook/1\n---\n```sh {capture=version}\necho 1\n```\n```sh {when=version=1}\necho $version\n```\n";
    assert!(faults(captured).is_empty(), "{:?}", faults(captured));
}

#[test]
fn vector_t2_what_of_a_run_was_a_persons_time() {
    let seconds = |seconds: u64| DurationUs::from_secs(seconds as i64);
    let spent = [Spent::Prompt(seconds(40)), Spent::Command(seconds(90)), Spent::Prompt(seconds(600))];
    let mut attended = Attended::default();
    spent.iter().for_each(|it| attended.add(*it, false));
    assert_eq!(attended.total, seconds(400));
    assert_eq!(attended.manual, seconds(340));
    let mut agent = Attended::default();
    spent.iter().for_each(|it| agent.add(*it, is_agent("agent:codex")));
    assert_eq!(agent.total, seconds(340));
    let mut typed = Attended::default();
    typed.add(Spent::Typing(seconds(900)), false);
    assert_eq!(typed.total, seconds(900));
}

#[test]
fn the_ladder_is_told_from_the_file_and_its_runs() {
    let green = PastRun { is_auto: true, is_finished: true, by_agent: false };
    let red = PastRun { is_finished: false, ..green };
    let by_hand = PastRun { is_auto: false, ..green };
    let rung = |text: &str, runs: &[PastRun]| level(&runbook(text), runs).name();
    assert_eq!(rung("- [ ] all by hand\n", &[]), "L0");
    assert_eq!(rung("- [ ] a\n```sh\ntrue\n```\n", &[green; 20]), "L1");
    assert_eq!(rung("```sh {confirm}\ntrue\n```\n", &[]), "L1");
    assert_eq!(rung("```sh {confirm danger=prod}\ntrue\n```\n", &[green; 20]), "L2");
    let plain = "```sh\ntrue\n```\n";
    assert_eq!(rung(plain, &[green; 9]), "L2");
    assert_eq!(rung(plain, &[green; 10]), "L3");
    let mixed: Vec<PastRun> = [vec![red], vec![green; 5], vec![by_hand], vec![green; 5]].concat();
    assert_eq!(rung(plain, &mixed), "L3");
    assert_eq!(rung(plain, &[vec![green; 10], vec![red]].concat()), "L2");
    let guarded =
        format!("---\nnines: runbook/1\nservice: pay\ntrigger: [alert:X]\nrequire: {{ gate: allowed }}\n---\n{plain}");
    assert_eq!(rung(&guarded, &[PastRun { by_agent: true, ..green }; 10]), "L4");
    assert_eq!(rung(&guarded, &[green; 10]), "L3");
    assert_eq!(Level::Manual.name(), "L0");
}

#[test]
fn danger_is_where_the_environment_is() {
    let needs = |env: &str| {
        let wanted = Wanted { params: [("env".to_owned(), env.to_owned())].into(), ..Wanted::default() };
        let text = "---\nnines: runbook/1\nparams: { env: { enum: [stg, prod] } }\n---\n```sh {id=a danger=prod}\necho $env\n```\n";
        plan(&runbook(text), &wanted).into_iter().any(|(_, fate)| fate == Fate::NeedsPerson)
    };
    assert!(needs("prod"));
    assert!(!needs("stg"));
}

#[test]
fn a_plan_says_what_becomes_of_every_step() {
    let text = "---\nnines: runbook/1\nparams: { env: { enum: [stg, prod], default: stg } }\n---\n```sh {id=a}\ntrue\n```\n```sh {id=b undo=back when=env=prod}\ntrue\n```\n```sh {id=c}\ntrue\n```\n```sh {id=back}\ntrue\n```\n";
    let wanted = Wanted {
        params: [("env".to_owned(), "stg".to_owned())].into(),
        start_at: Some("b".to_owned()),
        skipped: vec!["c".to_owned()],
    };
    let fates: Vec<Fate> = plan(&runbook(text), &wanted).into_iter().map(|(_, fate)| fate).collect();
    assert_eq!(fates, [Fate::Before, Fate::NotNow, Fate::Skipped, Fate::Undoes]);
}

#[test]
fn a_record_tells_where_it_was_cut_and_where_it_was_changed() {
    use super::transcript::{Chain, StepState, read};
    let line = |value: serde_json::Value| value.as_object().cloned().unwrap_or_default();
    let mut chain = Chain::default();
    let mut text = chain.seal(line(serde_json::json!({ "kind": "plan", "run": "r-1" })));
    text.push_str(&chain.seal(line(serde_json::json!({ "kind": "start", "step": "a" }))));
    text.push_str(&chain.seal(line(serde_json::json!({ "kind": "end", "step": "a", "ok": true }))));
    let whole = text.len();
    text.push_str(&chain.seal(line(serde_json::json!({ "kind": "start", "step": "b,\"hash\":\"x" }))));
    let record = read(&text).unwrap();
    assert_eq!((record.lines.len(), record.is_torn, record.chain.head()), (4, false, chain.head()));
    assert_eq!(record.steps()["a"], StepState::Done);
    for cut in whole + 1..text.len() {
        let torn = read(&text[..cut]).unwrap();
        assert_eq!((torn.lines.len(), torn.is_torn, torn.sound_bytes), (3, true, whole), "{cut}");
    }
    let changed = text.replace("\"ok\":true", "\"ok\":false");
    assert_eq!(read(&changed).unwrap_err().line, 3);
    let without: String =
        text.split_inclusive('\n').enumerate().filter(|(n, _)| *n != 1).map(|(_, line)| line).collect();
    assert_eq!(read(&without).unwrap_err().line, 2);
}

#[test]
fn a_diff_shows_what_changed() {
    let diff = super::diff::unified("a\nb\nc\n", "a\nB\nc\n", "approved", "now");
    assert!(diff.contains("-b\n+B\n"), "{diff}");
    assert!(super::diff::unified("a\n", "a\n", "x", "y").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read("x.md", &bytes);
    }

    #[test]
    fn no_text_of_our_words_makes_the_reader_panic(words in proptest::collection::vec(proptest::sample::select(WORDS.as_slice()), 0..60)) {
        let text = words.concat();
        let Loaded { runbook, findings } = read("x.md", text.as_bytes());
        let lines = text.lines().count().max(1);
        for finding in &findings {
            prop_assert!(finding.place.line <= lines + 1 && finding.place.column >= 1, "{finding:?}");
        }
        prop_assert!(runbook.is_some() || !findings.is_empty());
    }
}

const WORDS: [&str; 40] = [
    "---\n",
    "nines: runbook/1\n",
    "params: { a: { enum: [b] } }\n",
    "require: {",
    "toil:\n",
    "```sh",
    " {id=a",
    " check",
    "}\n",
    "```\n",
    "~~~bash {",
    "retry=3 ",
    "undo=a ",
    "\"",
    "'",
    "- [ ] ",
    "- [x] do",
    "# H\n",
    "> ",
    "1. ",
    "   ",
    "\t",
    "\n",
    "\r\n",
    "$a ",
    "${a",
    "<<'EOF'\n",
    "{",
    "한글",
    "\u{feff}",
    "```slo\n",
    "burn(pay) < 1\n",
    "when=a=b ",
    "<!-- ",
    "-->",
    "=",
    "\\",
    "capture=a ",
    "expect=/(/ ",
    "\u{0}",
];
