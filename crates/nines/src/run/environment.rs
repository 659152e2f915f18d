//! What one step leaves to the next: exported variables and the working folder.
//!
//! When a step's shell ends it writes both into a file without a name, whose descriptor it inherits. Nothing is parsed that
//! a step prints, and no value becomes part of a script.

use nines_toil::runbook::redact::{Secrets, is_secret_name, redacted};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{Read, Seek};
use std::os::fd::AsRawFd;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// Variables that would change how a step's shell starts, and those that are the shell's own.
const LEFT_OUT: [&str; 9] =
    ["BASH_ENV", "ENV", "SHELLOPTS", "BASHOPTS", "BASH_XTRACEFD", "PS4", "SHLVL", "OLDPWD", "_"];

/// Longest value that a record keeps; a longer one is withheld as a secret is.
const RECORDED_BYTES_MAX: usize = 4096;

/// Variables and the working folder.
#[derive(Clone, PartialEq, Debug)]
pub struct Environment {
    /// Exported variables.
    pub variables: BTreeMap<OsString, OsString>,
    /// The working folder.
    pub folder: PathBuf,
}

impl Environment {
    /// As this process has them.
    pub fn own() -> Environment {
        let variables = std::env::vars_os().filter(|(name, _)| is_carried(name)).collect();
        Environment { variables, folder: std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/")) }
    }

    /// The value of a variable, where it is text.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(OsStr::new(name)).and_then(|value| value.to_str())
    }

    /// Sets a variable.
    pub fn set(&mut self, name: &str, value: &str) {
        self.variables.insert(name.into(), value.into());
    }

    /// Values that are secret by the names of their variables.
    pub fn secrets(&self) -> Secrets {
        let secret = self.variables.iter().filter(|(name, _)| name.to_str().is_some_and(is_secret_name));
        Secrets::new(secret.filter_map(|(_, value)| value.to_str()))
    }

    /// What differs from another, for the record: values that are no secrets, and the names of the others. A value is no
    /// secret where nothing in it looks like one and its name says nothing of the kind.
    pub fn changes_since(&self, before: &Environment) -> Changes {
        let mut changes = Changes::default();
        // A value may be made of another that is secret by its name.
        let secrets = self.secrets();
        for (name, value) in &self.variables {
            if before.variables.get(name) == Some(value) {
                continue;
            }
            let name = name.to_string_lossy().into_owned();
            match value.to_str().filter(|value| is_recorded(&name, value, &secrets)) {
                Some(value) => changes.set.insert(name, value.into()),
                None => changes.withheld.insert(name, Value::Null),
            };
        }
        let gone = before.variables.keys().filter(|name| !self.variables.contains_key(*name));
        changes.unset = gone.map(|name| name.to_string_lossy().into_owned()).collect();
        changes.folder = (self.folder != before.folder).then(|| self.folder.clone());
        changes
    }
}

/// Whether a value may stand in a record: neither its name nor anything in it speaks against that.
pub fn is_recorded(name: &str, value: &str, secrets: &Secrets) -> bool {
    value.len() <= RECORDED_BYTES_MAX && !is_secret_name(name) && redacted(value, secrets) == value
}

/// What a step changed.
#[derive(Default, Debug)]
pub struct Changes {
    /// Variables with values.
    pub set: Map<String, Value>,
    /// Names of variables whose values are kept nowhere.
    pub withheld: Map<String, Value>,
    /// Names of variables that are gone.
    pub unset: Vec<String>,
    /// The folder, where it is another.
    pub folder: Option<PathBuf>,
}

fn is_carried(name: &OsStr) -> bool {
    !LEFT_OUT.iter().any(|left| name == *left) && !name.as_bytes().starts_with(b"BASH_FUNC_")
}

/// A file without a name, which children inherit.
pub struct Handover {
    file: File,
}

impl Handover {
    /// An empty one.
    pub fn new() -> std::io::Result<Handover> {
        let file = nameless()?;
        // The shell of the step is to have it.
        rustix::io::fcntl_setfd(&file, rustix::io::FdFlags::empty())?;
        Ok(Handover { file })
    }

    /// What a script begins with, so that its shell hands over at its end. One line, without a line feed: lines of the
    /// script keep their numbers.
    pub fn prelude(&self) -> String {
        let descriptor = self.file.as_raw_fd();
        format!(
            "__nines_end() {{ local __nines_code=$? IFS=$'\\n' __nines_name; trap - EXIT; set +eux; \
             {{ printf '%s\\0' \"$PWD\"; for __nines_name in $(compgen -e); do \
             printf '%s=%s\\0' \"$__nines_name\" \"${{!__nines_name}}\"; done; printf '\\0'; }} >&{descriptor}; \
             exit \"$__nines_code\"; }}; trap __nines_end EXIT; "
        )
    }

    /// What was handed over; nothing where the shell did not come to it.
    pub fn received(&mut self) -> Option<Environment> {
        let mut bytes = Vec::new();
        self.file.rewind().ok()?;
        self.file.read_to_end(&mut bytes).ok()?;
        parse(&bytes)
    }
}

/// In memory, so that no secret comes to a disk.
#[cfg(target_os = "linux")]
fn nameless() -> std::io::Result<File> {
    Ok(rustix::fs::memfd_create("nines-environment", rustix::fs::MemfdFlags::CLOEXEC)?.into())
}

#[cfg(not(target_os = "linux"))]
fn nameless() -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let nanos = jiff::Timestamp::now().as_nanosecond();
    let path = std::env::temp_dir().join(format!("nines-{}-{nanos}", std::process::id()));
    let file = File::options().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

fn parse(bytes: &[u8]) -> Option<Environment> {
    // An empty item ends it: what was cut short is not taken.
    let items = bytes.strip_suffix(b"\0\0")?;
    let mut items = items.split(|byte| *byte == 0);
    let folder = PathBuf::from(OsString::from_vec(items.next()?.to_vec()));
    let variables = items.filter_map(|item| {
        let equals = item.iter().position(|byte| *byte == b'=')?;
        let name = OsString::from_vec(item[..equals].to_vec());
        is_carried(&name).then(|| (name, OsString::from_vec(item[equals + 1..].to_vec())))
    });
    Some(Environment { variables: variables.collect(), folder })
}

/// A folder that is still there; a step may have removed the one it was in.
pub fn existing(folder: &Path) -> &Path {
    folder.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_handed_over_is_taken_whole_or_not_at_all() {
        let taken = parse(b"/tmp\0A=1\0B=x=y\nz\0_=/usr/bin/env\0\0").unwrap();
        assert_eq!(taken.folder, Path::new("/tmp"));
        assert_eq!((taken.get("A"), taken.get("B"), taken.get("_")), (Some("1"), Some("x=y\nz"), None));
        assert_eq!(parse(b"/tmp\0A=1\0"), None);
        assert_eq!(parse(b""), None);
    }

    #[test]
    fn a_record_has_values_that_are_no_secrets_and_names_of_the_others() {
        let before = Environment { variables: BTreeMap::new(), folder: "/".into() };
        let mut after = before.clone();
        after.set("VERSION", "1.2.3");
        after.set("DB_PASSWORD", "hunter2");
        after.set("X", &format!("ghp_{}", "a1".repeat(18)));
        after.set("URL", "by hunter2 here");
        let changes = after.changes_since(&before);
        assert_eq!(changes.set.keys().collect::<Vec<_>>(), ["VERSION"]);
        assert_eq!(changes.withheld.keys().collect::<Vec<_>>(), ["DB_PASSWORD", "URL", "X"]);
    }
}
