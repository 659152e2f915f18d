use super::*;
use proptest::prelude::*;

/// Paths and their lines.
type Changes<'c> = &'c [(&'c str, u64)];

/// A history as git writes it: hash, parents, time, author, subject, and paths with their lines.
fn log(commits: &[(&str, &str, &str, &str, &str, Changes<'_>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (hash, parents, time, author, subject, changes) in commits {
        bytes.extend(format!("\x01{hash}\x1f{parents}\x1f{time}\x1f{author}\x1f{subject}\0").as_bytes());
        if !changes.is_empty() {
            bytes.push(b'\n');
        }
        for (path, n_lines) in *changes {
            bytes.extend(format!("{n_lines}\t{n_lines}\t{path}\0").as_bytes());
        }
    }
    bytes
}

fn read_log(bytes: &[u8]) -> Imported {
    read(bytes, "pay", &Defaults { team: "payments".into(), minutes: None })
}

/// Task, person, minutes.
fn entries(imported: &Imported) -> Vec<(&str, &str, f64)> {
    let minutes = |record: &Record| record.attended.map_or(0.0, |time| time.0 as f64 / 60e6);
    imported.records.iter().map(|record| (record.task.as_str(), record.person.as_str(), minutes(record))).collect()
}

#[test]
fn vector_t10_a_revert_on_saturday_a_hotfix_and_a_fix_at_night() {
    let imported = read_log(&log(&[
        ("a1", "", "2026-11-14T11:00:00+09:00", "ana", "Revert \"pay: pool of 40\"", &[("src/pool.rs", 4)]),
        ("a2", "a1 f0", "2026-11-17T15:00:00+09:00", "ben", "Merge branch 'hotfix/timeouts'", &[]),
        ("a3", "a2", "2026-11-18T21:00:00+09:00", "cho", "pay: read limits from a table", &[("src/limits.rs", 80)]),
        ("a4", "a3", "2026-11-18T22:10:00+09:00", "cho", "fix off-by-one in limits", &[("src/limits.rs", 1)]),
    ]));
    let expected = [("revert:pay", "ana", 67.5), ("hotfix:pay", "ben", 60.0), ("quick-fix:pay", "cho", 22.5)];
    assert_eq!(entries(&imported), expected);
    let run = br#"{"id":7,"name":"ci","run_attempt":3,"event":"push","run_started_at":"2026-11-18T05:00:00Z"}"#;
    let of_ci = crate::import::github::read(run, &Defaults::default());
    let all = entries(&imported).into_iter().chain(entries(&of_ci));
    assert_eq!(all.map(|(_, _, minutes)| minutes).sum::<f64>(), 170.0);
    let revert = &imported.records[0];
    assert_eq!((revert.evidence, revert.ext_id.as_str(), revert.team.as_str()), (Evidence::Derived, "a1", "payments"));
    assert_eq!(revert.end, Some(crate::record::check::time("end", "2026-11-14T02:00:00Z").unwrap()));
}

#[test]
fn words_alone_are_no_signal() {
    let imported = read_log(&log(&[
        ("b1", "", "2026-11-16T10:00:00Z", "ana", "fix: a bug of last year", &[("src/a.rs", 4)]),
        ("b2", "b1", "2026-11-16T10:30:00Z", "ben", "fix: the same file by somebody else", &[("src/a.rs", 4)]),
        ("b3", "b2", "2026-11-16T13:00:00Z", "ben", "fix: after more than two hours", &[("src/a.rs", 4)]),
        ("b4", "b3", "2026-11-16T13:30:00Z", "ben", "extend the prefix table", &[("src/a.rs", 4)]),
        ("b5", "b4", "2026-11-16T14:00:00Z", "dev", "docs: how a hotfix is made", &[("docs/hotfix.md", 40)]),
        (
            "b7",
            "b6",
            "2026-11-16T14:10:00Z",
            "dev",
            "add a table",
            &[("src/t.rs", 40), ("CHANGELOG.md", 1), ("Cargo.lock", 9)],
        ),
        (
            "b8",
            "b7",
            "2026-11-16T14:40:00Z",
            "dev",
            "fix pages",
            &[("src/p.rs", 4), ("CHANGELOG.md", 1), ("Cargo.lock", 2)],
        ),
        ("b6", "b5 c1", "2026-11-16T15:00:00Z", "dev", "Merge branch 'feature/revert-button'", &[]),
    ]));
    assert_eq!(entries(&imported), []);
}

/// Edits of a path, `every` days apart, the first on a Monday.
fn edits(path: &str, n_edits: usize, every: i64, author: &str) -> Vec<u8> {
    let monday = Timestamp::from_secs(1_788_170_400); // 2026-08-31T10:00:00Z
    let commits = (0..n_edits).flat_map(|at| {
        let time = crate::record::json::time_text(monday + DurationUs::from_secs(at as i64 * every * 86_400));
        let time = time.replace('Z', "+00:00");
        log(&[(&format!("e{at}"), "p", &time, author, "one more", &[(path, 3)])])
    });
    commits.collect()
}

#[test]
fn five_small_edits_of_a_configuration_in_ninety_days_are_repetitive() {
    let five = read_log(&edits("quota/limits.yaml", 5, 20, "ana"));
    assert_eq!(entries(&five), [("edit:pay/quota/limits.yaml", "ana", 10.0); 5]);
    assert_eq!(entries(&read_log(&edits("quota/limits.yaml", 4, 20, "ana"))), []);
    assert_eq!(entries(&read_log(&edits("quota/limits.yaml", 9, 23, "ana"))), [], "five of them take 92 days");
    assert_eq!(entries(&read_log(&edits("src/limits.rs", 9, 1, "ana"))), [], "source code");
    assert_eq!(entries(&read_log(&edits("web/package-lock.json", 9, 1, "ana"))), [], "written by a tool");
    assert_eq!(entries(&read_log(&edits("allowlist", 7, 1, "ana"))).len(), 7);
}

#[test]
fn a_commit_makes_at_most_one_entry() {
    let commits = (0..6).flat_map(|at| {
        let time = format!("2026-11-16T10:0{at}:00+00:00");
        let changes: Changes<'_> = &[("a.yaml", 1), ("b.yaml", 1)];
        log(&[(&format!("f{at}"), "p", &time, "ana", "fix quota", changes)])
    });
    let imported = read_log(&commits.collect::<Vec<u8>>());
    let mut ids: Vec<&str> = imported.records.iter().map(|record| record.ext_id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["f0", "f1", "f2", "f3", "f4", "f5"]);
    let quick = imported.records.iter().filter(|record| record.task == "quick-fix:pay").count();
    assert_eq!(quick, 5, "all but the first follow one another; the first is an edit like them");
}

#[test]
fn a_configuration_that_changes_with_code_is_development() {
    let commits = |beside: &'static str| -> Vec<u8> {
        let commit = |at: usize| {
            let changes: Changes<'_> = &[("Cargo.toml", 1), (beside, 30)];
            log(&[(&format!("a{at}"), "p", &format!("2026-11-1{at}T10:00:00+00:00"), "ana", "more", changes)])
        };
        (0..6).flat_map(commit).collect()
    };
    assert_eq!(entries(&read_log(&commits("src/lib.rs"))), []);
    assert_eq!(entries(&read_log(&commits("CHANGELOG.md"))).len(), 6);
}

#[test]
fn what_corrects_says_so() {
    for subject in ["fix limits", "pay: fixed typo", "Fixed the pool", "oops", "pay: forgot a file", "오타 수정"] {
        assert!(words::is_corrective(subject), "{subject}");
    }
    for subject in
        ["a pool of fixed size", "prefix tables", "what is forgotten early", "add affix", "correctness of limits"]
    {
        assert!(!words::is_corrective(subject), "{subject}");
    }
}

#[test]
fn bots_make_no_entries() {
    let imported = read_log(&edits("package.json", 9, 1, "renovate[bot]"));
    assert_eq!((imported.records.len(), imported.left_out[&LeftOut::Bot]), (0, 9));
}

#[test]
fn what_is_a_configuration_is_told_by_ending_and_name() {
    for path in ["a.yaml", "deploy/values.YML", "x/hosts", ".env", "CODEOWNERS", "infra/main.tf"] {
        assert!(edits::is_configuration(path), "{path}");
    }
    for path in ["main.rs", "README.md", "Cargo.lock", "pnpm-lock.yaml", "yaml", "a.yaml.tmpl", ""] {
        assert!(!edits::is_configuration(path), "{path}");
    }
}

#[test]
fn paths_without_lines_tell_of_fixes_and_of_no_edits() {
    let commit = |hash: &str, at: &str, subject: &str| {
        format!("\x01{hash}\x1f\x1f2026-11-16T{at}:00Z\x1fana\x1f{subject}\0\nsrc/a b.rs\0quota.yaml\0")
    };
    let text: String = (0..6).map(|at| commit(&format!("a{at}"), &format!("1{at}:00"), "more")).collect();
    assert_eq!(entries(&read_log(text.as_bytes())), []);
    let text = format!("{text}{}", commit("b1", "15:30", "fix it"));
    assert_eq!(entries(&read_log(text.as_bytes())), [("quick-fix:pay", "ana", 15.0)]);
}

#[test]
fn a_broken_header_is_refused_and_the_rest_is_read() {
    let mut bytes = b"\x01zzz\x1f\x1fnever\x1fx\x1fy\0".to_vec();
    bytes.extend(log(&[("c1", "", "2026-11-16T10:00:00Z", "ana", "revert: pool", &[])]));
    let imported = read_log(&bytes);
    assert_eq!((imported.refused.len(), imported.records.len()), (1, 1));
}

#[test]
fn long_and_broken_texts_are_shortened() {
    let path = format!("{}.yaml", "é".repeat(300));
    let imported = read_log(&edits(&path, 5, 1, &"é".repeat(300)));
    assert_eq!((imported.records.len(), imported.refused.len()), (5, 0));
    let subject = [b"\x01d1\x1f\x1f2026-11-16T10:00:00Z\x1f\xff\xfe\x1frevert: \xff".as_slice(), b"\0"].concat();
    assert_eq!(read_log(&subject).records.len(), 1);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_log(&bytes);
    }

    #[test]
    fn no_fields_make_it_panic(
        hash in "[0-9a-f]{0,5}", time in "[0-9T:+.Z-]{0,30}|[12][0-9]{3}-1[0-2]-2[0-8]T2[0-3]:00:00\\+1[0-9]:00",
        lines in any::<u64>(), rest in "\\PC{0,20}",
    ) {
        let token = format!("\x01{hash}\x1f\x1f{time}\x1f{rest}\x1fRevert \"{rest}\"\0{lines}\t-\t{rest}.yaml\0");
        let _ = read_log(token.repeat(6).as_bytes());
    }
}
