//! `nines toil import` and `nines toil mine`, as a user runs them.

use crate::process::{Server, nines, run};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Exit code, stdout, stderr.
fn told(output: &Output) -> (i32, String, String) {
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

fn write(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.display().to_string()
}

/// Runs `nines toil import` on a data directory.
fn import(data: &Path, arguments: &[&str]) -> (i32, String, String) {
    let data = data.display().to_string();
    let mut all = vec!["toil", "import", "--data", &data];
    all.extend(arguments);
    told(&run(&all))
}

const ROWS: &str = "source,ext_id,person,team,task,title,category,class,start,end,attended_s,evidence,interrupt,link
jira,OPS-1,ana,pay,access,\"Access,
for cho\",business_process,,2026-11-02T10:00:00Z,,600,,,
jira,OPS-2,ben,pay,access,x,business_process,overhead,2026-11-02T11:00:00Z,,600,,,
jira,OPS-3,ben,pay,access,x,business_process,,yesterday,,600,,,
,,ben,pay,quota,x,business_process,,2026-11-02T12:00:00Z,2026-11-02T12:20:00Z,,,,
";

#[test]
fn a_file_twice_is_all_duplicates_and_what_is_refused_has_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &[]);
    let file = write(folder.path(), "rows.csv", ROWS);
    let import = |more: &[&str]| {
        let mut all = vec!["toil", "import", "--server", &server.url, "csv", &file];
        all.extend(more);
        told(&run(&all))
    };
    let (exit, out, said) = import(&[]);
    assert_eq!((exit, out.as_str()), (1, "2 imported, 0 duplicate, 2 refused\n"), "{said}");
    let overhead = format!("error: {file}:4: overhead (meetings, expenses, reviews) is never toil and is not kept");
    assert!(said.contains(&overhead) && said.contains(&format!("error: {file}:5: `start`: `yesterday`")), "{said}");
    let (exit, out, _) = import(&["-o", "json"]);
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((exit, json["imported"].as_u64(), json["duplicate"].as_u64()), (1, Some(0), Some(2)));
    assert_eq!((json["refused"][0]["line"].as_u64(), json["refused"][1]["line"].as_u64()), (Some(4), Some(5)));
    let korean = import(&["--lang", "ko"]);
    assert!(korean.1.contains("중복 2") && korean.2.contains("토일이 아니므로"), "{korean:?}");
    let report = server.get("/api/nines/v1/toil/report?from=2026-11-01T00:00:00Z&to=2026-11-08T00:00:00Z").json();
    assert_eq!(report["teams"][0]["countedHours"]["C"].as_f64(), Some(0.5), "{report}");
}

#[test]
fn without_a_server_nothing_is_kept_for_later() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "rows.csv", ROWS);
    let state = folder.path().join("state");
    let arguments = ["toil", "import", "csv", &file, "--server", "http://127.0.0.1:1"];
    let (exit, out, said) = told(&nines(&arguments).env("XDG_STATE_HOME", &state).output().unwrap());
    assert_eq!((exit, out.as_str()), (2, ""));
    assert!(said.contains("hint:") && !state.join("nines").exists(), "{said}");
}

#[test]
fn a_dry_run_sends_nothing_and_shows_what_it_would() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "rows.csv", ROWS);
    let arguments = ["toil", "import", "csv", &file, "--dry-run", "--server", "http://127.0.0.1:1"];
    let (exit, out, _) = told(&run(&arguments));
    assert_eq!(exit, 1);
    assert!(out.contains("quota") && out.ends_with("csv: entries 2, pages 0, refused 2; nothing was sent\n"), "{out}");
    let (_, out, _) = told(&run(&[&arguments[..], &["-o", "json"]].concat()));
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((json["entries"].as_array().unwrap().len(), json["refused"].as_array().unwrap().len()), (2, 2));
}

