//! Where a user's own state lies: `$XDG_STATE_HOME/nines`, `~/.local/state/nines` unless it is set (XDG base directory
//! specification).

use std::path::PathBuf;

/// The folder; nothing where neither variable is set. It may not be there yet.
pub fn state_dir() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    // What is not absolute is to be ignored, says the specification.
    let base = set("XDG_STATE_HOME").filter(|base| base.is_absolute());
    let base = base.or_else(|| set("HOME").map(|home| home.join(".local/state")))?;
    Some(base.join("nines"))
}
