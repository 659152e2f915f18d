//! The kernel's own iptables: which programs load rules, found by name and run without a shell.

use crate::messages::{Error, Fact};
use nines_traffic::net::Family;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Where programs of administrators are, beside what `PATH` says: users' paths often leave these out.
const FOLDERS: [&str; 3] = ["/usr/sbin", "/sbin", "/usr/local/sbin"];
/// Seconds to wait for another iptables of this namespace.
const WAIT_SECONDS: &str = "5";
/// The lock of iptables, which may be root's alone; nothing outside the namespace is locked out by this one.
const LOCK: (&str, &str) = ("XTABLES_LOCKFILE", "/dev/null");

/// Which iptables.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Tool {
    /// The one with tables of its own.
    Legacy,
    /// The one that writes through nf_tables.
    Nft,
}

impl Tool {
    /// The program that loads a save file of a family.
    #[must_use]
    pub fn program(self, family: Family) -> &'static str {
        match (self, family) {
            (Tool::Legacy, Family::V4) => "iptables-legacy-restore",
            (Tool::Legacy, Family::V6) => "ip6tables-legacy-restore",
            (Tool::Nft, Family::V4) => "iptables-nft-restore",
            (Tool::Nft, Family::V6) => "ip6tables-nft-restore",
        }
    }

    /// The program that tells the rules of a family.
    #[must_use]
    pub fn saver(self, family: Family) -> &'static str {
        match (self, family) {
            (Tool::Legacy, Family::V4) => "iptables-legacy-save",
            (Tool::Legacy, Family::V6) => "ip6tables-legacy-save",
            (Tool::Nft, Family::V4) => "iptables-nft-save",
            (Tool::Nft, Family::V6) => "ip6tables-nft-save",
        }
    }

    /// Where the program is that loads.
    ///
    /// # Errors
    /// Where it is not installed.
    pub fn find(self, family: Family) -> Result<PathBuf, Error> {
        found(self.program(family))
    }

    /// Where the program is that tells.
    ///
    /// # Errors
    /// Where it is not installed.
    pub fn find_saver(self, family: Family) -> Result<PathBuf, Error> {
        found(self.saver(family))
    }

    /// What it tells of the rules in the namespace of the calling thread.
    ///
    /// # Errors
    /// Where it is not installed, or may not read.
    pub fn save(self, family: Family) -> Result<String, Error> {
        let program = self.saver(family);
        let failed = |error| Error::interrupted(program, &error);
        let output = Command::new(self.find_saver(family)?).env(LOCK.0, LOCK.1).stdin(Stdio::null()).output();
        let output = output.map_err(failed)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = String::from_utf8_lossy(&output.stderr).lines().map(str::trim).collect::<Vec<_>>().join("; ");
        Err(Error::Unavailable(Fact::NotTold { tool: program.to_owned(), said }))
    }
    /// Loads a save file in the namespace of the calling thread; what a table says replaces what it held.
    pub(crate) fn restore(self, family: Family, save: &str) -> Result<(), Error> {
        let failed = |error| Error::interrupted(self.program(family), &error);
        let mut command = Command::new(self.find(family)?);
        command.args(["-w", WAIT_SECONDS]).env(LOCK.0, LOCK.1);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        // A program that refuses a line may stop reading; what it says of it comes after.
        let _ = child.stdin.take().map(|mut input| input.write_all(save.as_bytes()));
        let output = child.wait_with_output().map_err(failed)?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(Error::Refused(Fact::Refused { tool: self.program(family).to_owned(), said }))
    }
}

/// Where a program is.
fn found(program: &str) -> Result<PathBuf, Error> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::env::split_paths(&path).chain(FOLDERS.map(PathBuf::from));
    let found = folders.find_map(|folder| Some(folder.join(program)).filter(|file| file.is_file()));
    let missing = || Fact::NoTool { tool: program.to_owned(), package: "iptables".to_owned() };
    found.ok_or_else(|| Error::Unavailable(missing()))
}
