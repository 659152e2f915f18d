//! Who uses the program, and where what is theirs lies: by the environment, folders by the XDG base directory specification.

use std::ffi::OsString;
use std::path::PathBuf;

/// Their name: `NINES_PERSON`, else the login name; nothing where no variable says it.
pub fn name() -> Option<String> {
    ["NINES_PERSON", "USER", "LOGNAME"].into_iter().find_map(|variable| {
        let name = set(variable)?.into_string().ok()?;
        (!name.trim().is_empty()).then_some(name)
    })
}

/// Where state lies, `~/.local/state/nines` unless `XDG_STATE_HOME` is set; nothing where `HOME` is not set either. It may not
/// be there yet.
pub fn state_dir() -> Option<PathBuf> {
    folder("XDG_STATE_HOME", ".local/state")
}

/// Where configuration lies: `~/.config/nines` unless `XDG_CONFIG_HOME` is set.
pub fn config_dir() -> Option<PathBuf> {
    folder("XDG_CONFIG_HOME", ".config")
}

fn folder(variable: &str, of_home: &str) -> Option<PathBuf> {
    // What is not absolute is to be ignored, says the specification.
    let base = set(variable).map(PathBuf::from).filter(|base| base.is_absolute());
    let base = base.or_else(|| Some(PathBuf::from(set("HOME")?).join(of_home)))?;
    Some(base.join("nines"))
}

fn set(variable: &str) -> Option<OsString> {
    std::env::var_os(variable).filter(|value| !value.is_empty())
}