#[test]
fn a_map_is_kept_under_a_name_and_its_faults_have_places() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(
        folder.path(),
        "export.csv",
        "Key;Type;Opened;Spent\nD-1;Access;2026-11-02 09:00;10\nD-2;Quota;2026-11-02 10:00;\n",
    );
    let map = write(
        folder.path(),
        "desk.toml",
        "[columns]\ntask = \"Type\"\next_id = \"Key\"\nstart = { column = \"Opened\", format = \"%Y-%m-%d %H:%M\", zone = \"Asia/Seoul\" }\nattended = { column = \"Spent\", unit = \"min\" }\n[set]\nsource = \"desk\"\n",
    );
    let data = folder.path().join("data").display().to_string();
    std::fs::create_dir(&data).unwrap();
    let import = |arguments: &[&str]| {
        let mut all = vec!["toil", "import", "--data", &data];
        all.extend(arguments);
        told(&nines(&all).env("XDG_CONFIG_HOME", folder.path()).output().unwrap())
    };
    let (exit, out, said) = import(&["csv", &file, "--map", &map, "--save-map", "desk"]);
    assert_eq!((exit, out.as_str()), (1, "1 imported, 0 duplicate, 1 refused\n"), "{said}");
    assert!(said.contains("export.csv:3: no effort is known; elapsed time is not effort\nhint: "), "{said}");
    assert!(folder.path().join("nines/maps/desk.toml").is_file());
    let (exit, out, said) = import(&["csv", &file, "--map", "desk", "--minutes", "15"]);
    assert_eq!((exit, out.as_str()), (0, "1 imported, 1 duplicate, 0 refused\n"), "{said}");
    let faulty = write(folder.path(), "faulty.toml", "[columns]\ntsk = \"Type\"\n");
    let (exit, _, said) = import(&["csv", &file, "--map", &faulty]);
    assert!(exit == 2 && said.contains(&format!("{faulty}:2:1: `tsk` is not known; did you mean `task`?")), "{said}");
    let (exit, _, said) = import(&["csv", &file]);
    assert!(exit == 2 && said.contains("export.csv:1: there is no column `task`"), "{said}");
    let (exit, _, said) = import(&["csv", &file, "--map", "../desk"]);
    assert!(exit == 2 && said.contains("is no file"), "{said}");
    let (exit, _, _) = import(&["csv", &file, "--map", "desk", "--save-map", "../x"]);
    assert_eq!(exit, 2);
}

/// Runs git in a folder, at a time, as somebody.
fn git(folder: &Path, at: &str, arguments: &[&str]) {
    let status = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=ana", "-c", "user.email=ana@example.invalid", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .envs([
            ("GIT_AUTHOR_DATE", at),
            ("GIT_COMMITTER_DATE", at),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("HOME", "/nonexistent"),
        ])
        .output()
        .expect("git runs");
    assert!(status.status.success(), "{arguments:?}: {}", text(&status.stderr));
}

fn commit(folder: &Path, at: &str, file: &str, content: &str, subject: &str) {
    std::fs::write(folder.join(file), content).unwrap();
    git(folder, at, &["add", "."]);
    git(folder, at, &["commit", "-q", "-m", subject]);
}

