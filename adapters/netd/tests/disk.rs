//! What was kept reads back or is refused, whatever became of the bytes. Needs no kernel.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use nines_netd::journal::{Entry, JOURNAL_FILE, Journal};
use nines_netd::store::{Loaded, Pending, State, Store};
use nines_traffic::plan::{Digest, PlanId};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("nines-netd-disk-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn state(nth: u64) -> State {
    let id = |nth: u64| PlanId::parse(&format!("{nth:012x}")).unwrap();
    let pending = Pending {
        id: id(nth),
        boot: "boot".to_owned(),
        deadline: Duration::from_millis(nth),
        connections: vec![nth, nth + 1],
    };
    State { history: vec![id(1), id(2)], pending: Some(pending) }
}

#[test]
fn a_state_reads_back_and_the_one_before_it_stands_in_where_it_is_damaged() {
    let folder = Folder::new("state");
    let store = Store::open(&folder.0).unwrap();
    assert_eq!(store.load().unwrap(), Loaded::Nothing);
    store.save(&state(7)).unwrap();
    store.save(&state(8)).unwrap();
    assert_eq!(store.load().unwrap(), Loaded::Last(state(8)));
    let path = folder.0.join("state");
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut touched = whole.clone();
        touched[at] ^= 0x10;
        fs::write(&path, &touched).unwrap();
        let read = store.load().unwrap();
        assert!(matches!(&read, Loaded::Previous(read, _) if *read == state(7)), "byte {at}: {read:?}");
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(store.load().unwrap().state(), Some(&state(7)));
    fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    fs::write(folder.0.join("state.previous"), b"").unwrap();
    assert!(matches!(store.load(), Ok(Loaded::Damaged(_))), "nothing is taken for an open host");
    store.set_aside().unwrap();
    assert!(folder.0.join("state.damaged").exists() && !path.exists());
    assert!(matches!(store.load(), Ok(Loaded::Damaged(_))), "the one before it was damaged too");
}

#[test]
fn a_damaged_state_is_not_kept_as_the_one_before() {
    let folder = Folder::new("previous");
    let store = Store::open(&folder.0).unwrap();
    store.save(&state(7)).unwrap();
    store.save(&state(8)).unwrap();
    fs::write(folder.0.join("state"), b"damaged").unwrap();
    store.save(&state(9)).unwrap();
    fs::write(folder.0.join("state"), b"damaged").unwrap();
    assert_eq!(store.load().unwrap().state(), Some(&state(7)));
}

#[test]
fn the_journal_counts_on_and_each_line_names_the_one_before() {
    let folder = Folder::new("journal");
    let note = |journal: &mut Journal, why: &str| {
        journal.write(&Entry { what: "foreign", why: why.to_owned(), ..Entry::default() }).unwrap();
    };
    let mut journal = Journal::open(&folder.0, "boot").unwrap();
    note(&mut journal, "a");
    note(&mut journal, "b\nc");
    let path = folder.0.join(JOURNAL_FILE);
    let torn = fs::read_to_string(&path).unwrap() + "{\"n\":3,\"wh";
    fs::write(&path, torn).unwrap();
    note(&mut Journal::open(&folder.0, "boot").unwrap(), "d");
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let numbers: Vec<u64> = lines.iter().map(|line| entry(line)["n"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [1, 2, 3]);
    for pair in lines.windows(2) {
        assert_eq!(entry(pair[1])["after"], Digest::of(pair[0].as_bytes()).to_string());
    }
}

fn entry(line: &str) -> serde_json::Value {
    serde_json::from_str(line).unwrap()
}
