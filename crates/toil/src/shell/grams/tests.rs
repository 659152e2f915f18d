use super::*;
use crate::shell::history;
use proptest::prelude::*;

/// A history of three days in which somebody restarts a pod three times and builds three times: 23 lines.
const HISTORY: &str = include_str!("h1.zsh_history");

#[test]
fn vector_h1_two_sequences_of_a_history_and_one_is_a_loop_of_development() {
    let history = history::read(HISTORY.as_bytes()).unwrap();
    assert_eq!(history.last().len(), 23);
    let grams = mine(history.last());
    let found: Vec<_> = grams
        .iter()
        .map(|gram| (gram.steps.join(" → "), gram.n_sessions, gram.median.0 / 1_000_000, gram.is_dev_loop))
        .collect();
    let restart = "kubectl get pods -n {} → kubectl delete pod {} -n {} → kubectl get pods -n {} → curl -s {url}";
    let expected =
        [(restart.to_owned(), 3, 110, false), ("git status → cargo build → cargo test".to_owned(), 3, 60, true)];
    assert_eq!(found, expected);
}

/// Commands of a session each, an hour apart: day, texts.
fn history_of(sessions: &[(i64, &[&str])]) -> Vec<Command> {
    let of = |(hour, (day, texts)): (usize, &(i64, &[&str]))| {
        let start = Timestamp::from_secs(day * 86_400 + hour as i64 * 3600);
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        texts.into_iter().enumerate().map(move |(at, text)| Command {
            at: start + DurationUs::from_secs(at as i64 * 10),
            duration: None,
            session: String::new(),
            text,
        })
    };
    sessions.iter().enumerate().flat_map(of).collect()
}

fn steps(commands: &[Command]) -> Vec<String> {
    mine(commands).iter().map(|gram| gram.steps.join(" → ")).collect()
}

#[test]
fn a_sequence_needs_three_sessions_on_two_days() {
    let drain: &[&str] = &["drain a", "reboot b"];
    assert_eq!(steps(&history_of(&[(1, drain), (2, drain), (3, drain)])), ["drain {} → reboot {}"]);
    assert!(steps(&history_of(&[(1, drain), (2, drain)])).is_empty());
    assert!(steps(&history_of(&[(1, drain), (1, drain), (1, drain)])).is_empty());
}

#[test]
fn a_long_pause_or_another_shell_begins_a_session() {
    let mut commands =
        history_of(&[(1, &["drain a", "reboot b"]), (2, &["drain a", "reboot b"]), (3, &["drain a", "reboot b"])]);
    commands[1].at = commands[0].at + DurationUs::from_secs(601);
    assert!(steps(&commands).is_empty());
    commands[1].at = commands[0].at + DurationUs::from_secs(600);
    assert_eq!(steps(&commands).len(), 1);
    commands[1].session = "other".into();
    assert!(steps(&commands).is_empty());
}

#[test]
fn what_was_hidden_is_not_seen_and_noise_does_not_part() {
    let session: &[&str] = &["drain a", "ls", " reboot secret", "cd x", "uncordon a"];
    assert_eq!(steps(&history_of(&[(1, session), (2, session), (3, session)])), ["drain {} → uncordon {}"]);
}

#[test]
fn a_part_that_is_often_alone_stays_beside_the_whole() {
    let long: &[&str] = &["drain a", "reboot b", "uncordon c"];
    let short: &[&str] = &["drain a", "reboot b"];
    let both = [(1, long), (2, long), (3, long), (4, short)];
    assert_eq!(steps(&history_of(&both)).len(), 2, "three of four are 75 %");
    let both = [(1, long), (2, long), (3, long), (4, long), (5, short)];
    assert_eq!(steps(&history_of(&both)), ["drain {} → reboot {} → uncordon {}"]);
}

#[test]
fn waiting_and_going_round_are_no_steps() {
    let round: &[&str] = &["drain a", "drain b", "reboot b", "drain a", "reboot b", "drain a", "reboot b"];
    assert_eq!(
        steps(&history_of(&[(1, round), (2, round), (3, round)]))
            .iter()
            .filter(|text| text.matches('→').count() == 3)
            .count(),
        0
    );
    assert!(
        steps(&history_of(&[(1, round), (2, round), (3, round)]))
            .iter()
            .any(|text| text.starts_with("drain {} → reboot {}"))
    );
}

/// A number without a pattern (the end of SplitMix64).
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9).wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[test]
fn tens_of_thousands_of_commands_are_mined_in_seconds() {
    let commands: Vec<Command> = (0..40_000u64)
        .map(|at| Command {
            at: Timestamp::from_secs(at as i64 * 60 + at as i64 / 12 * 1000),
            duration: None,
            session: String::new(),
            text: format!("tool{} x", mixed(at) >> 61),
        })
        .collect();
    let started = std::time::Instant::now();
    let grams = mine(&commands);
    assert!(grams.len() > 100 && started.elapsed().as_secs() < 30, "{} {:?}", grams.len(), started.elapsed());
}

proptest! {
    #[test]
    fn what_is_found_is_there_so_often(texts in proptest::collection::vec("[abc]", 0..60)) {
        let commands: Vec<Command> = texts.iter().enumerate().map(|(at, text)| Command {
            at: Timestamp::from_secs(at as i64 * 300 + (at as i64 / 5) * 40_000), duration: None, session: String::new(), text: text.clone(),
        }).collect();
        for gram in mine(&commands) {
            prop_assert!(gram.n_sessions >= 3 && gram.n_days >= 2 && (2..=8).contains(&gram.steps.len()));
            prop_assert_eq!(gram.occurrences.len(), gram.n_sessions);
        }
    }
}
