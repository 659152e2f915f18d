use super::*;
use proptest::prelude::*;

/// Begin, seconds, text.
fn found(bytes: &[u8]) -> Vec<(i64, Option<i64>, String)> {
    let history = read(bytes).unwrap();
    let seconds = |command: &Command| command.duration.map(|time| time.0 / 1_000_000);
    history.commands.iter().map(|command| (command.at.0 / 1_000_000, seconds(command), command.text.clone())).collect()
}

#[test]
fn zsh_is_read_with_its_continued_lines_and_its_marked_bytes() {
    // "날" is EB 82 A0: zsh marks the A0 with 83 and writes 80.
    let bytes = b": 1795000000:5;kubectl get pods\n: 1795000010:0;echo a \\\n  b\n: 1795000020:0; secret\n: 1795000030:1;echo \xeb\x83\xa2\x83\x80;ls\n";
    let expected = [
        (1_795_000_000, Some(5), "kubectl get pods".to_owned()),
        (1_795_000_010, Some(0), "echo a \n  b".to_owned()),
        (1_795_000_020, Some(0), " secret".to_owned()),
        (1_795_000_030, Some(1), "echo 날;ls".to_owned()),
    ];
    assert_eq!(found(bytes), expected);
}

#[test]
fn bash_is_read_with_commands_of_several_lines() {
    let bytes = b"old without time\n#1795000000\ngit status\n#1795000060\nfor x in 1 2\ndo echo\ndone\n#1795000070\n#not a time\n";
    let expected = [
        (1_795_000_000, None, "git status".to_owned()),
        (1_795_000_060, None, "for x in 1 2\ndo echo\ndone".to_owned()),
        (1_795_000_070, None, "#not a time".to_owned()),
    ];
    assert_eq!(found(bytes), expected);
    assert_eq!(read(bytes).unwrap().n_untimed, 1);
}

#[test]
fn a_history_without_times_is_none() {
    assert_eq!(read(b"git status\ncargo test\n"), Err(HistoryFact::NoTimes));
    assert_eq!(read(b""), Err(HistoryFact::NoTimes));
}

#[test]
fn of_a_long_history_the_last_is_looked_at() {
    let bytes: Vec<u8> =
        (0..COMMANDS_MAX * 3).flat_map(|at| format!(": {}:0;c\n", 1_000_000_000 + at).into_bytes()).collect();
    let history = read(&bytes).unwrap();
    assert_eq!(history.last().len(), COMMANDS_MAX);
    assert_eq!(history.last().last().unwrap().at, Timestamp::from_secs(1_000_000_000 + COMMANDS_MAX as i64 * 3 - 1));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), times in "(: [0-9]{0,12}:[0-9]{0,12};\\PC{0,9}\\\\?\n|#[0-9]{8,12}\n){0,6}") {
        let _ = read(&bytes);
        let _ = read(&[times.as_bytes(), &bytes].concat());
    }
}
