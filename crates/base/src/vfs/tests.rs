//! Claims about the simulated disk, and that the real one keeps to the same contract.

use super::*;
use std::path::PathBuf;

fn dir() -> PathBuf {
    PathBuf::from("/data")
}

fn disk_with(name: &str, synced: &[u8]) -> (SimVfs, PathBuf) {
    let vfs = SimVfs::new();
    vfs.create_dir(&dir()).unwrap();
    vfs.sync_dir(Path::new("/")).unwrap();
    let path = dir().join(name);
    let file = vfs.create(&path).unwrap();
    file.append(synced).unwrap();
    file.sync_data().unwrap();
    vfs.sync_dir(&dir()).unwrap();
    (vfs, path)
}

#[test]
fn synced_bytes_under_a_synced_name_survive_every_crash() {
    for seed in 0..200 {
        let (vfs, path) = disk_with("a", b"kept");
        vfs.open_write(&path).unwrap().append(&[7; 3000]).unwrap();
        vfs.crash(seed);
        assert!(read_file(&vfs, &path).unwrap().starts_with(b"kept"), "seed {seed}");
    }
}

#[test]
fn unsynced_sectors_are_lost_one_by_one_and_all_fates_occur() {
    let (mut whole, mut none, mut torn) = (0, 0, 0);
    for seed in 0..200 {
        let (vfs, path) = disk_with("a", b"");
        vfs.open_write(&path).unwrap().append(&[7; 4 * 512]).unwrap();
        vfs.crash(seed);
        let left = read_file(&vfs, &path).unwrap();
        let n_kept = left.iter().filter(|byte| **byte == 7).count();
        assert_eq!(n_kept % 512, 0);
        match n_kept {
            2048 => whole += 1,
            0 => none += 1,
            _ => torn += 1,
        }
    }
    assert!(whole > 10 && none > 10 && torn > 10, "{whole} {none} {torn}");
}