#[test]
fn a_repository_tells_of_reverts_hotfixes_fixes_and_edits_once() {
    let folder = tempfile::tempdir().unwrap();
    let pay = folder.path().join("pay");
    std::fs::create_dir(&pay).unwrap();
    git(&pay, "2026-11-09T10:00:00+09:00", &["init", "-q", "-b", "main"]);
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let path = pay.display().to_string();
    assert_eq!(import(&data, &["git", &path]).1, "0 imported, 0 duplicate, 0 refused\n", "no commit yet");
    commit(&pay, "2026-11-09T10:00:00+09:00", "pool.rs", "1\n", "pay: a pool");
    git(&pay, "2026-11-14T11:00:00+09:00", &["revert", "--no-edit", "HEAD"]);
    git(&pay, "2026-11-17T14:00:00+09:00", &["switch", "-q", "-c", "hotfix/timeouts"]);
    commit(&pay, "2026-11-17T14:30:00+09:00", "timeouts.rs", "1\n", "pay: longer");
    git(&pay, "2026-11-17T15:00:00+09:00", &["switch", "-q", "main"]);
    git(&pay, "2026-11-17T15:00:00+09:00", &["merge", "-q", "--no-ff", "--no-edit", "hotfix/timeouts"]);
    commit(&pay, "2026-11-18T21:00:00+09:00", "한도 표.rs", "1\n", "pay: a table");
    commit(&pay, "2026-11-18T22:10:00+09:00", "한도 표.rs", "2\n", "fix the table");
    for day in 20..25 {
        commit(&pay, &format!("2026-11-{day}T10:00:00+09:00"), "quota.yaml", &format!("{day}\n"), "one more");
    }
    let (exit, out, said) = import(&data, &["git", &path, "--team", "payments"]);
    assert_eq!((exit, out.as_str()), (0, "8 imported, 0 duplicate, 0 refused\n"), "{said}");
    assert_eq!(import(&data, &["git", &path]).1, "0 imported, 8 duplicate, 0 refused\n");
    let (_, out, _) = import(&data, &["git", &path, "--dry-run", "-o", "json"]);
    let json: Value = serde_json::from_str(&out).unwrap();
    let minutes = |task: &str| -> f64 {
        let of_task = json["entries"].as_array().unwrap().iter().filter(|entry| entry["task"] == task);
        of_task.map(|entry| entry["attendedSeconds"].as_f64().unwrap() / 60.0).sum()
    };
    let found = ["revert:pay", "hotfix:pay", "quick-fix:pay", "edit:pay/quota.yaml"].map(minutes);
    assert_eq!(found, [67.5, 60.0, 22.5, 50.0], "{json}");
    // A clone without contents still has every path.
    git(&pay, "2026-11-25T10:00:00Z", &["config", "uploadpack.allowFilter", "true"]);
    git(
        folder.path(),
        "2026-11-25T10:00:00Z",
        &["clone", "-q", "--bare", "--filter=blob:none", &format!("file://{path}"), "part"],
    );
    let part = folder.path().join("part").display().to_string();
    let (exit, out, said) = import(&data, &["git", &part]);
    assert_eq!((exit, out.as_str()), (0, "0 imported, 3 duplicate, 0 refused\n"), "{said}");
    assert!(said.contains("small edits of configuration are not looked for"), "{said}");
    let (exit, _, said) = import(&data, &["git", &folder.path().display().to_string()]);
    assert!(exit == 2 && said.contains("cannot be read as a repository: not a git repository"), "{said}");
}

#[test]
fn pages_of_alertmanager_come_once_and_their_ends_later() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &[]);
    let body = |status: &str, ends: &str| {
        format!(
            r#"{{"version":"4","receiver":"ops","alerts":[{{"status":"{status}","labels":{{"alertname":"DiskFull","team":"storage"}},"startsAt":"2026-11-10T02:00:00Z","endsAt":"{ends}","fingerprint":"f00d"}}]}}"#
        )
    };
    let fires = write(folder.path(), "fires.json", &body("firing", "0001-01-01T00:00:00Z"));
    let ends = write(folder.path(), "ends.json", &format!("{}\nnonsense\n", body("resolved", "2026-11-10T02:30:00Z")));
    let import = |file: &str| told(&run(&["toil", "import", "--server", &server.url, "alertmanager", file]));
    assert_eq!(import(&fires).1, "1 imported, 0 duplicate, 0 refused\n");
    assert_eq!(import(&fires).1, "0 imported, 1 duplicate, 0 refused\n");
    let (exit, out, said) = import(&ends);
    assert!(
        exit == 1 && out.ends_with(", 1 refused\n") && said.contains("ends.json:2: cannot be read as JSON"),
        "{out}{said}"
    );
    let report = server.get("/api/nines/v1/toil/report?from=2026-11-09T00:00:00Z&to=2026-11-16T00:00:00Z").json();
    assert_eq!(report["oncall"]["alerts"].as_u64(), Some(1), "{report}");
}

