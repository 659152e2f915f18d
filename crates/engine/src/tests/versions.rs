//! Directories and files of other versions: a newer one is refused untouched, an older one says what to do.

use super::rig::*;
use crate::directory::inspect_as;
use crate::recover::set_version;
use crate::{Config, Engine, OpenFact, OpenHint};
use nines_base::vfs::{SimVfs, Vfs, read_file};
use nines_storage::SpanStore;
use nines_storage::contract::span;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Every file below a directory, with its bytes.
fn contents(vfs: &SimVfs, folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = vfs.list(folder).unwrap();
    let below = entries.into_iter().flat_map(|entry| {
        let path = folder.join(&entry.name);
        if entry.is_dir { contents(vfs, &path) } else { vec![(path.clone(), read_file(vfs, &path).unwrap())] }
    });
    below.collect()
}

/// A store with a block, an inbox file that a consumer holds, and what a write that was cut off left.
fn stored_files() -> SimVfs {
    let vfs = SimVfs::new();
    let engine = open(&vfs, Config { consumers: vec!["copy".into()], ..config() }).unwrap();
    put(&engine, &[span(1, 1, "web")]);
    engine.close().unwrap();
    vfs.create(&dir().join("inbox/00000009.damaged.tmp")).unwrap();
    vfs
}

fn refused_untouched(vfs: &SimVfs) -> crate::OpenError {
    let (before, n_ops) = (contents(vfs, dir()), vfs.n_ops());
    let error = open(vfs, config()).err().expect("refused");
    let check = Engine::check(Arc::new(vfs.clone()), dir(), &mut |_| {}).expect_err("refused");
    assert_eq!(check.fact, error.fact);
    assert_eq!((contents(vfs, dir()), vfs.n_ops()), (before, n_ops), "nothing was touched, the lock included");
    error
}

#[test]
fn a_newer_directory_is_refused_untouched() {
    let vfs = stored_files();
    vfs.open_write(&dir().join("FORMAT")).unwrap().write_at(0, b"nines 7\n").unwrap();
    let error = refused_untouched(&vfs);
    assert_eq!(error.fact, OpenFact::Newer { dir: "/data".into(), version: 7, known: 1 });
    assert_eq!(error.hint, OpenHint::UpdateNines);
}

#[test]
fn a_newer_file_is_refused_untouched_and_named() {
    let files: Vec<PathBuf> = contents(&stored_files(), dir()).into_iter().map(|(path, _)| path).collect();
    let versioned = files.iter().filter(|path| path.extension().is_some_and(|ext| ext == "wal" || ext == "blk"));
    let mut n_refused = 0;
    for path in versioned {
        let vfs = stored_files();
        set_version(&vfs, path, 2);
        let error = refused_untouched(&vfs);
        assert_eq!(error.fact, OpenFact::NewerFile { file: path.display().to_string(), version: 2, known: 1 });
        assert_eq!(error.hint, OpenHint::UpdateNines);
        n_refused += 1;
    }
    assert!(n_refused >= 3, "a block and two inbox files: {n_refused}");
}

#[test]
fn an_older_directory_opens_where_it_is_known_and_else_says_how_to_convert_it() {
    let vfs = stored_files();
    // As a later version would look at it: one that reads format 1 still, and one that does not.
    assert!(inspect_as(&vfs, dir(), 1..=3).is_ok());
    let error = inspect_as(&vfs, dir(), 2..=3).expect_err("refused");
    assert_eq!(error.fact, OpenFact::Older { dir: "/data".into(), version: 1, oldest: 2 });
    assert_eq!(error.hint, OpenHint::ExportAndImport);
}