#[test]
fn an_unsynced_name_may_be_lost_and_a_rename_is_old_or_new() {
    let (mut old, mut new) = (0, 0);
    for seed in 0..100 {
        let (vfs, path) = disk_with("a", b"old");
        let tmp = dir().join("a.tmp");
        let file = vfs.create(&tmp).unwrap();
        file.append(b"new").unwrap();
        file.sync_data().unwrap();
        vfs.rename(&tmp, &path).unwrap();
        vfs.crash(seed);
        match &read_file(&vfs, &path).unwrap()[..] {
            b"old" => old += 1,
            b"new" => new += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(old > 10 && new > 10, "{old} {new}");
}

#[test]
fn unsynced_names_are_lost_from_the_end_or_out_of_order() {
    for seed in 0..200 {
        let (vfs, _) = disk_with("a", b"");
        for name in ["b", "c", "d"] {
            vfs.create(&dir().join(name)).unwrap();
        }
        vfs.crash(seed);
        let left = vfs.list(&dir()).unwrap().len() as u64;
        assert_eq!(vfs.losses().names, 4 - left, "seed {seed}");
        if vfs.losses().reordered_dirs > 0 {
            return;
        }
    }
    panic!("no crash lost an earlier name and kept a later one");
}

#[test]
fn a_removed_directory_whose_removal_is_lost_is_there_and_empty() {
    let fates = (0..50).map(|seed| {
        let (vfs, _) = disk_with("a", b"");
        let folder = dir().join("day");
        vfs.create_dir(&folder).unwrap();
        vfs.sync_dir(&dir()).unwrap();
        vfs.remove_dir(&folder).unwrap();
        vfs.crash(seed);
        match vfs.list(&folder) {
            Ok(entries) => assert!(entries.is_empty() && vfs.create(&folder.join("b")).is_ok()),
            Err(error) => assert_eq!(error.kind(), io::ErrorKind::NotFound),
        }
        vfs.list(&dir()).unwrap().len()
    });
    let lens: std::collections::BTreeSet<usize> = fates.collect();
    assert_eq!(lens.into_iter().collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_process_that_dies_loses_its_handles_and_no_bytes_and_makes_nothing_durable() {
    let (vfs, path) = disk_with("a", b"old");
    let file = vfs.open_write(&path).unwrap();
    file.append(b"new").unwrap();
    vfs.kill();
    assert!(file.append(b"x").is_err());
    assert_eq!(read_file(&vfs, &path).unwrap(), b"oldnew");
    let fates = (0..20).map(|seed| {
        let vfs = vfs.fork();
        vfs.crash(seed);
        read_file(&vfs, &path).unwrap().len()
    });
    assert!(fates.clone().any(|len| len == 3) && fates.clone().any(|len| len == 6));
}

#[test]
fn reads_fail_and_come_short_by_script_and_faults_are_counted() {
    let (vfs, path) = disk_with("a", b"12345678");
    let file = vfs.open(&path).unwrap();
    vfs.fail(Op::Read, 0, Fault::Short);
    vfs.fail(Op::Read, 1, Fault::Io);
    let mut bytes = [0; 8];
    assert_eq!(file.read_at(0, &mut bytes).unwrap(), 4);
    assert!(file.read_at(0, &mut bytes).is_err());
    file.read_exact_at(0, &mut bytes).unwrap();
    assert_eq!(&bytes, b"12345678");
    assert_eq!(vfs.fired(), [(Op::Read, Fault::Io, 1), (Op::Read, Fault::Short, 1)]);
}

#[test]
fn after_a_failed_sync_a_later_one_proves_nothing() {
    let mut lost = 0;
    for seed in 0..100 {
        let (vfs, path) = disk_with("a", b"");
        let file = vfs.open_write(&path).unwrap();
        file.append(b"doubtful").unwrap();
        vfs.fail(Op::Sync, 0, Fault::Io);
        assert!(file.sync_data().is_err());
        assert!(file.sync_data().is_ok());
        vfs.crash(seed);
        lost += usize::from(read_file(&vfs, &path).unwrap() != b"doubtful");
    }
    assert!(lost > 10, "{lost}");
}

#[test]
fn a_full_disk_refuses_and_recovers() {
    let (vfs, path) = disk_with("a", b"1234");
    vfs.set_capacity(Some(10));
    let file = vfs.open_write(&path).unwrap();
    assert_eq!(file.append(&[0; 7]).unwrap_err().kind(), io::ErrorKind::StorageFull);
    vfs.set_capacity(Some(20));
    file.write_at(4, &[0; 7]).unwrap();
    assert_eq!(vfs.free_space(&dir()).unwrap(), 9);
}

#[test]
fn the_power_goes_after_the_scripted_operation() {
    let (vfs, path) = disk_with("a", b"");
    let file = vfs.open_write(&path).unwrap();
    vfs.crash_after(vfs.n_ops() + 1);
    file.append(b"x").unwrap();
    assert!(file.append(b"y").is_err());
    assert!(vfs.sync_dir(&dir()).is_err());
    vfs.crash(1);
    assert!(file.read_at(0, &mut [0; 1]).is_err(), "a handle from before the crash is dead");
    vfs.open_write(&path).unwrap().append(b"z").unwrap();
}

#[test]
fn a_lock_is_held_once_and_freed_by_drop_or_crash() {
    let (vfs, _) = disk_with("a", b"");
    let path = dir().join("LOCK");
    let lock = vfs.lock(&path, "process 1").unwrap();
    assert!(matches!(vfs.lock(&path, "2"), Err(LockError::Held { note }) if note == "process 1"));
    drop(lock);
    let lock = vfs.lock(&path, "process 2").unwrap();
    vfs.crash(0);
    let _again = vfs.lock(&path, "process 3").unwrap();
    drop(lock);
    assert!(matches!(vfs.lock(&path, "4"), Err(LockError::Held { note }) if note == "process 3"));
}

#[test]
fn the_real_disk_keeps_the_same_contract() {
    let vfs = RealVfs::new(|_| Ok(1));
    let root = std::env::temp_dir().join(format!("nines-vfs-{}", std::process::id()));
    vfs.create_dir(&root).unwrap();
    vfs.create_dir(&root).unwrap();
    let path = root.join("a.tmp");
    let file = vfs.create(&path).unwrap();
    assert_eq!(vfs.create(&path).err().unwrap().kind(), io::ErrorKind::AlreadyExists);
    file.append(b"hello").unwrap();
    file.write_at(0, b"J").unwrap();
    file.sync_data().unwrap();
    vfs.rename(&path, &root.join("a")).unwrap();
    vfs.sync_dir(&root).unwrap();
    assert_eq!(read_file(&vfs, &root.join("a")).unwrap(), b"Jello");
    vfs.open_write(&root.join("a")).unwrap().set_len(2).unwrap();
    assert_eq!(vfs.list(&root).unwrap(), [DirEntry { name: "a".into(), is_dir: false, len_bytes: 2 }]);
    let lock = vfs.lock(&root.join("LOCK"), "me").unwrap();
    assert!(matches!(vfs.lock(&root.join("LOCK"), "you"), Err(LockError::Held { note }) if note == "me"));
    drop(lock);
    vfs.lock(&root.join("LOCK"), "you").map(drop).unwrap();
    vfs.remove(&root.join("LOCK")).unwrap();
    vfs.remove(&root.join("a")).unwrap();
    vfs.remove_dir(&root).unwrap();
}
