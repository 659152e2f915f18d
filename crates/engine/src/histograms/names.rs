//! Which file a slice is in.

use crate::directory::{Layout, day_name};
use nines_base::Timestamp;
use nines_base::vfs::Vfs;
use nines_storage::histograms::{SliceId, Tier};
use std::io;
use std::path::{Path, PathBuf};

/// What a file's name ends with.
const ENDING: &str = ".hist";

/// A file: its tier, and its period as the beginning of a date: a day, a month, a year.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct FileName {
    pub tier: Tier,
    pub period: String,
}

impl FileName {
    /// The file of a slice.
    pub fn of(id: SliceId) -> FileName {
        FileName { tier: id.tier, period: period_of(id.tier, id.begin) }
    }

    /// Its path.
    pub fn path(&self, layout: &Layout) -> PathBuf {
        layout.histograms().join(tier_name(self.tier)).join(format!("{}{ENDING}", self.period))
    }

    /// Whether the period is over before an instant.
    pub fn is_before(&self, at: Timestamp) -> bool {
        self.period < period_of(self.tier, at)
    }
}

/// The folder of a tier.
pub(super) fn tier_name(tier: Tier) -> &'static str {
    match tier {
        Tier::FiveMinutes => "5m",
        Tier::Hour => "1h",
        Tier::Day => "1d",
    }
}

/// The beginning of the date that files of a tier are named by.
fn period_of(tier: Tier, at: Timestamp) -> String {
    let parts = match tier {
        Tier::FiveMinutes => 3,
        Tier::Hour => 2,
        Tier::Day => 1,
    };
    let day = day_name(at);
    day.split('-').take(parts).collect::<Vec<_>>().join("-")
}

/// A period from a file's name; `None` for a file that is none of histograms.
pub fn parse_file_name(name: &str) -> Option<&str> {
    let period = name.strip_suffix(ENDING)?;
    let is_date = !period.is_empty() && period.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_date.then_some(period)
}

/// Every file, in order.
pub(crate) fn list(vfs: &dyn Vfs, layout: &Layout) -> Result<Vec<FileName>, (PathBuf, io::Error)> {
    let mut files = Vec::new();
    for tier in Tier::ALL {
        let folder = layout.histograms().join(tier_name(tier));
        let periods = periods_in(vfs, &folder).map_err(|source| (folder, source))?;
        files.extend(periods.into_iter().map(|period| FileName { tier, period }));
    }
    Ok(files)
}

fn periods_in(vfs: &dyn Vfs, folder: &Path) -> io::Result<Vec<String>> {
    match vfs.list(folder) {
        // No slice of the tier was ever written.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        listed => Ok(listed?.iter().filter_map(|entry| Some(parse_file_name(&entry.name)?.to_owned())).collect()),
    }
}
