//! The data directory: what is where, whose it is, and which format it has.
//!
//! `docs/format/directory.md` describes it. The directory is the truth: there is no list of files
//! beside the files themselves.

use crate::block::BlockId;
use crate::messages::{OpenError, OpenFact};
use crate::recover::refuse_newer_files;
use nines_base::Timestamp;
use nines_base::vfs::{LockError, Vfs, VfsLock, read_file};
use std::io;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// The format of data directories that this version writes.
pub const FORMAT: u32 = 1;

/// The oldest format that this version reads. Raising it is a promise broken softly: the hint of
/// [`OpenFact::Older`] says how what is stored comes along.
pub const FORMAT_OLDEST: u32 = 1;

/// What may lie in a directory that has no FORMAT file yet: the start was interrupted, or the ledger
/// was there first.
const BEFORE_FORMAT: [&str; 6] =
    ["LOCK", "FORMAT.tmp", "ledger.sqlite", "ledger.sqlite-journal", "ledger.sqlite-shm", "ledger.sqlite-wal"];

/// Where things are in a data directory.
#[derive(Clone, Debug)]
pub struct Layout {
    dir: PathBuf,
}

impl Layout {
    /// The layout of `dir`.
    pub fn new(dir: &Path) -> Layout {
        Layout { dir: dir.to_owned() }
    }

    /// The directory itself.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Inbox files.
    pub fn inbox(&self) -> PathBuf {
        self.dir.join("inbox")
    }

    /// Days of blocks.
    pub fn blocks(&self) -> PathBuf {
        self.dir.join("blocks")
    }

    /// Histograms of durations.
    pub fn histograms(&self) -> PathBuf {
        self.dir.join("histograms")
    }

    /// The inbox file of a generation.
    pub fn inbox_file(&self, generation: u64) -> PathBuf {
        self.inbox().join(format!("{generation:08}.wal"))
    }

    /// The directory of a day's blocks.
    pub fn day(&self, arrived: Timestamp) -> PathBuf {
        self.blocks().join(day_name(arrived))
    }

    /// The directory of pinned blocks.
    pub fn pinned(&self) -> PathBuf {
        self.blocks().join("pinned")
    }

    /// A pinned block's file.
    pub fn pinned_file(&self, id: BlockId) -> PathBuf {
        self.pinned().join(format!("{}.blk", block_name(id)))
    }

    /// A block's file.
    pub fn block_file(&self, id: BlockId, arrived: Timestamp) -> PathBuf {
        self.day(arrived).join(format!("{}.blk", block_name(id)))
    }
}

/// A block's name: that of its file without the ending.
pub fn block_name(id: BlockId) -> String {
    format!("{:08}-{}", id.generation, id.shard)
}

/// The generation of an inbox file's name.
pub fn parse_inbox_name(name: &str) -> Option<u64> {
    parse_number(name.strip_suffix(".wal")?)
}

/// The block of a file's name.
pub fn parse_block_name(name: &str) -> Option<BlockId> {
    let (generation, shard) = name.strip_suffix(".blk")?.split_once('-')?;
    Some(BlockId { generation: parse_number(generation)?, shard: u32::try_from(parse_number(shard)?).ok()? })
}

fn parse_number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// Days since the epoch, UTC.
pub fn day_number(at: Timestamp) -> i64 {
    at.0.div_euclid(86_400_000_000)
}

/// A day as its directory is named: `2026-11-25`.
pub(crate) fn day_name(at: Timestamp) -> String {
    // Days to a civil date by eras of 400 years (Howard Hinnant, "chrono-compatible low-level date algorithms").
    let shifted = day_number(at) + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Makes sure that `dir` is a data directory of ours, new or old, and takes it. `note` names this
/// process to the next one that tries. A directory that is refused is left as it was.
pub fn take(vfs: &dyn Vfs, layout: &Layout, note: &str) -> Result<Box<dyn VfsLock>, OpenError> {
    let dir = layout.dir();
    let state = inspect(vfs, dir)?;
    if state == Found::Ours {
        refuse_newer_files(vfs, layout)?;
    }
    if state == Found::Nothing {
        vfs.create_dir(dir).map_err(|source| OpenError::io("create", dir, source))?;
    }
    let lock = take_lock(vfs, dir, note)?;
    if state != Found::Ours {
        // Also where a start before this one made the directory and got no further. FORMAT comes after it.
        if let Some(parent) = dir.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            vfs.sync_dir(parent).map_err(|source| OpenError::io("sync", parent, source))?;
        }
        let format = format!("nines {FORMAT}\n");
        store_file(vfs, &dir.join("FORMAT"), format.as_bytes())
            .map_err(|source| OpenError::io("write FORMAT in", dir, source))?;
    }
    for part in [layout.inbox(), layout.blocks()] {
        vfs.create_dir(&part).map_err(|source| OpenError::io("create", &part, source))?;
    }
    vfs.sync_dir(dir).map_err(|source| OpenError::io("sync", dir, source))?;
    Ok(lock)
}

