//! Runbooks through the real program: approved, run, killed, gone on with.

use crate::process::{NINES, Server, eventually, now_us, repository};
use crate::shop::availability;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longest that a test waits for anything that should happen at once.
const SOON: Duration = Duration::from_secs(30);

/// A folder with a user's state in it, where no server answers.
struct Room {
    dir: TempDir,
    server: String,
}

impl Room {
    fn new() -> Room {
        Room { dir: TempDir::new().unwrap(), server: "http://127.0.0.1:1".to_owned() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(NINES);
        command.args(arguments).current_dir(self.dir.path()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("XDG_STATE_HOME", self.path("state")).env("USER", "ana").env("LC_ALL", "C");
        command.env("NINES_SERVER", &self.server).env("HOME", self.dir.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Writes a runbook and approves it.
    fn book(&self, text: &str) -> &Room {
        std::fs::write(self.path("book.md"), text).unwrap();
        let approved = self.run(&["runbook", "approve", "book.md"], "");
        assert_eq!(approved.status.code(), Some(0), "{}", errors(&approved));
        self
    }

    fn spawn(&self, arguments: &[&str]) -> Child {
        self.command(arguments).spawn().unwrap()
    }

    fn run(&self, arguments: &[&str], answers: &str) -> Output {
        let mut child = self.spawn(arguments);
        let mut stdin = child.stdin.take().unwrap();
        // A command that reads nothing may have ended already.
        let _ = stdin.write_all(answers.as_bytes());
        drop(stdin);
        child.wait_with_output().unwrap()
    }

    /// Runs and reads what is told of the run.
    fn json(&self, arguments: &[&str], answers: &str) -> (Value, Option<i32>) {
        let output = self.run(&[arguments, &["-o", "json"]].concat(), answers);
        let told =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", errors(&output)));
        (told, output.status.code())
    }

    fn runs(&self) -> PathBuf {
        self.path("state/nines/runs")
    }

    /// The only run there is.
    fn only_run(&self) -> String {
        let mut names: Vec<String> = std::fs::read_dir(self.runs())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        assert_eq!(names.len(), 1, "{names:?}");
        names.remove(0).trim_end_matches(".jsonl").to_owned()
    }

    fn record(&self, run: &str) -> Vec<Value> {
        let text = std::fs::read_to_string(self.runs().join(format!("{run}.jsonl"))).unwrap();
        text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    fn wait_for_text(&self, name: &str) -> String {
        eventually(SOON, || self.text(name), |text| text.ends_with('\n')).trim().to_owned()
    }
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Whether a process runs; one that ended and is waited for by nobody does not.
fn is_alive(pid: &str) -> bool {
    let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    state.rsplit(") ").next().is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['Z', 'X']))
}

fn signal(child: &Child, name: &str) {
    Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
}

fn wait(mut child: Child) -> Option<i32> {
    let begun = Instant::now();
    while begun.elapsed() < SOON {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    panic!("it did not end");
}

#[test]
fn vector_r1_auto_refuses_before_the_first_step_and_names_who_is_needed() {
    let room = Room::new();
    room.book("# R\n```sh {id=first}\ntouch ran\n```\n- [ ] look {id=look}\n```sh {id=kill confirm}\ntouch ran\n```\n");
    let (told, code) = room.json(&["run", "book.md", "--auto"], "");
    assert_eq!((code, told["outcome"].as_str()), (Some(1), Some("refused")));
    assert_eq!(told["needsHuman"], serde_json::json!(["look", "kill"]));
    let output = room.run(&["run", "book.md", "--auto"], "y\ny\n");
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("error: a person is needed for: look, kill\n"), "{}", errors(&output));
    assert!(!room.path("ran").exists() && !room.runs().exists());
    let skipped = room.run(&["run", "book.md", "--auto", "--skip", "look", "--skip", "kill", "--reason", "drill"], "");
    assert_eq!(skipped.status.code(), Some(0), "{}", errors(&skipped));
}

#[test]
fn vector_r2_killed_in_step_2_it_is_offered_again_and_step_1_is_never_repeated() {
    let room = Room::new();
    room.book(
        "# R\n```sh {id=one}\necho one >> log\nexport LEFT=over\nmkdir -p deep\ncd deep\n```\n\
         ```sh {id=two}\necho \"two $LEFT\" >> ../log\necho $$ > ../pid\nwhile [ ! -e ../go ]; do sleep 0.05; done\n```\n\
         ```sh {id=three}\necho three >> ../log\n```\n",
    );
    let child = room.spawn(&["run", "book.md"]);
    let pid = room.wait_for_text("pid");
    signal(&child, "-KILL");
    wait(child);
    // Nobody else ends it: what the run had started goes with it.
    eventually(SOON, || is_alive(&pid), |alive| !alive);
    std::fs::write(room.path("go"), "").unwrap();
    let run = room.only_run();
    let output = room.run(&["run", "book.md", "--resume", &run], "");
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    assert!(errors(&output).contains("two began and did not end as it should"), "{}", errors(&output));
    assert_eq!(room.text("log"), "one\ntwo over\ntwo over\nthree\n");
    let again = room.run(&["run", "book.md", "--resume", &run], "");
    assert_eq!(again.status.code(), Some(1));
    assert!(errors(&again).contains("has finished"), "{}", errors(&again));
}

#[test]
fn run_1_killed_wherever_it_stands_a_run_goes_on_without_repeating_what_ended() {
    // A plan, and two lines for each of four steps: killed after each of them has come to the disk.
    for n_lines in 1..=8 {
        let room = Room::new();
        let steps = (1..=4).map(|nth| format!("```sh {{id=s{nth}}}\necho s{nth} >> log\nsleep 0.1\n```\n"));
        room.book(&format!("# R\n{}", steps.collect::<String>()));
        let child = room.spawn(&["run", "book.md"]);
        eventually(SOON, || room.runs().is_dir(), |there| *there);
        let lines = || {
            std::fs::read_dir(room.runs())
                .unwrap()
                .flatten()
                .map(|entry| std::fs::read_to_string(entry.path()).unwrap_or_default().lines().count())
                .sum::<usize>()
        };
        while lines() < n_lines {
            std::thread::sleep(Duration::from_millis(1));
        }
        signal(&child, "-KILL");
        wait(child);
        let run = room.only_run();
        let before = room.record(&run);
        let output = room.run(&["run", "book.md", "--resume", &run], "");
        assert_eq!(output.status.code(), Some(0), "{n_lines}: {}", errors(&output));
        let record = room.record(&run);
        for nth in 1..=4 {
            let step = format!("s{nth}");
            let of = |lines: &[Value], kind: &str| {
                lines.iter().filter(|line| line["kind"] == kind && line["step"] == step.as_str()).count()
            };
            if of(&before, "end") == 1 {
                assert_eq!(of(&record, "start"), 1, "{n_lines}: {step} was done");
            }
            let n_done = room.text("log").lines().filter(|line| *line == step).count();
            assert!((1..=of(&record, "start")).contains(&n_done), "{n_lines}: {step} {n_done} times");
        }
    }
}

#[test]
fn run_1_at_every_boundary_of_a_record_a_run_goes_on_with_exactly_what_had_not_ended() {
    let room = Room::new();
    let steps = (1..=4).map(|nth| format!("```sh {{id=s{nth}}}\necho s{nth} >> log\n```\n"));
    room.book(&format!("# R\n{}", steps.collect::<String>()));
    assert_eq!(room.run(&["run", "book.md"], "").status.code(), Some(0));
    let run = room.only_run();
    let path = room.runs().join(format!("{run}.jsonl"));
    let whole = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    assert_eq!(lines.len(), 10, "a plan, two lines for each step, the end");
    for n_lines in 1..lines.len() {
        std::fs::write(&path, lines[..n_lines].join("\n") + "\n").unwrap();
        std::fs::write(room.path("log"), "").unwrap();
        let output = room.run(&["run", "book.md", "--resume", &run], "");
        assert_eq!(output.status.code(), Some(0), "{n_lines}: {}", errors(&output));
        let n_ended = (n_lines - 1) / 2;
        let left: String = (n_ended + 1..=4).map(|nth| format!("s{nth}\n")).collect();
        assert_eq!(room.text("log"), left, "after {n_lines} lines");
    }
}

#[test]
fn a_record_cut_short_is_gone_on_with_and_one_that_was_changed_is_not() {
    let room = Room::new();
    room.book("# R\n```sh {id=a}\necho a >> log\n```\n```sh {id=b}\ntest -e go\n```\n");
    let output = room.run(&["run", "book.md"], "");
    assert_eq!(output.status.code(), Some(1));
    let run = room.only_run();
    let path = room.runs().join(format!("{run}.jsonl"));
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"exit\":0", "\"exit\":7")).unwrap();
    let changed = room.run(&["run", "book.md", "--resume", &run], "");
    assert_eq!(changed.status.code(), Some(2));
    assert!(errors(&changed).contains(":3:1: this line does not follow"), "{}", errors(&changed));
    std::fs::write(&path, format!("{text}{{\"seq\":9,\"kind\":\"sta")).unwrap();
    std::fs::write(room.path("go"), "").unwrap();
    let torn = room.run(&["run", "book.md", "--resume", &run], "");
    assert_eq!(torn.status.code(), Some(0), "{}", errors(&torn));
    assert_eq!(room.text("log"), "a\n");
}

#[test]
fn a_file_runs_as_it_was_approved_or_not_at_all() {
    let room = Room::new();
    std::fs::write(room.path("book.md"), "# R\n```sh\ntouch one\n```\n").unwrap();
    let never = room.run(&["run", "book.md"], "");
    assert_eq!(never.status.code(), Some(1));
    assert!(errors(&never).contains("nines runbook approve book.md"), "{}", errors(&never));
    room.book("# R\n```sh\ntouch one\n```\n");
    assert_eq!(room.run(&["run", "book.md"], "").status.code(), Some(0));
    std::fs::write(room.path("book.md"), "# R\n```sh\ntouch two\n```\n").unwrap();
    let changed = room.run(&["run", "book.md"], "");
    assert_eq!(changed.status.code(), Some(1));
    assert!(errors(&changed).contains("-touch one\n+touch two\n"), "{}", errors(&changed));
    assert!(!room.path("two").exists());
    room.book("# R\n```sh\ntouch two\n```\n");
    assert_eq!(room.run(&["run", "book.md"], "").status.code(), Some(0));
    assert!(room.path("two").exists());
    // What was approved before is approved no more.
    std::fs::write(room.path("book.md"), "# R\n```sh\ntouch one\n```\n").unwrap();
    assert_eq!(room.run(&["run", "book.md"], "").status.code(), Some(1));
}

#[test]
fn a_run_is_not_gone_on_with_once_its_file_is_another() {
    let room = Room::new();
    room.book("# R\n```sh\nfalse\n```\n");
    assert_eq!(room.run(&["run", "book.md"], "").status.code(), Some(1));
    let run = room.only_run();
    room.book("# R\n```sh\ntrue\n```\n");
    let output = room.run(&["run", "book.md", "--resume", &run], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains(&format!("book.md has changed since run {run} began")), "{}", errors(&output));
    assert_eq!(room.run(&["run", "book.md", "--resume", "../../x"], "").status.code(), Some(2));
}

#[test]
fn secrets_of_thirty_shapes_reach_neither_record_nor_log_nor_what_is_delivered() {
    let secrets = secrets();
    assert!(secrets.len() >= 30, "{}", secrets.len());
    let room = Room::new();
    let lines: String = secrets.iter().map(|(line, _)| format!("{line}\n")).collect();
    std::fs::write(room.path("secrets.txt"), lines).unwrap();
    room.book(
        "---\nnines: runbook/1\nparams: { api_token: }\n---\n# R\n\
         ```sh {id=print}\ncat secrets.txt\ncat secrets.txt >&2\nexport LEAK=$(grep AKIA secrets.txt)\n```\n\
         ```sh {id=captured capture=found}\nhead -n 3 secrets.txt\n```\n\
         ```sh {id=used}\nexport VIA=\"by $DB_PASSWORD and $api_token\"\necho \"$api_token\" \"$LEAK\" \"$found\" \"$DB_PASSWORD\"\nfor c in s 3 c r e t; do printf $c; sleep 0.01; done\n```\n",
    );
    let value = "plain-but-named-so";
    let mut command =
        room.command(&["run", "book.md", "--auto", "--share-output", "--param", &format!("api_token={value}")]);
    let output = command.env("DB_PASSWORD", "correct horse battery").output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let mut kept = vec![("stdout".to_owned(), printed(&output)), ("stderr".to_owned(), errors(&output))];
    for entry in walk(&room.path("state")) {
        kept.push((entry.display().to_string(), std::fs::read_to_string(&entry).unwrap()));
    }
    assert!(kept.iter().any(|(name, _)| name.contains("outbox")), "the run waits for a server");
    assert!(kept.iter().any(|(name, text)| name.contains("runs") && text.contains("‹redacted:aws-key›")));
    for (name, text) in &kept {
        for secret in secrets.iter().map(|(_, secret)| secret.as_str()).chain([value, "correct horse battery"]) {
            assert!(!text.contains(secret), "{secret} is in {name}");
        }
    }
}

/// Lines with secrets, and what of each must not be kept. In parts, so that no scanner takes this file for a leak.
fn secrets() -> Vec<(String, String)> {
    let letters = |n: usize| "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zC".chars().cycle().take(n).collect::<String>();
    let hex = |n: usize| "0a1b2c3d4e5f67899f8e7d6c5b4a3210".chars().cycle().take(n).collect::<String>();
    let whole = [
        format!("AKIA{}", "ABCDEFGHIJKLMNOP"),
        format!("ASIA{}", "QRSTUVWXYZ234567"),
        format!("AIza{}", letters(35)),
        format!("ya29.{}", letters(60)),
        format!("xyz8Q~{}", letters(34)),
        format!("dop_v1_{}", hex(64)),
        format!("ghp_{}", letters(36)),
        format!("ghs_{}", letters(36)),
        format!("github_pat_{}", letters(70)),
        format!("glpat-{}", letters(20)),
        format!("npm_{}", letters(36)),
        format!("pypi-{}", letters(80)),
        format!("dckr_pat_{}", letters(27)),
        format!("xoxb-{}", letters(50)),
        format!("xapp-1-{}", letters(50)),
        format!("123456789:AA{}", letters(33)),
        format!("SK{}", hex(32)),
        format!("SG.{}.{}", letters(22), letters(43)),
        format!("key-{}", hex(32)),
        format!("{}-us7", hex(32)),
        format!("sk_live_{}", letters(24)),
        format!("rk_test_{}", letters(24)),
        format!("whsec_{}", letters(32)),
        format!("shpat_{}", hex(32)),
        format!("hvs.{}", letters(90)),
        format!("glsa_{}", letters(40)),
        format!("dapi{}", hex(32)),
        format!("hf_{}", letters(34)),
        format!("sk-ant-api03-{}", letters(80)),
        format!("eyJ{}.eyJ{}.{}", letters(20), letters(40), letters(43)),
    ];
    let mut secrets: Vec<(String, String)> = whole.map(|secret| (format!("it is {secret} there"), secret)).into();
    let inside = |before: &str, secret: &str, after: &str| (format!("{before}{secret}{after}"), secret.to_owned());
    secrets.extend([
        inside("postgres://app:", "p@ssw0rd-of-db", "@db.example:5432/x"),
        inside("Authorization: Basic ", "dXNlcjpwYXNzd29yZA==", ""),
        inside("curl -H 'Authorization: Bearer ", "shortish-bearer-1", "' x"),
        inside("Cookie: ", "session=abcdef0123", ""),
        inside("password = ", "hunter2hunter2", ""),
        inside("\"client_secret\": \"", "0123-clientsecret", "\""),
        inside("DB_PASSWORD='", "it is a phrase", "'"),
        inside("AccountName=x;AccountKey=", &letters(86), ";"),
    ]);
    let key = "MIIEowIBAAKCAQEA0aB1cD2eF3gH4iJ5kL6m";
    secrets.push((format!("-----BEGIN {0} KEY-----\n{key}\n-----END {0} KEY-----", "PRIVATE"), key.to_owned()));
    secrets
}

/// Every file below a folder.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => files.extend(walk(&path)),
            path => files.push(path),
        }
    }
    files
}

