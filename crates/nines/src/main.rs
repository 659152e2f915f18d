//! nines: from what happened to what we do about it.
//!
//! The binary: `cli` (one file per verb), `config` (settings and where they came from), `server` (the assembly of
//! everything a server is made of, readable top to bottom), `listen` (its connections), `export` (stored spans into files of
//! a common format).

mod asked_sources;
mod check;
mod cli;
mod config;
mod definitions;
mod disk;
mod evidence;
mod export;
mod heap;
#[cfg(target_os = "linux")]
mod host_traffic;
mod listen;
mod messages;
mod metrics_push;
mod notifications;
mod open_files;
mod privileges;
mod run;
mod server;
mod silenced;
mod stores;
mod user;
mod words;

use std::process::ExitCode;

/// Version of the program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Commit it was built from, where the build was told; `unknown` otherwise.
pub const COMMIT: &str = match option_env!("NINES_COMMIT") {
    Some(commit) => commit,
    None => "unknown",
};

fn main() -> ExitCode {
    heap::give_back_large();
    cli::main()
}