/// Takes a data directory that is there already, to read it; nothing is created.
pub fn take_existing(vfs: &dyn Vfs, layout: &Layout, note: &str) -> Result<Box<dyn VfsLock>, OpenError> {
    let dir = layout.dir();
    match inspect(vfs, dir)? {
        Found::Ours => {
            refuse_newer_files(vfs, layout)?;
            take_lock(vfs, dir, note)
        }
        Found::Nothing => Err(OpenError::io("open", dir, io::ErrorKind::NotFound.into())),
        Found::Empty => Err(OpenError::new(OpenFact::NoData { dir: dir.display().to_string() })),
    }
}

fn take_lock(vfs: &dyn Vfs, dir: &Path, note: &str) -> Result<Box<dyn VfsLock>, OpenError> {
    vfs.lock(&dir.join("LOCK"), note).map_err(|error| {
        let dir_name = dir.display().to_string();
        match error {
            LockError::Held { note } if note.is_empty() => OpenError::new(OpenFact::HeldByUnknown { dir: dir_name }),
            LockError::Held { note } => OpenError::new(OpenFact::Held { dir: dir_name, holder: note }),
            LockError::Io(source) => OpenError::io("lock", dir, source),
        }
    })
}

/// What is at a path that should become a data directory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Found {
    /// No directory.
    Nothing,
    /// A directory without anything of ours or of others.
    Empty,
    /// A data directory of a format we know.
    Ours,
}

fn inspect(vfs: &dyn Vfs, dir: &Path) -> Result<Found, OpenError> {
    inspect_as(vfs, dir, FORMAT_OLDEST..=FORMAT)
}

/// The same as a version would find it that reads the formats `known`.
pub(crate) fn inspect_as(vfs: &dyn Vfs, dir: &Path, known: RangeInclusive<u32>) -> Result<Found, OpenError> {
    let (oldest, newest) = (*known.start(), *known.end());
    let dir_name = dir.display().to_string();
    let entries = match vfs.list(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(OpenError::new(OpenFact::NotADirectory { dir: dir_name }));
        }
        Err(source) => return Err(OpenError::io("list", dir, source)),
    };
    if entries.iter().any(|entry| entry.name == "FORMAT") {
        let path = dir.join("FORMAT");
        let text = read_file(vfs, &path).map_err(|source| OpenError::io("read", &path, source))?;
        return match parse_format(&text) {
            None => Err(OpenError::new(OpenFact::BadFormat { dir: dir_name })),
            Some(version) if version > newest => {
                Err(OpenError::new(OpenFact::Newer { dir: dir_name, version, known: newest }))
            }
            Some(version) if version < oldest => {
                Err(OpenError::new(OpenFact::Older { dir: dir_name, version, oldest }))
            }
            Some(_) => Ok(Found::Ours),
        };
    }
    match entries.into_iter().find(|entry| !BEFORE_FORMAT.contains(&entry.name.as_str())) {
        Some(entry) => Err(OpenError::new(OpenFact::Foreign { dir: dir_name, found: entry.name })),
        None => Ok(Found::Empty),
    }
}

/// FORMAT holds one line: `nines` and the version.
fn parse_format(text: &[u8]) -> Option<u32> {
    std::str::from_utf8(text).ok()?.trim_end().strip_prefix("nines ")?.parse().ok().filter(|version| *version > 0)
}