#[test]
fn run_2_ctrl_c_ends_everything_that_a_step_started() {
    let room = Room::new();
    room.book(
        "# R\n```sh {id=a}\ntrue\n```\n```sh {id=long}\necho $$ > leader\nsh -c 'echo $$ > child; exec sleep 1000' &\n\
         sleep 1000 | sleep 1000\n```\n```sh\ntouch after\n```\n",
    );
    let child = room.spawn(&["run", "book.md"]);
    let (leader, grandchild) = (room.wait_for_text("leader"), room.wait_for_text("child"));
    assert!(is_alive(&leader) && is_alive(&grandchild));
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("it was interrupted"), "{}", errors(&output));
    assert!(!is_alive(&leader) && !is_alive(&grandchild), "a child is left");
    let group = Command::new("ps").args(["-eo", "pgid,stat,args"]).output();
    if let Ok(group) = group {
        let left = printed(&group)
            .lines()
            .filter(|line| line.split_whitespace().next() == Some(&leader) && !line.contains(" Z"))
            .count();
        assert_eq!(left, 0, "{}", printed(&group));
    }
    assert!(!room.path("after").exists());
    let record = room.record(&room.only_run());
    assert_eq!(record.last().unwrap()["outcome"], "interrupted");
    assert!(
        record
            .iter()
            .any(|line| line["kind"] == "end" && line["step"] == "long" && line["why"] == "it was interrupted")
    );
}