const HISTORY: &str = concat!(
    ": 1793600000:2;kubectl get pods -n pay\n: 1793600020:9;kubectl delete pod pay-7f9 -n pay\n",
    ": 1793700000:2;kubectl get pods -n pay\n: 1793700020:9;kubectl delete pod pay-8a1 -n pay\n",
    ": 1793800000:2;kubectl get pods -n cart\n: 1793800020:9;kubectl delete pod cart-3 -n cart\n",
);

#[test]
fn a_history_proposes_a_runbook_and_nothing_typed_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let history = write(folder.path(), "history", HISTORY);
    let runbooks = folder.path().join("runbooks");
    let arguments = ["toil", "mine", "--history", &history, "--write", &runbooks.display().to_string()];
    let (exit, out, said) = told(&run(&arguments));
    assert_eq!(exit, 0, "{said}");
    assert_eq!(out, "3× on 3 days, median 29s: `kubectl get pods -n {}` → `kubectl delete pod {} -n {}`\n");
    let file = runbooks.join("kubectl-delete-pod.md");
    let markdown = std::fs::read_to_string(&file).unwrap();
    assert!(
        markdown.contains("kubectl delete pod \"$pod\" -n \"$namespace\"") && !markdown.contains("7f9"),
        "{markdown}"
    );
    std::fs::write(&file, "completed").unwrap();
    run(&arguments);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "completed");
    let untimed = write(folder.path(), "untimed", "git status\n");
    let (exit, _, said) = told(&run(&["toil", "mine", "--history", &untimed]));
    assert!(
        exit == 2 && said.contains("untimed: it says of no command when it ran") && said.contains("HISTTIMEFORMAT")
    );
}

#[test]
fn what_agents_typed_and_what_was_deleted_is_nobodys() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let database = rusqlite::Connection::open(&path).unwrap();
    database
        .execute_batch("CREATE TABLE history (id TEXT PRIMARY KEY, timestamp INTEGER NOT NULL, duration INTEGER NOT NULL, exit INTEGER NOT NULL, command TEXT NOT NULL, cwd TEXT NOT NULL, session TEXT NOT NULL, hostname TEXT NOT NULL, deleted_at INTEGER, author TEXT, intent TEXT)")
        .unwrap();
    let mut insert = database
        .prepare("INSERT INTO history VALUES (?1, ?2, 1000000000, 0, ?3, '/', ?4, 'h:ana', ?5, ?6, NULL)")
        .unwrap();
    let mut n_rows = 0;
    for day in 0..3i64 {
        for (author, first, deleted) in
            [("ana", "drain a", None), ("claude-code", "agents a", None), ("ana", "deleted a", Some(1))]
        {
            for (at, command) in [first, "uncordon b"].into_iter().enumerate() {
                n_rows += 1;
                let nanos = (1_793_600_000 + day * 86_400 + at as i64 * 10) * 1_000_000_000;
                let row = rusqlite::params![
                    format!("{n_rows}"),
                    nanos,
                    command,
                    format!("{author}{first}{day}"),
                    deleted,
                    author
                ];
                insert.execute(row).unwrap();
            }
        }
    }
    let (exit, out, said) = told(&run(&["toil", "mine", "--atuin", &path.display().to_string()]));
    assert_eq!((exit, out.as_str()), (0, "3× on 3 days, median 11s: `drain {}` → `uncordon {}`\n"), "{said}");
    assert!(said.contains("6 commands of agents"), "{said}");
    let (exit, _, said) = told(&run(&[
        "toil",
        "mine",
        "--atuin",
        &write(folder.path(), "no.db", "nonsense, and long enough to be none"),
    ]));
    assert!(exit == 2 && said.contains("cannot be read as a database of Atuin"), "{said}");
}
