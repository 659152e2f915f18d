//! Guides are followed to the letter: every block of shell in them is run, in order, in a folder with what the guide takes to be
//! there, beside a server of its own.

use crate::process::{NINES, Server, repository};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What the guide of toil takes to be there.
const ALERTS: &str = r#"[{"version":"4","status":"resolved","receiver":"pay","alerts":[
{"status":"resolved","labels":{"alertname":"PayHigh5xx","service":"pay"},"startsAt":"2026-11-02T03:10:00Z","endsAt":"2026-11-02T03:31:00Z","fingerprint":"a1"},
{"status":"resolved","labels":{"alertname":"PayHigh5xx","service":"pay"},"startsAt":"2026-11-09T04:10:00Z","endsAt":"2026-11-09T04:22:00Z","fingerprint":"a1"}]}]
"#;
const TICKETS: &str = "\
ext_id,person,team,task,title,start,attended_s
OPS-1,ana,pay,lift-quota,quota of shop 7,2026-11-03T09:00:00Z,600
OPS-2,ben,pay,lift-quota,quota of shop 9,2026-11-04T09:00:00Z,480
";
const HISTORY: &str = ": 1795000000:2;kubectl get pods -n pay\n: 1795000010:1;kubectl delete pod pay-1 -n pay\n";

/// Blocks of shell of a guide, each with the line it begins at.
fn blocks(text: &str) -> Vec<(usize, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, usize, String, bool)> = None;
    for (number, line) in (1..).zip(text.lines()) {
        match &mut open {
            None if line.starts_with("```") => {
                let fence = &line[..line.len() - line.trim_start_matches('`').len()];
                open = Some((fence, number, String::new(), &line[fence.len()..] == "sh"));
            }
            Some((fence, from, block, is_shell)) if line == *fence => {
                if *is_shell {
                    blocks.push((*from, std::mem::take(block)));
                }
                open = None;
            }
            Some((_, _, block, _)) => {
                block.push_str(line);
                block.push('\n');
            }
            None => {}
        }
    }
    assert!(open.is_none(), "a fence that does not end");
    blocks
}

fn follow(guide: &str, n_blocks_min: usize) {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let server = Server::start(&folder.path().join("data"), &[]);
    let blocks = blocks(&fs::read_to_string(repository().join("docs/guide").join(guide)).unwrap());
    assert!(blocks.len() >= n_blocks_min, "{guide} has {} blocks", blocks.len());
    let beside = Path::new(NINES).parent().unwrap();
    let path = format!("{}:{}", beside.display(), std::env::var("PATH").unwrap_or_default());
    for (line, block) in blocks {
        let output = Command::new("bash")
            .args(["-euo", "pipefail", "-c", &block])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .env("PATH", &path)
            .env("HOME", folder.path())
            .env("XDG_STATE_HOME", folder.path().join("state"))
            .env("NINES_SERVER", &server.url)
            .env("NINES_PERSON", "ana")
            .env("NINES_TEAM", "pay")
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        assert!(output.status.success(), "{guide}:{line}: {}\n{block}\n{said}", output.status);
    }
}

/// A repository with some history, and exports.
fn prepare(folder: &Path) {
    fs::write(folder.join("alerts.json"), ALERTS).unwrap();
    fs::write(folder.join("tickets.csv"), TICKETS).unwrap();
    fs::write(folder.join("history.zsh"), HISTORY).unwrap();
    let git = |arguments: &[&str]| {
        let status = Command::new("git")
            .args(["-c", "user.name=ana", "-c", "user.email=ana@example.invalid"])
            .args(arguments)
            .current_dir(folder)
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "{arguments:?}");
    };
    git(&["init", "--quiet"]);
    for n in 0..3 {
        fs::write(folder.join("limits.yaml"), format!("shop: {n}\n")).unwrap();
        git(&["add", "limits.yaml"]);
        git(&["commit", "--quiet", "-m", "limits"]);
    }
}

#[test]
fn the_guide_of_toil_holds_in_english() {
    follow("toil.md", 7);
}

#[test]
fn the_guide_of_toil_holds_in_korean() {
    follow("toil.ko.md", 7);
}

#[test]
fn the_guide_of_runbooks_holds_in_english() {
    follow("runbooks.md", 1);
}

#[test]
fn the_guide_of_runbooks_holds_in_korean() {
    follow("runbooks.ko.md", 1);
}

#[test]
fn only_fences_of_shell_are_run_and_longer_ones_hold_others() {
    let text = "a\n```sh\none\n```\n```yaml\nno\n```\n````sh\ntwo\n```sh\nthree\n```\n````\n```console\n$ no\n```\n";
    assert_eq!(blocks(text), [(2, "one\n".to_owned()), (8, "two\n```sh\nthree\n```\n".to_owned())]);
}