#[test]
fn ctrl_c_at_a_question_ends_the_run() {
    let room = Room::new();
    room.book("# R\n- [ ] think {id=think}\n");
    let mut child = room.spawn(&["run", "book.md", "-o", "json"]);
    // Held open: the end of input is an answer, too.
    let stdin = child.stdin.take();
    eventually(SOON, || room.runs().is_dir() && room.record(&room.only_run()).len() == 2, |there| *there);
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    drop(stdin);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), told["outcome"].as_str()), (Some(1), Some("interrupted")));
}

#[test]
fn a_step_that_will_not_end_is_killed_ten_seconds_after_it_was_asked_to() {
    let room = Room::new();
    room.book("# R\n```sh {id=deaf timeout=300ms}\ntrap '' TERM\necho $$ > pid\nwhile :; do sleep 0.1; done\n```\n");
    let begun = Instant::now();
    let (told, code) = room.json(&["run", "book.md"], "");
    let passed = begun.elapsed();
    assert_eq!((code, told["outcome"].as_str()), (Some(1), Some("stopped")));
    assert!((Duration::from_secs(10)..Duration::from_secs(20)).contains(&passed), "{passed:?}");
    assert!(!is_alive(room.text("pid").trim()));
    let polite = Room::new();
    polite.book("# R\n```sh {timeout=300ms}\nsleep 1000\n```\n");
    let begun = Instant::now();
    let output = polite.run(&["run", "book.md"], "");
    assert!(errors(&output).contains("it took longer than 300ms"), "{}", errors(&output));
    assert!(begun.elapsed() < Duration::from_secs(8));
}

