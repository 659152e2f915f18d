//! A real file system that runs full: senders are told to come back, nothing acknowledged is lost, and
//! when there is room again the same process goes on. And one that fails: the process ends and says so.

use crate::process::{NINES, Server, eventually, free_port, now_us};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Size of the file system: the store's reserve of 256 MiB and some room for spans.
const DISK_MIB: u64 = 288;

/// Room left for spans above the reserve before the first is sent.
const ROOM_MIB: u64 = 4;

/// The store's reserve.
const RESERVE_MIB: u64 = 256;

/// Batches sent at most until the disk must be full: several times what fits.
const BATCHES_MAX: u64 = 200;

/// Characters of a span's note, so that few batches fill the room.
const NOTE_CHARS: usize = 8000;

/// Spans of one batch.
const SPANS_PER_BATCH: u64 = 20;

/// A small file system in memory, mounted for as long as this lives.
struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    fn mount() -> SmallDisk {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={DISK_MIB}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        match mounted {
            Ok(output) if output.status.success() => SmallDisk { folder },
            Ok(output) => panic!(
                "a small file system cannot be mounted: {}\nhint: run this test as root, or in `unshare --user --map-root-user --mount`",
                String::from_utf8_lossy(&output.stderr).trim()
            ),
            Err(error) => panic!("mount cannot be run: {error}\nhint: on Debian it is in the package mount"),
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: a server that a failed test left behind may hold files there still.
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

/// A file that takes room; `None` takes all there is.
fn fill(path: PathBuf, mib: Option<u64>) -> PathBuf {
    let mut file = fs::File::create(&path).unwrap();
    let chunk = vec![7; 1 << 16];
    for _ in 0..mib.map_or(u64::MAX, |mib| mib * 16) {
        if file.write_all(&chunk).is_err() {
            assert!(mib.is_none(), "the file system is smaller than it should be");
            break;
        }
    }
    path
}

/// A batch of one trace whose values no dictionary shortens.
fn body(batch: u64) -> String {
    let now = now_us();
    let mut chance = batch + 1;
    let mut note = || -> String {
        let digit = |_| {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(b'a' + ((chance >> 59) % 26) as u8)
        };
        (0..NOTE_CHARS).map(digit).collect()
    };
    let spans: Vec<String> = (0..SPANS_PER_BATCH)
        .map(|span| {
            format!(
                r#"{{"traceId":"{:016x}","id":"{:016x}","name":"fill","timestamp":{now},"duration":1000,"localEndpoint":{{"serviceName":"full"}},"tags":{{"note":"{}"}}}}"#,
                batch + 1,
                batch * SPANS_PER_BATCH + span + 1,
                note(),
            )
        })
        .collect();
    format!("[{}]", spans.join(","))
}

fn post(server: &Server, batch: u64) -> u16 {
    let answer = server.post("/api/v2/spans", &[], body(batch).as_bytes());
    if answer.status == 503 {
        assert!(answer.retry_after.is_some(), "a refusal says when to come back");
    }
    answer.status
}

fn check(server: &Server, acknowledged: &[u64], when: &str) {
    for batch in acknowledged {
        let answer = server.get(&format!("/api/v2/trace/{:016x}", batch + 1));
        assert_eq!(answer.status, 200, "{when}: batch {batch} was acknowledged and is lost");
        assert_eq!(answer.json().as_array().unwrap().len() as u64, SPANS_PER_BATCH, "{when}: batch {batch}");
    }
}

#[test]
fn a_full_file_system_refuses_spans_loses_none_and_takes_them_again_without_a_restart() {
    let disk = SmallDisk::mount();
    let data = disk.path().join("data");
    let filler = fill(disk.path().join("filler"), Some(DISK_MIB - RESERVE_MIB - ROOM_MIB));
    let server = Server::start(&data, &[]);
    let mut acknowledged = Vec::new();
    let mut send = |server: &Server, batch: u64| {
        let status = post(server, batch);
        if status == 202 {
            acknowledged.push(batch);
        }
        status
    };
    let refused = (0..BATCHES_MAX).find(|batch| send(&server, *batch) != 202).expect("the room is used up");
    assert!(refused > 3, "{refused} batches fit");
    assert_eq!(send(&server, 1000), 503, "the reserve is kept");
    // Somebody else takes the reserve, to the last byte.
    let rest = fill(disk.path().join("rest"), None);
    for batch in 1001..1020 {
        assert_eq!(send(&server, batch), 503);
    }
    fs::remove_file(rest).unwrap();
    fs::remove_file(filler).unwrap();
    let mut next = 2000;
    let again = || {
        next += 1;
        send(&server, next)
    };
    eventually(Duration::from_secs(30), again, |status| *status == 202);
    check(&server, &acknowledged, "with room again");
    server.kill();
    let server = Server::start(&data, &[]);
    check(&server, &acknowledged, "after a kill");
    assert_eq!(server.terminate(), 0);
    println!("{} batches acknowledged around a full disk, none lost", acknowledged.len());
}

/// A write that fails otherwise than for want of room, as `EIO` would: the process may not make files of more
/// than 2 MiB (4096 blocks of 512 bytes), and is not killed for trying.
#[test]
fn wal_3_a_disk_that_fails_ends_the_server_with_exit_code_2_and_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let (data, words) = (folder.path().join("data"), folder.path().join("stderr"));
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let limited = "trap '' XFSZ; ulimit -f 4096; words=$1; shift; exec \"$@\" 2>\"$words\"";
    let mut command = Command::new("sh");
    command.args(["-c", limited, "sh"]).arg(&words).args([NINES, "serve", "--otlp-http", "off", "--otlp-grpc", "off"]);
    command.args(["--listen", &listen, "--data"]).arg(&data).env("NINES_LANG", "en");
    let server = Server::spawn(command, port);
    let mut acknowledged = Vec::new();
    for batch in 0..BATCHES_MAX {
        match server.try_post("/api/v2/spans", &[], body(batch).as_bytes()) {
            Some(answer) if answer.status == 202 => acknowledged.push(batch),
            Some(answer) => {
                assert_eq!(answer.status, 503, "{}", answer.text);
                break;
            }
            None => break,
        }
    }
    assert!((3..BATCHES_MAX as usize).contains(&acknowledged.len()), "{}", acknowledged.len());
    assert_eq!(server.wait(), 2);
    let words = fs::read_to_string(words).unwrap();
    assert!(words.contains("stopped taking spans: write the inbox"), "{words}");
    let server = Server::start(&data, &[]);
    check(&server, &acknowledged, "after the disk failed");
    assert_eq!(server.terminate(), 0);
}