/// Stores a file whole or not at all: a temporary file beside it, sync, rename, sync of the directory.
pub fn store_file(vfs: &dyn Vfs, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut tmp = path.as_os_str().to_owned();
    tmp.push(".tmp");
    let tmp = PathBuf::from(tmp);
    match vfs.remove(&tmp) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // SEG-1: whole and durable before it has its name.
    let file = vfs.create(&tmp)?;
    file.write_at(0, bytes)?;
    file.sync_data()?;
    vfs.rename(&tmp, path)?;
    match path.parent() {
        Some(parent) => vfs.sync_dir(parent),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nines_base::vfs::SimVfs;

    #[test]
    fn days_are_named_by_the_calendar() {
        let name = |seconds| day_name(Timestamp::from_secs(seconds));
        assert_eq!(name(0), "1970-01-01");
        assert_eq!(name(-1), "1969-12-31");
        assert_eq!(name(951_782_399), "2000-02-28");
        assert_eq!(name(951_782_400), "2000-02-29");
        assert_eq!(name(1_795_564_800), "2026-11-25");
        assert_eq!(name(4_107_542_400), "2100-03-01");
    }

    #[test]
    fn file_names_come_back() {
        let layout = Layout::new(Path::new("/data"));
        let id = BlockId { generation: 123_456_789, shard: 7 };
        let at = Timestamp::from_secs(1_795_564_800);
        assert_eq!(layout.block_file(id, at), Path::new("/data/blocks/2026-11-25/123456789-7.blk"));
        assert_eq!(parse_block_name("123456789-7.blk"), Some(id));
        assert_eq!(layout.inbox_file(5), Path::new("/data/inbox/00000005.wal"));
        assert_eq!(parse_inbox_name("00000005.wal"), Some(5));
        for wrong in ["5.wal.tmp", "+5.wal", ".wal", "5-1.blk.tmp", "5.blk", "a-1.blk"] {
            assert_eq!((parse_inbox_name(wrong), parse_block_name(wrong)), (None, None), "{wrong}");
        }
    }

    fn fact_of(prepare: impl FnOnce(&SimVfs)) -> OpenFact {
        let vfs = SimVfs::new();
        let dir = Path::new("/data");
        vfs.create_dir(dir).unwrap();
        prepare(&vfs);
        let before: Vec<_> = vfs.list(dir).unwrap();
        let error = take(&vfs, &Layout::new(dir), "me").err().expect("refused");
        assert_eq!(vfs.list(dir).unwrap(), before, "a refused directory is left as it was");
        error.fact
    }

    #[test]
    fn foreign_newer_and_unreadable_directories_are_refused_untouched() {
        let dir = || "/data".to_owned();
        let write = |vfs: &SimVfs, name: &str, text: &[u8]| {
            vfs.create(&Path::new("/data").join(name)).unwrap().append(text).unwrap();
        };
        let foreign = fact_of(|vfs| write(vfs, "photo.jpg", b""));
        assert_eq!(foreign, OpenFact::Foreign { dir: dir(), found: "photo.jpg".into() });
        let headless = fact_of(|vfs| vfs.create_dir(Path::new("/data/inbox")).unwrap());
        assert_eq!(headless, OpenFact::Foreign { dir: dir(), found: "inbox".into() });
        let newer = fact_of(|vfs| write(vfs, "FORMAT", b"nines 2\n"));
        assert_eq!(newer, OpenFact::Newer { dir: dir(), version: 2, known: 1 });
        for text in [&b"zebra 1"[..], b"nines", b"nines 0", b"nines x", b"\xff"] {
            assert_eq!(fact_of(|vfs| write(vfs, "FORMAT", text)), OpenFact::BadFormat { dir: dir() });
        }
    }

    #[test]
    fn one_process_has_a_directory_and_the_next_is_told_which() {
        let vfs = SimVfs::new();
        let layout = Layout::new(Path::new("/data"));
        let lock = take(&vfs, &layout, "process 7").unwrap();
        let error = take(&vfs, &layout, "process 8").err().unwrap();
        assert_eq!(error.fact, OpenFact::Held { dir: "/data".into(), holder: "process 7".into() });
        drop(lock);
        take(&vfs, &layout, "process 8").map(drop).unwrap();
        assert_eq!(read_file(&vfs, Path::new("/data/FORMAT")).unwrap(), b"nines 1\n");
    }
}