#[test]
fn a_gigabyte_of_output_does_not_grow_memory() {
    let room = Room::new();
    room.book(
        "# R\n```sh {id=lines}\n(yes 'a line like many others, forty-eight bytes long' || true) | head -c 500000000\n```\n\
         ```sh {id=line}\nhead -c 500000000 /dev/zero | tr '\\0' x\n```\n",
    );
    let mut command = room.command(&["run", "book.md", "-o", "json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut highest_kib = 0;
    while child.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let high = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        highest_kib = highest_kib.max(high.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let record = room.record(&room.only_run());
    let ends: Vec<&Value> = record.iter().filter(|line| line["kind"] == "end").collect();
    assert!(ends.len() == 2 && ends.iter().all(|end| end["outputBytes"] == 500_000_000));
    assert!(ends.iter().all(|end| end["output"].as_str().unwrap().len() < 270_000));
    assert!(highest_kib > 0 && highest_kib < 128 << 10, "{highest_kib} KiB");
    println!("highest resident size: {highest_kib} KiB");
}

#[test]
fn a_bad_attribute_is_trouble_with_its_place() {
    let room = Room::new();
    std::fs::write(room.path("book.md"), "# R\n\n```sh {id=look tiemout=20s}\ntrue\n```\n").unwrap();
    let output = room.run(&["run", "book.md"], "");
    assert_eq!(output.status.code(), Some(2));
    let expected = "error: book.md:3:16: there is no attribute 'tiemout'\nhint: did you mean 'timeout'?\n";
    assert_eq!(errors(&output), expected);
    assert_eq!(room.run(&["run", "gone.md"], "").status.code(), Some(2));
    let korean = room.run(&["run", "book.md", "--lang", "ko"], "");
    assert!(errors(&korean).contains("book.md:3:16: 'tiemout' 속성은 없습니다"), "{}", errors(&korean));
}

#[test]
fn a_parameter_stays_data_whatever_it_says() {
    let room = Room::new();
    room.book("---\nnines: runbook/1\nparams: { value: , env: { enum: [stg, prod], default: stg }, pod: { match: '[a-z0-9-]+', default: x } }\n---\n# R\n```sh {id=a}\nprintf '%s' \"$value\" > out\nprintf %s \"$env$pod\" > /dev/null\n```\n");
    let values = [
        "$(touch pwned)",
        "`touch pwned`",
        "a\"; touch pwned; \"",
        "'; touch pwned; '",
        "a\ntouch pwned\n",
        "\\",
        "*",
        "$HOME",
        "-n",
        "한글 ✓",
        "x' $(touch pwned) \"y",
    ];
    for value in values {
        let output = room.run(&["run", "book.md", "--auto", "--param", &format!("value={value}")], "");
        assert_eq!(output.status.code(), Some(0), "{value}: {}", errors(&output));
        assert_eq!(room.text("out"), value);
        assert!(!room.path("pwned").exists(), "{value}");
    }
    let refused = |param: &str| {
        std::fs::remove_file(room.path("out")).ok();
        let output = room.run(&["run", "book.md", "--auto", "--param", "value=x", "--param", param], "");
        assert!(!room.path("out").exists());
        (output.status.code(), errors(&output))
    };
    assert_eq!(refused("env=dev").0, Some(1));
    let (code, errors) = refused("pod=a; touch pwned");
    assert_eq!(code, Some(1));
    assert!(errors.contains("hint: the whole value must match [a-z0-9-]+"), "{errors}");
    assert_eq!(refused("pod=a\n").0, Some(1));
    assert_eq!(refused("gone=1").0, Some(2));
    assert_eq!(refused("novalue").0, Some(2));
}

#[test]
fn what_one_run_holds_no_other_takes() {
    let room = Room::new();
    room.book("---\nnines: runbook/1\nservice: pay\nrequire: { lock: service }\n---\n# R\n- [ ] wait {id=w}\n");
    let mut first = room.spawn(&["run", "book.md", "--actor", "ben"]);
    eventually(SOON, || room.runs().is_dir() && room.record(&room.only_run()).len() == 2, |there| *there);
    let second = room.run(&["run", "book.md"], "y\n");
    assert_eq!(second.status.code(), Some(1));
    assert!(errors(&second).contains("'pay' is held by another run: ben, book,"), "{}", errors(&second));
    let resumed = room.run(&["run", "book.md", "--resume", &room.only_run()], "y\n");
    assert!(errors(&resumed).contains("is still going"), "{}", errors(&resumed));
    first.stdin.take().unwrap().write_all(b"y\n").unwrap();
    assert_eq!(wait(first), Some(0));
    assert_eq!(room.run(&["run", "book.md"], "y\n").status.code(), Some(0));
}

#[test]
fn steps_leave_variables_and_the_folder_to_those_after_them() {
    let room = Room::new();
    room.book(
        "# R\n```sh\nexport A=one B='two\nlines'\nC=not-exported\nmkdir -p sub\ncd sub\nexport PATH=\"$PWD/bin:$PATH\"\n```\n\
         ```sh {capture=answer}\necho '  forty two  '\n```\n\
         ```sh {when=answer=nothing}\ntouch ../never\n```\n\
         ```sh {when=\"A=one\"}\nprintf '%s|' \"$A\" \"$B\" \"${C-gone}\" \"$answer\" \"$(basename \"$PWD\")\" \"${PATH%%:*}\" > ../out\nunset A\n```\n\
         ```sh\nexit 0\n```\n```sh\ntest -z \"${A-}\"\ntest \"$(basename \"$PWD\")\" = sub\n```\n",
    );
    let (told, code) = room.json(&["run", "book.md", "--auto"], "");
    assert_eq!(code, Some(0), "{told}");
    let bin = room.path("sub").canonicalize().unwrap().join("bin");
    assert_eq!(room.text("out"), format!("one|two\nlines|gone|  forty two  |sub|{}|", bin.display()));
    assert!(!room.path("never").exists());
    assert_eq!(told["steps"][2]["skipped"], "'answer=nothing' does not hold");
}

#[test]
fn a_check_looks_until_it_is_as_expected_and_a_retry_tries_again() {
    let room = Room::new();
    room.book(
        "# R\n```sh {id=start}\n(sleep 0.4; echo 200 > code) > /dev/null 2>&1 &\n```\n\
         ```sh {id=ok check interval=50ms timeout=20s expect=\"200\"}\ncat code 2>/dev/null || echo 000\n```\n\
         ```sh {id=third retry=3 interval=10ms}\necho x >> tries\ntest $(wc -l < tries) -ge 3\n```\n\
         ```sh {id=found expect=\"/^v[0-9]+/\"}\necho v12\n```\n",
    );
    let (told, code) = room.json(&["run", "book.md", "--auto"], "");
    assert_eq!(code, Some(0), "{told}");
    assert_eq!(room.text("tries"), "x\nx\nx\n");
    room.book("# R\n```sh {id=never check interval=50ms timeout=300ms}\nfalse\n```\n");
    let (told, code) = room.json(&["run", "book.md", "--auto"], "");
    assert_eq!(
        (code, told["outcome"].as_str(), &told["steps"][0]["exit"]),
        (Some(1), Some("stopped"), &serde_json::json!(1))
    );
    room.book("# R\n```sh {id=other expect=yes}\necho no\n```\n");
    let output = room.run(&["run", "book.md", "--auto"], "");
    assert!(errors(&output).contains("it printed 'no', not 'yes'"), "{}", errors(&output));
}

#[test]
fn people_are_asked_and_the_end_of_input_refuses() {
    let room = Room::new();
    room.book(
        "---\nnines: runbook/1\nparams: { pod: { prompt: Pod name, match: '^pay-[a-z]+$' } }\n---\n# R\n\
         - [ ] `$pod` is drained {id=drained}\n```sh {id=kill confirm}\necho \"$pod\" > killed\n```\n\
         ```sh {id=prod danger=prod}\ntouch danger\n```\n",
    );
    let output = room.run(&["run", "book.md"], "PAY\npay-a\n\ny\nprod\n");
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let said = errors(&output);
    assert!(said.contains("Pod name (pod): ") && said.contains("`pay-a` is drained"), "{said}");
    assert!(said.contains("hint: the whole value must match ^pay-[a-z]+$"), "{said}");
    assert_eq!(room.text("killed"), "pay-a\n");
    assert!(room.path("danger").exists());
    for (answers, at) in
        [("", "ask.pod"), ("pay-a\n", "drained"), ("pay-a\ny\nn\n", "kill"), ("pay-a\ny\ny\nstg\n", "prod")]
    {
        std::fs::remove_file(room.path("danger")).ok();
        let (told, code) = room.json(&["run", "book.md"], answers);
        assert_eq!((code, told["outcome"].as_str()), (Some(1), Some("refused")), "{told}");
        assert_eq!(told["steps"].as_array().unwrap().last().unwrap()["id"], at);
        assert!(!room.path("danger").exists());
    }
}

#[test]
fn an_interactive_step_has_the_terminals_input_and_keeps_no_output() {
    let room = Room::new();
    room.book("# R\n- [ ] first\n```sh {id=talk interactive}\nread -r word\necho \"secret $word\" | tee talked\nexport WORD=$word\n```\n```sh\ntest \"$WORD\" = hello\n```\n- [ ] last\n");
    let output = room.run(&["run", "book.md"], "y\nhello\ny\n");
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    assert_eq!(room.text("talked"), "secret hello\n");
    let record = room.record(&room.only_run());
    let end = record.iter().find(|line| line["kind"] == "end" && line["step"] == "talk").unwrap();
    assert_eq!((&end["interactive"], &end["output"]), (&Value::Bool(true), &Value::Null));
    assert_eq!(room.run(&["run", "book.md", "--auto"], "").status.code(), Some(1));
}

#[test]
fn a_run_begins_where_it_is_told_and_leaves_out_what_it_is_told() {
    let room = Room::new();
    room.book("# R\n```sh {id=a}\necho a >> log\n```\n```sh {id=b}\necho b >> log\n```\n```sh {id=c}\necho c >> log\n```\n```sh {id=d}\necho d >> log\n```\n");
    let (told, code) = room.json(&["run", "book.md", "--start-at", "b", "--skip", "c", "--reason", "done by hand"], "");
    assert_eq!(code, Some(0));
    assert_eq!(room.text("log"), "b\nd\n");
    let skipped: Vec<&Value> = told["steps"].as_array().unwrap().iter().map(|step| &step["skipped"]).collect();
    assert_eq!(
        skipped,
        [&Value::from("it stands before --start-at"), &Value::Null, &Value::from("done by hand"), &Value::Null]
    );
    assert_eq!(room.run(&["run", "book.md", "--start-at", "x"], "").status.code(), Some(2));
    assert_eq!(room.run(&["run", "book.md", "--skip", "c"], "").status.code(), Some(2));
}

#[test]
fn what_failed_is_undone_by_who_agrees() {
    let room = Room::new();
    let text = "# R\n```sh {id=deploy undo=back}\necho deploy >> log\n```\n```sh {id=probe}\ntest -e healthy\n```\n```sh {id=back}\necho back >> log\n```\n";
    room.book(text);
    let output = room.run(&["run", "book.md"], "y\n");
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("undo deploy by back?"), "{}", errors(&output));
    assert_eq!(room.text("log"), "deploy\nback\n");
    // What was undone is done again.
    std::fs::write(room.path("healthy"), "").unwrap();
    let output = room.run(&["run", "book.md", "--resume", &room.only_run()], "");
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    assert_eq!(room.text("log"), "deploy\nback\ndeploy\n");
    std::fs::remove_file(room.path("healthy")).unwrap();
    let output = room.run(&["run", "book.md", "--auto"], "");
    assert!(errors(&output).contains("nines run book.md --start-at back"), "{}", errors(&output));
    assert_eq!(room.text("log"), "deploy\nback\ndeploy\ndeploy\n");
    assert_eq!(room.run(&["run", "book.md", "--start-at", "back"], "").status.code(), Some(0));
    assert_eq!(room.text("log"), "deploy\nback\ndeploy\ndeploy\nback\n");
}

#[test]
fn a_plan_says_what_would_happen_and_runs_nothing() {
    let room = Room::new();
    std::fs::write(room.path("book.md"), "# Restart\n```sh {id=a readonly}\ntouch ran\n```\n- [ ] look {id=b}\n")
        .unwrap();
    let (told, code) = room.json(&["run", "book.md", "--plan"], "");
    assert_eq!(
        (code, &told["approved"], &told["needsHuman"]),
        (Some(0), &Value::Bool(false), &serde_json::json!(["b"]))
    );
    assert_eq!(
        (&told["steps"][0]["readonly"], &told["steps"][1]["kind"]),
        (&Value::Bool(true), &Value::from("manual"))
    );
    let table = room.run(&["run", "book.md", "--plan"], "");
    assert!(printed(&table).contains("needs a person"), "{}", printed(&table));
    assert!(!room.path("ran").exists() && !room.path("state").exists());
}

#[test]
fn files_of_runs_are_their_users_alone() {
    use std::os::unix::fs::PermissionsExt;
    let room = Room::new();
    room.book("# R\n```sh\ntrue\n```\n");
    assert_eq!(room.run(&["run", "book.md"], "").status.code(), Some(0));
    for path in walk(&room.path("state")) {
        let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", path.display());
    }
    assert_eq!(std::fs::metadata(room.runs()).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_run_reaches_the_server_in_parts_that_count_each_minute_once() {
    let data = TempDir::new().unwrap();
    let server = Server::start(data.path(), &[]);
    let room = Room { server: server.url.clone(), ..Room::new() };
    room.book("---\nnines: runbook/1\nid: pay-restart\n---\n# R\n```sh {id=a}\nsleep 0.3\n```\n```sh {id=b}\ntest -e go\n```\n");
    assert_eq!(room.run(&["run", "book.md"], "").status.code(), Some(1));
    let run = room.only_run();
    let first = server.get(&format!("/api/nines/v1/runs/{run}")).json();
    assert_eq!((first["outcome"].as_str(), first["runbook"].as_str()), (Some("stopped"), Some("pay-restart")));
    assert!(first["steps"][0]["output"].is_null(), "{first}");
    std::fs::write(room.path("go"), "").unwrap();
    assert_eq!(room.run(&["run", "book.md", "--resume", &run, "--share-output"], "").status.code(), Some(0));
    let second = server.get(&format!("/api/nines/v1/runs/{run}.2")).json();
    assert_eq!(second["outcome"], "finished");
    let ids: Vec<&Value> = second["steps"].as_array().unwrap().iter().map(|step| &step["id"]).collect();
    assert_eq!(ids, [&Value::from("b")]);
    assert!(second["attendedSeconds"].as_f64().unwrap() < first["attendedSeconds"].as_f64().unwrap());
    let book = server.get("/api/nines/v1/runbooks/pay-restart").json();
    assert_eq!(book["approvedBy"], "ana");
}

#[test]
fn the_gate_is_asked_where_the_runbook_wants_it() {
    let text = "---\nnines: runbook/1\nservice: pay\nrequire: { gate: not-frozen-or-break-glass }\n---\n# R\n```sh\ntouch ran\n```\n";
    let room = Room::new();
    room.book(text);
    let silent = room.run(&["run", "book.md"], "");
    assert_eq!(silent.status.code(), Some(1));
    assert!(errors(&silent).contains("wants to ask the gate, and cannot"), "{}", errors(&silent));
    let broken = room.run(&["run", "book.md", "--skip", "require.gate", "--reason", "the server is what is down"], "");
    assert_eq!(broken.status.code(), Some(0), "{}", errors(&broken));
    let data = TempDir::new().unwrap();
    let server = Server::start(data.path(), &[]);
    let room = Room { server: server.url.clone(), ..Room::new() };
    room.book(text);
    assert_eq!(room.run(&["run", "book.md"], "").status.code(), Some(0));
    let frozen = room.run(&["freeze", "on", "pay", "--reason", "sale", "--for", "1h"], "");
    assert_eq!(frozen.status.code(), Some(0), "{}", errors(&frozen));
    let held = room.run(&["run", "book.md"], "");
    assert_eq!(held.status.code(), Some(1));
    assert!(errors(&held).contains("the gate holds pay: "), "{}", errors(&held));
}

#[test]
fn a_wait_for_budgets_without_figures_ends_at_its_limit() {
    let data = TempDir::new().unwrap();
    let server = Server::start(data.path(), &[]);
    let room = Room { server: server.url.clone(), ..Room::new() };
    room.book("# R\n```slo {id=calm timeout=400ms interval=100ms}\nburn(pay) < 1\n```\n");
    let output = room.run(&["run", "book.md", "--auto"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("step calm stopped the run: no SLO of pay has figures"), "{}", errors(&output));
}

#[test]
fn a_wait_for_budgets_goes_on_only_where_they_burn_slowly_enough() {
    let folder = TempDir::new().unwrap();
    let definitions = folder.path().join("definitions");
    std::fs::create_dir(&definitions).unwrap();
    std::fs::write(definitions.join("shop.yaml"), availability("shop", "0.99")).unwrap();
    let server = Server::start(&folder.path().join("data"), &["--definitions", &definitions.display().to_string()]);
    let room = Room { server: server.url.clone(), ..Room::new() };
    room.book("---\nnines: runbook/1\nservice: shop\n---\n# R\n```slo {id=calm timeout=300ms interval=100ms}\n```\n");
    let counted = || {
        let slo = &server.get("/api/nines/v1/slos").json()["items"][0];
        slo["good"].as_u64().unwrap() + slo["bad"].as_u64().unwrap()
    };
    let answers = |ids: std::ops::Range<u64>, tags: &str| {
        let span = |id: u64| {
            format!(
                r#"{{"traceId":"{0:016x}","id":"{0:016x}","kind":"SERVER","name":"get","timestamp":{1},"duration":10,"localEndpoint":{{"serviceName":"shop"}}{tags}}}"#,
                (id + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15),
                now_us() - 1000
            )
        };
        let n_after = ids.end;
        let spans: Vec<String> = ids.map(span).collect();
        assert_eq!(server.post("/api/v2/spans", &[], format!("[{}]", spans.join(",")).as_bytes()).status, 202);
        eventually(SOON, counted, |counted| *counted == n_after);
    };
    answers(0..1000, "");
    let calm = room.run(&["run", "book.md", "--auto"], "");
    assert_eq!(calm.status.code(), Some(0), "{}", errors(&calm));
    answers(1000..1100, r#","tags":{"error":"x"}"#);
    let burning = room.run(&["run", "book.md", "--auto"], "");
    assert_eq!(burning.status.code(), Some(1));
    assert!(errors(&burning).contains("step calm stopped the run: burn rate 9.09"), "{}", errors(&burning));
}

#[test]
fn with_a_data_directory_records_and_approvals_stand_in_it() {
    let room = Room::new();
    std::fs::write(room.path("book.md"), "# R\n```sh\ntrue\n```\n").unwrap();
    std::fs::create_dir(room.path("data")).unwrap();
    let approved = room.run(&["--data", "data", "runbook", "approve", "book.md"], "");
    assert_eq!(approved.status.code(), Some(0), "{}", errors(&approved));
    let output = room.run(&["--data", "data", "run", "book.md", "-o", "json"], "");
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let run = told["run"].as_str().unwrap();
    assert!(room.path(&format!("data/runs/{run}.jsonl")).exists() && room.path("data/approvals.jsonl").exists());
    assert!(!room.path("state").exists());
    let server = Server::start(&room.path("data"), &[]);
    assert_eq!(server.get(&format!("/api/nines/v1/runs/{run}")).json()["outcome"], "finished");
    assert_eq!(server.get("/api/nines/v1/runbooks/book").json()["approvedBy"], "ana");
}

#[test]
fn runbooks_are_checked_and_listed() {
    let room = Room::new();
    room.book("# R\n```sh\ntrue\n```\n");
    std::fs::write(room.path("prose.md"), "# Words\n\nNothing to do here.\n").unwrap();
    assert_eq!(room.run(&["runbook", "check", "."], "").status.code(), Some(0));
    std::fs::write(room.path("warned.md"), "# W\n```sh\necho $unset_anywhere\n```\n").unwrap();
    assert_eq!(room.run(&["runbook", "check", "."], "").status.code(), Some(0));
    std::fs::write(room.path("bad.md"), "# B\n```sh {oops}\ntrue\n```\n").unwrap();
    let (told, code) = room.json(&["runbook", "check", ".", "warned.md"], "");
    assert_eq!((code, told["errors"].as_u64(), told["warnings"].as_u64()), (Some(1), Some(1), Some(2)));
    let bad = told["items"].as_array().unwrap().iter().find(|item| item["severity"] == "error").unwrap();
    assert_eq!((bad["line"].as_u64(), bad["column"].as_u64()), (Some(2), Some(8)));
    for _ in 0..10 {
        assert_eq!(room.run(&["run", "book.md", "--auto"], "").status.code(), Some(0));
    }
    let (told, code) = room.json(&["runbook", "list"], "");
    assert_eq!(code, Some(0));
    let of = |file: &str| {
        told["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|item| item["file"].as_str().unwrap().ends_with(file))
            .cloned()
            .unwrap()
    };
    let book = of("book.md");
    assert_eq!(
        (book["approval"].as_str(), book["level"].as_str(), book["runs"].as_u64()),
        (Some("approved"), Some("L3"), Some(10))
    );
    assert_eq!(of("warned.md")["approval"], "never");
    assert_eq!(of("bad.md")["approval"], "broken");
    assert!(told["items"].as_array().unwrap().iter().all(|item| !item["file"].as_str().unwrap().ends_with("prose.md")));
}

#[test]
fn the_examples_are_sound() {
    let folder = repository().join("examples/runbooks");
    let files = std::fs::read_dir(&folder).unwrap().count();
    assert!(files >= 4);
    let output = Room::new().run(&["runbook", "check", &folder.display().to_string()], "");
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
}
